"""Tokens → the amounts a sentence mentions: each number with its unit, comparator, scale, whole or range."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from okrsync.language.cues import Cues
from okrsync.language.plainform import Plain
from okrsync.language.tokens import MARK, NUMBER, WORD, Token
from okrsync.values.amounts import exact, is_currency
from okrsync.values.locales import is_joined

TIMES = frozenset(("ms", "second", "minute", "hour", "day", "week", "month", "quarter", "year"))
SECONDS = {"ms": 0.001, "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0}
BYTES = {"KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15}
SCALES = frozenset((3.0, 4.0, 5.0, 6.0, 7.0, 10.0, 100.0))
"""The highest marks of ratings."""
_DASHES = frozenset("-–—~‒―")


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


def amounts_of(lexed: Lexed) -> list[Amount]:
    """Every amount of a sentence, from left to right."""
    found: list[Amount] = []
    tokens = lexed.tokens
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == NUMBER:
            amount = _amount(lexed, at, found[-1].last + 1 if found else 0)
            found.append(amount)
            at = amount.last + 1
        elif token.cue.times is not None:
            found.append(_multiple(lexed, at))
            at += 1
        else:
            at += 1
    return found


def _multiple(lexed: Lexed, at: int) -> Amount:
    """ "double", "增加一倍", "halve": a multiple of what is; half is a change of -50 %, as people say it."""
    times = lexed.tokens[at].cue.times or 0.0
    if not times:  # 清零: down to nothing
        return Amount(at, at, at, 0.0, counted=True, role="to", verb="down")
    return Amount(at, at, at, times, "x", times=True)


def _amount(lexed: Lexed, at: int, floor: int) -> Amount:
    token = lexed.tokens[at]
    amount = Amount(at, at, at, token.value)
    if token.cue.share is not None:
        amount.unit = "%"
    elif token.is_spelt and token.cue.unit:
        amount.unit = token.cue.unit  # "half an hour", 이틀
    _read_before(lexed, amount, floor)
    _read_after(lexed, amount)
    amount.value = exact(_value(lexed, amount) * amount.factor)
    _add_lower_places(lexed, amount)
    if amount.unit == "x" and _is_cadence(lexed, amount.last + 1):
        amount.unit, amount.counted = None, True  # "3x a week"
    _second_number(lexed, amount)
    return amount


def _add_lower_places(lexed: Lexed, amount: Amount) -> None:
    """1億2千万, 2만 3천: a number with its places under several magnitudes, the largest first."""
    at = amount.last + 1
    while amount.factor >= 1e4 and amount.unit is None and amount.comparator is None and not amount.counted:
        if not _number_at(lexed, at) or lexed.tokens[at].start - lexed.tokens[at - 1].end > 1:
            return
        lower = Amount(at, at, at, lexed.tokens[at].value)
        _read_after(lexed, lower)
        if lower.factor >= amount.factor or (lower.factor == 1.0 and not lexed.glued(at - 1, at)):
            return
        amount.value = exact(amount.value + _value(lexed, lower) * lower.factor)
        amount.last, amount.factor, amount.unit = lower.last, lower.factor, lower.unit
        amount.counted, amount.comparator, amount.within = lower.counted, lower.comparator, lower.within
        at = amount.last + 1


def _value(lexed: Lexed, amount: Amount) -> float:
    """The number; where its digits may be thousands or decimals, the language, its unit and its zeros decide."""
    token = lexed.tokens[amount.at]
    if token.numeral is None:
        value = token.value
    else:
        readings = token.numeral.readings
        if not readings:
            amount.why_not = "not a number"
            return 0.0
        value = readings[0]
        if len(readings) > 1:
            value = _of_two(token.numeral.groups, readings, amount, lexed)
    return -value if amount.signed else value


def _of_two(separator: str | None, readings: Sequence[float], amount: Amount, lexed: Lexed) -> float:
    """ "1.234" or "1,234": decimals only where the language writes them so and three of them make sense."""
    decimals, thousands = min(readings), max(readings)
    is_point = separator == (lexed.cues.decimal or ".")
    three_zeros = lexed.text(amount.at, amount.at).endswith("000")
    if is_point and not three_zeros and amount.factor != 1.0:
        return decimals
    if is_point and not three_zeros and separator == "." and not is_currency(amount.unit):
        return decimals
    return thousands


# what stands before a number


def _read_before(lexed: Lexed, amount: Amount, floor: int) -> None:
    tokens = lexed.tokens
    at = amount.first - 1
    if at >= floor and (tokens[at].cue.unit_before == "%" or tokens[at].cue.currency) and _near(lexed, at):
        cue = tokens[at].cue
        if "name" in cue.before:
            return
        amount.unit = cue.unit_before or _currency(cue.currency, lexed)
        amount.first, at = at, at - 1
    if at >= floor and tokens[at].kind == MARK and lexed.text(at, at) in "-+±" and _is_sign(lexed, at, floor):
        amount.signed, amount.plus = lexed.text(at, at) == "-", lexed.text(at, at) == "+"
        amount.first, at = at, at - 1
        if at >= floor and tokens[at].cue.currency and amount.unit is None:
            amount.unit = _currency(tokens[at].cue.currency, lexed)
            amount.first, at = at, at - 1
    while at >= floor:
        cue = tokens[at].cue
        if at == floor and floor and "to" in cue.before:
            return  # "6,5 % => 4 %"
        if cue.at_least and amount.comparator is None:
            amount.comparator = cue.at_least
        elif tokens[at].kind == MARK or "skip" not in cue.marks or cue.before or cue.after or tokens[at].kind == NUMBER:
            return
        amount.first, at = at, at - 1


def _near(lexed: Lexed, at: int) -> bool:
    """Whether at most a space stands between a token and the next."""
    return lexed.tokens[at + 1].start - lexed.tokens[at].end <= 1


def _is_sign(lexed: Lexed, at: int, floor: int) -> bool:
    """Whether a dash before a number is its sign: glued to it and not to the letters before ("K-12", 客単価+8%)."""
    if not lexed.glued(at, at + 1):
        return False
    return (
        at == floor
        or at == 0
        or not lexed.glued(at - 1, at)
        or lexed.tokens[at - 1].kind == MARK
        or lexed.tokens[at - 1].cue.currency != ""
        or is_joined(lexed.plain.text[lexed.tokens[at - 1].end - 1])
    )


def _currency(code: str, lexed: Lexed) -> str:
    if code == "¥":
        return "JPY" if lexed.cues.language == "ja" else "CNY"
    return code


# what stands after a number


def _read_after(lexed: Lexed, amount: Amount) -> None:
    tokens = lexed.tokens
    at = amount.last + 1
    while at < len(tokens):
        if not _take_after(lexed, amount, at):
            return
        amount.last = at
        at += 1


def _take_after(lexed: Lexed, amount: Amount, at: int) -> bool:
    """Adds a token that belongs to the number before it; False when it begins something else."""
    token = lexed.tokens[at]
    glued = lexed.tokens[at - 1].end == token.start
    if not glued and token.start - lexed.tokens[at - 1].end > 1:
        return False
    if lexed.text(at, at) == "-" and glued and at == amount.at + 1 and _is_unit_word(lexed, at + 1):
        amount.attributive = True
        return True
    return _take_cue(lexed, amount, at, glued)


def _is_unit_word(lexed: Lexed, at: int) -> bool:
    tokens = lexed.tokens
    return at < len(tokens) and lexed.glued(at - 1, at) and bool(tokens[at].cue.unit) and tokens[at].kind == WORD


def _take_cue(lexed: Lexed, amount: Amount, at: int, glued: bool) -> bool:
    cue = lexed.tokens[at].cue
    letters = lexed.tokens[at].end - lexed.tokens[at].start
    first = lexed.plain.text[lexed.tokens[at].start]
    latin = letters <= 2 and first.isascii() and first.isalpha()
    if cue.factor and cue.unit and amount.factor == 1.0 and amount.unit is None:
        amount.factor, amount.unit = cue.factor, cue.unit
    elif (
        cue.factor and amount.factor == 1.0 and not amount.counted and (glued or not latin or _is_money(lexed, at + 1))
    ):
        amount.factor = cue.factor
    elif (
        cue.money
        and amount.factor == 1.0
        and not amount.counted
        and (is_currency(amount.unit) or _is_money(lexed, at + 1) or (glued and cue.money == 1e4))
        and (glued or amount.unit)
    ):
        amount.factor = cue.money
    elif cue.currency and (
        amount.unit is None or amount.unit == cue.currency or lexed.text(amount.first, amount.first) in "$¥"
    ):
        amount.unit = _currency(cue.currency, lexed)
    elif (
        cue.unit
        and amount.unit is None
        and not amount.counted
        and (glued or letters > 1 or not latin or cue.unit in TIMES)
    ):
        if cue.unit == "x" and lexed.plain.text[lexed.tokens[at].start] in "x×" and _number_at(lexed, at + 1):
            return False  # "2x2", "5×3"
        amount.unit = cue.unit
    elif "fold" in cue.marks and amount.unit is None and not amount.counted and _is_compared(lexed, at + 1):
        amount.unit = "x"
    elif cue.date == "day_mark" and amount.unit is None and not amount.counted and first in "日일":
        amount.unit = "day"  # 5日; the days of a month are told before
    elif cue.counter and amount.unit is None and not amount.counted:
        if not "\u3005" <= first <= "\ud7a3":
            amount.unit = lexed.text(at, at)
        amount.counted = True
    elif cue.at_least_after and amount.comparator in (None, cue.at_least_after):
        if lexed.text(at, at) == "+" and not glued:
            return False
        amount.comparator = cue.at_least_after
        amount.within = "aside" in cue.after
    else:
        return False
    return True


def _is_compared(lexed: Lexed, at: int) -> bool:
    """Whether a comparative follows: "1.5 times quicker"."""
    if at >= len(lexed.tokens):
        return False
    cue = lexed.tokens[at].cue
    return cue.verb in ("up", "down", "better") or "load" in cue.marks or cue.at_least in ("<", ">")


def _is_cadence(lexed: Lexed, at: int) -> bool:
    """Whether "a week", "pro Woche" or the like begins here."""
    if at >= len(lexed.tokens):
        return False
    cue = lexed.tokens[at].cue
    if "per" in cue.marks:
        return True
    leads = "each" in cue.after or "each" in cue.before or "skip" in cue.marks or "definite" in cue.before
    return leads and at + 1 < len(lexed.tokens) and lexed.tokens[at + 1].cue.unit in TIMES


def _is_money(lexed: Lexed, at: int) -> bool:
    return at < len(lexed.tokens) and bool(lexed.tokens[at].cue.currency)


def _number_at(lexed: Lexed, at: int) -> bool:
    return at < len(lexed.tokens) and lexed.tokens[at].kind == NUMBER


# a second number that belongs to the first


def _second_number(lexed: Lexed, amount: Amount) -> None:
    """The 5 of "4.5/5", the 7 of "3 of 7", the 30 of "20–30 %"; a month after a stroke (per) is passed over."""
    tokens, at = lexed.tokens, amount.last + 1
    if at >= len(tokens):
        return
    mark = lexed.text(at, at)
    if mark == "/" and at + 1 < len(tokens):
        if tokens[at + 1].kind == NUMBER:
            _slash(lexed, amount, at + 1)
        elif tokens[at + 1].kind == WORD:
            amount.per, amount.last = True, at + 1
            _read_after(lexed, amount)
    elif not _number_at(lexed, at + 1):
        return
    elif "of" in tokens[at].cue.after or ("in_of" in tokens[at].cue.after and _is_of_things(lexed, at + 1)):
        _whole(lexed, amount, at + 1)
    elif "out_of" in tokens[at].cue.after:
        _part(lexed, amount, at + 1)
    elif mark in _DASHES or "range" in tokens[at].cue.after or _is_between(lexed, amount, at):
        _range(lexed, amount, at + 1)


def _plain_value(lexed: Lexed, at: int) -> float:
    token = lexed.tokens[at]
    if token.numeral is None:
        return token.value
    return token.numeral.readings[0] if token.numeral.readings else 0.0


def _slash(lexed: Lexed, amount: Amount, at: int) -> None:
    """4.5/5 is on a scale, 3/4 a share or a day: what it is, is decided where names and days are told."""
    amount.scale = _plain_value(lexed, at)
    amount.last = at
    _read_after(lexed, amount)


def _whole(lexed: Lexed, amount: Amount, at: int) -> None:
    whole = _plain_value(lexed, at)
    if whole <= 0 or whole < amount.value or amount.unit is not None:
        return
    amount.whole = whole
    amount.last = at
    _read_after(lexed, amount)
    following = lexed.tokens[amount.last + 1] if amount.last + 1 < len(lexed.tokens) else None
    of_things = following is not None and following.kind == WORD and not following.cue.before
    if amount.unit == "score" or (whole in SCALES and (amount.value != int(amount.value) or not of_things)):
        amount.scale, amount.whole, amount.unit = whole, None, "score"  # "4.6 of 5 stars"


def _is_of_things(lexed: Lexed, at: int) -> bool:
    """ "3 in 4 users", and not "3 in 4 weeks" or "3 in 2027"."""
    following = lexed.tokens[at + 1] if at + 1 < len(lexed.tokens) else None
    if following is None or following.kind != WORD or not 2 <= _plain_value(lexed, at) <= 20:
        return False
    return not (following.cue.unit or following.cue.before or following.cue.date)


def _part(lexed: Lexed, amount: Amount, at: int) -> None:
    """10 人中 3 人, 열 명 중 세 명: the whole stands first."""
    part = Amount(at, at, at, lexed.tokens[at].value)
    _read_after(lexed, part)
    part.value = _value(lexed, part)
    if amount.value < part.value or amount.value <= 0 or amount.unit is not None or part.unit is not None:
        return
    amount.value, amount.whole = part.value, amount.value
    amount.last, amount.comparator = part.last, part.comparator


def _is_between(lexed: Lexed, amount: Amount, at: int) -> bool:
    """ "between 5 and 7": the words of a range stand around its first number."""
    before = lexed.tokens[amount.first - 1] if amount.first else None
    return before is not None and "between" in before.cue.before and "and" in lexed.tokens[at].cue.marks


def _range(lexed: Lexed, amount: Amount, at: int) -> None:
    other = Amount(at, at, at, lexed.tokens[at].value)
    _read_after(lexed, other)
    other.value = exact(_value(lexed, other) * other.factor)
    if other.why_not or (amount.unit not in (None, other.unit)):
        return
    if amount.unit is None and other.factor != 1.0 and amount.factor == 1.0 and amount.value < other.value:
        amount.value = exact(amount.value * other.factor)
    if other.value < amount.value:
        if int(other.value) == int(amount.value) != amount.value:
            amount.why_not, amount.last = "name", other.last  # versions: "3.9 to 3.12"
        return
    amount.unit = other.unit
    amount.counted = other.counted
    amount.comparator = amount.comparator or other.comparator
    amount.upper, amount.last = other.value, other.last
