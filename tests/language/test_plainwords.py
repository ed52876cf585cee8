"""A stated metric in plain words, from the numbers alone."""

from __future__ import annotations

import pytest

from okrsync.kinds import Change, Kind
from okrsync.language import Condition
from okrsync.language.plainwords import number, plain_words


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        (Condition(Kind.DECREASE, 45, 30, unit="day"), "decrease from 45 days to 30 days"),
        (Condition(Kind.INCREASE, 1, 2, unit="day"), "increase from 1 day to 2 days"),
        (Condition(Kind.INCREASE, target=2_000_000, unit="USD"), "increase to 2,000,000 USD"),
        (Condition(Kind.INCREASE, target=1, unit="pp", comparator=">="), "increase to at least 1 percentage point"),
        (Condition(Kind.INCREASE, change=Change("relative", 15), unit="%"), "increase by 15 %"),
        (Condition(Kind.DECREASE, change=Change("relative", -50), unit="%"), "decrease by 50 %"),
        (Condition(Kind.DECREASE, change=Change("absolute", -2), unit="pp"), "decrease by 2 percentage points"),
        (Condition(Kind.INCREASE, change=Change("multiple", 3), unit="x"), "increase to 3 times what it is"),
        (Condition(Kind.INCREASE, target=50, change=Change("relative", 5)), "increase to 50 (by 5 %)"),
        (Condition(Kind.REACH, target=3, unit="count", comparator=">="), "reach at least 3"),
        (Condition(Kind.REACH, target=24, unit="hour", comparator="<="), "reach at most 24 hours"),
        (Condition(Kind.REACH, 2, 4, unit="x"), "reach from 2x to 4x"),
        (Condition(Kind.MAINTAIN_BELOW, target=2, unit="%", comparator="<"), "keep below 2 %"),
        (Condition(Kind.MAINTAIN_BELOW, target=2, unit="%"), "keep at or below 2 %"),
        (Condition(Kind.MAINTAIN_ABOVE, target=99.9, unit="%", comparator=">="), "keep at or above 99.9 %"),
        (Condition(Kind.MAINTAIN_ABOVE, target=4.5, unit="score", comparator=">"), "keep above 4.5"),
        (Condition(Kind.MAINTAIN_ABOVE), "keep up"),
        (Condition(Kind.BETWEEN, target=4, unit="%"), "keep within a range that starts at 4 %"),
        (Condition(Kind.MILESTONE), "done or not done (no number to measure)"),
        (Condition(Kind.QUALITATIVE), "a direction without a number"),
    ],
)
def test_a_metric_is_said_in_plain_words(metric: Condition, words: str) -> None:
    assert plain_words(metric) == words


@pytest.mark.parametrize(
    ("value", "shown"), [(0.1 + 0.2, "0.3"), (1_234_567.5, "1,234,567.5"), (2e15, "2e+15"), (float("inf"), "inf")]
)
def test_numbers_are_without_noise(value: float, shown: str) -> None:
    assert number(value) == shown
