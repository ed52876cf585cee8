"""The table "Status" of docs/scoring.md, a test per row; and the colours of a score."""

from __future__ import annotations

from datetime import date

import pytest

from okrsync.config import Scoring
from okrsync.model import Commitment, KeyResult, Thresholds
from okrsync.scoring import KeyResultScore, Status, score_colour, score_key_result
from tests.okrs import AFTER, END, HALFWAY, Q4, START, kr, scored
from tests.okrs import objective as o

ASPIRATIONAL = Commitment.ASPIRATIONAL
COMMITTED = Commitment.COMMITTED


def stands(key_result: KeyResult, today: date = HALFWAY, thresholds: Thresholds | None = None) -> KeyResultScore:
    """Where a key result of 2026-Q4 stands on a day."""
    return score_key_result(key_result, Q4, today, Scoring(), thresholds or Thresholds())


def status(key_result: KeyResult, today: date = HALFWAY) -> Status:
    """Its status."""
    return stands(key_result, today).status


# pace


def test_the_share_due_is_the_share_of_the_cycle_that_has_passed() -> None:
    assert stands(kr("Grow", 0, 10, 5), HALFWAY).expected == pytest.approx(45 / 91)
    assert stands(kr("Grow", 0, 10, 5), START).expected == 0
    assert stands(kr("Grow", 0, 10, 5), END).expected == 1


def test_a_key_result_runs_from_its_own_start_to_its_own_due_date() -> None:
    own = kr("Grow", 0, 10, 5, start=date(2026, 11, 5), due=date(2026, 11, 25))

    assert stands(own, HALFWAY).expected == 0.5


def test_an_aspirational_key_result_is_expected_to_reach_seven_tenths() -> None:
    assert stands(kr("Dream", 0, 10, 5, commitment=ASPIRATIONAL), END).expected == 0.7


def test_a_due_date_before_the_start_expects_nothing_before_it_and_all_from_then_on() -> None:
    odd = kr("Grow", 0, 10, 5, start=date(2026, 11, 20), due=date(2026, 11, 18))

    assert stands(odd, date(2026, 11, 17)).expected == 0
    assert stands(odd, date(2026, 11, 18)).expected == 1


def test_a_due_date_before_the_start_is_a_problem_of_its_cell() -> None:
    odd = kr("Grow", 0, 10, 5, start=date(2026, 11, 20), due=date(2026, 11, 18))

    (problem,) = scored(o("Aim", odd)).problems

    assert problem[1:] == (
        "due",
        "the due date 2026-11-18 is not after the start 2026-11-20; nothing is due before it",
    )


def test_planned_values_of_the_sheet_take_the_place_of_the_pace_and_are_not_scaled() -> None:
    plan = ((date(2026, 10, 31), 0.1), (date(2026, 11, 30), 0.3), (END, 1.0))

    on = {day: stands(kr("Grow", 0, 10, 1, waypoints=plan, commitment=ASPIRATIONAL), day).expected for day in (
        START, date(2026, 10, 16), date(2026, 10, 31), HALFWAY, date(2026, 11, 30), END,
    )}  # fmt: skip

    assert list(on.values()) == pytest.approx([0, 0.05, 0.1, 0.2, 0.3, 1.0])


def test_the_last_planned_value_holds_on() -> None:
    plan = ((date(2026, 10, 31), 0.4),)

    assert stands(kr("Grow", 0, 10, 1, waypoints=plan), HALFWAY).expected == 0.4


def test_what_has_no_pace_has_no_share_due() -> None:
    held = kr("Hold", kind="maintain_above", target=9, current=9)
    yes_no = kr("Open the office", kind="milestone", current=0, yes_no=True)
    vague = kr("Be nice", kind="qualitative")

    assert [stands(each).expected for each in (held, yes_no, vague)] == [None, None, None]


# 1 achieved


def test_a_reached_target_is_achieved_before_the_cycle_is_over() -> None:
    assert status(kr("Grow", 0, 10, 10)) is Status.ACHIEVED
    assert status(kr("Grow", 0, 10, 12), START) is Status.ACHIEVED


@pytest.mark.parametrize(
    "held",
    [
        kr("Hold", kind="maintain_above", target=9, current=9),
        kr("Band", kind="between", target=4, current=5, metric=None).model_copy(
            update={"metric": kr("x", kind="between", target=4, current=5).metric.model_copy(update={"upper": 6.0})}
        ),
        kr("Flat", 9, 9, 9),
    ],
    ids=["maintain", "between", "flat"],
)
def test_a_level_that_is_held_is_achieved_only_when_the_cycle_is_over(held: KeyResult) -> None:
    assert status(held, END) is Status.ON_TRACK
    assert status(held, AFTER) is Status.ACHIEVED


def test_an_aspirational_key_result_is_achieved_at_seven_tenths_once_it_is_over() -> None:
    dream = kr("Dream", 0, 10, 7, commitment=ASPIRATIONAL)

    assert status(dream, END) is Status.ON_TRACK
    assert status(dream, AFTER) is Status.ACHIEVED
    assert status(kr("Dream", 0, 10, 6.9, commitment=ASPIRATIONAL), AFTER) is Status.MISSED


def test_an_aspirational_level_that_is_not_held_is_missed_like_any_other() -> None:
    assert status(kr("Hold", 9, 9, 8, commitment=ASPIRATIONAL), AFTER) is Status.MISSED


