"""Headers and the cells below them → which column holds which field, why, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field

from okrsync.cells import CellValue, column_letters, text_of
from okrsync.layout.headers import EXACT, PART, TAIL, Sense, sense
from okrsync.layout.labels import depth, kind_of, label_shares, numbered_depths
from okrsync.layout.profile import Profile
from okrsync.layout.reached import holds_values
from okrsync.layout.references import ids_in
from okrsync.layout.region import Region
from okrsync.mapping import FIELDS, Reason

NUMBERS = frozenset({"baseline", "target", "current", "progress", "score", "objective_progress", "objective_score"})
VALUES = ("baseline", "target", "current", "progress", "score")
"""What a key result has and an objective above key results need not have."""
DATES = frozenset({"start", "due", "updated"})
_SENTENCE = 12
_LEAST_HEADS = 2
MOST_NUMBERED = 0.8
_LEAST_PARENTS = 3
_KNOWN_PARENTS = 0.5
"""Of the parents that rows name, how many must be rows of the table; others lie in other files."""
TEXTS = frozenset({"objective", "key_result", "statement"})


_SURE = {EXACT: 0.95, PART: 0.8, TAIL: 0.6}
_GUESSED, _BY_CELLS = 0.4, 0.75
"""How sure a column is by the way its header is known; by its place alone; by what stands in its cells."""


class Columns(Struct):
    """The fields found so far, why, and the columns left out because another of that name was taken."""

    region: Region
    fields: dict[str, int] = field(default_factory=dict)
    strengths: dict[str, int] = field(default_factory=dict)
    why: dict[str, Reason] = field(default_factory=dict)
    remarks: list[Reason] = field(default_factory=list)
    doubles: list[tuple[int, str]] = field(default_factory=list)
    recognised: int = 0

    def take(self, name: str, column: int, strength: int, why: str, sure: float | None = None) -> None:
        """Gives a field to a column; how sure that is comes from how well its header is known, where not given."""
        self.fields[name] = column
        self.strengths[name] = strength
        header = " ".join(self.region.headers.get(column, "").split())
        text = f'column {column_letters(column)} "{header[:40]}" is {name}: {why}'
        self.why[name] = Reason(text, _SURE[strength] if sure is None else sure)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why each field has its column, then what else was noticed."""
        return (*(self.why[name] for name in self.fields if name in self.why), *self.remarks)

    def free(self, column: int) -> bool:
        """Whether no field has the column yet."""
        return column not in self.fields.values()


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
    _parents_by_cells(columns)
    _numbers_by_cells(columns)
    _by_labels(columns)
    _codes_are_labels(columns)
    _codes_are_objectives(columns)
    _parents_are_objectives(columns)
    _progress_is_current(columns)
    _metrics_are_key_results(columns)
    _levels_are_types(columns)
    _statements_in_one_column(columns)
    _objective_level(columns)
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


def fits(name: str, seen: Profile) -> bool:
    """Whether a column's cells can be a field's values; an empty column can be anything."""
    if not seen.filled:
        return name not in ("type", "level", "commitment", "statement")
    if name in ("target", "baseline", "current"):
        return seen.numbers + seen.yes_no >= 0.3 and seen.dates <= seen.numbers
    if name in NUMBERS:
        return seen.numbers >= 0.3
    if name in DATES:
        return seen.dates >= 0.3
    if name in TEXTS:
        return seen.statements and seen.codes < 0.8
    shares = {
        "type": seen.kinds,
        "commitment": seen.commitments,
        "level": seen.levels,
        "id": max(seen.codes, seen.numbers if seen.distinct == 1 else 0),
        "label": seen.codes,
        "objective_id": seen.codes,
        "cycle": seen.cycles,
    }
    if name == "status":
        return seen.numbers < 0.3 and seen.length <= 30
    return shares.get(name, 1.0) >= 0.5


def _codes_are_labels(columns: Columns) -> None:
    """A statement column that holds only codes ("KR1") is the label; the text column right of it is the statement."""
    for name, label in (("objective", "objective_id"), ("key_result", "label")):
        column = columns.fields.get(name)
        if column is None:
            continue
        seen = columns.region.profile(column)
        if not seen.filled or (seen.codes < 0.8 and (seen.outline < 0.8 or seen.filled < 2)):
            continue
        other = _text_right_of(columns, column)
        if other is None:
            continue
        for taken in [held for held, at in columns.fields.items() if at == other]:
            del columns.fields[taken]
        del columns.fields[name]
        strength = columns.strengths[name]
        if label not in columns.fields:
            columns.take(label, column, PART, "its cells are codes")
        columns.take(name, other, strength, f"the text beside the codes of {name}")


