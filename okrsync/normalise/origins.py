"""Where a row of a table that was laid out anew comes from."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

Cell = tuple[int, int]
"""A row and a column of the sheet."""


class Origin(Struct):
    """Where the fields of an unfolded row stand on the sheet; `texts` are fields that are only a part of their cell."""

    cells: Mapping[str, Cell]
    part: int = 0
    texts: Mapping[str, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
