"""company.xlsx: the company's OKRs with merged objectives, formulas, colours, a chart and a sheet of notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from okrsync.demo.book import Book
from okrsync.demo.quarter import Quarter

_HEADER = (
    "Objective",
    "Key result",
    "Owner",
    "Baseline",
    "Target",
    "Current",
    "Progress",
    "Confidence",
    "Health",
    "Last check-in",
)
_FIRST = 5  # the first row of key results, counted from 0
_NOTES = (
    "How we work with these OKRs",
    "Numbers are typed by the owner every second Friday; colours are the owner's opinion, not a calculation.",
    "An objective is closed in the last week of the quarter. What is not finished has to be argued for again.",
    "A stretch objective is a success from 70 % on. Everything else we mean to reach in full.",
    "Questions: Office of the CEO, office@harbourline.example",
)

Figures = tuple[float | None, float | str, float | str | None, str]
Row = tuple[tuple[str, str], Figures, tuple[float, str, int]]
Block = tuple[str, tuple[Row, ...]]


def write_company(path: Path, quarter: Quarter) -> None:
    """Writes the workbook."""
    with Book(path, "Company OKRs", quarter.today) as book:
        sheet = book.sheet("Company OKRs", (34, 46, 17, 11, 11, 11, 11, 12, 10, 14), frozen=_FIRST, colour="#1F4E79")
        book.band(sheet, 0, len(_HEADER) - 1, f"Harbourline  ·  Company OKRs  ·  {quarter.label}")
        sheet.write_string(1, 0, "Booking software for ferry lines", book.formats["subtitle"])
        book.header(sheet, _FIRST - 1, _HEADER)
        last = _rows(book, sheet, quarter)
        _average(book, sheet, last)
        _colours(book, sheet, last)
        sheet.autofilter(_FIRST - 1, 0, last, len(_HEADER) - 1)
        _chart(book, sheet, last)
        sheet.set_header("&L&F&R&D")
        _notes(book)


def _blocks(q: Quarter) -> tuple[Block, ...]:
    """Per key result: (text, owner), (baseline, target, current, look), (confidence, health, days since check-in)."""
    return (
        (
            "O1: Become the booking system that ferry lines recommend to each other",
            (
                (
                    ("Raise the net promoter score among operators from 31 to 45", "Maya Lindqvist"),
                    (31, 45, q.reached(31, 45, 0.04), "whole"),
                    (0.8, "green", 5),
                ),
                (
                    ("Grow annual recurring revenue from $6.4M to $8.0M", "Tom Achterberg"),
                    (6_400_000, 8_000_000, q.reached(6_400_000, 8_000_000, -0.16, -4), "dollars"),
                    (0.6, "amber", 5),
                ),
                (
                    ("Win 12 new ferry lines through referrals", "Tom Achterberg"),
                    (0, 12, q.reached(0, 12, 0.06), "whole"),
                    (0.9, "green", 6),
                ),
            ),
        ),
        (
            "O2: Make every departure bookable, even on the busiest day of the year",
            (
                (
                    ("Raise availability on peak days from 99.2% to 99.95%", "Inga Sørli"),
                    (0.992, 0.9995, q.reached(0.992, 0.9995, -0.05, 4), "percent2"),
                    (0.7, "green", 4),
                ),
                (
                    ("Cut failed bookings from 2.1% to 0.8%", "Inga Sørli"),
                    (0.021, 0.008, q.reached(0.021, 0.008, -0.38, 3), "percent1"),
                    (0.4, "green", 4),
                ),
                (
                    ("Pass the yearly security audit without a major finding", "Rahul Menon"),
                    (None, "yes", "no", "center"),
                    (0.7, "amber", 8),
                ),
            ),
        ),
        (
            "O3: Be a place where good people stay",
            (
                (
                    ("Reduce voluntary turnover from 14% to 9%", "Chen Lan"),
                    (0.14, 0.09, q.reached(0.14, 0.09, -0.04, 3), "percent1"),
                    (0.7, "green", 7),
                ),
                (
                    ("Keep the engagement score at or above 7.8 out of 10", "Chen Lan"),
                    (None, 7.8, 8.1, "decimal"),
                    (0.9, "green", 7),
                ),
                (("Fill the 9 open positions", "Chen Lan"), (0, 9, None, "whole"), (0.5, "amber", 26)),
            ),
        ),
        (
            "O4 (stretch): Set sail in Asia",
            (
                (
                    ("Sign the first 3 ferry lines in Japan and Taiwan", "Priya Nair"),
                    (0, 3, q.reached(0, 3, -0.15), "whole"),
                    (0.3, "amber", 31),
                ),
                (
                    ("Translate 1,400 screen texts into Japanese", "Priya Nair"),
                    (0, 1400, 1400, "whole"),
                    (1.0, "green", 3),
                ),
            ),
        ),
    )


def _rows(book: Book, sheet: Any, quarter: Quarter) -> int:
    """Writes the table; its last row."""
    row = _FIRST
    for objective, key_results in _blocks(quarter):
        end = row + len(key_results) - 1
        sheet.merge_range(row, 0, end, 0, objective, book.formats["objective"])
        for one in key_results:
            _row(book, sheet, row, one, quarter)
            row += 1
    return row - 1


def _row(book: Book, sheet: Any, row: int, one: Row, quarter: Quarter) -> None:
    (text, owner), (baseline, target, current, look), (confidence, health, days) = one
    sheet.set_row(row, 32)
    cells = ((1, text, "text"), (2, owner, "short"), (3, baseline, look), (4, target, look), (5, current, look))
    for column, value, form in cells:
        book.put(sheet, row, column, value, form)
    _progress(book, sheet, row, baseline, target, current)
    book.put(sheet, row, 7, confidence, "percent")
    book.put(sheet, row, 8, health, "center")
    book.put(sheet, row, 9, quarter.ago(days), "day")


def _progress(book: Book, sheet: Any, row: int, *values: float | str | None) -> None:
    """The company's own formula over baseline, target and current, with the result Excel would have stored."""
    numbers = [value for value in values if isinstance(value, int | float)]
    if len(numbers) < 3:
        book.put(sheet, row, 6, None, "percent")
        return
    baseline, target, current = numbers
    at = row + 1
    formula = f"=(F{at}-D{at})/(E{at}-D{at})"
    sheet.write_formula(row, 6, formula, book.formats["percent"], (current - baseline) / (target - baseline))


