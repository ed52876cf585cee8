"""IN002: what is no date, and due dates before their start."""

from __future__ import annotations

from datetime import date

from okrsync.checks.in002_unreadable_date import unreadable_date
from okrsync.findings import Severity
from tests.checks.hits import hits
from tests.checks.raised import as_finding
from tests.okrs import kr, objective


def test_what_the_reader_raises_is_a_warning() -> None:
    assert as_finding("IN002", '"soon" in column "Due" is not a date.').severity is Severity.WARNING


def test_a_due_date_before_its_start_is_a_warning_at_its_cell() -> None:
    sheet = objective("Grow", kr("Win", 0, 10, 5, start=date(2026, 11, 20), due=date(2026, 11, 18)))

    assert hits(unreadable_date, sheet) == [
        'Q4!L2 warning "Win": the due date 2026-11-18 is not after the start 2026-11-20; nothing is due before it.'
    ]


def test_dates_in_order_are_no_fault() -> None:
    sheet = objective("Grow", kr("Win", 0, 10, 5, start=date(2026, 11, 1), due=date(2026, 11, 18)))

    assert hits(unreadable_date, sheet) == []
