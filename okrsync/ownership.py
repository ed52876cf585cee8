"""Which columns and sheets of a workbook are ours: by our marks and, where those are gone, by what we wrote there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, combinations

from msgspec.structs import replace

from okrsync.cells import CellValue, Grid
from okrsync.edits import Block, Marks, OwnSheet, Role, SheetKind, Workbook
from okrsync.model import STATED
from okrsync.wording import HEADER_SUFFIX, Words, all_words

ROLES = tuple(Role)


def bare(header: str) -> str:
    """A header of ours without the suffix that tells it from a header of the team's."""
    return header.strip().removesuffix(HEADER_SUFFIX).strip()


def own_blocks(grid: Grid, marked: tuple[Block, ...]) -> tuple[Block, ...]:
    """Our columns on a sheet: those marked, and those whose five headers stand together, by row."""
    spotted = list(_five_headers(grid))
    moved = [
        _moved_along(grid, block, marked)
        for block in marked
        if block.columns and not _left_behind(grid, block, spotted, marked)
    ]
    found = [block for block in moved if _still_ours(grid, block)]
    for row, column in spotted:
        if not any(block.header_row == row and column in block.columns.values() for block in found):
            columns = {role: column + i for i, role in enumerate(ROLES)}
            found.append(Block(row, _last_filled(grid, row, columns), columns, marked=False))
    return tuple(sorted(found, key=lambda block: (block.header_row, min(block.columns.values()))))


def _left_behind(grid: Grid, block: Block, spotted: Sequence[tuple[int, int]], marked: Sequence[Block]) -> bool:
    """Whether a program put in or took out cells and let our marks stand where they were.

    They then lie over the team's own columns: no header there is ours, while our five stand in that row, or in those
    columns, where no mark tells of them.
    """
    if any(is_header_of(role, grid.value(block.header_row, column)) for role, column in block.columns.items()):
        return False
    told = {(each.header_row, column) for each in marked for column in each.columns.values()}
    columns = set(block.columns.values())
    return any(
        row == block.header_row or (block.header_row < row <= block.last_row and columns & _five(column))
        for row, column in spotted
        if not all((row, each) in told for each in _five(column))
    )


def _still_ours(grid: Grid, block: Block) -> bool:
    """Whether anything of ours is left under the marks; people may have cleared our columns and use them for their own.

    Columns that stand empty are ours still.
    """
    row, places = block.header_row, block.columns
    headers = [(role, value) for role, column in places.items() if (value := grid.value(row, column)) is not None]
    if not headers or any(is_header_of(role, value) for role, value in headers):
        return True
    status = places.get(Role.STATUS)
    rows = range(row + 1, block.last_row + 1)
    return status is not None and any(is_ours(Role.STATUS, grid.value(each, status)) for each in rows)


def _moved_along(grid: Grid, block: Block, marked: Sequence[Block]) -> Block:
    """The block where its headers are, when all of them stand the same number of columns beside their marks."""
    row = block.header_row
    others = [each for each in marked if each is not block and each.header_row == row]
    free = set(range(grid.left, grid.right + 1)).difference(*(each.columns.values() for each in others))
    steps = [
        {at - column for at in free if is_header_of(role, grid.value(row, at))}
        for role, column in block.columns.items()
    ]
    common = set.intersection(*steps)
    if len(steps) == 1 or len(common) != 1 or any(0 in each for each in steps):
        return block
    step = common.pop()
    return replace(block, columns={role: column + step for role, column in block.columns.items()}, marked=False)


def _five(first: int) -> set[int]:
    return set(range(first, first + len(ROLES)))


def is_header_of(role: Role, value: CellValue) -> bool:
    """Whether a value is our header for a role, in any language."""
    return isinstance(value, str) and any(bare(value) == words.headers[role] for words in all_words())


def speaks(words: Words, grid: Grid, block: Block) -> bool:
    """Whether our headers are in these words; a few that people renamed make no other language."""

    def known(language: Words) -> int:
        headers = ((role, grid.value(block.header_row, column)) for role, column in block.columns.items())
        return sum(isinstance(text, str) and bare(text) == language.headers[role] for role, text in headers)

    return known(words) == max(map(known, all_words()))


