"""Where a key result or objective stands on a day: the pace that is due, and the first rule that matches (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct

from okrsync.model import Commitment, Cycle, KeyResult, Kind, Status, Thresholds
from okrsync.scoring.progress import Progress
from okrsync.scoring.rounding import TOLERANCE

WORST_FIRST = (
    Status.MISSED,
    Status.OFF_TRACK,
    Status.NO_DATA,
    Status.AT_RISK,
    Status.STALE,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.ACHIEVED,
)
"""The order in which an objective takes the status of its key results."""

_RANK = {status: rank for rank, status in enumerate(WORST_FIRST)}

# Found once: through its class, a member of an enumeration is found as slowly as a function is called.
_QUALITATIVE, _ASPIRATIONAL = Kind.QUALITATIVE, Commitment.ASPIRATIONAL


class Span(Struct, frozen=True):
    """The days a key result runs: its own where it has them, else its cycle's."""

    start: date
    due: date


@lru_cache(maxsize=1_000)  # of thousands of key results, most run on the same few days
def elapsed(days: Span, today: date) -> float:
    """The share that has passed, 0 to 1; where it has no length, nothing before its last day, then all."""
    if days.due <= days.start:
        return 0.0 if today < days.due else 1.0
    return min(max((today - days.start) / (days.due - days.start), 0.0), 1.0)


def span(key_result: KeyResult, cycle: Cycle) -> Span:
    """The days a key result runs."""
    return Span(key_result.start or cycle.start, key_result.due or cycle.end)


def expected(key_result: KeyResult, found: Progress, days: Span, today: date, thresholds: Thresholds) -> float | None:
    """The share due today; None for what has no pace: levels to be held, yes/no milestones, what is not measurable."""
    if found.held or key_result.metric.kind is _QUALITATIVE or is_yes_no(key_result):
        return None
    if key_result.waypoints:
        return planned(key_result.waypoints, days.start, today)
    passed = elapsed(days, today)
    return passed * thresholds.aspirational_pace if _aspirational(key_result) else passed


def planned(waypoints: Sequence[tuple[date, float]], start: date, today: date) -> float:
    """What the sheet plans for today: in straight lines from 0 at the start through its dated values."""
    before, value = start, 0.0
    for day, plan in sorted(waypoints):
        if day > today:
            passed = (today - before) / (day - before) if before < today else 0.0
            return value + (plan - value) * passed
        before, value = day, plan
    return value


def is_yes_no(key_result: KeyResult) -> bool:
    """A milestone that is done or open, nothing between."""
    return key_result.metric.yes_no and key_result.metric.kind is Kind.MILESTONE


def status(
    key_result: KeyResult, found: Progress, due_share: float | None, days: Span, today: date, thresholds: Thresholds
) -> Status:
    """The first rule of docs/scoring.md that matches. `due_share` is the share due today, None without a pace."""
    value, over = found.value, today > days.due
    if value is not None and _achieved(key_result, found, value, over, thresholds):
        return Status.ACHIEVED
    if over:
        return Status.MISSED
    no_value = key_result.metric.current is None
    if today < days.start or (no_value and (today - days.start).days <= thresholds.grace_days):
        return Status.NOT_STARTED
    if value is None or no_value:
        return Status.NO_DATA
    if found.held:
        return _stale_or_on_track(key_result, today, thresholds) if value >= 1 else Status.OFF_TRACK
    gap = 0.0 if due_share is None else due_share - value
    if gap > thresholds.off_track_gap + TOLERANCE:
        return Status.OFF_TRACK
    ending = is_yes_no(key_result) and (days.due - today).days <= thresholds.milestone_days
    if gap > thresholds.at_risk_gap + TOLERANCE or ending:
        return Status.AT_RISK
    return _stale_or_on_track(key_result, today, thresholds)


def _achieved(key_result: KeyResult, found: Progress, value: float, over: bool, thresholds: Thresholds) -> bool:
    if value >= 1 - TOLERANCE:
        return over or not found.held
    return over and not found.held and _aspirational(key_result) and value >= thresholds.aspirational_pace - TOLERANCE


def _stale_or_on_track(key_result: KeyResult, today: date, thresholds: Thresholds) -> Status:
    return Status.STALE if is_stale(key_result, today, thresholds) else Status.ON_TRACK


def is_stale(key_result: KeyResult, today: date, thresholds: Thresholds) -> bool:
    """Whether the last check-in is too long ago, where the sheet says when it was."""
    updated = key_result.updated
    return updated is not None and (today - updated).days > thresholds.stale_days


def _aspirational(key_result: KeyResult) -> bool:
    return key_result.commitment is _ASPIRATIONAL


def worst(statuses: Collection[Status]) -> Status:
    """The status that stands for several; no data for none."""
    return min(statuses, key=_RANK.__getitem__, default=Status.NO_DATA)
