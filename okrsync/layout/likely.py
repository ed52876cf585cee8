"""Which rows of a sheet are worth a look as headers: cheap tests that leave the costly reading to a few rows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from msgspec import Struct, field

from okrsync.cells import CellValue, Grid
from okrsync.layout.folding import is_cjk
from okrsync.layout.headers import EXACT, sense
from okrsync.layout.region import EVIDENCE_ROWS, cells_of
from okrsync.layout.vocabulary import lexicon

STATEMENTS = frozenset({"objective", "key_result", "statement"})
PROBED_LENGTH = 80
PROBED_LENGTH_BELOW = 40
"""The longest header that is looked for in the first rows, and below them."""
REMEMBERED = 20_000
_DIGITS = str.maketrans("123456789", "0" * 9)
_VALUES = frozenset({float, int, bool, date, datetime, timedelta})
REFUSALS = 80
REFUSALS_ALIKE = 8
"""How many rows of a sheet, and how many with the same words, may be refused before no more are looked at."""


def likely_rows(grid: Grid) -> Iterator[int]:
    """Rows with a word that can head a statement column."""
    seen = _Seen(set(_spelled()), {})
    for i, row in enumerate(grid.rows):
        if _has_word(row, i < EVIDENCE_ROWS, seen):
            yield grid.top + i


class _Seen(Struct):
    """Texts that can head a statement column, and what was found out about others, digits apart."""

    words: set[CellValue]
    shapes: dict[str, bool]


def _has_word(row: Sequence[CellValue], top: bool, seen: _Seen) -> bool:
    """Whether a text of the row can head a statement column and does not stand alone."""
    hit = not seen.words.isdisjoint(row)
    if not hit and (top or _VALUES.isdisjoint(map(type, row))):
        # Below the first rows, a row with values in it heads a table only if it says so in so many words.
        longest = PROBED_LENGTH if top else PROBED_LENGTH_BELOW
        hit = any(_is_word(value, top, seen) for value in row if type(value) is str and len(value) <= longest)
    return hit and sum(1 for value in row if value is not None) >= 2


def _is_word(text: str, top: bool, seen: _Seen) -> bool:
    shape = text if top else text.translate(_DIGITS)
    known = seen.shapes.get(shape)
    if known is None:
        if len(seen.shapes) > REMEMBERED:
            seen.shapes.clear()
        known = seen.shapes[shape] = _can_head(text)
        if known:
            seen.words.add(text)
    return known


@cache
def _spelled() -> frozenset[str]:
    """Every word that can head a statement column, in the customary spellings."""
    known = [word for word, names in lexicon().headers.items() if not STATEMENTS.isdisjoint(names)]
    return frozenset(each for word in known for each in (word, word.upper(), word.title(), word.capitalize()))


def _can_head(text: str) -> bool:
    """Whether a text can head a column of objectives or key results."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if not _has_kernel(plain.casefold()):
        return False
    found = sense(text)
    return found is not None and not STATEMENTS.isdisjoint(found.fields)


def _has_kernel(folded: str) -> bool:
    kernels, letters = _kernels(folded.isascii())
    for each in kernels:  # most texts of a sheet are asked, and `any` takes twice as long
        if each in folded:
            return True
    return letters.search(folded) is not None


@cache
def _kernels(plain: bool) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """What every header of a statement column has in it: the longest token of its word, or its first character.

    Tokens (those in ASCII for a `plain` text, which can have no other), and single letters as words of their own.
    """
    words = lexicon()
    known = [word for word, names in words.headers.items() if not STATEMENTS.isdisjoint(names)]
    kernels = {word[0] if is_cjk(word) else max(word.split(), key=len) for word in (*known, *words.scopes)}
    letters = [each for each in kernels if len(each) == 1 and each.isascii()]
    tokens = [each for each in kernels.difference(letters) if each.isascii() or not plain]
    least = (each for each in tokens if not any(other in each and other != each for other in tokens))
    return tuple(least), re.compile("|".join(rf"\b{re.escape(each)}\b" for each in letters) or r"(?!)")


def holds_values(row: Sequence[CellValue]) -> bool:
    """Whether a row looks like the data below a header: numbers or days, and one doubtful word ("KR-2000")."""
    if all(value is None or isinstance(value, str) for value in row):
        return False
    texts = (value for value in row if isinstance(value, str) and len(value) <= PROBED_LENGTH_BELOW)
    senses = [found for text in texts if (found := sense(text.translate(_DIGITS))) is not None]
    return len(senses) < 2 and all(found.strength != EXACT for found in senses)


class Patience(Struct):
    """Ends the looking where a sheet is full of rows that only seem to be headers ("Goal" in every row)."""

    refused: Counter[tuple[tuple[int, tuple[str, ...]], ...]] = field(default_factory=Counter)

    count: int = 0

    @property
    def is_at_an_end(self) -> bool:
        """Whether no more rows are to be looked at."""
        return self.count >= REFUSALS

    def lasts(self, grid: Grid, row: int) -> bool:
        """Whether a row is still to be looked at."""
        return self.refused[_words_of(grid, row)] < REFUSALS_ALIKE

    def refuse(self, grid: Grid, row: int) -> None:
        """Notes a row that was no header."""
        self.refused[_words_of(grid, row)] += 1
        self.count += 1


def _words_of(grid: Grid, row: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Which columns of a row hold a word of the vocabulary, and what it may mean."""
    texts = ((j, value) for j, value in enumerate(cells_of(grid, row)) if isinstance(value, str))
    return tuple((j, found.fields) for j, text in texts if (found := sense(text.translate(_DIGITS))) is not None)
