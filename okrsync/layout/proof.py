"""Whether a header stands over OKRs: its columns and the cells below them prove it, or why they do not."""

from __future__ import annotations

from itertools import islice

from okrsync.layout.columns import NUMBERS, VALUES, Columns
from okrsync.layout.folding import fold
from okrsync.layout.headers import EXACT, sense
from okrsync.layout.labels import label_shares, numbered_depths
from okrsync.layout.levels import heads_by_gaps, is_outline, is_tree, tells_levels
from okrsync.layout.likely import STATEMENTS
from okrsync.layout.likeness import MOST_CODE, is_code
from okrsync.layout.region import EVIDENCE_ROWS, cells_of
from okrsync.layout.support import is_supported, names_okrs

FIRST_ROWS = 20
LEAST_STATED = 0.1
"""Of the first rows below a header, how many must have a statement."""
_WORTH = frozenset(
    {"owner", "target", "current", "baseline", "progress", "score", "status", "due", "weight", "confidence", "cycle"}
    | {"type", "number", "unit", "team", "level", "contributes_to", "start", "initiative", "updated", "id", "label"}
    | {"objective_id", "objective_owner", "objective_weight", "commitment", "objective_progress", "metric", "notes"}
    | {"priority", "direction", "objective_score", "objective_status"}
)
_MEASURES = frozenset({"baseline", "target", "current", "metric", "unit", "direction"})
LEAST_KEPT, SENTENCE, MOST = 2, 10, 0.6
"""How many such fields, how long statements and which share of labels speak for objectives without key results."""
_KEPT = frozenset({"owner", "status", "due", "target", "current", "team", "id", "objective_id", "start", "priority"})
LEAST_VALUES = 2
"""Columns of values that make numbered lines key results: a plan of tasks has days and a share done."""
_OF_OKRS = frozenset({"cycle", "level", "contributes_to", "progress", "score", "weight", "confidence", "commitment"})


def why_not(columns: Columns) -> str | None:
    """Why a header does not stand over OKRs, None when it does."""
    fields = columns.fields
    region = columns.region
    if not STATEMENTS & fields.keys():
        return "no objective and no key-result column"
    if any(
        region.profile(column).filled == 0 for name, column in fields.items() if name in ("key_result", "statement")
    ):
        return "nothing stands below the header"
    if _is_of_something_else(columns):
        return "the rows below the header are not those of OKRs"
    for name in ("key_result", "statement"):
        if name in fields and not _may_be_statements(columns, name):
            return f'the cells below "{region.headers.get(fields[name], "")}" are no statements'
    if "key_result" in fields:
        return _why_no_key_results(columns)
    if "statement" in fields:
        return _why_no_statements(columns)
    return _why_no_objectives(columns)


def _is_of_something_else(columns: Columns) -> bool:
    """Whether the rows right below are no rows of OKRs: those of another table, or a program cut at its commas."""
    region = columns.region
    last = min(region.last_row, region.first_row + EVIDENCE_ROWS)
    below = (cells_of(region.grid, row) for row in range(region.first_row, last + 1))
    rows = list(islice((row for row in below if any(value is not None for value in row)), FIRST_ROWS))
    places = [column - region.grid.left for name, column in columns.fields.items() if name in STATEMENTS]
    stated = sum(1 for row in rows if any(j < len(row) and row[j] is not None for j in places))
    texts = [value for row in rows for value in row if isinstance(value, str)]
    pieces = sum(1 for text in texts if is_code(text))
    return stated < LEAST_STATED * len(rows) or pieces > MOST_CODE * len(texts)


def _may_be_statements(columns: Columns, name: str) -> bool:
    """Whether the cells can be statements; below a header that leaves no doubt "5 shops" is one too."""
    seen = columns.region.profile(columns.fields[name])
    sure = columns.strengths[name] == EXACT and "objective" in columns.fields
    if name == "statement" and len(numbered_depths(columns.region.cells(columns.fields[name]))) >= 2:
        return True  # "1.1 Lines" alone looks like a number with its unit
    return seen.statements or (sure and seen.texts >= 0.6 and seen.yes_no < 0.5 and seen.codes < 0.8)


def _why_no_key_results(columns: Columns) -> str | None:
    strong = columns.strengths["key_result"] == EXACT or columns.strengths.get("objective") == EXACT
    others = [name for name in columns.fields if name in _WORTH or name == "objective"]
    if not others:
        return "nothing but a key-result column"
    if "objective" not in columns.fields and columns.recognised * 2 < len(columns.region.headers):
        return "a key-result column among columns of something else"
    if not strong and "objective" not in columns.fields:
        return "the key-result column is too doubtful on its own"
    if not is_supported(columns):
        header = columns.region.headers.get(columns.fields["key_result"], "")
        lacking = "no target, progress or status column, no KR labels"
        return f'"{header}" alone does not say that these are key results: {lacking}'
    return None


def _why_no_statements(columns: Columns) -> str | None:
    fields, region = columns.fields, columns.region
    cells = region.cells(fields["statement"])
    if "type" in fields and tells_levels(region.cells(fields["type"])):
        return None
    if is_tree(columns):
        return None
    shares = label_shares(cells)
    if shares.objectives and shares.key_results and shares.objectives + shares.key_results >= 0.5:
        return None
    if len(numbered_depths(cells)) >= 2:
        return None
    header = region.headers.get(fields["statement"], "")
    named = columns.strengths["statement"] >= EXACT and _is_of_okrs(header)
    if named and "number" in fields and is_outline(region.cells(fields["number"])):
        return None
    values = [region.cells(fields[name]) for name in VALUES if name in fields]
    if len(values) >= LEAST_VALUES and "number" in fields and is_outline(region.cells(fields["number"])):
        return None
    if _is_of_okrs(header) and heads_by_gaps(cells, values):
        return None
    measures = [name for name in fields if name in NUMBERS or name in ("owner", "status", "due", "confidence")]
    if named and len(measures) >= 1 and fields.keys() & (NUMBERS | {"confidence"}):
        return None
    return f'nothing tells objectives from key results below "{region.headers.get(fields["statement"], "")}"'


def _is_of_okrs(header: str) -> bool:
    """Whether a statement's header says that these are OKRs: not "Title" or "Name"."""
    found = sense(header)
    folded = fold(header)
    return folded.startswith("okr") or (found is not None and found.fields == ("statement",) and len(folded) > 6)


def _why_no_objectives(columns: Columns) -> str | None:
    """Objectives alone are read only where their header leaves no doubt and the rest speaks for OKRs too."""
    fields, region = columns.fields, columns.region
    header = region.headers.get(fields["objective"], "")
    doubt = f'an objective column "{header}" without a key-result column'
    seen = region.profile(fields["objective"])
    if header.rstrip().endswith((":", "：")):
        return doubt  # the label of a form
    if fields.get("initiative", fields["objective"]) < fields["objective"]:
        return doubt  # a plan of tasks, with what each is for
    if columns.strengths["objective"] != EXACT or not seen.statements or columns.recognised * 2 < len(region.headers):
        return doubt
    codes = [fields[name] for name in ("objective_id", "id", "label", "number") if name in fields]
    if names_okrs(region) or any(label_shares(region.cells(column)).objectives >= MOST for column in codes):
        return None
    found = sense(header)
    sure = found is not None and found.fields == ("objective",)
    if _MEASURES & fields.keys() and not sure:
        return doubt
    speaking = _OF_OKRS & fields.keys()
    kept = speaking | (_KEPT & fields.keys())
    return None if speaking or (sure and len(kept) >= LEAST_KEPT and seen.length >= SENTENCE) else doubt
