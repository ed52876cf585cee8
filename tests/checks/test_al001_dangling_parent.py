"""AL001: references to what is not there, or only almost."""

from __future__ import annotations

from okrsync.checks.al001_dangling_parent import dangling_parent
from tests.checks.hits import hits
from tests.okrs import Q3, kr, objective

COMPANY = objective("Delight our customers", kr("NPS", 32, 50), level="company", label="O1")


def test_a_parent_that_is_not_there_is_an_error_when_the_sources_are_complete() -> None:
    assert hits(dangling_parent, COMPANY, objective("Sell", to="Walk on the moon"), complete=True) == [
        'Q4!C3 error "Walk on the moon", to which this contributes, is not there.'
    ]


def test_a_parent_that_is_not_there_is_a_hint_when_it_may_be_elsewhere() -> None:
    assert hits(dangling_parent, COMPANY, objective("Sell", to="Walk on the moon")) == [
        'Q4!C3 info "Walk on the moon", to which this contributes, is not among the sources given.'
    ]


def test_what_it_may_have_meant_is_suggested() -> None:
    (line,) = hits(dangling_parent, COMPANY, objective("Sell", to="Delight all customers now"), complete=True)

    assert line.endswith('is not there. Did you mean "Delight our customers"?')


def test_a_key_result_that_names_nothing_is_reported_at_its_own_cell() -> None:
    assert hits(dangling_parent, objective("Sell", kr("Win", 0, 10), kr("Call", 0, 10, to="O7"))) == [
        'Q4!C3 info "O7", to which this contributes, is not among the sources given.'
    ]


def test_a_misspelt_title_is_a_hint_that_says_what_it_was_taken_for() -> None:
    assert hits(dangling_parent, COMPANY, objective("Sell", to="Delight our custmers"), complete=True) == [
        'Q4!C3 info "Delight our custmers" was taken to mean O1 "Delight our customers".'
    ]


def test_an_exact_reference_is_no_fault() -> None:
    assert hits(dangling_parent, COMPANY, objective("Sell", to="O1"), objective("Past", to="O1", cycle=Q3)) == []


def test_each_cycle_reports_its_own() -> None:
    assert len(hits(dangling_parent, objective("Sell", to="O8"), objective("Past", to="O9", cycle=Q3))) == 2
