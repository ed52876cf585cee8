"""Cards and forms: a small table of key results whose objective stands in a cell above it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from okrsync.cells import CellValue, Grid
from okrsync.layout.context import ABOVE
from okrsync.layout.folding import fold, is_cjk
from okrsync.layout.headers import EXACT, is_header, metadata_of, sense
from okrsync.layout.labels import split_label
from okrsync.layout.region import cells_of
from okrsync.layout.vocabulary import lexicon

Cell = tuple[int, int]
LONGEST = 2_000
SHORTEST, SHORTEST_CJK = 8, 4
"""How long an objective of one word is at least."""
REACH = 6
"""How many columns right of a label its value may stand."""


class Card(Struct, frozen=True):
    """Where the objective of a table stands, and what else of it does: field → (row, column); and its first row."""

    cells: dict[str, Cell]
    top: int


def card_above(grid: Grid, first: int, header_row: int, left: int, right: int) -> Card | None:
    """The objective that the rows from `first` up to a header name by a label, the nearest one; None: there is none."""
    for row in range(header_row - 1, max(first, grid.top, header_row - ABOVE) - 1, -1):
        for column, value in enumerate(cells_of(grid, row), start=grid.left):
            if not left - 1 <= column <= right or not isinstance(value, str) or len(value) > LONGEST:
                continue
            at = objective_at(grid, row, column, value)
            if at is not None and at[0] < header_row:
                others = _others(grid, row, header_row, left, right)
                return Card({"objective": at, **others}, row)
    return None


def names_objective(grid: Grid, row: int) -> bool:
    """Whether a row begins with the label of an objective and goes on with the objective: "Objective 1: | Grow"."""
    cells = enumerate(cells_of(grid, row), start=grid.left)
    column, text = next(((column, value) for column, value in cells if value is not None), (0, None))
    at = objective_at(grid, row, column, text) if isinstance(text, str) and len(text) <= LONGEST else None
    return at is not None and at[0] == row


def is_labelled(cells: Sequence[CellValue]) -> bool:
    """Whether the first text of a row ends in a colon, as a label does and a header hardly ever."""
    first = next((value for value in cells if value is not None), None)
    return isinstance(first, str) and first.rstrip().endswith((":", "："))


def objective_at(grid: Grid, row: int, column: int, text: str) -> Cell | None:
    """Where the objective stands that a text labels: in the text itself, right of it or below it."""
    found = split_label(text)
    if found is not None and found.level == "objective":
        return (row, column) if found.text else _value_at(grid, row, column)
    if found is None and _names_objective(text):
        return _value_at(grid, row, column)
    return None


def _names_objective(text: str) -> bool:
    """Whether a text alone is the word for an objective, in any language."""
    meant = sense(text) if len(text) <= 60 else None
    return meant is not None and meant.fields[0] == "objective" and meant.strength == EXACT


def _value_at(grid: Grid, row: int, column: int) -> Cell | None:
    """The text right of a label, else right below one that stands alone."""
    for at in ((row, column + step) for step in range(1, REACH + 1)):
        value = grid.value(*at)
        if value is not None:
            return at if _is_statement(value) else None
    alone = sum(value is not None for value in cells_of(grid, row)) == 1
    return (row + 1, column) if alone and _is_statement(grid.value(row + 1, column)) else None


def _is_statement(value: CellValue) -> bool:
    """Whether a cell can be an objective: words that are no header and no label."""
    if not isinstance(value, str) or not any(letter.isalpha() for letter in value):
        return False
    if len(value.split()) < 2 and len(value.strip()) < (SHORTEST_CJK if is_cjk(fold(value)) else SHORTEST):
        return False
    return not is_header(value) and fold(value) not in lexicon().metadata


def _others(grid: Grid, top: int, header_row: int, left: int, right: int) -> dict[str, Cell]:
    """The owner that stands with the objective: "Owner: | Ana"."""
    for row in range(top, header_row):
        for column, value in enumerate(cells_of(grid, row), start=grid.left):
            if not left - 1 <= column <= right or not isinstance(value, str) or len(value) > LONGEST:
                continue
            if metadata_of(value) == "owner":
                at = next(
                    ((row, c) for c in range(column + 1, column + 1 + REACH) if grid.value(row, c) is not None), None
                )
                if at is not None and isinstance(grid.value(*at), str):
                    return {"objective_owner": at}
    return {}
