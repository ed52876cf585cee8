"""Tokens → the amounts a sentence mentions: each number with its unit, comparator, scale, whole or range."""

from __future__ import annotations

from collections.abc import Sequence

from okrsync.language.affixes import is_cadence, number_at, read_after, read_before
from okrsync.language.lexed import SCALES, Amount, Lexed
from okrsync.language.tokens import NUMBER, WORD, Token
from okrsync.values.amounts import exact, is_currency

_FEW = 2
"""How many words may stand between a number of things and their whole."""
_TENTHS = _OF_TEN = 10.0
_MYRIAD = 1e4
_NEAR = 8
"""How many tokens may stand between a verb of multiplying and its number."""
_SMALLER = {"hour": "minute", "minute": "second"}
_THINGS = 5
"""How many tokens may name the things between a whole and its part, in scripts without spaces."""
_DASHES = frozenset("-–—~‒―")


MOST = 60
"""Numbers of a sentence that are read: more are a table, and no key result."""


def amounts_of(lexed: Lexed) -> list[Amount]:
    """Every amount of a sentence, from left to right."""
    found: list[Amount] = []
    tokens = lexed.tokens
    for at in [at for at, token in enumerate(tokens) if token.kind == NUMBER or token.cue.times is not None]:
        if len(found) == MOST:
            break
        if found and at <= found[-1].last:
            continue
        if tokens[at].kind == NUMBER:
            found.append(_amount(lexed, at, found[-1].last + 1 if found else 0))
        elif tokens[at].cue.times != 1 or _is_each(lexed, at + 1):
            found.append(_multiple(lexed, at))
    if len(found) > 1 and "$" in lexed.plain.text:
        _agree_on_dollars(lexed, found)
    return found


def _agree_on_dollars(lexed: Lexed, amounts: list[Amount]) -> None:
    """ "$ 1,850 MXN (hoy $1,420)": one currency, where one of them says which dollars or pesos are meant."""
    signed = [amount for amount in amounts if lexed.text(amount.first, amount.first) == "$"]
    named = [amount.unit for amount in signed if amount.unit != "USD" and is_currency(amount.unit)]
    for amount in signed if named else ():
        if amount.unit == "USD":
            amount.unit = named[0]


def _multiple(lexed: Lexed, at: int) -> Amount:
    """ "double", "增加一倍", "halve": a multiple of what is; half is a change of -50 %, as people say it."""
    times = lexed.tokens[at].cue.times or 0.0
    if not times:  # 清零: down to nothing
        return Amount(at, at, at, 0.0, counted=True, role="to", verb="down")
    if times >= 1 and not lexed.tokens[at].cue.verb and _is_each(lexed, at + 1):
        amount = Amount(at, at, at, times, counted=True)  # "twice a week"
        read_before(lexed, amount, 0)
        return amount
    return Amount(at, at, at, times, "x", times=True)


def _is_each(lexed: Lexed, at: int) -> bool:
    """Whether "a week", "per month" begins here, and not "the hours"."""
    if at >= len(lexed.tokens) or "definite" in lexed.tokens[at].cue.before:
        return False
    cue = lexed.tokens[at].cue
    return ("per" in cue.marks or "each" in cue.before | cue.after) and is_cadence(lexed, at)


def _amount(lexed: Lexed, at: int, floor: int) -> Amount:
    token = lexed.tokens[at]
    amount = Amount(at, at, at, token.value)
    if token.cue.share is not None:
        amount.unit = "%"
    elif token.is_spelt and token.cue.unit:
        amount.unit = token.cue.unit  # "half an hour", 이틀
    read_before(lexed, amount, floor)
    read_after(lexed, amount)
    amount.value = exact(_value(lexed, amount) * amount.factor)
    if amount.factor == _TENTHS and amount.unit == "%":
        _add_hundredths(lexed, amount)
    if amount.last + 1 < len(lexed.tokens):
        _add_what_follows(lexed, amount)
    if amount.unit is None and amount.first and "multiplier" in lexed.tokens[amount.first - 1].cue.marks:
        _multiply(lexed, amount)
    return amount


