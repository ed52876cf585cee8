"""Every check over every cycle: order, ignoring, and each finding once."""

from __future__ import annotations

import pytest

from okrsync.cells import CellRef
from okrsync.checks import run_checks
from okrsync.findings import Finding, Hit, Raised
from tests.okrs import Q3, kr, objective, reviews

VAGUE = kr("Be nice", kind="qualitative")


def places(findings: tuple[Finding, ...]) -> list[str]:
    """`code place` of each."""
    return [f"{each.code} {each.at}" for each in findings]


def test_findings_come_in_the_order_of_the_sheets_as_they_were_read() -> None:
    read = reviews(
        objective("Zeal", VAGUE, book="z.xlsx", sheet="Second"),
        objective("Alone", book="a.xlsx"),
        objective("Again", VAGUE, book="z.xlsx", sheet="First"),
    )

    assert places(run_checks(read, (), {})) == [
        "KR001 z.xlsx!'Second'!B2",
        "KR001 z.xlsx!'First'!B2",
        "OB001 a.xlsx!'Q4'!A2",
    ]


def test_within_a_sheet_they_come_by_row_and_column_whatever_their_cycle() -> None:
    read = reviews(
        objective("One", VAGUE, kr("Flat", 5, 5, 5)),
        objective("Two", VAGUE, cycle=Q3),
        objective("Three", kr("NPS to 50", kind="increase", target=50, current=50)),
    )

    assert places(run_checks(read, (), {})) == [
        "KR001 book.xlsx!'Q4'!B2",
        "KR005 book.xlsx!'Q4'!E3",
        "KR001 book.xlsx!'Q4'!B4",
        "KR002 book.xlsx!'Q4'!D5",
    ]


def test_what_is_about_a_workbook_or_a_sheet_comes_before_its_cells() -> None:
    raised = tuple(
        Raised("IN009", Hit(at, "left out"))
        for at in ("book.xlsx!'It''s'", CellRef("book.xlsx", "Q4", 9, 1), "book.xlsx!'Q4'", "other.xlsx", "book.xlsx")
    )

    assert places(run_checks(reviews(objective("One", VAGUE)), raised, {})) == [
        "IN009 book.xlsx",
        "IN009 book.xlsx!'Q4'",
        "KR001 book.xlsx!'Q4'!B2",
        "IN009 book.xlsx!'Q4'!A9",
        "IN009 book.xlsx!'It''s'",
        "IN009 other.xlsx",
    ]


def test_the_same_finding_is_there_once() -> None:
    twice = Raised("IN010", Hit("book.xlsx", "the cycle was assumed."))

    assert len(run_checks((), (twice, twice), {})) == 1


@pytest.mark.parametrize("name", ["KR001", "kr001", "unmeasurable"])
def test_a_check_that_is_ignored_finds_nothing(name: str) -> None:
    assert run_checks(reviews(objective("One", VAGUE)), (), {name: "we like it vague"}) == ()


def test_what_was_raised_while_reading_can_be_ignored_too() -> None:
    raised = Raised("IN010", Hit("book.xlsx", "the cycle was assumed."))

    assert run_checks((), (raised,), {"IN010": "there is only one", "XX999": "no such check"}) == ()


def test_a_sound_sheet_has_no_findings() -> None:
    company = objective("Grow", kr("NPS from 32 to 50", 32, 50, 45, weight=1), level="company", label="O1")
    team = objective("Sell", kr("Win 20 logos", None, 20, 12, unit="count", status="on track"), to="O1")

    assert run_checks(reviews(company, team), (), {}) == ()


def test_nothing_read_has_no_findings() -> None:
    assert run_checks((), (), {}) == ()
