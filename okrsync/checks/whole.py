"""What the checks of every cycle ask of the whole run, found out once: a run of many cycles stays linear."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

from okrsync.alignment import Alignment, Ambiguous, Dangling, Link, Own
from okrsync.model import Cycle, Key, KeyResult, Level, Objective, OkrSet
from okrsync.review import Review
from okrsync.scoring import Scores

RANKS = {level: rank for rank, level in enumerate(Level)}
Whose = tuple[Level, str | None, str]
Problem = tuple[Key, str, str]
Each = TypeVar("Each")
_KEPT = "checks"


class Whole:
    """The objectives, links and faults of a run; each question is answered when it is first asked."""

    def __init__(self, everything: OkrSet, alignment: Alignment, scores: Scores) -> None:
        self.everything, self.scores = everything, scores
        self._alignment = alignment

    @cached_property
    def items(self) -> dict[Key, Objective | KeyResult]:
        """Every objective and key result by its key."""
        known: dict[Key, Objective | KeyResult] = {o.key: o for o in self.everything.objectives}
        return known | {k.key: k for _, k in self.everything.key_results()}

    @cached_property
    def dangling(self) -> dict[Cycle, list[Dangling]]:
        """The references to nothing."""
        return self._by_cycle(self._alignment.dangling, lambda each: each.child)

    @cached_property
    def similar(self) -> dict[Cycle, list[Link]]:
        """The links that a shortened or misspelt title made."""
        links = [link for link in self._alignment.links if link.how == "similar"]
        return self._by_cycle(links, lambda each: each.child)

    @cached_property
    def ambiguous(self) -> dict[Cycle, list[Ambiguous]]:
        """The references that fit several."""
        return self._by_cycle(self._alignment.ambiguous, lambda each: each.child)

    @cached_property
    def own(self) -> dict[Cycle, list[Own]]:
        """The references of objectives to themselves."""
        return self._by_cycle(self._alignment.own, lambda each: each.child)

    @cached_property
    def rings(self) -> dict[Cycle, list[tuple[Key, ...]]]:
        """The rings, each in the cycle of its first member."""
        return self._by_cycle(self._alignment.cycles, lambda ring: ring[0])

    @cached_property
    def problems(self) -> dict[Cycle, list[Problem]]:
        """The weight and date faults that scoring met."""
        return self._by_cycle(self.scores.problems, lambda problem: problem[0])

    @cached_property
    def linked_sheets(self) -> frozenset[tuple[str, str]]:
        """The sheets in which somebody says what they contribute to."""
        return frozenset((o.place.workbook, o.place.sheet) for o in self.everything.objectives if refers(o))

    @cached_property
    def narrowest(self) -> int:
        """The rank of the narrowest level that contributes to anything; 0 where nobody does."""
        children = self._alignment.children.values()
        return max((RANKS[self._objectives[key].level] for each in children for key in each), default=0)

    @cached_property
    def served(self) -> frozenset[Whose]:
        """The levels and teams that somebody contributes to."""
        return frozenset(whose(self._objectives[key]) for key in self._alignment.children)

    @cached_property
    def _objectives(self) -> dict[Key, Objective]:
        return {o.key: o for o in self.everything.objectives}

    @cached_property
    def _cycles(self) -> dict[Key, Cycle]:
        known = {o.key: o.cycle for o in self.everything.objectives}
        return known | {k.key: o.cycle for o, k in self.everything.key_results()}

    def _by_cycle(self, those: Iterable[Each], key: Callable[[Each], Key]) -> dict[Cycle, list[Each]]:
        found: dict[Cycle, list[Each]] = {}
        for each in those:
            cycle = self._cycles.get(key(each))
            if cycle is not None:
                found.setdefault(cycle, []).append(each)
        return found


def whole_of(review: Review) -> Whole:
    """The whole run of a review, the same for each of its cycles."""
    kept = review.alignment.kept
    known = kept.get(_KEPT)
    if isinstance(known, Whole) and known.everything is review.everything and known.scores is review.scores:
        return known
    made = kept[_KEPT] = Whole(review.everything, review.alignment, review.scores)
    return made


def refers(objective: Objective) -> bool:
    """Whether an objective or one of its key results says what it contributes to."""
    return bool(objective.contributes_to) or any(k.contributes_to for k in objective.key_results)


def whose(objective: Objective) -> Whose:
    """The level and team; where no team is named, the workbook stands for it."""
    return objective.level, objective.team, "" if objective.team else objective.place.workbook
