"""The layout authority of "OKR Gaps": every finding of one workbook, the worst first, with a link and a fix (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from okrsync.cells import Area, CellRef
from okrsync.edits import SheetKind
from okrsync.findings import Finding, Severity
from okrsync.oneline import one_line
from okrsync.owncontent import OwnCell, OwnContent, Tone
from okrsync.wording import Words

MOST_ROWS = 5_000
"""More than people read; the worst stand first."""
WIDTHS = (11.0, 9.0, 26.0, 24.0, 64.0, 58.0)
HEADER_ROW = 6
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "amber", Severity.INFO: "grey"}
LONGEST = 1_000

Row = tuple[OwnCell, ...]


def gaps_content(findings: Sequence[Finding], workbook: str, today: date, words: Words) -> OwnContent:
    """All that "OKR Gaps" holds: the findings of this workbook by severity, then by place."""
    mine = sorted((f for f in findings if concerns(f.at, workbook)), key=_rank)
    rows = [*_head(mine, today, words)]
    if not mine:
        return OwnContent((*rows, (OwnCell(words.label("gaps_none"), Tone.STRONG),)), WIDTHS, frozenset({3}))
    rows.append(tuple(OwnCell(words.label(name), Tone.HEADER) for name in _HEADERS))
    rows += [_finding_row(finding, workbook, words) for finding in mine[:MOST_ROWS]]
    last = len(rows)
    if len(mine) > MOST_ROWS:
        rows.append((OwnCell(words.label("gaps_left_out", count=len(mine) - MOST_ROWS), Tone.NOTE),))
    return OwnContent(
        rows=tuple(rows),
        widths=WIDTHS,
        as_of_rows=frozenset({3}),
        statuses={words.severities[severity]: colour for severity, colour in COLOURS.items()},
        frozen_rows=HEADER_ROW,
        filter=Area(HEADER_ROW, 1, last, len(WIDTHS)),
    )


_HEADERS = ("severity", "code", "what_short", "where", "what", "fix")


def concerns(at: CellRef | str, workbook: str) -> bool:
    """Whether a finding is about this workbook: a cell of it, one of its sheets, or the whole of it."""
    if isinstance(at, CellRef):
        return at.workbook == workbook
    return at == workbook or at.startswith(f"{workbook}!")


def _rank(finding: Finding) -> tuple[int, bool, CellRef | str, str]:
    """By severity; what is about no single cell first, then by sheet and row."""
    return finding.severity.rank, isinstance(finding.at, CellRef), finding.at, finding.code


def _head(findings: Sequence[Finding], today: date, words: Words) -> Iterator[Row]:
    counts = Counter(finding.severity for finding in findings)
    yield (OwnCell(words.notices[SheetKind.GAPS], Tone.NOTE),)
    yield (OwnCell(words.label("gaps_title"), Tone.TITLE),)
    yield (OwnCell(f"{words.label('as_of')} {today.isoformat()}", Tone.NOTE),)
    if findings:
        numbers = {"errors": Severity.ERROR, "warnings": Severity.WARNING, "infos": Severity.INFO}
        values = {name: counts[severity] for name, severity in numbers.items()}
        yield (OwnCell(words.label("gaps_counts", **values), Tone.STRONG),)
    yield ()


def _finding_row(finding: Finding, workbook: str, words: Words) -> Row:
    where, link = _place(finding.at, workbook)
    short = words.codes.get(finding.code, finding.name.replace("-", " "))
    return (
        OwnCell(words.severities[finding.severity], Tone.SEVERITY),
        OwnCell(finding.code, Tone.TEXT),
        OwnCell(short, Tone.WRAP),
        OwnCell(one_line(where, LONGEST), Tone.WRAP, link),
        OwnCell(one_line(finding.message, LONGEST), Tone.WRAP),
        OwnCell(one_line(finding.fix, LONGEST), Tone.WRAP),
    )


def _place(at: CellRef | str, workbook: str) -> tuple[str, CellRef | None]:
    """Where a finding points as people read it, without the workbook's name; a sheet is linked at its first cell."""
    if isinstance(at, CellRef):
        return at.in_workbook, at
    sheet = at[len(workbook) + 1 :]
    if not sheet:
        return workbook, None
    name = sheet[1:-1].replace("''", "'") if len(sheet) > 2 and sheet[0] == sheet[-1] == "'" else sheet
    return name, CellRef(workbook, name, 1, 1)
