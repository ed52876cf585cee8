"""IN004 error-value: raised while a sheet is read."""

from __future__ import annotations

from okrsync.checks.rule import raised_while_reading
from okrsync.findings import Severity

error_value = raised_while_reading(
    "IN004",
    "error-value",
    severity=Severity.ERROR,
    fix="correct the formula, or clear the cell.",
    doc="""A cell shows an error instead of a value; the key result counts as one without data until it is mended.

    Weak:   #DIV/0! in the current value
    Strong: =IF(B2=0, 0, A2/B2)
    """,
)
