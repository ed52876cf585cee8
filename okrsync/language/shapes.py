"""The reading of a sentence's shape, remembered: large tables say the same of many things with other numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from okrsync.language.metric import StatedMetric
from okrsync.language.sentences import read_metric

_DIGITS = re.compile(r"[0-9]+")
_SMALL = 31
"""Up to here a number may be a day, a month, a mark on a scale: what it is hangs on its value."""
_YEARS = range(1900, 2101)
_REMEMBERED = 4_096
_LONGEST = 300


def shape_of(text: str, lang: str | None = None) -> StatedMetric:
    """What a sentence with these words and numbers of these lengths states; its own numbers are not in it.

    It has a target, a change and a comparator where the sentence has, and its kind but for the direction that the
    numbers decide. Who wants the reading calls `read_metric`.
    """
    return read_metric(text, lang) if len(text) > _LONGEST else _read(_DIGITS.sub(_masked, text), lang)


@lru_cache(_REMEMBERED)
def _read(shape: str, lang: str | None) -> StatedMetric:
    return read_metric(shape, lang)


def _masked(digits: re.Match[str]) -> str:
    written = digits[0]
    if len(written) > 9 or int(written) <= _SMALL or int(written) in _YEARS or int(written) % 100 == 0:
        return written
    return "7" * len(written)
