"""IN005: what the reader raises comes out as a finding of the catalogue."""

from __future__ import annotations

from okrsync.checks.in005_scale_unclear import scale_unclear
from okrsync.findings import Severity
from tests.checks.raised import as_finding


def test_what_the_reader_raises_is_a_finding_of_this_rule() -> None:
    found = as_finding("IN005", 'what was "found" there')

    assert (found.code, found.name, found.severity) == ("IN005", "scale-unclear", Severity.WARNING)
    assert (found.message, found.fix) == ('what was "found" there', scale_unclear.fix)


def test_the_reader_may_know_a_better_fix_and_severity() -> None:
    found = as_finding("IN005", "this", fix="do that.", severity=Severity.INFO)

    assert (found.severity, found.fix) == (Severity.INFO, "do that.")
