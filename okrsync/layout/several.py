"""Several statements in one cell: numbered, bulleted, on lines, between semicolons, or named ("Goal: …; Target: …")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from okrsync.cells import CellValue
from okrsync.layout.folding import fold, is_cjk
from okrsync.layout.headers import sense
from okrsync.layout.labels import has_bullet, split_label, without_bullet

LONGEST = 5_000
"""A longer cell is a document, not a list of key results."""
MOST_PARTS = 40
_HINT = re.compile(r"[\n\r;；•·‣▪●○◦■►➤✓①]|[1１]\s?[.)）、:：]|kr\s?[-#]?\s?1", re.IGNORECASE)
_LINE = re.compile(r"[\r\n]+")
_SEMICOLON = re.compile(r"\s*[;；]\s*")
_COMMA = re.compile(r",\s+|、|，")
_INLINE_BULLET = re.compile(r"(?:^|\s)[•·‣▪●○◦■►➤✓]\s*")
_CIRCLED = re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩]")
_NUMBER = re.compile(r"(?:(?<=^)|(?<=[\s;；。.,，]))[(（]?(\d{1,2})\s*[.)）、:：]\s*(?=\D)")
_LABEL = re.compile(r"(?:(?<=^)|(?<=[\s;；。.,，|]))(?:KR|kr|Kr)\s?[-#]?\s?(\d{1,2}(?:\.\d{1,2})?)\s*[:：.)\-–—]*\s*")
_BOUND = re.compile(r"[<>≤≥]\s*\d|\d\s*%|%\s*\d")
_COUNT = re.compile(r"\d[\d.,]*\s+[^\W\d]")
_OF_THEM = re.compile(
    r"\bof (?:them|which|these)\b|\bdavon\b|\bdont\b|\bde (?:ellos|ellas|eles|elas)\b|\bdi cui\b|其中"
)
_NAMED = re.compile(r"(?:(?<=^)|(?<=[\n;；|。.]))\s*([^\W\d_][^:：;；\n|]{0,40}?)\s*\d{0,2}\s*[:：]\s*")
_LEAST = 2
_STOPS = ".。"
_MOST_WORDS = 7
LONGEST_WORD = 40
_OWN_WORDS = 4
_MOST_CLAUSES = 2
"""So many clauses one sentence may have between semicolons."""


class Named(Struct, frozen=True):
    """An objective and the key results that one cell names."""

    objective: str
    key_results: tuple[str, ...]


def parts(text: str) -> list[str]:
    """The key results of one cell; the whole text alone where nothing says that there are several.

    Labels ("KR1:") stay with their parts, other numbers and bullets go.
    """
    hints = _HINT.search(text) is not None or len(_BOUND.findall(text)) >= _LEAST or _COUNT.match(text) is not None
    if len(text) > LONGEST or not hints:
        return [text]
    for split in (_by_label, _by_number, _by_circle, _by_bullet, _by_line, _by_semicolon, _by_comma):
        found = [part for part in split(text.strip()) if part]
        if 1 < len(found) <= MOST_PARTS:
            return _without_last_stop(found)
    return [text]


def _without_last_stop(found: list[str]) -> list[str]:
    """The parts without the full stop that ends the list and none of the others."""
    if any(part[-1] in _STOPS for part in found[:-1]):
        return found
    return [*found[:-1], found[-1].rstrip(_STOPS)]


def hold_several(values: Iterable[CellValue]) -> bool:
    """Whether a cell of a column holds more than one key result."""
    return any(isinstance(value, str) and len(parts(value)) > 1 for value in values)


def _in_order(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The pieces that begin where a pattern counts 1, 2, 3 …, from the start of the text on."""
    starts: list[tuple[int, int]] = []
    for found in pattern.finditer(text):
        if int(found[1].split(".")[-1]) == len(starts) + 1:
            starts.append(found.span())
    if len(starts) < 2 or starts[0][0] > 0:
        return []
    ends = [begin for begin, _ in starts[1:]] + [len(text)]
    return [text[begin:end].strip(" \t\r\n;；,，") for (begin, _), end in zip(starts, ends, strict=True)]


def _by_label(text: str) -> list[str]:
    found = _in_order(text, _LABEL)
    if found:
        return found
    # in other words than KR: every line bears the label of a key result
    lines = _lines(text)
    labels = [split_label(line) for line in lines]
    named = sum(1 for label in labels if label is not None and label.level == "key_result" and label.text)
    return lines if named == len(lines) and len(lines) > 1 else []


def _by_number(text: str) -> list[str]:
    return [_NUMBER.sub("", part, count=1).strip() for part in _in_order(text, _NUMBER)]


