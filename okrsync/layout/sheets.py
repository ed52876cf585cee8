"""The sheets of one workbook → the tables that are read, and what was looked at and left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from okrsync.cells import Area, Grid
from okrsync.layout.context import is_guide
from okrsync.layout.detect import MOST_COLUMNS, Found, detect, strip, without_ours
from okrsync.layout.given import given
from okrsync.layout.presets import by_preset
from okrsync.layout.relations import Half, joins
from okrsync.mapping import BY_ROWS, SIDE_BY_SIDE, Archetype, Mapping
from okrsync.reading import Read


class Sheets(Struct):
    """The tables found with their grids (without our columns), guide sheets left out, and why others hold none.

    `cut` are sheets too wide to be looked at whole, with the last column that was.
    """

    tables: list[tuple[Grid, Found]] = field(default_factory=list)
    guides: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    halves: list[tuple[Grid, Found]] = field(default_factory=list)
    cut: list[tuple[str, int]] = field(default_factory=list)

    def names(self) -> list[str]:
        """The sheets with a table, each once."""
        return list(dict.fromkeys(grid.sheet for grid, _ in self.tables))


def tables_of(read: Read) -> Sheets:
    """Every table of a workbook. Raises WorkbookError when a given mapping does not fit."""
    grids = {
        name: without_ours(grid, read.blocks.get(name, ()))
        for name, grid in read.grids.items()
        if name not in read.own_sheets
    }
    if read.mappings:
        plain = {name: grid for name, (grid, _) in grids.items()}
        return Sheets([(plain[found.mapping.sheet], found) for found in _with_headings(_given(read, plain))])
    sheets = Sheets()
    for name, (grid, ours) in grids.items():
        layout = by_preset(read.name, grid) or detect(grid, ours)
        sheets.tables += [(grid, found) for found in _with_headings(layout.tables)]
        if grid.right > (last := grid.left + MOST_COLUMNS - 1):
            sheets.cut.append((name, last))
        sheets.halves += [(grid, found) for found in layout.halves]
        sheets.refused += [f"'{name}' {reason}" for reason in layout.refused]
    _leave_guides(sheets)
    return sheets


def relate(workbooks: Sequence[tuple[str, Sheets]]) -> None:
    """Tables of objectives and of key results that name their ids are joined, within a workbook and across files."""
    halves = [
        Half(name, grid, found, whole)
        for name, sheets in workbooks
        for whole, every in ((True, sheets.tables), (False, sheets.halves))
        for grid, found in every
        if found.mapping.objectives_on is None and found.mapping.archetype in BY_ROWS | {Archetype.TREE}
    ]
    sheets_of = dict(workbooks)
    read: set[int] = set()
    for join in joins(halves):
        for half, joined in zip(join.halves, (join.objectives, join.key_results), strict=True):
            if id(half.found) in read:
                continue  # objectives with key results on several sheets
            read.add(id(half.found))
            tables = sheets_of[half.workbook].tables
            if half.whole:
                at = next(i for i, (_, found) in enumerate(tables) if found is half.found)
                tables[at] = (half.grid, joined.found)
            else:
                tables.append((half.grid, joined.found))


def _given(read: Read, grids: dict[str, Grid]) -> Iterable[Found]:
    above: dict[str, list[Area]] = {}
    for mapping in read.mappings:
        tops = above.setdefault(mapping.sheet, [])
        top = min((*mapping.header_rows, mapping.first_row))
        first = max((area.bottom + 1 for area in tops if area.bottom < top), default=None)
        found = given(read.name, {**grids, **_strip_of(mapping, read.mappings, grids)}, mapping, first)
        tops += [each.area for each in found]
        yield from found


def _strip_of(mapping: Mapping, mappings: Sequence[Mapping], grids: dict[str, Grid]) -> dict[str, Grid]:
    """The columns of a table up to its neighbour's, where several with headers in the same rows are given."""
    grid = grids.get(mapping.sheet)
    same = [each for each in mappings if (each.sheet, each.header_rows) == (mapping.sheet, mapping.header_rows)]
    if grid is None or any(each.archetype in SIDE_BY_SIDE or "key_result" not in each.columns for each in same):
        return {}
    spans = sorted((min(each.columns.values()), max(each.columns.values())) for each in same)
    if any(right >= left for (_, right), (left, _) in pairwise(spans)):
        return {}  # bands of cycles, which share columns
    starts = [left for left, _ in spans[1:]]
    first = max((left for left in starts if left in mapping.columns.values()), default=grid.left)
    last = min((left for left in starts if left > first), default=grid.right + 1) - 1
    return {mapping.sheet: strip(grid, first, last)}


def _with_headings(tables: Iterable[Found]) -> Iterator[Found]:
    """The tables, each with the team and period that a table above it was given, unless titles of its own stand there.

    The titles of cards are their objectives; what stands over the first of them stands over all.
    """
    said: dict[str, dict[str, str]] = {}
    heading: dict[str, tuple[str, ...]] = {}
    for found in tables:
        sheet, around = found.mapping.sheet, found.around
        above = said.setdefault(sheet, {})
        card = found.mapping.archetype is Archetype.CARD
        if not around.titles or card:
            around = replace(around, metadata={**above, **around.metadata})
        if card:
            first = heading.setdefault(sheet, around.titles[:1])
            around = replace(around, titles=tuple(dict.fromkeys((*first, *around.titles))))
        above |= found.around.metadata
        yield replace(found, around=around)


def _leave_guides(sheets: Sheets) -> None:
    """Sheets that explain or show an example are left out where another sheet holds the team's own."""
    guides = [name for name in sheets.names() if is_guide(name)]
    if guides and len(guides) < len(sheets.names()):
        sheets.guides = guides
        sheets.tables = [(grid, found) for grid, found in sheets.tables if grid.sheet not in guides]
