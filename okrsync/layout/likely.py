"""Which rows of a sheet are worth a look as headers: cheap tests that leave the costly reading to a few rows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from okrsync.cells import CellValue, Grid
from okrsync.layout.folding import is_cjk
from okrsync.layout.headers import EXACT, sense
from okrsync.layout.region import EVIDENCE_ROWS, cells_of
from okrsync.layout.vocabulary import lexicon

STATEMENTS = frozenset({"objective", "key_result", "statement"})
PROBED_LENGTH = 80
PROBED_LENGTH_BELOW = 40
"""The longest header that is looked for in the first rows, and below them."""
REFUSALS = 80
REFUSALS_ALIKE = 8
"""How many rows of a sheet, and how many with the same words, may be refused before no more are looked at."""


def likely_rows(grid: Grid) -> Iterator[int]:
    """Rows with a word that can head a statement column, and no row whose other cells are values."""
    likely: dict[str, bool] = {}
    for i, row in enumerate(grid.rows):
        if _has_word(row, i, likely) and not _holds_values(row):
            yield grid.top + i


def _has_word(row: Sequence[CellValue], i: int, likely: dict[str, bool]) -> bool:
    """Whether a text of the row can head a statement column and does not stand alone."""
    top = i < EVIDENCE_ROWS
    longest = PROBED_LENGTH if top else PROBED_LENGTH_BELOW
    hit = False
    for value in row:
        if type(value) is str and len(value) <= longest:
            known = likely.get(value)
            if known is None:
                known = _can_head(value)
                if known or top:
                    likely[value] = known
            if known:
                hit = True
                break
    return hit and sum(1 for value in row if value is not None) >= 2


def _can_head(text: str) -> bool:
    """Whether a text can head a column of objectives or key results."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if _kernels().search(plain) is None:
        return False
    found = sense(text)
    return found is not None and not STATEMENTS.isdisjoint(found.fields)


@cache
def _kernels() -> re.Pattern[str]:
    """What every header of a statement column has in it: the longest token of its word, or its first character."""
    words = lexicon()
    known = [word for word, names in words.headers.items() if not STATEMENTS.isdisjoint(names)]
    kernels = {word[0] if is_cjk(word) else max(word.split(), key=len) for word in (*known, *words.scopes)}
    longer = [each for each in kernels if len(each) > 1]
    least = [each for each in kernels if not any(other in each and other != each for other in longer)]
    bounded = (rf"\b{re.escape(each)}\b" if len(each) == 1 and each.isascii() else re.escape(each) for each in least)
    return re.compile("|".join(bounded), re.IGNORECASE)


def _holds_values(row: Sequence[CellValue]) -> bool:
    """Whether a row looks like the data below a header: numbers or days, and one doubtful word ("KR-2000")."""
    if all(value is None or isinstance(value, str) for value in row):
        return False
    senses = [found for value in row if isinstance(value, str) and (found := sense(value)) is not None]
    return len(senses) < 2 and all(found.strength != EXACT for found in senses)


@dataclass(slots=True)
class Patience:
    """Ends the looking where a sheet is full of rows that only seem to be headers ("Goal" in every row)."""

    refused: Counter[tuple[tuple[int, tuple[str, ...]], ...]] = field(default_factory=Counter)

    def lasts(self, grid: Grid, row: int) -> bool:
        """Whether a row is still to be looked at."""
        return self.refused[_words_of(grid, row)] < REFUSALS_ALIKE and self.refused.total() < REFUSALS

    def refuse(self, grid: Grid, row: int) -> None:
        """Notes a row that was no header."""
        self.refused[_words_of(grid, row)] += 1


def _words_of(grid: Grid, row: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Which columns of a row hold a word of the vocabulary, and what it may mean."""
    texts = ((j, value) for j, value in enumerate(cells_of(grid, row)) if isinstance(value, str))
    return tuple((j, found.fields) for j, value in texts if (found := sense(value)) is not None)
