"""CY002: open key results that nobody looked at for long."""

from __future__ import annotations

from datetime import date

from okrsync.checks.cy002_stale import stale
from okrsync.model import Thresholds
from tests.checks.hits import hits
from tests.okrs import AFTER, kr, objective

OLD = date(2026, 10, 20)


def test_an_old_check_in_is_a_warning_at_its_date() -> None:
    assert hits(stale, objective("Grow", kr("Win 20 logos", 0, 20, 12, updated=OLD))) == [
        'Q4!M2 "Win 20 logos" was last updated on 2026-10-20, 26 days ago.'
    ]


def test_a_key_result_that_is_behind_may_be_stale_too() -> None:
    assert len(hits(stale, objective("Grow", kr("Win 20 logos", 0, 20, 0, updated=OLD)))) == 1


def test_what_is_achieved_or_over_needs_no_check_in() -> None:
    assert hits(stale, objective("Grow", kr("Win 20 logos", 0, 20, 20, updated=OLD))) == []
    assert hits(stale, objective("Grow", kr("Win 20 logos", 0, 20, 2, updated=OLD)), today=AFTER) == []


def test_a_recent_check_in_or_none_at_all_is_no_fault() -> None:
    recent = kr("Win 20 logos", 0, 20, 12, updated=date(2026, 11, 1))

    assert hits(stale, objective("Grow", recent, kr("Sell", 0, 20, 12))) == []


def test_how_long_is_an_option() -> None:
    sheet = objective("Grow", kr("Win 20 logos", 0, 20, 12, updated=OLD))

    assert hits(stale, sheet, thresholds=Thresholds(stale_days=30)) == []
