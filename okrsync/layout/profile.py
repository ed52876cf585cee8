"""What the cells below a header look like: numbers, dates, statements, codes, words of a type column …"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from msgspec import Struct

from okrsync.cells import CellError, CellValue, Uncached
from okrsync.layout.folding import fold
from okrsync.layout.vocabulary import lexicon

_EXACTLY = 1e-6
_NUMBER = re.compile(
    r"[≥≤<>=~≈±+\-−–→\s]*(?:[$€£¥￥₹]|R\$|US\$)?\s*[+\-−]?\d[\d.,'\s]*"
    r"(?:%|[^\W\d]{1,8}|/\s*\d+[\d.]*|of \d+|[-–→~至到/]+\s*\d[\d.,]*%?)?\s*"
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{0,2}日?)?(?:[T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|W\d{1,2}"
    rf"|\d{{1,2}}月\d{{1,2}}日|(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTHS})[a-z]*\.?,?"
    r"(?: \d{1,2}(?:st|nd|rd|th)?)?,?(?: \d{4})?",
    re.IGNORECASE,
)
_DAY_OR_SHARE = re.compile(r"\d{1,2}/\d{1,2}")  # 3/31 and 4/15: the header decides
_OUTLINE = re.compile(r"\d+(?:\.\d+)*\.?")
_CODE = re.compile(
    r"[A-Za-z]{0,10}[-_ .#]?\d{1,8}(?:[.\-_]?[A-Za-z]{0,3}\d{1,6}){0,3}\.?|[A-Za-z]{1,8}[-_][A-Za-z]{0,3}\d{1,6}"
)
LONGEST_CODE = 20
SAMPLE = 80
"""How many filled cells tell what a column holds."""
_CYCLE = re.compile(r"(?i)(?:fy ?\d{2,4}|20\d\d|q[1-4]|h[12]|第?[一二三四1-4]季度?|[上下]半年)")
_YES_NO = frozenset(["yes", "no", "y", "n", "true", "false", "是", "否", "有", "无", "done", "✓", "✗", "√", "×", "x"])


class Profile(Struct, frozen=True):
    """Shares (0–1) of the filled cells of a column that look like something; `length` is their mean text length."""

    filled: int = 0
    texts: float = 0
    numbers: float = 0
    dates: float = 0
    yes_no: float = 0
    outline: float = 0
    codes: float = 0
    cycles: float = 0
    types: float = 0
    kinds: float = 0
    levels: float = 0
    commitments: float = 0
    distinct: float = 0
    length: float = 0

    @property
    def statements(self) -> bool:
        """Whether these can be sentences of people: texts, and neither numbers, dates nor yes and no."""
        plain = self.numbers + self.dates < 0.5 and self.yes_no < 0.5
        return self.filled > 0 and self.texts >= 0.6 and plain and self.length >= 1


def profile(values: Iterable[CellValue]) -> Profile:
    """The profile of a column's first cells, blanks left out."""
    counts = dict.fromkeys(
        [
            "texts",
            "numbers",
            "dates",
            "yes_no",
            "outline",
            "codes",
            "cycles",
            "types",
            "kinds",
            "levels",
            "commitments",
        ],
        0,
    )
    filled = length = 0
    seen: set[CellValue] = set()
    for value in values:
        if value is None or isinstance(value, Uncached | CellError):
            continue
        if filled == SAMPLE:
            break
        filled += 1
        seen.add(value)
        for name in _looks(value):
            counts[name] += 1
        length += len(value) if isinstance(value, str) else 0
    if not filled:
        return Profile()
    shares = {name: count / filled for name, count in counts.items()}
    texts = counts["texts"]
    return Profile(filled=filled, distinct=len(seen) / filled, length=length / texts if texts else 0, **shares)


def _looks(value: CellValue) -> list[str]:
    """The names of what one value looks like; several may hold."""
    if isinstance(value, bool):
        return ["yes_no"]
    if isinstance(value, float | int):
        counts = 0 < value < 100 and abs(round(value * 100) - value * 100) < _EXACTLY
        return ["numbers", "outline"] if counts else ["numbers"]
    if isinstance(value, date | datetime | timedelta):
        return ["dates"]
    return ["texts", *_text_looks(value.strip())] if isinstance(value, str) else []


def is_day(text: str) -> bool:
    """Whether a text is a day or a month, whichever way it is written."""
    return any(pattern.fullmatch(text.strip()) is not None for pattern in (_DATE, _DAY_OR_SHARE))


@lru_cache(maxsize=5_000)
def _text_looks(text: str) -> tuple[str, ...]:
    found: list[str] = []
    if len(text) > 60:
        return ()
    if _OUTLINE.fullmatch(text):
        found.append("outline")
    if len(text) <= LONGEST_CODE and _CODE.fullmatch(text):
        found.append("codes")
    if _DATE.fullmatch(text):
        found.append("dates")
    elif _DAY_OR_SHARE.fullmatch(text):
        found += ["dates", "numbers"]
    elif _NUMBER.fullmatch(text):
        found.append("numbers")
    folded = fold(text)
    if folded in _YES_NO or text in _YES_NO:
        found.append("yes_no")
    if _CYCLE.search(text):
        found.append("cycles")
    words = lexicon()
    kind = words.types.get(folded)
    if kind is not None:
        found.append("kinds" if kind in ("objective", "key_result", "initiative") else "commitments")
    if folded in words.levels:
        found.append("levels")
    return tuple(found)
