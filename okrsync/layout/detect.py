"""A sheet → the Mappings of the tables on it, with what speaks for them, or what was looked for and not found."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from okrsync.cells import Area, Grid
from okrsync.edits import Block
from okrsync.layout import outline, tables
from okrsync.layout.context import Surroundings, surroundings
from okrsync.layout.tables import Candidate
from okrsync.mapping import Archetype, Mapping


class Found(Struct, frozen=True):
    """One table: how to read it, where it lies, what stands around it, and why it is read so.

    `doubles` are (column, field) of columns left out because another column of that meaning was taken, `beside` counts
    tables in the same rows that were not read.
    """

    mapping: Mapping
    area: Area
    around: Surroundings = field(default_factory=Surroundings)
    evidence: tuple[str, ...] = ()
    doubles: tuple[tuple[int, str], ...] = ()
    beside: int = 0


class Layout(Struct, frozen=True):
    """The tables of a sheet; `refused`: headers that looked like those of OKRs and why they were not taken."""

    tables: tuple[Found, ...] = ()
    refused: tuple[str, ...] = ()


def without_ours(grid: Grid, blocks: tuple[Block, ...]) -> tuple[Grid, frozenset[int]]:
    """The sheet as the team keeps it: cells of our columns blank; and which columns those are."""
    ours = frozenset(column for block in blocks for column in block.columns.values())
    if not ours:
        return grid, ours
    rows = [list(row) for row in grid.rows]
    for block in blocks:
        for i in range(max(0, block.header_row - grid.top), min(len(rows), block.last_row - grid.top + 1)):
            for column in block.columns.values():
                if 0 <= column - grid.left < len(rows[i]):
                    rows[i][column - grid.left] = None
    return replace(grid, rows=rows), ours


def detect(grid: Grid, ours: frozenset[int] = frozenset()) -> Layout:
    """The tables of one sheet (`grid` without our columns)."""
    if not grid.rows:
        return Layout()
    probe = tables.find_tables(grid, ours)
    if probe.tables:
        return Layout(tuple(_found(grid, each, probe.tables[:i]) for i, each in enumerate(probe.tables)))
    lines = outline.find_outline(grid, grid.top)
    if lines is not None:
        lines.region.last_row = _last_filled(grid)
        return Layout((_outline(grid, lines),), tuple(probe.refused))
    return Layout((), tuple(probe.refused))


def _found(grid: Grid, candidate: Candidate, above: list[Candidate]) -> Found:
    first = max((each.region.last_row + 1 for each in above), default=grid.top)
    mapping = Mapping(
        sheet=grid.sheet,
        archetype=tables.archetype(candidate.columns),
        columns=candidate.columns.fields,
        header_rows=candidate.header_rows,
        first_row=candidate.region.first_row,
        last_row=candidate.region.last_row,
        headers={name: candidate.region.headers[column] for name, column in candidate.columns.fields.items()},
        language=tables.language(candidate.columns),
    )
    around = surroundings(grid, first, candidate.header_rows[0])
    evidence = (f"row {candidate.header_rows[-1]} is the header", *candidate.columns.evidence)
    return Found(mapping, candidate.area, around, evidence, tuple(candidate.columns.doubles), candidate.beside)


def _outline(grid: Grid, candidate: Candidate) -> Found:
    region, fields = candidate.region, candidate.columns.fields
    headers = {name: region.headers[column] for name, column in fields.items() if column in region.headers}
    mapping = Mapping(
        sheet=grid.sheet,
        archetype=Archetype.OUTLINE,
        columns=fields,
        header_rows=region.header_rows,
        first_row=region.first_row,
        last_row=region.last_row,
        headers=headers,
        language=_spoken(grid, fields, region.first_row),
    )
    around = surroundings(grid, grid.top, region.header_rows[0] if region.header_rows else region.first_row)
    return Found(mapping, outline.outline_area(candidate), around, tuple(candidate.columns.evidence))


def _spoken(grid: Grid, fields: dict[str, int], first_row: int) -> str:
    from okrsync.layout.headers import language_of

    column = fields.get("statement") or fields["objective"]
    text = grid.value(first_row, column)
    return language_of([text]) if isinstance(text, str) and any("\u4e00" <= c <= "\u9fff" for c in text) else "en"


def _last_filled(grid: Grid) -> int:
    last = grid.bottom
    while last > grid.top and all(tables.is_blank(value) for value in grid.rows[last - grid.top]):
        last -= 1
    return last
