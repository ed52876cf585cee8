"""The two sheets of ours in a workbook, planned as edits: made, rewritten where their content differs, or left."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.cells import Area, Grid, quoted
from okrsync.edits import SheetEdit, SheetKind
from okrsync.owncontent import OwnContent, says, width
from okrsync.reading import Read
from okrsync.wording import Words


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
        if says(grid, content, own.area):
            return
        if added := own.people_added or _words_of_people(grid, content, own.area):
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


def _words_of_people(grid: Grid, content: OwnContent, area: Area | None) -> str:
    """What people wrote right of or below a sheet of ours, or worked out on it, in a word; "" for nothing.

    `area` is what the last run wrote, None where that is not known: then all rows may be ours.
    """
    if any(grid.formulas_of(column) for column in range(grid.left, grid.right + 1)):
        return "a formula"
    bottom = area.bottom if area is not None else grid.bottom
    right = max(width(content), area.right if area is not None else 0)
    return "words" if any(row > bottom or column > right for row, column, _ in grid.filled()) else ""
