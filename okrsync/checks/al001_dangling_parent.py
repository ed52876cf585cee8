"""AL001 dangling-parent."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.alignment import Dangling
from okrsync.checks.family import Family
from okrsync.checks.rule import check, quoted
from okrsync.findings import Hit, Severity
from okrsync.review import Review


@check(
    "AL001",
    "dangling-parent",
    severity=Severity.ERROR,
    fix="write the id, the label or the whole title of the objective it contributes to.",
)
def dangling_parent(review: Review) -> Iterator[Hit]:
    """What an objective or key result contributes to is not there, or only almost.

    An error when the config says that the sources are complete; else a hint, since it may stand in a workbook that
    was not given. A title that was shortened or misspelt is linked, and a hint says to which.

    Weak:   contributes to: Delight custmers
    Strong: contributes to: Company O1
    """
    family = Family(review)
    for dangling in family.here(family.whole.dangling):
        severity = Severity.ERROR if review.complete else Severity.INFO
        yield Hit(family.cell(dangling.child), _missing(dangling, review.complete), severity=severity)
    for link in family.here(family.whole.similar):
        yield Hit(
            family.cell(link.child),
            f"{quoted(link.text)} was taken to mean {family.name(link.parent)}.",
            "write the title as it stands there, or its label, so that nobody has to guess.",
            Severity.INFO,
        )


def _missing(dangling: Dangling, complete: bool) -> str:
    where = "is not there" if complete else "is not among the sources given"
    hints = " or ".join(quoted(each) for each in dangling.suggestions)
    return f"{quoted(dangling.text)}, to which this contributes, {where}." + (
        f" Did you mean {hints}?" if hints else ""
    )
