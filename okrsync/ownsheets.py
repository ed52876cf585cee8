"""The two sheets of ours in a workbook, planned as edits: made, rewritten where their content differs, or left."""

from __future__ import annotations

import math
from collections.abc import Iterator

from okrsync.cells import CellValue, Grid, OwnContent, SheetEdit, SheetKind, quoted
from okrsync.reading import Read
from okrsync.words import Words


def plan_sheet(
    read: Read, kind: SheetKind, content: OwnContent, words: Words, recreate: bool, notes: list[str]
) -> Iterator[SheetEdit]:
    """The edit that brings one sheet of ours up to date; none when it is, or when people deleted it.

    A sheet that people put something on is theirs as soon as it would have to be rewritten: a fresh one is made.
    """
    taken = {name.casefold() for name in read.workbook.all_sheet_names()}
    if kind in read.marks.sheets:
        own = read.marks.sheets[kind]
        if own is None:
            if recreate:
                yield SheetEdit(kind, free_name(words.sheet_names[kind], taken), content)
            return
        grid = read.grids[own.name]
        if says(grid, content):
            return
        if added := own.people_added or _words_of_people(grid, content):
            name = free_name(words.sheet_names[kind], taken)
            notes.append(f"{read.name}!{quoted(own.name)}: people put {added} there; '{name}' is written instead")
            yield SheetEdit(kind, name, content)
        else:
            yield SheetEdit(kind, own.name, content, replaces=own.name)
        return
    name = free_name(words.sheet_names[kind], taken)
    if name != words.sheet_names[kind]:
        notes.append(f"{read.name}: a sheet '{words.sheet_names[kind]}' is there that is not ours; '{name}' is written")
    yield SheetEdit(kind, name, content)


def free_name(wanted: str, taken: set[str]) -> str:
    """The wanted sheet name, or with the first free number behind it; `taken` is case-folded."""
    name, number = wanted, 2
    while name.casefold() in taken:
        name, number = f"{wanted} {number}", number + 1
    return name


def says(grid: Grid, content: OwnContent) -> bool:
    """Whether a sheet of ours says what it should already, the as-of day aside and what people wrote right of it."""
    width = _width(content)
    for i in range(1, max(grid.bottom, len(content.rows)) + 1):
        if i not in content.as_of_rows:
            row = content.rows[i - 1] if i <= len(content.rows) else ()
            for j in range(1, width + 1):
                wanted = row[j - 1].value if j <= len(row) else None
                if not same(grid.value(i, j), wanted):
                    return False
    return True


def _width(content: OwnContent) -> int:
    return max([len(content.widths), *(len(row) for row in content.rows)])


def _words_of_people(grid: Grid, content: OwnContent) -> str:
    """What people wrote right of a sheet of ours, or worked out on it, in a word; "" for nothing."""
    if any(grid.formulas_of(column) for column in range(grid.left, grid.right + 1)):
        return "a formula"
    beyond = _width(content) + 1 - grid.left
    return "words" if any(value is not None for row in grid.rows for value in row[max(beyond, 0) :]) else ""


def same(before: CellValue, after: CellValue) -> bool:
    """Whether two values are the same in a cell; an empty text is a blank there, and a number is a float."""
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    if isinstance(before, float | int) and isinstance(after, float | int):
        return math.isclose(before, after, rel_tol=1e-12, abs_tol=1e-9)
    return (before or None) == (after or None)
