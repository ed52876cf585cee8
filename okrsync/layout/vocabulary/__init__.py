"""The words of OKR sheets, one <language>.toml per language, merged into the Lexicon that every step asks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import tomli
from msgspec import Struct

from okrsync.layout.folding import fold, without_gaps
from okrsync.mapping import FIELDS

SHORT = 4
_STROKES = {"đ": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae"}
"""Letters that are typed without the stroke through them, though no accent stands beside the plain letter."""
Section = Mapping[str, tuple[str, ...]]


class Vocabulary(Struct, frozen=True):
    """One language. `headers` maps a folded header to the fields it may mean, the likeliest first; the other sections
    map a name to words as they stand in the file.
    """

    language: str
    headers: Section
    scopes: Section
    metadata: Section
    types: Section
    levels: Section
    rows: Section
    sheets: Section
    sentences: Section
    blanks: Section
    labels: Section


class Lexicon(Struct, frozen=True):
    """The vocabularies of every language together. Dictionaries hold folded words."""

    headers: Mapping[str, tuple[str, ...]]
    languages: Mapping[str, frozenset[str]]
    scopes: Mapping[str, str]
    metadata: Mapping[str, str]
    types: Mapping[str, str]
    levels: Mapping[str, str]
    samples: tuple[str, ...]
    totals: frozenset[str]
    total_of: frozenset[str]
    placeholders: frozenset[str]
    guides: frozenset[str]
    generic: frozenset[str]
    team_words: frozenset[str]
    filler: frozenset[str]
    noise: frozenset[str]
    blanks: frozenset[str]
    sentences: Section
    labels: Section


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """Every language there is a file for, English first."""
    folder = files(__name__)
    names = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    names.sort(key=lambda name: name != "en")
    return tuple(read(name, (folder / f"{name}.toml").read_text(encoding="utf-8")) for name in names)


def read(language: str, text: str) -> Vocabulary:
    """A vocabulary from the text of its file. Raises ValueError for a field that does not exist."""
    raw: dict[str, dict[str, list[str]]] = tomli.loads(text)
    headers: dict[str, tuple[str, ...]] = {}
    for name, words in raw["headers"].items():
        headers |= {fold(word): (_field(language, name),) for word in _spellings(words)}
    for word, names in raw["ambiguous"].items():
        headers |= {fold(each): tuple(_field(language, name) for name in names) for each in _spellings([word])}

    def section(name: str) -> Section:
        return {key: _spellings(words) for key, words in raw[name].items()}

    return Vocabulary(
        language=language,
        headers=headers,
        scopes=section("scopes"),
        metadata=section("metadata"),
        types=section("types"),
        levels=section("levels"),
        rows=section("rows"),
        sheets=section("sheets"),
        sentences=section("sentences"),
        blanks=section("blanks"),
        labels=section("labels"),
    )


def _spellings(words: Iterable[str]) -> tuple[str, ...]:
    """The words as they are, and as people type them who leave accents or spaces away: "resultat", 핵심결과."""
    every = (each for word in words for each in (word, _without_accents(word), without_gaps(word)))
    return tuple(dict.fromkeys(every))


def _without_accents(word: str) -> str:
    """A word without its accents; a short one keeps them, because "area" is not "área" alone."""
    return word if len(word) <= SHORT or word.isascii() else word.translate(_BARE)


class _Bare(dict[int, str]):
    """Letters without their accents, for str.translate; each is worked out once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        first = _STROKES.get(letter) or unicodedata.normalize("NFD", letter)[0]
        bare = self[code] = first if first.isascii() else letter
        return bare


_BARE = _Bare()


def _field(language: str, name: str) -> str:
    if name not in FIELDS:
        raise ValueError(f"vocabulary {language}: no field {name!r}")
    return name


@cache
def lexicon() -> Lexicon:
    """The Lexicon of every language there is."""
    return merged(vocabularies())


def merged(languages: Iterable[Vocabulary]) -> Lexicon:
    """Several vocabularies as one; of two that know a header, the fields of both are kept, the first one's first."""
    known = tuple(languages)
    headers: dict[str, tuple[str, ...]] = {}
    spoken: dict[str, frozenset[str]] = {}
    for each in known:
        for word, names in each.headers.items():
            headers[word] = tuple(dict.fromkeys((*headers.get(word, ()), *names)))
            spoken[word] = spoken.get(word, frozenset()) | {each.language}
    scopes = _by_word(each.scopes for each in known)
    return Lexicon(
        headers=headers,
        languages=spoken,
        scopes={word: name for word, name in scopes.items() if name != "noise"},
        metadata=_by_word(each.metadata for each in known),
        types=_by_word(each.types for each in known),
        levels=_by_word(each.levels for each in known),
        samples=tuple(sorted(_words((each.rows for each in known), "sample"))),
        totals=_words((each.rows for each in known), "total"),
        total_of=_words((each.rows for each in known), "total_of"),
        placeholders=_words((each.rows for each in known), "placeholder"),
        guides=_words((each.sheets for each in known), "guide"),
        generic=_words((each.sheets for each in known), "generic"),
        team_words=_words((each.sheets for each in known), "team"),
        filler=_words((each.sheets for each in known), "filler"),
        noise=_words((each.scopes for each in known), "noise"),
        blanks=frozenset(w.casefold() for each in known for w in each.blanks.get("blank", ())),
        sentences=_together(each.sentences for each in known),
        labels=_together(each.labels for each in known),
    )


def _by_word(sections: Iterable[Section]) -> dict[str, str]:
    found: dict[str, str] = {}
    for section in sections:
        for name, words in section.items():
            for word in words:
                found.setdefault(fold(word), name)
    return found


def _words(sections: Iterable[Section], name: str) -> frozenset[str]:
    return frozenset(fold(word) for section in sections for word in section.get(name, ()))


def _together(sections: Iterable[Section]) -> Section:
    found: dict[str, tuple[str, ...]] = {}
    for section in sections:
        for name, words in section.items():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *words)))
    return found
