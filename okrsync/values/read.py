"""What one cell holds: a quantity, a unit, a day, yes or no, a level; and in which locale a column is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from okrsync.cells import CellValue
from okrsync.values.days import day_in
from okrsync.values.locales import fold, lexicon, split_locale
from okrsync.values.numberformats import number_in
from okrsync.values.numerals import find_numerals, plain
from okrsync.values.quantities import MAX_LENGTH, Quantity, quantity_in

if TYPE_CHECKING:
    from okrsync.model import Cycle

LARGEST = 1e300
MAX_ANSWER = 40
"""Longer texts are no answer and no level."""

Answer = TypeVar("Answer")
_SIGN = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
"""Ticks, crosses, boxes and emoji."""

_COMMA_LOCALE, _SPACE_LOCALE, _POINT_LOCALE = "de", "fr", "en"


def read_quantity(value: CellValue, *, number_format: str = "General", locale: str | None = None) -> Quantity | None:
    """The quantity in a cell; None when it holds none (blank, or words without a number that can be made out).

    A duration cell counts hours.
    """
    if type(value) is float and number_format == "General" and -LARGEST <= value <= LARGEST:
        return Quantity(value)  # most cells: kept short
    if isinstance(value, float | int) and not isinstance(value, bool):
        if not -LARGEST <= value <= LARGEST:  # nor is "not a number" a number
            return None
        return Quantity(float(value)) if number_format == "General" else number_in(value, number_format, locale)
    if isinstance(value, str):
        return quantity_in(value, locale)
    if isinstance(value, timedelta):
        return Quantity(round(value.total_seconds() / 3600, 9), "hour")
    return None


def guess_locale(texts: Iterable[str]) -> str | None:
    """The locale whose separators a column's texts use, None: unsure.

    It stands for how numbers are written and no more: "de" for "1,5" and "1.234,5", "fr" for "1 234,5", "en" for "1.5".
    """
    points: set[str] = set()
    spaced = False
    for text in texts:
        if len(text) > MAX_LENGTH or (quantity := quantity_in(text)) is None or not quantity.scale_sure:
            continue
        for numeral in find_numerals(plain(text)):
            if numeral.point is not None:
                points.add(numeral.point)
            spaced = spaced or numeral.groups == " "
    if len(points) != 1:
        return None
    if points == {"."}:
        return _POINT_LOCALE
    return _SPACE_LOCALE if spaced else _COMMA_LOCALE


def read_unit(text: str, *, locale: str | None = None) -> str:
    """A unit as typed in a unit column or header, canonical where it is known ("days" → "day"), else as it stands."""
    return _unit(text, locale) if len(text) <= MAX_ANSWER else text.strip()


@lru_cache(maxsize=1024)
def _unit(text: str, locale: str | None) -> str:
    bare = plain(text)
    word = lexicon(split_locale(locale)[0]).after.whole(bare)
    if word is not None and word.kind in ("unit", "currency"):
        return word.value
    return text.strip()


def read_yes_no(value: CellValue) -> bool | None:
    """True for done, yes, ✓, 是, 完成 …; False for open, no, ✗, 否 …; None for anything else."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or len(value) > MAX_LENGTH:
        return None
    return _looked_up(value, lexicon().answers)


def read_level_word(value: CellValue) -> float | None:
    """0.9 for high, 高, green, 🟢, 😀; 0.6 for medium, 中, amber, 🟡, 🤔; 0.3 for low, 低, red, 🔴, 😟; else None."""
    if not isinstance(value, str) or len(value) > MAX_LENGTH:
        return None
    return _looked_up(value, lexicon().levels)


def read_date(value: CellValue, *, locale: str | None = None, cycle: Cycle | None = None) -> date | None:
    """The day a cell names: a date cell, "2026-11-20", "20.11.2026", "Nov 20", "11月20日", "W52", "3/31"; None if none.

    A day without a year is the one inside the cycle; a week is its Friday; a month its last day.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return day_in(value, locale, cycle)
    return None


def _looked_up(text: str, known: Mapping[str, Answer]) -> Answer | None:
    """What a cell's word or sign stands for; a sign beside a word ("✅ Done") only where the two agree."""
    folded = fold(text)
    if len(folded) > MAX_ANSWER or folded in known or not _SIGN.search(folded):
        return known.get(folded)
    parts: list[str] = [*_SIGN.findall(folded), fold(_SIGN.sub(" ", folded))]
    found = {known.get(part) for part in parts if part}
    return found.pop() if len(found) == 1 else None
