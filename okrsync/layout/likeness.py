"""How much a row looks like a header: words of the vocabulary against numbers, long statements and pieces of code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from okrsync.cells import CellValue
from okrsync.layout.folding import fold
from okrsync.layout.headers import PART, sense
from okrsync.layout.profile import is_day

LONGEST_NAME = 60
"""An unknown text longer than this is a statement and names no column."""
ALIKE = 3
"""As many different words for one statement column are a list of words, not a header."""
SERIES = 3
"""As few numbers that go up by one count the weeks or years."""
MOST_CODE = 0.15
"""How many of the texts of a table or outline may look like pieces of code."""
PIECES = 2
"""As many pieces of code make a row one of a program or a settings file."""
_NUMBERED = re.compile(r"\D{0,14}\d[\d.\-]*")
_DIGITS = re.compile(r"\d+")
_CODE = re.compile(r"=\s*[\"'\[{(]|[{}\\]|=>|==|;$|^[#/]{2,}|^from [\w.]+ import\b")
_PAIRS = (("(", ")"), ("[", "]"))


class Likeness(Struct, frozen=True):
    """How many cells of a row are filled, how many are header words, and how many can be no header at all."""

    filled: int
    words: int
    others: int
    text_file: bool

    @property
    def heads(self) -> bool:
        """Whether the row can be a header where none stands above it; what is only unknown does not count."""
        return self.words > self.others and not self.text_file

    @property
    def heads_within(self) -> bool:
        """Whether it can be one inside the rows of another table: most of its cells must be header words."""
        return self.heads and self.words >= 2 and self.words * 2 > self.filled


def likeness(cells: Sequence[CellValue]) -> Likeness:
    """What the cells of a row come to."""
    filled = [value for value in cells if value is not None and not (isinstance(value, str) and not value.strip())]
    texts = [value for value in filled if isinstance(value, str)]
    numbers = [float(value) for value in filled if isinstance(value, int | float)]
    words = [text for text in texts if is_word(text)]
    pieces = sum(1 for text in texts if is_code(text))
    others = sum(1 for text in texts if not is_word(text) and _names_nothing(text))
    return Likeness(len(filled), len(words), others + _loose(numbers), pieces >= PIECES or _is_list(words))


def is_word(text: str) -> bool:
    """Whether a text is a header by the vocabulary; a label with its number ("KR2") and code are none."""
    found = sense(text)
    return (
        found is not None and found.strength >= PART and _NUMBERED.fullmatch(text.strip()) is None and not is_code(text)
    )


def _names_nothing(text: str) -> bool:
    """Whether a text can be no column's name: a statement, a piece of code, a number; a day can be ("2026-10-05")."""
    figures = any(letter.isdigit() for letter in text) and not any(letter.isalpha() for letter in text)
    return len(text) > LONGEST_NAME or is_code(text) or (figures and not is_day(text))


def is_code(text: str) -> bool:
    """Whether a text is a piece of a program or a settings file: a sign of such, or half a pair of brackets."""
    if _CODE.search(text) is not None or text.count('"') % 2:
        return True
    return any(text.count(left) != text.count(right) for left, right in _PAIRS)


def _loose(numbers: Sequence[float]) -> int:
    """How many numbers speak against a header: none where they count the weeks or years ("1 | 2 | 3")."""
    counted = all(after == before + 1 for before, after in pairwise(numbers))
    return 0 if counted and len(numbers) >= SERIES else len(numbers)


def _is_list(words: Sequence[str]) -> bool:
    """Whether several different words mean one and the same statement column, as in a glossary or a word list."""
    alike: dict[str, set[str]] = {}
    for text in words:
        found = sense(text)
        if found is not None and found.fields[0] in ("objective", "key_result", "statement"):
            alike.setdefault(found.fields[0], set()).add(_DIGITS.sub("", fold(text)).strip())
    return any(len(texts) >= ALIKE for texts in alike.values())
