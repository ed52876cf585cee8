"""CY005: what people say against what the numbers say."""

from __future__ import annotations

import pytest

from okrsync.checks.cy005_status_contradicts_number import status_contradicts_number
from tests.checks.hits import hits
from tests.okrs import AFTER, kr, objective


@pytest.mark.parametrize(
    "word", ["green", "On track", "ON-TRACK", "done", "Completed.", "正常", "绿", "已完成", "🟢", "✅"]
)
def test_a_good_word_against_a_bad_number_is_a_warning(word: str) -> None:
    assert hits(status_contradicts_number, objective("Grow", kr("Win 20 logos", 0, 20, 0, status=word))) == [
        f'Q4!G2 "Win 20 logos" is called "{word}" and its numbers say off track.'
    ]


@pytest.mark.parametrize("word", ["red", "Off track", "delayed", "落后", "红", "🔴"])
def test_a_bad_word_against_a_good_number_is_a_warning(word: str) -> None:
    assert hits(status_contradicts_number, objective("Grow", kr("Win 20 logos", 0, 20, 15, status=word))) == [
        f'Q4!G2 "Win 20 logos" is called "{word}" and its numbers say on track.'
    ]


def test_what_was_missed_and_is_called_done_is_a_warning() -> None:
    assert hits(status_contradicts_number, objective("Grow", kr("Win", 0, 20, 5, status="done")), today=AFTER) == [
        'Q4!G2 "Win" is called "done" and its numbers say missed.'
    ]


def test_an_objectives_own_status_is_compared_too() -> None:
    assert hits(status_contradicts_number, objective("Grow", kr("Win", 0, 20, 0), status="green")) == [
        'Q4!H2 "Grow" is called "green" and its numbers say off track.'
    ]


@pytest.mark.parametrize("word", ["waiting for legal", "amber", "in progress", "greenfield", ""])
def test_any_other_word_is_no_contradiction(word: str) -> None:
    assert hits(status_contradicts_number, objective("Grow", kr("Win", 0, 20, 0, status=word))) == []


def test_agreement_and_doubt_are_no_contradiction() -> None:
    sheet = objective(
        "Grow",
        kr("Behind", 0, 20, 0, status="red"),
        kr("Well", 0, 20, 15, status="green"),
        kr("At risk", 0, 20, 7, status="green"),
        kr("Silent", 0, 20, status="green"),
    )

    assert hits(status_contradicts_number, sheet) == []
