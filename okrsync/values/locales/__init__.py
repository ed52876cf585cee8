"""How numbers, units, dates and answers are written in each language: one <language>.toml per language, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from okrsync.values.numerals import plain

COMMON = "common"
_ORDER = (COMMON, "en", "zh", "de", "fr", "es", "pt", "ja", "ru", "ko", "vi")
_LEVELS = MappingProxyType({"high": 0.9, "medium": 0.6, "low": 0.3})


class Word(Struct, frozen=True):
    """A word of the data. `value` is what it stands for (a unit, a factor, a comparator …), `kind` what sort it is.

    `decimal` is the decimal separator of the languages that have the word, where they agree on one.
    """

    text: str
    kind: str
    value: str
    decimal: str | None = None


def is_joined(letter: str) -> bool:
    """Whether a letter is of a script that is written without spaces between words (Chinese, kana, Hangul)."""
    return "\u3005" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" or "\uf900" <= letter <= "\ufaff"


def is_letter(letter: str) -> bool:
    """Whether a letter is of a script in which a word ends where its letters end."""
    return letter.isalpha() and not is_joined(letter)


class Words:
    """Words to be found at a place of a text, the longest first."""

    __slots__ = ("_exact", "_folded", "_lengths")

    def __init__(self, words: Iterable[Word]) -> None:
        self._folded: dict[str, Word] = {}
        self._exact: dict[str, Word] = {}
        lengths: dict[str, set[int]] = {}
        for word in words:
            bare = _bare(word.text)
            exact = bare != word.text
            text = bare if exact else bare.lower()
            (self._exact if exact else self._folded).setdefault(text, word)
            lengths.setdefault(text[0].lower(), set()).add(len(text))
        self._lengths = {first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()}

    def at(self, text: str, low: str, start: int, *, before_digit: bool = False) -> tuple[Word, int] | None:
        """The longest word that begins at `start` and where it ends. `low` is the text in lower case."""
        if start >= len(low):
            return None
        for length in self._lengths.get(low[start], ()):
            end = start + length
            word = self._exact.get(text[start:end]) or self._folded.get(low[start:end])
            if word is not None and end <= len(text) and _ends(text, end, before_digit):
                return word, end
        return None

    def whole(self, text: str) -> Word | None:
        """The word that the text is, if it is one."""
        return self._exact.get(text) or self._folded.get(text.lower())


def _bare(word: str) -> str:
    """A word of the data without the "=" that asks for its very letters."""
    return word[1:] if word.startswith("=") and word[1:2].isalpha() else word


def _ends(text: str, end: int, before_digit: bool) -> bool:
    """Whether a word may end here: not inside a longer word, nor glued to a number that follows."""
    if end == len(text) or not is_letter(text[end - 1]):
        return True
    return not is_letter(text[end]) and (before_digit or not text[end].isdigit())


class Lexicon(Struct, frozen=True):
    """The words of every language, those of one language first where two disagree.

    `before` and `after` stand around a number, `links` between two; `dates` are the words of days; `answers` (yes, no)
    and `levels` are whole cells, folded.
    """

    before: Words
    after: Words
    links: Words
    dates: Words
    answers: Mapping[str, bool]
    levels: Mapping[str, float]


Raw = Mapping[str, Any]
"""A parsed file of this folder; the tests hold every file to what is taken out here."""


@cache
def languages() -> Mapping[str, Raw]:
    """Every file of this folder, parsed: language → tables. The order is that in which they are asked."""
    from importlib.resources import files

    import tomli

    folder = files(__name__)
    names = {entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")}
    known = [name for name in _ORDER if name in names]
    ordered = [*known, *sorted(names.difference(known))]
    return MappingProxyType(
        {name: tomli.loads((folder / f"{name}.toml").read_text(encoding="utf-8")) for name in ordered}
    )


def split_locale(locale: str | None) -> tuple[str | None, str]:
    """Language and region of a locale: "pt-BR" → ("pt", "BR"). The language is None where there is no file for it."""
    language, _, region = (locale or "").replace("_", "-").partition("-")
    language = language.lower()
    known = language if language != COMMON and language in languages() else None
    return known, region.rpartition("-")[2].upper()


@cache
def decimal_of(locale: str | None) -> str | None:
    """What stands before the decimals in a locale: "." or ","; None where the locale is not known."""
    language, region = split_locale(locale)
    if language is None:
        return None
    raw = languages()[language]
    found: str | None = raw.get("regions", {}).get(region, raw.get("decimal"))
    return found


@cache
def date_order(locale: str | None) -> str | None:
    """In which order a locale writes a day in digits: "dmy", "mdy" or "ymd"; None where the locale is not known."""
    language, region = split_locale(locale)
    if language is None:
        return None
    dates = languages()[language].get("dates", {})
    for order, places in dates.get("regions", {}).items():
        if region in places:
            return str(order)
    found: str | None = dates.get("order")
    return found


@cache
def lexicon(language: str | None = None) -> Lexicon:
    """The words of all languages; where two use one word differently, `language` has the say, then the order above."""
    every = languages()
    first = [language] if language is not None and language in every else []
    order = [*first, *(name for name in every if name != language)]
    return Lexicon(
        _words(order, _before),
        _words(order, _after),
        _words(order, _links),
        _words(order, _dates),
        _cells(order, "answers", {"yes": True, "no": False}),
        _cells(order, "levels", _LEVELS),
    )


def fold(text: str) -> str:
    """A cell's words as answers and levels are compared: lower case, emoji without their variants, no outer dots."""
    return " ".join(plain(text).lower().split()).strip(" .!:;,")


