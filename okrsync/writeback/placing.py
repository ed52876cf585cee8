"""Where our five columns go beside a team's table: the first free block to its right, joined to its filter or not."""

from __future__ import annotations

from msgspec import Struct

from okrsync.cells import Area, Grid, TableArea
from okrsync.edits import Block
from okrsync.ownership import ROLES

REACH = 50
"""How many columns right of the table are looked at."""

LAST_COLUMN = 16_384
"""XFD, where sheets end."""


class Spot(Struct, frozen=True):
    """The first of five free columns, and whether the table's filter or Excel table should grow over them."""

    column: int
    join: bool


def free_spot(grid: Grid, table: Area) -> Spot | None:
    """The first five free columns right of the table, at most 50 away; None when there are none."""
    tied = _tied(grid, table)
    edge = max([table.right, *(area.right for area, _ in tied)])
    grows = bool(tied) and all(fixed is None for _, fixed in tied)
    # Text typed beside a table that cannot take our columns would make Excel grow it: one column stays free between.
    first = edge + (2 if tied and not grows else 1)
    # Nobody sees what stands in a hidden column; and what people hid there may be in use.
    busy = _busy_columns(grid, table, first) | grid.hidden_columns
    width = len(ROLES)
    for column in range(first, min(table.right + REACH, LAST_COLUMN - width + 1) + 1):
        block = Area(table.top, column, table.bottom, column + width - 1)
        if busy.isdisjoint(range(column, column + width)) and not _obstructed(grid, block, tied):
            silent = {c for c in range(column, column + width) if _computes(grid, table, c)}
            if not silent:
                return Spot(column, join=grows and column == edge + 1)
            busy |= silent
    return None


def joins(grid: Grid, table: Area, block: Block) -> bool:
    """Whether the table's filter or Excel table ends right before our columns and has yet to grow over them."""
    columns = sorted(block.columns.values())
    if columns != list(range(columns[0], columns[0] + len(columns))):
        return False
    tied = [(area, fixed) for area, fixed in _tied(grid, table) if area.right < columns[-1]]
    return bool(tied) and all(fixed is None and area.right >= columns[0] - 1 for area, fixed in tied)


def _tied(grid: Grid, table: Area) -> list[tuple[Area, str | None]]:
    """The areas that sort our rows: the sheet's filter and Excel tables over this table, with why they may not grow."""
    tied: list[tuple[Area, str | None]] = []
    if grid.filter is not None and grid.filter.meets(table):
        tied.append((grid.filter, None))
    tied += [(listed.area, _fixed(listed)) for listed in grid.tables if listed.area.meets(table)]
    return tied


def _fixed(listed: TableArea) -> str | None:
    return listed.fixed or (None if listed.header else "it has no header row")


def _busy_columns(grid: Grid, table: Area, first: int) -> set[int]:
    """Columns from `first` on in which a cell of the table's rows holds a value."""
    busy: set[int] = set()
    start = max(first - grid.left, 0)
    for row in range(max(table.top, grid.top), min(table.bottom, grid.bottom) + 1):
        cells = grid.rows[row - grid.top]
        if len(cells) > start:
            busy.update(grid.left + j for j in range(start, len(cells)) if cells[j] is not None)
    return busy


def _computes(grid: Grid, table: Area, column: int) -> bool:
    """Whether a formula stands in a column of the table's rows; those that show nothing lie beyond any value."""
    return any(table.top <= row <= table.bottom for row in grid.formulas_of(column))


def _obstructed(grid: Grid, block: Area, tied: list[tuple[Area, str | None]]) -> bool:
    own = {area for area, _ in tied}
    return (
        any(merge.meets(block) for merge in grid.merges)
        or any(drawing.meets(block) for drawing in grid.drawings)
        or any(listed.area.meets(block) for listed in grid.tables if listed.area not in own)
    )