def _add_what_follows(lexed: Lexed, amount: Amount) -> None:
    """Lower places, a smaller unit of time, a second number, a bound behind the things counted."""
    if amount.factor >= _MYRIAD:
        _add_lower_places(lexed, amount)
    if number_at(lexed, amount.last + 1):
        _add_smaller_time(lexed, amount)
    if amount.unit == "x" and is_cadence(lexed, amount.last + 1):
        amount.unit, amount.counted = None, True  # "3x a week"
    _second_number(lexed, amount)
    if amount.comparator is None and amount.whole is None:
        _bound_behind_things(lexed, amount)


def _bound_behind_things(lexed: Lexed, amount: Amount) -> None:
    """ "40 shops or more": the bound behind the things counted."""
    tokens = lexed.tokens
    beyond = amount.last + 1
    if beyond + 1 >= len(tokens) or tokens[beyond].kind != WORD:
        return
    while beyond < min(amount.last + 1 + _FEW, len(tokens)) and _is_thing(lexed, beyond):
        if tokens[beyond].cue.at_least_after:
            break
        beyond += 1
    if not amount.last + 1 < beyond < len(tokens) or tokens[beyond].kind != WORD:
        return
    cue = tokens[beyond].cue
    if cue.at_least_after and not (cue.at_least and number_at(lexed, beyond + 1)):
        amount.comparator = cue.at_least_after


def _multiply(lexed: Lexed, amount: Amount) -> None:
    """ "multiply orders by 4", "el tráfico se multiplica por 4", "diviser par 3 le nombre de pannes"."""
    near = lexed.tokens[max(amount.first - _NEAR, 0) : amount.first]
    if any("multiplies" in token.cue.marks for token in near):
        amount.unit, amount.times, amount.counted = "x", True, False
    elif amount.value > 1 and any("divides" in token.cue.marks for token in near):
        amount.value, amount.unit, amount.times, amount.counted = 1 / amount.value, "x", True, False


def _add_hundredths(lexed: Lexed, amount: Amount) -> None:
    """七成五, 7割5分: tenths of a whole and hundredths behind them."""
    at = amount.last + 1
    if number_at(lexed, at) and lexed.glued(at - 1, at) and lexed.tokens[at].value < _TENTHS:
        value = _value(lexed, Amount(at, at, at, lexed.tokens[at].value))
        amount.value, amount.last = amount.value + value, at
        if at + 1 < len(lexed.tokens) and lexed.text(at + 1, at + 1) == "分":
            amount.last = at + 1


def _add_lower_places(lexed: Lexed, amount: Amount) -> None:
    """1億2千万, 2만 3천: a number with its places under several magnitudes, the largest first."""
    at = amount.last + 1
    while amount.factor >= _MYRIAD and amount.unit is None and amount.comparator is None and not amount.counted:
        if not number_at(lexed, at) or lexed.tokens[at].start - lexed.tokens[at - 1].end > 1:
            return
        lower = Amount(at, at, at, lexed.tokens[at].value)
        read_after(lexed, lower)
        if lower.factor >= amount.factor or (lower.factor == 1.0 and not lexed.glued(at - 1, at)):
            return
        amount.value = exact(amount.value + _value(lexed, lower) * lower.factor)
        amount.last, amount.factor, amount.unit = lower.last, lower.factor, lower.unit
        amount.counted, amount.comparator, amount.within = lower.counted, lower.comparator, lower.within
        at = amount.last + 1


def _add_smaller_time(lexed: Lexed, amount: Amount) -> None:
    """2h10, 1 hour 30 minutes, 2 分 30 秒: one time in two units, counted in the smaller."""
    points = lexed.text(amount.last, amount.last) == "分"  # 2分30秒 are minutes, 2分 are points
    smaller = "second" if points else _SMALLER.get(amount.unit or "")
    at = amount.last + 1
    if smaller is None or not number_at(lexed, at) or amount.value != int(amount.value):
        return
    if lexed.tokens[at].start - lexed.tokens[at - 1].end > 1:
        return
    rest = Amount(at, at, at, lexed.tokens[at].value)
    read_after(lexed, rest)
    rest.value = _value(lexed, rest)
    bare = rest.unit is None and amount.unit == "hour" and lexed.glued(at - 1, at) and not rest.counted
    if (bare or rest.unit == smaller) and 0 <= rest.value < 60:
        amount.value, amount.unit, amount.last = exact(60 * amount.value + rest.value), smaller, rest.last
        amount.comparator, amount.within = amount.comparator or rest.comparator, rest.within


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


