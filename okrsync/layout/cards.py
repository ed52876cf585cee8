"""Cards and forms: a small table of key results whose objective stands in a cell above it."""

from __future__ import annotations

from msgspec import Struct

from okrsync.cells import CellValue, Grid
from okrsync.layout.context import ABOVE
from okrsync.layout.folding import fold
from okrsync.layout.headers import EXACT, sense
from okrsync.layout.labels import split_label
from okrsync.layout.region import cells_of
from okrsync.layout.vocabulary import lexicon

Cell = tuple[int, int]
LONGEST = 2_000
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
    """The text right of a label, else right below it."""
    for at in [*((row, column + step) for step in range(1, REACH + 1)), (row + 1, column)]:
        value = grid.value(*at)
        if value is not None:
            return at if _is_statement(value) else None
    return None


def _is_statement(value: CellValue) -> bool:
    """Whether a cell can be an objective: words that are no header and no label."""
    if not isinstance(value, str) or not any(letter.isalpha() for letter in value):
        return False
    return sense(value) is None and fold(value) not in lexicon().metadata


def _others(grid: Grid, top: int, header_row: int, left: int, right: int) -> dict[str, Cell]:
    """The owner that stands with the objective: "Owner: | Ana"."""
    for row in range(top, header_row):
        for column, value in enumerate(cells_of(grid, row), start=grid.left):
            if not left - 1 <= column <= right or not isinstance(value, str) or len(value) > LONGEST:
                continue
            word = fold(value)
            if lexicon().metadata.get(word) == "owner":
                at = _value_at(grid, row, column)
                if at is not None and at[0] == row:
                    return {"objective_owner": at}
    return {}
