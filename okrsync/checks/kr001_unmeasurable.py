"""KR001 unmeasurable."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.language import read_metric
from okrsync.language.plainwords import plain_words
from okrsync.model import KeyResult, Kind
from okrsync.review import Review


@check(
    "KR001",
    "unmeasurable",
    severity=Severity.WARNING,
    fix="say what number it should reach, or what will be done when it is done.",
)
def unmeasurable(review: Review) -> Iterator[Hit]:
    """A key result with no number and no yes/no test: two people could not agree on whether it was reached.

    It is left out of the score of its objective.

    Weak:   Improve communication between teams
    Strong: 9 of 10 teams answer requests of others within two days
    """
    for _, k in review.okrs.key_results():
        kind = k.metric.kind
        if kind is Kind.QUALITATIVE:
            yield Hit(k.at(), f"{quoted(k.title)} has no number and nothing that is done or not done.")
        elif k.metric.target is None and k.metric.change is None and kind is not Kind.MILESTONE:
            yield _without_target(k)


def _without_target(k: KeyResult) -> Hit:
    """A number that stands in the sentence and could not be taken is told with the reason."""
    said = read_metric(k.title)
    if said.target is None and said.change is None:
        return Hit(k.at("target"), f"{quoted(k.title)} has no target: there is nothing to measure it against.")
    why = said.reason or "the numbers of its row are in another unit, or on another scale"
    return Hit(
        k.at("target"),
        f"{quoted(k.title)} may mean: {plain_words(said)}. It is not scored, since that is not certain: {why}.",
        "write the number to reach into a target column, with its unit.",
    )
