"""What stands around a table: titles and metadata rows above it ("Team: | Growth"), and what its sheet is called."""

from __future__ import annotations

import re

from msgspec import Struct, field

from okrsync.cells import CellValue, Grid
from okrsync.layout.folding import fold, is_cjk
from okrsync.layout.vocabulary import Lexicon, lexicon

ABOVE = 15
"""How many rows above a header may hold titles and metadata."""

_LABELLED = re.compile(r"\s*([^:：]{1,40})[:：]\s*(.*)", re.DOTALL)


class Surroundings(Struct, frozen=True):
    """`metadata` maps "team", "cycle", "level", "owner" to what stands beside that label; `titles` are other texts."""

    metadata: dict[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()


def surroundings(grid: Grid, first: int, header_row: int) -> Surroundings:
    """Metadata and titles in the rows from `first` up to the header, at most ABOVE rows."""
    metadata: dict[str, str] = {}
    titles: list[str] = []
    for row in range(max(first, grid.top, header_row - ABOVE), header_row):
        cells = list(grid.rows[row - grid.top])
        values: set[int] = set()
        for j, value in enumerate(cells):
            if not isinstance(value, str) or not value.strip() or j in values:
                continue
            name, found = _labelled(value, cells[j + 1 : j + 5])
            if name is not None and found:
                metadata.setdefault(name, found)
                values.update(range(j + 1, next((k + 1 for k in range(j + 1, len(cells)) if cells[k] is not None), j)))
            elif name is None:
                titles.append(value.strip())
    return Surroundings(metadata, tuple(titles))


def _labelled(text: str, beside: list[CellValue]) -> tuple[str | None, str | None]:
    """What a cell labels and the value: in the same cell after a colon, or in the next filled cell."""
    words = lexicon()
    split = _LABELLED.fullmatch(text)
    label = fold(split[1]) if split is not None else fold(text)
    name = words.metadata.get(label)
    if name is None:
        return None, None
    if split is not None and split[2].strip():
        return name, split[2].strip()
    value = next((value for value in beside if value is not None), None)
    if isinstance(value, float):
        return name, f"{value:g}"
    if not isinstance(value, str) or (split is None and words.metadata.get(fold(value)) is not None):
        return name, None
    return name, value.strip()


def level_word(text: str) -> str | None:
    """The level a text names as a whole: "Company", 公司级; None for anything else."""
    return lexicon().levels.get(fold(text))


def level_within(text: str) -> str | None:
    """The company level where a title or sheet name has a word of it: "Company OKRs 2026", 公司OKR."""
    words = lexicon()
    folded = fold(text)
    company = [word for word, level in words.levels.items() if level == "company"]
    tokens = set(folded.split())
    for word in company:
        if word in tokens or (is_cjk(word) and folded.startswith(word)) or (" " in word and word in folded):
            return "company"
    return None


def is_guide(sheet: str) -> bool:
    """Whether a sheet's name says that it explains or shows something instead of holding the team's own OKRs."""
    words = lexicon()
    folded = fold(sheet)
    return folded in words.guides or any(word in words.guides for word in _pieces(folded))


def _pieces(folded: str) -> list[str]:
    tokens = folded.split()
    return tokens if len(tokens) <= 3 else []


def is_generic(name: str) -> bool:
    """Whether a name says nothing about whose OKRs these are: "Sheet1", "OKRs", 工作表1."""
    words = lexicon()
    folded = re.sub(r"\s*\d+$", "", fold(name))
    if not folded or folded in words.generic:
        return True
    return all(token in words.filler or token in words.generic for token in folded.split())


def team_in(name: str) -> str | None:
    """The team a sheet's name (without its cycle) gives: "Team Growth" → Growth; None where it says nothing."""
    bare = re.sub(r"[\s\-–—_|,.()（）]+", " ", name).strip()
    if is_generic(bare) or not any(letter.isalpha() for letter in bare):
        return None
    words = lexicon()
    kept = [token for token in bare.split() if fold(token) not in words.filler]
    return " ".join(kept) if kept else None


def looks_like_team(name: str) -> bool:
    """Whether a name has a word that teams are called by: "Growth team", 市场部."""
    words: Lexicon = lexicon()
    folded = fold(name)
    if any(token in words.team_words for token in folded.split()):
        return True
    return any(is_cjk(word) and folded.endswith(word) and len(folded) > len(word) for word in words.team_words)
