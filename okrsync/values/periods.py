"""What a header of check-ins says: "W40", "2026-10-05", "Enero", "Q3" and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from okrsync.cells import CellValue
from okrsync.model import Cycle
from okrsync.values.cycles import find_named, full_year
from okrsync.values.read import read_date

_LONGEST = 30
_A_YEAR = full_year(2024)


def is_period(value: CellValue) -> str | None:
    """A cell that names a day, week, month or cycle and nothing else, as a text; None for any other."""
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if not isinstance(value, str) or not 0 < len(text := " ".join(value.split()).rstrip(" :：")) <= _LONGEST:
        return None
    if read_date(text, cycle=_A_YEAR) is not None:
        return text
    named = find_named(text, _A_YEAR.start)
    return text if named is not None and not any(letter.isalnum() for letter in named.rest) else None


def runs_backwards(periods: Sequence[str]) -> bool:
    """Whether a row of periods begins with the latest."""
    days = [day for period in periods if (day := read_date(period, cycle=_A_YEAR)) is not None]
    return sum(1 if later < earlier else -1 for earlier, later in pairwise(days)) > 0


def last_day(period: str, cycle: Cycle, locale: str | None = None) -> date | None:
    """The day by which a check-in of a period was made; a week the calendar has not near the cycle is the cycle's own.

    "Week 3" of the fourth quarter is the third week of the quarter; a calendar week is its Friday.
    """
    found = read_date(period, locale=locale, cycle=cycle)
    if found is not None:
        return found
    whole = read_date(period, cycle=_A_YEAR)
    if whole is not None and (number := whole.isocalendar().week) <= _weeks(cycle):
        return date.fromordinal(cycle.start.toordinal() + 7 * number - 1)
    return None


def _weeks(cycle: Cycle) -> int:
    return ((cycle.end - cycle.start).days + 7) // 7
