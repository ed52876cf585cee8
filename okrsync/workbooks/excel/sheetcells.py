"""The cells of one sheet as they come out of its part, and how they are laid out as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from okrsync.cells import CellValue

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_MOST_PLACES = 40_000_000
"""Places in the rectangle of used cells, blank ones included; more of them is a sheet made to choke its readers."""

EMPTY: Sequence[CellValue] = ()


class Sprawling(Exception):  # noqa: N818 - it reads as what is said of the sheet
    """A few cells far apart span more places than any sheet of people's does."""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """What the cells of a sheet say. `rows[i][j]` is row `top + i`, column `left + j`; rows end at their last value."""

    top: int
    left: int
    rows: Sequence[Sequence[CellValue]]
    hidden_rows: frozenset[int]
    formats_of: Callable[[int], Mapping[int, str]]
    formulas_of: Callable[[int], frozenset[int]]


class RowStack:
    """Rows put upon each other in ascending order, numbered from 1; rows without a value cost next to nothing."""

    def __init__(self) -> None:
        self._top = 0
        self._rows: list[Sequence[CellValue]] = []
        self._places = 0

    def put(self, number: int, row: list[CellValue]) -> None:
        """A row from its first column on. It must lie below every row before it."""
        while row and row[-1] is None:
            row.pop()
        if not row:
            return
        if not self._rows:
            self._top = number
        missing = number - self._top - len(self._rows)
        if missing:
            self._rows += [EMPTY] * missing
        self._rows.append(tuple(row))  # a tuple of values is nothing the collector comes back to
        self._places += len(row)
        if self._places > _MOST_PLACES:
            raise Sprawling

    def trimmed(self) -> tuple[int, int, list[Sequence[CellValue]]]:
        """Top row, left column and the rows without the blank columns left of every value."""
        blank = min((_leading_blanks(row) for row in self._rows if row), default=0)
        rows = [row[blank:] if row else EMPTY for row in self._rows] if blank else self._rows
        return (self._top or 1), blank + 1, rows


def _leading_blanks(row: Sequence[CellValue]) -> int:
    return next(i for i, value in enumerate(row) if value is not None)


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


def union(spans: Iterable[tuple[int, int]], last: int) -> frozenset[int]:
    """All numbers within any of the spans, at most `last`; however often the spans overlap, each is met once."""
    found: list[int] = []
    reached = 0
    for first, end in sorted(spans):
        found += range(max(first, reached + 1), min(end, last) + 1)
        reached = max(reached, min(end, last))
    return frozenset(found)
