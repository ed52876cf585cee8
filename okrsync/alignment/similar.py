"""Titles that a shortened or misspelt title may mean (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from okrsync.layout.folding import is_cjk

SHORTEST = 5
SHORTEST_CJK = 3
ENOUGH = 60
"""How many titles one text is compared with, those that share its rarest words first."""

_DIGITS = re.compile(r"\d+")
_CUT = re.compile(r"(?:…|\.{2,})\s*$")


class Titles:
    """Folded titles, found again by how they begin or by what they are like."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._sorted = sorted(set(titles))
        self._by_word: dict[str, list[str]] = defaultdict(list)
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        for title in self._sorted:
            for word in _pieces(title):
                self._by_word[word].append(title)
            self._by_start[title[:1], len(title) // 4].append(title)

    def beginning_with(self, text: str, folded: str) -> Sequence[str]:
        """Titles that the text cuts short: at a word's end, or anywhere when the text says so with dots."""
        cut = _CUT.search(text) is not None
        least = SHORTEST_CJK if is_cjk(folded) else 3 if cut else SHORTEST
        if len(folded) < least:
            return ()
        found: list[str] = []
        at = bisect_left(self._sorted, folded)
        while at < len(self._sorted) and self._sorted[at].startswith(folded) and len(found) < ENOUGH:
            title = self._sorted[at]
            if cut or title[len(folded) : len(folded) + 1] in ("", " ") or is_cjk(title[len(folded)]):
                found.append(title)
            at += 1
        return found

    def like(self, folded: str, least: float, most: int = 3) -> list[tuple[str, float]]:
        """The titles most like the text, the likest first, each with a likeness from `least` to 1."""
        from rapidfuzz import fuzz, process

        choices = self._compared_with(folded)
        if not choices:
            return []
        found = process.extract(folded, choices, scorer=fuzz.ratio, score_cutoff=least * 100, limit=most)
        return [(title, score / 100) for title, score, _ in found]

    def _compared_with(self, folded: str) -> list[str]:
        postings = sorted((self._by_word[word] for word in _pieces(folded) if word in self._by_word), key=len)
        choices: dict[str, None] = {}
        for posting in postings:
            choices.update(dict.fromkeys(posting[: ENOUGH * 4]))
            if len(choices) >= ENOUGH:
                break
        if len(choices) < ENOUGH:
            size = len(folded) // 4
            for near in (size, size - 1, size + 1):
                choices.update(dict.fromkeys(self._by_start.get((folded[:1], near), ())[: ENOUGH * 2]))
        return list(choices)


def misspelt(folded: str, title: str) -> bool:
    """Whether a text so like a title can be a slip of it: long enough, and of the same numbers."""
    least = SHORTEST_CJK + 1 if is_cjk(folded) else SHORTEST
    return len(folded) >= least and sorted(_DIGITS.findall(folded)) == sorted(_DIGITS.findall(title))


def _pieces(folded: str) -> set[str]:
    """The words of a text; of a script without spaces, every two letters that stand together."""
    pieces: set[str] = set()
    for word in folded.split():
        if not word.isascii() and any(is_cjk(letter) for letter in word):
            pieces.update(word[i : i + 2] for i in range(len(word) - 1))
        elif len(word) > 1:
            pieces.add(word)
    return pieces
