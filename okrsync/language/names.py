"""Numbers that are no metric: names, versions, days, years, windows, cadences, ranks, weights, existing sets."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from okrsync.language.cues import NO_CUE
from okrsync.language.lexed import SCALES, TIMES, Amount, Lexed
from okrsync.language.tokens import MARK, NUMBER, WORD, Token
from okrsync.values.locales import is_joined
from okrsync.values.wordnumbers import HAN_NUMERALS

YEARS = range(1990, 2100)
_Rule = Callable[[Lexed, Amount, Token | None, Token | None, Amount | None], str]
_TIMES_SIGNS = frozenset("×*✕")
_YEAR_DIGITS = 4
_SMALL = 30
_CLEARED = 6
"""How far a verb of doing away with may stand from what it does away with, in tokens."""


def tell_names(lexed: Lexed, amounts: list[Amount]) -> None:
    """Marks every amount that is not the metric with why; the amounts of days are known already."""
    for place, amount in enumerate(amounts):
        if not amount.why_not and not amount.times:
            amount.why_not = _why_not(lexed, amount, amounts[place - 1] if place else None)
    for one, other in pairwise(amounts):
        if one.last + 1 == other.first and one.unit in TIMES and other.unit == "%" and not one.comparator:
            one.why_not = "window"  # "次日 40%, 7 日 20%"
        direct = one.last + 1 == other.first and lexed.glued(one.last, other.first)
        each = one.unit in TIMES or (one.counted and one.unit is None)
        if direct and each and one.value == 1 and other.unit not in TIMES and not one.why_not:
            one.why_not = "cadence"  # 1日2通, 1人4件
        if direct and other.unit in TIMES and not other.why_not and not one.why_not and one.comparator is None:
            other.why_not = "window"  # "24次10分钟录音": the second number tells what sort of things


def _why_not(lexed: Lexed, amount: Amount, last: Amount | None) -> str:
    tokens = lexed.tokens
    before = tokens[amount.first - 1] if amount.first else None
    after = tokens[amount.last + 1] if amount.last + 1 < len(tokens) else None
    for rule in _rules_for(lexed, amount):
        found = rule(lexed, amount, before, after, last)
        if found:
            return found
    return ""


def _rules_for(lexed: Lexed, amount: Amount) -> list[_Rule]:
    """The rules that can hold for an amount, in their order: most numbers are asked by three."""
    number, text = lexed.tokens[amount.at], lexed.plain.text
    rules: list[_Rule] = []
    if number.numeral is not None:
        rules.append(_glued)
    elif is_joined(text[number.start]):
        rules.append(_article)
    if amount.scale is not None:
        rules.append(_slashed)
    if ":" in text:
        rules.append(_clock)
    rules.append(_called)
    if number.end - number.start == _YEAR_DIGITS:
        rules.append(_year)
    rules.append(_window)
    if not _TIMES_SIGNS.isdisjoint(text):
        rules.append(_product)
    return rules


def _article(lexed: Lexed, amount: Amount, before: Token | None, after: Token | None, last: Amount | None) -> str:
    """一 with a measure word is an article, but for a bound and a cadence: 至少一项, 每月一次."""
    written = lexed.text(amount.at, amount.at)
    if (
        written[0] in HAN_NUMERALS
        and written[0] != "零"
        and amount.unit is None
        and not amount.counted
        and amount.factor == 1.0
    ):
        return "word"  # 半夜, 三国: without a measure word a numeral is part of a word
    if amount.value != 1 or amount.comparator is not None or written not in "一壹":
        return ""
    leads = lexed.tokens[max(amount.first - _CLEARED, 0) : amount.at]
    if any("per" in token.cue.marks for token in leads) or any("each" in token.cue.before for token in leads[-2:]):
        return ""
    return "" if last is not None and last.why_not == "cadence" else "article"


def _letter(lexed: Lexed, place: int) -> bool:
    text = lexed.plain.text
    return 0 <= place < len(text) and text[place].isalpha() and not "\u3005" <= text[place] <= "\ud7a3"


def _glued(lexed: Lexed, amount: Amount, before: Token | None, after: Token | None, last: Amount | None) -> str:
    """P95, K-12, #4260, 2FA, 5-star: letters stuck to digits make a name."""
    number = lexed.tokens[amount.at]
    if number.numeral is None:
        return ""
    text, start, end = lexed.plain.text, lexed.tokens[amount.first].start, lexed.tokens[amount.last].end
    led = amount.first < amount.at and lexed.tokens[amount.first].kind == WORD  # PV数100
    if before is not None and before.end == start and not led:
        if before.end - before.start == 1 and text[before.start].isupper() and _letter(lexed, before.start):
            return "name"  # A1
        if _letter(lexed, start - 1) and not before.cue.currency and not before.cue.before and before.kind == WORD:
            return "name"
        if _letter(lexed, start - 1) and before.cue.date:
            return "name"
        if text[start - 1] in "#_" or (text[start - 1] in "-.+/" and _letter(lexed, start - 2)):
            return "name"
        if "name" in before.cue.before:
            return "name"
    if text[start] in "-+" and _letter(lexed, start - 1):
        return "name"  # D+7
    if _letter(lexed, end) and after is not None and after.kind == WORD and after.start == end and after.end - end < 4:
        return "name"
    if text[end : end + 1] in "-_" and _letter(lexed, end + 1) and not amount.attributive:
        return "name"
    return ""


