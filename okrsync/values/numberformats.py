"""Excel number formats: what a format code says about the number it shows (percent, unit, magnitude, date)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct

from okrsync.kinds import Comparator
from okrsync.values.quantities import Quantity, quantity_in

MAX_LENGTH = 255
"""Excel allows no longer code."""

_BRACKET = re.compile(r"\[([^\]]*)\]")
_CONDITION = re.compile(r"\s*(<=|>=|<>|=|<|>)\s*(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*")
_ELAPSED = re.compile(r"(?:h+|m+|s+)", re.IGNORECASE)
_GENERAL = re.compile(r"general|standard|g/通用格式", re.IGNORECASE)
_PLACES = frozenset("0#?")
_DATE_LETTERS = frozenset("ymdhsYMDHS")
_AROUND = " ()-+,.:_"
_COMPARE: MappingProxyType[str, Callable[[float, float], bool]] = MappingProxyType(
    {"<=": operator.le, ">=": operator.ge, "<>": operator.ne, "=": operator.eq, "<": operator.lt, ">": operator.gt}
)


class _Section(Struct):
    """One of the parts of a code between ";" while it is read: its literal text before and after the digits."""

    before: str = ""
    after: str = ""
    pattern: str = ""
    percents: int = 0
    dated: bool = False
    condition: tuple[str, float] | None = None
    dotted: bool = False

    def say(self, literal: str) -> None:
        """Adds text that is shown as it stands."""
        if not self.pattern:
            self.before += literal
        else:
            self.after += literal

    def place(self, mark: str) -> None:
        """Adds a placeholder; literal text between two placeholders belongs to neither side."""
        if self.after and mark in _PLACES:
            self.dotted = self.dotted or self.after.strip() == "."
            self.after = ""
        self.pattern += mark

    @property
    def thousands(self) -> int:
        """How many times the shown number is divided by 1,000: the commas after the last digit."""
        whole, _, rest = self.pattern.partition(".")
        return len(whole) - len(whole.rstrip(",")) + len(rest) - len(rest.rstrip(","))


class Shown(Struct, frozen=True):
    """What a section makes of a number: its factor, unit and what else its text says. A date shows no number."""

    factor: float = 1.0
    unit: str | None = None
    comparator: Comparator | None = None
    of: float | None = None
    is_date: bool = False
    condition: tuple[str, float] | None = None


def number_in(value: float, code: str, locale: str | None = None) -> Quantity | None:
    """The quantity that a number shown with a format is; None for a date."""
    shown = _section_for(value, sections(code, locale))
    if shown.is_date:
        return None
    number = value if shown.factor == 1 else round(value * shown.factor, 9)
    return Quantity(number, shown.unit, shown.comparator, shown.of)


@lru_cache(maxsize=2048)
def sections(code: str, locale: str | None = None) -> tuple[Shown, ...]:
    """The sections of a format code, in order."""
    if len(code) > MAX_LENGTH:
        return (Shown(),)
    return tuple(_shown(section, locale) for section in _parse(code))


def _section_for(value: float, found: tuple[Shown, ...]) -> Shown:
    """The section that shows a value: by conditions where there are any, else positive; negative; zero."""
    if any(section.condition is not None for section in found):
        for section in found:
            if section.condition is None or _COMPARE[section.condition[0]](value, section.condition[1]):
                return section
        return found[-1]
    if value < 0 and len(found) > 1:
        return found[1]
    if value == 0 and len(found) > 2:
        return found[2]
    return found[0]


def _shown(section: _Section, locale: str | None) -> Shown:
    if section.dated:
        return Shown(is_date=True, condition=section.condition)
    text = _said(section, locale)
    if section.percents:
        return Shown(100.0**section.percents, "%", condition=section.condition)
    if text is None:
        return Shown(condition=section.condition)
    factor = abs(text.value) / 1000.0**section.thousands if abs(text.value) != 1 and not section.dotted else 1.0
    return Shown(factor, text.unit, text.comparator, text.of, condition=section.condition)


def _said(section: _Section, locale: str | None) -> Quantity | None:
    """What the literal text says, read as if it stood around a 1."""
    before, after = section.before.strip(_AROUND), section.after.strip(_AROUND)
    if not before and not after:
        return None
    return quantity_in(f"{before} 1 {after}", locale)


def _parse(code: str) -> list[_Section]:
    found = [_Section()]
    place = 0
    while place < len(code):
        if code[place] == ";":
            found.append(_Section())
            place += 1
        else:
            place = _step(code, place, found[-1])
    return found


def _step(code: str, place: int, section: _Section) -> int:
    """Reads one element of a code into its section; the place after it."""
    mark = code[place]
    if mark == '"':
        end = code.find('"', place + 1)
        end = len(code) if end < 0 else end
        section.say(code[place + 1 : end])
        return end + 1
    if mark in "\\!":
        section.say(code[place + 1 : place + 2])
        return place + 2
    if mark in "_*":
        section.say(" ")
        return place + 2
    if mark == "[":
        return _bracket(code, place, section)
    general = _GENERAL.match(code, place)
    if general is not None:
        section.place("0")
        return general.end()
    if mark in "eE" and code[place + 1 : place + 2] in ("+", "-") and section.pattern:
        return place + 2
    _letter(mark, section)
    return place + 1


def _bracket(code: str, place: int, section: _Section) -> int:
    """[$€-407] is a currency, [>=1000] a condition, [h] elapsed time; colours and numerals say nothing."""
    found = _BRACKET.match(code, place)
    if found is None:
        return len(code)
    inner = found[1]
    condition = _CONDITION.fullmatch(inner)
    if inner.startswith("$"):
        section.say(f" {inner[1:].partition('-')[0]} ")
    elif condition is not None:
        try:
            section.condition = (condition[1], float(condition[2]))
        except ValueError:
            section.condition = None
    elif _ELAPSED.fullmatch(inner):
        section.dated = True
    return found.end()


def _letter(mark: str, section: _Section) -> None:
    if mark == "%":
        section.percents += 1
    elif mark in _PLACES or (mark in ".," and section.pattern and not section.after):
        section.place(mark)
    elif mark in _DATE_LETTERS or mark in "gG":
        section.dated = True
    elif mark != "@":
        section.say(mark)
