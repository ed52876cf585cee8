"""The ids of objectives and key results: the sheet's own, checked for doubles, or made where it gives none."""

from __future__ import annotations

from collections.abc import Mapping

from okrsync.cells import CellRef
from okrsync.findings import Hit, Raised
from okrsync.normalise.numbers import Raise

_MADE = -1
"""Where the id of a statement stands that has none in the sheet."""


class Identifiers:
    """The ids of one table. `taken` are those of the sheet so far, over all its tables, with the row they stand in."""

    def __init__(
        self, workbook: str, sheet: str, columns: Mapping[str, int], out: Raise, taken: dict[str, int] | None
    ) -> None:
        self._workbook, self._sheet, self._columns, self._out = workbook, sheet, columns, out
        self._taken = taken if taken is not None else {}
        self._last_made = 0

    def own(self, given: str, row: int, name: str) -> str:
        """The id a column gives; one that another statement has already is raised."""
        first = self._taken.setdefault(given, row)
        if first != row:
            column = self._columns.get(name) or self._columns["id"]
            where = f"stands in row {first}" if first != _MADE else "was given to a statement without one"
            message = f'the id "{given}" {where} already'
            at = CellRef(self._workbook, self._sheet, row, column)
            self._out(Raised("IN007", Hit(at, message, "give each objective and key result an id of its own.")))
        return given

    def next(self, stem: str) -> str:
        """The next free id of a stem: O1, O2 …"""
        number = self._last_made + 1
        while f"{stem}{number}" in self._taken:
            number += 1
        self._last_made = number
        return f"{stem}{number}"

    def unique(self, wanted: str, parent: str) -> str:
        """An id as near to the wanted one as is free, now taken."""
        made = wanted
        if made in self._taken and parent:
            made = f"{parent}.{wanted}"
        number = 2
        while made in self._taken:
            made = f"{parent + '.' if parent else ''}{wanted}-{number}"
            number += 1
        self._taken[made] = _MADE
        return made
