"""The weight and date faults that scoring met, as hits of one cycle."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from okrsync.checks.rule import cell_of, quoted
from okrsync.checks.whole import whole_of
from okrsync.findings import Hit, Severity
from okrsync.review import Review


def problems(review: Review, fields: Collection[str], fix: str) -> Iterator[Hit]:
    """The faults of these fields, as warnings: the scores stand, on the assumption that the message names."""
    if not review.scores.problems:
        return
    whole = whole_of(review)
    for key, name, message in whole.problems.get(review.cycle, ()):
        if name in fields:
            item = whole.items[key]
            cell = cell_of(item.place, name, "start" if name == "due" else "weight")
            yield Hit(cell, f"{quoted(item.title)}: {message}.", fix, Severity.WARNING)
