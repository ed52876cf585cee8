"""The cheapest hints of a statement's words: keep, reduce, at least, stretch; until the sentence itself is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from okrsync.layout.folding import fold, is_cjk
from okrsync.layout.vocabulary import lexicon
from okrsync.model import Comparator

LONGEST = 2_000
"""How much of a statement is looked at."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What a statement's words say: "maintain", "decrease" or "increase" if any, a comparator, stretch or not."""

    wanted: str | None = None
    comparator: Comparator | None = None
    aspirational: bool = False
    digits: bool = False


_WANTED = ("maintain", "decrease", "increase")
_COMPARED = ("at_least", "at_most")
_DIGIT = re.compile(r"\d")


@cache
def _pattern(names: tuple[str, ...], leading: bool, ascii_only: bool) -> re.Pattern[str]:
    """Words of Latin script as whole words (`leading`: after at most two others), those of Chinese anywhere."""
    parts: list[str] = []
    for name in names:
        words = sorted(lexicon().sentences.get(name, ()), key=len, reverse=True)
        latin = "|".join(re.escape(word) for word in words if word.isascii() and word[0].isalpha())
        other = [] if ascii_only else [re.escape(word) for word in words if not (word.isascii() and word[0].isalpha())]
        bound = rf"^(?:\w+\W+){{0,2}}(?:{latin})\b" if leading else rf"\b(?:{latin})\b"
        parts.append(f"(?P<{name}>{'|'.join([bound, *other])})")
    return re.compile("|".join(parts), re.IGNORECASE)


def hints(text: str) -> Hints:
    """The hints in a statement."""
    text = text[:LONGEST]
    plain = text.isascii()
    wanted = _pattern(_WANTED, True, plain).search(text)
    digits = _DIGIT.search(text) is not None
    compared = _pattern(_COMPARED, False, plain).search(text) if digits else None
    comparator: Comparator | None = None
    if compared is not None:
        comparator = ">=" if compared.lastgroup == "at_least" else "<="
    return Hints(wanted.lastgroup if wanted else None, comparator, _is_aspirational(text), digits)


def _is_aspirational(text: str) -> bool:
    return _aspirational(text.isascii()).search(text) is not None


@cache
def _aspirational(ascii_only: bool) -> re.Pattern[str]:
    words = [word for word in lexicon().sentences["aspirational"] if word.isascii() or not ascii_only]
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)


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
