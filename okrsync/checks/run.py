"""Every check over every cycle, with what was raised while reading: the findings, in the order of the sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from okrsync.cells import CellRef
from okrsync.checks.catalogue import CHECKS, rule
from okrsync.findings import Finding, Raised
from okrsync.review import Review

Place = tuple[str, str]
"""Workbook and sheet; the sheet is "" for what is about the whole workbook."""


def run_checks(reviews: Sequence[Review], raised: Sequence[Raised], ignore: Mapping[str, str]) -> tuple[Finding, ...]:
    """Every finding once, by workbook and sheet as they were read, then by row and column, then by code.

    `ignore` maps a code (or name) to the reason why it is not wanted.
    """
    ignored = {found.code for name in ignore if (found := rule(name)) is not None}
    findings = dict.fromkeys(each for each in _all(reviews, raised) if each.code not in ignored)
    order = _reading_order(reviews, findings)
    return tuple(sorted(findings, key=lambda finding: (order[_place(finding.at)], *_cell(finding.at), finding.code)))


def _all(reviews: Sequence[Review], raised: Sequence[Raised]) -> Iterator[Finding]:
    by_code = {one.code: one for one in CHECKS}
    for each in raised:
        yield by_code[each.code].finding(each.hit)
    for review in reviews:
        for one in CHECKS:
            if one.find is not None:
                yield from map(one.finding, one.find(review))


def _reading_order(reviews: Sequence[Review], findings: Mapping[Finding, None]) -> dict[Place, tuple[int, int]]:
    """Where each sheet comes: workbooks, then their sheets, in the order they were met; whole workbooks first."""
    met = [(o.place.workbook, o.place.sheet) for review in reviews[:1] for o in review.everything.objectives]
    places = dict.fromkeys([*met, *(_place(finding.at) for finding in findings)])
    workbooks = {name: i for i, name in enumerate(dict.fromkeys(workbook for workbook, _ in places))}
    return {
        (workbook, sheet): (workbooks[workbook], i + 1 if sheet else 0) for i, (workbook, sheet) in enumerate(places)
    }


def _place(at: CellRef | str) -> Place:
    if isinstance(at, CellRef):
        return at.workbook, at.sheet
    workbook, _, sheet = at.partition("!'")
    return workbook, sheet.removesuffix("'").replace("''", "'")


def _cell(at: CellRef | str) -> tuple[int, int]:
    return (at.row, at.column) if isinstance(at, CellRef) else (0, 0)
