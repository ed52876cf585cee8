"""A cell's text → the quantity it holds: a number with what stands before, after and between; no number is invented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from okrsync.kinds import Comparator
from okrsync.values.amounts import Amount, Text, amount_at, exact, is_currency, prepared
from okrsync.values.locales import Word, fold, is_letter
from okrsync.values.numerals import plain

MAX_LENGTH = 200
"""A longer text is prose: it holds no value of a cell."""
MAX_REMARK = 60
MAX_REMARK_WORDS = 6
MAX_NOUN_WORDS = 3

_SIMPLE = re.compile(r"\s*([-+]?[0-9]{1,15}(?:\.[0-9]{1,2})?)\s?(%?)\s*")
_DIGIT = re.compile(r"[0-9]")
_OTHER_DIGIT = re.compile("[0-9²³¹¼-¾⁰-₉⅐-↉①-⓿❶-➓]")
_LABEL = re.compile(r"[-_.][^\W\d_]+[0-9]")
_CODE = re.compile(r"[^\W\d_][0-9]+[\w.]*")
_NOUN = re.compile(r"[^\W\d_][^\W_]*(?:[-'.][^\W\d_]+)*(?: [^\W\d_][^\W_]*(?:[-'][^\W\d_]+)*){0,9}")
_YEARS = range(1900, 2101)
_DOUBT = frozenset("?~≈[]{}±")
_COMPARATORS: Mapping[str, Comparator] = MappingProxyType({">=": ">=", "<=": "<=", ">": ">", "<": "<"})
_STRAY = frozenset("%=×÷$€£¥₹<>≤≥")


class Quantity(Struct, frozen=True):
    """A number as typed, with what stood around it. Percent is on the 0–100 scale with unit `%`.

    `of` is the whole of "3 of 7" and "4/15". `upper` is the second number of a range or of "300 → 900". `unit` is the
    canonical unit (ISO currency, %, pp, x, ms second minute hour day week month quarter year, score) or the counted
    word as it stands ("家"). `scale_sure` is False where the number may be another, a hundred or a thousand times as
    large ("1.234" in a sheet of unknown locale): `readings` then holds both.
    """

    value: float
    unit: str | None = None
    comparator: Comparator | None = None
    of: float | None = None
    upper: float | None = None
    scale_sure: bool = True
    readings: tuple[float, ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether it is one number, and no range or bound."""
        return self.upper is None and self.comparator is None


def quantity_in(text: str, locale: str | None = None) -> Quantity | None:
    """The quantity a text holds, None where it holds none or more than one that do not belong together."""
    if len(text) > MAX_LENGTH:
        text = text.strip()
        if len(text) > MAX_LENGTH:
            return None
    simple = _SIMPLE.fullmatch(text)
    if simple is not None:
        return Quantity(float(simple[1]), simple[2] or None)
    bare = plain(text)
    if _DIGIT.search(bare) is None:
        return None
    return _in_brackets(bare, locale) or _whole(prepared(bare, locale))


def _in_brackets(text: str, locale: str | None) -> Quantity | None:
    """ "(3)" and "($1,200)" are how accountants write −3 and −1,200."""
    if not (text.startswith("(") and text.endswith(")")) or text.count("(") > 1:
        return None
    inner = prepared(text[1:-1].strip(), locale)
    amount = amount_at(inner, 0)
    if amount is None or amount.signed or amount.comparator or amount.end != len(inner.text):
        return None
    if amount.unit not in (None, "%") and not is_currency(amount.unit):
        return None
    amount.sign = -1.0
    return _quantity(inner, amount)


def _whole(text: Text) -> Quantity | None:
    """The quantity of the whole text: an amount, perhaps linked to a second one, and a remark."""
    first = amount_at(text, 0)
    if first is None:
        return None
    if not first.per:
        linked = _linked(text, first)
        if linked is not None:
            return linked[0]
    if not _is_remark(text, first):
        return None
    if first.unit is None and not first.per:
        first.unit = _noun(text, first.end)
    return _quantity(text, first)


# two amounts


def _linked(text: Text, first: Amount) -> tuple[Quantity | None] | None:
    """The quantity of two linked amounts, in a tuple; None where no second amount follows."""
    at = text.skip(first.end)
    found = text.words.links.at(text.text, text.low, at, before_digit=True)
    if found is None:
        return None
    link, end = found
    if not text.text[end:].strip():
        return (None,)
    second = amount_at(text, end)
    if second is None:
        return None
    if not second.per and not _is_remark(text, second):
        return (None,)
    if link.kind == "and" and first.leading != "between":
        return (None,)
    if link.kind == "dash" and second.signed:
        return (None,)
    if _is_date(text, first, second, link):
        return (None,)
    if link.kind in ("of", "among"):
        return (_share(text, first, second, link),)
    return (_span(text, first, second, link),)


