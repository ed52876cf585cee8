"""The tables "Kinds and their progress" and "Edges" of docs/scoring.md, a test per row."""

from __future__ import annotations

import math
from typing import Any

import pytest

from okrsync.model import Comparator
from okrsync.scoring.progress import Progress, progress
from tests.okrs import metric


def of(*args: Any, **more: Any) -> float | None:  # what `metric` takes
    """The progress of a metric written as kind, baseline, target, current."""
    return progress(metric(*args, **more)).value


def codes(*args: Any, **more: Any) -> tuple[str, ...]:  # what `metric` takes
    """The codes its rules raise."""
    return progress(metric(*args, **more)).codes


# increase and decrease


def test_an_increase_from_baseline_to_target_is_the_share_of_the_way() -> None:
    assert of("increase", 32, 50, 41) == 0.5


def test_a_decrease_takes_the_same_formula() -> None:
    assert of("decrease", 45, 30, 39) == pytest.approx(0.4)


def test_a_target_of_zero_is_fine_with_a_baseline() -> None:
    assert of("decrease", 8, 0, 2) == 0.75


def test_an_increase_with_only_a_target_counts_from_an_assumed_zero_and_raises_kr002() -> None:
    found = progress(metric("increase", None, 50, 40, unit="count"))

    assert found == Progress(0.8, assumed=("baseline 0",), codes=("KR002",))


def test_an_increase_to_at_most_something_is_a_ceiling_as_reach_is() -> None:
    assert of("increase", None, 5, 6, comparator="<=") == 0
    assert of("increase", None, 5, 5, comparator="<=") == 1


def test_an_increase_to_zero_or_less_without_a_baseline_is_known_only_once_it_is_there() -> None:
    assert of("increase", None, 0, 3) == 1
    assert of("increase", None, 0, -3) is None
    assert codes("increase", None, -5, -9) == ("KR002",)


def test_a_decrease_with_only_a_target_is_done_once_it_is_there() -> None:
    assert of("decrease", None, 10, 10) == 1
    assert of("decrease", None, 10, 4) == 1
    assert codes("decrease", None, 10, 4) == ("KR002",)


def test_a_decrease_with_only_a_target_has_no_data_before_it_is_there() -> None:
    assert of("decrease", None, 10, 11) is None
    assert codes("decrease", None, 10, 11) == ("KR002",)


def test_a_relative_change_of_a_baseline_gives_the_target() -> None:
    assert of("increase", 200, None, 220, change=("relative", 20)) == 0.5
    assert of("decrease", 200, None, 190, change=("relative", -10)) == 0.5


def test_a_relative_change_of_a_negative_baseline_goes_the_way_its_sign_says() -> None:
    assert of("increase", -200, None, -180, change=("relative", 20)) == 0.5


def test_an_absolute_change_of_a_baseline_gives_the_target() -> None:
    assert of("decrease", 60, None, 50, change=("absolute", -15)) == pytest.approx(2 / 3)
    assert of("increase", 0, None, 5, change=("absolute", 10)) == 0.5


def test_a_multiple_of_a_baseline_gives_the_target() -> None:
    assert of("increase", 10, None, 20, change=("multiple", 3)) == 0.5


@pytest.mark.parametrize("change", [("relative", 20), ("multiple", 3)])
def test_a_share_of_a_baseline_of_zero_leads_nowhere(change: tuple[str, float]) -> None:
    assert of("increase", 0, None, 5, change=change) is None
    assert codes("increase", 0, None, 5, change=change) == ("KR002",)


def test_a_multiple_of_a_negative_baseline_leads_nowhere() -> None:
    assert of("increase", -4, None, 5, change=("multiple", 2)) is None
    assert codes("increase", -4, None, 5, change=("multiple", 2)) == ("KR002",)


def test_a_change_achieved_counts_against_the_change_wanted() -> None:
    assert of("increase", None, None, 10, change=("relative", 20), current_is_change=True) == 0.5
    assert codes("increase", None, None, 10, change=("relative", 20), current_is_change=True) == ()


