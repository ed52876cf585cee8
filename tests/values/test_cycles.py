"""Names of cycles as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsync.values.cycles import find_cycle, find_named, quarter_of

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-Q4", "2026-Q4"),
        ("Q4 2026", "2026-Q4"),
        ("Q4'26", "2026-Q4"),
        ("Q4-26", "2026-Q4"),
        ("4Q26", "2026-Q4"),
        ("26Q4", "2026-Q4"),
        ("FY26 Q1", "2026-Q1"),
        ("Q3 Y2025", "2025-Q3"),
        ("T4 2026", "2026-Q4"),
        ("fourth quarter 2026", "2026-Q4"),
        ("2026年第四季度", "2026-Q4"),
        ("2026年Q4", "2026-Q4"),
        ("四季度", "2026-Q4"),
        ("第3季度", "2026-Q3"),
        ("Ｑ４ ２０２６", "2026-Q4"),
        ("H1 2026", "2026-H1"),
        ("2026 H2", "2026-H2"),
        ("second half 2026", "2026-H2"),
        ("2026上半年", "2026-H1"),
        ("2026", "2026"),
        ("FY2026", "2026"),
        ("2026年度", "2026"),
        ("Annual 2022", "2022"),
        ("Nov 2026", "2026-11"),
        ("2026-11", "2026-11"),
        ("11/2026", "2026-11"),
        ("2026年11月", "2026-11"),
        ("November", "2026-11"),
        ("11月", "2026-11"),
        ("Jan - Mar 2026", "2026-Q1"),
        ("2026-10-01 ~ 2026-12-31", "2026-Q4"),
        ("2026-10-01 to 2026-11-15", "2026-10-01/2026-11-15"),
        ("okrs_q4_2026_final", "2026-Q4"),
        ("Growth OKRs Q4 2026 (draft)", "2026-Q4"),
        ("Target Q3", "2026-Q3"),
    ],
)
def test_a_cycle_is_found_in_what_people_write(text: str, name: str) -> None:
    found = find_cycle(text, TODAY)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text", ["", "Growth", "Team 3", "Q5", "2500 users", "v2.0", "2026-11-20", "Reach 99", "2026-13-01 - 2026-14-01"]
)
def test_text_without_a_cycle_names_none(text: str) -> None:
    assert find_cycle(text, TODAY) is None


@pytest.mark.parametrize(
    ("today", "name"),
    [(date(2026, 11, 25), "2026-Q4"), (date(2027, 2, 1), "2026-Q4"), (date(2027, 7, 1), "2027-Q4")],
)
def test_a_quarter_without_a_year_is_the_one_nearest_to_today(today: date, name: str) -> None:
    found = find_cycle("Q4", today)

    assert found is not None
    assert found.name == name


def test_a_half_without_a_year_is_the_one_nearest_to_today() -> None:
    found = find_cycle("上半年", TODAY)

    assert found is not None
    assert found.name == "2027-H1"


def test_a_quarter_knows_its_first_and_last_day() -> None:
    found = find_cycle("Q4 2026", TODAY)

    assert found is not None
    assert (found.start, found.end) == (date(2026, 10, 1), date(2026, 12, 31))
    assert not found.assumed


def test_a_fiscal_year_is_named_after_the_year_it_ends_in() -> None:
    found = find_cycle("FY26 Q1", TODAY, fiscal_year_start=7)

    assert found is not None
    assert (found.name, found.start, found.end) == ("2026-Q1", date(2025, 7, 1), date(2025, 9, 30))


def test_a_day_range_that_runs_backwards_is_no_cycle() -> None:
    assert find_cycle("2026-12-31 - 2026-10-01", TODAY) is None


def test_what_is_left_of_a_name_is_told() -> None:
    found = find_named("Team Growth Q4 2026", TODAY)

    assert found is not None
    assert found.rest == "Team Growth"


def test_the_calendar_quarter_holds_its_day() -> None:
    assert quarter_of(TODAY).name == "2026-Q4"


@given(st.text(max_size=40))
def test_no_text_makes_it_fail_and_a_cycle_never_ends_before_it_starts(text: str) -> None:
    found = find_cycle(text, TODAY)

    assert found is None or found.start <= found.end


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_a_cycle_is_found_again_by_its_own_name(day: date) -> None:
    cycle = quarter_of(day)

    assert find_cycle(cycle.name, TODAY) == cycle


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("2026년 4분기", "2026-Q4", ""),
        ("하반기 OKR", "2026-H2", "OKR"),
        ("4. Quartal 2026", "2026-Q4", ""),
        ("Quartal 4/2026", "2026-Q4", ""),
        ("4º trimestre de 2026", "2026-Q4", ""),
        ("premier trimestre 2027", "2027-Q1", ""),
        ("2026年度 第4四半期", "2026-Q4", ""),
        ("IV квартал 2026", "2026-Q4", ""),
        ("Quý IV năm 2026", "2026-Q4", ""),
        ("Октябрь 2026", "2026-10", ""),
        ("2026년 10월", "2026-10", ""),
        ("2. Halbjahr 2026", "2026-H2", ""),
        ("IV kwartał 2026", "2026-Q4", ""),
        ("4. çeyrek 2026", "2026-Q4", ""),
        ("Kvartal 4 2026", "2026-Q4", ""),
        ("Terzo trimestre 2026", "2026-Q3", ""),
        ("4e kwartaal 2026", "2026-Q4", ""),
        ("Kuartal 4 2026", "2026-Q4", ""),
        ("ไตรมาส 4 2026", "2026-Q4", ""),
        ("الربع الرابع 2026", "2026-Q4", ""),
    ],
)
def test_a_cycle_is_known_in_every_language_there_is_a_file_for(text: str, name: str, rest: str) -> None:
    found = find_named(text, date(2026, 11, 26))

    assert found is not None
    assert (found.cycle.name, found.rest) == (name, rest)
