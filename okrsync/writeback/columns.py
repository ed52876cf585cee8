"""The five status columns beside one table, planned as edits: what stands there now against what should."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from okrsync.cells import CellRef, CellValue, Grid, quoted
from okrsync.edits import Block, BlockEdit, CellEdit, Edit, Look, Role
from okrsync.mapping import Table
from okrsync.model import STATED, KeyResult, Objective
from okrsync.ownership import ROLES, headers_for, is_header_of, is_ours, speaks
from okrsync.scoring import Scores, together
from okrsync.scoring.rounding import rounded
from okrsync.wording import Words
from okrsync.writeback.placing import free_spot, joins

LOOKS: Mapping[Role, Look] = {
    Role.PROGRESS: Look.PERCENT,
    Role.SCORE: Look.SCORE,
    Role.STATUS: Look.TEXT,
    Role.EXPECTED: Look.PERCENT,
    Role.GAPS: Look.TEXT,
}

STATEMENTS = ("key_result", "statement", "objective")

Row = tuple[CellValue, ...]
"""What our cells in a row should say, in the order of ROLES."""


class Columns(Struct, frozen=True):
    """One table to be written beside. `wanted`: its rows and what each should say; rows in `others` stay as they are.

    Rows that are in neither hold no key result (any more): what an earlier run left there is cleared. `unwanted`:
    people have deleted our columns from this sheet, and nobody asked for them again.
    """

    grid: Grid
    table: Table
    blocks: Sequence[Block]
    words: Words
    wanted: Mapping[int, Row]
    others: frozenset[int]
    unwanted: bool = False

    def beside(self, block: Block) -> bool:
        """Whether a block stands beside this table: its header lies in the table's rows."""
        return self.table.area.top <= block.header_row <= self.table.area.bottom


def plan_columns(columns: Columns, notes: list[str]) -> Iterator[Edit]:
    """Edits for one table: the block's marks and headers where they are missing, then every cell that differs."""
    block = _block_beside(columns)
    if block is not None:
        join = joins(columns.grid, columns.table.area, block)
        yield from _plan_block(columns, block, new=False, join=join)
        yield from _plan_language(columns, block, notes)
        yield from _plan_rows(columns, block, notes)
    elif columns.wanted and columns.unwanted:
        notes.append(
            f"{columns.table.workbook}!{quoted(columns.grid.sheet)}: our columns were deleted there, so they stay "
            "away; --recreate brings them back"
        )
    elif columns.wanted:
        spot = free_spot(columns.grid, columns.table.area)
        if spot is None:
            notes.append(
                f"{columns.table.workbook}!{quoted(columns.grid.sheet)}: no five free columns right of the table; "
                "its statuses stand in the summary sheet only"
            )
            return
        places = {role: spot.column + i for i, role in enumerate(ROLES)}
        block = Block(_header_row(columns.table), columns.table.area.bottom, places)
        yield from _plan_block(columns, block, new=True, join=spot.join)
        yield from _plan_rows(columns, block, notes)


def _header_row(table: Table) -> int:
    return max(table.mapping.header_rows, default=table.area.top)


def _block_beside(columns: Columns) -> Block | None:
    return next((block for block in columns.blocks if columns.beside(block)), None)


def _plan_block(columns: Columns, block: Block, *, new: bool, join: bool) -> Iterator[Edit]:
    grid, table = columns.grid, columns.table
    last_row = max(block.last_row, table.area.bottom)
    if new or join or last_row > block.last_row or not block.marked or _other_statuses(columns, block):
        reach = Block(block.header_row, last_row, block.columns)
        yield BlockEdit(grid.sheet, reach, table.area, join, columns.words.status_colours(), new)
    headers = headers_for(columns.words, _headers_taken(columns, block))
    for role, column in block.columns.items():
        # a header that people renamed is theirs to name
        if grid.value(block.header_row, column) is None and block.header_row not in _covered(grid, column):
            yield _header(columns, block, role, headers[role])


def _header(columns: Columns, block: Block, role: Role, text: str) -> CellEdit:
    row, column = block.header_row, block.columns[role]
    at = CellRef(columns.table.workbook, columns.grid.sheet, row, column)
    before = columns.grid.value(row, column)
    return CellEdit(at, before, text, Look.HEADER, _header_neighbour(columns, row))


def _plan_language(columns: Columns, block: Block, notes: list[str]) -> Iterator[CellEdit]:
    """Our headers follow when the language of a sheet is another one than on the run before."""
    grid, row = columns.grid, block.header_row
    if speaks(columns.words, grid, block):
        return
    if any(table.area.holds(row, column) for table in grid.tables for column in block.columns.values()):
        notes.append(
            f"{columns.table.workbook}!{quoted(grid.sheet)}: the headers of our columns stay as they are, since "
            "formulas may call the columns of an Excel table by them; rename them in Excel, which mends the formulas"
        )
        return
    headers = headers_for(columns.words, _headers_taken(columns, block))
    for role, column in block.columns.items():
        if is_header_of(role, grid.value(row, column)) and row not in grid.formulas_of(column):
            yield _header(columns, block, role, headers[role])


def _other_statuses(columns: Columns, block: Block) -> bool:
    """Whether statuses to be written anew stand in another language: the words that are coloured have to follow."""
    grid, column = columns.grid, block.columns.get(Role.STATUS)
    if column is None or speaks(columns.words, grid, block):
        return False
    own, formulas = set(columns.words.statuses.values()), grid.formulas_of(column)
    values = (grid.value(row, column) for row in columns.wanted if row not in formulas)
    return any(is_ours(Role.STATUS, value) and value not in own for value in values)


