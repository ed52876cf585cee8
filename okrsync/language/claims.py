"""Amounts with their roles → claims: what is to be where, and which of them is the metric's own."""

from __future__ import annotations

from msgspec import Struct

from okrsync.language.lexed import TIMES, Amount
from okrsync.language.scene import ASIDE, BARE, BY, FROM, GOAL, NOW, SUB, TO, Scene

_LONG = frozenset(("week", "month", "quarter", "year"))
"""Times in which something is done once, unless it is said to come again."""


class Claim(Struct):
    """One measurable thing that a sentence says: where it starts, where it is to be, or by how much it is to change."""

    baseline: Amount | None = None
    target: Amount | None = None
    change: Amount | None = None
    aside: bool = False
    depth: int = 0

    @property
    def lead(self) -> Amount:
        """The amount that stands for it."""
        found = self.target or self.change or self.baseline
        assert found is not None
        return found


def claims_of(scene: Scene) -> list[Claim]:
    """From and to of one clause make one claim; every other amount makes its own."""
    claims: list[Claim] = []
    for amount in scene.amounts:
        if not claims or not _is_added(scene, claims[-1], amount):
            claims.append(_claim_of(amount, scene.depth[amount.at]))
    if not any(claim.target is not None or claim.change is not None for claim in claims):
        for claim in claims:  # a start that leads nowhere is the number itself, but for "(12 so far)"
            start = claim.baseline
            if start is not None and not (claim.depth and start.role == NOW) and not _leads_nowhere(scene, start):
                claim.baseline, claim.target = None, start
    return claims


def _claim_of(amount: Amount, depth: int) -> Claim:
    if amount.role in (FROM, NOW):
        return Claim(baseline=amount, depth=depth)
    if amount.role == BY:
        return Claim(change=amount, depth=depth)
    return Claim(target=amount, aside=amount.role in (ASIDE, SUB), depth=depth)


def _is_added(scene: Scene, claim: Claim, amount: Amount) -> bool:
    """Adds an amount to the claim before it; False where it makes one of its own."""
    if claim.depth != scene.depth[amount.at]:
        return False
    if amount.role in (TO, GOAL) and claim.target is None and _leads_to(scene, claim, amount):
        claim.target = amount
        return True
    if amount.role == BY and claim.change is None and _moves_by(scene, claim, amount):
        claim.change = amount
        return True
    return False


def _leads_to(scene: Scene, claim: Claim, target: Amount) -> bool:
    """ "from 3 to 5", "by 2 to 5"; and not "+5 partners in 6 weeks"."""
    if claim.change is None:
        return claim.baseline is not None
    counts = claim.change.unit is None and target.unit in TIMES
    return claim.baseline is None and not counts and same_clause(scene, claim.change, target)


def _moves_by(scene: Scene, claim: Claim, change: Amount) -> bool:
    """ "to 5, by 2", "from 3 by 2"."""
    if claim.target is None:
        return claim.baseline is not None and claim.baseline.role == FROM
    firm = claim.target.role in (TO, GOAL) and change.unit != "x"
    return firm and same_clause(scene, claim.target, change)


def _leads_nowhere(scene: Scene, start: Amount) -> bool:
    """ "from 20 % to TBD": whereto is still to be said."""
    return start.role == FROM and any(TO in scene.tokens[at].cue.before for at in scene.behind(start.last + 1))


def same_clause(scene: Scene, one: Amount, other: Amount) -> bool:
    """Whether no full stop parts two amounts; a comma may."""
    return not any(
        scene.is_stop(at) and scene.lexed.text(at, at) in ".;。；\n" for at in range(one.last + 1, other.first)
    )


def primary_of(scene: Scene, claims: list[Claim]) -> Claim | None:
    """The first claim of the main clause; else the first in an adverbial that says how much is done."""

    def measurable(claim: Claim) -> bool:
        return claim.target is not None or claim.change is not None

    main = [claim for claim in claims if measurable(claim) and not claim.aside and not claim.depth]
    if main:
        return _after_colon(scene, main)
    asides = [
        claim
        for claim in claims
        if measurable(claim) and claim.aside and not claim.depth and _says_how_much(scene, claim)
    ]
    if asides:
        return asides[0]
    inner = [claim for claim in claims if measurable(claim) and claim.depth and not claim.aside]
    return inner[0] if inner else next((claim for claim in claims if measurable(claim) and claim.depth), None)


def _after_colon(scene: Scene, main: list[Claim]) -> Claim:
    """The first claim, but for a number in the metric's name: "invoices over 90 days: 640 -> 250"."""
    first = main[0].lead
    pairs = [claim for claim in main if claim.baseline is not None and claim.target is not None]
    if pairs and main[0].baseline is None and first.unit in TIMES and first.role == BARE and first.comparator:
        return pairs[0]  # "answered within 1 hour from 40 % to 70 %"
    for claim in main[1:]:
        stops = [at for at in range(first.last + 1, claim.lead.first) if scene.is_stop(at)]
        if not first.verb and first.role == BARE and [scene.lexed.text(at, at) for at in stops] == [":"]:
            return claim
    return main[0]


def _says_how_much(scene: Scene, claim: Claim) -> bool:
    """Whether a number in an adverbial may be the metric: no one-off span, nor what selects things."""
    amount = claim.lead
    tokens = scene.tokens
    if amount.first and "article" in tokens[amount.first - 1].cue.marks and amount.unit not in ("%", "score"):
        return False  # "on a 4 TiB store": what sort of thing
    following = any(
        tokens[at].cue.verb in ("up", "down") and not scene.taken(at) for at in range(amount.last + 1, len(tokens))
    )
    subject = not any(tokens[at].cue.verb and not scene.taken(at) for at in range(amount.first))
    if following and subject and amount.unit not in TIMES and amount.role == ASIDE and not scene.lexed.cues.verb_last:
        return False
    if amount.unit not in TIMES or any(other.role in (FROM, NOW) for other in scene.amounts):
        return True
    if amount.unit in _LONG and not _is_process(scene, amount):
        return False
    return _is_process(scene, amount) or amount.unit in ("ms", "second", "minute", "hour")


def _is_process(scene: Scene, amount: Amount) -> bool:
    """Whether a time is that of something which happens again and again."""
    if amount.comparator in ("<", "<=") and any("state" in scene.tokens[at].cue.marks for at in scene.before(amount)):
        return True  # "refunds are paid within 3 days"
    answers = "replies" in scene.marks or _has_subject(scene, amount)
    if amount.comparator in ("<", "<=") and amount.unit == "day" and answers:
        return True  # "refunds reach the customer in no more than 7 days"
    for token in scene.tokens:
        cue = token.cue
        if (
            "falls" in cue.marks
            or ("definite" in cue.before and "skip" not in cue.marks and amount.unit not in _LONG)
            or "not" in cue.marks
            or "each" in cue.before
            or "every" in cue.marks
        ):
            return True
    return False


def _has_subject(scene: Scene, amount: Amount) -> bool:
    """Whether something stands before the verb of the clause, so that it states and does not order."""
    places = list(scene.before(amount))
    return bool(places) and not scene.tokens[places[-1]].cue.verb and any(scene.tokens[at].cue.verb for at in places)
