"""IN001 unreadable-number: raised while a sheet is read, and for weights that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.problems import problems
from okrsync.checks.rule import check
from okrsync.findings import Hit, Severity
from okrsync.review import Review


@check(
    "IN001",
    "unreadable-number",
    severity=Severity.ERROR,
    fix="type a number such as 40 or 40%, or clear the cell.",
)
def unreadable_number(review: Review) -> Iterator[Hit]:
    """A value cell holds no number, so the key result counts as one without data.

    Never a guess and never a zero. A weight that was read and cannot be meant, because it is below 0 or all of an
    objective's weights are 0, comes under this code as a warning: the message says what it counts as.

    Weak:   abt 40%
    Strong: 40%
    """
    fix = "give every key result of the objective a weight above 0, or none of them one."
    yield from problems(review, ("weight", "objective_weight"), fix)
