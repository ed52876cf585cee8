"""KR002: targets without a baseline."""

from __future__ import annotations

import pytest

from okrsync.checks.kr002_no_baseline import no_baseline
from okrsync.model import KeyResult
from tests.checks.hits import hits
from tests.okrs import kr, metric, objective


def test_a_target_without_a_baseline_is_a_warning_at_the_baseline() -> None:
    assert hits(no_baseline, objective("Grow", kr("Raise NPS to 50", kind="increase", target=50))) == [
        'Q4!D2 "Raise NPS to 50" has a target and no baseline: nobody knows how far there is to go.'
    ]


def test_a_level_to_reach_needs_a_baseline_too() -> None:
    assert len(hits(no_baseline, objective("Grow", kr("85 % of tickets in a day", target=85, unit="%")))) == 1


def test_a_change_without_a_baseline_is_a_warning() -> None:
    change = kr("Cut costs by 5 %", metric=metric("decrease", change=("relative", -5)))

    assert hits(no_baseline, objective("Grow", change)) == [
        'Q4!D2 "Cut costs by 5 %" wants a change and has no baseline: nobody knows from what.'
    ]


def test_a_share_of_nothing_is_a_warning() -> None:
    change = kr("Double the users", metric=metric("increase", 0, change=("multiple", 2)))

    assert hits(no_baseline, objective("Grow", change)) == [
        'Q4!D2 "Double the users" wants a share of a baseline of 0, which leads nowhere.'
    ]


@pytest.mark.parametrize(
    "sound",
    [
        kr("From 32 to 50", 32, 50),
        kr("Win 20 logos", target=20, unit="count"),
        kr("Hold", kind="maintain_above", target=9),
    ],
    ids=lambda k: k.title,
)
def test_a_baseline_a_count_or_a_level_to_hold_is_no_fault(sound: KeyResult) -> None:
    assert hits(no_baseline, objective("Grow", sound)) == []
