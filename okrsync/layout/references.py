"""What a text that names a parent says: labels, scopes before them, titles, several in one cell (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import cache, lru_cache

from msgspec import Struct

from okrsync.layout.folding import fold, is_cjk
from okrsync.layout.vocabulary import lexicon

_TOKEN = re.compile(r"[^\s,;()|\[\]]+")
Number = tuple[str, str]
"""A label taken apart: "o" for an objective, "kr" for a key result or "" for neither; and its number, "1.2"."""

_LINES = re.compile(r"[\n\r;；|]+")
_COMMAS = re.compile(r"\s*[,，、\n\r;；|]+\s*")
_JOINTS = re.compile(r"\s*(?:[,，、;；/／&＆+＋]|\band\b|和|与|及)\s*")
_BULLET = re.compile(r"^\s*(?:[•·‣▪●○◦◆■►▶→⇒➔↑*]|[-–—](?=\s|[A-Za-z]))\s*")
_HAN = {c: str(i) for i, c in enumerate("零一二三四五六七八九十")}
_NUMBER = r"(?:\d{1,4}(?:\.\d{1,4})*|[一二三四五六七八九十])(?![a-z\d%一二三四五六七八九十])"
_MARK = r"\s*[-#._]?\s*"
_BARE = re.compile(r"#?(\d{1,4}(?:\.\d{1,4})*)\.?")
_LEAD = re.compile(r"^(.{1,60}?)(?:[:：]\s*|\s+[-–—>|/]\s+)(.+)$", re.DOTALL)
LONGEST = 240
LONGEST_CELL = 10 * LONGEST
"""A cell can hold a megabyte: what is longer than this is no list of references and no slip of a title."""


class Labelled(Struct, frozen=True):
    """A reference that is a label, with the words beside it that say whose ("company"), or the title that follows."""

    number: Number
    scope: str = ""
    title: str = ""


@lru_cache(maxsize=50_000)
def split_references(text: str) -> tuple[str, ...]:
    """The references in a cell, one per line or semicolon, labels also by comma or "and".

    A comma may belong to a title, so a text that is not labels alone stays whole: align() tries it whole, then split.
    """
    found: list[str] = []
    for line in _LINES.split(text):
        bare = _BULLET.sub("", line).strip()
        if not bare or is_blank(bare):
            continue
        labels = labels_in(bare)
        found.extend(labels or (bare,))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def labels_in(text: str) -> tuple[str, ...]:
    """The labels of "O1, Company O3 and KR1.2"; empty where anything else stands between them."""
    if len(text) > LONGEST_CELL:
        return ()
    parts = tuple(part.strip() for part in _JOINTS.split(text) if part.strip())
    if len(parts) < 2:
        return ()
    return parts if all((found := labelled(part)) is not None and not found.title for part in parts) else ()


def ids_in(text: str, ids: Container[str]) -> list[str]:
    """The known ids a text names: alone, in a list, or between other words ("100%, 2036845")."""
    if text in ids:
        return [text]
    return list(dict.fromkeys(token for token in _TOKEN.findall(text[:LONGEST_CELL]) if token in ids))


def split_titles(text: str) -> tuple[str, ...]:
    """The parts of a text between commas, when it turned out not to be one title."""
    if len(text) > LONGEST_CELL:
        return (text,)
    return tuple(part for part in _COMMAS.split(text.strip()) if part)


def is_blank(text: str) -> bool:
    """Whether a text is what people type for "none"."""
    return text.strip().casefold() in lexicon().blanks or not fold(text)


@lru_cache(maxsize=50_000)
def labelled(text: str) -> Labelled | None:
    """A label, alone or with its scope ("Company O1", "O1 (Company)", "公司O1") or its title ("O1: Grow")."""
    plain = spaced(text[:LONGEST])
    bare = _BARE.fullmatch(plain)
    if bare is not None:
        return Labelled(("", bare[1]))
    first, last = _patterns()
    found = first.match(plain)
    if found is not None:
        rest = found["rest"].strip()
        if not rest.strip(".:-"):
            return Labelled(_number(found))
        if rest.startswith(("(", "[", "of ", "@")):
            return Labelled(_number(found), scope=scope(rest.removeprefix("of ")))
        return Labelled(_number(found), title=fold(rest))
    found = last.match(plain) if len(plain) < LONGEST else None
    return None if found is None else Labelled(_number(found), scope=scope(found["scope"]))


def number_of(label: str | None) -> str | None:
    """The number of a label of the sheet: "Objective 1" → "1", "KR 1.2" and "O1-KR2" → "1.2"; None: it has none."""
    found = labelled(label) if label else None
    return found.number[1] if found is not None and not found.scope and not found.title else None


def after_lead(text: str) -> tuple[str, str] | None:
    """ "Company: Grow" and "Supports – Grow" taken apart: whose it is (folded), and the rest."""
    found = _LEAD.match(text[:LONGEST_CELL].strip())
    return (scope(found[1]), found[2]) if found is not None else None


@lru_cache(maxsize=20_000)
def scope(text: str) -> str:
    """Whose label it is, folded: "Growth team's" → "growth", "supports company" → "company", "our Q4" → "our q4"."""
    words = fold(text.replace("'s", "").replace("’s", ""))
    for lead in _leads():
        if words.startswith(lead) and (is_cjk(lead) or len(words) == len(lead) or words[len(lead)] == " "):
            words = words[len(lead) :].strip()
            break
    if words in lexicon().levels:
        return words
    left = [word for word in words.split() if word not in lexicon().filler and word not in lexicon().team_words]
    return " ".join(left) or words


@cache
def _leads() -> tuple[str, ...]:
    """Headers that mean "contributes to", which people repeat in the cell, the longest first."""
    known = (word for word, names in lexicon().headers.items() if names[0] == "contributes_to")
    return tuple(sorted(known, key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A label at the start of a text, and one at its end."""
    labels = lexicon().labels
    objective, key_result = ("|".join(_word(w) for w in labels[name]) for name in ("objective", "key_result"))
    of = rf"(?:{objective}){_MARK}(?P<o>{_NUMBER})"
    both = rf"(?:{of}\s*[-./_,:]?\s*)?(?:{key_result}){_MARK}(?P<kr>{_NUMBER})"
    alone = rf"(?:{objective}){_MARK}(?P<only>{_NUMBER})"
    core = rf"(?:{both}|{alone})"
    return (
        re.compile(rf"{core}(?P<rest>.*)$", re.DOTALL),
        re.compile(rf"(?P<scope>.+?)[\s:/|·>.,_的-]*(?<![a-z\d]){core}[.:]?$", re.DOTALL),
    )


def _word(word: str) -> str:
    return re.escape(spaced(word)).replace(r"\ ", r"\s*")


def _number(found: re.Match[str]) -> Number:
    if found["only"]:
        return ("o", _arabic(found["only"]))
    of = found["o"]
    return ("kr", f"{_arabic(of)}.{_arabic(found['kr'])}" if of else _arabic(found["kr"]))


def _arabic(number: str) -> str:
    return _HAN.get(number, number)


def spaced(text: str) -> str:
    """A text in small half-width letters, its spaces single, its punctuation as it stands."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
