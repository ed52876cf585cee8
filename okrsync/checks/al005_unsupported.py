"""AL005 unsupported."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.model import Level
from okrsync.review import Review

_RANKS = {level: rank for rank, level in enumerate(Level)}


@check(
    "AL005",
    "unsupported",
    severity=Severity.WARNING,
    fix="agree with a team which of its objectives will carry it, or drop it.",
)
def unsupported(review: Review) -> Iterator[Hit]:
    """Nobody contributes to an objective, although narrower ones were read that contribute to others.

    Weak:   a company objective that no team names
    Strong: a company objective with a team objective behind each of its key results
    """
    levels = {o.key: o.level for o in review.everything.objectives}
    contributing = {child for children in review.alignment.children.values() for child in children}
    narrowest = max((_RANKS[levels[key]] for key in contributing), default=0)
    for objective in review.okrs.objectives:
        if objective.title is None or _RANKS[objective.level] >= narrowest:
            continue
        if not review.alignment.children.get(objective.key):
            yield Hit(objective.at(), f"No objective of a narrower level contributes to {quoted(objective.title)}.")
