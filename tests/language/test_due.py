"""The day that a deadline means, seen from the fourth quarter of 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsync.language import read_metric
from okrsync.language.dayhint import may_name_day
from okrsync.language.due import due_date
from okrsync.model import Cycle
from okrsync.values.cycles import full_year, half, month, quarter
from tests.language.corpus import FOLDER, sentences

Q4 = quarter(2026, 4)
TODAY = date(2026, 11, 11)

MEANT = {
    "en": {
        "by the end of Q4": "2026-12-31",
        "by end of Q4": "2026-12-31",
        "in 6 weeks": "2026-11-12",
        "within 6 weeks": "2026-11-12",
        "within the next 18 months": "2028-03-31",
        "in 4–6 weeks": "2026-11-12",
        "four months from now": "2027-01-31",
        "within 3 months": "2026-12-31",
        "by year end": "2026-12-31",
        "by end of year": "2026-12-31",
        "by the end of the quarter": "2026-12-31",
        "this quarter": "2026-12-31",
        "next quarter": "2027-03-31",
        "before the end of next quarter": "2027-03-31",
        "by mid-November": "2026-11-15",
        "in early December": "2026-12-10",
        "by June": "2027-06-30",
        "by September": "2026-09-30",
        "by June 2027": "2027-06-30",
        "before November": "2026-10-31",
        "before the end of November": "2026-11-30",
        "before 30 November": "2026-11-30",
        "before Q1 2027": "2026-12-31",
        "by 12/31": "2026-12-31",
        "by 12/31/2026": "2026-12-31",
        "by Dec 31, 2026": "2026-12-31",
        "in 2027": "2027-12-31",
        "by end of 2027": "2027-12-31",
        "mid-year": "2026-06-30",
        "by FY-end": "2026-12-31",
        "before KubeCon on 12 November": "2026-11-12",
        "Q1": "2027-03-31",
        "by Q1 FY27": "2027-03-31",
        "in H1": "2027-06-30",
        "no later than 15 December": "2026-12-15",
        "by the second quarter": "2027-06-30",
        "by the first half of 2027": "2027-06-30",
    },
    "de": {
        "bis Ende Juni 2027": "2027-06-30",
        "bis zum 30.11.": "2026-11-30",
        "bis 31.12.2026": "2026-12-31",
        "bis zum 30. November": "2026-11-30",
        "innerhalb von 8 Wochen": "2026-11-26",
        "bis Jahresende": "2026-12-31",
        "bis Quartalsende": "2026-12-31",
        "Bis Mitte Oktober": "2026-10-15",
        "Anfang November": "2026-11-10",
        "bis Ende des Quartals": "2026-12-31",
        "vor Jahresende": "2026-12-31",
        "Spätestens im vierten Quartal": "2026-12-31",
        "In den nächsten 6 Monaten": "2027-03-31",
        "vor dem 1. Dezember": "2026-12-01",
        "bis Ende nächsten Jahres": "2027-12-31",
        "bis KW 48": "2026-11-27",
    },
    "fr": {
        "d'ici fin novembre": "2026-11-30",
        "d'ici la fin du trimestre": "2026-12-31",
        "avant le 30 novembre 2026": "2026-11-30",
        "d'ici fin d'année": "2026-12-31",
        "dans les 6 prochains mois": "2027-03-31",
        "mi-octobre": "2026-10-15",
        "début novembre": "2026-11-10",
        "d'ici fin T4": "2026-12-31",
        "au T4 2026": "2026-12-31",
        "dans l'année": "2026-12-31",
    },
    "es": {
        "antes de fin de año": "2026-12-31",
        "para el 30 de noviembre": "2026-11-30",
        "en 18 meses": "2028-03-31",
        "a finales de marzo de 2027": "2027-03-31",
        "a mediados de octubre": "2026-10-15",
        "al cierre del trimestre": "2026-12-31",
        "antes del 15/12": "2026-12-15",
    },
    "pt": {
        "até o fim do ano": "2026-12-31",
        "até meados de outubro": "2026-10-15",
        "até 30/11": "2026-11-30",
        "até dez/2026": "2026-12-31",
        "nos próximos 6 meses": "2027-03-31",
        "no início de novembro": "2026-11-10",
        "no 4º trimestre": "2026-12-31",
    },
    "zh": {
        "到第四季度末": "2026-12-31",
        "年底前": "2026-12-31",
        "本季度末": "2026-12-31",
        "在三个月内": "2026-12-31",
        "12周内": "2026-12-24",
        "到11月底": "2026-11-30",
        "在11月": "2026-11-30",
        "12月15日前": "2026-12-15",
        "截至2026年12月31日": "2026-12-31",
        "11月中旬": "2026-11-20",
        "10月上旬": "2026-10-10",
        "2026年内": "2026-12-31",
        "2027年之前": "2026-12-31",
        "下个季度": "2027-03-31",
        "明年底": "2027-12-31",
        "第48周": "2026-11-27",
    },
    "ja": {
        "年末までに": "2026-12-31",
        "3か月以内に": "2026-12-31",
        "11月末までに": "2026-11-30",
        "12月15日までに": "2026-12-15",
        "第4四半期中に": "2026-12-31",
        "今期末までに": "2026-12-31",
        "11月中旬に": "2026-11-20",
        "2027年3月までに": "2027-03-31",
        "今四半期末": "2026-12-31",
    },
    "ko": {
        "연말까지": "2026-12-31",
        "6주 안에": "2026-11-12",
        "4분기 말까지": "2026-12-31",
        "12월 15일까지": "2026-12-15",
        "이번 분기 안에": "2026-12-31",
        "11월 중순까지": "2026-11-20",
        "2027년 3월까지": "2027-03-31",
        "11월 말까지": "2026-11-30",
    },
}
NOT_CERTAIN = {
    "en": [
        "by 11/10",
        "by 2027",
        "by the 1.0 release",
        "before peak season",
        "this month",
        "by Friday",
        "within a month of release",
        "by end of month",
    ],
    "de": ["im Sommer"],
    "zh": ["月底前", "明年3月前", "11月前", "进博会前"],
    "ja": ["年度末までに"],
}


@pytest.mark.parametrize(
    ("language", "text", "day"), [(k, *pair) for k, each in MEANT.items() for pair in each.items()]
)
def test_a_deadline_is_resolved_against_its_cycle(language: str, text: str, day: str) -> None:
    assert due_date(text, Q4, None, language) == date.fromisoformat(day)


@pytest.mark.parametrize(("language", "text"), [(k, text) for k, each in NOT_CERTAIN.items() for text in each])
def test_what_is_not_certain_stays_as_written(language: str, text: str) -> None:
    assert due_date(text, Q4, None, language) is None


@pytest.mark.parametrize(
    ("text", "cycle", "today", "day"),
    [
        ("this month", Q4, TODAY, date(2026, 11, 30)),
        ("next month", Q4, TODAY, date(2026, 12, 31)),
        ("by the end of the week", Q4, TODAY, date(2026, 11, 13)),
        ("this month", Q4, date(2027, 2, 2), None),
        ("this month", month(2026, 11), None, date(2026, 11, 30)),
        ("in 6 weeks", None, TODAY, date(2026, 12, 23)),
        ("in 6 weeks", None, None, None),
        ("by the end of the quarter", None, TODAY, date(2026, 12, 31)),
        ("by the end of the quarter", full_year(2026), TODAY, date(2026, 12, 31)),
        ("by the end of the quarter", full_year(2026), None, None),
        ("by the end of the half", Q4, None, date(2026, 12, 31)),
        ("by the end of the cycle", half(2026, 2), None, date(2026, 12, 31)),
        ("by the end of the cycle", None, TODAY, None),
        ("by June", full_year(2026), None, date(2026, 6, 30)),
        ("by mid-quarter", Q4, None, date(2026, 11, 15)),
        ("early next month", Q4, TODAY, date(2026, 12, 10)),
        ("before next quarter", Q4, None, date(2026, 12, 31)),
        ("by 1/12", Q4, None, date(2026, 12, 1)),
        ("by 10/11", Q4, None, None),
        ("by 31/12/2026", Q4, None, date(2026, 12, 31)),
    ],
)
def test_today_is_looked_at_only_where_the_words_hang_on_it(
    text: str, cycle: Cycle | None, today: date | None, day: date | None
) -> None:
    assert due_date(text, cycle, today, "en") == day


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("by end of Q2", "en", date(2026, 9, 30)),
        ("by the end of the fiscal year", "en", date(2027, 3, 31)),
        ("by FY-end", "en", date(2027, 3, 31)),
        ("in H2", "en", date(2027, 3, 31)),
        ("by year end", "en", None),
        ("年度末までに", "ja", date(2027, 3, 31)),
        ("年末までに", "ja", None),
        ("本财年末", "zh", date(2027, 3, 31)),
        ("in 3 months", "en", date(2026, 9, 30)),
    ],
)
def test_quarters_and_years_are_those_of_the_fiscal_year(text: str, language: str, day: date | None) -> None:
    second = quarter(2027, 2, fiscal_year_start=4)

    assert due_date(text, second, None, language) == day


def test_the_country_decides_in_which_order_two_numbers_stand() -> None:
    assert due_date("by 10/11/2026", Q4, None, "en-GB") == date(2026, 11, 10)
    assert due_date("by 10/11/2026", Q4, None, "en-US") == date(2026, 10, 11)
    assert due_date("by 10/11/2026", Q4, None, "en") is None


def test_a_language_that_is_not_known_is_told_by_the_words() -> None:
    assert due_date("bis Ende November", Q4, None, "tlh") == date(2026, 11, 30)
    assert due_date("到11月底", Q4) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "in 999999999 weeks",
        "within 99999 months",
        "in 1.5 months",
        "in 0 weeks",
        "by 30 February 2026",
        "by Q9",
        "x" * 500,
        "in 2 weeks or 3 months",
        "in Q1 and Q2",
        "by end of Q3 release notes",
        "by the end of winter",
    ],
)
def test_no_day_is_invented(text: str) -> None:
    assert due_date(text, Q4, TODAY, "en") is None


_PIECES = sorted({piece for each in MEANT.values() for text in each for piece in text.split(" ")})


@given(
    st.lists(st.sampled_from([*_PIECES, "1e9", "9999", "²", "\x00", "-1", "0"]), max_size=6),
    st.sampled_from(list(MEANT)),
)
def test_any_words_have_an_answer(pieces: list[str], language: str) -> None:
    found = due_date(" ".join(pieces), Q4, TODAY, language)

    assert found is None or isinstance(found, date)


def test_a_cheap_look_never_hides_a_day_that_can_be_told() -> None:
    for path in sorted(FOLDER.glob("*.txt")):
        for text, _ in sentences(path):
            said = read_metric(text)
            if said.deadline is not None and due_date(said.deadline, Q4, None, said.language) is not None:
                assert may_name_day(text), text


def test_a_day_at_the_beginning_is_no_list_mark() -> None:
    said = read_metric("30. Juni: 5 Läden sind offen")

    assert (said.deadline, said.target) == ("30. Juni", 5)
