"""AL003: objectives that contribute to one another in a ring."""

from __future__ import annotations

from okrsync.checks.al001_dangling_parent import dangling_parent
from okrsync.checks.al003_alignment_cycle import alignment_cycle
from tests.checks.hits import hits
from tests.okrs import Q3, kr, objective


def test_a_ring_is_an_error_at_its_first_member_that_names_them_all() -> None:
    sheet = (objective("Sell", to="Build", label="O1"), objective("Build", to="Sell"))

    assert hits(alignment_cycle, *sheet) == [
        'Q4!C2 These contribute to one another in a ring: O1 "Sell" → "Build" → O1 "Sell".'
    ]


def test_a_ring_across_cycles_is_reported_once() -> None:
    assert len(hits(alignment_cycle, objective("Sell", to="Build"), objective("Build", to="Sell", cycle=Q3))) == 1


def test_a_long_ring_is_cut_short() -> None:
    ring = [objective(f"Aim number {i}", to=f"Aim number {(i + 1) % 20}") for i in range(20)]

    (line,) = hits(alignment_cycle, *ring)

    assert line.endswith('"Aim number 5" → … → "Aim number 0".')


def test_a_tree_is_no_fault() -> None:
    assert hits(alignment_cycle, objective("Grow", level="company"), objective("Sell", to="Grow")) == []


def test_an_objective_that_names_itself_is_the_smallest_ring() -> None:
    assert hits(alignment_cycle, objective("Sell", to="Sell", label="O1")) == [
        'Q4!C2 O1 "Sell" is said to contribute to itself: "Sell".'
    ]
    assert hits(alignment_cycle, objective("Sell", to="O1", label="O1")) == [
        'Q4!C2 O1 "Sell" is said to contribute to itself: "O1".'
    ]


def test_an_objective_that_names_a_key_result_of_its_own_does_so_too() -> None:
    (line,) = hits(alignment_cycle, objective("Sell", kr("Sell 9 boats"), to="Sell 9 boats"))

    assert line == 'Q4!C2 "Sell" is said to contribute to its own key result "Sell 9 boats": "Sell 9 boats".'


def test_one_that_names_itself_does_not_name_what_is_missing() -> None:
    assert hits(dangling_parent, objective("Sell", to="Sell")) == []
