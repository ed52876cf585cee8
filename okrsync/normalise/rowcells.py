"""The cells of a table's rows by field, a merged one standing in every row that it reaches over."""

from __future__ import annotations

from collections.abc import Sequence

from okrsync.cells import CellValue, Grid, text_of
from okrsync.mapping import Mapping
from okrsync.normalise.picking import picker
from okrsync.normalise.wholes import merged_rows

_INHERITED = frozenset(
    {"owner", "objective_owner", "team", "level", "cycle", "commitment", "due", "start", "objective_id"}
)


class RowCells:
    """Answers by field what stands in a row; `several` are the fields that are mostly asked for together."""

    def __init__(self, grid: Grid, mapping: Mapping, several: Sequence[str]) -> None:
        self._rows, self._top = grid.rows, grid.top
        self._anchors = merged_rows(grid, mapping)
        self.merged = bool(self._anchors)
        self._several, self._take = several, picker(grid, mapping, several)
        columns = ((name, column - grid.left) for name, column in mapping.columns.items())
        # Per field: where its cells stand in the grid's rows, and the rows that take theirs from another one.
        self._at = {
            name: (j, self._anchors.get(name, {}) if name in _INHERITED else {}) for name, j in columns if j >= 0
        }

    def value(self, row: int, name: str) -> CellValue:
        """What stands in a field's cell; None too for a field that has no column."""
        place = self._at.get(name)
        if place is None:
            return None
        j, anchors = place
        if anchors:
            row = anchors.get(row, row)
        cells = self._rows[row - self._top]
        return cells[j] if j < len(cells) else None

    def text(self, row: int, name: str) -> str | None:
        """A field's cell as a text, None where it holds nothing that is one."""
        return text_of(self.value(row, name))

    def several(self, row: int) -> Sequence[CellValue]:
        """The cells of the fields named at the start, in their order."""
        if self.merged:
            return [self.value(row, name) for name in self._several]
        return self._take(self._rows[row - self._top])

    def of_objective(self, row: int, name: str) -> bool:
        """Whether a cell is merged over several rows and so says something of the objective."""
        rows = self._anchors.get(name) if self.merged else None
        return rows is not None and row in rows
