"""CY001: key results that are off track."""

from __future__ import annotations

from okrsync.checks.cy001_off_pace import off_pace
from tests.checks.hits import hits
from tests.okrs import END, kr, objective


def test_a_key_result_far_behind_is_a_warning_at_its_value() -> None:
    assert hits(off_pace, objective("Grow", kr("Win 20 logos", 0, 20, 4)), today=END) == [
        'Q4!F2 "Win 20 logos" stands at 20 % where 100 % is expected today.'
    ]


def test_a_level_that_is_not_held_is_a_warning() -> None:
    assert hits(off_pace, objective("Hold", kr("Uptime", kind="maintain_above", target=99.9, current=98))) == [
        'Q4!F2 "Uptime" is not at the level that is to be held.'
    ]


def test_a_key_result_on_pace_is_no_fault() -> None:
    assert hits(off_pace, objective("Grow", kr("Win 20 logos", 0, 20, 10), kr("Silent", 0, 20))) == []
