"""Where a row has no due date, its sentence may name one; it is taken only where it is certain, and said to be."""

from __future__ import annotations

from datetime import date

import pytest

from okrsync.language.dayhint import may_name_day
from okrsync.model import KeyResult
from tests.read_sheets import key_result, raised

HEADER = "Cycle | Objective | Key result | Target | Current | Due | Start"


def found(title: str, cells: str = " | ", cycle: str = "Q4 2026") -> KeyResult:
    return key_result(f"{HEADER}\n{cycle} | Bake | {title} | 40 | 12 | {cells}")


@pytest.mark.parametrize(
    ("title", "due"),
    [
        ("Open 40 stalls by 15 November", date(2026, 11, 15)),
        ("Open 40 stalls by mid-November", date(2026, 11, 15)),
        ("Open 40 stalls in 6 weeks", date(2026, 11, 12)),
        ("40 Stände bis Ende November eröffnen", date(2026, 11, 30)),
        ("11月底前开设 40 个摊位", date(2026, 11, 30)),
        ("11月末までに屋台を40か所開く", date(2026, 11, 30)),
        ("11월 말까지 매대 40개 열기", date(2026, 11, 30)),
        ("Open 40 stalls by the end of the quarter", date(2026, 12, 31)),
        ("Open 40 stalls by June 2027", date(2027, 6, 30)),
        ("Open 40 stalls by February", date(2027, 2, 28)),
    ],
)
def test_a_row_without_a_due_date_takes_that_of_its_sentence(title: str, due: date) -> None:
    one = found(title)

    assert one.due == due
    assert one.metric.sources["due"] == "sentence"
    assert one.metric.target == 40


@pytest.mark.parametrize(
    "title",
    [
        "Open 40 stalls",
        "Open 40 stalls by September",  # before the cycle began: carried over
        "Open 40 stalls by June",  # of next year, or left over from the last?
        "Open 40 stalls by 2030-01-31",
        "Open 40 stalls this month",  # would be another day in every run
        "Open 40 stalls before the fair",
        "Open 40 stalls, up from 12 in October",
        "10% of guests return in October; 20% in November",  # careful people read it differently
    ],
)
def test_what_is_not_certain_is_not_taken(title: str) -> None:
    one = found(title)

    assert one.due is None
    assert "due" not in one.metric.sources


def test_the_cell_wins() -> None:
    one = found("Open 40 stalls by 15 November", "2026-12-01 |")

    assert one.due == date(2026, 12, 1)
    assert "due" not in one.metric.sources


def test_a_cell_that_cannot_be_read_is_a_finding_and_no_gap() -> None:
    sheet = f"{HEADER}\nQ4 2026 | Bake | Open 40 stalls by 15 November | 40 | 12 | soonish |"

    assert key_result(sheet).due is None
    assert "IN002 F2" in raised(sheet)


def test_a_cell_that_says_it_is_open_is_a_gap() -> None:
    assert found("Open 40 stalls by 15 November", "n/a |").due == date(2026, 11, 15)


def test_a_day_that_is_not_after_the_start_is_not_taken() -> None:
    assert found("Open 40 stalls by 15 November", " | 2026-11-20").due is None


def test_the_fiscal_year_is_that_of_the_cycle() -> None:
    assert found("Open 40 stalls by end of Q3", cycle="2026-07-01 - 2026-12-31").due == date(2026, 9, 30)


def test_where_the_cycle_is_only_assumed_a_day_has_to_be_whole() -> None:
    header = "Objective | Key result | Target | Current"
    whole = key_result(f"{header}\nBake | Open 40 stalls by 15 November 2026 | 40 | 12")
    open_year = key_result(f"{header}\nBake | Open 40 stalls by 15 November | 40 | 12")

    assert (whole.due, open_year.due) == (date(2026, 11, 15), None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Raise NPS from 32 to 50", False),
        ("提升满意度", False),
        ("Publish the handbook", False),
        ("Raise NPS by year end", True),
        ("Bis KW 48 umziehen", True),
        ("Launch mid-June", True),
        ("Livrer avant l'été de l'année", True),
        ("NPS 50 in Q4", True),
        ("Bis 31.12. fertig", True),
        ("年底前上线", True),
    ],
)
def test_most_sentences_need_no_reading_to_be_known_as_without_a_day(text: str, answer: bool) -> None:
    assert may_name_day(text) is answer