def _by_circle(text: str) -> list[str]:
    found = _CIRCLED.split(text)
    return [part.strip(" \t\r\n;；,，、") for part in found[1:]] if not found[0].strip() else []


def _by_bullet(text: str) -> list[str]:
    lines = _lines(text)
    if len(lines) > 1 and all(map(has_bullet, lines)):
        return [without_bullet(line) for line in lines]
    marks = _INLINE_BULLET.findall(text)
    if len(marks) > 1 and _INLINE_BULLET.match(text):
        return [part.strip() for part in _INLINE_BULLET.split(text)]
    return []


def _by_line(text: str) -> list[str]:
    lines = _lines(text)
    whole = len(lines) > 1 and all(map(_begins, lines)) and _complete(lines) and not any(map(_adds, lines[1:]))
    return [without_bullet(line) for line in lines] if whole else []


def _adds(line: str) -> bool:
    """Whether a line says more of the one above: "Baseline: 3 %"."""
    word, colon, _ = line.replace("：", ":").partition(":")
    meant = sense(word) if colon and len(word) <= LONGEST_WORD else None
    return meant is not None and "key_result" not in meant.fields


def _complete(lines: Sequence[str]) -> bool:
    """Whether each line can be a statement: none is a word or number alone, none ends in the middle of a sentence."""
    return all(_is_statement(line) for line in lines) and not any(line[-1] in ",，:：、-–(" for line in lines[:-1])


def _begins(line: str) -> bool:
    """Whether a line can begin a statement: wrapped text goes on in small letters or in brackets ("mAP" is a name)."""
    bare = without_bullet(line)
    word = bare.split(maxsplit=1)[0] if bare else ""
    return bool(word) and word[0] not in "([（【" and (not word[0].islower() or word != word.lower())


def _by_semicolon(text: str) -> list[str]:
    found = [part.strip(" .。\n") for part in _SEMICOLON.split(text.strip(";； \n"))]
    alike = len({part[:1].islower() for part in found}) == 1  # "Recognised by 5; trusted by 9" is one sentence
    whole = all(map(_is_statement, found)) and not any(map(_is_remainder, found[1:]))
    return found if whole and (alike or len(found) > _MOST_CLAUSES) else []


def _is_remainder(part: str) -> bool:
    """Whether a part only goes on with the one before it: "20% in November"."""
    return part[:1].isdigit() and len(part.split()) < _OWN_WORDS


def _by_comma(text: str) -> list[str]:
    """Parts between commas only where each is short and measures something of its own: "mAP > 60%, errors < 5%"."""
    found = [part.strip() for part in _COMMA.split(text)]
    return found if all(map(_is_measured, found)) else []


def _is_measured(part: str) -> bool:
    """Whether a part is short and has a bound or a count of its own; "3 of them electric" goes on with another."""
    words = len(part.split())
    bound = _BOUND.search(part) is not None and words <= _MOST_WORDS and _begins(part)
    return bound or (_COUNT.match(part) is not None and words <= _OWN_WORDS and _OF_THEM.search(part) is None)


def _is_statement(text: str) -> bool:
    words = text.split()
    return any(letter.isalpha() for letter in text) and (len(words) >= 2 or (is_cjk(fold(text)[:1]) and len(text) >= 4))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _LINE.split(text) if line.strip()]


def named(text: str) -> Named | None:
    """The objective and key results of a cell that names each: "Goal: …; Target: …", "O: …" above "KR1: …"."""
    if len(text) > LONGEST or (":" not in text and "：" not in text):
        return None
    text = text.strip()
    marks = [(found.start(1), found.end(), level) for found in _NAMED.finditer(text) if (level := _level(found[1]))]
    if len(marks) < 2 or marks[0][0] != 0 or marks[0][2] != "objective":
        return None
    ends = [begin for begin, _, _ in marks[1:]] + [len(text)]
    pieces = [
        (level, text[begin:end].strip(" \t\r\n;；|,，")) for (_, begin, level), end in zip(marks, ends, strict=True)
    ]
    key_results = [part for level, piece in pieces[1:] if level == "key_result" for part in parts(piece) if part]
    others = [level for level, _ in pieces[1:] if level != "key_result"]
    if others or not key_results or not pieces[0][1]:
        return None
    return Named(pieces[0][1], tuple(key_results))


def _level(word: str) -> str | None:
    """The level that a word before a colon names; a target is a key result where it is told in words."""
    found = split_label(f"{word}: x")
    if found is not None and found.level is not None:
        return found.level
    meant = sense(word)
    if meant is None:
        return None
    return next((name for name in ("objective", "key_result") if name in meant.fields), None)
