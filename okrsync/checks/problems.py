"""The weight and date faults that scoring met, as hits of one cycle."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from okrsync.checks.rule import cell_of
from okrsync.findings import Hit, Severity
from okrsync.review import Review


def problems(review: Review, fields: Collection[str], fix: str) -> Iterator[Hit]:
    """The faults of these fields, as warnings: the scores stand, on the assumption that the message names."""
    faults = [(key, name, message) for key, name, message in review.scores.problems if name in fields]
    if not faults:
        return
    places = {k.key: k.place for _, k in review.okrs.key_results()} | {o.key: o.place for o in review.okrs.objectives}
    for key, name, message in faults:
        if key in places:
            yield Hit(
                cell_of(places[key], name, "start" if name == "due" else "weight"), message, fix, Severity.WARNING
            )
