"""What a rule of the catalogue is: a code that never changes, words that explain it, and what finds it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

from msgspec import Struct

from okrsync.cells import CellRef
from okrsync.findings import Finding, Hit, Severity
from okrsync.model import Place
from okrsync.review import Review

Find = Callable[[Review], Iterator[Hit]]

LONGEST_QUOTE = 80


class Rule(Struct, frozen=True):
    """One check. `find` is None where the rule is noticed while a sheet is read, before there is anything to review."""

    code: str
    name: str
    severity: Severity
    fix: str
    doc: str
    find: Find | None = None

    def finding(self, hit: Hit) -> Finding:
        """A hit of this rule with everything a report needs."""
        severity = hit.severity or self.severity
        return Finding(self.code, self.name, severity, hit.at, hit.message, hit.fix or self.fix)


def check(code: str, name: str, *, severity: Severity, fix: str) -> Callable[[Find], Rule]:
    """Makes a rule of a generator over a review; its docstring is what `okrsync explain` prints."""

    def made(find: Find) -> Rule:
        return Rule(code, name, severity, fix, inspect.cleandoc(find.__doc__ or ""), find)

    return made


def raised_while_reading(code: str, name: str, *, severity: Severity, fix: str, doc: str) -> Rule:
    """A rule whose hits the reader raises: by the time there is a review, the cell's own words are gone."""
    return Rule(code, name, severity, fix, inspect.cleandoc(doc))


def quoted(text: str | None) -> str:
    """A text of the sheet in quotes, on one line, cut where it is long."""
    line = " ".join((text or "").split())
    return f'"{line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rstrip() + "…"}"'


def cell_of(place: Place, *fields: str) -> CellRef:
    """The cell of the first of these fields that has a column, else the statement's own."""
    return place.at(next((name for name in fields if name in place.columns), place.field))
