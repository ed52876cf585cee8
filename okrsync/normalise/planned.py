"""What a sheet plans for certain days → dated shares of the way from baseline to target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrsync.cells import Grid
from okrsync.findings import Hit, Raised
from okrsync.mapping import Mapping, planned_days
from okrsync.model import Kind, Metric
from okrsync.normalise.numbers import NumberColumn, Raise
from okrsync.values import Quantity
from okrsync.values.units import in_unit

_PACED = frozenset({Kind.INCREASE, Kind.DECREASE, Kind.REACH, Kind.MILESTONE})
"""Kinds of which something is expected on a day; a level to hold has no way to go."""


class PlannedValues:
    """Reads the columns of one table that a mapping calls planned."""

    def __init__(self, workbook: str, grid: Grid, mapping: Mapping, locale: str | None, out: Raise) -> None:
        self._out = out
        self._columns = [
            (day, NumberColumn(workbook, grid, mapping, name, locale, out))
            for day, name in planned_days(mapping.columns)
        ]

    def of(self, row: int, metric: Metric) -> tuple[tuple[date, float], ...]:
        """The days a row plans for, each with the share of the way: 0 at the baseline, 1 at the target."""
        if not self._columns or metric.kind not in _PACED or metric.yes_no:
            return ()
        return tuple(self._shares(row, metric))

    def _shares(self, row: int, metric: Metric) -> Iterator[tuple[date, float]]:
        for day, column in self._columns:
            value = column.value(row)
            found = column.single(row, value) if value is not None else None
            share = self._share(row, column, found, metric) if found is not None else None
            if share is not None:
                yield day, share

    def _share(self, row: int, column: NumberColumn, found: Quantity, metric: Metric) -> float | None:
        if found.of:
            return found.value / found.of
        if found.unit == "%" and metric.unit != "%":
            return found.value / 100
        if metric.unit == "%" and found.unit is None and 0 < abs(found.value) <= 1:
            column.unclear(row, (found.value, found.value * 100), "the key result is measured in percent")
            return None
        same = in_unit(found, found.unit, metric.unit)
        if same is None:
            column.in_another_unit(row, found, found.unit or "", f"a target in {metric.unit}")
            return None
        share = _of_the_way(same.value, metric)
        if share is None:
            self._unmeasured(row, column, found)
        return share

    def _unmeasured(self, row: int, column: NumberColumn, found: Quantity) -> None:
        message = f'{found.value:g} in column "{column.header}" is not used: no baseline and target say how far it is'
        fix = "give the key result a baseline and a target, or plan in percent of the way."
        self._out(Raised("IN005", Hit(column.at(row), message, fix)))


def _of_the_way(value: float, metric: Metric) -> float | None:
    """A value as a share of the way; without a baseline the way to a target above 0 begins at 0, as in scoring."""
    if metric.kind is Kind.MILESTONE:
        return value if 0 <= value <= 1 else None
    baseline, target = metric.baseline, metric.target
    if baseline is None and metric.kind is not Kind.DECREASE and target is not None and target > 0:
        baseline = 0.0
    if baseline is None or target is None or target == baseline:
        return None
    return (value - baseline) / (target - baseline)
