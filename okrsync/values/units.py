"""The numbers of one row in one unit: what can be converted is, what cannot be compared is known as such (pure)."""

from __future__ import annotations

from msgspec.structs import replace

from okrsync.values.amounts import is_currency
from okrsync.values.quantities import Quantity

_SECONDS = {"ms": 0.001, "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0}
"""A day has 24 hours; a month and a year have no fixed length."""
_TIMES = frozenset({*_SECONDS, "month", "quarter", "year"})
_SHARES = frozenset({"%", "pp"})
_MEANT = {"¥": frozenset({"CNY", "JPY"}), "kr": frozenset({"SEK", "NOK", "DKK"})}
"""What a sign that several currencies share may stand for."""


def is_known(unit: str | None) -> bool:
    """Whether a unit is a share, a time or money: what can be told from each other."""
    return unit in _SHARES or unit in _TIMES or is_currency(unit)


def in_unit(found: Quantity, own: str | None, wanted: str | None) -> Quantity | None:
    """A quantity that counts in its `own` unit, in the `wanted` one; None where the two cannot be compared."""
    if own is None or own == wanted or not is_known(own) or not is_known(wanted) or _alike(own, wanted or ""):
        return found
    here, there = _SECONDS.get(own), _SECONDS.get(wanted or "")
    if here is None or there is None:
        return None
    upper = None if found.upper is None else _times(found.upper, here / there)
    return replace(found, value=_times(found.value, here / there), upper=upper, unit=wanted)


def _times(value: float, factor: float) -> float:
    return round(value * factor, 9)


def _alike(one: str, other: str) -> bool:
    if one in _SHARES and other in _SHARES:
        return True
    return other in _MEANT.get(one, ()) or one in _MEANT.get(other, ())
