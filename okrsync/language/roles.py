"""The role each amount has in its sentence: by the words around it, then by the amounts beside it."""

from __future__ import annotations

from okrsync.language.leading import role_before
from okrsync.language.lexed import Amount
from okrsync.language.namedays import SPANS
from okrsync.language.pairing import is_of_thing, pair, verb_of
from okrsync.language.scene import (
    ASIDE,
    BARE,
    BY,
    FROM,
    GOAL,
    NOW,
    TO,
    Scene,
    direction_before,
    direction_follows,
)
from okrsync.language.trailing import is_compared, role_behind

_STRONG = frozenset((FROM, NOW, TO, GOAL))


def give_roles(scene: Scene) -> None:
    """Sets `role` and `verb` of every amount."""
    for amount in scene.amounts:
        if amount.role:
            continue
        before = role_before(scene, amount)
        behind = "" if before == TO and not is_compared(scene, amount) else role_behind(scene, amount)
        compared = behind == BY and (before == GOAL or is_compared(scene, amount))
        amount.role = behind if before not in _STRONG or compared else before
        amount.role = amount.role or before
        if amount.unit == "x" and _is_multiple(scene, amount):
            amount.role = BY
        if amount.role == BARE and _is_built_by_then(scene, amount):
            amount.role = ASIDE
    pair(scene)
    for amount in scene.amounts:
        if not amount.verb:
            amount.verb = verb_of(scene, amount)


def _is_multiple(scene: Scene, amount: Amount) -> bool:
    """Whether "3x" is meant of what there is today, and is no ratio of two things."""
    if amount.times or amount.role in (BY, NOW):
        return True
    following = scene.tokens[amount.last : amount.last + 6]
    if any("load" in token.cue.marks for token in following):
        return True
    if any(other.unit == "x" and other.first < amount.first for other in scene.amounts):
        return False  # "from 2.5x to 4x"
    directed = direction_before(scene, amount) or (
        scene.lexed.cues.verb_follows and direction_follows(scene, amount.last + 1)
    )
    return amount.role == TO and directed and not is_of_thing(scene, amount.last + 1)


def _is_built_by_then(scene: Scene, amount: Amount) -> bool:
    """ "Launch the site within 30 days": what is made once, and by when; "answer within 3 days" comes again."""
    if amount.comparator != "<=" or amount.unit not in SPANS:
        return False
    places = scene.before(amount)
    if not places or "gains" not in scene.tokens[places[-1]].cue.marks:
        return False
    cues = [scene.tokens[at].cue for at in places]
    return not any({"replies", "every", "falls"} & cue.marks or "each" in cue.before for cue in cues)
