"""What a group of objectives comes to: counts by status, the mean score and the worst status (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from okrsync.model import Level, Objective
from okrsync.oneline import one_line
from okrsync.scoring import Scores, Status
from okrsync.scoring.rollup import weighted_mean
from okrsync.scoring.status import WORST_FIRST, worst
from okrsync.wording import Words

BEST_FIRST = WORST_FIRST[::-1]


class Group(Struct, frozen=True):
    """The objectives of one team at one level; `team` None where the sheet names no team."""

    level: Level
    team: str | None
    objectives: tuple[Objective, ...]

    def name(self, words: Words) -> str:
        """`Team · Platform`, or the level alone."""
        level, team = words.levels[self.level], one_line(self.team, 60)
        return f"{level} · {team}" if team and team.casefold() != level.casefold() else level


class Tally(Struct, frozen=True):
    """Counts and figures of some objectives.

    `statuses` count key results, the best first, those that occur. `mean` is of the objectives' scores by their
    weights, `worst` the worst of their statuses.
    """

    objectives: int
    key_results: int
    statuses: tuple[tuple[Status, int], ...]
    mean: float | None
    worst: Status | None


def groups(objectives: Iterable[Objective]) -> list[Group]:
    """Objectives by level, the widest first, and by team in the order the teams are met."""
    found: dict[tuple[Level, str | None], list[Objective]] = {}
    for objective in objectives:
        found.setdefault((objective.level, objective.team), []).append(objective)
    ranks = {level: rank for rank, level in enumerate(Level)}
    ordered = sorted(found.items(), key=lambda item: ranks[item[0][0]])
    return [Group(level, team, tuple(members)) for (level, team), members in ordered]


def tally(objectives: Sequence[Objective], scores: Scores) -> Tally:
    """The figures of a cycle, a level, a team or a single objective."""
    of_objective, of_key_result = scores.objectives.get, scores.key_results.get
    scored = [(found, o.weight) for o in objectives if (found := of_objective(o.place.key)) is not None]
    mine = [of_key_result(k.place.key) for o in objectives for k in o.key_results]
    counts = Counter([found.status for found in mine if found is not None])
    statuses = {found.status for found, _ in scored}
    return Tally(
        objectives=sum([objective.title is not None for objective in objectives]),
        key_results=len(mine),
        statuses=tuple((status, counts[status]) for status in BEST_FIRST if counts[status]),
        mean=weighted_mean([found.score for found, _ in scored], [weight for _, weight in scored]),
        worst=worst(statuses) if statuses else None,
    )
