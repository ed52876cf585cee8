"""IN010 cycle-assumed: raised while a sheet is read."""

from __future__ import annotations

from okrsync.checks.rule import raised_while_reading
from okrsync.findings import Severity

cycle_assumed = raised_while_reading(
    "IN010",
    "cycle-assumed",
    severity=Severity.WARNING,
    fix="name the cycle in the sheet's name, in a column, or in config.toml under [cycle].",
    doc="""Nothing in the workbook says which cycle its OKRs are for.

    The quarter of the first run was taken; it is kept with our marks, so that it never rolls on by itself.

    Weak:   a sheet Sheet1 in okrs.xlsx
    Strong: a sheet 2026-Q4 OKRs
    """,
)
