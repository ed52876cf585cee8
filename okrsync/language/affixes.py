"""What stands right before and after a number and belongs to it: sign, currency, comparator, magnitude, unit."""

from __future__ import annotations

from okrsync.language.cues import NO_CUE
from okrsync.language.lexed import TIMES, Amount, Lexed
from okrsync.language.tokens import MARK, NUMBER, WORD
from okrsync.values.amounts import is_currency
from okrsync.values.locales import is_joined

_HAN_MYRIAD = 1e4
"""W behind a number stands for 万, also where no money is meant."""
_SHORT = 2
_NEAR = 12
"""How far the word for a time may stand before an m that counts minutes, in tokens."""

# what stands before a number


def read_before(lexed: Lexed, amount: Amount, floor: int) -> None:
    tokens = lexed.tokens
    at = amount.first - 1
    if at >= floor and tokens[at].cue.unit_before == "x" and lexed.glued(at, at + 1) and not _touches(lexed, at):
        amount.unit, amount.times, amount.first = "x", True, at  # "Revenue x3"
        return
    if at >= floor and (tokens[at].cue.unit_before == "%" or tokens[at].cue.currency) and _near(lexed, at):
        cue = tokens[at].cue
        if "name" in cue.before:
            return
        amount.unit = cue.unit_before or _currency(cue.currency, lexed)
        amount.first, at = at, at - 1
    if at >= floor and tokens[at].kind == MARK and lexed.text(at, at) in "-+±–" and _is_sign(lexed, at, floor):
        amount.signed, amount.plus = lexed.text(at, at) in "-–", lexed.text(at, at) == "+"
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


def _touches(lexed: Lexed, at: int) -> bool:
    """Whether a token stands right behind another one: the x of 2x3, of Matrix3."""
    return at > 0 and lexed.glued(at - 1, at)


def _near(lexed: Lexed, at: int) -> bool:
    """Whether at most a space stands between a token and the next."""
    return lexed.tokens[at + 1].start - lexed.tokens[at].end <= 1


def _is_sign(lexed: Lexed, at: int, floor: int) -> bool:
    """Whether a dash before a number is its sign: glued to it and not to the letters before ("K-12", 客単価+8%)."""
    leads = at == 0 or lexed.text(at - 1, at - 1) in ":("
    if leads and at + 1 < len(lexed.tokens):
        return True  # "+ 15 %", "Absences: - 10 %"
    if not lexed.glued(at, at + 1) or lexed.text(at, at) == "–":
        return False
    if at == floor and floor and lexed.glued(at - 1, at):
        return False  # "€40-€45"
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
        return lexed.cues.yen
    return code


# what stands after a number


def read_after(lexed: Lexed, amount: Amount) -> None:
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
    if lexed.tokens[at].cue is NO_CUE:
        return False
    return (
        _take_magnitude(lexed, amount, at, glued)
        or _take_unit(lexed, amount, at, glued)
        or _take_bound(lexed, amount, at, glued)
    )


def _take_magnitude(lexed: Lexed, amount: Amount, at: int, glued: bool) -> bool:
    """Thousands, 万, millions, also those that only money and many things have: "€5m", "5m users"."""
    token, unit = lexed.tokens[at], amount.unit
    cue = token.cue
    if amount.factor != 1.0 or not (cue.factor or cue.money):
        return False
    if cue.factor and cue.unit and unit is None:
        amount.factor, amount.unit = cue.factor, cue.unit
        return True
    if cue.factor and not amount.counted and (glued or not _is_short(lexed, at) or _is_money(lexed, at + 1)):
        amount.factor = cue.factor
        return True
    if not cue.money:
        return False
    if _is_m(lexed, at, glued) and unit is None and _is_minutes(lexed, at):
        amount.unit = "minute"  # 7m30s, "a wait of 12m"
        return True
    money = is_currency(unit) or _is_money(lexed, at + 1) or (glued and cue.money == _HAN_MYRIAD)
    things = _is_m(lexed, at, glued) and unit is None and _are_things(lexed, at + 1)
    if not things and (amount.counted or not money or not (glued or unit)):
        return False
    amount.factor = cue.money
    return True