def _parents_by_cells(columns: Columns) -> None:
    """A column that holds nothing but ids of other rows names their parents, whatever its header says."""
    fields, region = columns.fields, columns.region
    if "id" not in fields or "contributes_to" in fields:
        return
    ids = {text for value in region.cells(fields["id"]) if (text := text_of(value)) is not None}
    for column in region.headers:
        named = [text for value in region.cells(column) if (text := text_of(value)) is not None]
        if (
            columns.free(column)
            and len(named) >= _LEAST_PARENTS
            and len(set(named)) < len(named)
            and ids.issuperset(named)
        ):
            columns.take("contributes_to", column, PART, "its cells are ids of other rows", _BY_CELLS)
            return


def _numbers_by_cells(columns: Columns) -> None:
    """A column beside the statements that counts 1, 1.1 numbers them, even where no header stands over it."""
    fields, region = columns.fields, columns.region
    only = [fields[name] for name in ("statement", "objective", "key_result") if name in fields]
    if len(only) != 1 or "number" in fields:
        return
    for column in range(only[0] - 1, max(only[0] - 3, region.grid.left - 1), -1):
        if (
            columns.free(column)
            and is_outline(region.cells(column))
            and region.profile(column).outline >= MOST_NUMBERED
        ):
            columns.take("number", column, PART, "its cells count 1, 1.1")
            return


def _by_labels(columns: Columns) -> None:
    """A column in a language we do not read is known by what stands in it: "O1 — …", "KR1: …"."""
    for column in columns.region.headers:
        if not columns.free(column) or not columns.region.profile(column).statements:
            continue
        shares = label_shares(columns.region.cells(column))
        for name, share in (("objective", shares.objectives), ("key_result", shares.key_results)):
            if share >= 0.6 and name not in columns.fields and "statement" not in columns.fields:
                columns.take(name, column, EXACT, "its cells are labelled so")
                columns.recognised += 1


def _codes_are_objectives(columns: Columns) -> None:
    """A column "O" of codes beside key results is all that the sheet says of its objectives."""
    column = columns.fields.get("objective_id")
    if column is None or "objective" in columns.fields or "key_result" not in columns.fields:
        return
    found = sense(columns.region.headers[column])
    if found is not None and "objective" in found.fields:
        del columns.fields["objective_id"]
        columns.take("objective", column, PART, "nothing else says what the objectives are")


def _progress_is_current(columns: Columns) -> None:
    """A column of progress whose cells are values is what has been reached so far, where no other column says it."""
    fields = columns.fields
    if "progress" in fields and "current" not in fields and holds_values(columns.region, fields):
        column, strength = fields.pop("progress"), columns.strengths["progress"]
        columns.take("current", column, strength, "its cells are values, not shares of the way", _BY_CELLS)


def _parents_are_objectives(columns: Columns) -> None:
    """What a row's objective contributes to ("strategic objective") is the objective where there is no other."""
    column = columns.fields.get("contributes_to")
    if column is None or not {"objective", "statement"}.isdisjoint(columns.fields):
        return
    found = sense(columns.region.headers.get(column, ""))
    may_be = "key_result" in columns.fields or (found is not None and "objective" in found.fields)
    if may_be and fits("objective", columns.region.profile(column)):
        del columns.fields["contributes_to"]
        columns.take("objective", column, PART, "no other column holds objectives")


def _metrics_are_key_results(columns: Columns) -> None:
    """In a scorecard (objective, measure, target, actual) the measure is the key result, not what "target" says."""
    fields = columns.fields
    if "objective" not in fields or "metric" not in fields or "statement" in fields:
        return
    column = fields["metric"]
    taken = fields.get("key_result")
    if taken is not None and not _is_called(columns.region.headers.get(taken, ""), "target"):
        return
    measured = len({"target", "current", "baseline"} & fields.keys()) + (taken is not None)
    needed = 1 if columns.strengths["objective"] == EXACT else 2
    if measured >= needed and columns.region.profile(column).statements:
        strength = columns.strengths["metric"]
        del fields["metric"]
        columns.take("key_result", column, strength, "nothing else says what is measured against the target")


def _is_called(header: str, name: str) -> bool:
    """Whether a header first means a field."""
    found = sense(header)
    return found is not None and found.fields[0] == name


