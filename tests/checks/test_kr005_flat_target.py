"""KR005: targets that are their baseline."""

from __future__ import annotations

from okrsync.checks.kr005_flat_target import flat_target
from tests.checks.hits import hits
from tests.okrs import kr, metric, objective


def test_a_target_that_is_its_baseline_is_a_warning_at_the_target() -> None:
    assert hits(flat_target, objective("Hold", kr("Uptime", 99.9, 99.9, 99.8))) == [
        'Q4!E2 "Uptime": the target 99.9 is its baseline.'
    ]


def test_a_change_of_nothing_is_a_warning() -> None:
    assert hits(flat_target, objective("Hold", kr("Uptime", metric=metric("increase", 5, change=("absolute", 0))))) == [
        'Q4!E2 "Uptime": the wanted change is none.'
    ]


def test_a_target_that_moves_is_no_fault() -> None:
    assert hits(flat_target, objective("Grow", kr("Win", 5, 6, 5), kr("Hold", kind="maintain_above", target=5))) == []
