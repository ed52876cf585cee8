"""What stands around a statement in its cell: a bullet, a label ("KR 1:", "O1 —", 目标一：), a number, an owner."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from itertools import islice

from msgspec import Struct

from okrsync.cells import CellValue
from okrsync.layout.folding import fold
from okrsync.layout.vocabulary import lexicon

_BULLET = re.compile(r"(?:[•·‣▪▫●○◦◆◇■□★☆►▶➢➤✓✔→⁃∙*]+\s*|[-–—]\s+)+")
_INDEX = r"(?:\d+(?:[.\-]\d+)*|[一二三四五六七八九十]{1,3}|[①-⑳]|[ivx]{1,4}(?![a-z]))"
_SEPARATOR = r"(?:\s*[:：.．、)）|]+\s*|\s+[-–—]+\s*|\s*[–—]+\s*|\s*-\s+)"
_NUMBERED = re.compile(
    r"(\d+(?:\.\d+)+)\.?(?:\s*[:：、)）]\s*|\s+)(\S.*)|[(（]?(\d{1,2})[.、)）:：]\s*((?!\d).+)", re.DOTALL
)
_OWNER = re.compile(r"\s?[\[【]([^\[\]【】]{1,40})[\]】]\s?[.。]?$")
_OWNER_AT = re.compile(r"\s@([\w.\-]{2,40})$")
_COUNTS = re.compile(r"\d|[一二三四五六七八九十①-⑳]$|\b[ivx]{1,4}$", re.IGNORECASE)
LONGEST_WORD = 40
SAMPLE = 100
"""How many texts tell how a column is labelled."""
TAIL = 60
"""How far from its end the owner in a statement may begin."""
_NAME = re.compile(r"[^\W\d_][^\d%$€£]*")
_SPACED = frozenset({"o", "kr"})
"""Words that, with a number, are a label even where only a space follows: "KR1 Grow"; "OKR 26 rollout" is none."""


class Label(Struct, frozen=True):
    """A label taken off a statement. `level` is "objective", "key_result", None for a bare number; `text` the rest."""

    level: str | None
    label: str
    text: str

    @property
    def name(self) -> str | None:
        """The label where it tells a statement from the next one: "O1", "目标一"; None for "Objective" alone."""
        return self.label if _COUNTS.search(self.label) is not None else None


class Shares(Struct, frozen=True):
    """Which share of a column's texts bears the label of an objective, of a key result, or a bare number."""

    objectives: float = 0
    key_results: float = 0
    numbered: float = 0


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """One pattern per level, key results first ("O1-KR2" is a key result)."""
    labels = lexicon().labels
    levels = {"key_result": labels["key_result"], "objective": labels["objective"]}
    o_words = "|".join(re.escape(word) for word in labels["objective"])
    return tuple(
        (level, re.compile(_pattern(words, o_words if level == "key_result" else ""), re.DOTALL | re.IGNORECASE))
        for level, words in levels.items()
    )


def _pattern(words: Iterable[str], before: str) -> str:
    """`O1.KR2: text`: with a number the separator may be a space after a short word, without one it must be a mark."""
    ordered = sorted(words, key=len, reverse=True)
    every = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
    short = "|".join(re.escape(word) for word in ordered if word in _SPACED)
    wide = "|".join(re.escape(word) for word in ordered if not word.isascii())
    parent = rf"(?:(?:{before})\s*\d+\s*[.\-_/ ]?\s*)?" if before else ""
    indexed = rf"(?:{every})\s*[-#._]?\s*{_INDEX}"
    return (
        rf"(?P<label>{parent}(?:{indexed}(?=$|{_SEPARATOR})|(?:{short})[-#._]?\s?\d{{1,2}}(?:\.\d+)*(?=\s|$|[^\W\d_a-z])"
        rf"|(?:{wide})\d(?=\s)|(?:{every})(?=\s*[:：])))(?:{_SEPARATOR}|\s+|$|(?=\S))(?P<text>.*)"
    )


def without_bullet(text: str) -> str:
    """The text without list marks before it; a minus before a digit stays."""
    if text[:1].isalnum():
        return text
    found = _BULLET.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def has_bullet(text: str) -> bool:
    """Whether a list mark stands before the text."""
    return _BULLET.match(text.lstrip()) is not None


