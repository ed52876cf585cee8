"""IN001: what is no number, and weights that cannot be meant."""

from __future__ import annotations

from okrsync.checks.in001_unreadable_number import unreadable_number
from tests.checks.hits import hits
from tests.checks.raised import as_finding
from tests.okrs import Q3, kr, objective, reviews


def test_what_the_reader_raises_is_an_error() -> None:
    found = as_finding("IN001", '"abt 40%" in column "Now" is not a number.')

    assert str(found) == (
        'book.xlsx!\'Q4\'!E7: error IN001: "abt 40%" in column "Now" is not a number.\n'
        "  Fix: type a number such as 40 or 40%, or clear the cell."
    )


def test_a_negative_weight_is_a_warning_at_its_cell() -> None:
    assert hits(
        unreadable_number, objective("Grow", kr("Win", 0, 10, 5, weight=-1), kr("Sell", 0, 10, 5, weight=1))
    ) == ['Q4!K2 warning "Win": the weight -1 is negative; it counts as 0.']


def test_weights_that_are_all_zero_are_a_warning() -> None:
    sheet = objective("Grow", kr("Win", 0, 10, 5, weight=0), kr("Sell", 0, 10, 5, weight=0))

    assert hits(unreadable_number, sheet) == [
        'Q4!K2 warning "Win": every weight of this objective is 0; all count the same.'
    ]


def test_sound_weights_are_no_fault() -> None:
    assert hits(unreadable_number, objective("Grow", kr("Win", 0, 10, 5, weight=1), weight=2)) == []


def test_the_fault_of_another_cycle_is_that_cycles_own() -> None:
    now, past = reviews(
        objective("Grow", kr("Win", 0, 10, 5)), objective("Past", kr("Won", 0, 10, 5), cycle=Q3, weight=-1)
    )

    assert unreadable_number.find is not None
    assert [len(list(unreadable_number.find(each))) for each in (now, past)] == [0, 1]