def _words(order: list[str], entries: Any) -> Words:
    """The words of one sort in every language, with the decimal separator that a word gives away."""
    found: dict[str, Word] = {}
    decimals: dict[str, set[str | None]] = {}
    for language in order:
        raw = languages()[language]
        separator = None if raw.get("decimal_varies") else raw.get("decimal")
        for word in entries(raw):
            known = found.setdefault(word.text, word)
            if known.value == word.value:
                decimals.setdefault(word.text, set()).add(separator)
    own = _own_currencies()
    return Words(
        Word(word.text, word.kind, word.value, own.get(word.value) or _only(decimals[word.text]))
        for word in found.values()
    )


def _only(separators: set[str | None]) -> str | None:
    return next(iter(separators)) if len(separators) == 1 else None


def _own_currencies() -> dict[str, str]:
    """Currencies that tell of a language: who writes R$ separates decimals with a comma."""
    return {code: raw["decimal"] for raw in languages().values() for code in raw.get("own_currencies", ())}


def _cells(order: list[str], name: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for language in order:
        for key, words in languages()[language].get(name, {}).items():
            for word in words:
                found.setdefault(fold(word), values[key])
    return MappingProxyType(found)


def _table(raw: Raw, *path: str) -> Mapping[str, Any]:
    for name in path:
        raw = raw.get(name, {})
    return raw


def words_around(language: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words of one language that stand before and after a number; empty where there is no file for it."""
    raw = languages().get(language, {})
    return tuple(_before(raw)), tuple(_after(raw))


def date_words(language: str) -> tuple[Word, ...]:
    """The words of one language that stand in a day."""
    return tuple(_dates(languages().get(language, {})))


def number_words(language: str) -> Mapping[str, str]:
    """The words of one language that are numbers: word → its number, "N UNIT" for a time ("half an hour").

    A part of a whole is "share N", in percent.
    """
    raw = languages().get(language, {})
    words = {
        word: value for table in ("numbers", "times") for value, each in _table(raw, table).items() for word in each
    }
    return words | {word: f"share {value}" for value, each in _table(raw, "fractions").items() for word in each}


def _section(raw: Raw, kind: str, *path: str) -> Iterator[Word]:
    """A table of value → words."""
    for value, words in _table(raw, *path).items():
        for word in words:
            yield Word(word, kind, value)


def _kinds(raw: Raw, *path: str) -> Iterator[Word]:
    """A table of kind → words: each word stands for itself."""
    for kind, words in _table(raw, *path).items():
        for word in words:
            yield Word(word, kind, _bare(word))


def _money(raw: Raw) -> Iterator[Word]:
    yield from _section(raw, "currency", "currencies")
    codes = _table(raw, "currency_codes")
    same = codes.get("same", {})
    for code in codes.get("any_case", ()):
        yield Word(code, "currency", same.get(code.upper(), code.upper()))
    for code in codes.get("capitals", ()):
        yield Word(f"={code}", "currency", same.get(code, code))


def _before(raw: Raw) -> Iterator[Word]:
    yield from _section(raw, "comparator", "before", "comparators")
    yield from _section(raw, "sign", "before", "signs")
    yield from _section(raw, "unit", "before", "units")
    yield from _kinds(raw, "before", "words")
    yield from _money(raw)


def _after(raw: Raw) -> Iterator[Word]:
    yield from _section(raw, "comparator", "after", "comparators")
    yield from _section(raw, "unit", "units")
    yield from _section(raw, "magnitude", "magnitudes")
    yield from _section(raw, "money", "money_magnitudes")
    yield from _kinds(raw, "after", "words")
    yield from _money(raw)
    for word, (factor, unit) in _table(raw, "compounds").items():
        yield Word(word, "compound", f"{factor} {unit}")


def _links(raw: Raw) -> Iterator[Word]:
    yield from _kinds(raw, "links")


def _dates(raw: Raw) -> Iterator[Word]:
    dates = _table(raw, "dates")
    for kind in ("month", "ordinal"):
        for number, words in enumerate(dates.get(f"{kind}s", ()), start=1):
            for word in words:
                yield Word(word, kind, str(number))
    for kind, words in dates.items():
        if kind not in ("order", "regions", "months", "ordinals"):
            for word in words:
                yield Word(word, kind, word)
