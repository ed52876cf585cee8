"""KR002 no-baseline."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.model import KeyResult
from okrsync.review import Review
from okrsync.scoring.progress import NO_BASELINE


@check(
    "KR002",
    "no-baseline",
    severity=Severity.WARNING,
    fix="fill the baseline with where the number stood at the start of the cycle.",
)
def no_baseline(review: Review) -> Iterator[Hit]:
    """A target without a baseline cannot be scored honestly: nobody knows how far there is to go.

    An increase is then counted from 0, and the score says so; a decrease has no score until it is there.

    Weak:   Raise NPS to 50
    Strong: Raise NPS from 32 to 50
    """
    scored = review.scores.key_results
    for _, k in review.okrs.key_results():
        if NO_BASELINE in scored[k.place.key].codes:
            yield Hit(k.at("baseline"), f"{quoted(k.title)} {_lacks(k)}")


def _lacks(k: KeyResult) -> str:
    if k.metric.target is not None:
        return "has a target and no baseline: nobody knows how far there is to go."
    if k.metric.baseline is None:
        return "wants a change and has no baseline: nobody knows from what."
    return f"wants a share of a baseline of {k.metric.baseline:g}, which leads nowhere."
