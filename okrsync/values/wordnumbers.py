"""Numbers in words: Chinese and Japanese numerals, "twenty-five", "fünfundzwanzig" → the number; nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DIGITS = {
    digit: value
    for value, digits in enumerate(
        ("零〇", "一壹", "二两兩贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for digit in digits
}
_TENS = {"十": 10.0, "拾": 10.0, "百": 100.0, "佰": 100.0, "千": 1000.0, "仟": 1000.0}
_MYRIADS = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
HAN_NUMERALS = frozenset((*_DIGITS, *_TENS, *_MYRIADS, "半"))
"""The characters that Chinese and Japanese numbers are written with."""

_HAN = re.compile(f"[{''.join(HAN_NUMERALS)}]+")
_SHARE = re.compile(
    f"(?P<whole>[{''.join(HAN_NUMERALS)}]+|[0-9]+)(?:分之|分の|분의 ?)(?P<part>[{''.join(HAN_NUMERALS)}]+|[0-9]+)"
)
MAX_HAN = 16
MAX_WORD = 40


def han_at(text: str, start: int) -> tuple[float, int] | None:
    """The number in Chinese or Japanese numerals that begins at a place ("三百二十", "两", "半") and where it ends."""
    found = _HAN.match(text, start, start + MAX_HAN)
    if found is None:
        return None
    value = _han(found[0])
    return (value, found.end()) if value is not None else None


def han_share_at(text: str, start: int) -> tuple[float, int] | None:
    """The share in percent of "三分之一" (a third) and "5分之2", and where it ends; 百分之 is a unit."""
    found = _SHARE.match(text, start, start + 2 * MAX_HAN)
    if found is None:
        return None
    whole, part = _value(found["whole"]), _value(found["part"])
    if not whole or part is None or whole == 100.0:
        return None
    return 100 * part / whole, found.end()


def _value(digits: str) -> float | None:
    return float(digits) if digits.isascii() else _han(digits)


def _han(digits: str) -> float | None:
    """A numeral by its places: 三百二十 is 3·100 + 2·10; digits in a row (二〇二六) are read as they stand."""
    if digits == "半":
        return 0.5
    if len(digits) > 1 and all(digit in _DIGITS for digit in digits):
        return float("".join(str(_DIGITS[digit]) for digit in digits))
    total = section = 0.0
    digit: float | None = None
    for sign in digits:
        if sign in _DIGITS:
            digit = float(_DIGITS[sign])
        elif sign in _TENS:
            section += (1.0 if digit is None else digit) * _TENS[sign]
            digit = None
        elif sign in _MYRIADS:
            section += digit or 0.0
            if not section:
                return None  # 万 alone is no number
            total, section, digit = total + section * _MYRIADS[sign], 0.0, None
        else:
            return None
    return total + section + (digit or 0.0)


def spelt(word: str, known: Mapping[str, float], join: str | None) -> float | None:
    """The number that a compound of number words makes: "twenty-five", "fünfundzwanzig"; None where it is none."""
    if len(word) > MAX_WORD:
        return None
    parts = word.split("-")
    if len(parts) == 1 and join:
        parts = word.split(join, 1)
    values = [known.get(part) for part in parts]
    if len(values) < 2 or None in values:
        return None
    return sum(value for value in values if value is not None)
