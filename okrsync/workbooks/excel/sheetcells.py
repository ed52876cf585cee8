"""The cells of one sheet as they come out of its part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from okrsync.cells import CellValue


class SheetCells(Struct, frozen=True):
    """What the cells of a sheet say. `rows[i][j]` is row `top + i`, column `left + j`; rows end at their last value."""

    top: int
    left: int
    rows: Sequence[Sequence[CellValue]]
    hidden_rows: frozenset[int]
    formats_of: Callable[[int], Mapping[int, str]]
    formulas_of: Callable[[int], frozenset[int]]


def union(spans: Iterable[tuple[int, int]], last: int) -> frozenset[int]:
    """All numbers within any of the spans, at most `last`; however often the spans overlap, each is met once."""
    found: list[int] = []
    reached = 0
    for first, end in sorted(spans):
        found += range(max(first, reached + 1), min(end, last) + 1)
        reached = max(reached, min(end, last))
    return frozenset(found)
