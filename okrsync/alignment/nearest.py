"""Of several that a reference may mean, the nearest to the one that names it: wider levels first (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import islice

from okrsync.alignment.parents import Node
from okrsync.model import Cycle, Level

MOST_CANDIDATES = 12
"""How many candidates of an ambiguous reference are kept."""

_RANKS = {level: rank for rank, level in enumerate(Level)}


class Nearest:
    """Labels restart in every team and cycle, so "O1" is many; which one is meant depends on who says it.

    What is worked out for one child is kept for the next one of the same sheet, level and cycle.
    """

    def __init__(self) -> None:
        self._pools: dict[str, _Pools] = {}
        self._best: dict[Hashable, Sequence[Node]] = {}

    def of(self, child: Node, name: str, nodes: Sequence[Node]) -> Sequence[Node] | None:
        """The nearest node, several when equally near, none when a key result's own objective is meant.

        None when there is nothing but the child itself. `name` tells this set of nodes from any other.
        """
        if len(nodes) == 1 and nodes[0].objective.key != child.objective.key:
            return nodes
        if name not in self._pools:
            self._pools[name] = _Pools(nodes)
        pools, rank, team = self._pools[name], _RANKS[child.objective.level], child.objective.team
        wider = self._nearest(child, (name, "wider", rank), pools.wider[rank])
        if wider:
            return wider
        if child.key_result is not None and child.objective.key in pools.objectives:
            return ()
        return (
            self._nearest(child, (name, "team", rank, team), pools.by_team[rank, team] if team else ())
            or self._nearest(child, (name, "level", rank), pools.by_rank[rank])
            or self._nearest(child, (name, "narrower", rank), pools.narrower[rank])
            or None
        )

    def _nearest(self, child: Node, pool: tuple[Hashable, ...], nodes: Sequence[Node]) -> Sequence[Node]:
        if not nodes:
            return ()
        place, cycle = child.objective.place, child.objective.cycle
        context = (pool, place.workbook, place.sheet, cycle.start, cycle.end)
        if context not in self._best:
            self._best[context] = _best(child, nodes)
        best = _others(child, self._best[context])
        if best or len(nodes) == 1:
            return best
        return _others(child, _best(child, [node for node in nodes if node.objective.key != child.objective.key]))


class _Pools:
    """The nodes a reference may mean, by level and team."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.objectives = frozenset(node.objective.key for node in nodes)
        self.by_rank: dict[int, list[Node]] = {rank: [] for rank in _RANKS.values()}
        self.by_team: dict[tuple[int, str | None], list[Node]] = defaultdict(list)
        for node in nodes:
            rank = _RANKS[node.objective.level]
            self.by_rank[rank].append(node)
            self.by_team[rank, node.objective.team].append(node)
        self.wider = {rank: self._of(range(rank)) for rank in self.by_rank}
        self.narrower = {rank: self._of(range(rank + 1, len(_RANKS))) for rank in self.by_rank}

    def _of(self, ranks: range) -> Sequence[Node]:
        return [node for rank in ranks for node in self.by_rank[rank]]


def _others(child: Node, nodes: Sequence[Node]) -> Sequence[Node]:
    """The nodes but those of the child's own objective."""
    own = child.objective.key
    return tuple(islice((node for node in nodes if node.objective.key != own), MOST_CANDIDATES))


def _best(child: Node, nodes: Sequence[Node]) -> Sequence[Node]:
    ranked = [(_distance(child, node), node) for node in nodes]
    least = min((distance for distance, _ in ranked), default=None)
    return [node for distance, node in ranked if distance == least]


def _distance(child: Node, node: Node) -> tuple[bool, int, bool, bool]:
    """A cycle that meets the child's, then the same sheet, the same workbook, the very cycle, an objective."""
    mine, other = child.objective, node.objective
    here, there = mine.place, other.place
    away = 2 if here.workbook != there.workbook else 1 if here.sheet != there.sheet else 0
    same_days = (mine.cycle.start, mine.cycle.end) == (other.cycle.start, other.cycle.end)
    return (not _meet(mine.cycle, other.cycle), away, not same_days, node.key_result is not None)


def _meet(a: Cycle, b: Cycle) -> bool:
    return a.start <= b.end and b.start <= a.end
