"""Whether a sentence may name a day or period at all: a cheap look that spares most sentences the reading."""

from __future__ import annotations

import re
from functools import cache

from okrsync.language.cues import calendar_words

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 2_000
_SHORTEST = 3
_WRITTEN = re.compile(
    r"[0-9][./-][0-9]|(?<![A-Za-z])[QHTqht][1-4](?![0-9A-Za-z])|[1-4][QTqt](?![A-Za-z])|FY|[KC]W|20[0-9]{2}"
)
_JOINED = frozenset("年月日号號季周週旬底末期年월일말분주달연해까반")
"""What a day in Chinese, Japanese or Korean can hardly do without."""


def may_name_day(text: str) -> bool:
    """False only where no day can be: no month, no period of time, no digits that look like a day."""
    text = text[:_LONGEST]
    if _WRITTEN.search(text) is not None:
        return True
    if not text.isascii() and not _JOINED.isdisjoint(text):
        return True
    return not _words().isdisjoint(_apart(text))


@cache
def _words() -> frozenset[str]:
    """Every word of months, periods and times in every language."""
    every = (word for phrase in calendar_words() for word in _apart(phrase))
    return frozenset(word for word in every if len(word) >= _SHORTEST)


def _apart(text: str) -> list[str]:
    return _WORD.findall(text.lower())
