"""A table that is read once per cycle → each key result in the cycles that say something of it, and nowhere twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from okrsync.cells import Grid
from okrsync.layout.detect import Found
from okrsync.mapping import Mapping
from okrsync.model import KeyResult, Objective, Place
from okrsync.normalise.building import complete


class Together:
    """The tables of a workbook, and which of them are one table in several cycles."""

    def __init__(self, tables: Sequence[tuple[Grid, Found]]) -> None:
        places = defaultdict(list)
        for n, (grid, found) in enumerate(tables):
            whole = found.mapping.cycle is not None
            places[(grid.sheet, found.area) if whole else n].append(n)
        self._siblings = {n: group for group in places.values() for n in group}
        self._tables = tables

    def number(self, n: int) -> int:
        """The how manieth cycle of its table this one is, from 0."""
        return self._siblings[n].index(n)

    def has_others(self, n: int) -> bool:
        """Whether a table is read in other cycles too."""
        return len(self._siblings[n]) > 1

    def own(self, n: int, objectives: Sequence[Objective]) -> list[Objective]:
        """The objectives of one cycle's reading that are that cycle's."""
        siblings = self._siblings[n]
        if not self.has_others(n):
            return list(objectives)
        number = self.number(n)
        columns = [self._own_columns(each) for each in siblings]
        grid = self._tables[n][0]
        kept: list[Objective] = []
        for objective in objectives:
            mine = tuple(each for each in objective.key_results if _is_of(grid, each, columns, number))
            if not mine and (objective.key_results or (number and self._is_shared(n, "objective"))):
                continue
            complete(objective, "key_results", mine)
            complete(objective, "place", _apart(objective.place, number))
            for each in mine:
                complete(each, "place", _apart(each.place, number))
            kept.append(objective)
        return kept

    def _mapping(self, n: int) -> Mapping:
        return self._tables[n][1].mapping

    def _own_columns(self, n: int) -> frozenset[int]:
        """The columns that no other cycle of the table has."""
        others = (set(self._mapping(each).columns.values()) for each in self._siblings[n] if each != n)
        return frozenset(self._mapping(n).columns.values()).difference(*others)

    def _is_shared(self, n: int, name: str) -> bool:
        own = self._own_columns(n)
        return self._mapping(n).columns.get(name) not in own and self._mapping(n).columns.get("statement") not in own


def _apart(place: Place, number: int) -> Place:
    """The place of a statement in one of several cycles: the same cell, and still not the same statement."""
    return replace(place, part=place.part + Place.PARTS * number)


def _is_of(grid: Grid, one: KeyResult, columns: Sequence[frozenset[int]], number: int) -> bool:
    """Whether a cycle's columns say something in the key result's row; where none does, it is the first one's."""
    filled = [any(grid.value(one.place.row, column) is not None for column in each) for each in columns]
    return filled[number] if any(filled) else number == 0
