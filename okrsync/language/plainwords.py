"""A stated metric in one line of plain English: "decrease from 45 days to 30 days", "reach at least 3"."""

from __future__ import annotations

from okrsync.kinds import Change, Comparator, Kind
from okrsync.language.metric import Condition, StatedMetric

_BOUNDS: dict[Comparator, str] = {">=": "at least ", "<=": "at most ", ">": "more than ", "<": "less than "}
_HELD: dict[Comparator | None, str] = {">": "above", "<": "below"}
_VERBS = {Kind.MAINTAIN_ABOVE: "keep up", Kind.MAINTAIN_BELOW: "keep down", Kind.BETWEEN: "keep within a range"}
_BARE_UNITS = frozenset(("count", "score"))
_TIMES = frozenset(("second", "minute", "hour", "day", "week", "month", "quarter", "year"))


def plain_words(metric: StatedMetric | Condition) -> str:
    """What a metric asks for, without its deadline."""
    kind, target = metric.kind, metric.target
    if kind is Kind.MILESTONE:
        return "done or not done (no number to measure)"
    if kind is Kind.QUALITATIVE:
        return "a direction without a number"
    if kind in (Kind.MAINTAIN_ABOVE, Kind.MAINTAIN_BELOW) and target is not None:
        side = "at or above" if kind is Kind.MAINTAIN_ABOVE else "at or below"
        return f"keep {_HELD.get(metric.comparator, side)} {_shown(target, metric.unit)}"
    if kind is Kind.BETWEEN and target is not None:
        return f"keep within a range that starts at {_shown(target, metric.unit)}"
    words = [_VERBS.get(kind, kind.value)]
    if metric.baseline is not None:
        words.append(f"from {_shown(metric.baseline, metric.unit)}")
    if target is not None:
        bound = _BOUNDS[metric.comparator] if metric.comparator else ""
        words.append(
            ("" if kind is Kind.REACH and metric.baseline is None else "to ") + bound + _shown(target, metric.unit)
        )
    if metric.change is not None:
        change = _change(metric.change, metric.unit)
        words.append(change if target is None else f"({change})")
    return " ".join(words)


def number(value: float) -> str:
    """A number as people read it, without the noise of binary fractions."""
    return f"{value:,.12g}" if abs(value) < 1e15 else f"{value:g}"


def _shown(value: float, unit: str | None) -> str:
    shown = number(value)
    if unit is None or unit in _BARE_UNITS:
        return shown
    if unit == "x":
        return f"{shown}x"
    unit = "percentage point" if unit == "pp" else unit
    if (unit in _TIMES or unit == "percentage point") and abs(value) != 1:
        unit += "s"
    return f"{shown} {unit}"


def _change(change: Change, unit: str | None) -> str:
    if change.mode == "multiple":
        return f"to {number(change.value)} times what it is"
    return f"by {_shown(abs(change.value), '%' if change.mode == 'relative' else unit)}"
