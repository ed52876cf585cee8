"""The role each amount has in its sentence: baseline, target, change, condition; from the words around it."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.language.amounts import TIMES, Amount, Lexed
from okrsync.language.cues import NO_CUE
from okrsync.language.deadlines import Deadline
from okrsync.language.tokens import MARK
from okrsync.values.amounts import is_currency

FROM, TO, BY, NOW, GOAL, ASIDE, SUB, BARE = "from", "to", "by", "now", "goal", "aside", "sub", "bare"
_STOPS = frozenset(",;:.!?()[]\n，；。（）、|•·")
_LABELS = frozenset((NOW, "label", GOAL, FROM, TO, "was", "weight"))
_NEAR = {TO: 4, BY: 3, NOW: 5, GOAL: 3, FROM: 9}
"""How many unknown words may stand between a role word and its number; characters count as words."""
_SPANS = frozenset(("week", "month", "quarter", "year"))
"""Times in which something is done, and seldom ones that are shortened."""
_FEW = 2
"""Letters that may stand between a comma and a verb without making a subject: 争取."""


class Scene:
    """A sentence under reading: where its clauses end, which tokens days and other amounts take up."""

    def __init__(self, lexed: Lexed, amounts: list[Amount], deadlines: list[Deadline]) -> None:
        self.lexed = lexed
        self.tokens = lexed.tokens
        self.amounts = [amount for amount in amounts if not amount.why_not]
        self._taken: dict[int, str] = {}
        for amount in amounts:
            for at in range(amount.first, amount.last + 1):
                self._taken[at] = amount.why_not or "amount"
        for deadline in deadlines:
            for at in range(deadline.first, deadline.last + 1):
                self._taken.setdefault(at, "date")
                if self._taken[at] != "amount":
                    self._taken[at] = "date"
        self.depth = self._depths()

    def _depths(self) -> list[int]:
        depth, depths = 0, []
        for at, token in enumerate(self.tokens):
            mark = self.lexed.text(at, at) if token.kind == MARK else ""
            if mark in ("(", "[", "（"):
                depth += 1
            depths.append(depth)
            if mark in (")", "]", "）") and depth:
                depth -= 1
        return depths

    def taken(self, at: int) -> str:
        """ "amount", "date", another reason, or "" for a free token."""
        return self._taken.get(at, "")

    def before(self, amount: Amount) -> Iterator[int]:
        """The tokens before an amount in its clause, the nearest first, without what stands in brackets between."""
        own = self.depth[amount.at]
        for at in range(amount.first - 1, -1, -1):
            if self.depth[at] > own:
                continue
            if self.is_stop(at):
                return
            yield at

    def is_stop(self, at: int) -> bool:
        """Whether a clause ends at a token."""
        if self.taken(at):
            return False
        token = self.tokens[at]
        if token.kind != MARK or token.cue.before:
            return False
        mark = self.lexed.text(at, at)
        if mark == ":" and at and not _LABELS.isdisjoint(self.tokens[at - 1].cue.before):
            return False  # "current: 85"
        return mark in _STOPS


def give_roles(scene: Scene) -> None:
    """Sets `role` and `verb` of every amount."""
    for amount in scene.amounts:
        if amount.role:
            continue
        before = _before(scene, amount)
        amount.role = before if before in _STRONG else _after(scene, amount) or before
        if amount.unit == "x" and _is_multiple(scene, amount):
            amount.role = BY
    _pair(scene)
    for amount in scene.amounts:
        if not amount.verb:
            amount.verb = _verb(scene, amount)


_STRONG = frozenset((FROM, NOW, TO, GOAL))


def _is_multiple(scene: Scene, amount: Amount) -> bool:
    """Whether "3x" is meant of what there is today, and is no ratio of two things."""
    if amount.times or amount.role in (BY, NOW):
        return True
    following = scene.tokens[amount.last : amount.last + 4]
    return any("load" in token.cue.marks for token in following) or (
        amount.role == TO and _direction_before(scene, amount)
    )


def _before(scene: Scene, amount: Amount) -> str:
    """The nearest word before a number that gives it a role; what stands further off counts less."""
    if _bounded_to(scene, amount):
        return TO
    if BY in scene.tokens[amount.at].cue.before:
        return BY  # "by a quarter"
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
    return ""


def _bounded_to(scene: Scene, amount: Amount) -> bool:
    """ "por debajo de 2 %", "hasta 400 €" say whereto after a verb of direction, and are a bound elsewhere."""
    own = range(amount.first, amount.at)
    return any(TO in scene.tokens[at].cue.before for at in own) and _direction_before(scene, amount)


def _role(scene: Scene, amount: Amount, at: int, words: int) -> str:
    """The role a word gives to a number so many words away."""
    cue = scene.tokens[at].cue
    roles = cue.before
    if roles:
        if NOW in roles and words <= _NEAR[NOW]:
            return NOW
        if "than" in roles and words <= _NEAR[BY]:
            return BY if _has_direction(scene, amount.last + 1) else ""
        if "label" in roles and not words:
            return NOW
        if "was" in roles and words <= 2 and not _is_goal(scene, at):
            return NOW if scene.depth[amount.at] or _begins_with_now(scene, amount, at) else "was"
        if FROM in roles and words <= _NEAR[FROM]:
            return FROM
        if "weak_from" in roles and words <= _NEAR[FROM]:
            return "weak_from"
        if TO in roles and words <= (0 if scene.tokens[at].kind == MARK else _NEAR[TO]):
            return TO
        if BY in roles:
            return BY if not words else ASIDE
        if "by_share" in roles and words <= 2 and _is_by(scene, amount, at):
            return BY
        if GOAL in roles and words <= _NEAR[GOAL]:
            return GOAL
        if ASIDE in roles:
            return _aside(scene, amount, words)
        if "sub" in roles:
            return SUB
    if cue.verb in ("up", "down", "better", "keep"):
        return "verb"
    if (cue.verb == "reach" and "skip" not in cue.marks) or "opens" in cue.marks:
        if cue.verb and _begins_with_now(scene, amount, at):
            return NOW
        return ASIDE if cue.verb and _in_scope(scene, at) else BARE
    return ""


def _begins_with_now(scene: Scene, amount: Amount, verb: int) -> bool:
    """ "…, derzeit zahlen wir 900 €": how it is, in a clause of its own behind a number that says how it is to be."""
    start = verb
    while start > 0 and not scene.is_stop(start - 1) and verb - start < _NEAR[NOW]:
        start -= 1
    behind = start > 0 and scene.is_stop(start - 1) and scene.amounts[0].first < start
    return behind and NOW in scene.tokens[start].cue.before


def _is_by(scene: Scene, amount: Amount, at: int) -> bool:
    """Whether "en" and "em" say by how much: of a share, or right behind a verb ("reduzir em 8 minutos")."""
    if amount.unit in ("%", "pp"):
        return _direction_before(scene, amount)
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
    if near and "funds" in scene.tokens[at].cue.marks and (is_currency(amount.unit) or amount.factor > 1):
        amount.verb = "reach"  # "raise 2 million"
        return BARE
    ends = _ends(scene, amount)
    if verb == "better":
        return BY if (near or ends) and amount.unit is not None else BARE
    if near or (ends and amount.unit is not None) or (ends and words <= 6):
        return BY
    return BARE


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


def _direction_before(scene: Scene, amount: Amount) -> bool:
    moves = ("up", "down", "better")
    return any(scene.tokens[at].cue.verb in moves and not scene.taken(at) for at in scene.before(amount))


def _after(scene: Scene, amount: Amount) -> str:
    """What the words right behind a number make of it: から, 内, "last quarter", "20 % increase"."""
    at = amount.last + 1
    words = 0
    tokens = scene.tokens
    if amount.within and amount.unit in TIMES and not _to_before(scene, amount):
        return ASIDE
    while at < len(tokens) and words <= 1:
        if scene.taken(at) or scene.is_stop(at):
            return ""
        cue = tokens[at].cue
        if FROM in cue.after:
            return FROM
        if TO in cue.after and words == 0 and (_has_direction(scene, at) or _after_from(scene, amount)):
            return TO
        if NOW in cue.after and words == 0 and not ("deadline" in cue.before and _binds(scene, at)):
            return NOW
        if GOAL in cue.after and words == 0:
            return GOAL
        if "condition" in cue.after:
            return ASIDE
        if ASIDE in cue.after and amount.unit in TIMES and words == 0 and not _to_before(scene, amount):
            return ASIDE
        if "attributive" in cue.after and amount.comparator and amount.unit not in ("%", "x"):
            return SUB
        if words == 0 and _compares(scene, at):
            amount.verb = "up" if cue.at_least == ">" else "down"
            return BY
        if cue.verb in ("up", "down") and not _leads_on(scene, at):
            amount.verb = "down" if "speed" in cue.marks and amount.unit in TIMES else cue.verb
            if amount.unit is None and not words and at + 1 < len(tokens):
                amount.unit = tokens[at + 1].cue.unit or None  # "11 fewer days"
            return BY
        if (
            cue.verb == "better"
            and words == 0
            and amount.unit in ("%", "pp", "x")
            and not _leads_on(scene, at)
            and cue.before == frozenset()
        ):
            amount.verb = cue.verb
            return BY
        if "skip" not in cue.marks and "link" not in cue.marks:
            words += 1
            if not scene.lexed.cues.verb_last:
                return _of_comparison(scene, amount, at)
        at += 1
    return ""


def _of_comparison(scene: Scene, amount: Amount, at: int) -> str:
    """ "15 Mitglieder mehr", "20 % d'avions en moins": a comparison behind the things counted."""
    tokens = scene.tokens
    for beyond in range(at, min(at + _NEAR[TO], len(tokens))):
        cue = tokens[beyond].cue
        if scene.taken(beyond) or scene.is_stop(beyond) or (cue.verb and not cue.after):
            return ""
        for direction in ("more", "less"):
            if direction in cue.after and not _numbers_follow(scene, beyond):
                amount.verb = "up" if direction == "more" else "down"
                return BY
        if cue.before and "of" not in cue.after and "skip" not in cue.marks:
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


def _has_direction(scene: Scene, at: int) -> bool:
    """Whether a verb of direction follows in the clause: 30%に上げる, and not 100人にインタビュー."""
    tokens = scene.tokens
    while at < len(tokens) and not scene.is_stop(at):
        if tokens[at].cue.verb in ("up", "down", "better", "keep"):
            return True
        at += 1
    return False


def _after_from(scene: Scene, amount: Amount) -> bool:
    """Whether the amount before says from where: (16분에서 8분으로)."""
    last = None
    for other in scene.amounts:
        if other is amount:
            break
        last = other
    return last is not None and last.role == FROM and not _parted(scene, last, amount)


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


def _pair(scene: Scene) -> None:
    """Roles that hang on another number of the clause: "de 7 à 5 %", "5 % reduced to 3 %"."""
    amounts = scene.amounts
    for place, amount in enumerate(amounts):
        following = amounts[place + 1] if place + 1 < len(amounts) else None
        linked = (
            following is not None
            and following.role == TO
            and not _parted(scene, amount, following)
            and _alike(amount, following)
        )
        if amount.role == "was":
            amount.role = NOW if following is not None and following.role in (TO, GOAL) else BARE
        elif amount.role == "weak_from":
            amount.role = _of_weak_from(scene, amount, linked, amounts[place - 1] if place else None)
        elif (
            linked
            and not amount.plus
            and (
                amount.role in (BARE, "")
                or (
                    amount.role in (BY, NOW) and not amount.verb and not amount.times and not _is_by_word(scene, amount)
                )
            )
        ):
            amount.role = FROM
        elif amount.role in (BARE, "") and following is not None and _goes_on(scene, amount, following):
            amount.role = NOW
    for amount in amounts:
        if amount.role in ("", BARE):
            amount.role = BARE
            if (
                (amount.plus or amount.signed)
                and (amount.unit in ("%", "pp") or (amount.plus and _is_led_to(amounts, amount)))
                and _verb(scene, amount) not in ("reach", "keep")
            ):
                amount.role, amount.verb = BY, "down" if amount.signed else "up"


def _is_led_to(amounts: list[Amount], amount: Amount) -> bool:
    """ "+15 members, to arrive at 80": a change beside the number it leads to."""
    return any(other.role == TO and other.first > amount.last for other in amounts)


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
    return unknown <= 2


def _of_weak_from(scene: Scene, amount: Amount, linked: bool, last: Amount | None) -> str:
    """ "de", "von": from where, beside a number that says whereto ("al 3 % desde el 11 %"), else by how much."""
    back = last is not None and last.role == TO and last.unit == amount.unit and not _parted(scene, last, amount)
    if linked or back:
        return FROM
    return BY if _direction_before(scene, amount) and amount.unit is not None else BARE


def _alike(one: Amount, other: Amount) -> bool:
    """Whether two numbers may count the same thing."""
    if one.unit == "%" and other.unit is None and other.value > 100:
        return False  # "grow 15 % to 2,300"
    return (
        one.unit == other.unit or one.unit is None or other.unit is None or (one.unit in TIMES and other.unit in TIMES)
    )


def _parted(scene: Scene, one: Amount, other: Amount) -> bool:
    return any(scene.is_stop(at) for at in range(one.last + 1, other.first))


def _verb(scene: Scene, amount: Amount) -> str:
    """The verb that governs a number: the nearest of direction before it in its clause, else one behind it."""
    tokens = scene.tokens
    moves = amount.role in (TO, BY, FROM)
    done = False
    for at in scene.before(amount):
        cue = tokens[at].cue
        if scene.taken(at):
            continue
        if cue.verb and cue.verb != "reach":
            return cue.verb
        done = done or cue.verb == "reach"
        if done and not moves and "opens" in cue.marks:
            break
    if done and not moves and not scene.lexed.cues.verb_follows:
        return "reach"
    at = amount.last + 1
    while at < len(tokens) and not scene.is_stop(at):
        cue = tokens[at].cue
        if cue.verb and cue.verb != "reach" and not scene.taken(at) and (moves or scene.lexed.cues.verb_follows):
            return cue.verb
        at += 1
    return "reach" if done else ""
