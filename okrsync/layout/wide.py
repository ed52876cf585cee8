"""Wide tables: one row per objective, its key results side by side, each with columns of its own (and the matrix)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from okrsync.cells import Area, Grid
from okrsync.layout.assign import assign
from okrsync.layout.columns import TEXTS, fits
from okrsync.layout.folding import fold, is_cjk
from okrsync.layout.headers import EXACT, sense
from okrsync.layout.numbered import Numbered, numbered
from okrsync.layout.profile import Profile
from okrsync.layout.region import EVIDENCE_ROWS, Region, cells_of, header_text
from okrsync.mapping import FIELDS, Group, Reason

_COUNTED = re.compile(r"(.*?\D)[\s_#]*(\d{1,2})")
HEADER_ROWS = 400
"""How far down a sheet wide tables are looked for."""
LEAST_GROUPS = 2
_SHORTEST, _SHORTEST_CJK = 6, 3
"""Characters that the statements below counted headers have at least on average: marks are shorter ("done")."""


class Head(Struct, frozen=True):
    """What one header cell of a wide table says: which key result, and what of it (no fields: its statement)."""

    index: str
    fields: tuple[str, ...]
    text: str


class Wide(Struct):
    """A wide table: the columns that its key results share, and those that each has of its own."""

    region: Region
    fields: dict[str, int]
    groups: tuple[Group, ...]
    reasons: tuple[Reason, ...]

    @property
    def area(self) -> Area:
        """Header and data rows over all of its columns."""
        every = [*self.fields.values(), *(column for group in self.groups for column in group.columns.values())]
        last = max(self.region.last_row, self.region.header_rows[-1])
        return Area(self.region.header_rows[0], min(every), last, max(every))


def find_wide(grid: Grid, ours: frozenset[int], repeated: bool = True) -> list[Wide]:
    """The wide tables of a sheet, from top to bottom; `repeated`: headers may repeat instead of counting."""
    found: list[Wide] = []
    taken = 0
    for row in range(grid.top, min(grid.bottom, grid.top + HEADER_ROWS) + 1):
        if row <= taken:
            continue
        table = _at(grid, row, ours, repeated)
        if table is None:
            continue
        if found:
            _end(found[-1], row)
        found.append(table)
        taken = table.region.header_rows[-1]
    for table in found:
        _trim(table)
    return found


def _at(grid: Grid, row: int, ours: frozenset[int], repeated: bool) -> Wide | None:
    cells = cells_of(grid, row)
    texts = {
        column: text
        for column, value in enumerate(cells, start=grid.left)
        if column not in ours and (text := header_text(value)) is not None
    }
    if len(texts) < LEAST_GROUPS:
        return None
    heads, rows = _heads(grid, row, texts, repeated)
    if heads is None:
        return None
    others = {column: text for column, text in _lowest(grid, rows, ours).items() if column not in heads}
    region = Region(grid, rows, others, rows[-1] + 1, grid.bottom)
    groups = _groups(region, heads)
    if not _proven(region, groups):
        return None
    fields = _shared(region, groups, heads)
    names = ", ".join(f'"{head.text}"' for head in list(heads.values())[:3])
    return Wide(region, fields, groups, (Reason(f"row {row} counts the key results of each row: {names} …", 0.9),))


def _heads(
    grid: Grid, row: int, texts: dict[int, str], repeated: bool
) -> tuple[dict[int, Head] | None, tuple[int, ...]]:
    """The headers that count key results, by column, and the rows of the header."""
    counted = {column: found for column, text in texts.items() if (found := numbered(text)) is not None}
    if len({found.index for found in counted.values()}) < LEAST_GROUPS:
        counted = _repeated(texts) if repeated else {}
    indices = {found.index for found in counted.values()}
    if len(indices) < LEAST_GROUPS:
        return None, ()
    below = _below(grid, row, texts, counted)
    if below is not None:
        return below, (row, row + 1)
    if not any(not found.fields for found in counted.values()):
        return None, ()
    heads = {column: Head(found.index, found.fields, texts[column]) for column, found in counted.items()}
    return _with_unnumbered(heads, texts), (row,)


def _repeated(texts: dict[int, str]) -> dict[int, Numbered]:
    """Headers of key results that stand several times in one row, counted from the left."""
    columns = [column for column, text in texts.items() if _is_key_result(text)]
    alike = {fold(texts[column]) for column in columns}
    if len(columns) < LEAST_GROUPS or len(alike) > 1:
        return {}
    return {column: Numbered(str(n)) for n, column in enumerate(columns, 1)}


def _is_key_result(text: str) -> bool:
    found = sense(text)
    return found is not None and found.fields[0] == "key_result" and found.strength == EXACT


def _below(grid: Grid, row: int, texts: dict[int, str], counted: dict[int, Numbered]) -> dict[int, Head] | None:
    """Two header rows: "KR1" over "Title | Target | Current"; the upper reaches to the next upper header."""
    if any(found.fields for found in counted.values()):
        return None
    heads: dict[int, Head] = {}
    group: Numbered | None = None
    known = 0
    for column in range(grid.left, grid.right + 1):
        if column in texts:
            group = counted.get(column)
        text = header_text(grid.value(row + 1, column))
        if group is None or text is None:
            continue
        found = sense(text)
        if found is None:
            return None
        known += 1
        is_statement = found.fields[0] in ("statement", "key_result", "notes") or "key_result" in found.fields[:1]
        heads[column] = Head(
            group.index, () if is_statement and not _has_statement(heads, group.index) else found.fields, text
        )
    several = known >= 2 * len({found.index for found in counted.values()})
    return heads if several and any(not head.fields for head in heads.values()) else None


def _has_statement(heads: dict[int, Head], index: str) -> bool:
    return any(head.index == index and not head.fields for head in heads.values())


def _with_unnumbered(heads: dict[int, Head], texts: dict[int, str]) -> dict[int, Head]:
    """Headers that repeat between the counted ones ("KR1 | Target | KR2 | Target") belong to the one before them."""
    last = max(column for column, head in heads.items() if not head.fields)
    times: dict[str, int] = {}
    for column, text in texts.items():
        if column not in heads:
            times[fold(text)] = times.get(fold(text), 0) + 1
    found: dict[int, Head] = {}
    index: str | None = None
    known = {head.index for head in heads.values()}
    for column in sorted(texts):
        head = heads.get(column) or _of_index(texts[column], known)
        if head is not None:
            index = head.index if not head.fields else index
            found[column] = head
        elif index is not None and times[fold(texts[column])] >= LEAST_GROUPS and column <= last + len(times):
            meant = sense(texts[column])
            if meant is not None and meant.fields[0] not in TEXTS:
                found[column] = Head(index, meant.fields, texts[column])
    return found


def _of_index(text: str, known: set[str]) -> Head | None:
    """What a header says of a key result that it names by its number alone: "Target 2"."""
    counted = _COUNTED.fullmatch(text.strip())
    meant = sense(counted[1]) if counted is not None and counted[2] in known else None
    if counted is None or meant is None or (meant.fields[0] in TEXTS and "target" not in meant.fields):
        return None
    return Head(counted[2], tuple(name for name in meant.fields if name not in TEXTS), text)


def _lowest(grid: Grid, rows: Sequence[int], ours: frozenset[int]) -> dict[int, str]:
    """The header text of each column, the lower row's before the upper's."""
    found: dict[int, str] = {}
    for row in rows:
        for column, value in enumerate(cells_of(grid, row), start=grid.left):
            if column not in ours and (text := header_text(value)) is not None:
                found[column] = text
    return found


def _groups(region: Region, heads: dict[int, Head]) -> tuple[Group, ...]:
    """The columns of each key result: of a word's meanings the first that its cells allow."""
    columns: dict[str, dict[str, int]] = {}
    headers: dict[str, dict[str, str]] = {}
    for column, head in heads.items():
        group, texts = columns.setdefault(head.index, {}), headers.setdefault(head.index, {})
        name = "key_result" if not head.fields else _fitting(head.fields, group, region.profile(column))
        if name is not None and name not in group:
            group[name], texts[name] = column, head.text
    order = {name: i for i, name in enumerate(FIELDS)}
    return tuple(
        Group(dict(sorted(group.items(), key=lambda item: order[item[0]])), headers[index])
        for index, group in columns.items()
        if "key_result" in group
    )


