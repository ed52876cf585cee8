"""The role that the words behind a number give it: から, 内, "last quarter", "20 % increase", "5 members more"."""

from __future__ import annotations

from okrsync.language.lexed import TIMES, Amount
from okrsync.language.scene import ASIDE, BARE, BY, FROM, GOAL, NEAR, NOW, SUB, TO, Scene, direction_follows, parted


def role_behind(scene: Scene, amount: Amount) -> str:
    """What the words right behind a number make of it: から, 内, "last quarter", "20 % increase"."""
    at = amount.last + 1
    words = 0
    tokens = scene.tokens
    if scene.depth[amount.at] and any(NOW in tokens[beyond].cue.after for beyond in scene.behind(at)):
        return NOW  # "(2/3 sign-offs so far)"
    if amount.within and amount.unit in TIMES and not _to_before(scene, amount):
        return ASIDE
    while at < len(tokens) and words <= 1:
        if scene.taken(at) or scene.is_stop(at):
            return ""
        role = _of_particle(scene, amount, at, words) or _of_verb_behind(scene, amount, at, words)
        if role:
            return role
        marks = tokens[at].cue.marks
        if "skip" not in marks and "link" not in marks:
            words += 1
            if not scene.lexed.cues.verb_last:
                return _of_comparison(scene, amount, at)
        at += 1
    return ""


def _of_particle(scene: Scene, amount: Amount, at: int, words: int) -> str:
    """から, に, 内, "before", "target": what a small word says of the number so many words before it."""
    cue = scene.tokens[at].cue
    after = cue.after
    if not after:
        return ""
    if FROM in after:
        return FROM
    if "condition" in after:
        return ASIDE
    if "attributive" in after and amount.comparator and amount.unit not in ("%", "x"):
        return SUB
    if words:
        return ""
    if TO in after and (direction_follows(scene, at) or _after_from(scene, amount)):
        return TO
    if NOW in after and not ("deadline" in cue.before and _binds(scene, at)):
        return NOW
    if GOAL in after:
        return GOAL
    return ASIDE if ASIDE in after and amount.unit in TIMES and not _to_before(scene, amount) else ""


def _of_verb_behind(scene: Scene, amount: Amount, at: int, words: int) -> str:
    """ "20 % increase", "5 members more", "2 days quicker": by how much, behind the number."""
    tokens = scene.tokens
    cue = tokens[at].cue
    beside = tokens[at + 1].cue.unit or None if at + 1 < len(tokens) else None
    if words == 0 and "more" in cue.after and _is_gained(scene, amount):
        amount.unit = beside  # "12 more months"
        return BARE  # "hire 4 more cooks" is a count of things to be won
    if words == 0 and _compares(scene, at):
        amount.verb = "up" if cue.at_least == ">" else "down"
        return BY
    if cue.verb not in ("up", "down", "better") or _leads_on(scene, at):
        return ""
    if cue.verb == "better":
        if words or cue.before or amount.unit not in ("%", "pp", "x", "score"):
            return ""
        amount.verb = cue.verb
        return BY
    if _is_made(scene, amount):
        return ""
    amount.verb = "down" if "speed" in cue.marks and amount.unit in TIMES else cue.verb
    if amount.unit is None and not words:
        amount.unit = beside  # "11 fewer days"
    return BY


def _is_made(scene: Scene, amount: Amount) -> bool:
    """完成 5 个增长实验: so many things are to be made, and a direction is in their name."""
    leads = scene.tokens[amount.first - 1].cue.verb if amount.first else ""
    return amount.counted and amount.unit is None and leads == "reach" and scene.lexed.cues.modifiers_before


def _is_gained(scene: Scene, amount: Amount) -> bool:
    return amount.unit is None and amount.first > 0 and "gains" in scene.tokens[amount.first - 1].cue.marks


def is_compared(scene: Scene, amount: Amount) -> bool:
    """Whether a comparative stands behind an amount: "against last year 12 % lower"."""
    at = amount.last + 1
    if at >= len(scene.tokens) or scene.taken(at):
        return False
    return not scene.tokens[at].cue.after.isdisjoint(("more", "less")) or _compares(scene, at)


def _of_comparison(scene: Scene, amount: Amount, at: int) -> str:
    """ "15 Mitglieder mehr", "20 % d'avions en moins": a comparison behind the things counted."""
    tokens = scene.tokens
    for beyond in range(at, min(at + NEAR[TO], len(tokens))):
        cue = tokens[beyond].cue
        if scene.taken(beyond) or scene.is_stop(beyond) or (cue.verb not in ("", "reach") and not cue.after):
            return ""
        for direction in ("more", "less"):
            if direction in cue.after and not _numbers_follow(scene, beyond):
                amount.verb = "up" if direction == "more" else "down"
                return BY
        if cue.before and "skip" not in cue.marks and cue.before.isdisjoint(("weak_from",)) and "of" not in cue.after:
            return ""
    return ""


def _binds(scene: Scene, at: int) -> bool:
    """Whether "before" goes with what follows it: "310 before" says how it was, "310 before June" by when."""
    return at + 1 < len(scene.tokens) and not scene.is_stop(at + 1)


def _compares(scene: Scene, at: int) -> bool:
    """Whether "lower than", "menor que" behind a number compare it with something, and bind no other number."""
    cue = scene.tokens[at].cue
    if cue.at_least not in ("<", ">") or ASIDE in cue.before:
        return False
    return not _numbers_follow(scene, at)


def _numbers_follow(scene: Scene, at: int) -> bool:
    """Whether a word is bound to another number: "40 firms of more than 250 people"."""
    return any(scene.taken(beyond) == "amount" for beyond in range(at + 1, min(at + 3, len(scene.tokens))))


def _to_before(scene: Scene, amount: Amount) -> bool:
    """Whether a word before the number says that it is to be arrived at or kept: 缩短到 30 分钟内."""
    at = amount.first - 1
    if at < 0:
        return False
    cue = scene.tokens[at].cue
    return TO in cue.before or cue.verb in ("keep", "reach", "down", "up")


def _after_from(scene: Scene, amount: Amount) -> bool:
    """Whether the amount before says from where or by how much: (16분에서 8분으로), 15% 줄여 8분으로."""
    last = None
    for other in scene.amounts:
        if other is amount:
            break
        last = other
    return last is not None and last.role in (FROM, BY) and not parted(scene, last, amount)


def _leads_on(scene: Scene, at: int) -> bool:
    """Whether a verb behind a number goes on to another number: "5 % reduced to 3 %"; the first is where it starts."""
    tokens = scene.tokens
    if scene.lexed.cues.verb_last:
        return False
    for beyond in range(at, min(at + 4, len(tokens))):
        if scene.is_stop(beyond):
            return False
        if scene.taken(beyond) == "amount":
            return True
    return False