# a second number that belongs to the first


def _second_number(lexed: Lexed, amount: Amount) -> None:
    """The 5 of "4.5/5", the 7 of "3 of 7", the 30 of "20–30 %"; a month after a stroke (per) is passed over."""
    tokens, at = lexed.tokens, amount.last + 1
    if at >= len(tokens):
        return
    end = _end_of_between(lexed, amount, at)
    if end is not None:
        _range(lexed, amount, end)
        return
    mark = lexed.text(at, at)
    if mark == "/" and at + 1 < len(tokens):
        if tokens[at + 1].kind == NUMBER:
            _slash(lexed, amount, at + 1)
        elif tokens[at + 1].kind == WORD:
            amount.per, amount.last = True, at + 1
            read_after(lexed, amount)
    elif mark in _DASHES and at + 1 < len(tokens) and tokens[at + 1].cue.currency and number_at(lexed, at + 2):
        _range(lexed, amount, at + 2)  # "€40-€45"
    elif not number_at(lexed, at + 1):
        _whole_behind_things(lexed, amount, at)
        if lexed.cues.modifiers_before and amount.whole is None:
            _part_behind_things(lexed, amount, at)
    elif "out_of" in tokens[at].cue.after and _plain_value(lexed, at + 1) <= amount.value:
        _part(lexed, amount, at + 1)
    elif "of" in tokens[at].cue.after or ("in_of" in tokens[at].cue.after and _is_of_things(lexed, at + 1)):
        _whole(lexed, amount, at + 1)
    elif _is_of_same(lexed, amount, at):
        _part(lexed, amount, at + 1)
    elif (
        mark in _DASHES
        or "range" in tokens[at].cue.after
        or ("spread" in tokens[at].cue.after and _is_of_doing(lexed, amount, at))
    ):
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
    read_after(lexed, amount)


def _whole(lexed: Lexed, amount: Amount, at: int) -> None:
    whole = _plain_value(lexed, at)
    if whole <= 0 or whole < amount.value or amount.unit is not None:
        return
    amount.whole = whole
    amount.last = at
    read_after(lexed, amount)
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
    read_after(lexed, part)
    part.value = _value(lexed, part)
    if amount.value < part.value or amount.value <= 0 or amount.unit is not None or part.unit is not None:
        return
    amount.value, amount.whole = part.value, amount.value
    amount.last, amount.comparator = part.last, part.comparator


def _part_behind_things(lexed: Lexed, amount: Amount, at: int) -> None:
    """10个用户中至少有8个, 25店舗中20店舗: the whole and its things, then how many of them."""
    tokens = lexed.tokens
    if not amount.counted or amount.unit is not None:
        return
    for beyond in range(at, min(at + _THINGS, len(tokens))):
        if tokens[beyond].kind != WORD or tokens[beyond].cue.verb:
            return
        if "out_of" in tokens[beyond].cue.after:
            place = beyond + 1
            while place < min(beyond + _FEW + 2, len(tokens)) and tokens[place].kind == WORD:
                place += 1
            if number_at(lexed, place):
                comparators = [token.cue.at_least for token in tokens[beyond + 1 : place] if token.cue.at_least]
                _part(lexed, amount, place)
                if amount.whole is not None and comparators:
                    amount.comparator = comparators[0]
            return


def _is_of_same(lexed: Lexed, amount: Amount, at: int) -> bool:
    """4人に3人: both numbers count the same."""
    same = lexed.text(at - 1, at - 1) == lexed.text(at + 2, at + 2) if at + 2 < len(lexed.tokens) else False
    return amount.counted and same and "out_of_same" in lexed.tokens[at].cue.after


