"""Texts where a statement should stand that are none: totals, examples, and what holds a place for one."""

from __future__ import annotations

import re
from functools import cache

from okrsync.layout.folding import fold, is_cjk
from okrsync.layout.headers import EXACT, sense
from okrsync.layout.vocabulary import lexicon

_WHOLLY_BRACKETED = re.compile(
    r"\s*(?:\[[^\[\]]*\]|\([^()]*\)|（[^（）]*）|<[^<>]*>|\{[^{}]*\}|【[^【】]*】|_{3,}|\.{3,}|…+)\s*"
)
_MAY_FILL = frozenset("[(（<{【_.…?-xXaAtT？")
FILLER_TEXT = re.compile(r"(?i)x{2,}|\?+|abc|tbd|tbc|-+")
_SAMPLE_MARK = re.compile(r"\s*[(\[（【]?\s*([^\W\d_]+(?:\.[^\W\d_]+)*\.?)\s*(?:[:：)\]）】]|[-–—]\s|,\s|\s(?=\S))")
SHORT = 40
"""Characters; a longer text is a statement, whatever it begins with."""


def is_total(folded: str) -> bool:
    """Whether a folded text is that of a total or average row: "Average score", 合计."""
    words = lexicon()
    if folded in words.totals:
        return True
    tokens = folded.split()
    if 1 < len(tokens) <= 5 and tokens[0] in words.totals:
        return all(token in words.total_of or token.isdigit() for token in tokens[1:])
    totals = _unspaced_totals()
    return folded.startswith(totals) and any(
        folded.startswith(total) and folded[len(total) :] in words.total_of for total in totals
    )


@cache
def _unspaced_totals() -> tuple[str, ...]:
    return tuple(total for total in lexicon().totals if is_cjk(total))


def is_sample(text: str) -> bool:
    """Whether a text says of itself that it is an example: "EXAMPLE: …", "(e.g. …)", 示例：…"""
    bare = text.lstrip(" \t\n\u3000([（【")
    if not "\uff00" < bare[:1] < "\uff5f":  # full-width letters aside, which only folding makes comparable
        letters, words = _sample_words()
        if bare[:1].casefold()[:1] not in letters or not bare.casefold().startswith(words):
            return False
    found = _SAMPLE_MARK.match(text)
    if found is None:
        return False
    mark = text[found.end(1) : found.end()].strip()
    word = fold(found[1])
    return word in lexicon().samples and (bool(mark) or word in ("e g", "eg"))


@cache
def _sample_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """The first letters of the words that mark an example, and these words."""
    words = {word.split()[0] for word in lexicon().samples}
    return frozenset(word[0] for word in words), tuple(words)


def is_placeholder(text: str) -> bool:
    """Whether a text only stands for one that is still to be written: "[Objective]", "Key result 1", 请填写, "..."."""
    if len(text) > SHORT * 2:
        return False
    if text[0] in _MAY_FILL and (_WHOLLY_BRACKETED.fullmatch(text) or FILLER_TEXT.fullmatch(text.strip())):
        return True
    if len(text) > SHORT:
        return False
    folded = fold(text)
    if folded[-1:].isdigit():
        folded = re.sub(r"\s*#?\d+(?: \d+)*$", "", folded)
    return bool(folded) and folded in lexicon().placeholders


def is_note(text: str) -> bool:
    """Whether a text is a remark about the sheet: "Note: …", "Legend: …"."""
    word, colon, rest = text.replace("：", ":").partition(":")
    if not colon or not rest.strip() or len(word) > SHORT:
        return False
    found = sense(word)
    notes = found is not None and found.strength == EXACT and "notes" in found.fields[:1]
    return notes or fold(word) in lexicon().guides


def is_note_label(text: str) -> bool:
    """Whether a text is the label of something else on the sheet: "Notes:", "Owner:"."""
    if not text.endswith((":", "：")):
        return False
    found = sense(text)
    return found is not None and found.strength == EXACT and found.fields[0] not in ("key_result", "objective")
