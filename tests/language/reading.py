"""A sentence brought as far as one layer of the language reads it."""

from __future__ import annotations

from okrsync.language.amounts import amounts_of
from okrsync.language.conditions import set_aside
from okrsync.language.cues import cues
from okrsync.language.deadlines import deadlines_of, tell_days
from okrsync.language.lexed import Amount, Lexed, lexed_of
from okrsync.language.names import tell_names
from okrsync.language.plainform import plain_form
from okrsync.language.roles import give_roles
from okrsync.language.scene import Scene


def lexed(text: str, language: str = "en") -> Lexed:
    plain, words = plain_form(text), cues(language)
    return lexed_of(plain, words)


def told(text: str, language: str = "en") -> list[Amount]:
    """The amounts of a sentence, with why some are no metric."""
    sentence = lexed(text, language)
    amounts = amounts_of(sentence)
    tell_days(deadlines_of(sentence), amounts)
    tell_names(sentence, amounts)
    return amounts


def placed(text: str, language: str = "en") -> list[Amount]:
    """The amounts that may be the metric, with their roles."""
    sentence = lexed(text, language)
    amounts, deadlines = amounts_of(sentence), deadlines_of(sentence)
    tell_days(deadlines, amounts)
    tell_names(sentence, amounts)
    scene = Scene(sentence, amounts, deadlines)
    give_roles(scene)
    set_aside(scene)
    return scene.amounts
