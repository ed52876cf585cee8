"""Text as the vocabulary compares it: case, width, punctuation, underscores, vowel points and spacing folded away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HUMP = re.compile(r"([a-z])([A-Z])")
_KEPT = re.compile(r"[^\w%#]+|_", re.UNICODE)
_MARKS = re.compile(r"[^\w%#\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+|[_\u0964\u0965\u0e3f]")
"""As _KEPT where vowels are marks, which are no part of \\w: Hindi, Bengali, Tamil, Thai, Lao, Burmese, Khmer."""
_HAS_MARKS = re.compile(r"[\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_POINTS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f\u02bb\u02bc]"
    "|(?<=[og])['\u2018\u2019`](?=[a-z])"
)
"""What Arabic and Hebrew may leave out, what draws a word longer, joiners, dots left over an i, Uzbek o' and g'."""
_ONE_LETTER = str.maketrans({"ı": "i", "ё": "е", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا"})
"""Letters that people type for one another: Turkish, Russian, Arabic and Persian."""
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_UNSPACED = re.compile(f"[{_CJK}\u3005\u3007\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
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
        text = _HUMP.sub(r"\1 \2", text).casefold()
        return " ".join(_KEPT.sub(" ", _POINTS.sub("", text) if "'" in text else text).split())
    text = _HUMP.sub(r"\1 \2", unicodedata.normalize("NFKC", text))
    text = _POINTS.sub("", text.casefold().translate(_ONE_LETTER))
    text = " ".join((_MARKS if _HAS_MARKS.search(text) else _KEPT).sub(" ", text).split())
    return _CJK_GAP.sub("", text)


_kept = lru_cache(maxsize=20_000)(_fold)


def is_cjk(text: str) -> bool:
    """Whether a folded word is written without spaces around it, as in Chinese, Japanese, Thai, Lao, Burmese, Khmer."""
    return bool(text) and _UNSPACED.match(text) is not None


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
    folded = [form for part in parts if (form := fold(part))]
    return tuple(dict.fromkeys([*folded, *(without_gaps(form) for form in folded)]))


def without_gaps(folded: str) -> str:
    """A folded Korean word without its spaces, which people may leave out; others as they are: 핵심 결과 → 핵심결과."""
    return folded.replace(" ", "") if _HANGUL.search(folded) is not None else folded
