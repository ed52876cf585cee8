"""Columns of check-ins → what was measured when, in the unit of the key result."""

from __future__ import annotations

from datetime import date

from okrsync.cells import CellValue, Grid
from okrsync.mapping import Mapping, check_in_periods
from okrsync.model import CheckIn, Cycle, Metric
from okrsync.normalise.numbers import NumberColumn, Raise
from okrsync.values import Quantity, read_yes_no
from okrsync.values.periods import last_day
from okrsync.values.units import in_unit


class CheckIns:
    """Reads the columns of check-ins of one table."""

    def __init__(self, workbook: str, grid: Grid, mapping: Mapping, locale: str | None, out: Raise) -> None:
        self._locale = locale
        self._columns = [
            (period, NumberColumn(workbook, grid, mapping, name, locale, out))
            for period, name in check_in_periods(mapping.columns)
        ]
        self._days: dict[tuple[str, Cycle], date | None] = {}

    def of(self, row: int, metric: Metric, cycle: Cycle) -> tuple[CheckIn, ...]:
        """The check-ins of a row's key result, the earliest first."""
        if not self._columns:
            return ()
        found: list[CheckIn] = []
        for period, column in self._columns:
            value = column.value(row)
            quantity = self._quantity(row, column, value) if value is not None else None
            if quantity is not None:
                same = in_unit(quantity, quantity.unit, metric.unit) or quantity
                unit = same.unit or metric.unit
                found.append(CheckIn(period=period, day=self._day(period, cycle), value=same.value, unit=unit))
        return tuple(found)

    def _quantity(self, row: int, column: NumberColumn, value: CellValue) -> Quantity | None:
        if isinstance(value, bool | str) and (done := read_yes_no(value)) is not None:
            return Quantity(float(done))
        return column.single(row, value)

    def _day(self, period: str, cycle: Cycle) -> date | None:
        key = period, cycle
        if key not in self._days:
            self._days[key] = last_day(period, cycle, self._locale)
        return self._days[key]