_MAY_MOVE = frozenset({"notes", "metric", "statement", "owner"})


def _text_right_of(columns: Columns, column: int) -> int | None:
    for other in range(column + 1, column + 3):
        holders = {name for name, at in columns.fields.items() if at == other}
        if not holders <= _MAY_MOVE:
            return None
        seen = columns.region.profile(other)
        if seen.statements and seen.length >= 4 and seen.codes < 0.5:
            return other
    return None


def _levels_are_types(columns: Columns) -> None:
    """A column "Level" that says "Key result" in some rows and "Company" in others tells the levels of statements."""
    column = columns.fields.get("level")
    if column is not None and "type" not in columns.fields and tells_levels(columns.region.cells(column)):
        strength = columns.strengths["level"]
        del columns.fields["level"]
        columns.take("type", column, strength, "its cells tell objectives from key results")


def _statements_in_one_column(columns: Columns) -> None:
    """An objective column whose rows are told apart by a type, a number or labels holds both levels."""
    fields = columns.fields
    only = fields.get("objective") or fields.get("key_result")
    if only is None or ("objective" in fields and "key_result" in fields) or "statement" in fields:
        return
    name = "objective" if "objective" in fields else "key_result"
    both = label_shares(columns.region.cells(only))
    if both.objectives and both.key_results and both.objectives + both.key_results >= 0.6:
        reason = "its cells are labelled as objectives and as key results"
    elif "type" in fields and tells_levels(columns.region.cells(fields["type"])):
        reason = "the type column tells objectives and key results apart"
    elif is_tree(columns):
        reason = "each row names the id of its parent"
    elif "number" in fields and is_outline(columns.region.cells(fields["number"])):
        reason = "the numbers 1, 1.1 tell objectives and key results apart"
    elif len(numbered_depths(columns.region.cells(only))) >= 2:
        reason = "its cells are numbered 1, 1.1"
    else:
        return
    del fields[name]
    columns.take("statement", only, EXACT, reason)


def tells_levels(values: Sequence[CellValue]) -> bool:
    """Whether a type column names both objectives and key results."""
    return {"objective", "key_result"} <= set(map(kind_of, values))


def is_tree(columns: Columns) -> bool:
    """Whether rows name other rows as their parents: by their ids, by their titles where they have no ids."""
    fields, region = columns.fields, columns.region
    named = next((fields[name] for name in ("id", "statement", "objective", "key_result") if name in fields), None)
    if named is None or "contributes_to" not in fields:
        return False
    ids = {text for value in region.cells(named) if (text := text_of(value)) is not None}
    parents = [text for value in region.cells(fields["contributes_to"]) if (text := text_of(value)) is not None]
    known = sum(1 for text in parents if ids_in(text, ids))
    return known >= 1 and known >= _KNOWN_PARENTS * len(parents)


def heads_by_gaps(statements: Sequence[CellValue], values: Sequence[Sequence[CellValue]]) -> bool:
    """Whether some rows without any value head the rows with values below them, as objectives their key results do."""
    columns = zip(*values, strict=True)
    gaps = [
        all(value is None for value in row)
        for statement, row in zip(statements, columns, strict=False)
        if statement is not None
    ]
    heads = sum(gaps)
    if heads < _LEAST_HEADS or not gaps[0] or gaps[-1]:
        return False
    return not any(above and below for above, below in pairwise(gaps))


def is_outline(values: Sequence[CellValue]) -> bool:
    """Whether a number column goes down a level: 1, 1.1."""
    return len({depth(value) for value in values} - {0}) >= 2


def _objective_level(columns: Columns) -> None:
    """Fields of objectives alone mean the plain field where the sheet has no other for it."""
    fields: Mapping[str, int] = dict(columns.fields)
    if "statement" not in fields:
        return
    for own, plain in (("objective_owner", "owner"), ("objective_status", "status"), ("objective_score", "score")):
        if own in fields and plain not in fields:
            columns.take(plain, fields[own], columns.strengths[own], "the only one of its kind")
            del columns.fields[own]


_HALF_TEXTS = frozenset({"objective", "statement", "key_result", "notes"})
_HALF_IDS = frozenset({"objective_id", "id", "number", "label", "contributes_to"})


def may_be_half(columns: Columns) -> bool:
    """Whether a table has texts and ids, and may so be objectives or key results alone that ids join to others."""
    return not _HALF_TEXTS.isdisjoint(columns.fields) and not _HALF_IDS.isdisjoint(columns.fields)
