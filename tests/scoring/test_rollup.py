"""Scores of objectives: weights, what is left out, contributing objectives, and the worst status."""

from __future__ import annotations

import pytest

from okrsync.config import Scoring
from okrsync.model import Commitment, Objective, OkrSet, Thresholds
from okrsync.scoring import ObjectiveScore, Scores, Status, rounded, score
from tests.okrs import AFTER, HALFWAY, Q3, kr, okrs, reviews, scored
from tests.okrs import objective as o

SKIP = Scoring(missing="skip")
CHILDREN = Scoring(rollup="children")


def only(scores: Scores) -> ObjectiveScore:
    """The score of the only objective."""
    (found,) = scores.objectives.values()
    return found


def by_title(*objectives: Objective, options: Scoring | None = None) -> dict[str, ObjectiveScore]:
    """Scores by the objectives' titles."""
    review = reviews(*objectives, options=options)[0]
    return {each.title or "": review.scores.objectives[each.key] for each in review.everything.objectives}


# weights


def test_without_weights_every_key_result_counts_the_same() -> None:
    assert only(scored(o("Aim", kr("a", 0, 10, 10), kr("b", 0, 10, 5)))).score == 0.75


def test_weights_count() -> None:
    assert only(scored(o("Aim", kr("a", 0, 10, 10, weight=3), kr("b", 0, 10, 2, weight=1)))).score == pytest.approx(0.8)


def test_a_missing_weight_is_the_mean_of_those_given() -> None:
    three = o("Aim", kr("a", 0, 10, 10, weight=1), kr("b", 0, 10, 0, weight=3), kr("c", 0, 10, 5))

    assert only(scored(three)).score == pytest.approx((1 * 1 + 3 * 0 + 2 * 0.5) / 6)


def test_a_negative_weight_is_zero_and_a_problem_of_its_cell() -> None:
    scores = scored(o("Aim", kr("a", 0, 10, 10, weight=-2), kr("b", 0, 10, 4, weight=1)))

    assert only(scores).score == pytest.approx(0.4)
    assert [each[1:] for each in scores.problems] == [("weight", "the weight -2 is negative; it counts as 0")]


def test_weights_that_are_all_zero_give_the_plain_mean_and_a_problem() -> None:
    scores = scored(o("Aim", kr("a", 0, 10, 10, weight=0), kr("b", 0, 10, 4, weight=0)))

    assert only(scores).score == pytest.approx(0.7)
    assert [each[1:] for each in scores.problems] == [
        ("weight", "every weight of this objective is 0; all count the same")
    ]


def test_a_weight_of_an_objective_below_zero_is_a_problem_too() -> None:
    (problem,) = scored(o("Aim", kr("a", 0, 10, 10), weight=-1)).problems

    assert problem[1:] == ("objective_weight", "the weight -1 is negative; it counts as 0")


def test_huge_weights_do_no_harm() -> None:
    assert only(scored(o("Aim", kr("a", 0, 10, 10, weight=1e308), kr("b", 0, 10, 5, weight=1e308)))).score == 0.75


# what enters


def test_a_score_is_clamped_before_it_enters() -> None:
    assert only(scored(o("Aim", kr("a", 0, 10, 20), kr("b", 0, 10, -5)))).score == 0.5


def test_no_value_counts_as_zero() -> None:
    assert only(scored(o("Aim", kr("a", 0, 10, 10), kr("b", 0, 10)))).score == 0.5


def test_no_value_is_left_out_where_the_config_says_so() -> None:
    assert only(scored(o("Aim", kr("a", 0, 10, 10), kr("b", 0, 10)), options=SKIP)).score == 1


def test_with_nothing_left_there_is_no_score() -> None:
    assert only(scored(o("Aim", kr("a", 0, 10)), options=SKIP)).score is None


def test_qualitative_key_results_are_left_out_of_every_roll_up() -> None:
    mixed = only(scored(o("Aim", kr("a", 0, 10, 10), kr("Be nice", kind="qualitative"))))

    assert (mixed.score, mixed.status) == (1, Status.ACHIEVED)


def test_an_objective_of_nothing_but_qualitative_key_results_has_no_data() -> None:
    assert only(scored(o("Aim", kr("Be nice", kind="qualitative")))) == ObjectiveScore(None, Status.NO_DATA)


# contributing objectives


def test_an_objective_without_key_results_is_derived_from_those_that_contribute() -> None:
    found = by_title(
        o("Aim", level="company"),
        o("One", kr("a", 0, 10, 10), to="Aim"),
        o("Two", kr("b", 0, 10, 2.5), to="Aim"),
    )

    assert found["Aim"] == ObjectiveScore(0.625, Status.AT_RISK, derived=True)


def test_those_that_contribute_count_the_same_whatever_their_own_weight() -> None:
    found = by_title(
        o("Aim", level="company"),
        o("One", kr("a", 0, 10, 10), to="Aim", weight=9),
        o("Two", kr("b", 0, 10, 0), to="Aim", weight=1),
    )

    assert found["Aim"].score == 0.5


def test_a_chain_of_objectives_without_key_results_is_derived_from_its_end() -> None:
    found = by_title(
        o("Aim", level="company"),
        o("Middle", to="Aim", level="department"),
        o("End", kr("a", 0, 10, 6), to="Middle"),
    )

    assert found["Aim"].score == found["Middle"].score == 0.6


def test_an_objective_without_key_results_that_nobody_serves_has_no_score() -> None:
    assert only(scored(o("Aim"))) == ObjectiveScore(None, Status.NO_DATA)


