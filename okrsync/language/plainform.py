"""A sentence in plain form (half-width letters, one sort of space) and where each of its letters stood before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from okrsync.values.numerals import plain_forms

_FORMS = plain_forms()
_SAME_LENGTH = {code: form for code, form in _FORMS.items() if form}
_DROPPED = frozenset(chr(code) for code, form in _FORMS.items() if not form)
_HALF_KANA = frozenset(chr(code) for code in range(0xFF66, 0xFFA0))

_LIST_MARK = re.compile(
    r"""\s*(?:[-*•·▪◦‣–—☐☑☒□■✓✔✅]\s+)?  (?:\[[ x✓]?\]\s+)?  (?:
    (?: (?:kr|okr|key\ result)\s*\#? | o | \#(?=[0-9]{1,2}\s) ) [0-9]{1,2} (?:[.-][0-9]{1,2})*
        (?: \s*[.):、]\s* | \s+[-–—]?\s* )
    | [0-9]{1,2} (?:\.[0-9]{1,2})* [.)]\s+  |  [0-9]{1,2} (?: \) | 、 | [.](?=[^\W\d_]) )  |  [(][0-9]{1,2}[)]\s*
    | [a-z][.)]\s+  |  [①-⑳❶-❿]\s* )?""",
    re.VERBOSE,
)


class Plain(Struct, frozen=True):
    """`text` in plain form, `low` in lower case and as long; `offsets`: where each letter stood, if moved.

    The sentence begins at `start`, behind its list mark.
    """

    text: str
    low: str
    offsets: Sequence[int] | None = None
    start: int = 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A piece of the plain form as it stands in the sentence."""
        if self.offsets is None or start >= end:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def plain_form(text: str) -> Plain:
    """The plain form of a sentence; what cannot be seen is left out."""
    if text.isascii():
        low = text.lower()
        return Plain(text, low, None, list_mark(low))
    offsets: list[int] | None = None
    if not _DROPPED.isdisjoint(text) or not _HALF_KANA.isdisjoint(text):
        text, offsets = _composed(text)
    text = text.translate(_SAME_LENGTH)
    low = text.lower()
    if len(low) != len(text):
        low = "".join(lower if len(lower := letter.lower()) == 1 else letter for letter in text)
    return Plain(text, low, offsets, list_mark(low))


def list_mark(low: str) -> int:
    """Where a sentence begins behind its list mark: "- ", "3) ", "KR1: ", "①"."""
    if low[:2].isalpha() and low[0] not in "ko":
        return 0  # as most sentences begin; "kr1", "o1" and "key result" need a look
    found = _LIST_MARK.match(low)
    return found.end() if found is not None else 0


def _composed(text: str) -> tuple[str, list[int]]:
    """Half-width kana with their marks as one full-width letter; what cannot be seen is dropped."""
    letters: list[str] = []
    offsets: list[int] = []
    place = 0
    while place < len(text):
        width = 2 if text[place] in _HALF_KANA and text[place + 1 : place + 2] in ("ﾞ", "ﾟ") else 1
        letter = text[place : place + width]
        if letter[0] in _HALF_KANA:
            letter = unicodedata.normalize("NFKC", letter)[:1]
        if letter not in _DROPPED:
            letters.append(letter)
            offsets.append(place)
        place += width
    return "".join(letters), offsets
