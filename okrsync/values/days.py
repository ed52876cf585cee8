"""Days in text: "20.11.2026", "Nov 20", "11月底", "W52", "end of Q4" → the day that is meant; no day is invented."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from okrsync.values.locales import Words, date_order, lexicon, split_locale
from okrsync.values.numerals import plain

if TYPE_CHECKING:
    from okrsync.model import Cycle

MAX_LENGTH = 60
NEAR = timedelta(days=92)
"""A day without a year that no year puts inside the cycle is the one at most this far from it."""

_TIME = re.compile(
    r"(?<=[0-9])(?:T|\s+|,\s*)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:\s?[AaPp]\.?[Mm]\.?)?"
    r"\s*(?:Z|UTC|GMT|[A-Z]{3,4}|[+-][0-9]{2}:?[0-9]{2})?$"
)
_COMPACT = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])")
_SHORT_YEAR = 2000
_EARLY, _MIDDLE, _THIRD = "b", "c", "k"
_DAY_OF = {_EARLY: 10, _MIDDLE: 15, _THIRD: 20}
"""The thirds of a month end on its tenth, twentieth and last day; its middle is the fifteenth."""

# A text becomes a row of letters: y year (4 digits), n number (1 or 2 digits), m month, one letter
# per sort of word, marks as they stand. Names in a shape: y year, v year of two digits, m month, d day, n number.
_LETTERS = {
    "month": "m", "ordinal": "n", "week": "w", "quarter": "q", "half": "h", "half_one": "H", "half_two": "H",
    "end": "e", "early": "b", "mid": "c", "mid_third": "k", "year_end": "Z", "quarter_end": "E",
    "year_mark": "Y", "month_mark": "P", "day_mark": "D",
    "year_before": "J", "month_before": "T", "day_before": "G", "fiscal": "F", "suffixes": "s", "filler": "",
    "weekdays": "",
}  # fmt: skip
_SHAPES = (
    (r"(?P<y>y)[-/.](?P<m>n)[-/.](?P<d>n)", "day"),
    (r"(?P<y>y)Y(?P<m>n)P(?P<d>n)D?", "day"),
    (r"(?P<v>n)Y(?P<m>n)P(?P<d>n)D?", "day"),
    (r"(?P<m>n)P(?P<d>n)D?", "day"),
    (r"G?(?P<d>n)T(?P<m>n)(?:J?(?P<y>y))?", "day"),
    (r"G?(?P<d>n)[-/.](?P<m>n)[-/.](?P<y>y)", "digits"),
    (r"(?P<d>n)[-/.](?P<m>n)[-/.](?P<v>n)Y?", "digits"),
    (r"G?(?P<d>n)[-/](?P<m>n)", "digits"),
    (r"(?P<d>n)\.(?P<m>n)\.?", "digits"),
    (r"(?P<m>n)[-/.](?P<y>y)|(?P<y2>y)[-/.](?P<m2>n)", "month"),
    (r"(?P<d>n)[s.]?[-/.,]?(?P<m>m)[-/.,]?(?P<y>y)?Y?", "day"),
    (r"(?P<d>n)[s.]?[-/.,]?(?P<m>m)[-/.,']+(?P<v>n)", "day"),
    (r"(?P<m>m)\.?(?P<d>n)s?(?:[,.]?(?P<y>y))?", "day"),
    (r"(?P<m>m)(?P<d>n)s?,?'(?P<v>n)", "day"),
    (r"(?P<y>y)[-/.,]?(?P<m>m)[-/.,]?(?P<d>n)s?", "day"),
    (r"e?(?P<m>m)[-/.,]*(?P<y>y)?Y?e?|(?P<y2>y)[-/.,]?(?P<m2>m)", "month"),
    (r"e?(?P<m>m)[-/.,]?'(?P<v>n)", "month"),
    (r"(?:(?P<y>y)Y)?(?P<m>n)Pe?", "month"),
    (r"e?T(?P<m>n)(?:[-/.]?J?(?P<y>y))?", "month"),
    (r"(?:(?P<y>y)Y?[-/.]?)?w[-/.]?(?P<n>n)|w[-/.]?(?P<n2>n)[-/.,]?'?(?P<y2>y)?", "week"),
    (r"(?:(?P<y>y)Y?)?(?P<n>n)w", "week"),
    (
        r"e?(?:(?P<y>y)Y?[-/.,]?)?q\.?(?P<n>n)e?|e?q\.?(?P<n2>n)(?:[-/.,]*J?(?P<y2>y)Y?|[-/.,]*'(?P<v>n))e?",
        "quarter",
    ),
    (r"e?(?:F?(?P<y>y)Y?[-/.,]?)?(?P<n>n)E", "quarter"),
    (r"e?(?:F(?P<y>y)|F(?P<v>n))[-/.,]?q(?P<n>n)e?|e?q(?P<n2>n)[-/.,]?(?:F(?P<y2>y)|F'?(?P<v2>n))", "quarter"),
    (r"e?(?:F(?P<y>y)|F(?P<v>n))[-/.,]?h(?P<n>n)e?|e?h(?P<n2>n)[-/.,]?(?:F(?P<y2>y)|F'?(?P<v2>n))", "half"),
    (r"e?(?:(?P<y>y)Y?)?(?P<n>n)[s.]?q(?P<y2>y)?Y?e?|(?P<n2>n)q'?(?P<v>n)", "quarter"),
    (r"e?(?:(?P<y>y)Y?[-/.,]?)?h(?P<n>n)e?|e?h(?P<n2>n)[-/.,]*(?P<y2>y)e?|e?(?P<n3>n)[s.]?h(?P<y3>y)?e?", "half"),
    (r"e?(?:(?P<y>y)Y?)?(?P<n>H)e?|e?(?P<n2>H)(?P<y2>y)", "half"),
    (r"Z(?P<y>y)?|(?P<y2>y)[-/]?Z|e(?P<y3>y)Y?|(?P<y4>y)Ye", "year"),
    (r"E", "cycle"),
)


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(shape), reading) for shape, reading in _SHAPES)


class _Parts(Struct, frozen=True):
    """The numbers of a day as written, and which reading its shape asks for; `place`: early or in the middle of it."""

    shape: str
    year: int | None = None
    month: int = 0
    day: int = 0
    number: int = 0
    dotted: bool = False
    place: str = ""


class _Around(Struct, frozen=True):
    """What decides where the text does not."""

    order: str | None
    cycle: Cycle | None
    ahead: timedelta | None = None


def day_in(
    text: str, locale: str | None = None, cycle: Cycle | None = None, ahead: timedelta | None = None
) -> date | None:
    """The day a text names; None where it names none, or more than one day may be meant.

    `ahead`: the text is a plan; a day or quarter without a year that none puts into the cycle or just before it is the
    next one, if it begins no later than so long after the cycle.
    """
    if len(text) > MAX_LENGTH:
        text = text.strip()
        if len(text) > MAX_LENGTH:
            return None
    bare = _TIME.sub("", plain(text))
    compact = _COMPACT.fullmatch(bare)
    if compact is not None:
        return _made(int(compact[1]), int(compact[2]), int(compact[3]))
    parts = _parts(bare, lexicon(split_locale(locale)[0]).dates)
    if parts is None or (parts.place and parts.shape not in _PLACED[parts.place]):
        return None
    return _READINGS[parts.shape](parts, _Around(date_order(locale), cycle, ahead))


def _parts(text: str, words: Words) -> _Parts | None:
    """The parts of the first shape that the whole text has."""
    row, values = _row(text, words)
    row, values, place = _without_place(row, values)
    if not row:
        return None
    if place == _MIDDLE and row == "y":
        return _Parts("year", values[0], place=place)
    for shape, reading in _shapes():
        found = shape.fullmatch(row)
        if found is not None:
            given = {name[0]: values[found.start(name)] for name, part in found.groupdict().items() if part is not None}
            year = given.get("y")
            if year is None and "v" in given:
                year = _SHORT_YEAR + given["v"]
            month, day, number = (given.get(name, 0) for name in "mdn")
            return _Parts(reading, year, month, day, number, dotted="." in row, place=place)
    return None


def _without_place(row: str, values: list[int]) -> tuple[str, list[int], str]:
    """A row without its "early" or "mid", with the dash after it; and which of them it was."""
    found = next((letter for letter in row if letter in _DAY_OF), "")
    if not found:
        return row, values, ""
    at = row.index(found)
    end = at + 1 + (row[at + 1 : at + 2] == "-")
    return row[:at] + row[end:], values[:at] + values[end:], found


def _row(text: str, words: Words) -> tuple[str, list[int]]:
    """A text as letters (one per number, word or mark) and the value of each; empty where a word is not known."""
    letters: list[str] = []
    values: list[int] = []
    for letter, value in _tokens(text, words):
        if letter == "?":
            return "", []
        if letters or letter != ",":
            letters.append(letter)
            values.append(value)
    return "".join(letters).rstrip(","), values


def _tokens(text: str, words: Words) -> Iterator[tuple[str, int]]:
    low = text.lower()
    if len(low) != len(text):
        yield "?", 0
        return
    place = 0
    while place < len(text):
        token, value, place = _token(text, low, place, words)
        if token:
            yield token, value


def _token(text: str, low: str, place: int, words: Words) -> tuple[str, int, int]:
    """One token, its value and the place after it."""
    found = words.at(text, low, place, before_digit=True)
    if found is not None:
        word, end = found
        value = int(word.value) if word.value.isdigit() else 1 + (word.kind == "half_two")
        return _LETTERS.get(word.kind, "?"), value, end
    mark = text[place]
    if "0" <= mark <= "9":
        end = place
        while end < len(text) and "0" <= text[end] <= "9":
            end += 1
        letter = {1: "n", 2: "n", 4: "y"}.get(end - place, "?")
        return letter, int(text[place : min(end, place + 4)]), end
    if mark.isspace():
        return "", 0, place + 1
    return (mark if mark in "-/.,'" else "-" if mark in "–—" else "?"), 0, place + 1


# readings


def _made(year: int, month: int, day: int) -> date | None:
    if not 1970 <= year <= 2200 or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _month_end(year: int, month: int) -> date | None:
    return _made(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 and 1 <= year <= 9999 else None


def _dated(parts: _Parts, around: _Around, month: int, day: int) -> date | None:
    """A month and day in the year that is written, else in the one that puts it into the cycle."""
    if parts.year is not None:
        return _made(parts.year, month, day)
    if around.cycle is None:
        return None
    return _nearest(around, around.cycle, [_made(year, month, day) for year in _years(around.cycle)])


def _years(cycle: Cycle) -> range:
    return range(cycle.start.year - 1, cycle.end.year + 2)


def _nearest(around: _Around, cycle: Cycle, days: list[date | None]) -> date | None:
    """The only day inside the cycle, else the one just before or after it; of a plan also one further ahead."""
    known = [day for day in days if day is not None]
    inside = [day for day in known if cycle.holds(day)]
    if inside:
        return inside[0] if len(inside) == 1 else None
    near = [day for day in known if cycle.start - NEAR <= day <= cycle.end + NEAR]
    if not near and around.ahead is not None:
        near = [day for day in known if cycle.end < day <= cycle.end + around.ahead]
    return near[0] if len(near) == 1 else None


def _day(parts: _Parts, around: _Around) -> date | None:
    return _dated(parts, around, parts.month, parts.day)


def _digits(parts: _Parts, around: _Around) -> date | None:
    """Two numbers that may be day and month or month and day."""
    first, second = parts.day, parts.month
    day_first, month_first = _dated(parts, around, second, first), _dated(parts, around, first, second)
    if day_first is None or month_first is None or day_first == month_first:
        return day_first or month_first
    if parts.dotted:
        return day_first
    if around.cycle is not None and around.cycle.holds(day_first) != around.cycle.holds(month_first):
        return day_first if around.cycle.holds(day_first) else month_first
    if around.order == "dmy":
        return day_first
    # who writes the year first writes the month before the day
    return month_first if around.order is not None and (around.order == "mdy" or parts.year is None) else None


def _month(parts: _Parts, around: _Around) -> date | None:
    """The last day of a month, or the one that ends its early or middle part."""

    def day_of(year: int) -> date | None:
        return _made(year, parts.month, _DAY_OF[parts.place]) if parts.place else _month_end(year, parts.month)

    if parts.year is not None:
        return day_of(parts.year)
    if around.cycle is None:
        return None
    return _nearest(around, around.cycle, [day_of(year) for year in _years(around.cycle)])


def _friday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 5)
    except ValueError:
        return None


def _week(parts: _Parts, around: _Around) -> date | None:
    """The Friday of an ISO week; without a year only one inside the cycle: "week 3" may also be a quarter's third."""
    if parts.year is not None:
        return _friday(parts.year, parts.number) if 1970 <= parts.year <= 2200 else None
    if around.cycle is None:
        return None
    days = (_friday(year, parts.number) for year in _years(around.cycle))
    inside = [day for day in days if day is not None and around.cycle.holds(day)]
    return inside[0] if len(inside) == 1 else None


