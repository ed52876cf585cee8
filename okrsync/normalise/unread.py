"""What of a workbook was not read, and why: rows, columns, sheets; each said where it stands, with its words."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.cells import CellError, CellRef, CellValue, Grid, Uncached, column_letters, quoted
from okrsync.findings import Hit, Raised
from okrsync.layout.detect import Found
from okrsync.layout.sheets import Sheets
from okrsync.model import Cycle
from okrsync.normalise.numbers import shown, unreadable
from okrsync.normalise.rows import LeftOut
from okrsync.reading import Read

NAMED_ROWS = 12
"""How many rows a finding lists before it says "and so on"."""
QUOTED_ROWS = 3


_ONE = {
    "totals": "a total",
    "samples": "a sample",
    "placeholders": "a placeholder",
    "labels without a statement": "a label without a statement",
    "initiatives": "an initiative",
}


def left_out(workbook: str, grid: Grid, found: Found, rows_left: LeftOut) -> Iterator[Raised]:
    """What of a table was not read, and statements that are errors or formulas without a result."""
    sheet = f"{workbook}!{quoted(grid.sheet)}"
    for reason, rows in rows_left.rows.items():
        listed = ", ".join(map(str, rows[:NAMED_ROWS])) + (" …" if len(rows) > NAMED_ROWS else "")
        if len(rows) > 1:
            message = f"rows {listed} look like {reason} and were left out"
        else:
            message = f"row {listed} looks like {_ONE.get(reason, reason)} and was left out"
        told = [_words(grid, row) for row in rows[:NAMED_ROWS]]
        words = ", ".join(list(dict.fromkeys(f'"{shown(value)}"' for _, value in told))[:QUOTED_ROWS])
        first = CellRef(workbook, grid.sheet, rows[0], told[0][0])
        fix = "nothing, unless one of them is an OKR: then reword it."
        yield Raised("IN009", Hit(first, f"{message}: {words}", fix))
    for row, column, name, value in rows_left.faults:
        yield _fault(CellRef(workbook, grid.sheet, row, column), value, found.mapping.headers.get(name, name))
    for each in found.moved:
        header = shown(grid.value(each.header.row, each.header.column))
        message = f'{each.name} is read from {each.now}, where its header "{header}" stands now'
        fix = f"if {each.was} is meant, take {each.name} out of the mapping's headers."
        yield Raised("IN009", Hit(each.header, message, fix))
    if found.beside:
        message = (
            f"what stands right of column {column_letters(found.area.right)} was left out: a table beside the first"
        )
        yield Raised("IN009", Hit(sheet, message, "put the tables below one another, or on sheets of their own."))
    for column, name in found.doubles:
        kept = found.mapping.columns.get(name)
        if kept is not None and kept != column:
            message = f"column {column_letters(column)} was left out: column {column_letters(kept)} is read as {name}"
            yield Raised("IN009", Hit(sheet, message, "rename one of the two headers, or give a mapping."))


def _fault(at: CellRef, value: CellValue, header: str) -> Raised:
    assert isinstance(value, CellError | Uncached)
    return unreadable(at, value, header)


def of_workbook(read: Read, sheets: Sheets, assumed: dict[str, Cycle]) -> Iterator[Raised]:
    """Sheets that were not read, and the cycle that had to be assumed."""
    hidden = [name for name in read.workbook.hidden_sheets() if name not in read.own_sheets]
    if hidden:
        names = ", ".join(quoted(name) for name in hidden)
        yield Raised(
            "IN009", Hit(read.name, f"hidden sheets were not read: {names}", "unhide a sheet to have it read.")
        )
    if sheets.guides:
        names = ", ".join(quoted(name) for name in sheets.guides)
        message = f"sheets that explain or show an example were left out: {names}"
        yield Raised("IN009", Hit(read.name, message, "rename a sheet that holds real OKRs."))
    for name, last in sheets.cut:
        first = column_letters(last + 1)
        message = f"columns from {first} on were not looked at: no table is sought further right"
        fix = "move the table to the left, or give a mapping."
        yield Raised("IN009", Hit(CellRef(read.name, name, 1, last + 1), message, fix))
    if assumed:
        cycle = next(iter(assumed.values()))
        names = ", ".join(quoted(name) for name in assumed)
        message = f"no cycle is named on {names}; {cycle.name} ({cycle.start} to {cycle.end}) is assumed"
        fix = 'write the cycle into the sheet\'s name or above the table ("Period: Q4 2026"), or use --cycle.'
        yield Raised("IN010", Hit(read.name, message, fix))


def looked_for(read: Read, sheets: Sheets) -> str:
    """What was looked for in a workbook without OKRs, and the nearest that was there."""
    if sheets.tables:
        names = ", ".join(quoted(name) for name in sheets.names())
        return f"no OKRs found: the tables on {names} hold nothing but samples, placeholders or blank rows"
    text = 'no OKRs found: no header row with an objective and a key-result column (such as "Objective", "Key result")'
    if not sheets.refused:
        return text + ", and no lines labelled O1, KR1"
    return f"{text}; the nearest: {'; '.join(sheets.refused[:3])}"


def _words(grid: Grid, row: int) -> tuple[int, CellValue]:
    """The cell that says most of what a row is, the one with the longest text, and its column."""
    filled = [(grid.left + j, value) for j, value in enumerate(grid.rows[row - grid.top]) if value is not None]
    return max(filled, key=lambda cell: len(cell[1]) if isinstance(cell[1], str) else 0)
