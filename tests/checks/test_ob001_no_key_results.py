"""OB001: objectives without key results."""

from __future__ import annotations

from okrsync.checks.ob001_no_key_results import no_key_results
from tests.checks.hits import hits
from tests.okrs import kr, objective


def test_an_objective_without_key_results_is_an_error_at_its_cell() -> None:
    assert hits(no_key_results, objective("Delight our customers")) == [
        'Q4!A2 "Delight our customers" has no key results, so it has no score.'
    ]


def test_key_results_are_enough() -> None:
    assert hits(no_key_results, objective("Grow", kr("Win", 0, 10, 5))) == []


def test_an_objective_that_others_contribute_to_is_scored_from_theirs() -> None:
    assert hits(no_key_results, objective("Grow", level="company"), objective("Sell", kr("Win"), to="Grow")) == []
