"""Columns that repeat per period: which year they are of, what is told once, and what is a check-in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from okrsync.values.cycles import quarter
from okrsync.values.periods import is_period, last_day
from tests.read_sheets import key_result, objectives, raised
from tests.workbooks import drawn_workbook, okrsync

BANDS = """
Objective | Key result | Q1 Target | Q1 Actual | Q4 Target | Q4 Actual | Comment
Bake without waste | Loaves sold on the day | 800 | 780 | 900 | 810 | fine
Open the north | Shops in the north | 2 | 2 | | |
"""


def test_cycles_named_without_a_year_are_of_this_year_and_of_the_one_a_title_names() -> None:
    assert [each.cycle.name for each in objectives(BANDS)] == ["2026-Q1", "2026-Q1", "2026-Q4"]
    assert {each.cycle.name for each in objectives(f"Plan 2025\n{BANDS}")} == {"2025-Q1", "2025-Q4"}


def test_a_key_result_is_told_once_with_the_values_of_the_cycle_of_today(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx", {"OKRs": BANDS})

    said = okrsync("read", path, "--json").json

    told = [(k["title"], k["cycle"], k["target"]) for o in said["objectives"] for k in o["key_results"]]
    assert told == [("Loaves sold on the day", "2026-Q4", 900), ("Shops in the north", "2026-Q1", 2)]
    again = [(k["title"], k["cycle"], k["target"]) for o in said["other_cycles"] for k in o["key_results"]]
    assert again == [("Loaves sold on the day", "2026-Q1", 800)]


def test_one_period_in_the_headers_is_no_band() -> None:
    sheet = "Objective | Key result | Target Q4 | Actual Q4\nBake | Loaves | 900 | 810\nOpen | Shops | 9 | 6"

    assert [each.cycle.name for each in objectives(sheet)] == ["2026-Q4", "2026-Q4"]


def test_the_last_check_in_is_the_current_value_and_its_day_the_last_update() -> None:
    one = key_result("Objective | Key result | Target | W40 | W41 | W42\nBake | Loaves | 900 | 700 | 780 |")

    assert (one.metric.current, one.updated) == (780, date(2026, 10, 9))
    assert [(each.period, each.day, each.value) for each in one.check_ins] == [
        ("W40", date(2026, 10, 2), 700),
        ("W41", date(2026, 10, 9), 780),
    ]


def test_a_column_of_current_values_stands_beside_the_check_ins() -> None:
    one = key_result("Objective | Key result | Target | Current | W40 | W41\nBake | Loaves | 900 | 850 | 700 | 780")

    assert (one.metric.current, len(one.check_ins)) == (850, 2)


def test_weekly_columns_of_words_are_no_check_ins() -> None:
    sheet = "Objective | Key result | Target | W40 | W41\nBake | Loaves | 900 | on track | holiday"

    assert [one.check_ins for each in objectives(sheet) for one in each.key_results] == [()]
    assert raised(sheet) == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("W40", "W40"),
        ("KW 40:", "KW 40"),
        ("Enero", "Enero"),
        ("5-Oct", "5-Oct"),
        ("第40周", "第40周"),
        ("Q3", "Q3"),
        ("Target", None),
        ("Q3 Target", None),
        ("12", None),
        ("Sprint 4", None),
        ("", None),
    ],
)
def test_what_names_a_period_and_nothing_else(text: str, period: str | None) -> None:
    assert is_period(text) == period


def test_the_third_week_of_a_quarter_that_has_no_calendar_week_3() -> None:
    assert last_day("Week 3", quarter(2026, 4)) == date(2026, 10, 21)
    assert last_day("Week 44", quarter(2026, 4)) == date(2026, 10, 30)
