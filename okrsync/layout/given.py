"""A mapping that a person wrote, put upon the sheet as it is now: obeyed, or refused with what is there instead."""

from __future__ import annotations

import difflib
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from okrsync.cells import Area, CellRef, CellValue, Grid, column_letters, quoted
from okrsync.errors import WorkbookError
from okrsync.layout.cards import card_above
from okrsync.layout.context import surroundings
from okrsync.layout.detect import Found, Moved
from okrsync.layout.folding import fold
from okrsync.layout.region import header_text
from okrsync.layout.wide import exchanged
from okrsync.mapping import Archetype, Group, Mapping, Reason

LOOKED_AT = 200
LONGEST_HEADER = 200


def given(workbook: str, grids: MappingOf[str, Grid], mapping: Mapping, first: int | None = None) -> list[Found]:
    """The table a given mapping describes; for cards told by their headers, every one there is.

    `first` is the row from which on titles belong to it (below the table before it). Raises WorkbookError when its
    sheet or one of its headers is not there.
    """
    grid = grids.get(mapping.sheet)
    if grid is None:
        raise _no_sheet(workbook, list(grids), mapping.sheet)
    if mapping.archetype is Archetype.CARD and not mapping.card and not mapping.header_rows:
        return _cards(workbook, grid, mapping)
    if mapping.archetype is Archetype.MATRIX:
        found = _table(workbook, exchanged(grid), mapping, Across(grid), first)
        area = found.area
        return [replace(found, area=Area(area.left, area.top, area.right, area.bottom))]
    return [_table(workbook, grid, mapping, Across(None), first)]


class Across(Struct, frozen=True):
    """How the rows and columns of a table lie on the sheet; `grid`: that of a matrix, which is read across."""

    grid: Grid | None

    def at(self, workbook: str, sheet: str, row: int, column: int) -> CellRef:
        """The sheet's cell."""
        return CellRef(workbook, sheet, row, column) if self.grid is None else CellRef(workbook, sheet, column, row)

    def line(self, row: int) -> str:
        """The row, or the column of a matrix."""
        return f"row {row}" if self.grid is None else f"column {column_letters(row)}"

    def file(self, column: int) -> str:
        """The column, or the row of a matrix."""
        return f"column {column_letters(column)}" if self.grid is None else f"row {column}"


def _table(workbook: str, grid: Grid, mapping: Mapping, across: Across, first: int | None = None) -> Found:
    header_rows = mapping.header_rows or _find_header(workbook, grid, mapping)

    def placed(columns: MappingOf[str, int], headers: MappingOf[str, str]) -> dict[str, int]:
        found = {
            name: _column(workbook, grid, header_rows, header, columns.get(name), across)
            for name, header in headers.items()
        }
        return {name: found.get(name) or columns[name] for name in {**columns, **found}}

    columns = placed(mapping.columns, mapping.headers)
    groups = tuple(Group(placed(group.columns, group.headers), group.headers) for group in mapping.groups)
    first_row = max(mapping.first_row, header_rows[-1] + 1) if header_rows else mapping.first_row
    last_row = min(mapping.last_row or grid.bottom, grid.bottom)
    top = header_rows[0] if header_rows else max(1, first_row - 1)
    full = replace(
        mapping, columns=columns, groups=groups, header_rows=header_rows, first_row=first_row, last_row=last_row
    )
    every = [*columns.values(), *(at for group in groups for at in group.columns.values())]
    left, right = _span(grid, header_rows, every)
    sheet = across.grid or grid
    around = surroundings(
        sheet, first or sheet.top, left if across.grid is not None else top if header_rows else first_row
    )
    placed_now = [(mapping.columns, columns)]
    placed_now += [(was.columns, dict(now.columns)) for was, now in zip(mapping.groups, groups, strict=True)]
    moved = tuple(
        Moved(across.at(workbook, grid.sheet, header_rows[-1], now[name]), name, *map(across.file, (at, now[name])))
        for was, now in placed_now
        for name, at in was.items()
        if now[name] != at
    )
    area = Area(top, left, max(last_row, top), right)
    return Found(full, area, around, (Reason("the mapping file says so", 1),), moved=moved)


