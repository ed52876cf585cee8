"""Roles that hang on another number: "de 7 à 5 %", "cut the $20k bill by 25 %", "600 today, 900 is the goal"."""

from __future__ import annotations

from okrsync.language.cues import NO_CUE, Cue
from okrsync.language.lexed import TIMES, Amount
from okrsync.language.scene import BARE, BY, FROM, GOAL, NOW, TO, Scene, direction_before, parted
from okrsync.language.tokens import WORD
from okrsync.values.amounts import is_currency

_OPEN = frozenset(("was", "weak_from"))
"""Roles that only another number settles."""
_FEW = 2
"""Letters that may stand between a comma and a verb without making a subject: 争取."""


def pair(scene: Scene) -> None:
    """Roles that hang on another number of the clause: "de 7 à 5 %", "5 % reduced to 3 %"."""
    amounts = scene.amounts
    for place, amount in enumerate(amounts):
        following = amounts[place + 1] if place + 1 < len(amounts) else None
        if amount.role in _OPEN:
            amount.role = _settled(scene, amount, amounts[:place], following)
        if following is not None:
            amount.role = _before_another(scene, amount, following)
    for amount in amounts:
        if amount.role in ("", BARE):
            amount.role = BARE
            if _is_signed_change(scene, amount):
                amount.role, amount.verb = BY, "down" if amount.signed else "up"


def _settled(scene: Scene, amount: Amount, earlier: list[Amount], following: Amount | None) -> str:
    """What "was" and "von" mean beside the number behind them, or the one before."""
    if amount.role == "was":
        leads = following is not None and following.role in (TO, GOAL)
        return NOW if leads or _follows(scene, earlier, amount) else BARE
    linked = following is not None and _is_linked(scene, amount, following)
    if linked and following is not None and _is_step(scene, amount, following):
        return BY
    moved = following is not None and following.role == BY and not parted(scene, amount, following)
    moved = moved and "weak_from" in scene.tokens[amount.first - 1].cue.before
    return _of_weak_from(scene, amount, linked or moved, earlier[-1] if earlier else None)


def _before_another(scene: Scene, amount: Amount, following: Amount) -> str:
    """The role of a number before one that says whereto, or by how much."""
    role = amount.role
    if _is_linked(scene, amount, following):
        if _is_step(scene, amount, following):
            return BY
        loose = role in (BY, NOW) and not amount.verb and not amount.times and not _is_by_word(scene, amount)
        if not amount.plus and (loose or role in (BARE, "")):
            return FROM
    if _is_cut(scene, amount, following):
        return FROM
    if role in (BARE, ""):
        if _goes_on(scene, amount, following) or _is_how_it_is(scene, amount, following):
            return NOW
        if _is_object(scene, amount, following):
            return FROM
    return role


def _is_linked(scene: Scene, amount: Amount, following: Amount) -> bool:
    """Whether a number says whereto one before it in its clause is to go."""
    if following.role != TO or parted(scene, amount, following) or not _alike(amount, following):
        return False
    return not _counts_other_things(scene, amount, following)


def _is_signed_change(scene: Scene, amount: Amount) -> bool:
    """ "-18 %", "+6 points", "+15 members, to arrive at 80"."""
    if not (amount.plus or amount.signed) or _is_held(scene, amount):
        return False
    if amount.signed and not amount.first and amount.unit in TIMES:
        return True  # "-3 days lead time"
    return amount.unit in ("%", "pp") or (amount.plus and _is_added(scene, amount))


def _follows(scene: Scene, earlier: list[Amount], amount: Amount) -> bool:
    """ "Certification at 33 %, was 12 %": how it was, behind a number in the same unit in another clause."""
    last = earlier[-1] if earlier else None
    same = last is not None and last.unit == amount.unit and last.role not in (FROM, NOW, BY)
    return same and parted(scene, earlier[-1], amount)


