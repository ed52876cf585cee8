"""Amounts that say of which things or under which circumstances the metric is meant, by what stands beside them."""

from __future__ import annotations

from okrsync.language.lexed import TIMES, Amount
from okrsync.language.scene import ASIDE, BARE, BY, SUB, TO, Scene
from okrsync.language.tokens import MARK, WORD

_LINKED = 3
"""How many words may stand between a number of things and the number that selects them."""
_DAYS = frozenset(("day", "week", "month", "quarter", "year"))
_COUNTED_SHARE = frozenset(("%", "x", "pp"))


def set_aside(scene: Scene) -> None:
    """Gives the roles aside and sub to amounts beside which another amount is the metric's own."""
    amounts = scene.amounts
    for place, amount in enumerate(amounts):
        last = amounts[place - 1] if place else None
        if amount.role == BARE and amount.comparator and last is not None and _selects_before(scene, last, amount):
            amount.role = SUB
        others = amounts[:place] + amounts[place + 1 :]
        if not any(other.role not in (ASIDE, SUB) for other in others):
            continue
        rest = amounts[place + 1 :]
        if _is_window(scene, amount, rest) or _is_circumstance(scene, amount) or _opens(scene, amount, rest):
            amount.role = ASIDE
        elif amount.role == BARE and amount.comparator:
            amount.role = SUB if _selects_behind(scene, amount, rest) else BARE


def _is_window(scene: Scene, amount: Amount, rest: list[Amount]) -> bool:
    """ "Le taux de rétention à 90 jours atteint 60 %": a time in the name of what is measured, before the verb."""
    if (
        amount.role not in (BARE, TO)
        or amount.unit not in _DAYS
        or amount.comparator
        or not rest
        or rest[0].unit in TIMES
    ):
        return False
    between = range(amount.last + 1, rest[0].first)
    if any(scene.is_stop(at) for at in between) or not any(scene.tokens[at].cue.verb for at in between):
        return False
    before = scene.before(amount)
    return len(before) > 1 and not any(scene.tokens[at].cue.verb for at in before)


def _is_circumstance(scene: Scene, amount: Amount) -> bool:
    """ "despite 40 % more traffic", "at 5x load": whatever the number, the metric is to hold all the same."""
    if amount.role == SUB:
        return False
    places = list(scene.before(amount))
    if "condition" in scene.leads and any("condition" in scene.tokens[at].cue.before for at in places):
        return True
    opens = bool(places) and ASIDE in scene.tokens[places[-1]].cue.before and not scene.taken(places[-1])
    led = any(scene.tokens[at].cue.verb in ("up", "down", "better") for at in places)
    return opens and not led and amount.role == BY and any(other.first > amount.last for other in scene.amounts)


def _opens(scene: Scene, amount: Amount, rest: list[Amount]) -> bool:
    """ "Within 24 hours of an alarm, 90 % …", 1スプリントで30件: a time or one of something, and the claim follows."""
    tokens = scene.tokens
    if amount.value == 1 and amount.role == BARE and scene.lexed.cues.modifiers_before:
        near = range(amount.last + 1, min(amount.last + 3, len(tokens)))
        return bool(rest) and any(ASIDE in tokens[at].cue.after for at in near)
    bounds = any(tokens[at].cue.at_least and ASIDE in tokens[at].cue.before for at in range(amount.first, amount.at))
    if not bounds or amount.role != BARE or amount.unit not in TIMES:
        return False
    if any(tokens[at].cue.verb for at in scene.before(amount)):
        return False
    return any(other.unit not in TIMES and other.role in (BARE, TO, BY) for other in rest)


def _selects_before(scene: Scene, last: Amount, amount: Amount) -> bool:
    """ "6 clinics with more than 400 beds", "6 Kliniken ab 400 Betten": a bound right behind counted things."""
    tokens = scene.tokens
    if scene.lexed.cues.modifiers_before:
        return False
    between = range(last.last + 1, amount.first)
    return 1 <= len(between) <= _LINKED and all(
        tokens[at].kind == WORD and not tokens[at].cue.verb and not tokens[at].cue.before and not scene.taken(at)
        for at in between
    )


def _selects_behind(scene: Scene, amount: Amount, rest: list[Amount]) -> bool:
    """300 平米以上的新店 7 家, 100인 이상 기업 20개사: a bound before the noun whose number follows."""
    if not rest or amount.unit in _COUNTED_SHARE:
        return False
    if rest[0].role == BY and rest[0].first == amount.last + 1:
        return True  # "invoices over 90 days 10 % lower"
    if not scene.lexed.cues.modifiers_before:
        return False
    following = rest[0]
    between = range(amount.last + 1, following.first)
    if not between or scene.tokens[between[0]].kind == MARK:
        return False
    first = scene.tokens[between[0]].cue
    return not first.verb and not any(scene.is_stop(at) or _turns(scene, at) for at in between)


def _turns(scene: Scene, at: int) -> bool:
    return scene.tokens[at].cue.verb in ("up", "down", "keep", "better")
