"""growth-team.xlsx: one row per key result in an Excel table, with links to the company's objectives by label."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from okrsync.demo.book import Book
from okrsync.demo.quarter import Quarter

_HEADER = (
    "Objective ID",
    "Objective",
    "Key Result",
    "Owner",
    "Start value",
    "Target",
    "Current",
    "Unit",
    "Contributes to",
    "Due",
    "Updated",
)
_TRIAL = ("G1", "Make the trial sell itself")
_VOICES = ("G2", "Turn happy customers into our best salespeople")
_FOUND = ("G3", "Be found by every ferry line in the Baltic")
_MISSPELT = "Become the booking system that ferry lines recomend to each other"

Figures = tuple[float | None, float | str, float | str | None, str]
Row = tuple[tuple[tuple[str, str], str, str], Figures, tuple[str, str, int, int]]


def write_growth(path: Path, quarter: Quarter) -> None:
    """Writes the workbook."""
    with Book(path, "Growth team OKRs", quarter.today) as book:
        sheet = book.sheet("Growth team", (10, 34, 44, 15, 12, 12, 12, 10, 30, 13, 13), frozen=3, colour="#548235")
        book.band(sheet, 0, len(_HEADER) - 1, f"Growth team  ·  {quarter.label}")
        rows = _rows(quarter)
        for at, row in enumerate(rows, 3):
            _row(book, sheet, at, row, quarter)
        last = 2 + len(rows)
        columns = [{"header": name, "header_format": book.formats["header"]} for name in _HEADER]
        table = {"name": "GrowthOKRs", "columns": columns, "style": "Table Style Light 9"}
        sheet.set_row(2, 30)
        sheet.add_table(2, 0, last, len(_HEADER) - 1, table)
        sheet.data_validation(3, 9, last, 9, _due_dates(quarter))
        sheet.write_comment(6, 6, "Counted by hand until the new dashboard is there. Lena", {"author": "Lena Fischer"})
        _channels(book)


def _rows(q: Quarter) -> tuple[Row, ...]:
    """(objective, text, owner), (start, target, current, look), (unit, parent, days before the end, days ago)."""
    return (
        (
            (_TRIAL, "Cut the time to the first booking in a trial from 9 days to 3 days", "Ana Duarte"),
            (9, 3, q.reached(9, 3, 0.05), "whole"),
            ("days", "O1", 0, 4),
        ),
        (
            (_TRIAL, "Raise the share of trials that become customers from 18% to 26%", "Ana Duarte"),
            (0.18, 0.26, q.reached(0.18, 0.26, -0.17, 3), "percent1"),
            ("", "O1", 0, 4),
        ),
        (
            (_TRIAL, "Publish the five onboarding videos", "Jo Park"),
            (None, "5", "3 of 5", "center"),
            ("videos", "O1", 14, 9),
        ),
        (
            (_VOICES, "Collect 40 public reviews from operators, up from 12", "Lena Fischer"),
            (12, 40, 44, "whole"),
            ("reviews", "Company O1", 0, 2),
        ),
        (
            (_VOICES, "Grow revenue from referrals from $210,000 to $400,000", "Lena Fischer"),
            (210_000, 400_000, q.reached(210_000, 400_000, -0.42, -3), "dollars"),
            ("", "Company O1", 0, 12),
        ),
        (
            (_VOICES, "Reach a referral rate of 15%", "Lena Fischer"),
            (None, 0.15, 0.07, "percent"),
            ("", "Company O1", 0, 12),
        ),
        (
            (_FOUND, "Raise organic visits a month from 11,800 to 20,000", "Jo Park"),
            (11_800, 20_000, "abt 14k", "whole"),
            ("visits", _MISSPELT, 0, 6),
        ),
        (
            (_FOUND, "Speak at 4 industry events", "Jo Park"),
            (0, 4, q.reached(0, 4, 0.0), "whole"),
            ("talks", _MISSPELT, 7, 21),
        ),
    )


def _row(book: Book, sheet: Any, at: int, row: Row, quarter: Quarter) -> None:
    (objective, text, owner), (start, target, current, look), (unit, parent, before_end, days) = row
    sheet.set_row(at, 32)
    cells: tuple[tuple[object, str], ...] = (
        (objective[0], "center"),
        (objective[1], "text"),
        (text, "text"),
        (owner, "short"),
        (start, look),
        (target, look),
        (current, look),
        (unit or None, "short"),
        (parent, "text"),
        (quarter.before_end(before_end), "day"),
        (quarter.ago(days), "day"),
    )
    for column, (value, form) in enumerate(cells):
        book.put(sheet, at, column, value, form)


def _due_dates(quarter: Quarter) -> dict[str, object]:
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": quarter.start,
        "maximum": quarter.end,
        "error_title": "Due date",
        "error_message": "A key result is due within the quarter.",
    }


def _channels(book: Book) -> None:
    """A sheet of plain figures beside the OKRs: nothing in it is an OKR."""
    sheet = book.sheet("Channels", (24, 14, 14))
    book.header(sheet, 0, ("Channel", "Leads", "Cost"))
    figures = (("Search", 412, 9_300), ("Trade fairs", 96, 21_500), ("Referrals", 58, 1_200), ("Newsletter", 133, 700))
    for row, (channel, leads, cost) in enumerate(figures, 1):
        book.put(sheet, row, 0, channel, "short")
        book.put(sheet, row, 1, leads, "whole")
        book.put(sheet, row, 2, cost, "dollars")
    total = len(figures) + 1
    sheet.write_string(total, 0, "Total", book.formats["header"])
    leads_in_all, cost_in_all = sum(leads for _, leads, _ in figures), sum(cost for _, _, cost in figures)
    sheet.write_formula(total, 1, f"=SUM(B2:B{total})", book.formats["whole"], leads_in_all)
    sheet.write_formula(total, 2, f"=SUM(C2:C{total})", book.formats["dollars"], cost_in_all)