def _average(book: Book, sheet: Any, last: int) -> None:
    sheet.write_string(2, 0, "Average progress of what is measured", book.formats["label"])
    table = sheet.table
    results = [getattr(table[row][6], "value", None) for row in range(_FIRST, last + 1)]
    numbers = [value for value in results if value is not None]
    mean = sum(numbers) / len(numbers)
    sheet.write_formula(2, 1, f"=AVERAGE(G{_FIRST + 1}:G{last + 1})", book.formats["plain percent"], mean)


def _colours(book: Book, sheet: Any, last: int) -> None:
    """The owner's colour of health, a bar for the confidence, and a list to choose the colour from."""
    fills = {"green": ("#C6EFCE", "#006100"), "amber": ("#FFEB9C", "#9C5700"), "red": ("#FFC7CE", "#9C0006")}
    for word, (fill, font) in fills.items():
        form = book.file.add_format({"bg_color": fill, "font_color": font})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": form}
        sheet.conditional_format(_FIRST, 8, last, 8, rule)
    bar = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True, "min_type": "num", "min_value": 0}
    sheet.conditional_format(_FIRST, 7, last, 7, {**bar, "max_type": "num", "max_value": 1})
    sheet.data_validation(_FIRST, 8, last, 8, {"validate": "list", "source": list(fills)})


def _chart(book: Book, sheet: Any, last: int) -> None:
    chart = book.file.add_chart({"type": "bar"})
    name = sheet.get_name()
    chart.add_series(
        {
            "name": "Progress",
            "categories": [name, _FIRST, 1, last, 1],
            "values": [name, _FIRST, 6, last, 6],
            "fill": {"color": "#2E75B6"},
        }
    )
    chart.set_title({"name": "Progress by key result", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0%", "min": 0, "max": 1})
    chart.set_size({"width": 900, "height": 340})
    sheet.insert_chart(last + 3, 0, chart)


def _notes(book: Book) -> None:
    sheet = book.sheet("Notes", (100,))
    for row, text in enumerate(_NOTES):
        sheet.write_string(row, 0, text, book.formats["label" if row == 0 else "note"])
