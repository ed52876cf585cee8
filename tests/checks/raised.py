"""A hit raised while reading, taken through the checks."""

from __future__ import annotations

from okrsync.cells import CellRef
from okrsync.checks import run_checks
from okrsync.findings import Finding, Hit, Raised, Severity


def as_finding(code: str, message: str, fix: str | None = None, severity: Severity | None = None) -> Finding:
    """The one finding that comes of it."""
    hit = Hit(CellRef("book.xlsx", "Q4", 7, 5), message, fix, severity)
    (found,) = run_checks((), (Raised(code, hit),), {})
    assert found.at == hit.at
    return found
