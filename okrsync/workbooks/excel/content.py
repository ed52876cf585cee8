"""Values as a sheet part writes them: numbers in full, text inline and escaped so that it stays text."""

from __future__ import annotations

import math
import re

from okrsync.cells import CellValue
from okrsync.workbooks.excel.markup import Part, Unsplicable

LONGEST = 32_767
"""Characters that a cell can hold, as Excel counts them (UTF-16)."""

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACED = re.compile(r"^\s|\s$|\s\s|[\t\n]")
_RISKY = ("=", "+", "-", "@", "\t")


def looks_like_formula(value: CellValue) -> bool:
    """Whether text would become a formula if somebody edited its cell."""
    return isinstance(value, str) and value.startswith(_RISKY)


def written_text(text: str) -> str:
    """Text as it comes back: half a character, which no file can hold, becomes the sign for that."""
    return _SURROGATE.sub("\ufffd", text)


def escaped_text(text: str) -> str:
    """Text for `<t>`: what XML cannot hold as `_xHHHH_`, and what only looks so guarded."""
    text = _LOOKS_ESCAPED.sub("_x005F_", written_text(text))
    text = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Contents:
    """Turns values into what stands inside `<c>`, in a part's prefix and encoding."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._texts: dict[str, bytes] = {}
        v = part.name("v")
        self._number = b"><%s>" % v, b"</%s></%s>" % (v, part.name("c"))

    def of(self, value: CellValue) -> bytes:
        """From the cell's type on to its end tag: ` t="b"><v>1</v></c>`."""
        if isinstance(value, str):
            return self._texts.get(value) or self._inline(value)
        opening, closing = self._number
        if isinstance(value, bool):
            return b' t="b"' + opening + (b"1" if value else b"0") + closing
        if isinstance(value, (int, float)) and math.isfinite(value):  # much faster than int | float
            return opening + repr(value).removesuffix(".0").encode() + closing
        raise Unsplicable(f"okrsync wanted to write {value!r}, which is no number and no text", "report this as a bug.")

    def _inline(self, text: str) -> bytes:
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
            raise Unsplicable(
                f'a text is longer than a cell can hold ("{text[:40]}…")', "shorten the key result's row."
            )
        space = ' xml:space="preserve"' if _SPACED.search(text) else ""
        inner = self._part.prefixed(f"<is><t{space}>")
        closing = self._part.prefixed("</t></is></c>")
        said = self._texts[text] = b' t="inlineStr">' + inner + self._part.encoded(escaped_text(text)) + closing
        return said
