"""Amounts with their roles → claims: what is to be where, and which of them is the metric's own."""

from __future__ import annotations

from msgspec import Struct

from okrsync.language.lexed import BYTES, SECONDS, TIMES, Amount
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
        depth = scene.depth[amount.at]
        last = claims[-1] if claims else None
        if amount.role in (TO, GOAL) and last is not None and last.depth == depth and last.target is None:
            if last.baseline is not None and last.change is None and last.baseline.role in (FROM, NOW):
                last.target = amount
                continue
            counts = last.change is not None and last.change.unit is None and amount.unit in TIMES
            if (
                last.change is not None
                and last.baseline is None
                and not counts
                and _same_clause(scene, last.change, amount)
            ):
                last.target = amount
                continue
        if amount.role in (FROM, NOW):
            claims.append(Claim(baseline=amount, depth=depth))
        elif amount.role == BY:
            if (
                last is not None
                and last.target is not None
                and last.change is None
                and last.depth == depth
                and amount.unit != "x"
                and last.target.role in (TO, GOAL)
                and _same_clause(scene, last.target, amount)
            ):
                last.change = amount
                continue
            if (
                last is not None
                and last.target is None
                and last.change is None
                and last.baseline is not None
                and last.baseline.role == FROM
                and last.depth == depth
            ):
                last.change = amount
                continue
            claims.append(Claim(change=amount, depth=depth))
        else:
            claims.append(Claim(target=amount, aside=amount.role in (ASIDE, SUB), depth=depth))
    if not any(claim.target is not None or claim.change is not None for claim in claims):
        for claim in claims:  # a start that leads nowhere is the number itself, but for "(12 so far)"
            start = claim.baseline
            if start is not None and not (claim.depth and start.role == NOW) and not _leads_nowhere(scene, start):
                claim.baseline, claim.target = None, start
    return claims


def _leads_nowhere(scene: Scene, start: Amount) -> bool:
    """ "from 20 % to TBD": whereto is still to be said."""
    return start.role == FROM and any(TO in scene.tokens[at].cue.before for at in scene.behind(start.last + 1))


def _same_clause(scene: Scene, one: Amount, other: Amount) -> bool:
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


def joined(scene: Scene, primary: Claim, rest: list[Claim]) -> list[Claim]:
    """Gives the metric what other parts of the sentence say of it, and returns the claims that are left."""
    left: list[Claim] = []
    for claim in rest:
        start, whole = claim.baseline, primary.target.whole if primary.target is not None else None
        if start is not None and whole is not None and start.scale == whole:
            start.whole, start.unit = whole, None  # "9 of 10 clients, up from 7 of 10"
        if claim.baseline is not None and claim.target is None and claim.change is None:
            shares = primary.target is None and primary.lead.unit in (
                "%",
                "x",
            )  # so many per cent, or times, of anything
            if primary.baseline is None and (shares or _alike(primary.lead, claim.baseline)):
                primary.baseline = claim.baseline
            continue
        if (
            primary.change is not None
            and primary.target is None
            and claim.baseline is not None
            and claim.target is not None
            and (
                claim.depth
                or not _new_clause(scene, primary.change, claim.baseline)
                or _is_redundant(claim, primary.change, 0)
            )
        ):
            primary.baseline, primary.target = claim.baseline, claim.target
            if primary.target.unit is None and primary.change.unit not in ("%", "x"):
                primary.target.unit = primary.change.unit
            continue
        if (
            primary.change is not None
            and primary.target is None
            and claim.target is not None
            and claim.target.role in (GOAL, TO)
            and claim.depth
        ):
            primary.target = claim.target
            continue
        if (
            primary.target is not None
            and claim.change is not None
            and claim.target is None
            and _is_redundant(primary, claim.change, claim.depth)
        ):
            if primary.baseline is None and primary.change is None:
                primary.change = claim.change
            continue
        left.append(claim)
    if primary.target is not None and primary.baseline is not None:
        primary.change = None
    return left


def _new_clause(scene: Scene, one: Amount, other: Amount) -> bool:
    """Whether a verb between two amounts begins something else."""
    if not _same_clause(scene, one, other):
        return True
    return any(scene.tokens[at].cue.verb and not scene.taken(at) for at in range(one.last + 1, other.first))


def _alike(one: Amount, other: Amount) -> bool:
    """Whether two numbers may count the same thing."""
    if one.unit == other.unit or one.unit is None or other.unit is None:
        return True
    return any(one.unit in sizes and other.unit in sizes for sizes in (SECONDS, BYTES))


def _is_redundant(primary: Claim, change: Amount, depth: int) -> bool:
    """ "from 4 to 1 day, 75 % shorter" says one thing twice."""
    target, baseline = primary.target, primary.baseline
    if target is None:
        return False
    if baseline is not None and baseline.value:
        relative = 100 * (target.value - baseline.value) / baseline.value
        ratio = target.value / baseline.value
        return (
            (change.unit == "%" and abs(abs(relative) - abs(change.value)) <= 1.5)
            or (change.unit == "x" and abs(ratio - change.value) < 0.1)
            or (change.unit == target.unit and abs(abs(target.value - baseline.value) - abs(change.value)) < 1e-6)
        )
    return depth > 0 and target.role == TO
