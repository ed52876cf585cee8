"""What a sentence denies: "no ticket waits longer than 3 days" bounds from above, "never below 99 %" from below."""

from __future__ import annotations

from okrsync.language.lexed import Amount
from okrsync.language.scene import BARE, BY, TO, Scene

_NEAR = 2
"""How many tokens may stand between a denial and the verb that it denies."""
_FLIPPED = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}


def tell_denied(scene: Scene) -> None:
    """Turns round the comparators that a sentence denies; what is not to rise or fall is to be kept."""
    if "not" not in scene.marks:
        return
    for amount in scene.amounts:
        verb = _denied_verb(scene, amount) if amount.role in (BY, TO) else ""
        if verb:
            amount.role, amount.verb, amount.comparator = BARE, "keep", ">=" if verb == "down" else "<="
        elif _is_denied(scene, amount):
            amount.comparator = _FLIPPED[amount.comparator or ">"]


def _denied_verb(scene: Scene, amount: Amount) -> str:
    """The verb of direction that governs an amount, where it is denied: "not fall", "no dejar que baje"."""
    for at in scene.before(amount):
        verb = scene.tokens[at].cue.verb
        if verb in ("up", "down") and not scene.taken(at):
            near = (*range(max(at - _NEAR, 0), at), *range(at + 1, min(at + _NEAR, amount.first)))
            return verb if any(_denies(scene, beside) for beside in near) else ""
    return ""


def _is_denied(scene: Scene, amount: Amount) -> bool:
    """Whether a denial before an amount governs its bound, or one behind it a verb of exceeding."""
    exceeds = any(
        "exceed" in scene.tokens[at].cue.marks and not amount.first <= at <= amount.last
        for at in scene.clause(amount.first, amount.last)
    )
    if any(_denies(scene, at) for at in scene.before(amount)):
        return amount.comparator is not None or exceeds
    behind = any(_denies(scene, at) for at in scene.behind(amount.last + 1))
    return behind and exceeds and amount.comparator in (None, ">", ">=")


def _denies(scene: Scene, at: int) -> bool:
    """Whether a word denies; "without" only where it says what is not to be exceeded."""
    cue = scene.tokens[at].cue
    if "not" not in cue.marks or scene.taken(at):
        return False
    return "lacking" not in cue.marks or (at + 1 < len(scene.tokens) and "exceed" in scene.tokens[at + 1].cue.marks)
