"""IN003 uncached-formula: raised while a sheet is read."""

from __future__ import annotations

from okrsync.checks.rule import raised_while_reading
from okrsync.findings import Severity

uncached_formula = raised_while_reading(
    "IN003",
    "uncached-formula",
    severity=Severity.ERROR,
    fix="open the workbook in your spreadsheet program, let it calculate, save it, and run okrsync again.",
    doc="""A formula whose result was never stored has no value that can be read.

    A program that writes workbooks without calculating leaves such cells; they are not blank, and not zero either.

    Weak:   =B7/B2, written by a script and never opened since
    Strong: =B7/B2, calculated and saved
    """,
)
