"""What the cells below say against or beyond the headers: codes, numbers, ids of parents, levels."""

from __future__ import annotations

from collections.abc import Mapping

from okrsync.cells import CellValue, text_of
from okrsync.layout.columns import Columns, fits
from okrsync.layout.headers import EXACT, PART, sense
from okrsync.layout.labels import label_shares, numbered_depths
from okrsync.layout.levels import is_outline, is_tree, tells_levels
from okrsync.layout.reached import holds_values

_MOST_NUMBERED = 0.8
_BY_CELLS = 0.75
"""How sure a column is by what stands in its cells."""
_LEAST_PARENTS = 3
_MAY_MOVE = frozenset({"notes", "metric", "statement", "owner"})


def settle_by_cells(columns: Columns) -> None:
    """Each rule in turn; later ones count on what the earlier have settled."""
    _ids_of_objectives(columns)
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


def _ids_of_objectives(columns: Columns) -> None:
    """Ids of which each objective has one, however many key results it has, are those of the objectives."""
    fields, region = columns.fields, columns.region
    if "objective_id" in fields or not {"id", "objective", "key_result"} <= fields.keys():
        return
    of_objective: dict[CellValue, set[CellValue]] = {}
    of_id: dict[CellValue, set[CellValue]] = {}
    rows, objective = 0, None
    cells = (region.cells(fields[name]) for name in ("objective", "key_result", "id"))
    for title, key_result, given in zip(*cells, strict=True):
        objective = title if title is not None else objective
        rows += key_result is not None
        if given is not None:
            of_objective.setdefault(objective, set()).add(given)
            of_id.setdefault(given, set()).add(objective)
    alone = all(len(each) == 1 for each in (*of_objective.values(), *of_id.values()))
    if alone and 1 < len(of_id) < rows:
        columns.take("objective_id", fields.pop("id"), columns.strengths["id"], "each objective has one")


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
            and region.profile(column).outline >= _MOST_NUMBERED
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


def _text_right_of(columns: Columns, column: int) -> int | None:
    for other in range(column + 1, column + 3):
        holders = {name for name, at in columns.fields.items() if at == other}
        if not holders <= _MAY_MOVE:
            return None
        seen = columns.region.profile(other)
        if seen.statements and seen.length >= 4 and seen.codes < 0.5:
            return other
    return None


def _codes_are_objectives(columns: Columns) -> None:
    """A column "O" of codes beside key results is all that the sheet says of its objectives."""
    column = columns.fields.get("objective_id")
    if column is None or "objective" in columns.fields or "key_result" not in columns.fields:
        return
    found = sense(columns.region.headers[column])
    if found is not None and "objective" in found.fields:
        del columns.fields["objective_id"]
        columns.take("objective", column, PART, "nothing else says what the objectives are")


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


def _progress_is_current(columns: Columns) -> None:
    """A column of progress whose cells are values is what has been reached so far, where no other column says it."""
    fields = columns.fields
    if "progress" in fields and "current" not in fields and holds_values(columns.region, fields):
        column, strength = fields.pop("progress"), columns.strengths["progress"]
        columns.take("current", column, strength, "its cells are values, not shares of the way", _BY_CELLS)


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


def _objective_level(columns: Columns) -> None:
    """Fields of objectives alone mean the plain field where the sheet has no other for it."""
    fields: Mapping[str, int] = dict(columns.fields)
    if "statement" not in fields:
        return
    for own, plain in (("objective_owner", "owner"), ("objective_status", "status"), ("objective_score", "score")):
        if own in fields and plain not in fields:
            columns.take(plain, fields[own], columns.strengths[own], "the only one of its kind")
            del columns.fields[own]
