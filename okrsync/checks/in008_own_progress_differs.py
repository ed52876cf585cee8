"""IN008 own-progress-differs: what the sheet says of itself against what its numbers come to."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import cell_of, check, quoted
from okrsync.findings import Hit, Severity
from okrsync.model import KeyResult, Objective
from okrsync.review import Review
from okrsync.scoring.rounding import rounded


@check(
    "IN008",
    "own-progress-differs",
    severity=Severity.WARNING,
    fix="correct the values or the team's own number; okrsync leaves that cell as it is.",
)
def own_progress_differs(review: Review) -> Iterator[Hit]:
    """The sheet's own progress or score is not what its baseline, target and current value come to.

    Ours stands beside it and the team's cell stays. `own_progress_points` in the config says how far they may differ.

    Weak:   baseline 10, target 20, current 15, progress 80%
    Strong: baseline 10, target 20, current 15, progress 50%
    """
    for objective in review.okrs.objectives:
        if objective.own_progress is not None or objective.own_score is not None:
            rolled = review.scores.objectives[objective.key].score
            yield from _differing(review, objective, rolled, rolled, ("objective_progress", "objective_score"))
        for k in objective.key_results:
            if k.own_progress is not None or k.own_score is not None:
                found = review.scores.key_results[k.key]
                yield from _differing(review, k, found.progress, found.score, ("progress", "score"))


def _differing(
    review: Review, item: Objective | KeyResult, progress: float | None, score: float | None, fields: tuple[str, str]
) -> Iterator[Hit]:
    """A sheet may cap its progress at 100 %, so it may agree with either of ours."""
    for own, ours, name in (
        (item.own_progress, (progress, score), fields[0]),
        (None if item.own_score is None else item.own_score * 100, (score,), fields[1]),
    ):
        known = [value * 100 for value in ours if value is not None]
        allowed = review.thresholds.own_progress_points + 1e-9
        if own is not None and known and all(abs(own - value) > allowed for value in known):
            place = cell_of(item.place, name, name.removeprefix("objective_"))
            yield Hit(
                place, f"{quoted(item.title)}: the sheet says {_percent(own)}, its values come to {_percent(known[0])}."
            )


def _percent(value: float) -> str:
    return f"{rounded(value, 1):g} %"
