"""AL005 unsupported."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.checks.whole import RANKS, whole_of, whose
from okrsync.findings import Hit, Severity
from okrsync.model import Level
from okrsync.review import Review


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
    if not children:
        return
    whole = whole_of(review)
    for objective in review.okrs.objectives:
        if objective.title is None or RANKS[objective.level] >= whole.narrowest or children.get(objective.key):
            continue
        if objective.level is Level.COMPANY or whose(objective) in whole.served:
            yield Hit(objective.at(), f"No objective of a narrower level contributes to {quoted(objective.title)}.")
