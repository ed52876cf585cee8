"""IN007 duplicate-id: raised while a sheet is read."""

from __future__ import annotations

from okrsync.checks.rule import raised_while_reading
from okrsync.findings import Severity

duplicate_id = raised_while_reading(
    "IN007",
    "duplicate-id",
    severity=Severity.ERROR,
    fix="give each objective and key result an id of its own.",
    doc="""Two rows bear the same id, so nobody can tell which of them a reference means.

    Weak:   KR-7 in row 4 and KR-7 in row 9
    Strong: KR-7 in row 4 and KR-8 in row 9
    """,
)
