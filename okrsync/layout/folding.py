"""Text as the vocabulary compares it: case, width, punctuation, underscores and spacing folded away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HUMP = re.compile(r"([a-z])([A-Z])")
_KEPT = re.compile(r"[^\w%#]+|_", re.UNICODE)
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CJK_GAP = re.compile(f"(?<=[{_CJK}]) (?=[{_CJK}])")
_BRACKETS = re.compile(r"[(\[{<（【〔《「](.*?)[)\]}>）】〕》」]", re.DOTALL)
_HEAD_END = re.compile(r"\n|[:：?？]| [-–—|] ")
_SLASH = re.compile(r"\s*[/|／&+]\s*")


_KEPT_LENGTH = 200


def fold(text: str) -> str:
    """`Key_Results (KRs)` → `key results krs`; `目标 值：` → `目标值`."""
    return _kept(text) if len(text) <= _KEPT_LENGTH else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        if text.islower() and text.replace(" ", "").isalnum():
            return " ".join(text.split())  # as nearly all words of the vocabulary are
        return " ".join(_KEPT.sub(" ", _HUMP.sub(r"\1 \2", text).casefold()).split())
    text = _HUMP.sub(r"\1 \2", unicodedata.normalize("NFKC", text))
    text = " ".join(_KEPT.sub(" ", text.casefold()).split())
    return _CJK_GAP.sub("", text)


_kept = lru_cache(maxsize=20_000)(_fold)


def is_cjk(text: str) -> bool:
    """Whether a folded word is written without spaces around it."""
    return bool(text) and (("\u3040" <= text[0] <= "\u9fff") or ("\uf900" <= text[0] <= "\ufaff"))


def in_brackets(text: str) -> list[str]:
    """What stands in brackets: `Target (days)` → `["days"]`."""
    return [inner.strip() for inner in _BRACKETS.findall(text) if inner.strip()]


def without_brackets(text: str) -> str:
    """The text without its brackets and what stands in them."""
    return _BRACKETS.sub(" ", text).strip()


def forms(header: str) -> tuple[str, ...]:
    """The folded spellings under which a header may be known, the whole first, then its parts."""
    bare = without_brackets(header)
    head = _HEAD_END.split(bare.strip(), maxsplit=1)[0]
    parts = [header, bare, head, *in_brackets(header), *_SLASH.split(head), *bare.split("\n")]
    return tuple(dict.fromkeys(folded for part in parts if (folded := fold(part))))