def _covered(grid: Grid, column: int) -> frozenset[int]:
    """The rows in which a cell of a column is hidden by one that people merged with it."""
    over = [merge for merge in grid.merges if merge.left <= column <= merge.right]
    rows = (row for merge in over for row in range(merge.top, min(merge.bottom, grid.bottom) + 1))
    tops = {merge.top for merge in over if merge.left == column}
    return frozenset(row for row in rows if row not in tops)


def _headers_taken(columns: Columns, block: Block) -> frozenset[str]:
    grid, rows = columns.grid, columns.table.mapping.header_rows or (block.header_row,)
    ours = set(block.columns.values())
    values = (
        grid.value(row, column) for row in rows for column in range(grid.left, grid.right + 1) if column not in ours
    )
    return frozenset(value.strip().casefold() for value in values if isinstance(value, str))


def _header_neighbour(columns: Columns, row: int) -> int:
    area = columns.table.area
    named = (c for c in range(area.right, area.left - 1, -1) if columns.grid.value(row, c) is not None)
    return next(named, area.right)


def _plan_rows(columns: Columns, block: Block, notes: list[str]) -> Iterator[CellEdit]:
    """Every cell of ours that differs; a formula or a human's words there are left and reported."""
    grid, workbook, sheet = columns.grid, columns.table.workbook, columns.grid.sheet
    neighbour = _neighbours(columns)
    order = {role: i for i, role in enumerate(ROLES)}
    places = [
        (role, order[role], column, column - grid.left, LOOKS[role], grid.formulas_of(column), _covered(grid, column))
        for role, column in block.columns.items()
    ]
    status = block.columns.get(Role.STATUS, 0) - grid.left
    of_row = columns.wanted.get
    for row in range(block.header_row + 1, max(block.last_row, columns.table.area.bottom) + 1):
        wanted = of_row(row, _NOTHING)
        if wanted is _NOTHING and row in columns.others:
            continue
        cells = grid.rows[row - grid.top] if grid.top <= row <= grid.bottom else ()
        if wanted is _NOTHING and not _is_leftover(cells, status):
            continue  # a row below that people use for their own: a total, a small table
        like = neighbour(cells)
        for role, i, column, offset, look, formulas, covered in places:
            before, after = cells[offset] if 0 <= offset < len(cells) else None, wanted[i]
            if before is after is None or (before is not None and _same(before, after)):
                continue
            at = CellRef(workbook, sheet, row, column)
            if row in formulas:
                notes.append(f"{at}: a formula stands in our column; it was left as it is")
            elif row in covered:
                notes.append(f"{at}: lies inside merged cells in our column; it was left as it is")
            elif before is None or is_ours(role, before):
                yield CellEdit(at, before, after, Look.BLANK if after is None else look, like)
            elif not is_header_of(role, before):  # a header: people copied the whole table below itself
                notes.append(f'{at}: "{before}" stands in our column and is not ours; it was left as it is')


_NOTHING: Row = (None,) * len(ROLES)


def _is_leftover(cells: Sequence[CellValue], status: int) -> bool:
    """Whether an earlier run wrote this row: each row we write has a status, in one of our words."""
    return 0 <= status < len(cells) and is_ours(Role.STATUS, cells[status])


def _same(before: CellValue, after: CellValue) -> bool:
    if type(before) is float and type(after) is float:
        return math.isclose(before, after, rel_tol=1e-12, abs_tol=1e-9)
    return before == after


def _neighbours(columns: Columns) -> Callable[[Sequence[CellValue]], int]:
    """Which column of a row lends its style: the statement's, which every row has and nobody paints for a status."""
    mapped, left = columns.table.mapping.columns, columns.grid.left
    present = [mapped[name] for name in STATEMENTS if name in mapped] or [columns.table.area.left]

    def neighbour(cells: Sequence[CellValue]) -> int:
        for column in present:
            if 0 <= column - left < len(cells) and cells[column - left] is not None:
                return column
        return present[0]

    return neighbour


def key_result_row(key_result: KeyResult, scores: Scores, words: Words, codes: Sequence[str]) -> Row:
    """What a key result's row says."""
    scored = scores.key_results[key_result.place.key]
    return (
        _six(scored.progress),
        _six(scored.score),
        words.statuses[scored.status],
        None if scored.expected is None else rounded(scored.expected, 2),
        words.gaps_text(codes, key_result.metric.from_sentence),
    )


def joint_row(key_results: Sequence[KeyResult], scores: Scores, words: Words, codes: Sequence[str]) -> Row:
    """What a row says whose cell holds several key results: what they come to together."""
    scored = together(key_results, scores.key_results)
    said = {name for each in key_results for name in each.metric.from_sentence}
    stated = [name for name in STATED if name in said]
    known = any(scores.key_results[each.place.key].score is not None for each in key_results)
    score = _six(scored.score) if known else None
    return None, score, words.statuses[scored.status], None, words.gaps_text(codes, stated)


def objective_row(objective: Objective, scores: Scores, words: Words, codes: Sequence[str]) -> Row:
    """What the row of an objective says that has a row of its own: the rolled-up score."""
    scored = scores.objectives[objective.place.key]
    return None, _six(scored.score), words.statuses[scored.status], None, words.gaps_text(codes)


def _six(number: float | None) -> float | None:
    # + 0.0 turns a negative zero into zero, which Excel shows as -0 %
    return None if number is None else round(number, 6) + 0.0
