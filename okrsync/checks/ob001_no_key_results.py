"""OB001 no-key-results."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.review import Review


@check(
    "OB001",
    "no-key-results",
    severity=Severity.ERROR,
    fix="add two to five key results that say how you will know it is reached.",
)
def no_key_results(review: Review) -> Iterator[Hit]:
    """An objective without key results cannot be scored: nobody will know whether it was reached.

    Where other objectives contribute to it, its score is derived from theirs, and this check is silent.

    Weak:   Delight our customers
    Strong: Delight our customers: NPS from 32 to 50, first answer within 4 hours
    """
    for objective in review.okrs.objectives:
        if (
            objective.title is not None
            and not objective.key_results
            and not review.alignment.children.get(objective.key)
        ):
            yield Hit(objective.at(), f"{quoted(objective.title)} has no key results, so it has no score.")
