"""people.xlsx: a sheet per person, all laid out alike, each linked to an objective of a team."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from okrsync.demo.book import Book
from okrsync.demo.quarter import Quarter

_HEADER = (
    "Objective",
    "Key result",
    "Baseline",
    "Target",
    "Current",
    "Unit",
    "Confidence",
    "Updated",
    "Contributes to",
)
_FIRST = 6

Figures = tuple[float | None, float | str, float | str | None, str]
Row = tuple[str, Figures, tuple[str, int, int]]
Person = tuple[str, str, str, str, tuple[Row, ...]]


def write_people(path: Path, quarter: Quarter) -> None:
    """Writes the workbook."""
    with Book(path, "Personal OKRs", quarter.today) as book:
        for person in _people(quarter):
            _person(book, person, quarter)


def _people(q: Quarter) -> tuple[Person, ...]:
    """Name, team, objective, its parent, key results: text, (from, target, now, look), (unit, confidence, days)."""
    return (
        (
            "Ana Duarte",
            "Growth",
            "Show every trial customer their first booking within a week",
            "G1",
            (
                ("Reduce the set-up from 14 steps to 6", (14, 6, q.reached(14, 6, 0.07), "whole"), ("steps", 8, 4)),
                (
                    "Answer trial questions within 4 hours, down from 11",
                    (11, 4, q.reached(11, 4, -0.13, 1), "decimal"),
                    ("hours", 6, 4),
                ),
            ),
        ),
        (
            "Jonas Weber",
            "Platform",
            "Make the load test boring",
            "Stay up on the busiest day",
            (
                (
                    "Automate 20 load scenarios, up from 3",
                    (3, 20, q.reached(3, 20, 0.02), "whole"),
                    ("scenarios", 7, 27),
                ),
                ("Bring the test down from 5 hours to 1 hour", (5, 1, 0.9, "decimal"), ("hours", 9, 6)),
            ),
        ),
        (
            "Priya Nair",
            "Asia",
            "Bring the first Japanese ferry line aboard",
            "O4",
            (
                (
                    "Hold 15 first talks with ferry lines in Japan",
                    (0, 15, q.reached(0, 15, -0.29), "whole"),
                    ("talks", 4, 3),
                ),
                ("Find a local partner for payments", (None, "yes", "no", "center"), ("", 5, 3)),
            ),
        ),
    )


def _person(book: Book, person: Person, quarter: Quarter) -> None:
    name, team, objective, parent, key_results = person
    sheet = book.sheet(name, (34, 46, 11, 11, 11, 12, 12, 14, 26), frozen=_FIRST)
    book.band(sheet, 0, len(_HEADER) - 1, f"{name}  ·  {quarter.label}")
    for row, (label, value) in enumerate((("Name", name), ("Team", team), ("Level", "Individual")), 1):
        sheet.write_string(row, 0, label, book.formats["label"])
        sheet.write_string(row, 1, value, book.formats["note"])
    book.header(sheet, _FIRST - 1, _HEADER)
    for at, one in enumerate(key_results, _FIRST):
        above = (objective, parent) if at == _FIRST else (None, None)
        _row(book, sheet, at, above, one, quarter)
    last = _FIRST + len(key_results) - 1
    sheet.conditional_format(_FIRST, 6, last, 6, {"type": "icon_set", "icon_style": "3_traffic_lights"})


def _row(book: Book, sheet: Any, at: int, above: tuple[str | None, str | None], one: Row, quarter: Quarter) -> None:
    objective, parent = above
    text, (start, target, current, look), (unit, confidence, days) = one
    cells: tuple[tuple[object, str], ...] = (
        (objective, "objective"),
        (text, "text"),
        (start, look),
        (target, look),
        (current, look),
        (unit or None, "short"),
        (confidence, "center"),
        (quarter.ago(days), "day"),
        (parent, "text"),
    )
    for column, (value, form) in enumerate(cells):
        book.put(sheet, at, column, value, form)
    sheet.set_row(at, 32)