def _five_headers(grid: Grid) -> Iterator[tuple[int, int]]:
    """Where all five headers of one language stand side by side in our order: (row, first column)."""
    sets = [[words.headers[role] for role in ROLES] for words in all_words()]
    firsts = {five[0] for five in sets} | {five[0] + HEADER_SUFFIX for five in sets}
    for i, row in enumerate(grid.rows):
        if firsts.isdisjoint(row):
            continue
        for j, value in enumerate(row):
            if isinstance(value, str) and value in firsts and _bare_texts(row[j : j + len(ROLES)]) in sets:
                yield grid.top + i, grid.left + j


def _bare_texts(values: Sequence[CellValue]) -> list[str]:
    return [bare(value) if isinstance(value, str) else "" for value in values]


def _last_filled(grid: Grid, header_row: int, columns: Mapping[Role, int]) -> int:
    """The last row below the header with a status of ours; gaps of up to 20 rows are passed over."""
    last = row = header_row
    while row < grid.bottom and row - last <= 20:
        row += 1
        if is_ours(Role.STATUS, grid.value(row, columns[Role.STATUS])):
            last = row
    return last


def own_sheets(grids: Mapping[str, Grid], marks: Marks) -> tuple[Marks, frozenset[str]]:
    """The marks with sheets of ours that lost their mark found again, and the names of every sheet that we made.

    A sheet is ours when its first cell is the notice we write there. A second copy that people made of one is ours as
    far as reading goes (it holds no OKRs) and is otherwise left alone.
    """
    made = {name: kind for name, grid in grids.items() if (kind := noticed(grid.value(1, 1))) is not None}
    sheets = dict(marks.sheets)
    for name, kind in made.items():
        if kind not in sheets:
            sheets[kind] = OwnSheet(name)
    for kind, sheet in list(sheets.items()):
        if sheet is not None and sheet.name in grids and made.get(sheet.name) != kind:
            # People have cleared our sheet and put their own there under our mark: it is theirs now.
            del sheets[kind]
    return replace(marks, sheets=sheets), frozenset(made)


def noticed(value: CellValue) -> SheetKind | None:
    """The kind of sheet whose first cell this is, None for any other text."""
    if not isinstance(value, str):
        return None
    return next((kind for words in all_words() for kind in SheetKind if words.notices[kind] == value), None)


def hidden_own_sheets(workbook: Workbook, marks: Marks) -> list[str]:
    """Sheets of ours that people have hidden: read, so that they are kept up to date and not made twice."""
    ours = {sheet.name for sheet in marks.sheets.values() if sheet is not None}
    return [name for name in workbook.hidden_sheets() if name in ours]


def is_ours(role: Role, value: CellValue) -> bool:
    """Whether a value under a header of ours can be something we wrote; a human's words and dates cannot."""
    if role in (Role.PROGRESS, Role.SCORE, Role.EXPECTED):
        return isinstance(value, float)
    if not isinstance(value, str):
        return False
    return value in _status_words() if role is Role.STATUS else _gap_words().issuperset(value.split("; "))


@cache
def _status_words() -> frozenset[str]:
    return frozenset(word for words in all_words() for word in words.statuses.values())


@cache
def _gap_words() -> frozenset[str]:
    """Every piece that the gaps column can hold, in any language."""
    codes = {code for words in all_words() for code in words.codes}
    findings = (text for words in all_words() for code in codes if (text := words.gaps_text([code])))
    stated = chain.from_iterable(combinations(STATED, count) for count in range(1, len(STATED) + 1))
    return frozenset((*findings, *(words.stated(fields) for fields in stated for words in all_words())))


def headers_for(words: Words, taken: frozenset[str]) -> dict[Role, str]:
    """Our five headers in the words' language, none equal to a header that the sheet has already."""
    chosen: dict[Role, str] = {}
    for role in ROLES:
        header = words.headers[role]
        number = 1
        while header.casefold() in taken:
            header = words.headers[role] + HEADER_SUFFIX + (f" {number}" if number > 1 else "")
            number += 1
        chosen[role] = header
    return chosen
