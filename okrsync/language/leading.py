"""The role that the words before a number give it: "from", "by", 目前, a verb of direction; the nearest counts."""

from __future__ import annotations

from okrsync.language.affixes import is_cadence
from okrsync.language.cues import NO_CUE
from okrsync.language.lexed import Amount
from okrsync.language.scene import (
    ASIDE,
    BARE,
    BY,
    FROM,
    GOAL,
    NEAR,
    NOW,
    SUB,
    TO,
    Scene,
    direction_before,
    direction_follows,
)
from okrsync.language.tokens import MARK, WORD
from okrsync.values.amounts import is_currency

_NEAR_WAS = 2
"""How many words may stand between "was", or a bare "en", and its number."""
_DAYS = frozenset(("day", "week", "month", "quarter", "year"))
_SPANS = frozenset(("week", "month", "quarter", "year"))
"""Times in which something is done, and seldom ones that are shortened."""


def role_before(scene: Scene, amount: Amount) -> str:
    """The nearest word before a number that gives it a role; what stands further off counts less."""
    if _bounded_to(scene, amount):
        return TO
    if BY in scene.tokens[amount.at].cue.before:
        return BY  # "by a quarter"
    if scene.depth[amount.at] and amount.first > 1 and scene.lexed.text(amount.first - 1, amount.first - 1) == ":":
        dated = scene.taken(amount.first - 2) == "date"
        if dated and scene.amounts[0].first < amount.first:
            return NOW  # "900 members (2025: 640)"
    if amount.unit in _DAYS and any(_is_by_when(scene, at) for at in range(amount.first, amount.at)):
        return ASIDE
    words = 0
    for at in scene.before(amount):
        if scene.taken(at) == "amount":
            break
        token = scene.tokens[at]
        cue = token.cue
        if scene.taken(at):
            if NOW in cue.before and (scene.depth[at] or words <= 1):
                return NOW  # "(上半年 1.85 亿)", "去年底是 88.4%"
            continue
        role = _role(scene, amount, at, words)
        if role:
            return role if role != "verb" else _of_verb(scene, amount, at, words)
        if "skip" not in cue.marks and not cue.at_least and token.kind != MARK:
            words += 1
    return _labelled(scene, amount)


def _labelled(scene: Scene, amount: Amount) -> str:
    """ "Increase in sales: 15 %": by how much, behind a name for it that begins with the direction."""
    colon = amount.first - 1
    if colon < 1 or amount is not scene.amounts[-1] or amount.unit not in ("%", "pp") or amount.comparator:
        return ""
    if scene.lexed.text(colon, colon) != ":":
        return ""
    first = next((at for at in range(colon - 1, -1, -1) if at == 0 or scene.is_stop(at - 1)), 0)
    verb = scene.tokens[first].cue.verb
    if verb not in ("up", "down"):
        return ""
    amount.verb = verb
    return BY


def _is_by_when(scene: Scene, at: int) -> bool:
    """ "d'ici 6 semaines": a bound that only ever says by when."""
    cue = scene.tokens[at].cue
    return bool(cue.at_least) and "deadline" in cue.before and ASIDE not in cue.before


def _bounded_to(scene: Scene, amount: Amount) -> bool:
    """ "por debajo de 2 %", "hasta 400 €" say whereto after a verb of direction, and are a bound elsewhere."""
    own = range(amount.first, amount.at)
    return any(TO in scene.tokens[at].cue.before for at in own) and direction_before(scene, amount)


def _role(scene: Scene, amount: Amount, at: int, words: int) -> str:
    """The role a word gives to a number so many words away."""
    roles = scene.tokens[at].cue.before
    found = ""
    if roles:
        found = _of_start(scene, amount, at, words) or _of_goal(scene, amount, at, words)
    return found or _of_verb_word(scene, amount, at)