def _quarter(parts: _Parts, around: _Around) -> date | None:
    return _slice_end(parts, around, 3) if 1 <= parts.number <= 4 else None


def _half(parts: _Parts, around: _Around) -> date | None:
    return _slice_end(parts, around, 6) if 1 <= parts.number <= 2 else None


def _slice_end(parts: _Parts, around: _Around, months: int) -> date | None:
    """The last day of a quarter or half; in the year that the cycle is named after, which may begin in any month."""
    year, start = fiscal_year(around.cycle)
    if parts.year is not None:
        start, year = start + 12 * (parts.year - (year or parts.year)) if year else 12 * parts.year, parts.year
    elif year is None:
        return None
    last = start + parts.number * months - 1
    if parts.year is None and around.ahead is not None and around.cycle is not None:
        end = _end_of(last, months, "")
        if end is not None and end < around.cycle.start - NEAR:
            last += 12  # "by Q1", planned in the last quarter
    return _end_of(last, months, parts.place)


def _end_of(last: int, months: int, place: str) -> date | None:
    """The last day of so many months, of which the last is counted from year 0; or the day in their middle."""
    if place:
        middle = last - months // 2
        return (
            _made(middle // 12, middle % 12 + 1, _DAY_OF[place])
            if months % 2
            else _month_end(middle // 12, middle % 12 + 1)
        )
    return _month_end(last // 12, last % 12 + 1)


_NAMED = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<sort>[QH])(?P<number>[1-4]))?")


def fiscal_year(cycle: Cycle | None) -> tuple[int | None, int]:
    """The year a cycle is named after and the month (counted from year 0) in which that year begins."""
    if cycle is None:
        return None, 0
    found = _NAMED.fullmatch(cycle.name)
    if found is None:
        return cycle.end.year, 12 * cycle.end.year
    months = {"Q": 3, "H": 6}.get(found["sort"] or "", 0) * (int(found["number"] or 1) - 1)
    return int(found["year"]), 12 * cycle.start.year + cycle.start.month - 1 - months


def _year(parts: _Parts, around: _Around) -> date | None:
    """The last day of a calendar year, or of its first half."""
    year = parts.year if parts.year is not None else around.cycle.end.year if around.cycle is not None else None
    if year is None:
        return None
    return _made(year, 6, 30) if parts.place else _made(year, 12, 31)


def _cycle(parts: _Parts, around: _Around) -> date | None:
    """The end of the quarter that the cycle is."""
    cycle = around.cycle
    return cycle.end if cycle is not None and "Q" in cycle.name else None


_PLACED = {_EARLY: ("month",), _MIDDLE: ("month", "quarter", "half", "year"), _THIRD: ("month",)}
_READINGS = {
    "day": _day,
    "digits": _digits,
    "month": _month,
    "week": _week,
    "quarter": _quarter,
    "half": _half,
    "year": _year,
    "cycle": _cycle,
}
