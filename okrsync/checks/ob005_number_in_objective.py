"""OB005 number-in-objective."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.language import StatedMetric, read_metric
from okrsync.language.plainwords import plain_words
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
        said = read_metric(objective.title) if objective.title is not None else None
        if said is not None and said.certainty != "ambiguous" and _says_how_much(objective.title or "", said):
            words = f"{quoted(objective.title)} says how much: {plain_words(said)}. Key results say that."
            yield Hit(objective.at(), words)


def _says_how_much(title: str, said: StatedMetric) -> bool:
    """A change, or a number in digits: words such as "one voice" and "number one" count nothing in a title."""
    return said.change is not None or (said.target is not None and any(map(str.isdigit, title)))
