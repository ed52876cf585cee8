"""The words that give numbers their roles, per language: one <language>.toml each, joined with the words of values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from okrsync.values.locales import (
    COMMON,
    date_order,
    date_words,
    decimal_of,
    is_joined,
    is_letter,
    number_words,
    words_around,
)
from okrsync.values.wordnumbers import spelt

JOINED = "\u3005-\ufaff"
"""Scripts without spaces between words, as one range of a pattern, which compiles faster than several: Chinese
characters, kana, Hangul, and what rare signs stand between them."""
LETTERS = rf"[^\W\d_{JOINED}]+(?:['-][^\W\d_{JOINED}]+){{0,8}}"
"""A word of other scripts: a pattern, compiled where it is first used, since its ranges take milliseconds."""
_STEM_MIN = 3
_REMEMBERED = 20_000
_LONGEST_WORD = 60
"""Letters: what is longer is no word of any language, nor a compound of one."""
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


Phrases = Mapping[str, tuple[str, ...]]
"""The one or two letters behind a word → the phrases that go on so, the longest first."""


class Cues:
    """Every phrase of a language, to be looked up at a place of a sentence, the longest first."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.decimal = decimal_of(language)
        raw = _files()[language]
        self.join: str | None = raw.get("number_join")
        self.modifiers_before: bool = raw.get("modifiers_before", False)
        self.yen: str = raw.get("yen", "CNY")
        self.ordinal_dot: bool = raw.get("ordinal_dot", False)
        self.month_before_unclear: bool = raw.get("month_before_unclear", False)
        self.fiscal_unclear: bool = raw.get("fiscal_unclear", False)
        self.times_unclear: bool = raw.get("times_unclear", False)
        self.verb_last: bool = raw.get("verb_last", False)
        self.verb_follows: bool = self.verb_last or raw.get("verb_follows", False)
        self.fold = _fold(language)
        phrases = _phrases(language)
        self.numbers = {text: cue.number for (text, _), cue in phrases.items() if cue.number is not None}
        self._stems = {text[:-1]: cue for (text, _), cue in phrases.items() if len(text) > 1 and text[-1] == "*"}
        self._tails = {text[1:]: cue for (text, _), cue in phrases.items() if len(text) > 1 and text[0] == "*"}
        self._known: dict[str, tuple[Cue | None, Phrases]] = {}
        self._spelt: dict[str, float | None] = {}
        self.day_first = date_order(language) == "dmy"
        self._when = _when(language)
        self._when_known: dict[str, frozenset[str]] = {}
        self._exact = {text: cue for (text, exact), cue in phrases.items() if exact}
        self._folded = {text: cue for (text, exact), cue in phrases.items() if not exact}
        self._exact_letters = frozenset(text[0] for text in self._exact)
        self._words, self._signs = _by_first(phrases)

    def __len__(self) -> int:
        """How many words and phrases mean something."""
        return len(self._exact) + len(self._folded)

    def has(self, word: str) -> bool:
        """Whether a word in lower case means something by itself or by its stem."""
        return word in self._folded or self._stem(word) is not None

    def at_word(self, text: str, low: str, start: int, end: int) -> tuple[Cue | None, int]:
        """The cue of the longest phrase that begins with the word from start to end, and where the phrase ends."""
        known = self._known.get(text[start:end])
        cue, phrases = known if known is not None else self._learnt(text[start:end], low[start:end])
        if phrases:
            for following in (low[end : end + 2], low[end : end + 1]):
                for phrase in phrases.get(following, ()):
                    stop = start + len(phrase)
                    if low.startswith(phrase, start) and _ends(low, stop):
                        return self._of(text[start:stop], phrase), stop
        return cue, end

    def _learnt(self, text: str, low: str) -> tuple[Cue | None, Phrases]:
        """What a word means as it is written, and the phrases that begin with it; kept, as words come again."""
        if len(text) > _LONGEST_WORD:
            return None, {}
        cue = _both(self._of(text, low), self._stem(low))
        if cue is None and self._tails:
            cue = self._tail(low)
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        known = self._known[text] = cue, self._words.get(low, {})
        return known

    def spelt(self, word: str) -> float | None:
        """The number that a compound of number words makes, "twenty-five"; None for any other word."""
        if "-" not in word and not self.join:
            return None
        if word not in self._spelt:
            if len(self._spelt) > _REMEMBERED:
                self._spelt.clear()
            self._spelt[word] = spelt(word, self.numbers, self.join) if len(word) <= _LONGEST_WORD else None
        return self._spelt.get(word)

    def at_sign(self, text: str, low: str, start: int) -> tuple[Cue, int] | None:
        """The cue of the longest phrase that begins at a sign or a character of a script without spaces."""
        folded, exact = self._folded, self._exact if text[start] in self._exact_letters else {}
        for length in self._signs.get(low[start], ()):
            stop = start + length
            if stop > len(low):
                continue
            cue = folded.get(low[start:stop])
            if cue is None and exact:
                cue = exact.get(text[start:stop])
            if cue is not None and (length == 1 or _ends(low, stop)):
                return cue, stop
        return None

    def words_of(self, sort: str) -> frozenset[str]:
        """The words that say so much beside a day."""
        return self._when.get(sort, _ALL)

    def when(self, text: str) -> frozenset[str]:
        """What the words of a phrase in lower case say beside a day: by, during, since, before, early, mid, inside …"""
        found = self._when_known.get(text)
        if found is None:
            words = _ASUNDER.split(text)
            found = frozenset(
                sort
                for sort, each in self._when.items()
                if any((word in text if is_joined(word[0]) else word in words) for word in each)
            )
            if len(self._when_known) > _REMEMBERED:
                self._when_known.clear()
            self._when_known[text] = found
        return found

    def _of(self, text: str, low: str) -> Cue | None:
        return self._exact.get(text) or self._folded.get(low)

    def _tail(self, word: str) -> Cue | None:
        """The cue of the last part of a compound that is no cue as a whole: Umsatzwachstum."""
        for start in range(_STEM_MIN, len(word) - _STEM_MIN):
            cue = self._tails.get(word[start:])
            if cue is not None:
                return cue
        return None

    def _stem(self, word: str) -> Cue | None:
        for length in range(len(word), _STEM_MIN - 1, -1):
            cue = self._stems.get(word[:length])
            if cue is not None:
                return cue
        return None


