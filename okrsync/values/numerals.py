"""Numerals in text: digits with their separators → the numbers they may be; nothing else is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_DIGITS = 17
"""More digits than a number can keep are an identifier, not a quantity."""

_NUMBER = re.compile(
    r"(?:(?P<grouped>[0-9]{1,3}(?P<sep>[ ,.'])[0-9]{3}(?:(?P=sep)[0-9]{3})*)"
    r"|(?P<indian>[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3})"
    r"|(?P<plain>[0-9]+))(?![0-9])"
    r"(?:(?P<point>[.,])(?P<decimals>[0-9]+))?"
    r"|(?P<bare_point>[.,])(?P<bare>[0-9]+)"
)
_EXPONENT = re.compile(r"[eE]([+-]?[0-9]{1,3})(?![0-9A-Za-z])")
_MORE = re.compile(r"[.,']?[0-9]")


def plain_forms() -> dict[int, str]:
    """One form of what is typed in several: full-width letters, spaces, minus signs, digits of other scripts."""
    forms = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    forms |= dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
    forms |= dict.fromkeys((0x2212, 0xFE63, 0x2011, 0x2010), "-")
    forms |= dict.fromkeys((0x2018, 0x2019, 0x2032, 0x02BC, 0x00B4, 0x066C), "'")
    forms |= dict.fromkeys((0xFE6A, 0x066A), "%")
    forms |= dict.fromkeys((0x301C, 0x223C, 0x02DC), "~")
    invisible = (0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A))
    forms |= dict.fromkeys((*invisible, 0xFE0E, 0xFE0F, 0xFEFF), "")
    forms |= {0x066B: ",", 0x60C: ",", 0xFFE5: "¥", 0xFFE1: "£", 0xFFE6: "₩", 0x3002: ".", 0xFF61: "."}
    forms |= {0x3010: "[", 0x3011: "]", 0x3014: "(", 0x3015: ")"}
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50):
        forms |= {zero + digit: str(digit) for digit in range(10)}
    return forms


_PLAIN = plain_forms()


def plain(text: str) -> str:
    """The text with full-width and look-alike characters in their plain form, without outer white space."""
    return (text if text.isascii() else text.translate(_PLAIN)).strip()


class Numeral(NamedTuple):
    """Digits in a text. `readings` are the numbers they may be, the customary first: two for "1.234", none for "1.2.3".

    `point` is the decimal separator, where the shape proves which it is; `groups` what separates the thousands.
    """

    start: int
    end: int
    readings: tuple[float, ...]
    point: str | None = None
    groups: str | None = None

    def under(self, point: str | None) -> tuple[float, ...]:
        """The readings left when decimals are known to follow `point`."""
        if point is None or len(self.readings) < 2 or self.groups is None:
            return self.readings
        thousands = max(self.readings)
        return (min(self.readings),) if point == self.groups else (thousands,)


def numeral_at(text: str, start: int) -> Numeral | None:
    """The numeral that begins at a place of a plain text, None if none does."""
    found = _NUMBER.match(text, start)
    return _numeral(text, found) if found is not None else None


def _numeral(text: str, found: re.Match[str]) -> Numeral:
    start, end = found.span()
    if _MORE.match(text, end):
        return Numeral(start, _end_of_digits(text, end), ())
    numeral = _read(found, start, end)
    exponent = _EXPONENT.match(text, end)
    if exponent is None:
        return numeral
    power = int(exponent[1])
    readings = tuple(float(f"{reading!r}e{power}") for reading in numeral.readings if "e" not in repr(reading))
    return numeral._replace(end=exponent.end(), readings=tuple(r for r in readings if abs(r) < 1e200))


def find_numerals(text: str) -> Iterator[Numeral]:
    """Every numeral of a plain text, from left to right."""
    place = 0
    while (found := _NUMBER.search(text, place)) is not None:
        numeral = _numeral(text, found)
        yield numeral
        place = numeral.end


def _end_of_digits(text: str, end: int) -> int:
    while end < len(text) and (text[end].isdigit() or text[end] in ".,'"):
        end += 1
    return end


def _read(found: re.Match[str], start: int, end: int) -> Numeral:
    grouped, separator, point = found["grouped"], found["sep"], found["point"]
    if found["bare"] is not None:
        return Numeral(start, end, _numbers("0", found["bare"]), found["bare_point"])
    if found["indian"] is not None:
        if point == ",":
            return Numeral(start, end, ())
        return Numeral(start, end, _numbers(found["indian"].replace(",", ""), found["decimals"]), ".", ",")
    if grouped is None:
        return Numeral(start, end, _numbers(found["plain"], found["decimals"]), point)
    if point == separator or (grouped.startswith("0") and (grouped.count(separator) > 1 or separator in " '" or point)):
        return Numeral(start, end, ())
    digits = grouped.replace(separator, "")
    if separator in " '" or point is not None:
        return Numeral(start, end, _numbers(digits, found["decimals"]), point, separator)
    if grouped.count(separator) > 1:
        return Numeral(start, end, _numbers(digits, None), "," if separator == "." else ".", separator)
    decimal = _numbers(*grouped.split(separator))
    if grouped.startswith("0"):
        return Numeral(start, end, decimal, separator)
    thousands = _numbers(digits, None)
    return Numeral(start, end, thousands + decimal if separator == "," else decimal + thousands, None, separator)


def _numbers(digits: str, decimals: str | None) -> tuple[float, ...]:
    if len(digits.lstrip("0")) > MAX_DIGITS:
        return ()
    return (float(f"{digits}.{decimals or 0}"),)
