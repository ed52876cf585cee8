"""AL004 orphan."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.checks.whole import refers, whole_of
from okrsync.findings import Hit, Severity
from okrsync.model import Level
from okrsync.review import Review


@check(
    "AL004",
    "orphan",
    severity=Severity.WARNING,
    fix="name what it contributes to, or ask whether it should be an objective at all.",
)
def orphan(review: Review) -> Iterator[Hit]:
    """An objective below the company's contributes to nothing, in a sheet where others say what they contribute to.

    Weak:   Rewrite the billing service
    Strong: Rewrite the billing service, contributes to Company O2
    """
    linked = whole_of(review).linked_sheets
    if not linked:
        return
    for objective in review.okrs.objectives:
        place = objective.place
        if objective.title is None or objective.level is Level.COMPANY or refers(objective):
            continue
        if (place.workbook, place.sheet) in linked:
            yield Hit(objective.at("contributes_to"), f"{quoted(objective.title)} contributes to nothing.")
