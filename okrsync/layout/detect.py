"""A sheet → the Mappings of the tables on it, with what speaks for them, or what was looked for and not found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from okrsync.cells import Area, CellRef, Grid
from okrsync.edits import Block
from okrsync.layout import combined, forms, outline, tables, wide
from okrsync.layout.bands import find_bands
from okrsync.layout.cards import card_above
from okrsync.layout.columns import Columns
from okrsync.layout.context import Surroundings, surroundings
from okrsync.layout.folding import fold
from okrsync.layout.headers import language_of
from okrsync.layout.region import EVIDENCE_ROWS, cells_of
from okrsync.layout.several import hold_several
from okrsync.layout.tables import Candidate
from okrsync.mapping import CHECK_IN, Archetype, Mapping, Reason

LEAST_FIELDS = 3
"""As few headers down a column make the columns beside it records: two of them may explain the words."""

_METHODS = frozenset({"okr", "okrs", "kpi", "kpis", "mbo", "bsc", "smart"})
_ACRONYM = 8
MOST_COLUMNS = 1_000
"""No table of OKRs is wider: what stands further right is looked at no more, and said so."""


class Moved(Struct, frozen=True):
    """A field of a given mapping whose header stands elsewhere: its cell, and where that and the mapping say it is."""

    header: CellRef
    name: str
    was: str
    now: str


class Found(Struct, frozen=True):
    """One table: how to read it, where it lies, what stands around it, and why it is read so.

    `doubles` are (column, field) of columns left out because another column of that meaning was taken, `beside` counts
    tables in the same rows that were not read, `lines` the labelled lines of an outline or form without a
    header, those near its start.
    `moved` are the fields of a given mapping whose headers were found in other columns than it says.
    """

    mapping: Mapping
    area: Area
    around: Surroundings = field(default_factory=Surroundings)
    reasons: tuple[Reason, ...] = ()
    doubles: tuple[tuple[int, str], ...] = ()
    beside: int = 0
    lines: int | None = None
    moved: tuple[Moved, ...] = ()


class Layout(Struct, frozen=True):
    """The tables of a sheet; `refused`: headers that looked like those of OKRs and why they were not taken.

    `halves` are refused tables that may be one of two joined by ids (relations.py).
    """

    tables: tuple[Found, ...] = ()
    refused: tuple[str, ...] = ()
    halves: tuple[Found, ...] = ()


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
    """The tables of one sheet (`grid` without our columns): of the ways to read it, the one that explains the most."""
    if not grid.rows:
        return Layout()
    if grid.right - grid.left >= MOST_COLUMNS:
        grid = replace(grid, rows=[row[:MOST_COLUMNS] for row in grid.rows])
    probe = tables.find_tables(grid, ours)
    readings = [tuple(_tables(grid, probe.tables))]
    if not probe.tables and (lines := outline.find_outline(grid, grid.top)) is not None:
        lines.region.last_row = _last_filled(grid)
        readings.append((_outline(grid, lines),))
    readings.append(apart := _side_by_side(grid, ours))
    if not _compares_methods(grid):
        readings += _without_a_table(grid, ours, repeated=not apart)
    best = max(readings, key=lambda reading: explained(grid, reading))
    halves = tuple(_found(grid, each, grid.top) for each in probe.halves)
    return Layout(best, () if best else tuple(probe.refused), halves)


def _side_by_side(grid: Grid, ours: frozenset[int]) -> tuple[Found, ...]:
    """Tables side by side with blank columns between them; none unless two have objectives of their own."""
    strips = _strips(grid)
    if len(strips) < 2:
        return ()
    found: list[Found] = []
    for first, last in strips:
        found += [each for each in detect(strip(grid, first, last), ours).tables if _is_whole(each.mapping)]
    found.sort(key=lambda each: (each.area.top, each.area.left))
    return tuple(found) if len({each.area.left for each in found}) > 1 else ()


def strip(grid: Grid, first: int, last: int) -> Grid:
    """The columns of a sheet from the first to the last, where they stand."""
    rows = [row[max(0, first - grid.left) : last - grid.left + 1] for row in grid.rows]
    return replace(grid, rows=rows, left=max(first, grid.left))


def _strips(grid: Grid) -> list[tuple[int, int]]:
    """The first and last columns of what blank columns part, as far as can be told from the first rows."""
    rows = grid.rows[:EVIDENCE_ROWS]
    width = max((len(row) for row in rows), default=0)
    used = [any(j < len(row) and row[j] is not None for row in rows) for j in range(width)]
    strips: list[tuple[int, int]] = []
    for column, is_used in enumerate(used, grid.left):
        if is_used and strips and strips[-1][1] == column - 1:
            strips[-1] = (strips[-1][0], column)
        elif is_used:
            strips.append((column, column))
    return strips


def _is_whole(mapping: Mapping) -> bool:
    """Whether a table says which objectives its key results are below."""
    named = {*mapping.columns, *mapping.card}
    return (
        "statement" in named or {"objective", "key_result"} <= named or ("objective" in named and bool(mapping.groups))
    )


def _without_a_table(grid: Grid, ours: frozenset[int], *, repeated: bool) -> Iterator[tuple[Found, ...]]:
    """The ways to read a sheet that need no row of headers with a row per statement below it.

    `repeated`: headers that come again are further key results of an objective, and no tables side by side.
    """
    if (both := combined.find_combined(grid)) is not None:
        yield (_combined(grid, both),)
    yield tuple(_form(grid, each) for each in forms.find_forms(grid))
    yield tuple(_wide(grid, each, Archetype.WIDE) for each in wide.find_wide(grid, ours, repeated=repeated))
    if wide.may_be_matrix(grid):
        across = wide.exchanged(grid)
        found = wide.find_wide(across, frozenset(), repeated=False)
        yield tuple(_wide(grid, each, Archetype.MATRIX) for each in found)
        yield _records(grid, across)


def _compares_methods(grid: Grid) -> bool:
    """Whether a sheet sets methods side by side ("Aspect | OKR | KPI"): what stands below explains them."""
    for row in grid.rows[:EVIDENCE_ROWS]:
        filled = [value for value in row if value is not None]
        names = {fold(value) for value in filled if isinstance(value, str) and len(value) <= _ACRONYM} & _METHODS
        if len(names) > 1 and len(names) >= len(filled) - 1:
            return True
    return False


def explained(grid: Grid, reading: Sequence[Found]) -> int:
    """How many filled cells of the first rows a reading has a use for."""
    return sum(_explained(grid, found) for found in reading)


def _explained(grid: Grid, found: Found) -> int:
    mapping = found.mapping
    if found.lines is not None:
        return found.lines
    columns = {*mapping.columns.values(), *(at for group in mapping.groups for at in group.columns.values())}
    last = min(mapping.last_row or grid.bottom, mapping.first_row + EVIDENCE_ROWS)
    across = mapping.archetype is Archetype.MATRIX
    rows = range(mapping.first_row, last + 1)
    cells = ((at, row) if across else (row, at) for row in rows for at in columns)
    return bool(mapping.card) + sum(1 for row, column in cells if grid.value(row, column) is not None)


def _combined(grid: Grid, columns: Columns) -> Found:
    region = columns.region
    mapping = Mapping(
        sheet=grid.sheet,
        archetype=Archetype.COMBINED,
        columns=columns.fields,
        header_rows=region.header_rows,
        first_row=region.first_row,
        last_row=_last_filled(grid),
        headers={name: region.headers[at] for name, at in columns.fields.items() if at in region.headers},
        language=language_of(list(region.headers.values())),
    )
    top = region.header_rows[0] if region.header_rows else max(1, region.first_row - 1)
    every = columns.fields.values()
    area = Area(top, min(every), max(mapping.last_row or 1, top), max(every))
    return Found(mapping, area, surroundings(grid, grid.top, top), columns.reasons)


def _records(grid: Grid, across: Grid) -> tuple[Found, ...]:
    """Tables whose headers stand in a column, each key result in a column of its own: matrices without groups."""
    found: list[Found] = []
    for table in tables.find_tables(across, frozenset()).tables:
        fields = table.columns.fields
        if not {"objective", "key_result"}.isdisjoint(name for _, name in table.columns.doubles):
            continue  # a form below another one, its labels again
        if len(fields) < LEAST_FIELDS or not {"objective", "key_result"} <= fields.keys():
            continue
        one = _found(across, table, across.top)
        area = Area(one.area.left, one.area.top, one.area.right, one.area.bottom)
        around = surroundings(grid, grid.top, area.top)
        found.append(replace(one, mapping=replace(one.mapping, archetype=Archetype.MATRIX), area=area, around=around))
    return tuple(found)


def _form(grid: Grid, form: forms.Form) -> Found:
    texts = [str(grid.value(*at)) for at in form.cells.values()]
    top = form.area.top
    mapping = Mapping(
        sheet=grid.sheet,
        archetype=Archetype.CARD,
        columns={"key_result": form.column},
        first_row=form.rows[0],
        last_row=form.rows[-1],
        language=language_of(
            [str(value) for row in range(form.area.top, form.rows[0] + 1) for value in cells_of(grid, row)]
        ),
        card=form.cells,
    )
    said = f'"{texts[0][:40]}" is labelled as an objective, with {len(form.rows)} key results below it'
    lines = [row for row in (top, *form.rows) if row < grid.top + EVIDENCE_ROWS]
    return Found(mapping, form.area, surroundings(grid, grid.top, top), (Reason(said, 0.85),), lines=len(lines))


def _wide(grid: Grid, table: wide.Wide, archetype: Archetype) -> Found:
    region, across = table.region, archetype is Archetype.MATRIX
    headers = {name: region.headers[column] for name, column in table.fields.items() if column in region.headers}
    texts = [*headers.values(), *(text for group in table.groups for text in group.headers.values())]
    mapping = Mapping(
        sheet=grid.sheet,
        archetype=archetype,
        columns=table.fields,
        header_rows=region.header_rows,
        first_row=region.first_row,
        last_row=region.last_row,
        headers=headers,
        language=language_of(texts),
        groups=table.groups,
    )
    area = table.area
    if across:
        area = Area(area.left, area.top, area.right, area.bottom)
    return Found(mapping, area, surroundings(grid, grid.top, area.top), table.reasons)


def _tables(grid: Grid, candidates: Sequence[Candidate]) -> Iterator[Found]:
    """Tables as they are read; what stands above one, back to the table before it, is its own."""
    first = grid.top
    for candidate in candidates:
        yield from _by_cycle(grid, candidate, first)
        first = max(first, candidate.region.last_row + 1)


def _by_cycle(grid: Grid, candidate: Candidate, first: int) -> Iterator[Found]:
    """A table as it is read: once, or once per cycle where its columns repeat per cycle."""
    bands = find_bands(candidate)
    whole = replace(candidate, columns=bands.common) if bands.common is not None else candidate
    found = _found(grid, whole, first)
    found = replace(found, reasons=(*found.reasons, *bands.reasons))
    if bands.check_ins:
        series = {f"{CHECK_IN}{period}": column for period, column in bands.check_ins.items()}
        found = replace(found, mapping=replace(found.mapping, columns={**found.mapping.columns, **series}))
    if not bands.cycles:
        yield found
    for period, columns in bands.cycles:
        one = _found(grid, replace(candidate, columns=columns), first)
        yield replace(one, mapping=replace(one.mapping, cycle=period), reasons=(*one.reasons, *bands.reasons))


def _found(grid: Grid, candidate: Candidate, first: int) -> Found:
    region = candidate.region
    mapping = Mapping(
        sheet=grid.sheet,
        archetype=tables.archetype(candidate.columns),
        columns=candidate.columns.fields,
        header_rows=candidate.header_rows,
        first_row=candidate.region.first_row,
        last_row=candidate.region.last_row,
        headers={name: region.headers[at] for name, at in candidate.columns.fields.items() if at in region.headers},
        language=tables.language(candidate.columns),
        several=_holds_several(grid, candidate),
    )
    area, top = candidate.area, candidate.header_rows[0]
    card = None
    if "key_result" in mapping.columns and "objective" not in mapping.columns:
        card = card_above(grid, first, top, area.left, area.right)
    if card is not None:
        mapping = replace(mapping, archetype=Archetype.CARD, card=card.cells)
    around = surroundings(grid, first, top)
    known = candidate.columns.recognised / max(1, len(region.headers))
    head = Reason(f"row {candidate.header_rows[-1]} is the header: {known:.0%} of its words are known", 0.5 + known / 2)
    return Found(
        mapping, area, around, (head, *candidate.columns.reasons), tuple(candidate.columns.doubles), candidate.beside
    )


def _holds_several(grid: Grid, candidate: Candidate) -> bool:
    """Whether any key-result cell of a table holds more than one."""
    column, region = candidate.columns.fields.get("key_result"), candidate.region
    if column is None:
        return False
    j, rows = column - grid.left, grid.rows[region.first_row - grid.top : region.last_row - grid.top + 1]
    return hold_several(row[j] for row in rows if j < len(row))


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
    return Found(mapping, outline.outline_area(candidate), around, candidate.columns.reasons, lines=candidate.lines)


def _spoken(grid: Grid, fields: dict[str, int], first_row: int) -> str:
    column = fields.get("statement") or fields["objective"]
    text = grid.value(first_row, column)
    return language_of([text]) if isinstance(text, str) and any("\u4e00" <= c <= "\u9fff" for c in text) else "en"


def _last_filled(grid: Grid) -> int:
    last = grid.bottom
    while last > grid.top and all(tables.is_blank(value) for value in grid.rows[last - grid.top]):
        last -= 1
    return last
