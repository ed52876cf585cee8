"""IN002 unreadable-date: raised while a sheet is read, and for due dates that are not after their start."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.problems import problems
from okrsync.checks.rule import check
from okrsync.findings import Hit, Severity
from okrsync.review import Review


@check(
    "IN002",
    "unreadable-date",
    severity=Severity.WARNING,
    fix="type a date such as 2026-11-20, or clear the cell.",
)
def unreadable_date(review: Review) -> Iterator[Hit]:
    """A date cell names no day, or a due date that is not after the start, so that there is no pace to go by.

    Without a date of its own a key result starts and ends with its cycle.

    Weak:   soon
    Strong: 2026-11-20
    """
    yield from problems(review, ("due",), "correct the start or the due date.")
