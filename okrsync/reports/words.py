"""Short phrases that reports and the summary line share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from okrsync.findings import Finding, Severity


def count(number: int, noun: str) -> str:
    """`1 error`, `2 errors`, `no errors`."""
    return f"{number or 'no'} {noun}" + ("" if number == 1 else "s")


def findings_tally(findings: Sequence[Finding]) -> str:
    """`2 errors, 5 warnings, 1 for information`."""
    counts = Counter(finding.severity for finding in findings)
    words = [count(counts[s], s.value) for s in (Severity.ERROR, Severity.WARNING) if counts[s]]
    if counts[Severity.INFO]:
        words.append(f"{counts[Severity.INFO]} for information")
    return ", ".join(words) or "no findings"
