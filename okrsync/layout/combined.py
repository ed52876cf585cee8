"""Sheets whose cells name an objective and its key results together: "Goal: …; Target: …"."""

from __future__ import annotations

from okrsync.cells import CellValue, Grid
from okrsync.layout.assign import assign
from okrsync.layout.columns import Columns
from okrsync.layout.labels import is_bare_label
from okrsync.layout.region import EVIDENCE_ROWS, Region, cells_of, header_text
from okrsync.layout.several import named
from okrsync.mapping import Reason

_SHARE = 0.6
"""Of a column's texts, how many must name both."""
_STATEMENTS = frozenset({"objective", "key_result", "statement"})


def find_combined(grid: Grid) -> Columns | None:
    """The column whose cells name both levels, with the others by their headers; None where there is none."""
    best: tuple[int, int, int] | None = None  # cells, column, first row
    for j in range(grid.right - grid.left + 1):
        cells = [row[j] if j < len(row) else None for row in grid.rows[:EVIDENCE_ROWS]]
        rows = [i for i, value in enumerate(cells) if _names_both(value)]
        texts = [value for value in cells[rows[0] :] if isinstance(value, str)] if rows else []
        if rows and len(rows) >= _SHARE * len(texts) and (best is None or len(rows) > best[0]):
            best = (len(rows), grid.left + j, grid.top + rows[0])
    if best is None:
        return None
    count, column, first = best
    header_row = first - 1
    texts_above = {
        at: text
        for at, value in enumerate(cells_of(grid, header_row), start=grid.left)
        if (text := header_text(value)) is not None and not is_bare_label(text)
    }
    region = Region(grid, (header_row,) if texts_above else (), texts_above, first, grid.bottom)
    columns = assign(region)
    columns.fields = {name: at for name, at in columns.fields.items() if name not in _STATEMENTS and at != column}
    columns.fields = {"statement": column, **columns.fields}
    columns.remarks.append(Reason(f"{count} cells each name an objective and its key results", 0.9))
    return columns


def _names_both(value: CellValue) -> bool:
    return isinstance(value, str) and named(value) is not None