def _slashed(lexed: Lexed, amount: Amount, before: Token | None, after: Token | None, last: Amount | None) -> str:
    """4.5/5 is a rating, (1/3) a mark of progress, 6/20 a day, 24/7 an idiom."""
    scale = amount.scale
    if scale is None:
        return ""
    if scale <= 0:
        return "not a number"
    if (amount.value, scale) in ((24.0, 7.0), (7.0, 24.0)):
        return "name"
    bracketed = (
        before is not None
        and after is not None
        and _mark(lexed, amount.first - 1) in "(["
        and _mark(lexed, amount.last + 1) in ")]"
    )
    whole = amount.value == int(amount.value)
    if bracketed and whole and amount.value <= scale <= 12:
        return "progress"
    counts = before is not None and before.cue.verb != "" and after is not None and _is_noun(after)  # "ship 6/20 pages"
    if _mark(lexed, amount.last + 1) == "/" or (
        whole
        and not counts
        and amount.unit is None
        and 1 <= amount.value <= 12
        and 1 <= scale <= 31
        and scale not in SCALES
    ):
        return "date"
    if amount.unit is None and amount.value <= scale and not amount.counted:
        if after is not None and ("of" in after.cue.after or "skip" in after.cue.marks or _is_noun(after)) and whole:
            amount.value, amount.unit = round(100 * amount.value / scale, 2), "%"
        else:
            amount.unit = "score"
    return ""


def _is_noun(token: Token) -> bool:
    """Whether a word is likely to name things: 14/20 services."""
    return token.kind == WORD and token.cue is NO_CUE


def _mark(lexed: Lexed, at: int) -> str:
    if not 0 <= at < len(lexed.tokens) or lexed.tokens[at].kind != MARK:
        return "\0"
    return lexed.text(at, at)


def _clock(lexed: Lexed, amount: Amount, before: Token | None, after: Token | None, last: Amount | None) -> str:
    """10:30, 1:1"""
    tokens = lexed.tokens
    for step in (1, -1):
        mark = amount.last + 1 if step == 1 else amount.first - 1
        beyond = mark + step
        if _mark(lexed, mark) == ":" and 0 <= beyond < len(tokens) and tokens[beyond].kind == NUMBER:
            left, right = sorted((mark, amount.last if step == 1 else amount.first))
            if lexed.glued(left, right) and (lexed.glued(*sorted((mark, beyond))) or amount.value not in YEARS):
                if step == 1 and lexed.text(beyond, beyond) == "1" and amount.value > 1 and lexed.glued(mark, beyond):
                    amount.unit, amount.last = "ratio", beyond  # 3:1
                    return ""
                return "clock"
    return ""


def _called(lexed: Lexed, amount: Amount, before: Token | None, after: Token | None, last: Amount | None) -> str:
    """Tier 2, top 10, weight 30 %, our two teams, version 1.0, 五大"""
    bare = amount.unit is None and not amount.counted and amount.comparator is None and amount.factor == 1.0
    if last is not None and last.why_not == "name" and bare and amount.first - last.last == 2:
        link = lexed.tokens[amount.first - 1]
        if link.end - link.start <= 4 and _mark(lexed, amount.first - 1) not in ")]:;.":  # "Grade 4 & 5", "Ruby 3 → 4"
            return "name"
    if last is not None and last.why_not == "name" and bare and _is_like(lexed, last, amount):
        return "name"  # "Python 3.12 … drop 3.8"
    if after is not None:
        if "name" in after.cue.after and bare:
            return "name"
        if "definite" in after.cue.after and bare and not _is_cleared(lexed, amount):
            return "existing"
        for role in ("rank", "cadence", "scale"):
            if role in after.cue.after:
                return role
        if "window" in after.cue.after and (amount.unit in TIMES):
            return "window"
    if before is None:
        return ""
    colon = _mark(lexed, amount.first - 1) in ":("
    named = lexed.tokens[amount.first - 2] if colon and amount.first > 1 else before
    if "weight" in named.cue.before or "weight" in before.cue.before:
        return "weight"
    roles = before.cue.before
    if "rank" in roles and amount.comparator is None and not (before.cue.at_least or amount.unit in TIMES):
        return "rank"
    if "name" in roles and bare and not colon:
        return "name"
    if (
        "definite" in roles
        and not _is_cleared(lexed, amount)
        and (bare or _counts_things(lexed, amount))
        and (lexed.tokens[amount.at].is_spelt or amount.value <= 12)
    ):
        return "existing"
    if bare and before.cue.verb == "reach" and lexed.text(amount.at, amount.at).endswith(".0") and not _is_thing(after):
        return "name"  # "release 2.0 by June"
    if before.kind == WORD and bare and before.cue.verb == "" and not roles and _is_title(lexed, amount, before):
        return "name"
    return ""


