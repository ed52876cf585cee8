"""What sorts of metric there are, and what goes with a number: comparators and changes. Light: known to everyone."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Literal

Comparator = Literal[">=", "<=", ">", "<"]
Mode = Literal["relative", "absolute", "multiple"]


class Kind(enum.StrEnum):
    """What sort of metric a key result has; each has its own rule of progress (docs/scoring.md)."""

    INCREASE = "increase"
    DECREASE = "decrease"
    REACH = "reach"
    MAINTAIN_ABOVE = "maintain_above"
    MAINTAIN_BELOW = "maintain_below"
    BETWEEN = "between"
    MILESTONE = "milestone"
    QUALITATIVE = "qualitative"


@dataclass(frozen=True, slots=True)
class Change:
    """A wanted change without an end value: relative in percent, absolute in the unit, multiple as a factor; signed.

    A dataclass, because pydantic checks those within its models, and sentences are read without pydantic.
    """

    mode: Mode
    value: float
