"""A sentence with its tokens, and what is known of one amount in it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from okrsync.language.cues import Cues
from okrsync.language.plainform import Plain
from okrsync.language.tokens import Token, tokens_of

TIMES = frozenset(("ms", "second", "minute", "hour", "day", "week", "month", "quarter", "year"))
SECONDS = {"ms": 0.001, "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0}
BYTES = {"KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15}
SCALES = frozenset((3.0, 4.0, 5.0, 6.0, 7.0, 10.0, 100.0))
"""The highest marks of ratings."""


class Amount(Struct):
    """One number with what belongs to it. `first` and `last` are its tokens, `at` the number itself.

    `why_not`: why it is not the metric (a name, a date, a window …). `scale` is the 5 of "4.5/5", `whole` the 7 of
    "3 of 7", `upper` the end of a range. `role` is what its neighbours make of it.
    """

    first: int
    last: int
    at: int
    value: float
    unit: str | None = None
    comparator: str | None = None
    factor: float = 1.0
    scale: float | None = None
    whole: float | None = None
    upper: float | None = None
    signed: bool = False
    plus: bool = False
    attributive: bool = False
    counted: bool = False
    per: bool = False
    within: bool = False
    times: bool = False
    why_not: str = ""
    role: str = ""
    verb: str = ""


class Lexed(Struct, frozen=True):
    """A sentence with its tokens and the words it is read with."""

    plain: Plain
    tokens: list[Token]
    cues: Cues

    def text(self, first: int, last: int) -> str:
        """What stands from one token to another, in plain form."""
        return self.plain.text[self.tokens[first].start : self.tokens[last].end]

    def glued(self, left: int, right: int) -> bool:
        """Whether nothing stands between two neighbouring tokens."""
        return self.tokens[left].end == self.tokens[right].start


def lexed_of(plain: Plain, words: Cues) -> Lexed:
    """A sentence in the words of a language; letters that it writes in two ways are looked up in one."""
    if words.fold and not plain.text.isascii():
        plain = replace(plain, low=plain.low.translate(words.fold))
    tokens = tokens_of(plain, words)
    is_day = words.ordinal_dot and plain.start and tokens and tokens[0].cue.date == "month"
    if is_day and plain.text[: plain.start].rstrip().endswith("."):
        plain = replace(plain, start=0)  # "30. Juni: 5 Läden" begins with a day, and no list mark
        tokens = tokens_of(plain, words)
    return Lexed(plain, tokens, words)
