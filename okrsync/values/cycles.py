"""Which period OKRs are for: "Q4 2026", "FY26 Q1", 2026年第四季度, "H1", "Nov 2026" as people write them → Cycle."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from okrsync.model import Cycle
from okrsync.values.periodwords import in_english

_NOT_BEFORE = r"(?<![A-Za-z0-9])"
_NOT_AFTER = r"(?![A-Za-z0-9])"
_YEAR = r"(?:FY|CY|Y)?\s?'?(?P<year>20\d\d|\d\d(?!\d))\s?年?(?:度|财年)?"
_LATER_YEAR = (
    r"(?:[\s\-/.,(]*(?:of\s)?(?:FY|CY|Y)?\s?(?P<year>20\d\d)"
    r"|[\s\-/]*(?:FY|CY|Y|')\s?'?(?P<short>\d\d)|[-/](?P<tail>\d\d))"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_QUARTER = (
    r"(?:Q(?:uarter|tr)?[\s\-]?(?P<part>[1-4])|T(?P<part_t>[1-4])|(?P<part_q>[1-4])[QT]"
    r"|(?P<ordinal>1st|2nd|3rd|4th|first|second|third|fourth)\s(?:fiscal\s)?quarter)"
)
_HALF = r"(?:H(?:alf)?[\s\-]?(?P<part>[12])|(?P<part_q>[12])H|(?P<ordinal>1st|2nd|first|second)\shalf)"
_ZH_QUARTER = r"第?\s?(?P<part_zh>[一二三四1-4])\s?(?:季度|季|财季)"
_ZH_HALF = r"(?P<part_zh>[上下])\s?半年"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?"
    r"|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = re.compile(r"(?<!\d)(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?(?!\d)")
_BETWEEN = re.compile(r"\s*(?:-|–|—|~|～|to|until|至|到|→|/)\s*", re.IGNORECASE)


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_NOT_BEFORE + pattern + _NOT_AFTER, re.IGNORECASE) for pattern in patterns)


_QUARTERS = _compiled(
    rf"{_QUARTER}{_LATER_YEAR}",
    r"(?P<part_q>[1-4])[QT]\s?'?(?P<year>20\d\d|\d\d)",
    rf"{_YEAR}[\s\-/.,]*{_QUARTER}",
    rf"{_YEAR}[\s\-/.,]*{_ZH_QUARTER}",
    rf"{_ZH_QUARTER}{_LATER_YEAR}",
)
_HALVES = _compiled(rf"{_HALF}{_LATER_YEAR}", rf"{_YEAR}[\s\-/.,]*{_HALF}", rf"{_YEAR}[\s\-/.,]*{_ZH_HALF}")
_MONTHS_OF_YEAR = _compiled(
    rf"{_MONTH}{_LATER_YEAR}",
    rf"(?P<year>20\d\d)[\s\-/.,]*{_MONTH}",
    r"(?P<year>20\d\d)\s?[-/.年]\s?(?P<number>1[0-2]|0?[1-9])(?:月份?)?",
    r"(?P<number>1[0-2]|0?[1-9])/(?P<year>20\d\d)",
)
_MONTHS_TO_MONTH = re.compile(
    _NOT_BEFORE
    + _MONTH.replace("month", "from_month")
    + r"\s*(?:-|–|—|~|to|until)\s*"
    + _MONTH
    + r"[\s,]*(?P<year>20\d\d)"
    + _NOT_AFTER,
    re.IGNORECASE,
)
_TO = r"\s*(?:-|–|—|~|〜|to|until|bis|至|到|から|부터)\s*"
_NUMBER = r"1[0-2]|0?[1-9]"
_NUMBERED_MONTHS = (
    re.compile(
        rf"(?<!\d)(?P<year>20\d\d)\s?年\s?(?P<first>{_NUMBER})\s?月?{_TO}(?:(?P<later>20\d\d)\s?年\s?)?(?P<last>{_NUMBER})\s?月"
    ),
    re.compile(
        rf"(?<!\d)(?P<year>20\d\d)[-/.](?P<first>{_NUMBER}){_TO}(?P<later>20\d\d)[-/.](?P<last>{_NUMBER})(?!\d)"
    ),
    re.compile(rf"(?<!\d)(?P<first>{_NUMBER})[/.](?P<year>20\d\d){_TO}(?P<last>{_NUMBER})[/.](?P<later>20\d\d)(?!\d)"),
)
_YEARS = _compiled(r"(?:FY|CY|Y)\s?'?(?P<year>20\d\d|\d\d)", r"(?P<year>20\d\d)(?:\s?年(?:度|财年)?|\s?财年)?")
_QUARTER_ALONE = _compiled(_QUARTER, _ZH_QUARTER)
_HALF_ALONE = _compiled(_HALF, _ZH_HALF)
_MONTH_ALONE = (
    re.compile(_MONTH, re.IGNORECASE),
    re.compile(r"(?P<number>1[0-2]|[1-9])月份?"),
)


class Named(Struct, frozen=True):
    """A cycle found in a text, and where in the (normalised) text its name stands."""

    cycle: Cycle
    text: str
    span: tuple[int, int]

    @property
    def rest(self) -> str:
        """What is left of the text without the cycle's name."""
        return " ".join((self.text[: self.span[0]] + " " + self.text[self.span[1] :]).split())


