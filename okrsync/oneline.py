"""Text of people's cells as one short line: no line breaks, no control characters, no more than fits."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def one_line(text: str | None, longest: int = 200) -> str | None:
    """The text in one line, cut with an ellipsis where it is longer; None when nothing can be seen of it.

    What comes back reads the same after a trip through a sheet.
    """
    if text is None:
        return None
    if len(text) <= longest and text.isprintable() and "  " not in text and text == text.strip():
        return text or None  # as nearly every text is
    # A cell can hold a megabyte: what lies far behind the cut is not looked at.
    words = _UNSEEN.sub(" ", text[: longest * 4 + 100]).split()
    line = " ".join(words)
    if len(line) > longest:
        line = line[: longest - 1].rstrip() + "…"
    return line or None
