"""Whether a column headed "Progress" holds shares of the way, or the values reached: 84 where 78 is to become 90."""

from __future__ import annotations

from collections.abc import Mapping

from okrsync.cells import CellValue
from okrsync.layout.region import Region
from okrsync.values.quantities import Quantity, quantity_in

_MOST_PERCENT = 1_000
"""What is more is no share of the way."""
_LEAST = 2


def holds_values(region: Region, fields: Mapping[str, int]) -> bool:
    """Whether the cells of the progress column are values: most with units, or all between baseline and target."""
    if "%" in region.headers.get(fields["progress"], ""):
        return False
    found = [each for value in region.cells(fields["progress"]) if (each := _quantity(value)) is not None]
    counted = sum(1 for each in found if each.unit not in (None, "%") or each.value > _MOST_PERCENT)
    return counted * 2 > len(found) or _lie_between(region, fields)


def _quantity(value: CellValue) -> Quantity | None:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return Quantity(float(value))
    return quantity_in(value) if isinstance(value, str) else None


def _lie_between(region: Region, fields: Mapping[str, int]) -> bool:
    """Whether every value lies between a baseline other than 0 and a target, both on its own scale."""
    if not {"baseline", "target"} <= fields.keys():
        return False
    columns = (map(_quantity, region.cells(fields[name])) for name in ("baseline", "target", "progress"))
    between = [
        _is_between(baseline, target, value)
        for baseline, target, value in zip(*columns, strict=True)
        if baseline is not None and target is not None and value is not None and baseline.value
    ]
    return len(between) >= _LEAST and all(between)


def _is_between(baseline: Quantity, target: Quantity, value: Quantity) -> bool:
    alike = (value.unit == "%") == (target.unit == "%")
    return alike and min(baseline.value, target.value) <= value.value <= max(baseline.value, target.value)