def _both(word: Cue | None, stem: Cue | None) -> Cue | None:
    """What a word means by itself and by its stem; a word that is plain means nothing else."""
    if word is None or stem is None or "plain" in word.marks:
        return word or stem
    return replace(
        word,
        verb=word.verb or stem.verb,
        before=word.before | stem.before,
        after=word.after | stem.after,
        marks=word.marks | stem.marks,
    )


_ASUNDER = re.compile(r"[\s':.-]+")


def _ends(low: str, stop: int) -> bool:
    """Whether a phrase may end here: not within a word."""
    return stop >= len(low) or not (is_letter(low[stop]) and is_letter(low[stop - 1]))


def _by_first(phrases: Iterable[tuple[str, bool]]) -> tuple[Mapping[str, Phrases], Mapping[str, tuple[int, ...]]]:
    """Phrases of several words by their first word, signs and joined scripts by their first letter; longest first."""
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    signs: dict[str, set[int]] = {}
    word = _word()
    for low in sorted({text.lower() for text, _ in phrases}, key=len, reverse=True):
        first = word.match(low)
        if low[0] == "*" and len(low) > 1:
            continue
        if first is None:
            signs.setdefault(low[0], set()).add(len(low))
        elif first.end() < len(low) and not low.endswith("*"):
            following = words.setdefault(first[0], {})
            key = low[first.end() : first.end() + 2]
            following[key] = (*following.get(key, ()), low)
    return words, {first: tuple(sorted(each, reverse=True)) for first, each in signs.items()}


@cache
def _word() -> re.Pattern[str]:
    return re.compile(LETTERS)


@cache
def cues(language: str) -> Cues:
    """The cues of a language for which there is a file."""
    return Cues(language)


@cache
def _files() -> Mapping[str, Mapping[str, Any]]:
    """Every file of this folder, parsed (Any: TOML; the tests hold each to what is read out of it)."""
    import tomllib
    from importlib.resources import files

    found = sorted((entry for entry in files(__name__).iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name)
    return MappingProxyType(
        {entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8")) for entry in found}
    )


@cache
def known_languages() -> Mapping[str, tuple[str, ...]]:
    """Script → the languages written in it, by name."""
    scripts: dict[str, list[str]] = {}
    for language, raw in _files().items():
        if language != COMMON:
            scripts.setdefault(raw["detect"]["script"], []).append(language)
    return MappingProxyType({script: tuple(languages) for script, languages in scripts.items()})


@cache
def detection(language: str) -> Detection:
    """How a language is told from others."""
    raw = _files()[language]["detect"]
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
    latin = language == "en" or _files()[language]["detect"]["script"] == "latin"
    return [language, COMMON] if latin else [language, COMMON, "en"]


@cache
def _fold(language: str) -> dict[int, int]:
    """Letters that a language writes in two ways → the one its words are kept in."""
    raw = _files()[language].get("fold", {})
    return str.maketrans(raw.get("from", ""), raw.get("to", ""))


def _when(language: str) -> dict[str, frozenset[str]]:
    """What words say beside a day → those words."""
    found: dict[str, frozenset[str]] = {}
    fold = _fold(language)
    for name in _behind(language):
        for sort, words in _files()[name].get("when", {}).items():
            found[sort] = found.get(sort, _ALL) | frozenset(word.translate(fold) for word in words)
    return found


def calendar_words() -> Iterable[str]:
    """The words of months, periods and times in every language, but for those that stand in any sentence."""
    languages = [name for name in _files() if name != COMMON]
    small: set[str] = set()
    for language in languages:
        small.update(_files()[language]["detect"].get("words", ()))
        small.update(word for words in _files()[language].get("when", {}).values() for word in words)
    for language in languages:
        yield from (word.text for word in date_words(language) if word.kind in _CALENDAR)
        yield from (
            word.text for word in words_around(language)[1] if word.kind == "unit" and word.value in _CALENDAR_UNITS
        )
        phrases = [phrase for each in _files()[language].get("periods", {}).values() for phrase in each]
        phrases += [word.text for word in date_words(language) if word.kind in ("year_end", "quarter_end")]
        yield from (word for phrase in phrases for word in _word().findall(phrase.lower()) if word not in small)


def _phrases(language: str) -> dict[tuple[str, bool], Cue]:
    """Phrase (and whether its very letters are meant) → cue: a language's own words first, then what all share."""
    found: dict[tuple[str, bool], dict[str, Any]] = {}
    fold = _fold(language)
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
    raw = _files().get(language, {})
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
