"""IN005 scale-unclear: raised while a sheet is read."""

from __future__ import annotations

from okrsync.checks.rule import raised_while_reading
from okrsync.findings import Severity

scale_unclear = raised_while_reading(
    "IN005",
    "scale-unclear",
    severity=Severity.WARNING,
    fix="give the cell the format, the unit or the decimal mark that says which is meant.",
    doc="""A number may be two: a share or a percentage, a decimal or thousands; or its unit is not that of its target.

    The message shows both. A number that may be 0.45 % or 45 %, and one in another unit than its target, is not
    used; of 1.234 the customary reading is taken, and the message says which.

    Weak:   0.45 in a General cell, beside 60 and 80
    Strong: 45%
    """,
)
