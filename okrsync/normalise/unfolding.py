"""Tables whose rows are no key results (wide, matrix, card, several in one cell, tree) laid out as rows that are.

What was read from such rows is told of the cells they came from: `Unfolded.place` and `Unfolded.real`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from okrsync.cells import Area, CellRef, CellValue, Grid
from okrsync.findings import Raised
from okrsync.layout.several import named, parts
from okrsync.mapping import FIELDS, Archetype, Group, check_in_periods, planned_days
from okrsync.mapping import Mapping as SheetMapping
from okrsync.model import Place
from okrsync.normalise.nodes import in_tree_order
from okrsync.normalise.numbers import is_blank_word
from okrsync.normalise.origins import Cell, Origin

_OF_ONE = frozenset({"baseline", "target", "current", "progress", "score"})
"""What is said of one key result: beside several it is used only where it holds as many parts."""
_STATEMENTS = ("key_result", "statement", "objective")


class Unfolded(Struct):
    """A table with one row per statement, and where each of its rows comes from."""

    grid: Grid
    mapping: SheetMapping
    origins: Sequence[Origin]
    _columns: dict[tuple[tuple[str, int], ...], dict[str, int]] = field(default_factory=dict)

    def place(self, place: Place) -> Place:
        """The place on the sheet of what was read from an unfolded row."""
        origin = self.origins[place.row - 1]
        cells = origin.cells
        row, _ = cells.get(place.field) or next((cells[name] for name in _STATEMENTS if name in cells), (1, 1))
        key = tuple((name, at[1]) for name, at in cells.items())
        columns = self._columns.get(key)
        if columns is None:
            columns = self._columns[key] = dict(key)
            if "statement" in columns:
                columns |= dict.fromkeys(("objective", "key_result"), columns["statement"])
        rows = {name: at[0] for name, at in cells.items() if at[0] != row} or None
        part = 0 if place.field == "objective" else origin.part
        return Place(place.workbook, place.sheet, row, place.field, columns, part, rows=rows)

    def row(self, row: int) -> int:
        """The sheet's row of an unfolded one."""
        cells = self.origins[row - 1].cells
        return next((cells[name][0] for name in _STATEMENTS if name in cells), 1)

    def cell(self, row: int, name: str) -> Cell:
        """The sheet's cell of a field of an unfolded row."""
        cells = self.origins[row - 1].cells
        return cells.get(name) or next(iter(cells.values()), (1, 1))

    def real(self, raised: Raised) -> Raised:
        """What was raised, at its cell on the sheet."""
        at = raised.hit.at
        if not isinstance(at, CellRef):
            return raised
        name = next(name for name, column in self.mapping.columns.items() if column == at.column)
        return replace(raised, hit=replace(raised.hit, at=CellRef(at.workbook, at.sheet, *self.cell(at.row, name))))


def unfolded(grid: Grid, mapping: SheetMapping) -> Unfolded | None:
    """The table laid out anew, None where its rows can be read as they stand."""
    if mapping.as_it_stands:
        return None
    origins = list(_split(grid, mapping, _rows(grid, mapping)))
    if mapping.archetype is Archetype.TREE:
        origins = in_tree_order(grid, origins)
    names = _names(origins)
    rows = [[_value(grid, origin, name) for name in names] for origin in origins]
    view = replace(
        grid,
        rows=rows,
        top=1,
        left=1,
        merges=tuple(_merges(grid, mapping, origins, names)),
        formats_of=partial(_formats, grid, origins, names),
        hidden_rows=frozenset(),
        hidden_columns=frozenset(),
    )
    archetype = {Archetype.TREE: Archetype.OUTLINE}.get(mapping.archetype, mapping.archetype)
    flat = replace(
        mapping,
        archetype=archetype if archetype in (Archetype.OUTLINE, Archetype.MERGED) else Archetype.FLAT,
        columns={name: j for j, name in enumerate(names, 1)},
        headers=_headers(mapping),
        first_row=1,
        last_row=len(rows),
        groups=(),
        card={},
        several=False,
    )
    return Unfolded(view, flat, origins)


