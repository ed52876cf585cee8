"""Numbers, units, dates and yes/no words as people type them, in any language; the data is in locales/*.toml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from okrsync.cells import CellValue
from okrsync.model import Comparator, Cycle


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as typed, with what stood around it. Percent is on the 0–100 scale with unit `%`.

    `of` is the whole of "3 of 7" and "4/15". `upper` is the second number of a range or of "300 → 900". `unit` is the
    canonical unit (ISO currency, %, pp, x, ms second minute hour day week month quarter year, score) or the counted
    word as it stands ("家"). `scale_sure` is False where 0.45 may mean 45 %: `readings` then holds both.
    """

    value: float
    unit: str | None = None
    comparator: Comparator | None = None
    of: float | None = None
    upper: float | None = None
    scale_sure: bool = True
    readings: tuple[float, ...] = ()


def read_quantity(value: CellValue, *, number_format: str = "General", locale: str | None = None) -> Quantity | None:
    """The quantity in a cell; None when it holds none (blank, or words without a number that can be made out)."""
    raise NotImplementedError


def guess_locale(texts: Iterable[str]) -> str | None:
    """The locale whose separators a column's texts use ("de" for "1,5" beside "3,25"), None: unsure."""
    raise NotImplementedError


def read_unit(text: str) -> str:
    """A unit as typed in a unit column or header, canonical where it is known ("days" → "day"), else as it stands."""
    raise NotImplementedError


def read_yes_no(value: CellValue) -> bool | None:
    """True for done, yes, ✓, 是, 完成 …; False for open, no, ✗, 否 …; None for anything else."""
    raise NotImplementedError


def read_date(value: CellValue, *, locale: str | None = None, cycle: Cycle | None = None) -> date | None:
    """The day a cell names: a date cell, "2026-11-20", "20.11.2026", "Nov 20", "11月20日", "W52", "3/31"; None if none.

    A day without a year is the one inside the cycle; a week is its Friday; a month its last day.
    """
    raise NotImplementedError