def _take_unit(lexed: Lexed, amount: Amount, at: int, glued: bool) -> bool:
    """A currency, a unit, a multiple, a day, or things counted; free unit words stand for themselves."""
    cue, unit = lexed.tokens[at].cue, amount.unit
    if cue.currency and (unit in (None, cue.currency) or lexed.text(amount.first, amount.first) in "$¥"):
        amount.unit = _currency(cue.currency, lexed)
        return True
    if unit is not None or amount.counted:
        return False
    first = lexed.plain.text[lexed.tokens[at].start]
    if cue.unit and (glued or cue.unit in TIMES or not _is_letter(lexed, at)):
        if cue.unit == "x" and first in "x×" and number_at(lexed, at + 1):
            return False  # "2x2", "5×3"
        amount.unit = cue.unit
    elif "fold" in cue.marks and _is_compared(lexed, at + 1):
        amount.unit = "x"
    elif cue.date == "day_mark" and first in "日일":
        amount.unit = "day"  # 5日; the days of a month are told before
    elif cue.counter:
        amount.counted = True
        if not is_joined(first):
            amount.unit = lexed.text(at, at)
    else:
        return False
    return True


def _take_bound(lexed: Lexed, amount: Amount, at: int, glued: bool) -> bool:
    """ "or more", 以上, and a plus that stands right behind."""
    cue = lexed.tokens[at].cue
    if not cue.at_least_after or amount.comparator not in (None, cue.at_least_after):
        return False
    if lexed.text(at, at) == "+" and not glued:
        return False
    amount.comparator = cue.at_least_after
    amount.within = "aside" in cue.after
    return True


def _is_m(lexed: Lexed, at: int, glued: bool) -> bool:
    """Whether an m stands right behind a number: of minutes, of millions, of metres."""
    return glued and lexed.text(at, at) == "m"


def _is_letter(lexed: Lexed, at: int) -> bool:
    """Whether a token is one Latin letter, which needs to touch its number to be a unit."""
    token = lexed.tokens[at]
    return token.end - token.start == 1 and _is_short(lexed, at)


def _is_short(lexed: Lexed, at: int) -> bool:
    """Whether a token is one or two Latin letters: K, mn."""
    token = lexed.tokens[at]
    first = lexed.plain.text[token.start]
    return token.end - token.start <= _SHORT and first.isascii() and first.isalpha()


def _is_minutes(lexed: Lexed, at: int) -> bool:
    """Whether an m behind a number counts minutes: before seconds, or where a time is measured."""
    if number_at(lexed, at + 1) and lexed.glued(at, at + 1):
        return True
    return any("timed" in token.cue.marks for token in lexed.tokens[max(at - _NEAR, 0) : at])


def _are_things(lexed: Lexed, at: int) -> bool:
    """Whether a word follows that may name many things."""
    if at >= len(lexed.tokens) or lexed.tokens[at].kind != WORD:
        return False
    token = lexed.tokens[at]
    cue = token.cue
    return lexed.plain.low[token.end - 1] == "s" and not (cue.before or cue.after or cue.unit or cue.verb)


def _is_compared(lexed: Lexed, at: int) -> bool:
    """Whether a comparative follows: "1.5 times quicker"."""
    if at >= len(lexed.tokens):
        return False
    cue = lexed.tokens[at].cue
    return cue.verb in ("up", "down", "better") or "load" in cue.marks or cue.at_least in ("<", ">")


def is_cadence(lexed: Lexed, at: int) -> bool:
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


def number_at(lexed: Lexed, at: int) -> bool:
    return at < len(lexed.tokens) and lexed.tokens[at].kind == NUMBER