def test_a_change_achieved_keeps_its_sign() -> None:
    assert of("decrease", None, None, -3, change=("absolute", -5), current_is_change=True) == pytest.approx(0.6)
    assert of("decrease", None, None, 3, change=("absolute", -5), current_is_change=True) == pytest.approx(-0.6)


def test_a_multiple_achieved_starts_at_one() -> None:
    assert of("increase", None, None, 2, change=("multiple", 3), current_is_change=True) == 0.5


def test_a_change_achieved_is_the_same_with_a_baseline_beside_it() -> None:
    assert of("increase", 200, None, 10, change=("relative", 20), current_is_change=True) == 0.5


def test_a_change_achieved_on_the_way_from_baseline_to_target_counts_from_the_baseline() -> None:
    assert of("increase", 200, 240, 10, current_is_change=True) == 0.25


def test_a_change_achieved_beside_only_a_target_says_nothing() -> None:
    assert of("increase", None, 240, 10, current_is_change=True) is None


def test_a_level_beside_a_change_without_a_baseline_is_no_data() -> None:
    assert of("increase", None, None, 240, change=("relative", 20)) is None
    assert codes("increase", None, None, 240, change=("relative", 20)) == ("KR002",)


def test_an_increase_without_target_and_change_has_no_progress() -> None:
    assert of("increase", 1, None, 2) is None


# reach


@pytest.mark.parametrize("comparator", [None, ">=", ">"])
def test_reach_counts_from_an_assumed_zero(comparator: Comparator | None) -> None:
    found = progress(metric("reach", None, 20, 5, comparator=comparator))

    assert found == Progress(0.25, assumed=("baseline 0",))


@pytest.mark.parametrize("unit", ["%", "pp", "score", "x", "day", "hour", "ms"])
def test_reach_of_a_level_raises_kr002_since_zero_is_no_honest_start(unit: str) -> None:
    assert codes("reach", None, 90, 45, unit=unit) == ("KR002",)
    assert of("reach", None, 90, 45, unit=unit) == 0.5


@pytest.mark.parametrize("unit", [None, "count", "USD", "家"])
def test_reach_of_a_count_or_money_may_start_at_zero(unit: str | None) -> None:
    assert codes("reach", None, 90, 45, unit=unit) == ()


@pytest.mark.parametrize(("comparator", "at_the_bound"), [("<=", 1), ("<", 0)])
def test_reach_at_most_something_is_a_ceiling(comparator: str, at_the_bound: float) -> None:
    assert of("reach", None, 600, 599, comparator=comparator) == 1
    assert of("reach", None, 600, 600, comparator=comparator) == at_the_bound
    assert of("reach", None, 600, 601, comparator=comparator) == 0


def test_reach_zero_or_less_is_a_ceiling() -> None:
    assert of("reach", None, 0, 0) == 1
    assert of("reach", None, 0, 2) == 0
    assert progress(metric("reach", None, 0, 2)).held


def test_reach_at_least_zero_is_the_floor_that_the_text_names() -> None:
    assert of("reach", None, 0, 2, comparator=">=") == 1
    assert of("reach", None, 0, -2, comparator=">=") == 0


def test_reach_with_a_baseline_goes_from_there() -> None:
    assert progress(metric("reach", 10, 20, 15, unit="%")) == Progress(0.5)
    assert of("reach", 900, 600, 750, comparator="<=") == 0.5


def test_reach_with_a_baseline_beyond_its_bound_is_held() -> None:
    assert of("reach", 300, 600, 400, comparator="<=") == 1
    assert of("reach", 10, 5, 4, comparator=">=") == 0


def test_reach_by_a_change_takes_the_change() -> None:
    assert of("reach", 100, None, 110, change=("relative", 20)) == 0.5


def test_reach_without_a_target_has_no_progress() -> None:
    assert of("reach", None, None, 4) is None


# maintain, between, milestone, qualitative


@pytest.mark.parametrize(("current", "met"), [(99.0, 0), (99.9, 1), (100.0, 1)])
def test_maintain_above_is_met_or_not(current: float, met: float) -> None:
    assert of("maintain_above", None, 99.9, current) == met