def _names(origins: Iterable[Origin]) -> list[str]:
    """The fields of the unfolded table, in the order of a mapping file."""
    used = dict.fromkeys(name for origin in origins for name in (*origin.cells, *origin.texts))
    order = {name: i for i, name in enumerate((*FIELDS, *(name for _, name in planned_days(used))))}
    return sorted(used, key=lambda name: order.get(name, len(order)))


def _headers(mapping: SheetMapping) -> dict[str, str]:
    headers = dict(mapping.headers)
    for group in reversed(mapping.groups):
        headers |= group.headers
    return headers


# rows


def _rows(grid: Grid, mapping: SheetMapping) -> Iterator[Origin]:
    """One origin per key result of each row; a row without any keeps its objective, a blank row stays one."""
    exchanged = mapping.archetype is Archetype.MATRIX
    last = (grid.right if exchanged else grid.bottom) if mapping.last_row is None else mapping.last_row
    latest = _LatestCheckIn(grid, mapping).of
    for row in range(mapping.first_row, last + 1):
        own = {name: _at(row, column, exchanged) for name, column in mapping.columns.items()} | dict(mapping.card)
        if mapping.archetype is Archetype.COMBINED:
            own["objective"] = own["key_result"] = own.pop("statement")
        own |= latest(row)
        found = [(n, cells) for n, cells in enumerate(_groups(mapping.groups, row, exchanged)) if _has(grid, cells)]
        for n, cells in found:
            yield Origin(own | cells, part=n)
        if not found:
            yield Origin(own) if any(grid.value(*at) is not None for at in own.values()) else Origin({})


class _LatestCheckIn:
    """The last check-in of each row stands for its current value, where the table has no column for that."""

    def __init__(self, grid: Grid, mapping: SheetMapping) -> None:
        known = {"current", "progress"} & mapping.columns.keys()
        self._columns = [] if known else [mapping.columns[name] for _, name in check_in_periods(mapping.columns)]
        self._grid, self._target = grid, mapping.columns.get("target")

    def of(self, row: int) -> dict[str, Cell]:
        """The cell as `current`; as `progress` where it counts percent beside a target that does not."""
        at = next(((row, column) for column in reversed(self._columns) if self._is_filled(row, column)), None)
        if at is None:
            return {}
        target = (row, self._target) if self._target is not None else None
        counts_the_way = self._is_percent(at) and target is not None and self._is_filled(*target)
        return {"progress" if counts_the_way and target and not self._is_percent(target) else "current": at}

    def _is_filled(self, row: int, column: int) -> bool:
        value = self._grid.value(row, column)
        return value is not None and not (isinstance(value, str) and is_blank_word(value))

    def _is_percent(self, at: Cell) -> bool:
        value = self._grid.value(*at)
        if isinstance(value, str):
            return "%" in value or "％" in value
        return isinstance(value, float) and "%" in self._grid.format(*at)


def _groups(groups: Sequence[Group], row: int, exchanged: bool) -> Iterator[dict[str, Cell]]:
    for group in groups:
        yield {name: _at(row, column, exchanged) for name, column in group.columns.items()}


def _has(grid: Grid, cells: Mapping[str, Cell]) -> bool:
    """Whether a group says something: its statement, or with none its numbers."""
    return any(grid.value(*at) is not None for at in cells.values())


def _at(row: int, column: int, exchanged: bool) -> Cell:
    return (column, row) if exchanged else (row, column)


# cells that hold several


