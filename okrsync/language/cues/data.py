"""The files of words, read: one <language>.toml each, joined with the words of values and with what all share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from okrsync.values.locales import COMMON, date_words, number_words, words_around

JOINED = "\u3005-\ufaff"
"""Scripts without spaces between words, as one range of a pattern, which compiles faster than several: Chinese
characters, kana, Hangul, and what rare signs stand between them."""
LETTERS = rf"[^\W\d_{JOINED}]+(?:['-][^\W\d_{JOINED}]+){{0,8}}"
"""A word of other scripts: a pattern, compiled where it is first used, since its ranges take milliseconds."""
_ALL = frozenset[str]()
_SPANS = frozenset(("week", "month", "quarter", "year"))
_CALENDAR_UNITS = _SPANS | {"day"}
_CALENDAR = frozenset(("month", "week", "quarter", "half", "year_mark", "month_mark"))


class Cue(Struct, frozen=True, gc=False):
    """What one word or phrase may mean. Blank fields: it does not mean that.

    `verb`: up, down, better, keep or reach. `before` and `after`: the roles it gives to the number that follows or
    precedes it (from, to, by, now, goal, aside …). `marks`: what it is beside numbers (skip, opens, sub, not, falls …).
    `period`: the week, month … year it names from where we are ("quarter+1" is the next). The rest is what values
    knows: a unit, a factor, a comparator, a number. `may_date`: it may begin a day or a period.
    """

    verb: str = ""
    before: frozenset[str] = _ALL
    after: frozenset[str] = _ALL
    marks: frozenset[str] = _ALL
    unit: str = ""
    unit_before: str = ""
    factor: float = 0.0
    money: float = 0.0
    currency: str = ""
    counter: bool = False
    at_least: str = ""
    at_least_after: str = ""
    number: float | None = None
    share: float | None = None
    times: float | None = None
    date: str = ""
    period: str = ""
    may_date: bool = False


NO_CUE = Cue()


class Detection(Struct, frozen=True):
    """How a language is told: its script, its small words, letters of its own (also when written in scripts `also`)."""

    script: str
    words: frozenset[str]
    letters: frozenset[str]
    also: frozenset[str]
    endings: tuple[str, ...] = ()


@cache
def word_pattern() -> re.Pattern[str]:
    return re.compile(LETTERS)


@cache
def raw_files() -> Mapping[str, Mapping[str, Any]]:
    """Every file of this folder, parsed (Any: TOML; the tests hold each to what is read out of it)."""
    from importlib.resources import files

    import tomli

    found = sorted(
        (entry for entry in files(__package__).iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name
    )
    return MappingProxyType(
        {entry.name.removesuffix(".toml"): tomli.loads(entry.read_text(encoding="utf-8")) for entry in found}
    )


@cache
def known_languages() -> Mapping[str, tuple[str, ...]]:
    """Script → the languages written in it, by name."""
    scripts: dict[str, list[str]] = {}
    for language, raw in raw_files().items():
        if language != COMMON:
            scripts.setdefault(raw["detect"]["script"], []).append(language)
    return MappingProxyType({script: tuple(languages) for script, languages in scripts.items()})


def is_read(language: str | None) -> bool:
    """Whether sentences of a language ("de", not "de-AT") are read."""
    return any(language in each for each in known_languages().values())


@cache
def detection(language: str) -> Detection:
    """How a language is told from others."""
    raw = raw_files()[language]["detect"]
    return Detection(
        raw["script"],
        frozenset(raw.get("words", ())),
        frozenset(raw.get("letters", "")),
        frozenset(raw.get("also", ())),
        tuple(raw.get("endings", ())),
    )


def _behind(language: str) -> list[str]:
    """The files that speak for a language, itself first.

    Sentences in other scripts are full of English words, so English stands behind every language that is not
    written in Latin letters.
    """
    latin = language == "en" or raw_files()[language]["detect"]["script"] == "latin"
    return [language, COMMON] if latin else [language, COMMON, "en"]


@cache
def fold_of(language: str) -> dict[int, int]:
    """Letters that a language writes in two ways → the one its words are kept in."""
    raw = raw_files()[language].get("fold", {})
    return str.maketrans(raw.get("from", ""), raw.get("to", ""))


def when_of(language: str) -> dict[str, frozenset[str]]:
    """What words say beside a day → those words."""
    found: dict[str, frozenset[str]] = {}
    fold = fold_of(language)
    for name in _behind(language):
        for sort, words in raw_files()[name].get("when", {}).items():
            found[sort] = found.get(sort, _ALL) | frozenset(word.translate(fold) for word in words)
    return found


def calendar_words() -> Iterable[str]:
    """The words of months, periods and times in every language, but for those that stand in any sentence."""
    languages = [name for name in raw_files() if name != COMMON]
    small: set[str] = set()
    for language in languages:
        small.update(raw_files()[language]["detect"].get("words", ()))
        small.update(word for words in raw_files()[language].get("when", {}).values() for word in words)
    for language in languages:
        yield from (word.text for word in date_words(language) if word.kind in _CALENDAR)
        yield from (
            word.text for word in words_around(language)[1] if word.kind == "unit" and word.value in _CALENDAR_UNITS
        )
        phrases = [phrase for each in raw_files()[language].get("periods", {}).values() for phrase in each]
        phrases += [word.text for word in date_words(language) if word.kind in ("year_end", "quarter_end")]
        yield from (word for phrase in phrases for word in word_pattern().findall(phrase.lower()) if word not in small)


def phrases_of(language: str) -> dict[tuple[str, bool], Cue]:
    """Phrase (and whether its very letters are meant) → cue: a language's own words first, then what all share."""
    found: dict[tuple[str, bool], dict[str, Any]] = {}
    fold = fold_of(language)
    for name in _behind(language):
        known = {(key, field) for key, fields in found.items() for field in fields}
        for text, field, value in _entries(name):
            exact = text.startswith("=") and text[1:2].isalpha()
            key = (text[1:] if exact else text.lower().translate(fold), exact)
            if (key, field) not in known:
                _add(found.setdefault(key, {}), field, value)
    for (text, exact), fields in found.items():
        if exact:
            fields.update({**found.get((text.lower(), False), {}), **fields})
    for fields in found.values():
        fields["may_date"] = (
            bool(fields.get("date")) or fields.get("unit") in _CALENDAR_UNITS or "date" in fields.get("marks", _ALL)
        )
    return {key: Cue(**fields) for key, fields in found.items()}


