"""Forms: labels with what they name right of them or below ("Objective: …", "Key results:" over a list), repeated."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from okrsync.cells import Area, CellValue, Grid
from okrsync.layout.cards import LONGEST, Cell, objective_at
from okrsync.layout.context import is_guide
from okrsync.layout.headers import EXACT, is_header, metadata_of, sense
from okrsync.layout.labels import depth, split_label, without_bullet
from okrsync.layout.region import EVIDENCE_ROWS, cells_of

MOST_ROWS = 5 * EVIDENCE_ROWS
"""Forms are filled in by hand: no form is longer, and as many rows without one end them."""
LEAST = 2
"""As few key results make the forms of a sheet."""
_REACH = 3
"""How many columns right of a label its value may stand."""
_LABEL = 60


class Form(Struct):
    """One form: where its objective and owner stand, and the rows and column of its key results."""

    cells: dict[str, Cell]
    rows: list[int] = field(default_factory=list)
    column: int = 0
    area: Area = Area(1, 1, 1, 1)


def find_forms(grid: Grid) -> list[Form]:
    """The forms of a sheet, in reading order; each has an objective and at least one key result."""
    anchors = list(_objectives(grid))
    if not anchors:
        return []
    every = (_form(grid, anchor, _reach(grid, anchors, i)) for i, anchor in enumerate(anchors))
    forms = [form for form in every if form is not None]
    # "Objective | what we want" above "Key result | how we know" explains the words and is no form.
    return forms if sum(len(form.rows) for form in forms) >= LEAST and not is_guide(grid.sheet) else []


class _Anchor(Struct, frozen=True):
    row: int
    column: int
    value: Cell


def _objectives(grid: Grid) -> list[_Anchor]:
    """The cells that label an objective, with the cell in which it stands."""
    found: list[_Anchor] = []
    for row in range(grid.top, grid.bottom + 1):
        if row > (found[-1].row if found else grid.top) + MOST_ROWS:
            break
        for column, value in enumerate(cells_of(grid, row), start=grid.left):
            if (
                isinstance(value, str)
                and len(value) <= LONGEST
                and not any(at.value == (row, column) for at in found[-3:])
            ):
                at = objective_at(grid, row, column, value)
                if at is not None:
                    found.append(_Anchor(row, column, at))
    return found


def _reach(grid: Grid, anchors: Sequence[_Anchor], i: int) -> Area:
    """The part of the sheet that belongs to the i-th objective: to the next one right of it and below it."""
    anchor, right = anchors[i], grid.right
    bottom = min(grid.bottom, anchor.row + MOST_ROWS)
    for at in range(i + 1, len(anchors)):
        other = anchors[at]
        if other.row > bottom:
            break
        if other.row == anchor.row and other.column > anchor.column:
            right = min(right, other.column - 1)
        elif other.row > anchor.row and anchor.column <= other.column <= right:
            bottom = other.row - 1
            break
    return Area(anchor.row, anchor.column, bottom, right)


def _form(grid: Grid, anchor: _Anchor, area: Area) -> Form | None:
    form = Form({"objective": anchor.value})
    texts: dict[int, dict[int, str]] = {}
    heading: Cell | None = None
    for row in range(anchor.row, area.bottom + 1):
        cells = {c: v for c, v in enumerate(cells_of(grid, row), start=grid.left) if area.left <= c <= area.right}
        filled = {c: v for c, v in cells.items() if v is not None and (row, c) != anchor.value}
        if row == anchor.row:
            filled.pop(anchor.column, None)
        for column, value in filled.items():
            word = _word(value)
            if word == "owner" and (at := _right_of(grid, row, column)) is not None:
                form.cells.setdefault("objective_owner", at)
            elif word == "key_result" and heading is None and row > anchor.row:
                heading = (row, column)
        texts[row] = {c: v for c, v in filled.items() if isinstance(v, str)}
    found = _labelled(texts) or (_listed(grid, heading, area) if heading is not None else [])
    if not found:
        return None
    column = found[0][1]
    form.rows = [row for row, at in found if at == column]
    form.column = column
    last = form.rows[-1]
    form.area = Area(anchor.row, area.left, last, max(column, _last_column(grid, anchor.row, last, area)))
    return form


def _word(value: CellValue) -> str | None:
    """What a label says: "owner", "key_result"; None for any other text."""
    if not isinstance(value, str) or len(value) > _LABEL:
        return None
    if (known := metadata_of(value)) is not None:
        return known
    meant = sense(value)
    if meant is not None and meant.strength == EXACT and meant.fields[0] == "key_result":
        return "key_result"
    label = split_label(value)
    return (
        "key_result"
        if label is not None and label.level == "key_result" and not label.text and not _counts(value)
        else None
    )


def _counts(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _right_of(grid: Grid, row: int, column: int) -> Cell | None:
    at = next((c for c in range(column + 1, column + 1 + _REACH) if grid.value(row, c) is not None), None)
    return (row, at) if at is not None and isinstance(grid.value(row, at), str) else None


def _labelled(texts: dict[int, dict[int, str]]) -> list[Cell]:
    """Lines that bear the label of a key result: "KR1: …", or "KR1" with the statement beside it."""
    found: list[Cell] = []
    for row, cells in texts.items():
        for column, text in cells.items():
            label = split_label(text)
            if label is None or label.level != "key_result" or (not label.text and not _counts(text)):
                continue
            at = column if label.text else next((c for c in sorted(cells) if c > column), None)
            if at is not None:
                found.append((row, at))
            break
    return found


def _listed(grid: Grid, heading: Cell, area: Area) -> list[Cell]:
    """The list that a heading stands over or beside: right of it and below, up to a blank row or the next label."""
    row, column = heading
    beside = next(
        (c for c in range(column + 1, min(column + _REACH, area.right) + 1) if _states(grid.value(row, c))), None
    )
    found: list[Cell] = [] if beside is None else [(row, beside)]
    for below in range(row + 1, area.bottom + 1):
        at = beside if beside is not None else _statement_in(grid, below, column, area)
        if at is None or not _states(grid.value(below, at)) or _is_label(grid, below, area):
            break
        found.append((below, at))
    return found


def _statement_in(grid: Grid, row: int, column: int, area: Area) -> int | None:
    """The column of a list's line: the first text that is no number and no sign of a list."""
    places = range(column, min(column + _REACH, area.right) + 1)
    return next((c for c in places if _states(grid.value(row, c))), None)


def _states(value: CellValue) -> bool:
    """Whether a cell can be a statement: two words or more, or so many characters."""
    if not isinstance(value, str) or depth(value):
        return False
    text = without_bullet(value.strip())
    return len(text) >= 4 and any(letter.isalpha() for letter in text) and not is_header(text)


def _is_label(grid: Grid, row: int, area: Area) -> bool:
    """Whether a row begins with a label of its own: "Next check-in: | 3 August"."""
    first = next((v for c in range(area.left, area.right + 1) if (v := grid.value(row, c)) is not None), None)
    return isinstance(first, str) and len(first) <= _LABEL and first.rstrip().endswith((":", "："))


def _last_column(grid: Grid, top: int, bottom: int, area: Area) -> int:
    rows = (cells_of(grid, row) for row in range(top, bottom + 1))
    filled = (grid.left + j for cells in rows for j, value in enumerate(cells) if value is not None)
    return max((column for column in filled if column <= area.right), default=area.left)