def _is_held(scene: Scene, amount: Amount) -> bool:
    """ "keep growth at +5 %", "reach +8 %": a level that bears a sign, and no change."""
    beside = scene.tokens[amount.first - 1].cue.verb if amount.first else ""
    return beside == "reach" or verb_of(scene, amount) == "keep"


def _is_added(scene: Scene, amount: Amount) -> bool:
    """ "+6 points", "Sales: +150 €", and "+15 members, to arrive at 80": a change beside the number it leads to."""
    labelled = amount.first > 0 and scene.lexed.text(amount.first - 1, amount.first - 1) == ":"
    return (
        labelled
        or amount.unit == "score"
        or any(other.role in (TO, FROM) and other.first > amount.last for other in scene.amounts)
    )


def _is_by_word(scene: Scene, amount: Amount) -> bool:
    return amount.first > 0 and BY in scene.tokens[amount.first - 1].cue.before


def _goes_on(scene: Scene, amount: Amount, following: Amount) -> bool:
    """ "审核 1.5 天,缩到 4 小时": a clause without a verb says how it is, and the next without a subject whereto."""
    if following.role != TO or amount.unit is None or not _alike(amount, following):
        return False
    between = range(amount.last + 1, following.first)
    stop = next((at for at in between if scene.is_stop(at)), None)
    if stop is None or any(scene.tokens[at].cue.verb for at in (*scene.before(amount), *range(amount.last + 1, stop))):
        return False
    unknown = sum(
        len(scene.lexed.text(at, at)) for at in range(stop + 1, following.first) if scene.tokens[at].cue is NO_CUE
    )
    return unknown <= _FEW


def _is_how_it_is(scene: Scene, amount: Amount, following: Amount) -> bool:
    """ "Today we send 600 boxes, by December it should be 1,100": a clause of now before one of what is to be."""
    if following.role not in (TO, GOAL) or not _alike(amount, following):
        return False
    clause = [scene.tokens[at].cue for at in scene.clause(amount.first, amount.last) if not scene.taken(at)]
    if parted(scene, amount, following) and any(NOW in cue.before or NOW in cue.after for cue in clause):
        return True
    if "holds" not in scene.marks:
        return False
    before = [scene.tokens[at].cue for at in (*range(amount.first, amount.at), *scene.before(amount))]
    return any("holds" in cue.marks for cue in before) and not any(cue.verb in ("up", "down") for cue in before)


def _is_step(scene: Scene, amount: Amount, following: Amount) -> bool:
    """ "en 5 € hasta 47 €", "de 5 € pour atteindre 47 €": by how much, and what that comes to."""
    leads = scene.tokens[amount.first - 1].cue.before if amount.first else frozenset[str]()
    results = any("result" in scene.tokens[at].cue.marks for at in range(amount.last + 1, following.first))
    if "by_share" in leads:
        return direction_before(scene, amount)
    if scene.lexed.cues.verb_follows and not scene.lexed.cues.verb_last:
        moved = any(scene.tokens[at].cue.verb in ("up", "down") for at in range(amount.last + 1, following.first))
        return moved and amount.role in (BARE, "")  # "5 kg abnehmen auf 80 kg"
    return "weak_from" in leads and results


def _is_cut(scene: Scene, amount: Amount, following: Amount) -> bool:
    """ "Cut our $20k bill by 25 %", 将20万元的云成本降低25%: a level, and by how much it is to move."""
    if amount.role not in (BARE, "", BY) or following.role != BY or parted(scene, amount, following):
        return False
    shares = following.unit in ("%", "pp", "x")
    if amount.unit is None or amount.unit in ("%", "x", "pp", "score") or not (shares or _alike(amount, following)):
        return False
    led = [scene.tokens[at].cue for at in scene.before(amount)]
    if amount.plus or amount.signed or amount.comparator or any(cue.verb == "reach" for cue in led):
        return False
    explicit = following.first > 0 and BY in scene.tokens[following.first - 1].cue.before
    return explicit if any(cue.verb in ("up", "down") for cue in led) else scene.lexed.cues.modifiers_before


