"""Numbers, shares and goals of a key result as people read them on a terminal."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from okrsync.scoring import rounding

if TYPE_CHECKING:
    from okrsync.model import Metric

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
_TIME_UNITS = frozenset(("second", "minute", "hour", "day", "week", "month", "quarter", "year"))
_PLAIN = frozenset(("count", "score", "ratio"))
"""Units that people do not write."""
_BLOCKS = " ▏▎▍▌▋▊▉█"


def printable(text: str) -> str:
    """Text of a cell on one line, harmless to a terminal: no escapes, no control or direction-changing characters."""
    return _UNPRINTABLE.sub(" ", text).strip()


def rounded(value: float, places: int) -> str:
    """A number with so many decimals, halves away from zero on its decimal text, as Excel shows it."""
    return f"{value:.3e}" if abs(value) >= 1e15 else f"{rounding.rounded(value, places):.{places}f}"


def percent(share: float | None) -> str:
    """0.465 → `47 %`, None → ""."""
    return "" if share is None else rounded(share * 100, 0) + " %"


def number(value: float) -> str:
    """A number as short as it can stand: 2000000.0 → `2,000,000`, 4.50 → `4.5`."""
    if abs(value) >= 1e15 or (value != 0 and abs(value) < 1e-4):
        return f"{value:.4g}"
    whole, _, decimals = f"{Decimal(rounded(value, 4)):,f}".partition(".")
    return f"{whole}.{decimals}".rstrip("0").rstrip(".") if decimals else whole


def amount(value: float | None, unit: str | None) -> str:
    """A number with its unit: `45 days`, `12 %`, `2,000,000 USD`; None → ""."""
    return "" if value is None else number(value) + _unit(value, unit)


def _unit(value: float, unit: str | None) -> str:
    if not unit or unit in _PLAIN:
        return ""
    plural = "s" if unit in _TIME_UNITS and abs(value) != 1 else ""
    return " " + printable(unit) + plural


def goal(metric: Metric, arrow: str = "→") -> str:
    """What a key result wants: `45 → 30 days`, `>= 95 %`, `4 to 6`, `+20 %`, `done`; "" when nothing is measured."""
    if metric.target is None:
        return _change(metric)
    target = amount(metric.target, metric.unit)
    if metric.upper is not None:
        return f"{number(metric.target)} to {amount(metric.upper, metric.unit)}"
    if metric.yes_no:
        return "done"
    if metric.baseline is not None and metric.comparator is None:
        return f"{number(metric.baseline)} {arrow} {target}"
    return f"{metric.comparator} {target}" if metric.comparator else target


def _change(metric: Metric) -> str:
    if metric.yes_no:
        return "done"
    if metric.change is None:
        return ""
    value, mode = metric.change.value, metric.change.mode
    start = "" if metric.baseline is None else f"{amount(metric.baseline, metric.unit)}, "
    if mode == "multiple":
        return f"{start}× {number(value)}"
    sign = "+" if value > 0 else ""
    return f"{start}{sign}{number(value)}{' %' if mode == 'relative' else _unit(value, metric.unit)}"


def now(metric: Metric) -> str:
    """Where a key result stands: `38 days`, `done`, `25 %` of a milestone; "" when there is no value."""
    if metric.current is None:
        return ""
    if metric.yes_no:
        return "done" if metric.current >= 1 else "open" if metric.current <= 0 else percent(metric.current)
    return percent(metric.current) if metric.kind == "milestone" else amount(metric.current, metric.unit)


def bar(share: float | None, width: int, *, unicode: bool) -> str:
    """A progress bar of so many characters; nothing for None."""
    if share is None:
        return " " * width
    filled = min(max(share, 0.0), 1.0) * width
    if not unicode:
        return ("#" * int(filled + 0.5)).ljust(width, ".")
    eighths = int(filled * 8 + 0.5)
    whole, part = divmod(eighths, 8)
    return ("█" * whole + (_BLOCKS[part] if part else "")).ljust(width, "░")
