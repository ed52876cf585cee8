"""What links name: the titles and cells of a run's objectives and key results by their keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from okrsync.cells import CellRef
from okrsync.checks.rule import quoted
from okrsync.checks.whole import whole_of
from okrsync.model import Cycle, Key
from okrsync.review import Review

Each = TypeVar("Each")


class Family:
    """Looks up keys of the whole run; what links say of the review's own cycle comes with it."""

    def __init__(self, review: Review) -> None:
        self._cycle, self.whole = review.cycle, whole_of(review)

    def here(self, those: Mapping[Cycle, Sequence[Each]]) -> Sequence[Each]:
        """What the review's own cycle has of those."""
        return those.get(self._cycle, ())

    def name(self, key: Key) -> str:
        """The title in quotes, with its label where it has one."""
        item = self.whole.items[key]
        return f"{item.label} {quoted(item.title)}" if item.label else quoted(item.title)

    def cell(self, key: Key, field: str = "contributes_to") -> CellRef:
        """The cell of a field; the statement's own where it has none."""
        place = self.whole.items[key].place
        return place.at(field if field in place.columns else place.field)