@pytest.mark.parametrize(("current", "met"), [(4.0, 1), (5.0, 1), (5.1, 0)])
def test_maintain_below_is_met_or_not(current: float, met: float) -> None:
    assert of("maintain_below", None, 5, current) == met


def test_equal_is_not_met_where_the_text_says_strictly() -> None:
    assert of("maintain_above", None, 5, 5, comparator=">") == 0
    assert of("maintain_below", None, 5, 5, comparator="<") == 0


def test_maintain_without_a_threshold_or_a_value_has_no_progress() -> None:
    assert of("maintain_above", None, None, 5) is None
    assert of("maintain_above", None, 5, None) is None


@pytest.mark.parametrize(("current", "inside"), [(3.9, 0), (4, 1), (5, 1), (6, 1), (6.1, 0)])
def test_between_is_inside_or_outside(current: float, inside: float) -> None:
    assert of("between", None, 4, current, upper=6) == inside
    assert of("between", None, 6, current, upper=4) == inside


def test_between_with_one_bound_has_no_progress() -> None:
    assert of("between", None, 4, 5) is None


@pytest.mark.parametrize("done", [0.0, 3 / 7, 0.4, 1.0])
def test_a_milestone_is_the_fraction_done(done: float) -> None:
    assert of("milestone", None, None, done) == done


def test_a_qualitative_key_result_has_no_progress_and_raises_kr001() -> None:
    assert of("qualitative", None, None, 7) is None
    assert codes("qualitative") == ("KR001",)


# edges


def test_an_increase_whose_target_is_its_baseline_is_held_at_or_above() -> None:
    assert progress(metric("increase", 5, 5, 6)) == Progress(1, held=True, codes=("KR005",))
    assert of("increase", 5, 5, 4) == 0


def test_a_decrease_whose_target_is_its_baseline_is_held_at_or_below() -> None:
    assert of("decrease", 5, 5, 4) == 1
    assert of("decrease", 5, 5, 6) == 0


def test_a_reach_whose_target_is_its_baseline_is_held_at_or_above_when_the_text_gives_no_direction() -> None:
    assert of("reach", 5, 5, 6) == 1
    assert of("reach", 5, 5, 6, comparator="<=") == 0


def test_no_change_wanted_is_flat_too() -> None:
    assert progress(metric("increase", 5, None, 5, change=("relative", 0))) == Progress(1, True, codes=("KR005",))
    assert codes("increase", None, None, 0, change=("multiple", 1), current_is_change=True) == ("KR005",)


def test_flat_is_said_before_there_is_a_value() -> None:
    assert progress(metric("increase", 5, 5)) == Progress(None, held=True, codes=("KR005",))


def test_no_baseline_is_said_before_there_is_a_value() -> None:
    assert codes("increase", None, 50) == ("KR002",)
    assert of("increase", None, 50) is None


def test_overshoot_and_worse_than_the_baseline_are_not_clamped() -> None:
    assert of("increase", 0, 100, 125) == 1.25
    assert of("increase", 50, 100, 40) == -0.2


def test_no_value_is_no_progress() -> None:
    assert of("increase", 0, 100) is None
    assert of("milestone") is None


def test_a_tenth_is_a_tenth_however_it_was_added_up() -> None:
    assert of("maintain_above", None, 0.3, 0.1 + 0.2) == 1
    assert of("maintain_below", None, 0.3, 0.1 + 0.2) == 1
    assert of("maintain_above", None, 0.3, 0.1 + 0.2, comparator=">") == 0
    assert codes("increase", 0.3, 0.1 + 0.2, 1) == ("KR005",)


def test_standing_at_the_baseline_of_a_decrease_is_no_negative_zero() -> None:
    assert math.copysign(1, of("decrease", 10, 5, 10) or 0.0) == 1


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_is_too_large_for_a_number_is_no_progress(value: float) -> None:
    assert of("increase", 0, 10, value) is None
    assert of("reach", None, 5e-324, 1e300) is None


def test_what_the_reader_assumed_is_said_too() -> None:
    told = {"baseline": "assumed", "unit": "assumed", "target": "cell"}

    assert progress(metric("increase", 3, 50, 40, unit="%", sources=told)).assumed == ("baseline 3", "unit %")