def _split(grid: Grid, mapping: SheetMapping, origins: Iterable[Origin]) -> Iterator[Origin]:
    """Every origin whose cell holds several key results, as so many."""
    counted: dict[int, int] = {}
    for origin in origins:
        found = _combined(grid, origin) if mapping.archetype is Archetype.COMBINED else None
        statements = found or (_several(grid, origin) if mapping.several else None)
        if statements is None:
            yield origin
            continue
        row = next(iter(origin.cells.values()))[0]
        for n, texts in enumerate(statements):
            alone = frozenset(_OF_ONE & origin.cells.keys() - texts.keys()) if len(statements) > 1 else frozenset()
            part = counted[row] = counted.get(row, -1) + 1
            yield Origin(origin.cells, part if n or origin.part == 0 else max(part, origin.part), texts, alone)


def _combined(grid: Grid, origin: Origin) -> list[dict[str, str]] | None:
    at = origin.cells.get("objective")
    text = grid.value(*at) if at is not None else None
    if not isinstance(text, str):
        return None
    found = named(text)
    if found is None:
        return [{"objective": text, "key_result": ""}]
    return [{"objective": found.objective, "key_result": each} for each in found.key_results]


def _several(grid: Grid, origin: Origin) -> list[dict[str, str]] | None:
    """The parts of a key-result cell, each with its part of the cells beside it that have as many."""
    at = origin.cells.get("key_result")
    text = grid.value(*at) if at is not None else None
    if not isinstance(text, str) or len(found := parts(text)) < 2:
        return None
    beside = {name: _as_many(grid.value(*cell), len(found)) for name, cell in origin.cells.items() if cell != at}
    return [
        {"key_result": each} | {name: pieces[n] for name, pieces in beside.items() if pieces is not None}
        for n, each in enumerate(found)
    ]


def _as_many(value: CellValue, count: int) -> list[str] | None:
    """A cell's parts where they are as many: its lines, else what stands between semicolons."""
    if not isinstance(value, str):
        return None
    for pieces in ([line.strip() for line in value.splitlines() if line.strip()], parts(value), value.split(";")):
        if len(pieces) == count:
            return [piece.strip() for piece in pieces]
    return None


# the unfolded grid


def _value(grid: Grid, origin: Origin, name: str) -> CellValue:
    if name in origin.texts:
        return origin.texts[name] or None
    at = origin.cells.get(name)
    return grid.value(*at) if at is not None and name not in origin.alone else None


def _formats(grid: Grid, origins: Sequence[Origin], names: Sequence[str], column: int) -> Mapping[int, str]:
    """The number formats of an unfolded column."""
    name = names[column - 1]
    known: dict[int, Mapping[int, str]] = {}
    found: dict[int, str] = {}
    for i, origin in enumerate(origins, 1):
        at = origin.cells.get(name)
        if at is None or name in origin.texts:
            continue
        codes = known.setdefault(at[1], grid.formats_of(at[1])) if at[1] not in known else known[at[1]]
        if at[0] in codes:
            found[i] = codes[at[0]]
    return found


def _merges(grid: Grid, mapping: SheetMapping, origins: Sequence[Origin], names: Sequence[str]) -> Iterator[Area]:
    """Cells merged over several rows, and titles merged across them, as they lie in the unfolded table."""
    if mapping.archetype is Archetype.MATRIX or not grid.merges:
        return
    rows: dict[int, list[int]] = {}
    for i, origin in enumerate(origins, 1):
        for at in dict.fromkeys(row for row, _ in origin.cells.values()):
            rows.setdefault(at, []).append(i)
    first = min(mapping.columns.values(), default=1)
    for area in grid.merges:
        here = [i for row in range(area.top, area.bottom + 1) for i in rows.get(row, ())]
        if not here:
            continue
        if area.bottom == area.top and area.right > area.left + 1 and area.left <= first:
            yield Area(here[0], 1, here[0], len(names))
        elif area.bottom > area.top:
            yield from (
                Area(min(here), j, max(here), j)
                for j, name in enumerate(names, 1)
                if mapping.columns.get(name) == area.left
            )