def split_label(text: str, numbered: bool = False) -> Label | None:
    """The label before a statement; `numbered`: its column numbers its statements, so that "1.1 Grow" has one too."""
    bare = without_bullet(text.strip())
    if not bare:
        return None
    words = _first_words().get(bare[0].casefold()[0])
    if words is not None and bare[:LONGEST_WORD].casefold().startswith(words):
        for level, pattern in _patterns():
            found = pattern.fullmatch(bare)
            if found is not None:
                return Label(level, found["label"].strip(), found["text"].strip())
    if numbered and bare[0] in "0123456789(（":
        found = _NUMBERED.fullmatch(bare)
        if found is not None:
            number, rest = (found[1], found[2]) if found[1] else (found[3], found[4])
            return Label(None, number, rest.strip())
    return None


@cache
def _first_words() -> dict[str, tuple[str, ...]]:
    """The words that a label may begin with, by their first letter."""
    labels = lexicon().labels
    words = {word.split()[0].casefold() for level in ("objective", "key_result") for word in labels[level]}
    return {letter: tuple(word for word in words if word[0] == letter) for letter in {word[0] for word in words}}


def is_bare_label(text: str) -> bool:
    """Whether a text is a label and nothing else: "KR1", "Objective 2:"."""
    found = split_label(text)
    return found is not None and not found.text


def split_owner(text: str) -> tuple[str, str | None]:
    """A statement and the owner in square brackets (or after @) at its end, None where there is none."""
    if not text or (text[-1] not in "]】.。" and "@" not in text):
        return text, None
    start = max(0, len(text) - TAIL)
    found = _OWNER.search(text, start) or _OWNER_AT.search(text, start)
    if found is None or found.start() == 0:
        return text, None
    name = found[1].strip()
    folded = fold(name)
    words = lexicon()
    if not _NAME.fullmatch(name) or folded in words.placeholders or folded in words.types or len(folded) < 2:
        return text, None
    for word in words.labels["owner"]:
        name = re.sub(rf"^{re.escape(word)}\s*[:：]\s*", "", name, flags=re.IGNORECASE)
    return text[: found.start()].rstrip(), name


def kind_of(word: CellValue) -> str | None:
    """What a cell of a type column makes its row: "objective", "key_result", "initiative" …; a level an objective."""
    if not isinstance(word, str):
        return None
    folded, words = fold(word), lexicon()
    return words.types.get(folded) or ("objective" if folded in words.levels else None)


def depth(value: CellValue) -> int:
    """How deep a number lies: 1 → 1, 1.1 → 2, 1.2.3 → 3; 0 for what is no outline number."""
    if isinstance(value, bool):
        return 0
    if isinstance(value, float | int):
        return 0 if not math.isfinite(value) else 1 if value == int(value) else 2
    if not isinstance(value, str):
        return 0
    text = value.strip().rstrip(".、)）")
    if re.fullmatch(r"\d+(?:[.\-]\d+)*", text):
        return len(re.split(r"[.\-]", text))
    return 1 if re.fullmatch(r"[一二三四五六七八九十]{1,3}", text) else 0


def label_shares(values: Iterable[CellValue]) -> Shares:
    """How a column's first texts are labelled."""
    texts = list(islice((value for value in values if isinstance(value, str) and value.strip()), SAMPLE))
    if not texts:
        return Shares()
    found = [split_label(text, numbered=True) for text in texts]
    count = len(texts)
    return Shares(
        sum(1 for each in found if each is not None and each.level == "objective") / count,
        sum(1 for each in found if each is not None and each.level == "key_result") / count,
        sum(1 for each in found if each is not None and each.level is None) / count,
    )


def numbered_depths(values: Iterable[CellValue]) -> set[int]:
    """How deep the numbers lie that stand before a column's texts ("1. Bake", "1.1 Lines"), if most have one."""
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    found = [label.label for text in texts if (label := split_label(text, numbered=True)) and label.level is None]
    return {depth(label) for label in found} - {0} if found and len(found) >= 0.6 * len(texts) else set()
