"""One number in a text with what belongs to it: signs and currencies before it, magnitudes and units after it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, field

from okrsync.values.locales import Lexicon, Word, decimal_of, is_letter, lexicon, split_locale
from okrsync.values.numerals import Numeral, numeral_at

_YEARS = range(1900, 2101)
_NO_NUMERAL = Numeral(0, 0, ())
_GERMAN_DAY = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}")


class Text(NamedTuple):
    """A plain text with its lower case and the words to read it with."""

    text: str
    low: str
    words: Lexicon
    point: str | None

    def skip(self, place: int) -> int:
        """The first place from here that is no white space."""
        while place < len(self.text) and self.text[place].isspace():
            place += 1
        return place


class Amount(Struct):
    """One number with what belongs to it, while it is being read."""

    start: int = 0
    end: int = 0
    numeral: Numeral = _NO_NUMERAL
    sign: float = 1.0
    signed: bool = False
    factor: float = 1.0
    unit: str | None = None
    comparator: str | None = None
    hedged: bool = False
    leading: str | None = None
    counted: bool = False
    per: bool = False
    decimals: set[str] = field(default_factory=set)

    def readings(self, point: str | None) -> tuple[float, ...]:
        """What the number may be, magnitude and sign included; the customary reading first."""
        if point is None and len(self.decimals) == 1:
            point = next(iter(self.decimals))
        elif point is None and self.factor == 1.0 and is_currency(self.unit):
            # nobody writes money to three decimals: "2.500 €" has thousands
            return (self.sign * max(self.numeral.readings),) if self.numeral.readings else ()
        return tuple(exact(self.sign * each * self.factor) for each in self.numeral.under(point))

    def raw(self) -> float:
        """The digits alone."""
        return self.numeral.readings[0]


def prepared(text: str, locale: str | None) -> Text:
    """A plain text made ready to be read under a locale."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(lower if len(lower := letter.lower()) == 1 else letter for letter in text)
    return Text(text, low, _lexicon_of(locale), decimal_of(locale))


@lru_cache(maxsize=64)
def _lexicon_of(locale: str | None) -> Lexicon:
    return lexicon(split_locale(locale)[0])


def exact(value: float) -> float:
    """A product without the noise of binary fractions: 4.35 × 1e8 is 435000000."""
    return float(f"{value:.15g}")


def amount_at(text: Text, start: int) -> Amount | None:
    """The amount that begins at a place: what stands before the number, the number, what belongs to it after."""
    amount = Amount(start=start)
    place = _read_before(text, start, amount)
    numeral = numeral_at(text.text, place)
    if amount.hedged or numeral is None or not numeral.readings:
        return None
    amount.numeral = numeral
    amount.end = _read_after(text, amount.numeral.end, amount)
    if amount.hedged or _is_glued(text, amount) or _is_calendar(text, amount):
        return None
    return amount


def _read_before(text: Text, start: int, amount: Amount) -> int:
    place = text.skip(start)
    while (found := text.words.before.at(text.text, text.low, place, before_digit=True)) is not None:
        word, end = found
        if not _take_before(amount, word):
            break
        place = text.skip(end)
    return place


def _take_before(amount: Amount, word: Word) -> bool:
    """Adds a word that stands before a number; False when it does not go with what is there."""
    if word.decimal is not None:
        amount.decimals.add(word.decimal)
    match word.kind:
        case "comparator" if amount.comparator is None:
            amount.comparator = word.value
        case "sign" if not amount.signed:
            amount.signed = True
            amount.sign = -1.0 if word.value == "-" else 1.0
        case "unit" | "currency" if amount.unit is None:
            amount.unit = word.value
        case "from" | "between" if amount.leading is None:
            amount.leading = word.kind
        case "hedge":
            amount.hedged = True
        case "neutral":
            pass
        case _:
            return False
    return True


def _read_after(text: Text, end: int, amount: Amount) -> int:
    place = end
    while True:
        at = text.skip(place)
        if text.text[at : at + 1] == "-" and at == place and is_letter(text.text[at + 1 : at + 2] or " "):
            at += 1  # "5-day"
        found = text.words.after.at(text.text, text.low, at)
        if found is None or not _take_after(text, amount, *found):
            return place
        place = found[1]


def _take_after(text: Text, amount: Amount, word: Word, end: int) -> bool:
    """Adds a word that stands after a number; False when it begins a remark."""
    match word.kind:
        case "magnitude" if amount.factor == 1.0 and not amount.counted:
            amount.factor = float(word.value)
        case "money" if amount.factor == 1.0 and (is_currency(amount.unit) or _kind_after(text, end) == "currency"):
            amount.factor = float(word.value)
        case "compound" if amount.factor == 1.0 and amount.unit is None:
            factor, amount.unit = word.value.split()
            amount.factor = float(factor)
        case "unit" if amount.unit is None or (amount.unit == "score" and word.value == "%"):
            amount.unit = word.value
        case "counter" if amount.unit is None:
            amount.unit, amount.counted = text.text[end - len(word.text.removeprefix("=")) : end], True
        case "currency" if amount.unit in (None, word.value) or _is_open_sign(text, amount):
            amount.unit = word.value
        case "comparator" if amount.comparator in (None, word.value):
            amount.comparator = word.value
        case "hedge" | "ordinal":
            amount.hedged = True
        case "money" if word.value != "1e12":
            amount.hedged = True  # "5 m" are metres, minutes or millions
        case "date_mark":
            return _take_date_mark(text, amount, word, end)
        case "per" | "aside":
            amount.per = True
            return False
        case _:
            return False
    if word.decimal is not None:
        amount.decimals.add(word.decimal)
    return True


def _is_open_sign(text: Text, amount: Amount) -> bool:
    """Whether the number has a "$" or "¥" before it, which a word after it may make more precise."""
    return text.text[amount.start : amount.numeral.start].strip(" +-<>=≤≥") in ("$", "¥")


def _take_date_mark(text: Text, amount: Amount, word: Word, end: int) -> bool:
    """日 after a number up to 31 may be a day of the month; after a larger one or within a bound it counts days."""
    bounded = amount.comparator is not None or _kind_after(text, end) == "comparator"
    if word.value in ("日", "일") and amount.unit is None and (bounded or amount.raw() > 31):
        amount.unit = "day"
        return True
    amount.hedged = True
    return True


def _kind_after(text: Text, place: int) -> str | None:
    """What sort of word stands at a place."""
    found = text.words.after.at(text.text, text.low, text.skip(place))
    return found[0].kind if found is not None else None


def is_currency(unit: str | None) -> bool:
    """Whether a canonical unit is money."""
    return unit in ("¥", "kr") or (unit is not None and len(unit) == 3 and unit.isascii() and unit.isupper())


def _is_glued(text: Text, amount: Amount) -> bool:
    """Whether unknown letters are stuck to the number: "4G", "2FA" and "1st" are names, no quantities."""
    following = text.text[amount.end : amount.end + 1]
    return amount.end == amount.numeral.end and bool(following) and (is_letter(following) or following == "_")


def _is_calendar(text: Text, amount: Amount) -> bool:
    """Whether the number is a year ("2026年"), a clock time, or a day as Germans write it ("20.11.")."""
    value, end = amount.raw(), amount.end
    if amount.unit == "year" and value in _YEARS:
        return True
    following = text.text[end : end + 2]
    if following[:1] == ":" and following[1:].isdigit():
        return True
    written = text.text[amount.start : end].strip()
    return following == "." and _GERMAN_DAY.fullmatch(written) is not None
