"""AL002 ambiguous-parent."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.family import Family
from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.review import Review

SHOWN = 3


@check(
    "AL002",
    "ambiguous-parent",
    severity=Severity.WARNING,
    fix='say whose it is, such as "Company O1" or "Growth O2", or write the title.',
)
def ambiguous_parent(review: Review) -> Iterator[Hit]:
    """A reference fits several objectives equally well, so no link was made.

    Labels restart in every team and cycle. One in the same sheet and at a wider level is preferred, then one in the
    same workbook; this is what is left when that does not decide.

    Weak:   O1, where sales and product both have an O1
    Strong: Sales O1
    """
    family = Family(review)
    for ambiguous in family.here(family.whole.ambiguous):
        names = [
            f"{family.name(key)} ({family.cell(key, 'objective').in_workbook})" for key in ambiguous.candidates[:SHOWN]
        ]
        more = " and others" if len(ambiguous.candidates) > SHOWN else ""
        yield Hit(family.cell(ambiguous.child), f"{quoted(ambiguous.text)} may be {' or '.join(names)}{more}.")
