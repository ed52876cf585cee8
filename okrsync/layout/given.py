"""A mapping that a person wrote, put upon the sheet as it is now: obeyed, or refused with what is there instead."""

from __future__ import annotations

import difflib
from collections.abc import Mapping as MappingOf

from msgspec.structs import replace

from okrsync.cells import Area, CellRef, Grid, quoted
from okrsync.errors import WorkbookError
from okrsync.layout.context import surroundings
from okrsync.layout.detect import Found
from okrsync.layout.folding import fold
from okrsync.layout.region import header_text
from okrsync.mapping import Mapping

LOOKED_AT = 200


def given(workbook: str, grids: MappingOf[str, Grid], mapping: Mapping) -> Found:
    """The table a given mapping describes. Raises WorkbookError when its sheet or one of its headers is not there."""
    grid = grids.get(mapping.sheet)
    if grid is None:
        raise _no_sheet(workbook, list(grids), mapping.sheet)
    header_rows = mapping.header_rows or _find_header(workbook, grid, mapping)
    columns = dict(mapping.columns)
    for name, header in mapping.headers.items():
        columns[name] = _column(workbook, grid, header_rows, header, mapping.columns.get(name))
    first_row = max(mapping.first_row, header_rows[-1] + 1) if header_rows else mapping.first_row
    last_row = min(mapping.last_row or grid.bottom, grid.bottom)
    top = header_rows[0] if header_rows else max(1, first_row - 1)
    full = replace(mapping, columns=columns, header_rows=header_rows, first_row=first_row, last_row=last_row)
    left, right = _span(grid, header_rows, columns)
    around = surroundings(grid, grid.top, top) if header_rows else surroundings(grid, grid.top, first_row)
    return Found(full, Area(top, left, max(last_row, top), right), around, ("the mapping file says so",))


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
    wanted = {fold(header) for header in mapping.headers.values()}
    if not wanted:
        return ()
    best, row = 0, None
    for i, cells in enumerate(grid.rows[:LOOKED_AT]):
        hits = len({fold(value) for value in cells if isinstance(value, str) and len(value) <= 200} & wanted)
        if hits > best:
            best, row = hits, grid.top + i
    if row is None:
        names = ", ".join(f'"{header}"' for header in mapping.headers.values())
        raise WorkbookError(
            f"{workbook}!{quoted(grid.sheet)}",
            f"none of the headers {names} of the mapping is on the sheet.",
            "correct [table.columns] in the mapping file.",
        )
    return (row,)


def _column(workbook: str, grid: Grid, rows: tuple[int, ...], header: str, expected: int | None) -> int:
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
        place = CellRef(workbook, grid.sheet, rows[-1], expected)
    row = f"row {rows[-1]} has no header" if rows else "there is no header"
    raise WorkbookError(
        str(place),
        f'{row} "{header}", which the mapping names.{hint}',
        "correct the mapping file, or put the header back.",
    )


def _span(grid: Grid, header_rows: tuple[int, ...], columns: MappingOf[str, int]) -> tuple[int, int]:
    """The table's first and last column: those mapped, and named columns that join on to them."""
    left, right = min(columns.values()), max(columns.values())
    row = header_rows[-1] if header_rows else None
    while row is not None and left > grid.left and header_text(grid.value(row, left - 1)) is not None:
        left -= 1
    while row is not None and header_text(grid.value(row, right + 1)) is not None:
        right += 1
    return left, right
