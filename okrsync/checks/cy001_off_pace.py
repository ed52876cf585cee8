"""CY001 off-pace."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.review import Review
from okrsync.scoring import KeyResultScore, Status
from okrsync.scoring.rounding import rounded


@check(
    "CY001",
    "off-pace",
    severity=Severity.WARNING,
    fix="agree on what will change, or on a target that can be reached.",
)
def off_pace(review: Review) -> Iterator[Hit]:
    """A key result is far behind the share that is due today, or a level to be held is not.

    `off_track_gap` in the config says how far is far.

    Weak:   20 % done in the last month of the cycle, and nobody talks about it
    Strong: 20 % done, and a note on what will change
    """
    scored, off_track = review.scores.key_results, Status.OFF_TRACK
    for _, k in review.okrs.key_results():
        found = scored[k.place.key]
        if found.status is off_track:
            yield Hit(k.at("current"), f"{quoted(k.title)} {_behind(found)}")


def _behind(found: KeyResultScore) -> str:
    if found.expected is None or found.progress is None:
        return "is not at the level that is to be held."
    return f"stands at {_percent(found.progress)} where {_percent(found.expected)} is expected today."


def _percent(share: float) -> str:
    return f"{rounded(share * 100, 0):.0f} %"
