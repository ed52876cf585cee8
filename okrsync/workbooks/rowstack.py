"""Rows as a Grid keeps them: put upon each other, blank ends and margins cut off, and never more than memory holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from okrsync.cells import CellValue, Grid

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_MOST_PLACES = 40_000_000
"""Places in the rectangle of used cells, blank ones included; more of them is a sheet made to choke its readers."""

EMPTY: Sequence[CellValue] = ()


class Sprawling(Exception):  # noqa: N818 - it reads as what is said of the sheet
    """A few cells far apart span more places than any sheet of people's does."""


class RowStack:
    """Rows put upon each other in ascending order, numbered from 1; rows without a value cost next to nothing."""

    def __init__(self) -> None:
        self._top = 0
        self._rows: list[Sequence[CellValue]] = []
        self._places = 0

    def put(self, number: int, row: Sequence[CellValue], times: int = 1) -> None:
        """A row from its first column on, or several alike. It must lie below every row before it."""
        end = len(row)
        while end and row[end - 1] is None:
            end -= 1
        if not end:
            return
        if not self._rows:
            self._top = number
        missing = number - self._top - len(self._rows)
        if missing:
            self._rows += [EMPTY] * missing
        self._places += end * times
        if self._places > _MOST_PLACES:
            raise Sprawling
        kept = tuple(row[:end])  # a tuple of values is nothing the garbage collector comes back to
        self._rows += [kept] * times

    def trimmed(self) -> tuple[int, int, list[Sequence[CellValue]]]:
        """Top row, left column and the rows without the blank columns left of every value."""
        blank = min((_leading_blanks(row) for row in self._rows if row), default=0)
        rows = [row[blank:] if row else EMPTY for row in self._rows] if blank else self._rows
        return (self._top or 1), blank + 1, rows


def _leading_blanks(row: Sequence[CellValue]) -> int:
    return next(i for i, value in enumerate(row) if value is not None)


def laid_out(sheet: str, rows: Iterable[Sequence[CellValue]]) -> Grid:
    """Rows from A1 on as a Grid of nothing but values."""
    stack = RowStack()
    for number, row in enumerate(rows, 1):
        stack.put(number, row)
    top, left, kept = stack.trimmed()
    return Grid(sheet, kept, top, left)


def stacked(cells: Mapping[int, Mapping[int, CellValue]]) -> tuple[int, int, list[Sequence[CellValue]]]:
    """Values by row and column → top row, left column and rows."""
    stack = RowStack()
    for number in sorted(cells):
        found = cells[number]
        columns = [column for column, value in found.items() if value is not None]
        if columns:
            row: list[CellValue] = [None] * max(columns)
            for column in columns:
                row[column - 1] = found[column]
            stack.put(number, row)
    return stack.trimmed()
