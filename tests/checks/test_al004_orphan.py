"""AL004: objectives that contribute to nothing where others do."""

from __future__ import annotations

from okrsync.checks.al004_orphan import orphan
from tests.checks.hits import hits
from tests.okrs import kr, objective

COMPANY = objective("Grow", level="company", label="O1")
LINKED = objective("Sell", to="O1")


def test_an_objective_that_contributes_to_nothing_is_a_warning_where_others_do() -> None:
    assert hits(orphan, COMPANY, LINKED, objective("Rewrite billing")) == [
        'Q4!C4 "Rewrite billing" contributes to nothing.'
    ]


def test_a_sheet_without_any_links_is_left_in_peace() -> None:
    assert hits(orphan, COMPANY, objective("Rewrite billing")) == []
    assert hits(orphan, COMPANY, LINKED, objective("Rewrite billing", sheet="Other")) == []


def test_the_companys_objectives_serve_nothing_above_them() -> None:
    assert hits(orphan, COMPANY, LINKED) == []


def test_a_key_result_that_contributes_is_enough() -> None:
    assert hits(orphan, COMPANY, LINKED, objective("Rewrite billing", kr("Cut costs", 9, 5, to="O1"))) == []


def test_a_reference_to_nothing_is_another_fault() -> None:
    assert hits(orphan, COMPANY, LINKED, objective("Rewrite billing", to="O9")) == []


def test_key_results_without_an_objective_are_left_in_peace() -> None:
    assert hits(orphan, COMPANY, LINKED, objective(None, kr("Cut costs", 9, 5))) == []
