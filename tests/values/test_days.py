"""Days as people type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from okrsync.model import Cycle
from okrsync.values import read_date

Q4 = Cycle(name="2026-Q4", start=date(2026, 10, 1), end=date(2026, 12, 31))
Q2 = Cycle(name="2026-Q2", start=date(2026, 4, 1), end=date(2026, 6, 30))
FISCAL_Q1 = Cycle(name="2027-Q1", start=date(2026, 10, 1), end=date(2026, 12, 31))
NAMED = Cycle(name="2026-10-05/2026-12-18", start=date(2026, 10, 5), end=date(2026, 12, 18))

WHOLE = {
    "2026-11-20": date(2026, 11, 20),
    "2026/11/20": date(2026, 11, 20),
    "20261120": date(2026, 11, 20),
    "2026-11-20T15:40:17Z": date(2026, 11, 20),
    "2026-11-20T15:40:17.123+02:00": date(2026, 11, 20),
    "2022-04-18 15:40:17 UTC": date(2022, 4, 18),
    "11/20/2026 3:40 PM": date(2026, 11, 20),
    "20.11.2026": date(2026, 11, 20),
    "20.11.26": date(2026, 11, 20),
    "03.04.2026": date(2026, 4, 3),
    "11/20/2026": date(2026, 11, 20),
    "20/11/2026": date(2026, 11, 20),
    "20 Nov 2026": date(2026, 11, 20),
    "20-Nov-26": date(2026, 11, 20),
    "Nov 20, 2026": date(2026, 11, 20),
    "Fri, Nov 20th, 2026": date(2026, 11, 20),
    "２０２６年１１月２０日": date(2026, 11, 20),
    "2026年11月20日": date(2026, 11, 20),
    "26年11月20日": date(2026, 11, 20),
    "2026年11月": date(2026, 11, 30),
    "2026년 11월 20일": date(2026, 11, 20),
    "ngày 20 tháng 11 năm 2026": date(2026, 11, 20),
    "20. November 2026": date(2026, 11, 20),
    "bis 20.11.2026": date(2026, 11, 20),
    "1er décembre 2026": date(2026, 12, 1),
    "20 de noviembre de 2026": date(2026, 11, 20),
    "20 ноября 2026 г.": date(2026, 11, 20),
    "November 2026": date(2026, 11, 30),
    "end of November 2026": date(2026, 11, 30),
    "Feb 2028": date(2028, 2, 29),
    "Dec '26": date(2026, 12, 31),
    "11/2026": date(2026, 11, 30),
    "2026-11": date(2026, 11, 30),
    "2026-W52": date(2026, 12, 25),
    "KW 50/2026": date(2026, 12, 11),
    "Q4 2026": date(2026, 12, 31),
    "2026-Q4": date(2026, 12, 31),
    "Q3'26": date(2026, 9, 30),
    "Q1 FY27": date(2027, 3, 31),
    "FY2027 H1": date(2027, 6, 30),
    "4Q26": date(2026, 12, 31),
    "T4 2026": date(2026, 12, 31),
    "4. Quartal 2026": date(2026, 12, 31),
    "4º trimestre 2026": date(2026, 12, 31),
    "2026年第四季度": date(2026, 12, 31),
    "H1 2026": date(2026, 6, 30),
    "2026年上半年": date(2026, 6, 30),
    "2026年底": date(2026, 12, 31),
}
IN_Q4 = {
    "Nov 20": date(2026, 11, 20),
    "20th November": date(2026, 11, 20),
    "by Nov 20": date(2026, 11, 20),
    "20 de dezembro": date(2026, 12, 20),
    "15.12.": date(2026, 12, 15),
    "12/15": date(2026, 12, 15),
    "31/12": date(2026, 12, 31),
    "10/05": date(2026, 10, 5),
    "11月20日": date(2026, 11, 20),
    "11月底": date(2026, 11, 30),
    "11月底前": date(2026, 11, 30),
    "12月15日まで": date(2026, 12, 15),
    "11월 말": date(2026, 11, 30),
    "tháng 11": date(2026, 11, 30),
    "fin novembre": date(2026, 11, 30),
    "Ende November": date(2026, 11, 30),
    "Nov": date(2026, 11, 30),
    "W52": date(2026, 12, 25),
    "CW 50": date(2026, 12, 11),
    "KW 50": date(2026, 12, 11),
    "第50周": date(2026, 12, 11),
    "end of Q4": date(2026, 12, 31),
    "Ende Q4": date(2026, 12, 31),
    "Q3": date(2026, 9, 30),
    "四季度末": date(2026, 12, 31),
    "下半年": date(2026, 12, 31),
    "EOY": date(2026, 12, 31),
    "年底": date(2026, 12, 31),
    "Jahresende": date(2026, 12, 31),
    "EOQ": date(2026, 12, 31),
    "mid-November": date(2026, 11, 15),
    "early Dec": date(2026, 12, 10),
    "Anfang Dezember": date(2026, 12, 10),
    "mi-octobre": date(2026, 10, 15),
    "a mediados de octubre": date(2026, 10, 15),
    "11月上旬": date(2026, 11, 10),
    "11月中旬": date(2026, 11, 20),
    "11月下旬": date(2026, 11, 30),
    "11월 초": date(2026, 11, 10),
    "mid Q4": date(2026, 11, 15),
    "3/31": date(2027, 3, 31),
    "Jan 15": date(2027, 1, 15),
}
NO_DAY = [
    "",
    "Contínuo",
    "ongoing",
    "TBD",
    "2026",
    "45%",
    "Q5",
    "H3 2026",
    "Nov-26",
    "Nov 1 – Nov 20",
    "Nov 20 or so",
    "early 2026",
    "early Q4",
    "mid 20 November",
    "2026-13-40",
    "31.02.2026",
    "W54 2026",
    "9999-01-01",
    "W2 9999",
    "123456",
    "20261340",
    "İ",
    "x" * 100,
    " " * 100,
]


@pytest.mark.parametrize(("text", "day"), WHOLE.items())
def test_a_day_with_its_year_needs_nothing_else(text: str, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(("text", "day"), IN_Q4.items())
def test_a_day_without_a_year_is_the_one_in_the_cycle(text: str, day: date) -> None:
    assert read_date(text, cycle=Q4) == day
    assert read_date(text) is None


@pytest.mark.parametrize("text", NO_DAY)
def test_no_day_is_invented(text: str) -> None:
    assert read_date(text, cycle=Q4) is None


@pytest.mark.parametrize("text", ["Week 3", "W3", "Jun 15", "June"])
def test_a_day_far_from_the_cycle_needs_its_year(text: str) -> None:
    assert read_date(text, cycle=Q4) is None


@pytest.mark.parametrize(
    ("text", "locale", "cycle", "day"),
    [
        ("03/04/2026", None, None, None),
        ("03/04/2026", "en", None, date(2026, 3, 4)),
        ("03/04/2026", "en-GB", None, date(2026, 4, 3)),
        ("03/04/2026", "de", None, date(2026, 4, 3)),
        ("03/04/2026", "zh", None, None),
        ("03/04", "zh", Q2, date(2026, 4, 3)),
        ("03/04/2026", "en", Q2, date(2026, 4, 3)),
        ("04/03/2026", None, Q2, date(2026, 4, 3)),
        ("10/11/2026", None, Q4, None),
        ("10/11", "ja", Q4, date(2026, 10, 11)),
        ("11/11/2026", None, None, date(2026, 11, 11)),
    ],
)
def test_day_or_month_first_is_decided_by_the_cycle_then_the_locale(
    text: str, locale: str | None, cycle: Cycle | None, day: date | None
) -> None:
    assert read_date(text, locale=locale, cycle=cycle) == day


def test_a_quarter_of_a_fiscal_year_ends_when_that_year_has_it() -> None:
    assert read_date("Q1", cycle=FISCAL_Q1) == date(2026, 12, 31)
    assert read_date("Q2 2027", cycle=FISCAL_Q1) == date(2027, 3, 31)
    assert read_date("FY28 Q1", cycle=FISCAL_Q1) == date(2027, 12, 31)
    assert read_date("H1", cycle=FISCAL_Q1) == date(2027, 3, 31)


def test_quarters_and_halves_of_a_cycle_of_a_half_or_a_year() -> None:
    year = Cycle(name="2026", start=date(2026, 1, 1), end=date(2026, 12, 31))
    half = Cycle(name="2026-H2", start=date(2026, 7, 1), end=date(2026, 12, 31))

    assert read_date("Q3", cycle=year) == date(2026, 9, 30)
    assert read_date("Q3", cycle=half) == date(2026, 9, 30)
    assert read_date("H1", cycle=half) == date(2026, 6, 30)


def test_a_cycle_without_a_quarter_s_name_has_calendar_quarters() -> None:
    assert read_date("Q4", cycle=NAMED) == date(2026, 12, 31)
    assert read_date("EOQ", cycle=NAMED) is None


def test_a_day_that_a_long_cycle_holds_twice_is_none() -> None:
    long = Cycle(name="2026-01-01/2027-12-31", start=date(2026, 1, 1), end=date(2027, 12, 31))

    assert read_date("Nov 20", cycle=long) is None


def test_a_date_cell_is_its_day_and_a_number_is_none() -> None:
    assert read_date(datetime(2026, 11, 20, 15, 40)) == date(2026, 11, 20)
    assert read_date(date(2026, 11, 20)) == date(2026, 11, 20)
    assert read_date(46000.0) is None
    assert read_date(None) is None
    assert read_date(" " * 99 + "2026-11-20") == date(2026, 11, 20)
