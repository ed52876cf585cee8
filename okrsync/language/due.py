"""The deadline of a sentence, as written → the day that is meant, seen from its cycle; what is not certain is None."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct

from okrsync.language.amounts import amounts_of
from okrsync.language.cues import cues, is_read
from okrsync.language.deadlines import Deadline, deadlines_of
from okrsync.language.detect import language_of
from okrsync.language.lexed import Amount, Lexed, lexed_of
from okrsync.language.namedays import BY, SPANS, YEARS, told_by, whole_of
from okrsync.language.plainform import plain_form
from okrsync.language.tokens import MARK, NUMBER, Token
from okrsync.model import Cycle
from okrsync.values.days import day_in, fiscal_year
from okrsync.values.locales import split_locale

LONGEST = 200
"""Letters of a deadline that are looked at; no longer one names a day."""
_AHEAD = timedelta(days=275)
"""How long after its cycle a deadline without a year may lie."""
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "fiscal": 12}
_DAYS = {"day": 1, "week": 7}
_FARTHEST = 120
"""Months in which a plan is carried out at most."""
_AMERICAN, _BRITISH = "en-US", "en-GB"


class _Said(Struct, frozen=True):
    """What the words around a day say of it."""

    is_before: bool
    is_end: bool
    is_mid: bool
    is_early: bool


def due_date(deadline: str, cycle: Cycle | None, today: date | None = None, language: str | None = None) -> date | None:
    """The day by which something is due; `language` ("de", "en-GB") decides where the words do not.

    Quarters, halves and years end on their last day, in the fiscal year of the cycle; a span ("in 6 weeks") counts from
    the cycle's first day. `today` is looked at only where the words hang on it ("this month"), and where there is no
    cycle. What may mean several days, or none, gives None.
    """
    if len(deadline) > LONGEST:
        return None
    plain = plain_form(deadline)
    known = split_locale(language)[0]
    words = cues(known if known is not None and is_read(known) else language_of(plain.low))
    lexed = lexed_of(plain, words)
    locale = language if language is not None and known == words.language else words.language
    named = [each for each in deadlines_of(lexed) if each.is_known]
    if not named:
        return _named_day(plain.text, cycle, locale) or _after_span(lexed, cycle, today)  # W48
    if len(named) > 1:
        return None
    try:
        return _day_of(lexed, named[0], cycle, today, locale)
    except (OverflowError, ValueError):  # outside the calendar
        return None


def _day_of(lexed: Lexed, named: Deadline, cycle: Cycle | None, today: date | None, locale: str) -> date | None:
    if not named.is_day and not _is_all_told(lexed, named):
        return None
    said = _said(lexed, named)
    unit, ahead = _period(lexed, named)
    if unit == "span":
        return _after_span(lexed, cycle, today)
    if unit:
        return _end_of_period(unit, ahead, said, cycle, today, fiscal_unclear=lexed.cues.fiscal_unclear)
    text = _written(lexed, named, said)
    found = _named_day(text, cycle, locale)
    if found is None or named.is_day or not said.is_before or said.is_end or said.is_mid or said.is_early:
        return found if found is not None else _bare_year(lexed, named, said)
    return _before(lexed, named, found)


def _said(lexed: Lexed, named: Deadline) -> _Said:
    sorts: set[str] = set()
    for at in range(len(lexed.tokens)):
        sorts |= told_by(lexed, at)
    written = lexed.text(named.first, named.last).lower()
    ends = bool(sorts & {"ends", "closing"}) or any(word in written for word in lexed.cues.words_of("ends"))
    return _Said("before" in sorts, ends, "mid" in sorts, "early" in sorts)


def _is_all_told(lexed: Lexed, named: Deadline) -> bool:
    """Whether the words around a period speak of time only: "by the end of Q3", and not "the Q3 release"."""
    around = (*range(named.first), *range(named.last + 1, len(lexed.tokens)))
    for at in around:
        token = lexed.tokens[at]
        if token.kind == NUMBER or not (token.kind == MARK or told_by(lexed, at) or _is_small(token)):
            return False
    return True


def _is_small(token: Token) -> bool:
    return "skip" in token.cue.marks or token.cue.date == "filler"


def _period(lexed: Lexed, named: Deadline) -> tuple[str, int]:
    """The unit of a period that is told from where we are, and how many of them ahead: "next quarter"."""
    tokens = lexed.tokens[named.core : named.core_last + 1]
    if named.core and lexed.text(named.core - 1, named.core - 1) == "第":
        return "", 0
    numbers = [token for token in tokens if token.kind == NUMBER]
    if any(token.cue.unit in SPANS and not token.cue.period and not token.cue.date for token in tokens) and numbers:
        return "span", 0
    if numbers or any(token.cue.date == "ordinal" for token in tokens):
        return "", 0
    period = next((token.cue.period for token in tokens if token.cue.period), "")
    if not period:
        unit = next((token.cue.unit for token in tokens if token.cue.unit in SPANS), "")
        if any(token.cue.date == "year_end" for token in tokens):
            return "year", 0
        half = any(token.cue.date == "half" for token in tokens) and len(tokens) == 1
        return ("half" if half and not unit else unit), 0
    unit, _, more = period.partition("+")
    return unit, int(more or 0)


# spans


def _after_span(lexed: Lexed, cycle: Cycle | None, today: date | None) -> date | None:
    """The last day of "in 6 weeks", "within the next 18 months"; of "4–6 weeks" the later."""
    amounts = amounts_of(lexed)
    start = cycle.start if cycle is not None else today
    if len(amounts) != 1 or start is None or not _is_span_alone(lexed, amounts[0]):
        return None
    count = amounts[0].upper or amounts[0].value
    unit = amounts[0].unit or next((token.cue.unit for token in lexed.tokens if token.cue.unit in SPANS), "")
    if unit not in SPANS:
        return None
    try:
        if unit in _DAYS:
            return start + timedelta(days=round(count * _DAYS[unit])) if 0 < count < 1_000 else None
        months = count * _MONTHS[unit]
        if not 0 < months <= _FARTHEST or months != int(months):
            return None
        return _plus_months(start, int(months)) - timedelta(days=1)
    except (OverflowError, ValueError):
        return None


def _is_span_alone(lexed: Lexed, amount: Amount) -> bool:
    """Whether no word beside a span makes it hang on something else: "within 6 weeks of the release"."""
    for at, token in enumerate(lexed.tokens):
        known = (
            amount.first <= at <= amount.last
            or token.cue.unit in SPANS
            or token.kind == MARK
            or told_by(lexed, at)
            or _is_small(token)
        )
        if not known and not token.cue.after and not token.cue.at_least and "window" not in token.cue.before:
            return False
    return True


def _plus_months(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


# periods told from where we are


def _end_of_period(
    unit: str, ahead: int, said: _Said, cycle: Cycle | None, today: date | None, *, fiscal_unclear: bool
) -> date | None:
    if unit == "cycle":
        return cycle.end if cycle is not None and not (said.is_mid or said.is_early) else None
    middle = unit.startswith("middle of ")
    unit = unit.removeprefix("middle of ")
    start = _start_of(unit, cycle, today, fiscal_unclear=fiscal_unclear)
    if start is None:
        return None
    if unit == "week":
        friday = start + timedelta(days=7 * ahead + 4)
        return friday if not (said.is_mid or said.is_early or said.is_before) else None
    months = _MONTHS[unit]
    start = _plus_months(start, months * ahead)
    if said.is_early:
        return start.replace(day=10) if unit == "month" else None
    if said.is_mid or middle:
        half = _plus_months(start, months // 2)
        return half - timedelta(days=1) if months % 2 == 0 else half.replace(day=15)
    if said.is_before and not said.is_end:
        return start - timedelta(days=1)
    return _plus_months(start, months) - timedelta(days=1)


def _start_of(unit: str, cycle: Cycle | None, today: date | None, *, fiscal_unclear: bool) -> date | None:
    """The first day of the period in which the whole cycle lies; of several of them, the one that holds today."""
    if unit not in _MONTHS and unit != "week":
        return None
    fiscal = fiscal_year(cycle)[1] % 12 if cycle is not None else 0
    if unit == "year" and fiscal:
        return None  # of the calendar or of the books?
    if unit == "fiscal" and not fiscal and fiscal_unclear:
        return None
    if cycle is None:
        return _first_of(unit, today, fiscal) if today is not None else None
    first, last = _first_of(unit, cycle.start, fiscal), _first_of(unit, cycle.end, fiscal)
    if first == last:
        return first
    return _first_of(unit, today, fiscal) if today is not None and cycle.holds(today) else None


def _first_of(unit: str, day: date, fiscal: int) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[unit]
    month = 12 * day.year + day.month - 1
    month -= (month - fiscal) % months
    return date(month // 12, month % 12 + 1, 1)


# days and periods that are named


def _written(lexed: Lexed, named: Deadline, said: _Said) -> str:
    """The day as it is written, with the word that says where in it, in the words of days."""
    text = lexed.text(named.core, named.core_last)
    if "-" in text and lexed.tokens[named.core].kind != NUMBER and named.core == named.core_last:
        text = text.rpartition("-")[2]
    thirds = [lexed.text(at, at) for at in range(named.core_last + 1, named.last + 1)]
    third = next((each for each in (text, *thirds) if "旬" in each or "순" in each), "")
    if third:
        return text if third == text else text + third
    return ("mid " if said.is_mid else "early " if said.is_early else "") + text


def _named_day(text: str, cycle: Cycle | None, locale: str) -> date | None:
    if locale == "en":  # without its country the order of two numbers is not known
        american, british = (day_in(text, each, cycle, _AHEAD) for each in (_AMERICAN, _BRITISH))
        return american if american == british else None
    return day_in(text, locale, cycle, _AHEAD)


def _bare_year(lexed: Lexed, named: Deadline, said: _Said) -> date | None:
    """The last day of "in 2027" and "end of 2027"; "by 2027" may mean that it has not begun."""
    token = lexed.tokens[named.core]
    year = whole_of(token) if token.kind == NUMBER else -1
    if year not in YEARS or any(each.kind == NUMBER for each in lexed.tokens[named.core + 1 : named.core_last + 1]):
        return None
    if said.is_mid or said.is_early:
        return None
    if said.is_end:
        return date(int(year), 12, 31)
    if said.is_before:
        return date(int(year) - 1, 12, 31)
    return date(int(year), 12, 31) if named.sort != BY else None


def _before(lexed: Lexed, named: Deadline, end: date) -> date | None:
    """The last day before a month, quarter or half that ends on a day."""
    kinds = {token.cue.date for token in lexed.tokens[named.core : named.core_last + 1]}
    if "quarter" in kinds:
        months = 3
    elif kinds & {"half", "half_one", "half_two"}:
        months = 6
    elif "month" in kinds or (not lexed.cues.month_before_unclear and "month_mark" in kinds):
        months = 1
    else:
        return None
    after = end + timedelta(days=1)
    month = 12 * after.year + after.month - 1 - months
    return date(month // 12, month % 12 + 1, 1) - timedelta(days=1)