def _is_thing(token: Token | None) -> bool:
    """Whether a word follows that may name what is counted."""
    return token is not None and token.kind == WORD and not token.cue.before


def _is_like(lexed: Lexed, last: Amount, amount: Amount) -> bool:
    """Whether both are numbers with a point, as versions are."""
    return all("." in lexed.text(one.at, one.at) for one in (last, amount)) and amount.value < _SMALL


def _is_cleared(lexed: Lexed, amount: Amount) -> bool:
    """Whether an existing set is to be done away with: "close the 8 audit findings" is a count to reach."""
    near = lexed.tokens[max(amount.first - _CLEARED, 0) : amount.last + 1 + _CLEARED]
    return any("clears" in token.cue.marks for token in near)


def _counts_things(lexed: Lexed, amount: Amount) -> bool:
    """我们的两个项目: where a measure word must follow, it does not make a count of things to be made."""
    return lexed.cues.modifiers_before and amount.counted and amount.unit is None and amount.comparator is None


def _is_title(lexed: Lexed, amount: Amount, before: Token) -> bool:
    """ "Postgres 16", "Wave 2": a capitalised word that begins no sentence and is no metric, before a small number."""
    written = lexed.text(amount.at, amount.at)
    if written.endswith(".0") and lexed.plain.text[before.start].isupper():
        return True
    if not lexed.plain.text[before.start].isupper() or before.start == 0:
        return False
    if lexed.tokens[amount.at].is_spelt or before.cue.unit_before or before.cue.marks or before.cue.date:
        return False
    acronym = lexed.plain.text[before.start : before.end]
    if len(written) >= 4 and written.isdigit() and not written.endswith("00") and acronym.isupper():
        return True  # "EN 301549"
    if amount.value > _SMALL and amount.value not in YEARS:
        return False
    first = amount.first == 1 or lexed.tokens[amount.first - 2].kind == MARK
    return not first and _letter(lexed, before.end - 1)


def _year(lexed: Lexed, amount: Amount, before: Token | None, after: Token | None, last: Amount | None) -> str:
    number = lexed.tokens[amount.at]
    if number.numeral is None or number.end - number.start != 4 or amount.value not in YEARS or amount.factor != 1.0:
        return ""
    if amount.unit == "year":
        return "date"
    if amount.unit is not None or amount.counted or amount.comparator is not None or not 2010 <= amount.value <= 2045:
        return ""
    if _measures_otherwise(lexed, amount):
        return "date"  # "surpass 2025 revenue of $4M"
    dated = before is not None and (before.cue.date != "" or "deadline" in before.cue.before)
    alone = before is None or (before.kind == MARK and not before.cue.before)
    ends = after is None or after.kind == MARK
    titled = before is not None and before.kind == WORD and not before.cue.verb and after is not None
    return (
        "date"
        if dated
        or (alone and not ends)
        or (titled and after is not None and bool(after.cue.before) and not after.cue.verb)
        or (ends and before is not None and not before.cue.verb and "to" not in before.cue.before)
        else ""
    )


def _measures_otherwise(lexed: Lexed, amount: Amount) -> bool:
    """Whether a number with a currency or a percent sign stands in the sentence, so that a year is a year."""
    others = (token for at, token in enumerate(lexed.tokens) if at != amount.at)
    return any(token.cue.currency or token.cue.unit == "%" or token.cue.unit_before == "%" for token in others)


def _window(lexed: Lexed, amount: Amount, before: Token | None, after: Token | None, last: Amount | None) -> str:
    """The last 30 days, every two weeks, a 12-week programme, 30天留存"""
    each = before is not None and "each" in before.cue.before and amount.comparator is None
    if each and before is not None and (amount.unit in TIMES or "definite" not in before.cue.before):
        return "cadence"
    if amount.value == 1 and after is not None and "each" in after.cue.after and lexed.cues.modifiers_before:
        return "cadence"
    if amount.unit not in TIMES:
        return ""
    if before is not None and "window" in before.cue.before and amount.comparator is None:
        return "window"
    if amount.attributive:
        following = lexed.tokens[amount.last + 1 : amount.last + 4]
        if not any("falls" in token.cue.marks for token in following):
            return "window"
    return ""


def _product(lexed: Lexed, amount: Amount, before: Token | None, after: Token | None, last: Amount | None) -> str:
    """40 × 25 €: how a number comes about, not the number"""
    marks = [_mark(lexed, amount.first - 1), _mark(lexed, amount.last + 1)]
    return "product" if any(mark in _TIMES_SIGNS for mark in marks) and amount.unit != "x" else ""
