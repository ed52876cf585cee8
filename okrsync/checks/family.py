"""What links name: the titles and cells of a run's objectives and key results by their keys."""

from __future__ import annotations

from functools import cached_property

from okrsync.cells import CellRef
from okrsync.checks.rule import quoted
from okrsync.model import Key, KeyResult, Objective
from okrsync.review import Review


class Family:
    """Looks up keys of the whole run; `here` are those of the review's own cycle. Each is made when asked for."""

    def __init__(self, review: Review) -> None:
        self._review = review

    @cached_property
    def _known(self) -> dict[Key, Objective | KeyResult]:
        everything = self._review.everything
        known: dict[Key, Objective | KeyResult] = {o.key: o for o in everything.objectives}
        return known | {k.key: k for _, k in everything.key_results()}

    @cached_property
    def here(self) -> set[Key]:
        """The keys of the review's own cycle."""
        okrs = self._review.okrs
        return {o.key for o in okrs.objectives} | {k.key for _, k in okrs.key_results()}

    def name(self, key: Key) -> str:
        """The title in quotes, with its label where it has one."""
        item = self._known[key]
        return f"{item.label} {quoted(item.title)}" if item.label else quoted(item.title)

    def cell(self, key: Key, field: str = "contributes_to") -> CellRef:
        """The cell of a field; the statement's own where it has none."""
        place = self._known[key].place
        return place.at(field if field in place.columns else place.field)
