"""OB005: objectives that say how much."""

from __future__ import annotations

import pytest

from okrsync.checks.ob005_number_in_objective import number_in_objective
from tests.checks.hits import hits
from tests.okrs import objective


def test_an_objective_that_names_its_number_is_told_at_its_title() -> None:
    assert hits(number_in_objective, objective("Grow to 500 paying customers")) == [
        'Q4!A2 "Grow to 500 paying customers" says how much: increase to 500. Key results say that.'
    ]


@pytest.mark.parametrize(
    "title",
    [
        "全年卖出 300 万个面包",
        "Umsatz um 20 % steigern",
        "Passer de 3 à 12 boutiques",
    ],
)
def test_numbers_are_found_in_any_language(title: str) -> None:
    assert len(hits(number_in_objective, objective(title))) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Delight our customers",
        "Pass the SOC 2 audit",
        "Be ready for 2026",
        "Make Q3 the quarter of quality",
        "Move everybody to Python 3.12",
        "Keep P95 latency in view",
        "第二季度成为行业标杆",
        "Become the number one in the region",
        "Speak with one voice",
    ],
)
def test_numbers_of_names_and_days_are_none(title: str) -> None:
    assert hits(number_in_objective, objective(title)) == []


def test_key_results_without_an_objective_have_no_title_to_look_at() -> None:
    assert hits(number_in_objective, objective(None)) == []
