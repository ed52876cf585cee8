"""CY002 stale."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.review import Review
from okrsync.scoring import Status
from okrsync.scoring.status import is_stale

CLOSED = frozenset({Status.ACHIEVED, Status.MISSED, Status.NOT_STARTED})


@check(
    "CY002",
    "stale",
    severity=Severity.WARNING,
    fix="check the current value, correct it where needed, and date the check-in.",
)
def stale(review: Review) -> Iterator[Hit]:
    """The last check-in of an open key result is too long ago for its value to be trusted.

    `stale_days` in the config says how long. Only where the sheet says when it was updated.

    Weak:   updated six weeks ago
    Strong: updated on Friday
    """
    for _, k in review.okrs.key_results():
        if k.updated is None or review.scores.key_results[k.key].status in CLOSED:
            continue
        if is_stale(k, review.today, review.thresholds):
            days = (review.today - k.updated).days
            yield Hit(k.at("updated"), f"{quoted(k.title)} was last updated on {k.updated}, {days} days ago.")