def find_cycle(text: str, today: date, fiscal_year_start: int = 1) -> Cycle | None:
    """The cycle a text names, None where it names none. "Q4" without a year is the occurrence nearest to today.

    A fiscal year is named after the calendar year in which it ends; with a start in January that is the same year.
    """
    found = find_named(text, today, fiscal_year_start)
    return found.cycle if found is not None else None


def find_named(text: str, today: date, fiscal_year_start: int = 1) -> Named | None:
    """As `find_cycle`, with the place of the name."""
    text = in_english(unicodedata.normalize("NFKC", text).replace("_", " "))
    if not any(letter.isdigit() for letter in text) and not any(letter in _HINTS for letter in text.casefold()):
        return None
    for found, span in _readings(text, today, fiscal_year_start):
        return Named(found, text, span)
    return None


_HINTS = frozenset("一二三四上下fjmasond")


def _readings(text: str, today: date, fiscal: int) -> Iterator[tuple[Cycle, tuple[int, int]]]:
    """Every reading, the surest first."""
    days = list(_DAY.finditer(text))
    for first, second in pairwise(days):
        if _BETWEEN.fullmatch(text[first.end() : second.start()]):
            spanned = _between(first, second)
            if spanned is not None:
                yield spanned, (first.start(), second.end())
    for months in _MONTHS_TO_MONTH.finditer(text):
        year = int(months["year"])
        first_month = month(year, _MONTHS.index(months["from_month"][:3].casefold()) + 1)
        yield _spanned(first_month.start, month(year, _month(months)).end), months.span()
    for months in (found for pattern in _NUMBERED_MONTHS if (found := pattern.search(text)) is not None):
        first_month = month(int(months["year"]), int(months["first"]))
        last_month = month(int(months["later"] or months["year"]), int(months["last"]))
        if first_month.start <= last_month.start:
            yield _spanned(first_month.start, last_month.end), months.span()
    text = _DAY.sub(lambda found: " " * len(found[0]), text)
    for patterns, made in ((_QUARTERS, quarter), (_HALVES, half)):
        for found in _matches(patterns, text):
            yield made(_year(found), _part(found), fiscal), found.span()
    for found in _matches(_MONTHS_OF_YEAR, text):
        yield month(_year(found), _month(found)), found.span()
    for patterns, made in ((_QUARTER_ALONE, quarter), (_HALF_ALONE, half)):
        for found in _matches(patterns, text):
            part = _part(found)
            yield _nearest((made(y, part, fiscal) for y in _years_around(today)), today), found.span()
    for found in _matches(_YEARS, text):
        yield full_year(_year(found), fiscal), found.span()
    for pattern in _MONTH_ALONE:
        alone = pattern.fullmatch(text.strip())
        if alone is not None:
            yield _nearest((month(y, _month(alone)) for y in _years_around(today)), today), (0, len(text))


