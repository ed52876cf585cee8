"""Days and periods in a sentence: where the tokens that name one begin and end, without the words around them."""

from __future__ import annotations

import re

from okrsync.language.cues import NO_CUE, Cue
from okrsync.language.lexed import Lexed
from okrsync.language.tokens import MARK, NUMBER, WORD, Token

ASIDE, BY, DURING, SINCE = "aside", "by", "during", "since"
_ENDS = frozenset(("year_end", "quarter_end", "half_one", "half_two"))
_PARTS = frozenset(("quarter", "half", "quarter_end"))
_PARTING = ("-", ".", "/")
"""What may stand between the numbers of a day."""
_PARTS_OF_YEAR = range(1, 5)
YEARS = range(2010, 2046)
_NUMBERED = frozenset((1, 2, 3, 4, *YEARS, *range(20, 46)))
"""What follows a Q, an H or an FY: quarters, halves, years with four digits and with two."""
PLACES = frozenset(("ends", "mid", "early"))
SPANS = frozenset(("day", "week", "month", "quarter", "year"))
"""Times that a plan is counted in."""
_DIGITS = re.compile(
    r"(?P<year>20[0-9]{2})(?P<mark>[-/.])(?P<m>[0-9]{1,2})(?:(?P=mark)(?P<d>[0-9]{1,2}))?(?![0-9])"
    r"|(?P<one>[0-9]{1,2})(?P<sep>[-/.])(?:(?P<two>[0-9]{1,2})(?:(?P=sep)(?P<late>20[0-9]{2}|[0-9]{2})|(?P<dot>\.))?"
    r"|(?P<far>20[0-9]{2}))(?![0-9%])"
)
LONG = 6
"""Letters from which on a word may be one with a hyphen that names a month: mid-May."""
_MONTHS, DAYS = range(1, 13), range(1, 32)


def core_at(lexed: Lexed, at: int) -> tuple[int, int] | None:
    """First and last token of a day or period that begins here."""
    token = lexed.tokens[at]
    cue = token.cue
    if token.kind != NUMBER:
        if cue is NO_CUE:
            hyphened = lexed.plain.low.find("-", token.start, token.end) > 0
            return (at, at) if hyphened and _ends_in_month(lexed, at) else None
        if not cue.date and "date" not in cue.marks:
            return (at, at) if cue.unit in SPANS and _is_ended(lexed, at) else None
    following = lexed.tokens[at + 1] if at + 1 < len(lexed.tokens) else None
    if cue.date == "month" and _is_month(lexed, at, following):
        return at, at
    if token.kind == NUMBER:
        return _numbered(lexed, at, following)
    if cue.date in _ENDS or "date" in cue.marks:
        return at, at
    if cue.date == "weekdays" and at and BY in told_by(lexed, at - 1):
        return at, at
    lettered = _lettered(lexed, at, following) if following is not None else None
    if lettered is None and (cue.unit in SPANS or cue.date in _PARTS) and _is_ended(lexed, at):
        return at, at
    return lettered


def _is_ended(lexed: Lexed, at: int) -> bool:
    """Whether a week, month … is spoken of by its end, middle or beginning: "by the end of the quarter"."""
    before = at - 1
    if before > 0 and lexed.tokens[before].cue.date == "filler":
        before -= 1
    return before >= 0 and lexed.tokens[before].kind == WORD and not told_by(lexed, before).isdisjoint(PLACES)


def _lettered(lexed: Lexed, at: int, following: Token) -> tuple[int, int] | None:
    """Q4, FY26, KW 50, first quarter"""
    token = lexed.tokens[at]
    kind, near = token.cue.date, following.start - token.end
    if (
        kind in ("quarter", "half", "fiscal")
        and following.kind == NUMBER
        and following.numeral is not None
        and near <= 1
        and whole_of(following) in _NUMBERED
    ):
        return at, at + 1
    if kind == "week" and following.kind == NUMBER and whole_of(following) in range(1, 54):
        short = token.end - token.start <= 2
        return (at, at + 1) if short and (near == 0 or lexed.text(at, at).isupper()) else None
    if kind == "ordinal" and following.cue.date in _PARTS:
        return at, at + 1
    return None


