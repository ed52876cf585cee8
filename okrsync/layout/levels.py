"""Whether cells tell objectives from key results: by words, by numbers, by parents, by gaps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from okrsync.cells import CellValue, text_of
from okrsync.layout.columns import Columns
from okrsync.layout.labels import depth, kind_of
from okrsync.layout.references import ids_in

_LEAST_HEADS = 2
_KNOWN_PARENTS = 0.5
"""Of the parents that rows name, how many must be rows of the table; others lie in other files."""


def tells_levels(values: Sequence[CellValue]) -> bool:
    """Whether a type column names both objectives and key results."""
    return {"objective", "key_result"} <= set(map(kind_of, values))


def is_outline(values: Sequence[CellValue]) -> bool:
    """Whether a number column goes down a level: 1, 1.1."""
    return len({depth(value) for value in values} - {0}) >= 2


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
