"""By when: the days and periods that a sentence names, so that their numbers are not taken for the metric."""

from __future__ import annotations

from msgspec import Struct

from okrsync.language.amounts import Amount, Lexed
from okrsync.language.cues import NO_CUE
from okrsync.language.tokens import MARK, NUMBER, WORD, Token

_CORES = frozenset(("month", "year_end", "quarter_end", "half_one", "half_two"))
_COUNTED = frozenset(("quarter", "half", "week", "fiscal"))
_BEFORE = frozenset(("fiscal", "end", "ordinal", "year_mark", "quarter", "half"))
_MARKED = frozenset(("month_mark", "year_mark"))
_YEARS = range(2010, 2046)
_NUMBERED = frozenset((1, 2, 3, 4, *_YEARS, *range(20, 46)))
"""What follows a Q, an H or an FY: quarters, halves, years with four digits and with two."""


class Deadline(Struct, frozen=True):
    """Tokens `first` to `last` name a day or period; `due`: the sentence says that it is by when."""

    first: int
    last: int
    due: bool


def deadlines_of(lexed: Lexed) -> list[Deadline]:
    """Every day or period named, from left to right, with the words before and after that say by when."""
    found: list[Deadline] = []
    tokens = lexed.tokens
    at = 0
    while at < len(tokens):
        core = _core(lexed, at) if tokens[at].kind == NUMBER or tokens[at].cue is not NO_CUE else None
        if core is None:
            at += 1
            continue
        floor = found[-1].last + 1 if found else 0
        deadline = _widened(lexed, *core, floor)
        found.append(deadline)
        at = deadline.last + 1
    return found


def _core(lexed: Lexed, at: int) -> tuple[int, int] | None:
    """First and last token of a day or period that begins here."""
    tokens = lexed.tokens
    token = tokens[at]
    cue = token.cue
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if "date" in cue.marks:
        return at, at
    if token.kind == NUMBER:
        return _numbered(lexed, at, following)
    if cue.date in ("year_end", "quarter_end", "half_one", "half_two"):
        return at, at
    if cue.date == "month":
        return (at, at) if _is_month(lexed, at, following) else None
    if (
        cue.date in ("quarter", "half", "fiscal")
        and following is not None
        and following.kind == NUMBER
        and following.numeral is not None
        and following.start - token.end <= 1
        and _whole(following) in _NUMBERED
    ):
        return at, at + 1
    if (
        cue.date == "week"
        and following is not None
        and following.kind == NUMBER
        and following.start == token.end
        and token.end - token.start <= 2
    ):
        return at, at + 1
    if cue.date == "ordinal" and following is not None and following.cue.date in ("quarter", "half"):
        return at, at + 1
    return None


def _whole(token: Token) -> float:
    if token.numeral is None:
        return token.value
    return token.numeral.readings[0] if token.numeral.readings else -1.0


def _is_month(lexed: Lexed, at: int, following: Token | None) -> bool:
    """May is a month beside a preposition, a day or a year, and with a capital."""
    before = lexed.tokens[at - 1] if at else None
    if lexed.tokens[at].end - lexed.tokens[at].start > 4:
        return True
    if before is not None and ("deadline" in before.cue.before or before.kind == NUMBER or before.cue.date):
        return True
    return following is not None and following.kind == NUMBER and _whole(following) in (*range(1, 32), *_YEARS)


def _numbered(lexed: Lexed, at: int, following: Token | None) -> tuple[int, int] | None:
    """2026年, 11月30日, 第3季度, 2026-06-30, 30. Juni, 3rd quarter"""
    tokens = lexed.tokens
    if following is None:
        return None
    value = _whole(tokens[at])
    mark = "month_mark" if "month_mark" in following.cue.marks else following.cue.date
    if (mark == "year_mark" and value in _YEARS) or (mark == "month_mark" and value in range(1, 13)):
        return at, at + 1
    if mark == "day_mark" and at and tokens[at - 1].cue.date == "month_mark":
        return at, at + 1
    before = tokens[at - 1] if at else None
    if (
        mark in ("quarter", "half")
        and value in (1, 2, 3, 4)
        and ((before is not None and "name" in before.cue.before) or following.start == tokens[at].end)
    ):
        return at, at + 1
    if mark == "month" and value in range(1, 32):
        return at, at + 1
    if (
        value in _YEARS
        and tokens[at].numeral is not None
        and lexed.text(at + 1, at + 1) in "-/."
        and at + 2 < len(tokens)
    ):
        last = at + 2
        while last + 2 < len(tokens) and lexed.text(last + 1, last + 1) in "-/." and tokens[last + 2].kind == NUMBER:
            last += 2
        return (at, last) if tokens[last].kind == NUMBER and lexed.glued(at, at + 1) else None
    return None


def _widened(lexed: Lexed, first: int, last: int, floor: int) -> Deadline:
    """A day with its year, its "end of" and the prepositions around it."""
    tokens = lexed.tokens
    while last + 1 < len(tokens) and (_belongs(lexed, last + 1) or _core(lexed, last + 1) is not None):
        more = _core(lexed, last + 1)
        last = more[1] if more else last + 1
    due = False
    while last + 1 < len(tokens) and "deadline" in tokens[last + 1].cue.after:
        last, due = last + 1, True
    while first - 1 >= floor and _leads(tokens[first - 1]):
        due = due or "deadline" in tokens[first - 1].cue.before
        first -= 1
    return Deadline(first, last, due or True)


def _belongs(lexed: Lexed, at: int) -> bool:
    """A year after a month, a day after a month, the end of it."""
    token = lexed.tokens[at]
    if token.cue.date in ("end", "day_mark", "suffixes"):
        return True
    if token.kind == NUMBER:
        value = _whole(token)
        return value in _YEARS or (
            lexed.tokens[at - 1].cue.date == "month" and value in range(1, 32) and not _has_unit(lexed, at + 1)
        )
    if token.kind == MARK and lexed.text(at, at) in ",.'/-" and at + 1 < len(lexed.tokens):
        beyond = lexed.tokens[at + 1]
        return beyond.kind == NUMBER and (
            _whole(beyond) in _YEARS or (lexed.text(at, at) in "'/-" and _whole(beyond) < 46)
        )
    return False


def _has_unit(lexed: Lexed, at: int) -> bool:
    if at >= len(lexed.tokens):
        return False
    cue = lexed.tokens[at].cue
    return bool(cue.unit or cue.counter or cue.factor)


def _leads(token: Token) -> bool:
    """Whether a word before a day goes with it: "by the end of", "bis Ende", 截至."""
    return token.kind == WORD and (
        "deadline" in token.cue.before or token.cue.date in ("end", "filler", "ordinal", "fiscal")
    )


def tell_days(deadlines: list[Deadline], amounts: list[Amount]) -> None:
    """Marks the amounts that stand in a day or period."""
    if not deadlines:
        return
    days = {at for deadline in deadlines for at in range(deadline.first, deadline.last + 1)}
    for amount in amounts:
        if amount.at in days:
            amount.why_not = "date"