def _fitting(names: Sequence[str], taken: dict[str, int], seen: Profile) -> str | None:
    free = [name for name in names if name not in taken and name not in TEXTS]
    return next((name for name in free if fits(name, seen)), free[0] if free else None)


def _proven(region: Region, groups: Sequence[Group]) -> bool:
    """Whether statements stand below the counted headers, and not marks or shares of them."""
    if len(groups) < LEAST_GROUPS:
        return False
    columns = [group.columns["key_result"] for group in groups]
    filled = [column for column in columns if region.profile(column).filled]
    stated = [column for column in filled if _are_statements(region, column)]
    return bool(stated) and len(stated) * 2 > len(filled)


def _are_statements(region: Region, column: int) -> bool:
    seen = region.profile(column)
    wide = any(is_cjk(fold(value)) for value in region.cells(column) if isinstance(value, str))
    return seen.statements and seen.length >= (_SHORTEST_CJK if wide else _SHORTEST) and seen.codes < 0.5


def _shared(region: Region, groups: Sequence[Group], heads: dict[int, Head]) -> dict[str, int]:
    """The fields that the key results of a row share; the objective may stand below a header that says nothing."""
    fields = {name: column for name, column in assign(region).fields.items() if name != "key_result"}
    if "statement" in fields:
        fields.setdefault("objective", fields.pop("statement"))
    if "objective" in fields and not region.profile(fields["objective"]).statements:
        del fields["objective"]
    if "objective" not in fields:
        column = _unnamed_objective(region, groups, fields)
        if column is not None:
            fields = {name: at for name, at in fields.items() if at != column}
            fields["objective"] = column
    order = {name: i for i, name in enumerate(FIELDS)}
    return dict(sorted(fields.items(), key=lambda item: order[item[0]]))


