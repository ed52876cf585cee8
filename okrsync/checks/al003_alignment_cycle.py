"""AL003 alignment-cycle."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.checks.family import Family
from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.review import Review

SHOWN = 6
OWN_FIX = "name the wider objective it serves, or clear the reference."


@check(
    "AL003",
    "alignment-cycle",
    severity=Severity.ERROR,
    fix="decide which of them serves which, and clear the reference that points back down.",
)
def alignment_cycle(review: Review) -> Iterator[Hit]:
    """Objectives contribute to one another in a ring, so none of them is the purpose of the others.

    Each of them is scored from its own key results only. One that names itself is the smallest such ring; that
    reference alone is left out.

    Weak:   Sales O1 contributes to Product O2, which contributes to Sales O1
    Strong: Sales O1 and Product O2 contribute to Company O1
    """
    family = Family(review)
    for ring in family.here(family.whole.rings):
        names = [family.name(key) for key in ring[:SHOWN]] + (["…"] if len(ring) > SHOWN else [])
        path = " → ".join((*names, names[0]))
        yield Hit(family.cell(ring[0]), f"These contribute to one another in a ring: {path}.")
    for own in family.here(family.whole.own):
        itself = "itself" if own.named == own.child else f"its own key result {family.name(own.named)}"
        message = f"{family.name(own.child)} is said to contribute to {itself}: {quoted(own.text)}."
        yield Hit(family.cell(own.child), message, OWN_FIX)
