"""Which of the days that a sentence names is its deadline; else a span that ends once, or an event."""

from __future__ import annotations

from okrsync.language.claims import Claim
from okrsync.language.cues import NO_CUE
from okrsync.language.deadlines import Deadline
from okrsync.language.lexed import Amount
from okrsync.language.namedays import BY, DURING, SINCE, SPANS, told_by
from okrsync.language.scene import ASIDE, BARE, FROM, NOW, SUB, TO, Scene
from okrsync.language.scene import BY as BY_SO_MUCH
from okrsync.language.tokens import MARK, WORD, Token
from okrsync.values.locales import is_joined

_LONG_DAYS = 28
"""Days from which on a span is that of a plan, and no time to react in."""
_FEW_WEEKS = 4
_EVENT_WORDS = 5
"""How many words the name of an event may have."""
_NEAR = 4
"""How many words may stand between a number and the day on which it was so."""
_EVENT_LETTERS = 9
_NEAR_START = 20
_MOST = 20
"""Days that are looked at: a sentence with more of them is a calendar."""
_CONFERENCE = ("Con", "Conf")
_PAST = frozenset((FROM, NOW))
DUE = "due"
"""The role of an amount that is part of the deadline."""


def by_when(scene: Scene, deadlines: list[Deadline], primary: Claim | None) -> tuple[int, int] | None:
    """The tokens of the deadline as written. An amount that is taken for it gets the role `DUE`."""
    dated = [each for each in deadlines[:_MOST] if _is_due(scene, each)]
    if dated:
        chosen = _chosen(scene, dated, primary)
        return _with_event(scene, chosen)
    span = next((amount for amount in scene.amounts if _is_one_off(scene, amount, primary)), None)
    if span is not None and (primary is None or not any(map(_repeats, scene.tokens))):
        span.role = DUE
        return _extent(scene, span)
    return _event(scene)


# days and periods


def _is_due(scene: Scene, deadline: Deadline) -> bool:
    """Whether a day named is one by when something is to be done, and not when something was or is measured."""
    if deadline.sort == SINCE:
        return False
    if deadline.sort == BY:
        return True
    if _is_of_the_past(scene, deadline) or not deadline.is_known:
        return False
    return deadline.sort == DURING or deadline.is_day or _stands_alone(scene, deadline)


def _is_of_the_past(scene: Scene, deadline: Deadline) -> bool:
    """Whether the number beside a day says how it was: "up from 610 in March", "(六月是 9%)"."""
    beside = _clause_amounts(scene, deadline) or [
        amount for amount in scene.amounts if amount.first == deadline.last + 2 and scene.is_stop(amount.first - 1)
    ]  # "(Q2: 38)"
    if beside and all(amount.role in _PAST for amount in beside):
        return True
    earlier = [amount for amount in beside if 0 < deadline.first - amount.last <= _NEAR]
    return bool(earlier) and earlier[-1].role in _PAST


def _clause_amounts(scene: Scene, deadline: Deadline) -> list[Amount]:
    """The amounts of the clause, or of the brackets, in which a day is named."""
    first, last = deadline.first, deadline.last
    while first > 0 and not scene.is_stop(first - 1):
        first -= 1
    while last + 1 < len(scene.tokens) and not scene.is_stop(last + 1):
        last += 1
    return [amount for amount in scene.amounts if first <= amount.first <= last]


def _stands_alone(scene: Scene, deadline: Deadline) -> bool:
    """Whether a period without a preposition says when: it ends or opens a clause, and tells of no thing."""
    core = scene.lexed.text(deadline.core, deadline.core)
    led = deadline.first != deadline.core and scene.lexed.text(deadline.first, deadline.core - 1) not in "第제"
    if led or core.startswith("de "):
        return False  # "of Q3", "for H2"
    ends = deadline.last + 1 >= len(scene.tokens) or _is_edge(scene, deadline.last + 1)
    opens = deadline.first == 0 or _is_edge(scene, deadline.first - 1)
    if ends or not opens:
        return ends
    cue = scene.tokens[deadline.last + 1].cue
    if cue.verb or "goal" in cue.before or "opens" in cue.marks:
        return True
    text = scene.lexed.plain.text[scene.tokens[deadline.last + 1].start]
    return is_joined(text) and text not in "的の의" and bool(_clause_amounts(scene, deadline))