def _is_object(scene: Scene, amount: Amount, following: Amount) -> bool:
    """400万円を500万円にする: what is made into what."""
    between = range(amount.last + 1, following.first)
    return (
        following.role in (TO, GOAL)
        and _alike(amount, following)
        and len(between) == 1
        and "object" in scene.tokens[between[0]].cue.marks
    )


def _of_weak_from(scene: Scene, amount: Amount, linked: bool, last: Amount | None) -> str:
    """ "de", "von": from where, beside a number that says whereto ("al 3 % desde el 11 %"), else by how much."""
    back = last is not None and last.role == TO and last.unit == amount.unit and not parted(scene, last, amount)
    ends = amount.last + 1 >= len(scene.tokens) or scene.is_stop(amount.last + 1)
    if last is not None and last.times and ends and scene.tokens[amount.first - 1].cue.before >= {"weak_from"}:
        return FROM  # "Verdopplung der Anmeldungen von 300"
    if linked or back:
        return FROM
    rest = scene.amounts[scene.amounts.index(amount) + 1 :]
    if rest and rest[0].role == "weak_from" and rest[0].unit == "%" and amount.unit not in ("%", None):
        return FROM if not parted(scene, amount, rest[0]) else BY  # "la facture de 20 000 € de 25 %"
    return BY if direction_before(scene, amount) and amount.unit is not None else BARE


def _counts_other_things(scene: Scene, one: Amount, other: Amount) -> bool:
    """ "500 unidades a $99", "5 partenaires sous 6 semaines": things counted, and a price or a time beside them."""
    thing = one.last + 1 < other.first and is_of_thing(scene, one.last + 1)
    return one.unit is None and (thing or one.counted) and (is_currency(other.unit) or other.unit in TIMES)


def _alike(one: Amount, other: Amount) -> bool:
    """Whether two numbers may count the same thing."""
    if one.unit == "%" and other.unit is None and other.value > 100:
        return False  # "grow 15 % to 2,300"
    return (
        one.unit == other.unit or one.unit is None or other.unit is None or (one.unit in TIMES and other.unit in TIMES)
    )


def is_of_thing(scene: Scene, at: int) -> bool:
    """Whether a thing follows, of which something is so many times as much: "grow the pipeline to 3x quota"."""
    return at < len(scene.tokens) and scene.tokens[at].kind == WORD and scene.tokens[at].cue is NO_CUE


def verb_of(scene: Scene, amount: Amount) -> str:
    """The verb that governs a number: the nearest of direction before it in its clause, else one behind it."""
    tokens = scene.tokens
    moves = amount.role in (TO, BY, FROM)
    places = scene.before(amount)
    if amount.role == BARE and places and tokens[places[-1]].cue.verb == "keep":
        return "keep"  # "keep monthly growth at 5 %"
    done = False
    for at in scene.before(amount):
        cue = tokens[at].cue
        if scene.taken(at):
            continue
        if cue.verb and cue.verb != "reach":
            return _by_speed(cue, amount)
        done = done or cue.verb == "reach"
        if done and not moves and "opens" in cue.marks:
            break
    if done and not moves and not scene.lexed.cues.verb_follows:
        return "reach"
    if moves or scene.lexed.cues.verb_follows:
        for at in scene.behind(amount.last + 1):
            verb = tokens[at].cue.verb
            if verb and verb != "reach" and not scene.taken(at):
                return _by_speed(tokens[at].cue, amount)
    return "reach" if done else ""


def _by_speed(cue: Cue, amount: Amount) -> str:
    """The direction of a verb; what is quicker by two days takes less time."""
    return "down" if "speed" in cue.marks and amount.role == BY and amount.unit in TIMES else cue.verb