def _of_start(scene: Scene, amount: Amount, at: int, words: int) -> str:
    """How it is, was, and from where: "currently", "was", "from", "de", "than"."""
    roles = scene.tokens[at].cue.before
    if NOW in roles and words <= NEAR[NOW]:
        return NOW
    if "than" in roles and words <= NEAR[BY]:
        return BY if direction_follows(scene, amount.last + 1) else ""
    if "label" in roles and not words:
        return NOW
    if "was" in roles and words <= _NEAR_WAS and not _is_goal(scene, at):
        return NOW if scene.depth[amount.at] or _begins_with_now(scene, amount, at) else "was"
    if FROM in roles and words <= NEAR[FROM]:
        return FROM
    led = _led_by(scene, at) if words <= NEAR[BY] and ("weak_from" in roles or ASIDE in roles) else ""
    if led or ("weak_from" in roles and words <= NEAR[FROM]):
        return led or "weak_from"
    if TO in roles and not words and _led_by(scene, at) == NOW and not _has_number(scene, at):
        return NOW  # "aujourd'hui à 9,4 %"
    return ""


def _of_goal(scene: Scene, amount: Amount, at: int, words: int) -> str:
    """Whereto, by how much, and what is beside the point: "to", "by", "goal", "in", "with", "that"."""
    token = scene.tokens[at]
    roles = token.cue.before
    if TO in roles and words <= (0 if token.kind == MARK else NEAR[TO]):
        return BARE if _is_infinitive(scene, at, words) else TO
    if BY in roles:
        return BY if not words else ASIDE
    if "by_share" in roles and words <= _NEAR_WAS and _is_by(scene, amount, at):
        return BY
    if GOAL in roles and words <= NEAR[GOAL]:
        return GOAL
    if "deadline" in roles and not words and amount.unit in _DAYS:
        return ASIDE  # "d'ici 6 semaines"
    if ASIDE in roles and not ("between" in roles and amount.upper is not None):
        return _aside(scene, amount, words)
    if "sub" in roles:
        return BARE if at and scene.tokens[at - 1].cue.verb else SUB  # "ensure that 95 % …"
    return ""


def _of_verb_word(scene: Scene, amount: Amount, at: int) -> str:
    """A verb of direction is looked at by itself; one of doing makes the number what is to be done."""
    cue = scene.tokens[at].cue
    if cue.verb in ("up", "down", "better", "keep"):
        return "verb"
    if (cue.verb == "reach" and "skip" not in cue.marks) or "opens" in cue.marks:
        if cue.verb and _begins_with_now(scene, amount, at):
            return NOW
        return ASIDE if cue.verb and _in_scope(scene, at) else BARE
    return ""


def _led_by(scene: Scene, at: int) -> str:
    """ "statt in 4 Tagen", "actuellement de 3,9": a preposition behind a word that says how it is."""
    before = scene.tokens[at - 1].cue.before if at and not scene.taken(at - 1) else frozenset()
    return FROM if FROM in before else NOW if NOW in before and "deadline" not in before else ""


def _has_number(scene: Scene, at: int) -> bool:
    """Whether another number stands before a place in its clause: "de 9 aujourd'hui à 7"."""
    while at > 0 and not scene.is_stop(at - 1):
        at -= 1
        if scene.taken(at) == "amount":
            return True
    return False


def _is_infinitive(scene: Scene, at: int, words: int) -> bool:
    """ "get 3 people to land 2 patches": "to" before a word of no other meaning opens a clause."""
    if not words or "infinitive" not in scene.tokens[at].cue.marks:
        return False
    following = scene.tokens[at + 1]
    return following.kind == WORD and (following.cue is NO_CUE or following.cue.verb == "reach")


def _begins_with_now(scene: Scene, amount: Amount, verb: int) -> bool:
    """ "…, derzeit zahlen wir 900 €": how it is, in a clause of its own behind a number that says how it is to be."""
    start = verb
    while start > 0 and not scene.is_stop(start - 1) and verb - start < NEAR[NOW]:
        start -= 1
    behind = start > 0 and scene.is_stop(start - 1) and scene.amounts[0].first < start
    return behind and NOW in scene.tokens[start].cue.before


