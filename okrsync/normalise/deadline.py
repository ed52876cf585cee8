"""The due date that a key result's sentence names, where its row has none: taken only where it is certain."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from okrsync.language.dayhint import may_name_day
from okrsync.language.due import due_date
from okrsync.model import Cycle
from okrsync.normalise.sentence import reading
from okrsync.values.days import NEAR
from okrsync.values.locales import split_locale

_LATEST = timedelta(days=366)
"""How long after its cycle a deadline may lie and still be that of this key result."""
_REMEMBERED = 1_024


def stated_due(title: str, cycle: Cycle, start: date | None, language: str | None, locale: str | None) -> date | None:
    """The day by which a sentence says that something is due; None before the start, or long after the cycle.

    Where the cycle was only assumed, a day has to be whole by itself. What hangs on today is never taken: it would move
    with every run.
    """
    if not may_name_day(title):
        return None
    said = reading(title, language)
    if said.deadline is None or said.certainty == "ambiguous":
        return None
    own = locale if split_locale(locale)[0] == said.language else said.language
    found = _resolved(said.deadline, None if cycle.assumed else cycle, own)
    first = start if cycle.assumed else start or cycle.start  # a cycle that was assumed moves with today
    if found is None or (first is not None and found <= first) or found > cycle.end + _LATEST:
        return None
    if found > cycle.end + NEAR and _resolved(said.deadline, None, own) != found:
        return None  # "by June", read in October: of next year, or left over from the last?
    return found


@lru_cache(_REMEMBERED)
def _resolved(deadline: str, cycle: Cycle | None, locale: str | None) -> date | None:
    return due_date(deadline, cycle, None, locale)
