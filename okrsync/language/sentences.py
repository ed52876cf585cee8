"""One key-result sentence → the metric it states. Any text has a reading, and no number is invented."""

from __future__ import annotations

from msgspec.structs import replace

from okrsync.language.amounts import amounts_of
from okrsync.language.conditions import set_aside
from okrsync.language.cues import cues, is_read
from okrsync.language.deadlines import Deadline, deadlines_of, tell_days
from okrsync.language.denial import tell_denied
from okrsync.language.detect import told_language
from okrsync.language.lexed import lexed_of
from okrsync.language.metric import StatedMetric
from okrsync.language.names import tell_names
from okrsync.language.plainform import plain_form
from okrsync.language.roles import give_roles
from okrsync.language.scene import Scene
from okrsync.language.stating import stated
from okrsync.values.locales import split_locale

_SIGNS = frozenset("≥≤<>=→")
"""Signs that say in any language what a number is to be."""
LONGEST = 2_000
"""Letters that are read: what follows in a longer cell is prose, and no part of the metric."""


def read_metric(text: str, lang: str | None = None) -> StatedMetric:
    """What a key-result sentence states, in its own language; `lang` ("de", "pt-BR") decides where the text does not.

    Never raises: a text without a number to measure is a milestone or qualitative.
    """
    plain = plain_form(text[:LONGEST])
    language, is_told = told_language(plain.low[plain.start :], split_locale(lang)[0] if lang else None)
    words = cues(language)
    lexed = lexed_of(plain, words)
    amounts = amounts_of(lexed)
    deadlines: list[Deadline] = deadlines_of(lexed)
    tell_days(deadlines, amounts)
    tell_names(lexed, amounts)
    scene = Scene(lexed, amounts, deadlines)
    give_roles(scene)
    tell_denied(scene)
    set_aside(scene)
    found = stated(scene, amounts, deadlines)
    unread = lang is not None and not is_read(split_locale(lang)[0])
    if is_told or found.certainty == "ambiguous" or not _SIGNS.isdisjoint(plain.text):
        return found
    if found.unit is None and not unread:
        return found
    return replace(found, certainty="ambiguous", reason="its language is none of those that are read")