def _is_by(scene: Scene, amount: Amount, at: int) -> bool:
    """Whether "en" and "em" say by how much: of a share, or right behind a verb ("reduzir em 8 minutos")."""
    if amount.unit in ("%", "pp"):
        return direction_before(scene, amount)
    if _ends(scene, amount) and amount.unit not in _SPANS and _begins_with_direction(scene, amount):
        return True
    return at > 0 and scene.tokens[at - 1].cue.verb in ("up", "down") and amount.unit not in _SPANS


def _begins_with_direction(scene: Scene, amount: Amount) -> bool:
    """Whether the clause of a number begins with a verb of direction: "Encurtar a fila em 20 minutos"."""
    start = amount.first
    while start > 0 and not scene.is_stop(start - 1):
        start -= 1
    return scene.tokens[start].cue.verb in ("up", "down")


def _is_goal(scene: Scene, at: int) -> bool:
    return at > 0 and GOAL in scene.tokens[at - 1].cue.before


def _in_scope(scene: Scene, at: int) -> bool:
    """Whether a verb belongs to a means: "by hosting 6 webinars", 通过举办 6 场."""
    return at > 0 and "scope" in scene.tokens[at - 1].cue.before and not scene.taken(at - 1)


def _aside(scene: Scene, amount: Amount, words: int) -> str:
    """A preposition after "keep" only links ("keep churn at 2 %"); else it opens an adverbial."""
    if words and amount.unit == "%" and (amount.signed or amount.plus):
        return BARE  # "breakage in the store -18 %"
    for at in scene.before(amount):
        if scene.taken(at) == "amount":
            break
        if scene.tokens[at].cue.verb == "keep" and words == 0:
            return BARE
    return ASIDE


def _of_verb(scene: Scene, amount: Amount, at: int, words: int) -> str:
    """A number that a verb of direction governs without a preposition: by so much, if it can be a change."""
    verb = scene.tokens[at].cue.verb
    if verb == "keep":
        return BARE
    if amount.comparator and _is_level(verb, amount):
        return TO
    if amount.times or amount.unit == "x":
        return BY
    near = words == 0
    if _gathers(scene, amount, at, near) or (near and amount.unit is None and "gains" in scene.tokens[at].cue.marks):
        amount.verb = "reach"
        return BARE
    ends = _ends(scene, amount)
    if verb == "better":
        return BY if (near or ends) and amount.unit is not None else BARE
    if near or (ends and amount.unit is not None) or (ends and words <= 6):
        return BY
    return BARE


def _gathers(scene: Scene, amount: Amount, at: int, near: bool) -> bool:
    """ "raise 2 million", "raise a seed round of $2M", "save $900 for a tent": money that is to come together."""
    if not is_currency(amount.unit) and not (near and amount.factor > 1):
        return False
    marks = scene.tokens[at].cue.marks
    behind = scene.tokens[amount.last + 1].cue.after if amount.last + 1 < len(scene.tokens) else frozenset()
    led = amount.first > 0 and "of" in scene.tokens[amount.first - 1].cue.after
    kept = "purpose" in behind or _ends_in_cadence(scene, amount.last + 1)
    return ("funds" in marks and (near or led)) or ("saves" in marks and near and kept)


def _ends_in_cadence(scene: Scene, at: int) -> bool:
    """ "save $600 a month": put by, where nothing follows that is to cost less."""
    last = at + (1 if at < len(scene.tokens) and "per" in scene.tokens[at].cue.marks else 2)
    return is_cadence(scene.lexed, at) and (last >= len(scene.tokens) or scene.is_stop(last))


def _is_level(verb: str, amount: Amount) -> bool:
    """ "reduce churn < 5 %" names where it is to be, "reduce by at least 5 %" how far it is to move."""
    if verb == "down":
        return amount.comparator in ("<", "<=")
    return amount.comparator == ">" and verb != "down"


def _ends(scene: Scene, amount: Amount) -> bool:
    """Whether a clause, an adverbial or the sentence ends after an amount."""
    at = amount.last + 1
    while at < len(scene.tokens) and scene.taken(at) == "date":
        at += 1
    if at >= len(scene.tokens) or scene.is_stop(at):
        return True
    cue = scene.tokens[at].cue
    return bool(cue.before) or "opens" in cue.marks