def _matches(patterns: tuple[re.Pattern[str], ...], text: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        found = pattern.search(text)
        if found is not None:
            yield found


def _group(found: re.Match[str], name: str) -> str | None:
    value: str | None = found.groupdict().get(name)
    return value


def _year(found: re.Match[str]) -> int:
    text = _group(found, "year") or _group(found, "short") or _group(found, "tail") or ""
    return int(text) if len(text) == 4 else 2000 + int(text)


def _part(found: re.Match[str]) -> int:
    ordinal, chinese = _group(found, "ordinal"), _group(found, "part_zh")
    if ordinal is not None:
        return _ORDINALS[ordinal.casefold()]
    if chinese is not None:
        return _CHINESE.get(chinese) or int(chinese)
    return int(_group(found, "part") or _group(found, "part_t") or _group(found, "part_q") or "1")


def _month(found: re.Match[str]) -> int:
    name = _group(found, "month")
    if name is not None:
        return _MONTHS.index(name[:3].casefold()) + 1
    return int(_group(found, "number") or "1")


def _between(first: re.Match[str], second: re.Match[str]) -> Cycle | None:
    try:
        start, end = (date(int(day[1]), int(day[2]), int(day[3])) for day in (first, second))
    except ValueError:
        return None
    return _spanned(start, end) if start <= end else None


def _spanned(start: date, end: date) -> Cycle:
    """Two days as a cycle: a whole quarter, half or year by its name, else the days themselves."""
    whole = [
        full_year(start.year),
        *(half(start.year, n) for n in (1, 2)),
        *(quarter(start.year, n) for n in range(1, 5)),
    ]
    same = next((cycle for cycle in whole if (cycle.start, cycle.end) == (start, end)), None)
    return same or Cycle(name=f"{start.isoformat()}/{end.isoformat()}", start=start, end=end)


def quarter(year: int, number: int, fiscal_year_start: int = 1) -> Cycle:
    """A quarter of a fiscal year."""
    return _slice(f"{year}-Q{number}", year, (number - 1) * 3, 3, fiscal_year_start)


def half(year: int, number: int, fiscal_year_start: int = 1) -> Cycle:
    """A half of a fiscal year."""
    return _slice(f"{year}-H{number}", year, (number - 1) * 6, 6, fiscal_year_start)


def full_year(year: int, fiscal_year_start: int = 1) -> Cycle:
    """A fiscal year."""
    return _slice(str(year), year, 0, 12, fiscal_year_start)


def month(year: int, number: int) -> Cycle:
    """A month of the calendar."""
    return _slice(f"{year}-{number:02d}", year, number - 1, 1, 1)


def quarter_of(day: date) -> Cycle:
    """The calendar quarter a day lies in."""
    return quarter(day.year, (day.month - 1) // 3 + 1)


def _slice(name: str, year: int, offset: int, months: int, fiscal_year_start: int) -> Cycle:
    first_year = year if fiscal_year_start == 1 else year - 1
    start = _first_of(first_year * 12 + fiscal_year_start - 1 + offset)
    end = _first_of(first_year * 12 + fiscal_year_start - 1 + offset + months) - timedelta(days=1)
    return Cycle(name=name, start=start, end=end)


def _first_of(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _years_around(today: date) -> range:
    return range(today.year - 2, today.year + 4)


def _nearest(cycles: Iterable[Cycle], today: date) -> Cycle:
    """The cycle that holds today, else the one with the fewest days between; of two as near the later one."""

    def distance(cycle: Cycle) -> tuple[int, int]:
        away = max((cycle.start - today).days, (today - cycle.end).days, 0)
        return away, -cycle.start.toordinal()

    return min(cycles, key=distance)
