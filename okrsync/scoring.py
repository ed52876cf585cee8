"""Progress, score, status and roll-up (pure): docs/scoring.md is the table, every row of it a named test."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from okrsync.alignment import Alignment
from okrsync.config import Scoring
from okrsync.model import Key, OkrSet, Thresholds


class Status(enum.StrEnum):
    """Where a key result or objective stands on a day; exactly one always."""

    ACHIEVED = "achieved"
    MISSED = "missed"
    NOT_STARTED = "not started"
    NO_DATA = "no data"
    OFF_TRACK = "off track"
    AT_RISK = "at risk"
    STALE = "stale"
    ON_TRACK = "on track"


@dataclass(frozen=True, slots=True)
class KeyResultScore:
    """`progress` is unclamped (1 = target), `score` clamped, both None without data; `expected` is the share due today.

    `assumed` says in short words what was taken for granted ("baseline 0"). `counted` is what enters the roll-up, None
    when the key result is left out of it. `codes` are catalogue codes the rules raised (KR002, KR005, …).
    """

    progress: float | None
    score: float | None
    status: Status
    expected: float | None
    assumed: tuple[str, ...] = ()
    counted: float | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """The rolled-up score, None when there is nothing to roll up; `derived`: from contributing objectives."""

    score: float | None
    status: Status
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of everything read, by key. `problems` are weight and date faults: (key, field, message)."""

    key_results: Mapping[Key, KeyResultScore] = field(default_factory=dict)
    objectives: Mapping[Key, ObjectiveScore] = field(default_factory=dict)
    problems: tuple[tuple[Key, str, str], ...] = ()


def score(okrs: OkrSet, alignment: Alignment, today: date, options: Scoring, thresholds: Thresholds) -> Scores:
    """Scores every key result and objective against its own cycle as of `today`."""
    raise NotImplementedError
