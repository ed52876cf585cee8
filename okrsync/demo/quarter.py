"""The quarter a day lies in, and how far a number has come on that day: the demo tells the same story on any date."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

_CHINESE = "一二三四"


class Quarter(Struct, frozen=True):
    """The calendar quarter of `today`."""

    today: date

    @property
    def number(self) -> int:
        """1 to 4."""
        return (self.today.month + 2) // 3

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.today.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return (self.start + timedelta(days=95)).replace(day=1) - timedelta(days=1)

    @property
    def label(self) -> str:
        """`Q4 2026`"""
        return f"Q{self.number} {self.today.year}"

    @property
    def chinese(self) -> str:
        """`2026年第四季度`"""
        return f"{self.today.year}年第{_CHINESE[self.number - 1]}季度"

    @property
    def elapsed(self) -> float:
        """The share of the quarter that is over, 0 to 1."""
        return (self.today - self.start).days / (self.end - self.start).days

    def reached(self, baseline: float, target: float, ahead: float, digits: int = 0) -> float:
        """Where a number stands that is so much (a share of its way) ahead of the pace, or behind it."""
        way = min(max(self.elapsed + ahead, 0.0), 1.1)
        return round(baseline + (target - baseline) * way, digits)

    def ago(self, days: int) -> date:
        """So many days before today."""
        return self.today - timedelta(days=days)

    def before_end(self, days: int) -> date:
        """So many days before the quarter ends."""
        return self.end - timedelta(days=days)
