"""The edits of one sheet, row by row: put in order, filled up for a new block, and refused where nobody may write."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter

from okrsync.cells import Area, CellRef
from okrsync.edits import CellEdit, Look
from okrsync.workbooks.excel.markup import Unsplicable
from okrsync.workbooks.excel.sheetparts import SheetPart

LEAVE_IT = "move the formula out of okrsync's column, or clear the cell, and run okrsync again."

RowEdits = Sequence[CellEdit]


def by_row(edits: Iterable[CellEdit]) -> dict[int, RowEdits]:
    """Edits by row, from left to right. They mostly come so; only rows that do not are sorted."""
    rows: dict[int, list[CellEdit]] = {}
    for edit in edits:
        at = edit.at
        row = rows.get(at.row)
        if row is None:
            rows[at.row] = [edit]
        elif row[-1].at.column < at.column:
            row.append(edit)
        else:
            _insert(row, edit)
    return dict(rows)


def frame(rows: dict[int, RowEdits], area: Area) -> None:
    """Gives every row of a new block all its cells, blank ones too: no border ends where we have nothing to say."""
    columns = range(area.left, area.right + 1)
    for number, row in rows.items():
        if area.top <= number <= area.bottom and len(row) < len(columns):
            workbook, sheet, like = row[0].at.workbook, row[0].at.sheet, row[0].like
            there = [edit.at.column for edit in row]
            missing = [
                CellEdit(CellRef(workbook, sheet, number, column), None, None, Look.TEXT, like)
                for column in columns
                if column not in there
            ]
            rows[number] = sorted([*row, *missing], key=_column_of)


def _column_of(edit: CellEdit) -> int:
    return edit.at.column


def _insert(row: list[CellEdit], edit: CellEdit) -> None:
    place = bisect_left(row, edit.at.column, key=attrgetter("at.column"))
    if place < len(row) and row[place].at.column == edit.at.column:
        raise Unsplicable(f"{edit.at.in_workbook}: two edits of one cell", "report this as a bug.")
    row.insert(place, edit)


def extent(rows: dict[int, RowEdits]) -> Area | None:
    """The area that written values span; blanks do not count."""
    numbers, columns = list[int](), set[int]()
    for number, row in rows.items():
        filled = [edit.at.column for edit in row if edit.after is not None]
        if filled:
            numbers.append(number)
            columns.update(filled)
    return Area(min(numbers), min(columns), max(numbers), max(columns)) if numbers else None


def refuse_forbidden(sheet: SheetPart, rows: dict[int, RowEdits], columns: Sequence[int]) -> None:
    """Refuses edits of cells that a merge hides or another cell's formula fills."""
    numbers = sorted(rows)
    for area, what in [*((a, "merge") for a in sheet.merges()), *((a, "spill") for a in sheet.spilled())]:
        if bisect_left(columns, area.left) == len(columns) or columns[bisect_left(columns, area.left)] > area.right:
            continue
        for number in numbers[bisect_left(numbers, area.top) : bisect_left(numbers, area.bottom + 1)]:
            for edit in rows[number]:
                corner = number == area.top and edit.at.column == area.left
                if area.left <= edit.at.column <= area.right and not (what == "merge" and corner):
                    raise Unsplicable(*_forbidden(edit, area, what))


def _forbidden(edit: CellEdit, area: Area, what: str) -> tuple[str, str]:
    if what == "merge":
        return f"{edit.at.in_workbook} lies inside the merged cells {area.a1}", "unmerge them, and run okrsync again."
    return f"{edit.at.in_workbook} is filled by the formula of {area.a1}", LEAVE_IT
