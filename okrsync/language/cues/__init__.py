"""The words that give numbers their roles, per language: one <language>.toml each, joined with the words of values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec.structs import replace

from okrsync.language.cues.data import (
    JOINED,
    LETTERS,
    NO_CUE,
    Cue,
    Detection,
    calendar_words,
    detection,
    fold_of,
    is_read,
    known_languages,
    phrases_of,
    raw_files,
    when_of,
    word_pattern,
)
from okrsync.values.locales import date_order, decimal_of, is_joined, is_letter
from okrsync.values.wordnumbers import spelt

__all__ = [
    "JOINED",
    "LETTERS",
    "NO_CUE",
    "Cue",
    "Cues",
    "Detection",
    "calendar_words",
    "cues",
    "detection",
    "is_read",
    "known_languages",
]

_STEM_MIN = 3
_REMEMBERED = 20_000
_LONGEST_WORD = 60
"""Letters: what is longer is no word of any language, nor a compound of one."""
_ALL = frozenset[str]()

Phrases = Mapping[str, tuple[str, ...]]
"""The one or two letters behind a word → the phrases that go on so, the longest first."""


class Cues:
    """Every phrase of a language, to be looked up at a place of a sentence, the longest first."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.decimal = decimal_of(language)
        raw = raw_files()[language]
        self.join: str | None = raw.get("number_join")
        self.modifiers_before: bool = raw.get("modifiers_before", False)
        self.yen: str = raw.get("yen", "CNY")
        self.ordinal_dot: bool = raw.get("ordinal_dot", False)
        self.month_before_unclear: bool = raw.get("month_before_unclear", False)
        self.fiscal_unclear: bool = raw.get("fiscal_unclear", False)
        self.times_unclear: bool = raw.get("times_unclear", False)
        self.verb_last: bool = raw.get("verb_last", False)
        self.verb_follows: bool = self.verb_last or raw.get("verb_follows", False)
        self.fold = fold_of(language)
        phrases = phrases_of(language)
        self.numbers = {text: cue.number for (text, _), cue in phrases.items() if cue.number is not None}
        self._stems = {text[:-1]: cue for (text, _), cue in phrases.items() if len(text) > 1 and text[-1] == "*"}
        self._tails = {text[1:]: cue for (text, _), cue in phrases.items() if len(text) > 1 and text[0] == "*"}
        self._known: dict[str, tuple[Cue | None, Phrases]] = {}
        self._spelt: dict[str, float | None] = {}
        self.day_first = date_order(language) == "dmy"
        self._when = when_of(language)
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
    word = word_pattern()
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
def cues(language: str) -> Cues:
    """The cues of a language for which there is a file."""
    return Cues(language)