def _whole_behind_things(lexed: Lexed, amount: Amount, at: int) -> None:
    """ "deux élèves sur trois", "8 utilisateurs sur 10": the things after the first number."""
    tokens = lexed.tokens
    beyond = at
    while beyond < min(at + _FEW, len(tokens)) and _is_thing(lexed, beyond):
        beyond += 1
    if beyond == at or not number_at(lexed, beyond + 1):
        return
    parts = tokens[beyond].cue.after
    whole = _plain_value(lexed, beyond + 1)
    spelt = tokens[amount.at].is_spelt and tokens[beyond + 1].is_spelt and "of_few" in parts
    of_ten = whole == _OF_TEN and "of" in parts and not _has_unit(lexed, beyond + 2)
    if whole > amount.value and (spelt or of_ten):
        amount.whole, amount.last = whole, beyond + 1


def _has_unit(lexed: Lexed, at: int) -> bool:
    return at < len(lexed.tokens) and bool(lexed.tokens[at].cue.unit or lexed.tokens[at].cue.counter)


def _end_of_between(lexed: Lexed, amount: Amount, at: int) -> int | None:
    """The second number of "between 5 and 7", "entre el 40 y el 60 %": the words of a range stand around the first."""
    tokens = lexed.tokens
    if "and" not in tokens[at].cue.marks:
        return None
    led = [tokens[place] for place in range(max(amount.first - _FEW, 0), amount.first)]
    if not led or not ("between" in led[-1].cue.before or ("skip" in led[-1].cue.marks and _between(led[0]))):
        return None
    place = at + 2 if at + 1 < len(tokens) and "skip" in tokens[at + 1].cue.marks else at + 1
    return place if number_at(lexed, place) else None


def _between(token: Token) -> bool:
    return "between" in token.cue.before


def _is_of_doing(lexed: Lexed, amount: Amount, at: int) -> bool:
    """ "Hire 3 to 5 engineers": so many things are to be done; what moves starts at the first number."""
    if amount.unit is not None or amount.counted or amount.comparator:
        return False
    other = Amount(at + 1, at + 1, at + 1, lexed.tokens[at + 1].value)
    read_after(lexed, other)
    if not other.counted and other.unit is None and not _is_thing(lexed, other.last + 1):
        return False
    return _value(lexed, amount) < _value(lexed, other) * other.factor and _is_done(lexed, amount.first - 1)


def _is_thing(lexed: Lexed, at: int) -> bool:
    """Whether a word that may name a thing stands at a place."""
    if at >= len(lexed.tokens):
        return False
    token = lexed.tokens[at]
    return token.kind == WORD and not token.cue.before and not token.cue.after and token.cue.verb in ("", "reach")


def _is_done(lexed: Lexed, at: int) -> bool:
    """Whether right before a place a verb of doing stands, or the first word of all, which orders something."""
    tokens = lexed.tokens
    while at >= 0 and not tokens[at].cue.before and ("skip" in tokens[at].cue.marks or tokens[at].cue.at_least):
        at -= 1
    if at < 0:
        return True
    cue = tokens[at].cue
    if "exceed" in cue.marks:
        return False  # "pasar de"
    return cue.verb == "reach" or (at == 0 and tokens[at].kind == WORD and not cue.verb and not cue.before)


def _range(lexed: Lexed, amount: Amount, at: int) -> None:
    other = Amount(at, at, at, lexed.tokens[at].value)
    read_after(lexed, other)
    other.value = exact(_value(lexed, other) * other.factor)
    other.unit = other.unit or (amount.unit if is_currency(amount.unit) else None)  # "$80-120k"
    if other.why_not or (amount.unit not in (None, other.unit)):
        return
    if amount.factor == 1.0 and other.factor != 1.0 and amount.value < other.value:
        amount.value = exact(amount.value * other.factor)
    if other.value < amount.value:
        if int(other.value) == int(amount.value) != amount.value:
            amount.why_not, amount.last = "name", other.last  # versions: "3.9 to 3.12"
        return
    amount.unit = other.unit
    amount.counted = other.counted
    amount.comparator = amount.comparator or other.comparator
    amount.upper, amount.last = other.value, other.last