# 2 missed


@pytest.mark.parametrize(
    "open_at_the_end",
    [kr("Grow", 0, 10, 9.9), kr("Silent", 0, 10), kr("Hold", kind="maintain_above", target=9, current=8)],
    ids=lambda k: k.title,
)
def test_what_is_not_achieved_when_it_is_over_is_missed(open_at_the_end: KeyResult) -> None:
    assert status(open_at_the_end, AFTER) is Status.MISSED


def test_its_own_due_date_says_when_it_is_over() -> None:
    assert status(kr("Grow", 0, 10, 9, due=date(2026, 11, 14))) is Status.MISSED
    assert status(kr("Grow", 0, 10, 9, due=HALFWAY)) is Status.ON_TRACK


# 3 not started


def test_before_its_start_a_key_result_is_not_started() -> None:
    assert status(kr("Grow", 0, 10, 2, start=date(2026, 12, 1))) is Status.NOT_STARTED


def test_no_value_within_seven_days_of_the_start_is_not_started() -> None:
    assert status(kr("Grow", 0, 10), date(2026, 10, 8)) is Status.NOT_STARTED
    assert status(kr("Grow", 0, 10), date(2026, 10, 9)) is Status.NO_DATA


# 4 no data


def test_no_value_is_no_data() -> None:
    assert status(kr("Grow", 0, 10)) is Status.NO_DATA


def test_a_value_that_gives_no_progress_is_no_data_at_once() -> None:
    assert status(kr("Cut to 10", kind="decrease", target=10, current=11), date(2026, 10, 2)) is Status.NO_DATA
    assert status(kr("Be nice", kind="qualitative", current=3)) is Status.NO_DATA


# 5 off track, 6 at risk


@pytest.mark.parametrize(
    ("current", "expected"),
    [(2.49, Status.OFF_TRACK), (2.5, Status.AT_RISK), (3.99, Status.AT_RISK), (4, Status.ON_TRACK)],
)
def test_the_gap_to_the_pace_decides(current: float, expected: Status) -> None:
    half_due = kr("Grow", 0, 10, current, start=date(2026, 11, 5), due=date(2026, 11, 25))

    assert status(half_due) is expected


def test_the_gaps_are_options() -> None:
    half_due = kr("Grow", 0, 10, 3, start=date(2026, 11, 5), due=date(2026, 11, 25))

    assert stands(half_due, thresholds=Thresholds(at_risk_gap=0.3)).status is Status.ON_TRACK
    assert stands(half_due, thresholds=Thresholds(off_track_gap=0.15)).status is Status.OFF_TRACK


def test_a_level_that_is_not_held_is_off_track_from_the_first_day() -> None:
    assert status(kr("Hold", kind="maintain_below", target=5, current=6), START) is Status.OFF_TRACK


def test_an_open_milestone_is_at_risk_in_its_last_fourteen_days() -> None:
    gate = kr("Open the office", kind="milestone", current=0, yes_no=True)

    assert status(gate, date(2026, 12, 16)) is Status.ON_TRACK
    assert status(gate, date(2026, 12, 17)) is Status.AT_RISK
    assert status(gate, END) is Status.AT_RISK
    assert status(gate, AFTER) is Status.MISSED


def test_a_milestone_that_is_done_is_achieved() -> None:
    assert status(kr("Open the office", kind="milestone", current=1, yes_no=True)) is Status.ACHIEVED


def test_a_milestone_with_a_fraction_has_a_pace_like_any_other() -> None:
    assert status(kr("3 of 7 sites", kind="milestone", current=3 / 7)) is Status.ON_TRACK
    assert status(kr("1 of 7 sites", kind="milestone", current=1 / 7)) is Status.OFF_TRACK


# 7 stale, 8 on track


def test_a_check_in_older_than_fourteen_days_is_stale() -> None:
    assert status(kr("Grow", 0, 10, 6, updated=date(2026, 11, 1))) is Status.ON_TRACK
    assert status(kr("Grow", 0, 10, 6, updated=date(2026, 10, 31))) is Status.STALE


def test_how_old_a_check_in_may_be_is_an_option() -> None:
    old = kr("Grow", 0, 10, 6, updated=date(2026, 10, 31))

    assert stands(old, thresholds=Thresholds(stale_days=30)).status is Status.ON_TRACK


def test_being_behind_matters_more_than_being_stale() -> None:
    assert status(kr("Grow", 0, 10, 0, updated=date(2026, 10, 1))) is Status.OFF_TRACK


def test_everything_else_is_on_track() -> None:
    assert status(kr("Grow", 0, 10, 5)) is Status.ON_TRACK


# colours


@pytest.mark.parametrize(
    ("value", "committed", "aspirational"),
    [
        (0.0, "red", "red"),
        (0.39, "red", "red"),
        (0.4, "red", "amber"),
        (0.69, "red", "amber"),
        (0.7, "amber", "green"),
        (0.99, "amber", "green"),
        (1.0, "green", "green"),
    ],
)
def test_the_colour_of_a_score_depends_on_the_commitment(value: float, committed: str, aspirational: str) -> None:
    assert score_colour(value, COMMITTED, Thresholds()) == committed
    assert score_colour(value, ASPIRATIONAL, Thresholds()) == aspirational
