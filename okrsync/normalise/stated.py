"""What the sheet says of itself beside the metric: its own progress, score, confidence, weights and dates."""

from __future__ import annotations

from datetime import date, datetime

from okrsync.cells import CellRef, CellValue, Grid
from okrsync.findings import Hit, Raised
from okrsync.mapping import Mapping
from okrsync.model import Cycle
from okrsync.normalise.numbers import REMEMBERED, NumberColumn, Raise, is_blank_word, unreadable
from okrsync.values import Quantity, read_date, read_level_word

_NAMES = ("progress", "score", "confidence", "weight", "objective_weight", "objective_progress", "objective_score")


class StatedValues:
    """Reads those columns of one table; what scale a column is on is found out once."""

    def __init__(self, workbook: str, grid: Grid, mapping: Mapping, locale: str | None, out: Raise) -> None:
        self._workbook, self._grid, self._mapping, self._out = workbook, grid, mapping, out
        self._columns = {
            name: NumberColumn(workbook, grid, mapping, name, locale, out) for name in _NAMES if name in mapping.columns
        }
        self._scales: dict[str, tuple[float, float]] = {}
        self._beliefs: dict[tuple[float, str], float] = {}
        self._dates: dict[datetime, date] = {}
        self._days: dict[tuple[str, str | None], date | None] = {}

    # progress, 0–100

    def progress(self, row: int, name: str = "progress") -> float | None:
        """The sheet's own progress, 0–100."""
        found = self._single(row, name)
        if found is None:
            return None
        if found.of:
            return 100 * found.value / found.of
        column = self._columns[name]
        if found.unit == "%" or not column.is_plain(row) or isinstance(column.value(row), str):
            return found.value
        low, high = self._scale(name)
        if high <= 1 and (low < 1 or column.unit != "%"):
            return round(found.value * 100, 9)
        return found.value

    def objective_progress(self, row: int, plain: bool) -> float | None:
        """The objective's own progress: its own column, or (`plain`) the row's progress."""
        own = self.progress(row, "objective_progress")
        return own if own is not None or not plain else self.progress(row)

    # score, 0–1

    def score(self, row: int, name: str = "score") -> float | None:
        """The sheet's own score, 0–1; None where the column's scale cannot be told."""
        found = self._single(row, name)
        if found is None:
            return None
        if found.of:
            return found.value / found.of
        if found.unit == "%":
            return round(found.value / 100, 9)
        _, high = self._scale(name)
        if high <= 1:
            return found.value
        return found.value / 100 if high > 10 else found.value / 10 if high > 5 else None

    def objective_score(self, row: int, plain: bool) -> float | None:
        """The objective's own score."""
        own = self.score(row, "objective_score")
        return own if own is not None or not plain else self.score(row)

    def _single(self, row: int, name: str) -> Quantity | None:
        """The one number that a row states in a column, None where there is no such column or number."""
        column = self._columns.get(name)
        if column is None or (value := column.value(row)) is None:
            return None
        return column.single(row, value)

    def _scale(self, name: str) -> tuple[float, float]:
        """The smallest number over 0 and the largest of a column's plain numbers."""
        if name not in self._scales:
            column = self._columns[name]
            rows = range(self._mapping.first_row, (self._mapping.last_row or self._grid.bottom) + 1)
            known = [
                value
                for row in rows
                if isinstance(value := column.value(row), float) and value and column.is_plain(row)
            ]
            texts = [
                found.value
                for row in rows
                if isinstance(value := column.value(row), str)
                and (found := column.text(value)) is not None
                and found.is_single
                and found.unit is None
                and not found.of
            ]
            every = known + texts
            self._scales[name] = (min(every, default=0.0), max(every, default=0.0))
        return self._scales[name]

    # confidence, 0–1

    def confidence(self, row: int) -> float | None:
        """People's belief, 0–1: n/10, percent, a word, a traffic light; anything else is raised."""
        column = self._columns.get("confidence")
        if column is None or (value := column.value(row)) is None:
            return None
        if type(value) is float:
            return self._of_number(row, value, column)
        if isinstance(value, str) and (word := read_level_word(value)) is not None:
            return word
        return self._of_quantity(row, value, column)

    def _of_number(self, row: int, value: float, column: NumberColumn) -> float | None:
        """People's belief as a number: the same few stand in all rows."""
        key = value, column.code(row)
        known = self._beliefs.get(key)
        if known is None:
            known = self._of_quantity(row, value, column)
            if known is not None and len(self._beliefs) < REMEMBERED:
                self._beliefs[key] = known
        return known

    def _of_quantity(self, row: int, value: CellValue, column: NumberColumn) -> float | None:
        found = column.single(row, value)
        if found is None:
            return None
        known = self._of_confidence(found, column)
        if known is None:
            column.unreadable(row, value)
        return known

    def _of_confidence(self, found: Quantity, column: NumberColumn) -> float | None:
        if not found.of:
            return self._belief(found.value, found.unit, column)
        share = found.value / found.of
        return share if 0 <= share <= 1 else None

    def _belief(self, value: float, unit: str | None, column: NumberColumn) -> float | None:
        if unit == "%":
            share = value / 100
        else:
            _, high = self._scale("confidence")
            share = value if high <= 1 else value / 10 if high <= 10 else value / 100
            if high > 10 and column.unit != "%":
                return None
        return share if 0 <= share <= 1 else None

    # weights

    def weight(self, row: int, name: str = "weight") -> float | None:
        """A weight as it stands: numbers and percentages mean the same, since only their ratios count."""
        column = self._columns.get(name)
        if column is None or (value := column.value(row)) is None:
            return None
        if type(value) is float and (counted := column.counted(row, value)) is not None:
            return counted[0]
        found = column.single(row, value)
        return found.value if found is not None else None

    def objective_weight(self, row: int) -> float | None:
        """The objective's weight."""
        return self.weight(row, "objective_weight")

    # days

    def day(self, row: int, name: str, value: CellValue, cycle: Cycle) -> date | None:
        """A day; what is no day is raised."""
        if isinstance(value, datetime):
            return self._same_day(value)
        if value is None or (isinstance(value, str) and is_blank_word(value)):
            return None
        if isinstance(value, date):
            return value
        found = self._read_day(value, cycle)
        if found is None:
            at = CellRef(self._workbook, self._grid.sheet, row, self._mapping.columns[name])
            header = self._mapping.headers.get(name, name)
            if not isinstance(value, str | float):
                self._out(unreadable(at, value, header))
            else:
                fix = "type a day such as 2026-12-31, or clear the cell."
                text = f"{value:g}" if isinstance(value, float) else value[:60]
                self._out(Raised("IN002", Hit(at, f'"{text}" in column "{header}" is not a date', fix)))
        return found

    def _same_day(self, value: datetime) -> date:
        """The day of a moment; the same few days stand in many rows, and one object serves them all."""
        known = self._dates.get(value)
        if known is None:
            if len(self._dates) > REMEMBERED:
                self._dates.clear()
            known = self._dates[value] = value.date()
        return known

    def _read_day(self, value: CellValue, cycle: Cycle) -> date | None:
        if not isinstance(value, str):
            return read_date(value, locale=self._mapping.locale, cycle=cycle)
        key = (value, cycle.name)
        if key not in self._days:
            self._days[key] = read_date(value, locale=self._mapping.locale, cycle=cycle)
        return self._days[key]
