"""KR001: key results that cannot be measured."""

from __future__ import annotations

from okrsync.checks.kr001_unmeasurable import unmeasurable
from tests.checks.hits import hits
from tests.okrs import kr, metric, objective


def test_a_key_result_without_number_and_test_is_a_warning() -> None:
    assert hits(unmeasurable, objective("Grow", kr("Improve communication", kind="qualitative"))) == [
        'Q4!B2 "Improve communication" has no number and nothing that is done or not done.'
    ]


def test_a_key_result_without_a_target_is_a_warning_at_the_target() -> None:
    assert hits(unmeasurable, objective("Grow", kr("Raise NPS", 32, None, 40))) == [
        'Q4!E2 "Raise NPS" has no target: there is nothing to measure it against.'
    ]


def test_what_the_sentence_says_and_could_not_be_taken_is_told_with_the_reason() -> None:
    one = kr("Hire 4 to 6 cooks", metric=metric("reach", current=2))

    assert hits(unmeasurable, objective("Grow", one)) == [
        'Q4!E2 "Hire 4 to 6 cooks" may mean: reach 4. It is not scored, since that is not certain: '
        "a range: its lower end is taken."
    ]


def test_a_number_or_a_yes_no_test_is_enough() -> None:
    office = kr("Open the office", kind="milestone", yes_no=True)

    assert hits(unmeasurable, objective("Grow", kr("Raise NPS", 32, 50, 40), office)) == []


def test_a_wanted_change_is_enough() -> None:
    change = kr("Cut costs by 5 %", metric=metric("decrease", change=("relative", -5)))

    assert hits(unmeasurable, objective("Grow", change)) == []


def test_a_long_title_is_cut() -> None:
    (line,) = hits(unmeasurable, objective("Grow", kr("Improve " + "very " * 50, kind="qualitative")))

    assert len(line) < 160
    assert "…" in line
