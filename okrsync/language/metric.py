"""What a key-result sentence states: the metric with its numbers, and the pieces of text each was taken from."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from okrsync.kinds import Change, Comparator, Kind

Certainty = Literal["sure", "assumed", "ambiguous"]


class Span(Struct, frozen=True, order=True):
    """A piece of the sentence as it was given, from `start` up to `end`, and which part was taken from it.

    `part` is baseline, target, change, deadline, qualifier or secondary.
    """

    start: int
    end: int
    part: str


class Condition(Struct, frozen=True):
    """A further measurable condition beside the metric itself."""

    kind: Kind
    baseline: float | None = None
    target: float | None = None
    change: Change | None = None
    unit: str | None = None
    comparator: Comparator | None = None


class StatedMetric(Struct, frozen=True):
    """The reading of one key-result sentence. Percentages are on the 0–100 scale with unit `%`.

    `deadline` and `qualifiers` are as written. `certainty`: "ambiguous" where careful people may read the sentence
    differently, "assumed" where something was taken for granted; `reason` says why. `language`: that it was read in.
    """

    kind: Kind
    baseline: float | None = None
    target: float | None = None
    change: Change | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    deadline: str | None = None
    qualifiers: tuple[str, ...] = ()
    secondary: tuple[Condition, ...] = ()
    spans: tuple[Span, ...] = ()
    certainty: Certainty = "sure"
    reason: str | None = None
    language: str = "en"