def _is_edge(scene: Scene, at: int) -> bool:
    """Whether a clause ends at a mark; a dash that parts words is one too."""
    return scene.is_stop(at) or (scene.tokens[at].kind == MARK and scene.lexed.text(at, at) in "-–—")


def _chosen(scene: Scene, dated: list[Deadline], primary: Claim | None) -> Deadline:
    """The first that is said to be by when; else that in the clause of the metric; else the first."""
    surest = [each for each in dated if each.sort == BY] or dated
    if primary is not None and len(surest) > 1:
        lead = primary.lead
        for each in surest:
            if any(amount is lead for amount in _clause_amounts(scene, each)) and not _is_parted(scene, each, lead):
                return each
    return surest[0]


def _is_parted(scene: Scene, deadline: Deadline, amount: Amount) -> bool:
    """Whether a conjunction stands between a day and an amount."""
    left, right = sorted(((deadline.first, deadline.last), (amount.first, amount.last)))
    return any("opens" in scene.tokens[at].cue.marks and not scene.taken(at) for at in range(left[1] + 1, right[0]))


# spans


def _is_one_off(scene: Scene, amount: Amount, primary: Claim | None) -> bool:
    """ "in 6 weeks", "within 18 months", 三个月内: a span in which a plan is carried out, and no time of a process."""
    if amount.unit not in SPANS or amount.role not in (ASIDE, SUB, BY_SO_MUCH, BARE):
        return False
    if not _is_inside(scene, amount) or (amount.unit == "day" and amount.value < _LONG_DAYS):
        return False
    if primary is None:
        return True
    if primary.lead is amount:
        return False
    lead = primary.lead
    if lead.unit in SPANS or (
        amount.unit == "week" and amount.value < _FEW_WEEKS and lead.role not in (TO, BY_SO_MUCH)
    ):
        return False  # "answer 20 letters within 2 weeks" may be the time for each
    return lead.role in (TO, BY_SO_MUCH) or lead.unit not in ("%", "pp")


def _is_inside(scene: Scene, amount: Amount) -> bool:
    """Whether the words beside a span say that something is done in it, and it does not hang on another event."""
    after, length = amount.last + 1, len(scene.tokens)
    if after < length and not scene.is_stop(after):
        if after + 1 < length and SINCE in told_by(scene.lexed, after) and "now" in told_by(scene.lexed, after + 1):
            return True
        if "of" in scene.tokens[after].cue.after or SINCE in told_by(scene.lexed, after):
            return False
    leads = range(max(amount.first - 2, 0), amount.at)
    if any("inside" in told_by(scene.lexed, at) and scene.taken(at) in ("", "amount") for at in leads):
        return True
    tails = range(amount.at + 1, min(amount.last + 2, length))
    return any("inside" in told_by(scene.lexed, at) and _is_tail(scene, at) for at in tails)


def _is_tail(scene: Scene, at: int) -> bool:
    cue = scene.tokens[at].cue
    return bool(cue.after or cue.at_least_after)


def _repeats(token: Token) -> bool:
    """Whether a word says that something happens again and again."""
    cue = token.cue
    return "each" in cue.before or "every" in cue.marks or "state" in cue.marks


def _extent(scene: Scene, amount: Amount) -> tuple[int, int]:
    first, last = amount.first, amount.last
    while first > 0 and _goes_with(scene, first - 1):
        first -= 1
    while last + 1 < len(scene.tokens) and _follows(scene, last + 1):
        last += 1
    return first, last


def _goes_with(scene: Scene, at: int) -> bool:
    cue = scene.tokens[at].cue
    if scene.tokens[at].kind == MARK or scene.taken(at):
        return False
    if cue.at_least or "window" in cue.before or "deadline" in cue.before:
        return True
    return not told_by(scene.lexed, at).isdisjoint(("inside", "coming"))


def _follows(scene: Scene, at: int) -> bool:
    cue = scene.tokens[at].cue
    if ASIDE in cue.after or "deadline" in cue.after or "now" in told_by(scene.lexed, at):
        return True
    return SINCE in told_by(scene.lexed, at) and at + 1 < len(scene.tokens) and "now" in told_by(scene.lexed, at + 1)


