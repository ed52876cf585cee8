"""IN009 rows-left-out: raised while a sheet is read."""

from __future__ import annotations

from okrsync.checks.rule import raised_while_reading
from okrsync.findings import Severity

rows_left_out = raised_while_reading(
    "IN009",
    "rows-left-out",
    severity=Severity.INFO,
    fix="nothing to do, unless one of them is an OKR: then give it the shape of the other rows.",
    doc="""Rows and sheets that were not read as OKRs, which and why: totals, samples, placeholders, hidden sheets.

    What is left out silently is what nobody misses until the numbers are wrong.

    Weak:   a key result typed below the row Total
    Strong: a key result between the others
    """,
)
