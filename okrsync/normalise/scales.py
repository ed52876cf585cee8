"""0.45 or 45 %: on which scale the plain numbers of a percent row are, in the order of docs/scoring.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from okrsync.normalise.numbers import NumberColumn
from okrsync.values import Quantity

FAR = 10.0
"""A number this many times smaller or larger than its neighbours is not on their scale."""

Fractions = bool | None
"""What a column's other cells say of its plain numbers: fractions of 1 (True), percentages (False), nothing."""


def settle(
    row: int,
    columns: Sequence[NumberColumn],
    found: list[Quantity | None],
    fractions: Callable[[], Sequence[Fractions]],
) -> list[Quantity | None]:
    """The quantities of one row on one scale; a plain number that may be on either is raised and left out.

    For rows with a percentage in them: the number format and a sign typed in the cell have decided already.
    """
    sure = [each.value for each in found if each is not None and (each.unit == "%" or abs(each.value) > 1)]
    settled: list[Quantity | None] = []
    for number, (column, each) in enumerate(zip(columns, found, strict=True)):
        if each is None or each.unit is not None or not column.is_plain(row):
            settled.append(each)
            continue
        factor = 1.0 if abs(each.value) > 1 else _factor(each.value, sure, fractions()[number])
        if factor is None:
            readings = (each.value, each.value * 100)
            column.unclear(row, readings, "its neighbours are percentages and do not tell which")
            settled.append(None)
        else:
            value = each.value if factor == 1 else round(each.value * factor, 9)
            settled.append(Quantity(value, "%", each.comparator, each.of, each.upper))
    return settled


def _factor(value: float, sure: Sequence[float], fractions: Fractions) -> float | None:
    """1 where a plain number counts percent already, 100 where it is a fraction, None where that is open."""
    if value == 0 or abs(value) > 1:
        return 1.0
    near, near_as_fraction = _near(value, sure), _near(value * 100, sure)
    if not sure:
        return 100.0 if fractions else 1.0 if fractions is False else None
    if near and not (near_as_fraction and fractions):
        return 1.0
    if near_as_fraction and fractions:
        return 100.0
    return None


def _near(value: float, sure: Sequence[float]) -> bool:
    known = [abs(each) for each in sure if each]
    return not known or min(known) / FAR <= abs(value) <= max(known) * FAR


def say(values: Iterable[float]) -> Fractions:
    """What the plain numbers of a column's percent rows say about its scale."""
    known = [abs(value) for value in values if value]
    if any(value > 1.5 for value in known):
        return False
    return True if len(known) >= 2 and any(value < 1 for value in known) else None
