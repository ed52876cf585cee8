"""KR005 flat-target."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.review import Review
from okrsync.scoring.progress import FLAT_TARGET


@check(
    "KR005",
    "flat-target",
    severity=Severity.WARNING,
    fix="set a target that differs from the baseline, or say in the key result that the level is to be held.",
)
def flat_target(review: Review) -> Iterator[Hit]:
    """The target is where the number stood at the start, so there is nothing left to reach, only something to hold.

    It is scored as a level to be held: met or not met.

    Weak:   Raise uptime from 99.9 % to 99.9 %
    Strong: Keep uptime at 99.9 % or above
    """
    scored = review.scores.key_results
    for _, k in review.okrs.key_results():
        if FLAT_TARGET in scored[k.place.key].codes:
            baseline, target = k.metric.baseline, k.metric.target
            same = (
                f"the target {target:g} is its baseline"
                if baseline is not None and target is not None
                else "the wanted change is none"
            )
            yield Hit(k.at("target"), f"{quoted(k.title)}: {same}.")
