"""AL005 unsupported."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.model import Level, Objective
from okrsync.review import Review

_RANKS = {level: rank for rank, level in enumerate(Level)}


@check(
    "AL005",
    "unsupported",
    severity=Severity.WARNING,
    fix="agree with a team which of its objectives will carry it, or drop it.",
)
def unsupported(review: Review) -> Iterator[Hit]:
    """Nobody contributes to an objective, although narrower ones were read that contribute to others like it.

    Below the company's level, others like it are those of the same team: a team whose people keep no OKRs of their own
    is not asked for them.

    Weak:   a company objective that no team names
    Strong: a company objective with a team objective behind each of its key results
    """
    children = review.alignment.children
    objectives = {o.key: o for o in review.everything.objectives}
    contributing = {_RANKS[objectives[key].level] for each in children.values() for key in each}
    narrowest = max(contributing, default=0)
    served = {_whose(objectives[key]) for key in children}
    for objective in review.okrs.objectives:
        if objective.title is None or _RANKS[objective.level] >= narrowest or children.get(objective.key):
            continue
        if objective.level is Level.COMPANY or _whose(objective) in served:
            yield Hit(objective.at(), f"No objective of a narrower level contributes to {quoted(objective.title)}.")


def _whose(objective: Objective) -> tuple[Level, str | None, str]:
    """The level and team; where no team is named, the workbook stands for it."""
    return objective.level, objective.team, "" if objective.team else objective.place.workbook
