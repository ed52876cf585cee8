"""Numbers rounded and compared as a spreadsheet shows them (pure)."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

TOLERANCE = 1e-9
_DIGITS = 15
_CONTEXT = Context(prec=40, rounding=ROUND_HALF_UP)


def rounded(value: float, digits: int) -> float:
    """The value at so many decimals, halves away from zero on its decimal text of 15 digits, as Excel rounds.

    2.675 → 2.68 and 0.285 · 100 → 29, though neither is a half in binary. Never a negative zero.
    """
    scaled = abs(value) * 10.0**digits
    if scaled < 1e9 and abs(scaled % 1.0 - 0.5) > 1e-3:  # nowhere near a half, every way of rounding is the same
        return round(value, digits) + 0.0
    if not math.isfinite(value) or abs(value) >= 10.0**_DIGITS:
        return value
    text = Decimal(f"{value:.{_DIGITS}g}")
    return float(text.quantize(Decimal(1).scaleb(-digits), context=_CONTEXT)) + 0.0


def same(a: float, b: float) -> bool:
    """Whether two values of a metric are the same number, so that 0.1 + 0.2 is 0.3: a billionth of the larger."""
    return math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=1e-12)


def at_least(value: float, bound: float, *, strictly: bool = False) -> bool:
    """value ≥ bound (or > when strictly), within the tolerance."""
    return (value > bound and not same(value, bound)) if strictly else (value >= bound or same(value, bound))


def at_most(value: float, bound: float, *, strictly: bool = False) -> bool:
    """value ≤ bound (or < when strictly), within the tolerance."""
    return at_least(-value, -bound, strictly=strictly)
