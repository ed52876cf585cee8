"""OB005 number-in-objective."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.language import StatedMetric, read_metric
from okrsync.language.plainwords import plain_words
from okrsync.language.shapes import shape_of
from okrsync.review import Review


@check(
    "OB005",
    "number-in-objective",
    severity=Severity.INFO,
    fix="move the number into a key result beneath, and let the objective say what it is good for.",
)
def number_in_objective(review: Review) -> Iterator[Hit]:
    """An objective that names a number reads like a key result. Nothing is scored by it.

    Numbers of names, versions, years and quarters are none: "SOC 2", "P95", "2026", "Q3".

    Weak:   Grow to 500 paying customers
    Strong: Become the tool that small bakeries recommend to each other
    """
    for objective in review.okrs.objectives:
        title = objective.title or ""
        if any(map(str.isdigit, title)) and _says_how_much(shape_of(title)):  # "one voice" counts nothing
            said = read_metric(title)
            if said.certainty != "ambiguous" and _says_how_much(said):
                yield Hit(objective.at(), f"{quoted(title)} says how much: {plain_words(said)}. Key results say that.")


def _says_how_much(said: StatedMetric) -> bool:
    return said.target is not None or said.change is not None
