"""What a table says as a whole of single cells: merged ones, teams that come back, columns of objectives alone."""

from __future__ import annotations

from okrsync.cells import CellValue, Grid
from okrsync.layout.region import EVIDENCE_ROWS
from okrsync.mapping import Archetype, Mapping


def merged_rows(grid: Grid, mapping: Mapping) -> dict[str, dict[int, int]]:
    """Per field whose cells may be merged down: row → the row its value stands in."""
    found: dict[str, dict[int, int]] = {}
    by_column: dict[int, list[str]] = {}
    for name, column in mapping.columns.items():
        by_column.setdefault(column, []).append(name)
    for area in grid.merges:
        if area.bottom > area.top:
            for name in by_column.get(area.left, ()):
                rows = found.setdefault(name, {})
                rows.update((row, area.top) for row in range(area.top, area.bottom + 1))
    return found


def teams_return(grid: Grid, mapping: Mapping, last_row: int) -> bool:
    """Whether the team column belongs to the key results: inside one objective's rows a team comes back."""
    columns = mapping.columns
    if "team" not in columns or "objective" not in columns:
        return False
    run: list[CellValue] = []
    last: CellValue = None
    for row in range(mapping.first_row, min(last_row, mapping.first_row + EVIDENCE_ROWS) + 1):
        objective, team = grid.value(row, columns["objective"]), grid.value(row, columns["team"])
        if objective != last:
            run, last = [], objective
        if run and team != run[-1] and team in run:
            return True
        run.append(team)
    return False


def only_beside_objectives(grid: Grid, mapping: Mapping, last_row: int, name: str) -> bool:
    """Whether a column left of the key results is filled on the objectives' first rows and on no other."""
    columns = mapping.columns
    if mapping.archetype is not Archetype.MERGED or name not in columns:
        return False
    if columns[name] > columns["key_result"] or f"objective_{name}" in columns:
        return False
    rows = range(mapping.first_row, min(last_row, mapping.first_row + EVIDENCE_ROWS) + 1)
    filled = [row for row in rows if grid.value(row, columns[name]) is not None]
    return bool(filled) and all(grid.value(row, columns["objective"]) is not None for row in filled)