def whole_of(token: Token) -> float:
    """The number of a token, or -1 where its digits make none."""
    if token.numeral is None:
        return token.value
    return token.numeral.readings[0] if token.numeral.readings else -1.0


def _is_month(lexed: Lexed, at: int, following: Token | None) -> bool:
    """May is a month beside a preposition, a day or a year, and with a capital."""
    token = lexed.tokens[at]
    if token.end - token.start > 4 and token.kind != NUMBER:
        return True
    before = lexed.tokens[at - 1] if at else None
    if (
        token.kind != NUMBER
        and before is not None
        and ("deadline" in before.cue.before or before.kind == NUMBER or before.cue.date)
    ):
        return True
    if following is None:
        return False
    if lexed.text(at + 1, at + 1) == "/" and at + 2 < len(lexed.tokens):
        following = lexed.tokens[at + 2]
    return following.kind == NUMBER and whole_of(following) in (YEARS if token.kind == NUMBER else (*DAYS, *YEARS))


def _ends_in_month(lexed: Lexed, at: int) -> bool:
    """mid-June, mi-octobre"""
    token, plain = lexed.tokens[at], lexed.plain
    start = plain.low.rfind("-", token.start, token.end) + 1
    cue, end = lexed.cues.at_word(plain.text, plain.low, start, token.end)
    told = lexed.cues.when(plain.low[token.start : start - 1])
    return cue is not None and cue.date == "month" and end == token.end and not told.isdisjoint(PLACES)


def _numbered(lexed: Lexed, at: int, following: Token | None) -> tuple[int, int] | None:
    """2026年, 11月30日, 第3季度, 2026-06-30, 30. Juni, 3rd quarter, the next 6 weeks, by 2027"""
    written = _in_digits(lexed, at)
    if written is not None:
        return written
    value = whole_of(lexed.tokens[at])
    if following is None or (following.kind == MARK and not following.cue.date):
        return (at, at) if _is_year(lexed, at, value) else _with_month(lexed, at, value)
    found = _with_mark(lexed, at, value, following) or _part_of_year(lexed, at, value, following)
    found = found or _span_ahead(lexed, at, following.cue)
    if found is not None:
        return found
    return (at, at) if _is_year(lexed, at, value) else None


def _with_mark(lexed: Lexed, at: int, value: float, following: Token) -> tuple[int, int] | None:
    """A year, month or day by the word behind its number: 2026年, 11月, 30日, 30 June, 第 48 周."""
    tokens, cue = lexed.tokens, following.cue
    mark = "month_mark" if "month_mark" in cue.marks else cue.date
    first = lexed.plain.text[following.start]
    near = following.start - tokens[at].end <= 1
    if value in YEARS and tokens[at].numeral is not None and near and (mark == "year_mark" or first in "年년"):
        return at, at + 1
    if value in _MONTHS and (mark == "month_mark" or (first == "月" and "per" in cue.marks)):
        return at, at + 1  # 10月に, and not 月に3回
    if at and tokens[at - 1].cue.date == "month_mark" and (mark == "day_mark" or first in "日号號일"):
        return at, at + 1
    if mark == "month" and value in DAYS:
        return at, at + 1
    if mark == "week" and at and lexed.text(at - 1, at - 1) == "第" and _is_told(lexed, at - 1, at + 1):
        return at, at + 1
    return None


def _part_of_year(lexed: Lexed, at: int, value: float, following: Token) -> tuple[int, int] | None:
    """第3季度, 3Q, 3rd quarter; and not 2h."""
    if value not in _PARTS_OF_YEAR:
        return None
    tokens, cue = lexed.tokens, following.cue
    if cue.date == "suffixes" and at + 2 < len(tokens) and tokens[at + 2].cue.date in _PARTS:
        return at, at + 2
    hour = cue.unit == "hour" and lexed.plain.text[following.start].islower()
    if (cue.date not in _PARTS and cue.period not in ("quarter", "half")) or cue.unit_before or hour:
        return None
    named = at > 0 and "name" in tokens[at - 1].cue.before
    near = following.start == tokens[at].end or tokens[at].cue.date == "ordinal"
    return (at, at + 1) if named or near else None