def _add(fields: dict[str, Any], field: str, value: Any) -> None:
    if field in ("before", "after", "marks"):
        fields[field] = fields.get(field, _ALL) | {value}
    else:
        fields.setdefault(field, value)


def _entries(language: str) -> Iterable[tuple[str, str, Any]]:
    """Every word of one language as (text, field of Cue, value)."""
    raw = raw_files().get(language, {})
    for verb, words in raw.get("verbs", {}).items():
        yield from ((word, "verb", verb) for word in words)
    for side in ("before", "after", "marks"):
        for role, words in raw.get(side, {}).items():
            yield from ((word, side, role) for word in words)
    for factor, words in raw.get("times", {}).items():
        yield from ((word, "times", float(factor)) for word in words)
    for period, words in raw.get("periods", {}).items():
        for word in words:
            yield word, "period", period
            yield word, "marks", "date"
    yield from _values(language)


_FIELDS = {
    "unit": "unit", "currency": "currency", "counter": "counter", "comparator": "at_least_after", "magnitude": "factor",
    "money": "money",
}  # fmt: skip


def _values(language: str) -> Iterable[tuple[str, str, Any]]:
    """The words of values: what stands before and after a number, number words, words of days."""
    before, after = words_around(language)
    for word in before:
        if word.kind == "comparator":
            yield word.text, "at_least", word.value
        elif word.kind == "unit":
            yield word.text, "unit_before", word.value
        elif word.kind == "currency":
            yield word.text, "currency", word.value
        elif word.kind == "hedge":
            yield word.text, "marks", "skip"
    for word in after:
        if word.kind == "compound":
            factor, unit = word.value.split()
            yield word.text, "factor", float(factor)
            yield word.text, "unit", unit
        elif word.kind in _FIELDS:
            field = _FIELDS[word.kind]
            yield word.text, field, _value(field, word.value)
    for text, value in number_words(language).items():
        share = value.removeprefix("share ")
        number, _, unit = share.partition(" ")
        yield text, "share" if share != value else "number", float(number)
        if unit:
            yield text, "unit", unit
    for word in date_words(language):
        yield word.text, "date", word.kind


def _value(field: str, value: str) -> Any:
    return True if field == "counter" else float(value) if field in ("factor", "money") else value
