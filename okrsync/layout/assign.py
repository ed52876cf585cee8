"""Headers → fields: words with one meaning first, then those that the cells below and the neighbours decide."""

from __future__ import annotations

from okrsync.layout.by_cells import settle_by_cells
from okrsync.layout.columns import TEXTS, Columns, fits
from okrsync.layout.headers import PART, TAIL, Sense, sense
from okrsync.layout.labels import numbered_depths
from okrsync.layout.levels import is_outline, tells_levels
from okrsync.layout.profile import Profile
from okrsync.layout.region import Region
from okrsync.mapping import FIELDS

_SENTENCE = 12
_GUESSED, _BY_CELLS = 0.4, 0.75
"""How sure a column is by its place alone; by what stands in its cells."""


def assign(region: Region) -> Columns:
    """Every header given its field: words with one meaning first, then those that the cells and neighbours decide."""
    columns = Columns(region)
    senses = {column: found for column, text in region.headers.items() if (found := sense(text)) is not None}
    columns.recognised = len(senses)
    senses = {column: found for column, found in senses.items() if _may_mean(region, column, found)}
    plain = [(column, found) for column, found in senses.items() if len(found.fields) == 1]
    for column, found in sorted(plain, key=lambda item: (-item[1].strength, item[0])):
        _take_plain(columns, column, found)
    open_ones = [(column, found) for column, found in senses.items() if len(found.fields) > 1]
    for column, found in sorted(open_ones, key=lambda item: (-_urgency(item[1]), item[0])):
        _decide(columns, column, found)
    settle_by_cells(columns)
    columns.fields = {name: columns.fields[name] for name in FIELDS if name in columns.fields}
    return columns


def _may_mean(region: Region, column: int, found: Sense) -> bool:
    """Whether the cells bear out a header of which only a part is known to name statements."""
    if found.strength != TAIL or TEXTS.isdisjoint(found.fields):
        return True
    seen = region.profile(column)
    return seen.statements and seen.length >= _SENTENCE


def _urgency(found: Sense) -> int:
    """Objective and type first: the meaning of other words hangs on whether those are there."""
    return 2 if "objective" in found.fields else 1 if "type" in found.fields or "key_result" in found.fields else 0


def _take_plain(columns: Columns, column: int, found: Sense) -> None:
    name = found.fields[0]
    taken = columns.fields.get(name)
    if taken is None:
        columns.take(name, column, found.strength, "its header says so")
        return
    if name == "current" and "progress" not in columns.fields and "%" in columns.region.headers[column]:
        columns.take("progress", column, PART, "it counts percent beside the column of current values")
    elif (better := _better(columns, name, taken, column)) is not None:
        columns.doubles.append((taken, name))
        columns.take(name, column, found.strength, better)
    else:
        columns.doubles.append((column, name))


def _better(columns: Columns, name: str, taken: int, column: int) -> str | None:
    """Why a column is taken instead of the one before it that has the same name; None: the first is kept."""
    region = columns.region
    if not region.profile(taken).filled and region.profile(column).filled:
        return "the column of the same name before it is empty"
    if name == "type" and not tells_levels(region.cells(taken)) and tells_levels(region.cells(column)):
        return "its cells tell objectives from key results"
    return None


def _decide(columns: Columns, column: int, found: Sense) -> None:
    """A word with several meanings: the first that is free and that the cells below allow."""
    seen = columns.region.profile(column)
    free = [name for name in found.fields if name not in columns.fields and _needed(name, columns)]
    if "type" in found.fields and "type" in columns.fields and "type" not in free:
        better = _better(columns, "type", columns.fields["type"], column)
        if better is not None:
            columns.doubles.append((columns.fields["type"], "type"))
            columns.take("type", column, min(found.strength, PART), better)
            return
    for name in free:
        if _allowed(name, seen, columns.region, column):
            columns.take(name, column, min(found.strength, PART), "the cells below allow it, and it is free")
            return
    if found.fields[0] == "objective" and "objective_id" not in columns.fields and fits("objective_id", seen):
        columns.take("objective_id", column, min(found.strength, PART), "its cells are codes", _BY_CELLS)
        return
    loose = [
        name
        for name in free
        if name == found.fields[0] and name not in TEXTS | {"type", "number", "id", "label", "commitment", "level"}
    ]
    if loose:
        columns.take(loose[0], column, min(found.strength, PART), "nothing fits better", _GUESSED)
    elif found.fields[0] in columns.fields:
        columns.doubles.append((column, found.fields[0]))


def _allowed(name: str, seen: Profile, region: Region, column: int) -> bool:
    if name == "number":
        return is_outline(region.cells(column))
    numbered = name == "statement" and len(numbered_depths(region.cells(column))) >= 2
    return numbered or fits(name, seen)


def _needed(name: str, columns: Columns) -> bool:
    """Whether a statement is still looked for: "Title" is one only beside no objective and key-result column."""
    if name == "statement":
        return not {"objective", "key_result", "statement"} & columns.fields.keys()
    if name == "key_result":
        return "statement" not in columns.fields
    return True