def test_contributing_objectives_do_not_change_a_score_that_has_key_results() -> None:
    found = by_title(o("Aim", kr("own", 0, 10, 2), level="company"), o("One", kr("a", 0, 10, 10), to="Aim"))

    assert found["Aim"].score == pytest.approx(0.2)
    assert not found["Aim"].derived


def test_contributing_objectives_count_instead_where_the_config_says_so() -> None:
    found = by_title(
        o("Aim", kr("own", 0, 10, 2), level="company"), o("One", kr("a", 0, 10, 10), to="Aim"), options=CHILDREN
    )

    assert found["Aim"] == ObjectiveScore(1, Status.ACHIEVED, derived=True)
    assert not found["One"].derived


def test_members_of_a_ring_are_scored_from_their_own_key_results() -> None:
    found = by_title(
        o("A", to="B"),
        o("B", kr("b", 0, 10, 5), to="A"),
        o("C", kr("c", 0, 10, 10), to="A"),
    )

    assert found["A"] == ObjectiveScore(None, Status.NO_DATA)
    assert found["B"].score == 0.5


def test_what_lies_above_a_ring_is_derived_from_it() -> None:
    found = by_title(
        o("Aim", level="company"),
        o("A", kr("a", 0, 10, 10), to=("B", "Aim")),
        o("B", kr("b", 0, 10, 5), to="A"),
    )

    assert found["Aim"] == ObjectiveScore(1, Status.ACHIEVED, derived=True)


def test_a_ring_that_was_not_found_does_not_stop_the_scores() -> None:
    review = reviews(o("A", kr("a", 0, 10, 5), to="B"), o("B", to="A"))[0]
    blind = type(review.alignment)(children=review.alignment.children)

    found = score(review.everything, blind, HALFWAY, CHILDREN, Thresholds())

    assert [each.score for each in found.objectives.values()] == [0.5, None]


# status


def test_an_objective_has_the_worst_status_of_its_committed_key_results() -> None:
    dream = kr("Dream", 0, 10, 0, commitment=Commitment.ASPIRATIONAL)

    assert only(scored(o("Aim", kr("a", 0, 10, 10), kr("b", 0, 10, 5), dream))).status is Status.ON_TRACK


def test_an_objective_of_aspirational_key_results_has_the_worst_of_them() -> None:
    dreams = [kr(f"Dream {i}", 0, 10, i, commitment=Commitment.ASPIRATIONAL) for i in (0, 10)]

    assert only(scored(o("Aim", *dreams))).status is Status.OFF_TRACK


def test_the_order_of_statuses_is_missed_off_track_no_data_at_risk_stale_not_started_on_track_achieved() -> None:
    from okrsync.scoring.status import WORST_FIRST, worst

    assert [str(each) for each in WORST_FIRST] == [
        "missed", "off track", "no data", "at risk", "stale", "not started", "on track", "achieved",
    ]  # fmt: skip
    assert all(worst(WORST_FIRST[i:]) is WORST_FIRST[i] for i in range(len(WORST_FIRST)))


def test_each_objective_is_scored_against_its_own_cycle() -> None:
    found = by_title(o("Now", kr("a", 0, 10, 5)), o("Past", kr("b", 0, 10, 5), cycle=Q3))

    assert (found["Now"].status, found["Past"].status) == (Status.ON_TRACK, Status.MISSED)


def test_scores_follow_the_order_of_the_objectives() -> None:
    everything = okrs(o("B", level="company"), o("A", kr("a", 0, 1, 1), to="B"))

    assert list(reviews(*everything.objectives, today=AFTER)[0].scores.objectives) == [
        each.key for each in everything.objectives
    ]


def test_nothing_read_is_nothing_scored() -> None:
    from okrsync.alignment import Alignment

    assert score(OkrSet(), Alignment(), HALFWAY, Scoring(), Thresholds()) == Scores()


# rounding


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (0.465, 2, 0.47),
        (2.675, 2, 2.68),
        (1.005, 2, 1.01),
        (0.285 * 100, 0, 29),
        (-0.125, 2, -0.13),
        (0.5, 0, 1),
        (-0.5, 0, -1),
        (1.25, 1, 1.3),
        (0.4666666666, 6, 0.466667),
        (1234.5, -2, 1200),
        (1e300, 2, 1e300),
        (float("inf"), 2, float("inf")),
    ],
)
def test_halves_are_rounded_away_from_zero_on_the_decimal_text(value: float, digits: int, expected: float) -> None:
    assert rounded(value, digits) == expected


def test_rounding_never_leaves_a_negative_zero() -> None:
    assert str(rounded(-0.0001, 2)) == "0.0"


def test_weights_of_zero_beside_a_weighted_one_without_a_number_are_a_problem_too() -> None:
    nice = kr("Be nice", kind="qualitative", weight=5)
    scores = scored(o("Aim", kr("a", 0, 10, 10, weight=0), kr("b", 0, 10, 0, weight=0), nice))

    assert only(scores).score == 0.5
    assert [problem[1:] for problem in scores.problems] == [
        ("weight", "every weight of this objective is 0; all count the same")
    ]


def test_a_missing_weight_beside_zeros_takes_its_part_from_every_weight_given() -> None:
    nice = kr("Be nice", kind="qualitative", weight=5)

    assert scored(o("Aim", kr("a", 0, 10, 10, weight=0), kr("b", 0, 10, 0), nice)).problems == ()
