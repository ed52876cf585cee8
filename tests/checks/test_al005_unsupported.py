"""AL005: objectives that nobody contributes to."""

from __future__ import annotations

from okrsync.checks.al005_unsupported import unsupported
from tests.checks.hits import hits
from tests.okrs import kr, objective

SERVED = objective("Grow", level="company", label="O1")
ALONE = objective("Be loved", level="company", label="O2")


def test_an_objective_that_nobody_contributes_to_is_a_warning_where_others_are_served() -> None:
    assert hits(unsupported, SERVED, ALONE, objective("Sell", to="O1")) == [
        'Q4!A3 No objective of a narrower level contributes to "Be loved".'
    ]


def test_a_contribution_to_one_of_its_key_results_is_enough() -> None:
    loved = objective("Be loved", kr("NPS", 32, 50, label="KR1"), level="company", label="O2")

    assert hits(unsupported, SERVED, loved, objective("Sell", to=("O1", "KR2.1"))) == []


def test_the_narrowest_level_needs_no_support() -> None:
    assert hits(unsupported, SERVED, objective("Sell", to="O1"), objective("Build", to="O1")) == []


def test_where_nobody_links_nobody_is_blamed() -> None:
    assert hits(unsupported, SERVED, ALONE, objective("Sell")) == []


def test_below_the_company_it_is_asked_only_where_the_team_has_it() -> None:
    sell, more = objective("Sell", to="O1", team="Sales"), objective("Sell more", to="O1", team="Sales")
    build = objective("Build", to="O1", team="Product")
    person = objective("Call ten", to="Sell", level="individual", team="Sales")

    assert hits(unsupported, SERVED, sell, more, build, person) == [
        'Q4!A4 No objective of a narrower level contributes to "Sell more".'
    ]


def test_where_no_team_is_named_the_workbook_stands_for_it() -> None:
    sell, build = objective("Sell", to="O1"), objective("Build", to="O1", book="other.xlsx")

    assert hits(unsupported, SERVED, sell, build, objective("Call ten", to="Sell", level="individual")) == []
