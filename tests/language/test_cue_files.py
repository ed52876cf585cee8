"""The files of words: nothing in them is given twice, contradicts itself, or is read by nobody."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

FOLDER = files("okrsync.language.cues")
LANGUAGES = sorted(entry.name.removesuffix(".toml") for entry in FOLDER.iterdir() if entry.name.endswith(".toml"))
EXCLUDING = frozenset(("from", "to", "by", "now", "goal"))
"""Roles of which a word before a number has one."""


def data(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_twice_in_one_list(language: str) -> None:
    for section, table in data(language).items():
        if not isinstance(table, dict) or section == "fold":
            continue
        for key, words in table.items():
            if isinstance(words, list):
                assert sorted(set(words)) == sorted(words), f"{section}.{key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verb_has_one_direction(language: str) -> None:
    seen: dict[str, str] = {}
    for direction, words in data(language).get("verbs", {}).items():
        for word in words:
            assert seen.setdefault(word, direction) == direction, word


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_before_a_number_gives_one_role(language: str) -> None:
    seen: dict[str, str] = {}
    for role, words in data(language).get("before", {}).items():
        for word in words if role in EXCLUDING else ():
            assert seen.setdefault(word, role) == role, word


def test_every_key_is_read_by_the_code() -> None:
    package = files("okrsync.language")
    code = "".join(
        entry.read_text(encoding="utf-8")
        for folder in (package, FOLDER)
        for entry in folder.iterdir()
        if entry.name.endswith(".py")
    )

    for language in LANGUAGES:
        for section in ("before", "after", "marks"):
            for key in data(language).get(section, {}):
                assert f'"{key}"' in code, f"{language}: {section}.{key}"
