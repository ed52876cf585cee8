"""What the claims of a sentence say of one metric: "by 3 days (from 9 to 6)", "to 45 (now 32)", the rest apart."""

from __future__ import annotations

from okrsync.language.claims import Claim, same_clause
from okrsync.language.lexed import BYTES, SECONDS, Amount
from okrsync.language.scene import GOAL, TO, Scene


def joined(scene: Scene, primary: Claim, rest: list[Claim]) -> list[Claim]:
    """Gives the metric what other parts of the sentence say of it, and returns the claims that are left."""
    left = [claim for claim in rest if not _is_joined(scene, primary, claim)]
    if primary.target is not None and primary.baseline is not None:
        primary.change = None
    return left


def _is_joined(scene: Scene, primary: Claim, claim: Claim) -> bool:
    """Gives the metric what one claim says of it; False where it is another condition."""
    _in_the_same_shares(primary, claim)
    if claim.baseline is not None and claim.target is None and claim.change is None:
        shares = primary.target is None and primary.lead.unit in ("%", "x")  # so many per cent, or times, of anything
        if primary.baseline is None and (shares or _is_comparable(primary.lead, claim.baseline)):
            primary.baseline = claim.baseline
        return True
    if primary.change is not None and primary.target is None and claim.target is not None:
        return _is_where_it_leads(scene, primary, primary.change, claim)
    if primary.target is not None and claim.change is not None and claim.target is None:
        said_twice = _is_redundant(primary, claim.change, claim.depth)
        if said_twice and primary.baseline is None and primary.change is None:
            primary.change = claim.change
        return said_twice
    return False


def _in_the_same_shares(primary: Claim, claim: Claim) -> None:
    """ "9 of 10 clients, up from 7 of 10": the second is no mark on a scale of ten."""
    start, whole = claim.baseline, primary.target.whole if primary.target is not None else None
    if start is not None and whole is not None and start.scale == whole:
        start.whole, start.unit = whole, None


def _is_where_it_leads(scene: Scene, primary: Claim, change: Amount, claim: Claim) -> bool:
    """ "by 3 days (from 9 to 6)", "by 20 % (target: 45)": a change, and elsewhere what it comes to."""
    target = claim.target
    if target is None:
        return False
    if claim.baseline is None:
        if target.role in (GOAL, TO) and claim.depth:
            primary.target = target
            return True
        return False
    if claim.depth or not _new_clause(scene, change, claim.baseline) or _is_redundant(claim, change, 0):
        primary.baseline, primary.target = claim.baseline, target
        if target.unit is None and change.unit not in ("%", "x"):
            target.unit = change.unit
        return True
    return False


def _new_clause(scene: Scene, one: Amount, other: Amount) -> bool:
    """Whether a verb between two amounts begins something else."""
    if not same_clause(scene, one, other):
        return True
    return any(scene.tokens[at].cue.verb and not scene.taken(at) for at in range(one.last + 1, other.first))


def _is_comparable(one: Amount, other: Amount) -> bool:
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
