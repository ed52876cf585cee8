"""IN005 scale-unclear: raised while a sheet is read."""

from __future__ import annotations

from okrsync.checks.rule import raised_while_reading
from okrsync.findings import Severity

scale_unclear = raised_while_reading(
    "IN005",
    "scale-unclear",
    severity=Severity.WARNING,
    fix="format the cells of the column as percent, or name the unit.",
    doc="""A number may be a share or a percentage: neither its format, its unit nor its column says which.

    The message shows both readings and which of them was taken.

    Weak:   0.45 in a General cell, beside 60 and 80
    Strong: 45%
    """,
)
