"""What a group of objectives comes to: counts by status, the mean score and the worst status (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from okrsync.model import Level, Objective
from okrsync.oneline import one_line
from okrsync.scoring import Scores, Status
from okrsync.words import Words

WORST_FIRST = (
    Status.MISSED,
    Status.OFF_TRACK,
    Status.NO_DATA,
    Status.AT_RISK,
    Status.STALE,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.ACHIEVED,
)
BEST_FIRST = WORST_FIRST[::-1]


@dataclass(frozen=True, slots=True)
class Group:
    """The objectives of one team at one level; `team` None where the sheet names no team."""

    level: Level
    team: str | None
    objectives: tuple[Objective, ...]

    def name(self, words: Words) -> str:
        """`Team · Platform`, or the level alone."""
        level, team = words.levels[self.level], one_line(self.team, 60)
        return f"{level} · {team}" if team and team.casefold() != level.casefold() else level


@dataclass(frozen=True, slots=True)
class Tally:
    """`statuses` count key results, the best first, those that occur; `worst` is the worst of the objectives."""

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
    scored = [found for o in objectives if (found := scores.objectives.get(o.key)) is not None]
    means = [found.score for found in scored if found.score is not None]
    counts = Counter(
        mine.status for o in objectives for k in o.key_results if (mine := scores.key_results.get(k.key)) is not None
    )
    statuses = {found.status for found in scored}
    return Tally(
        objectives=sum(objective.title is not None for objective in objectives),
        key_results=sum(len(objective.key_results) for objective in objectives),
        statuses=tuple((status, counts[status]) for status in BEST_FIRST if counts[status]),
        mean=sum(means) / len(means) if means else None,
        worst=next((status for status in WORST_FIRST if status in statuses), None),
    )