def _span_ahead(lexed: Lexed, at: int, cue: Cue) -> tuple[int, int] | None:
    """ "the next 6 weeks", "les 6 prochains mois", "four months from now"."""
    tokens = lexed.tokens
    if cue.unit not in SPANS:
        behind = at + 2 < len(tokens) and tokens[at + 2].cue.unit in SPANS and "coming" in told_by(lexed, at + 1)
        return (at, at + 2) if behind else None
    if at and "coming" in told_by(lexed, at - 1):
        return at, at + 1
    if at + 2 < len(tokens) and tokens[at + 2].cue.unit in SPANS and "coming" in told_by(lexed, at + 1):
        return at, at + 2
    from_now = at + 3 < len(tokens) and SINCE in told_by(lexed, at + 2) and "now" in told_by(lexed, at + 3)
    return (at, at + 3) if from_now else None


def _in_digits(lexed: Lexed, at: int) -> tuple[int, int] | None:
    """2026-06-30, 30.06.2026, 06/2026 wherever they stand; 31.12. and 12/31 only where the words say by when."""
    token, text = lexed.tokens[at], lexed.plain.text
    if token.numeral is None or (
        text[token.end : token.end + 1] not in _PARTING and "." not in text[token.start : token.end]
    ):
        return None
    found = _DIGITS.match(text, token.start)
    if found is None:
        return None
    last = _token_that_ends(lexed, at, found.end())
    if last is None:
        return None
    if found["year"]:
        return (at, last) if int(found["m"]) in _MONTHS and int(found["d"] or "1") in DAYS else None
    one = int(found["one"])
    if found["far"]:
        return (at, last) if one in _MONTHS and found["sep"] != "." else None
    two = int(found["two"])
    if not (one in DAYS and two in _MONTHS) and not (two in DAYS and one in _MONTHS):
        return None
    if found["late"] and (len(found["late"]) == 4 or found["sep"] != "-"):
        return at, last
    if found["sep"] == "-" or (found["sep"] == "." and not found["dot"]):
        return None
    return (at, last) if _is_told(lexed, at, last) else None


def _token_that_ends(lexed: Lexed, at: int, end: int) -> int | None:
    """The token that ends at a place of the text, or right before a full stop there."""
    last = at
    while last + 1 < len(lexed.tokens) and lexed.tokens[last].end < end:
        last += 1
    return last if lexed.tokens[last].end in (end, end - 1) else None


def _is_told(lexed: Lexed, first: int, last: int) -> bool:
    """Whether the words beside two small numbers say that they are a day."""
    after = lexed.tokens[last + 1].cue.after if last + 1 < len(lexed.tokens) else frozenset()
    if "deadline" in after and BY in told_by(lexed, last + 1):
        return True
    before = first - 1
    if before > 0 and lexed.text(before, before) == ":":
        before -= 1
    return before >= 0 and BY in told_by(lexed, before)


def _with_month(lexed: Lexed, at: int, value: float) -> tuple[int, int] | None:
    """30/set, 15-Dec-2026"""
    tokens = lexed.tokens
    if at + 2 >= len(tokens) or value not in DAYS or lexed.text(at + 1, at + 1) not in ("/", "-", "."):
        return None
    return (at, at + 2) if tokens[at + 2].cue.date == "month" and tokens[at + 2].start - tokens[at].end <= 2 else None


def _is_year(lexed: Lexed, at: int, value: float) -> bool:
    """Whether a bare number is a year by when something is to be: "by 2027", "Ende 2026"."""
    token = lexed.tokens[at]
    if value not in YEARS or token.numeral is None or token.end - token.start != 4 or not at:
        return False
    told = told_by(lexed, at - 1)
    if lexed.tokens[at - 1].cue.date == "end":
        return True
    if BY not in told and DURING not in told:
        return False
    if "to" in lexed.tokens[at - 1].cue.before or lexed.tokens[at - 1].cue.at_least:
        return False
    following = lexed.tokens[at + 1] if at + 1 < len(lexed.tokens) else None
    return following is None or following.kind == MARK or bool(following.cue.before) or "opens" in following.cue.marks


def told_by(lexed: Lexed, at: int) -> frozenset[str]:
    """What a word says beside a day: by, during, since …"""
    token = lexed.tokens[at]
    return lexed.cues.when(lexed.plain.low[token.start : token.end]) if token.kind != NUMBER else frozenset()