def _unnamed_objective(region: Region, groups: Sequence[Group], fields: dict[str, int]) -> int | None:
    """The column left of the first key result with the longest texts that are nothing else."""
    first = min(group.columns["key_result"] for group in groups)
    loose = {"notes", "metric", "statement", "contributes_to"}
    held = {column for name, column in fields.items() if name not in loose}
    profiles = {column: region.profile(column) for column in range(region.grid.left, first) if column not in held}
    stated = [
        column
        for column, seen in profiles.items()
        if seen.statements and seen.cycles < 0.5 and seen.codes < 0.5 and seen.levels < 0.5
    ]
    return max(stated, key=lambda column: profiles[column].length, default=None)


def _end(table: Wide, next_header: int) -> None:
    """A table ends above the title rows of the next one."""
    grid, row = table.region.grid, next_header - 1
    while row > table.region.header_rows[-1] and sum(value is not None for value in cells_of(grid, row)) <= 1:
        row -= 1
    table.region.last_row = row


def _trim(table: Wide) -> None:
    grid, row = table.region.grid, table.region.last_row
    while row > table.region.header_rows[-1] and all(value is None for value in cells_of(grid, row)):
        row -= 1
    table.region.last_row = row


def exchanged(grid: Grid) -> Grid:
    """The sheet with its rows and columns exchanged, as far as a matrix may reach."""
    height, width = len(grid.rows), grid.right - grid.left + 1
    rows = [[grid.rows[i][j] if j < len(grid.rows[i]) else None for i in range(height)] for j in range(width)]
    merges = tuple(Area(area.left, area.top, area.right, area.bottom) for area in grid.merges)
    return Grid(grid.sheet, rows, top=grid.left, left=grid.top, merges=merges)


def may_be_matrix(grid: Grid) -> bool:
    """Whether a sheet is small enough for a matrix: nobody writes objectives across hundreds of columns."""
    return len(grid.rows) <= EVIDENCE_ROWS and grid.right - grid.left < EVIDENCE_ROWS
