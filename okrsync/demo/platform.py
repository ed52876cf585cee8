"""platform-team.xlsx: an outline, objectives and key results in one column, told apart by their numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from okrsync.demo.book import Book
from okrsync.demo.quarter import Quarter

_HEADER = ("No.", "Objective / Key result", "Owner", "From", "Target", "Now", "Supports", "Last check-in", "Comment")
_FIRST = 4

Figures = tuple[float | None, float | str | None, float | str | None, str]
Row = tuple[tuple[str, str, str], Figures, tuple[str, int, str]]


def write_platform(path: Path, quarter: Quarter) -> None:
    """Writes the workbook."""
    with Book(path, "Platform team OKRs", quarter.today) as book:
        sheet = book.sheet("Platform OKRs", (6, 52, 16, 11, 11, 11, 30, 14, 36), frozen=_FIRST, colour="#7030A0")
        book.band(sheet, 0, len(_HEADER) - 1, f"Platform team  ·  {quarter.label}")
        for above, (label, value) in enumerate((("Team", "Platform"), ("Lead", "Inga Sørli")), 1):
            sheet.write_string(above, 0, label, book.formats["label"])
            sheet.write_string(above, 1, value, book.formats["note"])
        book.header(sheet, _FIRST - 1, _HEADER)
        for at, row in enumerate(_rows(quarter), _FIRST):
            _row(book, sheet, at, row, quarter)
        _incidents(book, quarter)


def _rows(q: Quarter) -> tuple[Row, ...]:
    """(number, text, owner), (from, target, now, look), (supports, days since check-in, comment)."""
    return (
        (("1", "Stay up on the busiest day", "Inga Sørli"), (None, None, None, "short"), ("O2", -1, "")),
        (
            ("1.1", "Raise availability on peak days from 99.2% to 99.95%", "Samir Haddad"),
            (0.992, 0.9995, q.reached(0.992, 0.9995, -0.05, 4), "percent2"),
            ("", 4, "Measured on the 12 busiest days"),
        ),
        (
            ("1.2", "Cut the time to recover from an outage from 95 minutes to 30 minutes", "Samir Haddad"),
            (95, 30, q.reached(95, 30, 0.09), "whole"),
            ("", 4, ""),
        ),
        (
            ("1.3", "Run the load test at five times the July peak", "Jonas Weber"),
            (None, "yes", "yes", "center"),
            ("", 20, "Passed at the second try"),
        ),
        (("2", "Release without fear", "Jonas Weber"), (None, None, None, "short"), ("O22", -1, "")),
        (
            ("2.1", "Shorten the way from commit to production from 6 days to 1 day", "Jonas Weber"),
            (6, 1, q.reached(6, 1, -0.31, 1), "days"),
            ("", 5, "Approval by the port authority takes three days"),
        ),
        (
            ("2.2", "Keep failed releases below 5%", "Jonas Weber"),
            (None, 0.05, 0.038, "percent1"),
            ("", 5, ""),
        ),
        (
            ("2.3", "Move the last 7 services to the new pipeline", "Wiebke Janssen"),
            (0, 7, q.reached(0, 7, 0.04), "whole"),
            ("", 33, "On holiday, numbers from last month"),
        ),
        (("3", "Know what every booking costs us", "Wiebke Janssen"), (None, None, None, "short"), ("", -1, "")),
        (
            ("3.1", "Bring hosting cost per 1,000 bookings from €4.10 to €3.20", "Wiebke Janssen"),
            (4.10, 3.20, q.reached(4.10, 3.20, 0.02, 2), "euros"),
            ("", 6, ""),
        ),
        (
            ("3.2", "Improve the monitoring", "Samir Haddad"),
            (None, None, None, "short"),
            ("", 6, "To be made concrete"),
        ),
    )


def _row(book: Book, sheet: Any, at: int, row: Row, quarter: Quarter) -> None:
    (number, text, owner), (start, target, current, look), (supports, days, comment) = row
    statement = "objective" if "." not in number else "text"
    cells: tuple[tuple[object, str], ...] = (
        (number, "center"),
        (text, statement),
        (owner, "short"),
        (start, look),
        (target, look),
        (current, look),
        (supports or None, "short"),
        (quarter.ago(days) if days >= 0 else None, "day"),
        (comment or None, "text"),
    )
    for column, (value, form) in enumerate(cells):
        book.put(sheet, at, column, value, form)
    sheet.set_row(at, 32 if len(text) > 48 else 20)


def _incidents(book: Book, quarter: Quarter) -> None:
    """A log the team keeps in the same workbook: nothing in it is an OKR."""
    sheet = book.sheet("Incidents", (14, 40, 12), frozen=1)
    book.header(sheet, 0, ("Date", "What happened", "Minutes"))
    log = ((41, "Payment provider slow", 22), (23, "Timetable import failed", 61), (9, "Certificate expired", 35))
    for row, (days, what, minutes) in enumerate(log, 1):
        book.put(sheet, row, 0, quarter.ago(days), "day")
        book.put(sheet, row, 1, what, "short")
        book.put(sheet, row, 2, minutes, "whole")
    mean = sum(minutes for *_, minutes in log) / len(log)
    last = len(log) + 1
    sheet.write_formula(last, 2, f"=AVERAGE(C2:C{last})", book.formats["decimal"], mean)
