"""Blank columns inside a table: the parts of a header left and right of one, put together where they share rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okrsync.cells import Grid
from okrsync.layout.columns import NUMBERS
from okrsync.layout.headers import Sense, sense
from okrsync.layout.likely import STATEMENTS
from okrsync.layout.likeness import is_word
from okrsync.layout.region import EVIDENCE_ROWS

WIDEST_GAP = 2
"""How many blank columns may stand inside a table."""
_SHARED = 0.8
"""Which share of a part's rows the other part must have too."""
_COVERED = 0.5
"""Which share of the other's rows it must reach, unless it measures: a short list beside a table is no part of it."""


def bridged(grid: Grid, first: int, headers: Mapping[int, str], groups: Sequence[list[int]]) -> list[list[int]]:
    """The groups of header columns, those that are parts of one table put together."""
    if len(groups) < 2:
        return list(groups)
    found = [groups[0]]
    for group in groups[1:]:
        if _belong(grid, first, headers, found[-1], group):
            found[-1] = found[-1] + group
        else:
            found.append(group)
    return found


def is_known(headers: Mapping[int, str], group: Sequence[int]) -> bool:
    """Whether more than half of a part's headers are known."""
    return sum(1 for column in group if is_word(headers[column])) * 2 > len(group)


def _belong(grid: Grid, first: int, headers: Mapping[int, str], left: list[int], right: list[int]) -> bool:
    if right[0] - left[-1] - 1 > WIDEST_GAP:
        return False
    meant, also = _senses(headers, left), _senses(headers, right)
    if _heads_okrs(meant) == _heads_okrs(also) or _meanings(meant) & _meanings(also):
        return False
    main, other = (left, right) if _heads_okrs(meant) else (right, left)
    loose = _measures(also if main is left else meant)
    return is_known(headers, other) and _share_rows(grid, first, main, other, 0 if loose else _COVERED)


def _senses(headers: Mapping[int, str], group: Sequence[int]) -> list[Sense]:
    return [found for column in group if (found := sense(headers[column])) is not None]


def _heads_okrs(senses: Sequence[Sense]) -> bool:
    """Whether a part could be a table by itself; "Description" or a "Goal" beside "Now" alone could not."""
    if any(STATEMENTS.issuperset(found.fields) for found in senses):
        return True
    objectives = any(found.fields[0] == "objective" for found in senses)
    return objectives and any("key_result" in found.fields and found.fields[0] != "objective" for found in senses)


def _measures(senses: Sequence[Sense]) -> bool:
    """Whether a part measures what is named elsewhere: targets that are set for some rows only are still theirs."""
    meant = {found.fields[0] for found in senses}
    return not NUMBERS.isdisjoint(meant) and meant <= NUMBERS | {"unit", "status", "notes"}


def _meanings(senses: Sequence[Sense]) -> frozenset[tuple[str, ...]]:
    """What the words mean, without those for objectives, which may mean the target where they stand again (目标)."""
    return frozenset(found.fields for found in senses if found.fields[0] != "objective")


def _share_rows(grid: Grid, first: int, main: Sequence[int], other: Sequence[int], covered: float) -> bool:
    rows, others = _filled(grid, first, main), _filled(grid, first, other)
    if not others:
        return True  # headers over cells that are still to be filled
    both = len(rows & others)
    return both >= _SHARED * len(others) and both >= covered * len(rows)


def _filled(grid: Grid, first: int, columns: Sequence[int]) -> set[int]:
    start, places = first - grid.top, [column - grid.left for column in columns]
    evidence = grid.rows[start : start + EVIDENCE_ROWS]
    return {i for i, row in enumerate(evidence) if any(j < len(row) and row[j] is not None for j in places)}
