"""The weight and date faults that scoring met, as hits of one cycle."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from okrsync.checks.rule import cell_of, quoted
from okrsync.findings import Hit, Severity
from okrsync.model import Key, KeyResult, Objective
from okrsync.review import Review


def problems(review: Review, fields: Collection[str], fix: str) -> Iterator[Hit]:
    """The faults of these fields, as warnings: the scores stand, on the assumption that the message names."""
    faults = [(key, name, message) for key, name, message in review.scores.problems if name in fields]
    if not faults:
        return
    items: dict[Key, Objective | KeyResult] = {o.key: o for o in review.okrs.objectives}
    items |= {k.key: k for _, k in review.okrs.key_results()}
    for key, name, message in faults:
        if key in items:
            item = items[key]
            cell = cell_of(item.place, name, "start" if name == "due" else "weight")
            yield Hit(cell, f"{quoted(item.title)}: {message}.", fix, Severity.WARNING)