# events


def _with_event(scene: Scene, deadline: Deadline) -> tuple[int, int]:
    """ "before the summer fair", "before KubeCon on 12 November": an event named together with its day."""
    first, last = deadline.first, deadline.last
    if not deadline.is_known and not is_joined(scene.lexed.plain.text[scene.tokens[last].start]):
        return first, max(last, _end_of_name(scene, last + 1))
    if deadline.sort == DURING and deadline.is_day:
        for at in range(first - 1, max(first - _EVENT_WORDS, 0), -1):
            if not _names(scene, at) and BY not in told_by(scene.lexed, at):
                break
            if BY in told_by(scene.lexed, at) and "deadline" in scene.tokens[at].cue.before:
                return at, last
    return first, last


def _event(scene: Scene) -> tuple[int, int] | None:
    """ "before peak season", "by the 1.0 release", 进博会前: an event whose day is not told."""
    for at, token in enumerate(scene.tokens):
        cue = token.cue
        if cue is NO_CUE or not ("deadline" in cue.before or "deadline" in cue.after):
            continue
        if token.kind != WORD or scene.taken(at) or BY not in told_by(scene.lexed, at):
            continue
        if "deadline" in cue.before and not cue.after:
            found = _event_behind(scene, at, "before" in told_by(scene.lexed, at))
        elif "deadline" in cue.after and is_joined(scene.lexed.plain.text[token.start]):
            found = _event_ahead(scene, at)
        else:
            continue
        if found is not None:
            return found
    return None


def _event_behind(scene: Scene, at: int, before: bool) -> tuple[int, int] | None:
    """An event that ends its clause: any after "before"; after "by" one that is known as such or has a name."""
    last = _end_of_name(scene, at + 1)
    if last <= at or last - at > _EVENT_WORDS or not _is_close(scene, last + 1):
        return None
    words = [scene.lexed.text(place, place) for place in range(at + 1, last + 1)]
    if any("events" in told_by(scene.lexed, place) for place in range(at + 1, last + 1)):
        return at, last
    named = words[-1][:1].isupper() and not words[-1].isupper() and before
    return (at, last) if named or any(word.endswith(_CONFERENCE) for word in words) else None


def _is_close(scene: Scene, at: int) -> bool:
    """Whether a clause ends here, be it with its verb."""
    if at >= len(scene.tokens) or scene.is_stop(at):
        return True
    return scene.lexed.cues.verb_follows and bool(scene.tokens[at].cue.verb)


def _end_of_name(scene: Scene, at: int) -> int:
    """The last of the words from here on that may be the name of an event."""
    while at < len(scene.tokens) and _names(scene, at):
        at += 1
    return at - 1


def _names(scene: Scene, at: int) -> bool:
    if scene.taken(at):
        return scene.taken(at) == "name"
    token = scene.tokens[at]
    cue = token.cue
    return token.kind == WORD and not cue.verb and (not cue.before or "definite" in cue.before or bool(cue.unit_before))


def _event_ahead(scene: Scene, at: int) -> tuple[int, int] | None:
    """进博会前, 総会までに, 컨퍼런스 전까지: the noun right before, back to where a particle or a space parts it."""
    text, tokens = scene.lexed.plain.text, scene.tokens
    if scene.lexed.text(at, at) == "まで" or any(
        SINCE in told_by(scene.lexed, place) for place in range(max(at - _NEAR_START, 0), at)
    ):
        return None  # "from order to delivery"
    first = at
    while first > 0 and at - first < _EVENT_LETTERS:
        token = tokens[first - 1]
        spaced = text[tokens[first].start - 1].isspace() and first != at
        if (
            token.kind != WORD
            or scene.taken(first - 1)
            or token.cue.verb
            or spaced
            or token.cue.before
            or token.cue.after
        ):
            break
        first -= 1
    if at - first < 2 or at - first >= _EVENT_LETTERS:
        return None
    opened = first > 0 and bool(tokens[first - 1].cue.before & {"deadline", ASIDE})
    return (first, at) if opened or first == 0 or scene.is_stop(first - 1) or scene.lexed.cues.verb_last else None