def _is_date(text: Text, first: Amount, second: Amount, link: Word) -> bool:
    """Whether two linked numbers are a month of a year or two years: "2026-11", "11/2026", "2024–2026"."""
    if link.value not in ("/", "-", "–", "—") or first.unit is not None or second.unit is not None:
        return False
    low, high = sorted((first.raw(), second.raw()))
    bare = text.text[first.start : first.end].isdigit() and high == int(high)
    return bare and high in _YEARS and (low <= 12 or low in _YEARS) and not text.text[second.end :].strip()


def _share(text: Text, first: Amount, second: Amount, link: Word) -> Quantity | None:
    """ "3 of 7", "7个中的3个" """
    if link.kind == "among":
        first, second = second, first
    done, whole = first.readings(text.point), second.readings(text.point)
    if len(done) != 1 or len(whole) != 1 or whole[0] <= 0 or done[0] < 0 or second.comparator:
        return None
    units = {amount.unit for amount in (first, second) if amount.unit is not None}
    if units & {"%", "pp", "x"} or len(units) > 1 or (done[0], whole[0], link.value) == (24.0, 7.0, "/"):
        return None
    unit = first.unit or second.unit or _noun(text, max(first.end, second.end))
    return Quantity(done[0], unit, _comparator(first), of=whole[0])


def _span(text: Text, first: Amount, second: Amount, link: Word) -> Quantity | None:
    """ "20–30%", "300 → 900": a unit or magnitude that stands once is meant for both if nothing speaks against it."""
    unit = second.unit or first.unit
    if first.unit not in (None, unit):
        return None
    low, high = first.readings(text.point), second.readings(text.point)
    if first.factor == 1.0 and second.factor != 1.0 and first.raw() and low[0] < second.raw():
        if link.kind != "dash":
            return None  # "10 → 15万" may start at 10 or at 100,000
        low = tuple(exact(each * second.factor) for each in low)
    if len(low) != 1 or len(high) != 1 or second.comparator not in (None, first.comparator):
        return None
    if high[0] < low[0] and (link.kind in ("dash", "and") or first.comparator):
        return None
    unit = unit or (None if second.per else _noun(text, second.end))
    return Quantity(low[0], unit, _comparator(first), upper=high[0])


# what is left


def _is_remark(text: Text, amount: Amount) -> bool:
    """Whether what follows an amount may stand there without making its number another one."""
    rest = text.text[amount.end :].strip()
    if not rest:
        return True
    if len(rest) > MAX_REMARK or not _DOUBT.isdisjoint(rest) or rest.count("(") != rest.count(")"):
        return False
    if not amount.per and not _STRAY.isdisjoint(rest):
        return False
    if _LABEL.match(text.text, amount.end) is not None:
        return False  # "2026-Q4"
    if _OTHER_DIGIT.search(_CODE.sub(" ", rest)) is not None or len(rest.split()) > MAX_REMARK_WORDS:
        return False
    return not _has_hedge(text, amount.end) and not _names_month(text, amount)


def _places(text: Text, start: int) -> list[int]:
    """Where words begin from a place on."""
    every = range(start, len(text.text))
    return [i for i in every if not text.text[i].isspace() and (i == start or not is_letter(text.text[i - 1]))]


def _has_hedge(text: Text, start: int) -> bool:
    for place in _places(text, start):
        if not is_letter(text.text[place]):
            continue
        found = text.words.after.at(text.text, text.low, place)
        if found is not None and found[0].kind == "hedge":
            return True
    return False


def _names_month(text: Text, amount: Amount) -> bool:
    """ "20 Nov", "20 de noviembre": a day."""
    if amount.unit is not None or amount.raw() not in range(1, 32):
        return False
    found = (text.words.dates.at(text.text, text.low, place) for place in _places(text, amount.end))
    return any(each is not None and each[0].kind == "month" for each in found)


def _noun(text: Text, place: int) -> str | None:
    """The counted thing as it stands: "3 new customers" → "new customers"; None for a remark."""
    rest = text.text[place:].strip()
    found = _NOUN.match(rest)
    if found is None or len(found[0].split()) > MAX_NOUN_WORDS or fold(found[0]) in text.words.answers:
        return None
    return found[0]


def _comparator(amount: Amount) -> Comparator | None:
    return _COMPARATORS.get(amount.comparator or "")


def _quantity(text: Text, amount: Amount) -> Quantity | None:
    readings = amount.readings(text.point)
    if not readings or amount.leading is not None:
        return None
    comparator = _comparator(amount)
    if len(readings) == 1:
        return Quantity(readings[0], amount.unit, comparator)
    return Quantity(readings[0], amount.unit, comparator, scale_sure=False, readings=readings)
