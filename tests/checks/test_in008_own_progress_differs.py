"""IN008: the sheet's own progress or score against ours."""

from __future__ import annotations

from okrsync.checks.in008_own_progress_differs import own_progress_differs
from okrsync.model import Thresholds
from tests.checks.hits import hits
from tests.okrs import kr, objective


def test_a_progress_that_the_values_do_not_come_to_is_named_with_both() -> None:
    assert hits(own_progress_differs, objective("Grow", kr("Win", 10, 20, 15, own_progress=80.0))) == [
        'Q4!I2 "Win": the sheet says 80 %, its values come to 50 %.'
    ]


def test_a_score_that_the_values_do_not_come_to_is_named_with_both() -> None:
    assert hits(own_progress_differs, objective("Grow", kr("Win", 10, 20, 15, own_score=0.7))) == [
        'Q4!J2 "Win": the sheet says 70 %, its values come to 50 %.'
    ]


def test_a_point_is_no_difference() -> None:
    assert hits(own_progress_differs, objective("Grow", kr("Win", 10, 20, 15, own_progress=51.0))) == []
    assert len(hits(own_progress_differs, objective("Grow", kr("Win", 10, 20, 15, own_progress=51.1)))) == 1


def test_how_far_they_may_differ_is_an_option() -> None:
    sheet = objective("Grow", kr("Win", 10, 20, 15, own_progress=54.0))

    assert hits(own_progress_differs, sheet, thresholds=Thresholds(own_progress_points=5)) == []


def test_a_sheet_that_caps_at_a_hundred_percent_agrees_with_an_overshoot() -> None:
    assert hits(own_progress_differs, objective("Grow", kr("Win", 10, 20, 30, own_progress=100.0))) == []
    assert hits(own_progress_differs, objective("Grow", kr("Win", 10, 20, 30, own_progress=200.0))) == []


def test_an_objectives_own_progress_is_compared_with_the_roll_up() -> None:
    assert hits(own_progress_differs, objective("Grow", kr("Win", 10, 20, 15), own_progress=90.0)) == [
        'Q4!I2 "Grow": the sheet says 90 %, its values come to 50 %.'
    ]


def test_where_we_have_no_progress_there_is_nothing_to_compare() -> None:
    assert hits(own_progress_differs, objective("Grow", kr("Win", 10, 20, own_progress=80.0))) == []
