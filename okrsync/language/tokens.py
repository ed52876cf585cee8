"""A sentence in plain form → its tokens: numbers, cues, other words and marks, from left to right, in one pass."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from okrsync.language.cues import JOINED, LETTERS, NO_CUE, Cue, Cues
from okrsync.language.plainform import Plain
from okrsync.values.numerals import Numeral, numeral_at
from okrsync.values.wordnumbers import HAN_NUMERALS, han_at, han_share_at

WORD, NUMBER, MARK = "word", "number", "mark"
_WORDS, _DIGITS, _JOINED = 1, 2, 3
"""The groups of the pattern of a piece."""
_PART = frozenset("分분")
_SHARE = Cue(share=1.0)


class Token(Struct, gc=False):
    """A piece of a sentence in plain form. A number has its `numeral`, or its `value` where it is spelt out."""

    start: int
    end: int
    kind: str
    cue: Cue = NO_CUE
    numeral: Numeral | None = None
    value: float = 0.0

    @property
    def is_spelt(self) -> bool:
        """Whether it is a number in words."""
        return self.kind == NUMBER and self.numeral is None


@cache
def _next() -> re.Pattern[str]:
    """White space and the piece behind it."""
    return re.compile(
        rf"[^\S\n\r]*+(?:({LETTERS})"
        r"|([0-9]|(?<![^\s(<>=≤≥+$€£-])[.](?=[0-9]))"
        rf"|([{JOINED}])|(.))",
        re.DOTALL,
    )


def tokens_of(plain: Plain, cues: Cues) -> list[Token]:
    """Every token behind the list mark but white space. Linear: each place is looked at once."""
    text, low = plain.text, plain.low
    tokens: list[Token] = []
    place = plain.start
    piece = _next().match
    while (found := piece(text, place)) is not None:
        kind = found.lastindex or 0
        start, end = found.span(kind)
        if kind == _WORDS:
            token = _word(text, low, start, end, cues)
        elif kind == _DIGITS:
            token = _digits(text, start)
        else:
            token = _sign(text, low, start, kind == _JOINED, cues)
        tokens.append(token)
        place = token.end
    return tokens


def _word(text: str, low: str, start: int, end: int, cues: Cues) -> Token:
    cue, stop = cues.at_word(text, low, start, end)
    if cue is not None:
        return _spelt_or(WORD, start, stop, cue)
    elided = text.find("'", start, start + 3)
    if 0 < elided < end - 1:  # "d'au moins", "l'an"
        return Token(start, elided, WORD, cues.at_word(text, low, start, elided)[0] or NO_CUE)
    value = cues.spelt(low[start:end])
    return Token(start, end, WORD) if value is None else Token(start, end, NUMBER, NO_CUE, None, value)


def _spelt_or(kind: str, start: int, stop: int, cue: Cue) -> Token:
    """A number where the cue is one, else a token of this kind."""
    value = cue.number if cue.number is not None else cue.share
    return Token(start, stop, kind, cue) if value is None else Token(start, stop, NUMBER, cue, None, value)


def _digits(text: str, start: int) -> Token:
    share = han_share_at(text, start) if not _PART.isdisjoint(text[start + 1 : start + 6]) else None
    if share is not None:
        return Token(start, share[1], NUMBER, _SHARE, None, share[0])
    numeral = numeral_at(text, start)
    if numeral is None:
        return Token(start, start + 1, MARK)
    return Token(start, numeral.end, NUMBER, NO_CUE, numeral)


def _sign(text: str, low: str, start: int, joined: bool, cues: Cues) -> Token:
    found = cues.at_sign(text, low, start)
    if joined and text[start] in HAN_NUMERALS and (found is None or found[1] == start + 1):
        number = han_share_at(text, start)
        if number is not None:
            return Token(start, number[1], NUMBER, _SHARE, None, number[0])
        number = han_at(text, start)
        if number is not None:
            return Token(start, number[1], NUMBER, found[0] if found else NO_CUE, None, number[0])
    if found is None:
        return Token(start, start + 1, WORD if joined else MARK)
    cue, stop = found
    return _spelt_or(WORD if joined else MARK, start, stop, cue)
