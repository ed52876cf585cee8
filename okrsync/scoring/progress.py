"""How far one key result has come: 0 at its baseline, 1 at its target (pure; docs/scoring.md is the table)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from okrsync.model import Change, Kind, Metric
from okrsync.scoring.rounding import at_least, at_most, same

UNMEASURABLE = "KR001"
NO_BASELINE = "KR002"
FLAT_TARGET = "KR005"

LEVEL_UNITS = frozenset(
    ("%", "pp", "score", "x", "ms", "second", "minute", "hour", "day", "week", "month", "quarter", "year")
)
"""Units of what has a level rather than a count: 0 is no honest start for them."""

Direction = Literal["above", "below"]


class Progress(Struct, frozen=True):
    """`value` is unclamped, None without data. `held`: a level to be held, met (1) or not (0), with no pace of its own.

    `assumed` says what was taken for granted; `codes` are the catalogue codes the rules raise, whatever the value is.
    """

    value: float | None = None
    held: bool = False
    assumed: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def progress(metric: Metric) -> Progress:
    """The progress of a key result. Never raises; what cannot be worked out has no value."""
    found = _RULES[metric.kind](metric)
    value = found.value
    if value is not None:
        # A negative zero would be shown as -0 %; what is too large for a number is no number.
        value = value + 0.0 if math.isfinite(value) else None
    assumed = (*_assumed(metric), *found.assumed) if "assumed" in metric.sources.values() else found.assumed
    return Progress(value, found.held, assumed, found.codes)


def _assumed(metric: Metric) -> tuple[str, ...]:
    """What the reader took for granted."""
    names = [name for name, source in metric.sources.items() if source == "assumed"]
    return tuple(f"{name} {shown}" for name in names if (shown := _shown(metric, name)))


def _shown(metric: Metric, name: str) -> str:
    value = getattr(metric, name, None)
    return f"{value:g}" if isinstance(value, float) else str(value or "")


def _moves(metric: Metric) -> Progress:
    """increase and decrease"""
    baseline, target, change = metric.baseline, metric.target, metric.change
    direction: Direction = "below" if metric.kind is Kind.DECREASE else "above"
    if metric.current_is_change and change is not None:
        return _change_achieved(metric, change, direction)
    if target is None and change is not None:
        if baseline is None:
            return Progress(codes=(NO_BASELINE,))
        target = changed(baseline, change)
        if target is None:
            return Progress(codes=(NO_BASELINE,))
    if target is None:
        return Progress()
    if baseline is None:
        return _without_baseline(metric, target, direction)
    if metric.current_is_change:
        return _from_to(0.0, target - baseline, metric, direction)
    return _from_to(baseline, target, metric, direction)


def changed(baseline: float, change: Change) -> float | None:
    """Where a wanted change leads from a baseline; None where it leads nowhere (a share of nothing)."""
    if change.mode == "absolute":
        return baseline + change.value
    if change.mode == "relative":
        return None if same(baseline, 0.0) else baseline + abs(baseline) * change.value / 100
    return baseline * change.value if baseline > 0 and not same(baseline, 0.0) else None


def _change_achieved(metric: Metric, change: Change, direction: Direction) -> Progress:
    """The current cell counts the change: achieved over wanted, with the sign; a multiple starts at 1."""
    start = 1.0 if change.mode == "multiple" else 0.0
    return _from_to(start, change.value, metric, direction)


def _from_to(baseline: float, target: float, metric: Metric, direction: Direction) -> Progress:
    if same(baseline, target):
        flat = _hold(metric, target, direction)
        return Progress(flat.value, True, codes=(FLAT_TARGET,))
    if metric.current is None:
        return Progress()
    return Progress((metric.current - baseline) / (target - baseline))


def _without_baseline(metric: Metric, target: float, direction: Direction) -> Progress:
    """Only a target: an increase counts as reach does; otherwise there is nothing but "already there"."""
    if metric.current_is_change:
        return Progress(codes=(NO_BASELINE,))
    if direction == "above" and (target > 0 or _falls(metric)):
        found = _reach_without_baseline(metric, target)
        return Progress(found.value, found.held, found.assumed, (NO_BASELINE,))
    there = metric.current is not None and _holds(metric, metric.current, target, direction)
    return Progress(1.0 if there else None, codes=(NO_BASELINE,))


def _reach(metric: Metric) -> Progress:
    target, baseline = metric.target, metric.baseline
    if target is None:
        return _moves(metric) if metric.change is not None else Progress()
    if baseline is None:
        return _reach_without_baseline(metric, target)
    if _falls(metric) and at_most(baseline, target) and not same(baseline, target):
        return _hold(metric, target, "below")
    if _rises(metric) and at_least(baseline, target) and not same(baseline, target):
        return _hold(metric, target, "above")
    return _from_to(baseline, target, metric, "below" if _falls(metric) else "above")


def _reach_without_baseline(metric: Metric, target: float) -> Progress:
    """A ceiling (or, at or below 0, a floor that the text names) is to be held; else it is counted from 0."""
    if _falls(metric) or target <= 0:
        return _hold(metric, target, "above" if _rises(metric) else "below")
    value = None if metric.current is None else metric.current / target
    codes = (NO_BASELINE,) if metric.unit in LEVEL_UNITS else ()
    return Progress(value, assumed=("baseline 0",), codes=codes)


def _falls(metric: Metric) -> bool:
    return metric.comparator in ("<=", "<")


def _rises(metric: Metric) -> bool:
    return metric.comparator in (">=", ">")


def _maintain(metric: Metric) -> Progress:
    if metric.target is None:
        return Progress(held=True)
    return _hold(metric, metric.target, "above" if metric.kind is Kind.MAINTAIN_ABOVE else "below")


def _hold(metric: Metric, threshold: float, direction: Direction) -> Progress:
    if metric.current is None:
        return Progress(held=True)
    return Progress(1.0 if _holds(metric, metric.current, threshold, direction) else 0.0, held=True)


def _holds(metric: Metric, current: float, threshold: float, direction: Direction) -> bool:
    """Met; equal is met unless the text says strictly more or strictly less."""
    if direction == "above":
        return at_least(current, threshold, strictly=metric.comparator == ">")
    return at_most(current, threshold, strictly=metric.comparator == "<")


def _between(metric: Metric) -> Progress:
    if metric.target is None or metric.upper is None or metric.current is None:
        return Progress(held=True)
    lower, upper = sorted((metric.target, metric.upper))
    inside = at_least(metric.current, lower) and at_most(metric.current, upper)
    return Progress(1.0 if inside else 0.0, held=True)


def _milestone(metric: Metric) -> Progress:
    return Progress(metric.current)


def _qualitative(_metric: Metric) -> Progress:
    return Progress(codes=(UNMEASURABLE,))


_RULES: Mapping[Kind, Callable[[Metric], Progress]] = MappingProxyType(
    {
        Kind.INCREASE: _moves,
        Kind.DECREASE: _moves,
        Kind.REACH: _reach,
        Kind.MAINTAIN_ABOVE: _maintain,
        Kind.MAINTAIN_BELOW: _maintain,
        Kind.BETWEEN: _between,
        Kind.MILESTONE: _milestone,
        Kind.QUALITATIVE: _qualitative,
    }
)
