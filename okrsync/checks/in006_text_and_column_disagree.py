"""IN006 text-and-column-disagree: raised while a sheet is read."""

from __future__ import annotations

from okrsync.checks.rule import raised_while_reading
from okrsync.findings import Severity

text_and_column_disagree = raised_while_reading(
    "IN006",
    "text-and-column-disagree",
    severity=Severity.WARNING,
    fix="correct the sentence or the column, whichever is out of date.",
    doc="""The sentence of a key result names another number than its column; the column is what counts.

    Weak:   Raise the rating to 8.5, and 7 in the column Target
    Strong: Raise the rating to 8.5, and 8.5 in the column Target
    """,
)
