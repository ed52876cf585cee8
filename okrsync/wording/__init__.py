"""What okrsync writes into sheets, in the sheet's language: data in <language>.toml, one file per language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TypeVar

import tomli
from msgspec import Struct

from okrsync.edits import Role, SheetKind
from okrsync.findings import Severity
from okrsync.model import Level, Status

FALLBACK = "en"
HEADER_SUFFIX = " (okrsync)"
"""Follows a header of ours where the team's sheet has a header of that name already."""

COLOURS: Mapping[Status, str] = MappingProxyType(
    {
        Status.ACHIEVED: "green",
        Status.MISSED: "red",
        Status.NOT_STARTED: "grey",
        Status.NO_DATA: "grey",
        Status.OFF_TRACK: "red",
        Status.AT_RISK: "amber",
        Status.STALE: "amber",
        Status.ON_TRACK: "green",
    }
)

Name = TypeVar("Name", bound=str)


class Words(Struct, frozen=True):
    """One language's words. Every mapping is whole: what a language lacks is there in English.

    `notices` stand in the first cell of the sheets we own; `codes` are a few words per code of the catalogue,
    `fields` the names of what scoring may take for granted.
    """

    language: str
    headers: Mapping[Role, str]
    statuses: Mapping[Status, str]
    levels: Mapping[Level, str]
    severities: Mapping[Severity, str]
    sheet_names: Mapping[SheetKind, str]
    notices: Mapping[SheetKind, str]
    labels: Mapping[str, str]
    codes: Mapping[str, str]
    fields: Mapping[str, str]

    def status_colours(self) -> dict[str, str]:
        """The words of the status column and the colour each gets: "green", "amber", "red" or "grey"."""
        return {self.statuses[status]: colour for status, colour in COLOURS.items()}

    def gaps_text(self, codes: Sequence[str], from_sentence: Sequence[str] = ()) -> str | None:
        """What the gaps column says, `no baseline KR002; target from the sentence`; None for nothing."""
        pieces = [f"{self.codes[code]} {code}" if code in self.codes else code for code in codes]
        if from_sentence:
            pieces.append(self.stated(from_sentence))
        return "; ".join(pieces) or None

    def stated(self, fields: Sequence[str]) -> str:
        """What no cell says but the key result's sentence: `baseline, target from the sentence`."""
        return self.label("from_sentence", what=self.label("list").join(self.fields[field] for field in fields))

    def assumed(self, text: str) -> str:
        """What scoring took for granted, "baseline 0", with the field's name in this language."""
        field, space, rest = text.partition(" ")
        return f"{self.fields.get(field, field)}{space}{rest}"

    def label(self, name: str, /, **values: object) -> str:
        """A label of the sheets we own, its {places} filled."""
        return self.labels[name].format(**values)


@cache
def words(language: str) -> Words:
    """The words of a language, "zh" or "zh-CN"; English where okrsync does not have it."""
    wanted = language.replace("_", "-").split("-")[0].casefold()
    return _load(wanted if wanted in languages() else FALLBACK)


@cache
def languages() -> tuple[str, ...]:
    """Every language there is a file for, English first."""
    found = {entry.name.removesuffix(".toml") for entry in _folder().iterdir() if entry.name.endswith(".toml")}
    return (FALLBACK, *sorted(found - {FALLBACK}))


@cache
def all_words() -> tuple[Words, ...]:
    """The words of every language: what okrsync may have written on an earlier run."""
    return tuple(words(language) for language in languages())


@cache
def _load(language: str) -> Words:
    english = _read(FALLBACK)
    own = english if language == FALLBACK else _read(language)

    def section(name: str) -> dict[str, str]:
        return english[name] | own.get(name, {})

    return Words(
        language=language,
        headers=_named(Role, section("headers")),
        statuses=_named(Status, section("statuses")),
        levels=_named(Level, section("levels")),
        severities=_named(Severity, section("severities")),
        sheet_names=_named(SheetKind, section("sheet_names")),
        notices=_named(SheetKind, section("notices")),
        labels=MappingProxyType(section("labels")),
        codes=MappingProxyType(section("codes")),
        fields=MappingProxyType(section("fields")),
    )


def _named(names: type[Name], texts: Mapping[str, str]) -> Mapping[Name, str]:
    """The texts under the members of an enumeration; a key that is no member raises, so that a typo shows."""
    return MappingProxyType({names(key): text for key, text in texts.items()})


def _read(language: str) -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = tomli.loads((_folder() / f"{language}.toml").read_text(encoding="utf-8"))
    return loaded


def _folder() -> Traversable:
    return files(__name__)
