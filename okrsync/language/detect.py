"""The language of one sentence, by its script, its letters and its small words; no sentence is translated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from okrsync.language.cues import cues, detection, is_read, known_languages

_SCRIPTS = {
    "hangul": "[\uac00-\ud7a3]",
    "kana": "[\u3041-\u3096\u30a1-\u30fa]",
    "han": "[\u3400-\u9fff\uf900-\ufaff]",
    "cyrillic": "[\u0400-\u04ff]",
    "greek": "[\u0370-\u03ff]",
    "arabic": "[\u0600-\u06ff]",
    "hebrew": "[\u0590-\u05ff]",
    "devanagari": "[\u0900-\u097f]",
    "thai": "[\u0e00-\u0e7f]",
}
"""In the order asked: one Hangul letter makes a sentence Korean, kana beside Chinese characters Japanese."""
_WORD = re.compile(r"\b[^\W\d_]'|\b[^\W\d_]+\b")
"""A word, or a letter that is elided: "l'", "d'"."""
LONGEST = 400
"""Letters that are looked at: more do not change the answer."""
_OTHER = re.compile("[\u0370-\u1fff]{3}")
"""Words in scripts between Latin and Han of which no language is read: Greek, Cyrillic, Arabic, Devanagari, Thai …"""
_TELLING = 3
"""Letters of a word, and words of a sentence, from which on they tell its language."""
_DEFAULT = "en"
_LONG = 6
"""Letters from which on the ending of a word tells its language."""
_CLEARLY = 2
_TRUST = 2
"""How many small words a hint outweighs."""


def language_of(text: str, hint: str | None = None) -> str:
    """The language of a sentence in lower case; `hint` decides where its letters and words do not.

    A hint for which there is no data, or of another script, is passed over.
    """
    return told_language(text, hint)[0]


def told_language(text: str, hint: str | None = None) -> tuple[str, bool]:
    """The language, and whether it is one that is read, as far as can be told: few words tell nothing."""
    head = text[:LONGEST]
    languages = known_languages()
    if not head.isascii():
        for script, pattern in _scripts().items():
            if pattern.search(head):
                return _by_letters(head, hint, languages[script], script), True
    language, is_told = _by_words(head, hint, languages["latin"])
    return language, is_told and (head.isascii() or _OTHER.search(head) is None)


@cache
def _scripts() -> Mapping[str, re.Pattern[str]]:
    """The scripts in which languages that are known are written."""
    known = known_languages()
    return {script: re.compile(letters) for script, letters in _SCRIPTS.items() if script in known}


def _by_letters(text: str, hint: str | None, written: Sequence[str], script: str) -> str:
    """A language of this script; characters that only one language has speak for it, whatever its script is called."""
    for languages in known_languages().values():
        for language in languages:
            data = detection(language)
            if script in data.also and not data.letters.isdisjoint(text):
                return language
    return hint if hint is not None and hint in written else written[0]


def _by_words(text: str, hint: str | None, languages: Sequence[str]) -> tuple[str, bool]:
    """The language with most of its small words and letters in the sentence, and whether there are any of them."""
    found = dict.fromkeys(languages, 0)
    words = _WORD.findall(text)
    for word in words:
        for language in _speakers(word):
            found[language] += 1
    if not text.isascii():
        writers = _writers()
        for letter in [letter for letter in text if letter in writers]:
            for language in writers[letter]:
                found[language] += 2
    if hint is not None and hint in found:
        found[hint] += _TRUST
    best = _best(found, hint)
    if sum(count >= found[best] - 1 for count in found.values()) > 1:  # a close call: words that mean something help
        for word in words:
            for language in _knowers(word):
                found[language] += 1
        best = _best(found, hint)
    is_told = found[best] > (_TRUST if best == hint else 0)
    if hint is not None and not is_read(hint):
        return best, found[best] >= _CLEARLY  # somebody says that it is in a language that is not read
    return best, is_told or sum(len(word) >= _TELLING for word in words) < _TELLING


def _best(found: Mapping[str, int], hint: str | None) -> str:
    best = hint if hint is not None and hint in found else _DEFAULT
    for language, count in found.items():
        if count > found[best]:
            best = language
    return best


@lru_cache(maxsize=20_000)
def _speakers(word: str) -> tuple[str, ...]:
    """The languages in Latin letters that have this small word, or long words that end as it does."""
    known = ((language, detection(language)) for language in known_languages()["latin"])
    long = len(word) >= _LONG
    return tuple(name for name, data in known if word in data.words or (long and word.endswith(data.endings)))


@lru_cache(maxsize=20_000)
def _knowers(word: str) -> tuple[str, ...]:
    """The languages in Latin letters to which a word says something; none where it does to most of them."""
    languages = known_languages()["latin"]
    found = tuple(name for name in languages if cues(name).has(word))
    return found if 2 * len(found) < len(languages) else ()


@cache
def _writers() -> Mapping[str, tuple[str, ...]]:
    """Letter → the languages in Latin letters that have it for their own."""
    found: dict[str, tuple[str, ...]] = {}
    for language in known_languages()["latin"]:
        for letter in detection(language).letters:
            found[letter] = (*found.get(letter, ()), language)
    return found
