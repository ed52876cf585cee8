"""Quarters, halves and months as other languages write them ("4. Quartal", 4분기, "Quý IV") → as English does."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from okrsync.values.locales import languages

_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PLAIN = frozenset({"q", "t", "quarter", "quarters", "季度", "季", "财季"})
"""Words for a quarter that cycles.py knows as they are."""
_NUMBER = r"(?P<number>[1-4一二三四](?!\d)|(?:IV|I{1,3})(?![A-Za-z]))"
_NUMBERS = {"一": "1", "二": "2", "三": "3", "四": "4", "I": "1", "II": "2", "III": "3", "IV": "4"}
_ORDINAL_MARK = (
    r"[\s.\-:]*(?:(?:er|re|e|ème|eme|º|ª|°|o|a|st|nd|rd|th|ste|de|й|ое|ci|cı|cü|uncu|üncü)(?![^\W\d_]))?[\s.\-]*"
)
_OF = r"(?:[\s,]+(?:de|del|do|di|des|of|năm|ปี|tahun|г|roku|van|av)\.?\s+(?=20\d\d))?"
_UNTIL = r"(?:\s*[-–—~/]\s*|\s+(?:a|à|al|bis|até|hasta|до|по|tot|t/m|till|til|do|to|đến|hingga|sampai|ile)\s+)"
_MARKS = str.maketrans({"년": "年", "월": "月", "일": "日"})


def in_english(text: str) -> str:
    """A text in which quarters, halves and months of other languages are called as in English: 4분기 is "Q4"."""
    patterns = _native()
    if patterns.any_word.search(text.casefold()) is None:
        return text
    text = text.translate(_MARKS)
    for letter, each in (("Q", patterns.quarters), ("H", patterns.halves)):
        for pattern in each:
            text = pattern.sub(lambda found, letter=letter: f" {letter}{_said(found)} ", text)  # type: ignore[misc]
    text = patterns.between.sub(
        lambda found: f"{_month_in(patterns, found['first'])} - {_month_in(patterns, found['last'])} ", text
    )
    return patterns.months.sub(lambda found: f"{_month_in(patterns, found['name'])} ", text)


class _Native(Struct, frozen=True):
    """How other languages write periods. `any_word`: what a text must have to be looked at at all."""

    any_word: re.Pattern[str]
    quarters: tuple[re.Pattern[str], ...]
    halves: tuple[re.Pattern[str], ...]
    months: re.Pattern[str]
    between: re.Pattern[str]
    month_of: dict[str, int]


def _month_in(patterns: _Native, name: str) -> str:
    return _ENGLISH_MONTHS[patterns.month_of[name.casefold()] - 1]


def _said(found: re.Match[str]) -> str:
    groups = found.groupdict()
    number = (groups.get("number") or "").upper()
    if number:
        return _NUMBERS.get(number, number)
    return next(str(i) for i in range(1, 5) if groups.get(f"nth{i}") is not None)


@cache
def _native() -> _Native:
    every = [raw.get("dates", {}) for name, raw in languages().items() if name != "en"]

    def words(kind: str) -> list[str]:
        found = {word.casefold().removeprefix("=") for dates in every for word in dates.get(kind, ())} - _PLAIN
        return sorted((word for word in found if len(word) > 1), key=len, reverse=True)

    ordinals = [
        "|".join(
            re.escape(word) for dates in every for word in dates.get("ordinals", [[]] * 4)[n : n + 1] for word in word
        )
        for n in range(4)
    ]
    nth = "|".join(rf"(?P<nth{n}>(?:{each})(?:[^\W\d_]{{0,2}}))" for n, each in enumerate(ordinals, 1) if each)
    month_of = {
        word.casefold().rstrip("."): n
        for dates in every
        for n, names in enumerate(dates.get("months", ()), 1)
        for word in names
        if len(word.rstrip(".")) > 2
    }
    names = "|".join(re.escape(word) for word in sorted(month_of, key=len, reverse=True))
    quarters, halves = words("quarter"), words("half")
    fixed = tuple(
        re.compile("|".join(map(re.escape, words(kind))).join(("(?:", ")" + f"(?P<nth{n}>)")), re.IGNORECASE)
        for n, kind in enumerate(("half_one", "half_two"), 1)
        if words(kind)
    )
    return _Native(
        re.compile(
            "|".join(map(re.escape, [*quarters, *halves, *words("half_one"), *words("half_two"), "월", "년"]))
            + "|"
            + names
        ),
        _numbered(quarters, nth),
        (*_numbered(halves, nth), *fixed),
        re.compile(
            rf"(?<![^\W\d_])(?P<name>{names})(?![^\W\d_])\.?(?:\s+(?:de|del|do|di)\s+|[\s,/\-]*)(?=20\d\d|$)",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<![^\W\d_])(?P<first>{names})(?![^\W\d_])\.?{_UNTIL}(?P<last>{names})(?![^\W\d_])\.?(?:\s+(?:de|del|do|di)\s+)?",
            re.IGNORECASE,
        ),
        month_of,
    )


def _numbered(words: list[str], nth: str) -> tuple[re.Pattern[str], ...]:
    """A word with its number before or behind it: "4. Quartal", "четвертый квартал", "Quý 4"."""
    every = "|".join(map(re.escape, words))
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"(?<![A-Za-z0-9])第?\s?{_NUMBER}{_ORDINAL_MARK}(?:{every})(?![^\W\d_]){_OF}",
            rf"(?<![^\W_])(?:{nth})\s+(?:{every})(?![^\W\d_]){_OF}",
            rf"(?<![^\W\d_])(?:{every})\s+(?:{nth})(?![^\W\d_]){_OF}",
            rf"(?<![^\W\d_])(?:{every})[\s.]*(?:n[°º]\s?)?{_NUMBER}(?![^\W_]){_OF}",
        )
    )
