"""The cheapest hints of a statement's words: keep, reduce, at least, stretch; until the sentence itself is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from msgspec import Struct

from okrsync.layout.folding import fold, is_cjk
from okrsync.layout.vocabulary import lexicon
from okrsync.model import Comparator

LONGEST = 2_000
"""How much of a statement is looked at."""


class Hints(Struct, frozen=True):
    """What a statement's words say: "maintain", "decrease" or "increase" if any, a comparator, stretch or not."""

    wanted: str | None = None
    comparator: Comparator | None = None
    aspirational: bool = False
    digits: bool = False


_WANTED = ("maintain", "decrease", "increase")
_COMPARED = ("at_least", "at_most")
_DIGIT = re.compile(r"\d")


_WORD = re.compile(r"\w+")
_AFTER_WORDS = 2
"""How many words may stand before the verb of a statement: "We will reduce"."""


class _Phrases(Struct, frozen=True):
    """The words of some names: those of scripts with spaces by their first word, the others as one pattern."""

    spaced: Mapping[str, tuple[tuple[list[str], int], ...]]
    first_words: frozenset[str]
    unspaced: re.Pattern[str] | None
    names: tuple[str, ...]

    def at(self, words: list[str], place: int) -> int:
        """Which name, counted from 0, has a phrase that begins at a word; their number where none has."""
        for phrase, number in self.spaced.get(words[place], ()):  # those of the first name stand first
            if len(phrase) == 1 or words[place : place + len(phrase)] == phrase:
                return number
        return len(self.names)


@cache
def _phrases(names: tuple[str, ...]) -> _Phrases:
    spaced: dict[str, list[tuple[list[str], int]]] = {}
    unspaced: dict[str, list[str]] = {}
    for number, name in enumerate(names):
        for word in lexicon().sentences.get(name, ()):
            if is_unspaced(word):
                unspaced.setdefault(name, []).append(word)
            else:
                tokens = _WORD.findall(word.casefold())
                spaced.setdefault(tokens[0], []).append((tokens, number))
    groups = (
        f"(?P<{name}>{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
        for name, words in unspaced.items()
    )
    pattern = "|".join(groups)
    unspaced_words = re.compile(pattern) if pattern else None
    by_word = {word: tuple(each) for word, each in spaced.items()}
    return _Phrases(by_word, frozenset(by_word), unspaced_words, names)


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that writes words without spaces between them, or begins with no letter."""
    return any(is_cjk(letter) for letter in word) or not (word[0].isalpha() and word[-1].isalpha())


def hints(text: str) -> Hints:
    """The hints in a statement."""
    text = text[:LONGEST]
    folded = text.casefold()
    plain = text.isascii()
    words = _words(folded)
    wanted = _wanted(folded, words, plain)
    digits = _DIGIT.search(text) is not None
    return _hints(wanted, _compared(folded, words, plain) if digits else None, _aspires(folded, plain), digits)


def is_aspirational(text: str) -> bool:
    """Whether a statement calls itself a stretch goal."""
    text = text[:LONGEST]
    return _aspires(text.casefold(), text.isascii())


_hints = lru_cache(maxsize=100)(Hints)
"""There are few different ones: each is made once."""


def _words(folded: str) -> list[str]:
    if folded.replace(" ", "").isalnum():
        return folded.split()  # what the pattern would find, at a tenth of its cost
    return _WORD.findall(folded)


def _wanted(folded: str, words: list[str], plain: bool) -> str | None:
    """The verb among the first words, else the last word; of several the one named first in _WANTED."""
    phrases = _phrases(_WANTED)
    if words and (folded[0].isalnum() or folded[0] == "_"):
        best = len(_WANTED)
        for place, word in enumerate(words[: _AFTER_WORDS + 1]):
            if word in phrases.spaced and (number := phrases.at(words, place)) < best:
                best = number
        if best == len(_WANTED) and not plain:
            best = phrases.at(words, len(words) - 1)  # Korean and Turkish put the verb last
        if best < len(_WANTED):
            return _WANTED[best]
    if plain or phrases.unspaced is None:
        return None
    unspaced = phrases.unspaced.search(folded)
    return unspaced.lastgroup if unspaced is not None else None


def _compared(folded: str, words: list[str], plain: bool) -> Comparator | None:
    """What the first bound in the text is: "at least" or "at most"."""
    name = _first_of(_phrases(_COMPARED), folded, words, plain)
    return None if name is None else ">=" if name == "at_least" else "<="


def _first_of(phrases: _Phrases, folded: str, words: list[str], plain: bool) -> str | None:
    """The name of the first phrase anywhere in a text."""
    if not phrases.first_words.isdisjoint(words):
        found = (phrases.at(words, place) for place in range(len(words)))
        name = next((phrases.names[number] for number in found if number < len(phrases.names)), None)
        if name is not None:
            return name
    if plain or phrases.unspaced is None:
        return None
    unspaced = phrases.unspaced.search(folded)
    return unspaced.lastgroup if unspaced is not None else None


class Side(Struct, frozen=True):
    """On which side of its threshold a level is to stay, and the comparator where the text has a word for it."""

    below: bool
    comparator: Comparator | None = None


_STAYS = (*_COMPARED, "above", "below")
_LOWER = ("lower_is_better",)


def side(text: str) -> Side:
    """Where a level that is to be kept has to stay: "below 5%", "at least 90%"; else where it is good to be."""
    folded = text[:LONGEST].casefold()
    words = _words(folded)
    said = _first_of(_phrases(_STAYS), folded, words, folded.isascii())
    if said is not None:
        below = said in ("at_most", "below")
        return Side(below, "<=" if below else ">=")
    return Side(_first_of(_phrases(_LOWER), folded, words, folded.isascii()) is not None)


def _aspires(folded: str, plain: bool) -> bool:
    for word in _aspirational(plain, "(" in folded or "[" in folded):  # noqa: SIM110 - asked of all, `any` takes thrice
        if word in folded:
            return True
    return False


@cache
def _aspirational(plain: bool, bracketed: bool) -> tuple[str, ...]:
    """The words that a text can have at all: those in ASCII where it is `plain`, and in brackets where it has some."""
    words = [word.casefold() for word in lexicon().sentences["aspirational"]]
    return tuple(word for word in words if (word.isascii() or not plain) and (bracketed or word[0] not in "(["))


@lru_cache(maxsize=1_000)
def direction_word(text: str) -> str | None:
    """What a direction column says: "increase", "decrease" or "maintain"."""
    bare = text.strip()
    if bare in ("↑", "▲", "⬆", "⬆️", "+", ">", ">=", "≥", "↗"):
        return "increase"
    if bare in ("↓", "▼", "⬇", "⬇️", "-", "<", "<=", "≤", "↘"):
        return "decrease"
    folded = fold(text)
    sentences = lexicon().sentences
    for name, meaning in (("up", "increase"), ("down", "decrease"), ("steady", "maintain")):
        if any(folded == fold(word) for word in sentences[name]):
            return meaning
    return next((name for name in _WANTED if any(folded == fold(word) for word in sentences[name])), None)


def is_change_header(header: str) -> bool:
    """Whether the header of the current column says that it counts the change achieved, not the level."""
    folded = fold(header)
    return any(
        word in folded.split() or (is_cjk(word) and word in folded) for word in map(fold, lexicon().sentences["change"])
    )
