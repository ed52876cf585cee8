"""The part of a sheet a header stands over: its columns, its rows, and what the cells below look like."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from okrsync.cells import CellValue, Grid
from okrsync.layout.profile import Profile, profile

_PLACEHOLDERS = frozenset({("[", "]"), ("<", ">"), ("{", "}"), ("【", "】")})
EVIDENCE_ROWS = 200
"""How many rows below a header are looked at to find out what its columns are."""


class Region(Struct):
    """A possible table: header texts by column, the first row below the header and the last that may belong to it."""

    grid: Grid
    header_rows: tuple[int, ...]
    headers: dict[int, str]
    first_row: int
    last_row: int
    _cells: dict[tuple[int, int], list[CellValue]] = field(default_factory=dict)
    _profiles: dict[int, Profile] = field(default_factory=dict)

    def cells(self, column: int) -> list[CellValue]:
        """The first cells below the header of a column, as evidence."""
        last = min(self.last_row, self.first_row + EVIDENCE_ROWS - 1, self.grid.bottom)
        if (column, last) not in self._cells:
            grid, j = self.grid, column - self.grid.left
            rows = grid.rows[max(0, self.first_row - grid.top) : max(0, last - grid.top + 1)]
            self._cells[column, last] = [row[j] if 0 <= j < len(row) else None for row in rows]
        return self._cells[column, last]

    def profile(self, column: int) -> Profile:
        """What those cells look like."""
        if column not in self._profiles:
            self._profiles[column] = profile(self.cells(column))
        return self._profiles[column]


def cells_of(grid: Grid, row: int) -> Sequence[CellValue]:
    """The cells of a row from the grid's left column on, none outside the used range."""
    i = row - grid.top
    return grid.rows[i] if 0 <= i < len(grid.rows) else ()


def header_text(value: CellValue) -> str | None:
    """A cell's text where it can be a header: a short text with a letter in it (or `#`, `%`)."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    return text if 0 < len(text) <= 200 and (text[0], text[-1]) not in _PLACEHOLDERS else None


def segments(columns: Sequence[int], used: frozenset[int], ours: frozenset[int]) -> list[list[int]]:
    """The header's columns split where a column stands wholly empty between two of them (our own columns do not)."""
    groups: list[list[int]] = []
    for column in sorted(columns):
        between = range(groups[-1][-1] + 1, column) if groups else range(0)
        if groups and all(c in used or c in ours for c in between):
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups
