"""AL003 alignment-cycle."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.family import Family
from okrsync.checks.rule import check
from okrsync.findings import Hit, Severity
from okrsync.review import Review

SHOWN = 6


@check(
    "AL003",
    "alignment-cycle",
    severity=Severity.ERROR,
    fix="decide which of them serves which, and clear the reference that points back down.",
)
def alignment_cycle(review: Review) -> Iterator[Hit]:
    """Objectives contribute to one another in a ring, so none of them is the purpose of the others.

    Each of them is scored from its own key results only.

    Weak:   Sales O1 contributes to Product O2, which contributes to Sales O1
    Strong: Sales O1 and Product O2 contribute to Company O1
    """
    family = Family(review)
    for ring in review.alignment.cycles:
        if ring[0] in family.here:
            names = [family.name(key) for key in ring[:SHOWN]] + (["…"] if len(ring) > SHOWN else [])
            path = " → ".join((*names, names[0]))
            yield Hit(family.cell(ring[0]), f"These contribute to one another in a ring: {path}.")