def _cards(workbook: str, grid: Grid, mapping: Mapping) -> list[Found]:
    """A table below every row that has all the headers, its objective in the cell that a label names above it."""
    wanted = {fold(header) for header in mapping.headers.values()}
    rows = [grid.top + i for i, cells in enumerate(grid.rows) if wanted and wanted <= _folded(cells)]
    if not rows:
        _find_header(workbook, grid, mapping)
        names = ", ".join(f'"{header}"' for header in mapping.headers.values())
        raise WorkbookError(
            f"{workbook}!{quoted(grid.sheet)}",
            f"no row has all of the headers {names} of the mapping.",
            "correct [table.columns] in the mapping file.",
        )
    found: list[Found] = []
    for row, below in zip(rows, [*rows[1:], grid.bottom + 1], strict=True):
        first = found[-1].area.bottom + 1 if found else grid.top
        one = _table(workbook, grid, replace(mapping, header_rows=(row,), first_row=row + 1), Across(None))
        card = card_above(grid, first, row, one.area.left, one.area.right)
        above = card_above(grid, row + 1, below, one.area.left, one.area.right) if below <= grid.bottom else None
        last = (above.top if above is not None else below) - 1
        while last > row and not any(value is not None for value in grid.rows[last - grid.top]):
            last -= 1
        cells = card.cells if card is not None else {}
        whole = replace(one.mapping, card=cells, last_row=last)
        found.append(replace(one, mapping=whole, area=replace(one.area, bottom=last)))
    return found


def _folded(cells: Sequence[CellValue]) -> set[str]:
    return {fold(value) for value in cells if isinstance(value, str) and len(value) <= LONGEST_HEADER}


def _no_sheet(workbook: str, sheets: list[str], wanted: str) -> WorkbookError:
    near = difflib.get_close_matches(wanted, sheets, n=1, cutoff=0.5)
    there = ", ".join(quoted(name) for name in sheets)
    hint = f" Did you mean {quoted(near[0])}?" if near else ""
    return WorkbookError(
        workbook,
        f"no sheet {quoted(wanted)} (it has: {there}).{hint}",
        "correct `sheet` in the mapping file, or rename the sheet.",
    )


def _find_header(workbook: str, grid: Grid, mapping: Mapping) -> tuple[int, ...]:
    """The first row that has the most of the mapping's headers; none where its columns are all given by letter."""
    texts = [*mapping.headers.values(), *(text for group in mapping.groups for text in group.headers.values())]
    wanted = {fold(header) for header in texts}
    if not wanted:
        return ()
    best, row = 0, None
    for i, cells in enumerate(grid.rows[:LOOKED_AT]):
        hits = len(_folded(cells) & wanted)
        if hits > best:
            best, row = hits, grid.top + i
    if row is None:
        names = ", ".join(f'"{header}"' for header in texts)
        raise WorkbookError(
            f"{workbook}!{quoted(grid.sheet)}",
            f"none of the headers {names} of the mapping is on the sheet.",
            "correct [table.columns] in the mapping file.",
        )
    return (row,)


def _column(workbook: str, grid: Grid, rows: tuple[int, ...], header: str, expected: int | None, across: Across) -> int:
    """The column under a header: where the mapping says, else wherever the header has moved to."""
    texts = {
        (row, column): text
        for row in rows
        for column in range(grid.left, grid.right + 1)
        if (text := header_text(grid.value(row, column))) is not None
    }
    there = [column for (_, column), text in texts.items() if fold(text) == fold(header) or text == header.strip()]
    if expected is not None and (expected in there or not rows):
        return expected
    if there:
        return there[0]
    near = difflib.get_close_matches(header, texts.values(), n=1, cutoff=0.5)
    hint = f' Did you mean "{near[0]}"?' if near else f" (there are: {', '.join(sorted(set(texts.values())))})"
    place: CellRef | str = f"{workbook}!{quoted(grid.sheet)}"
    if expected is not None:
        place = across.at(workbook, grid.sheet, rows[-1], expected)
    row = f"{across.line(rows[-1])} has no header" if rows else "there is no header"
    raise WorkbookError(
        str(place),
        f'{row} "{header}", which the mapping names.{hint}',
        "correct the mapping file, or put the header back.",
    )


def _span(grid: Grid, header_rows: tuple[int, ...], columns: Sequence[int]) -> tuple[int, int]:
    """The table's first and last column: those mapped, and named columns that join on to them."""
    left, right = min(columns), max(columns)
    row = header_rows[-1] if header_rows else None
    while row is not None and left > grid.left and header_text(grid.value(row, left - 1)) is not None:
        left -= 1
    while row is not None and header_text(grid.value(row, right + 1)) is not None:
        right += 1
    return left, right
