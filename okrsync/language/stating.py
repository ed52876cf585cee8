"""Claims → the stated metric: its kind, numbers in one unit, comparator, deadline, spans, and how sure they are."""

from __future__ import annotations

from okrsync.kinds import Change, Comparator, Kind, Mode
from okrsync.language.bywhen import DUE, by_when
from okrsync.language.claims import Claim, claims_of, primary_of
from okrsync.language.deadlines import Deadline
from okrsync.language.doubt import doubt_of
from okrsync.language.joining import joined
from okrsync.language.lexed import BYTES, SECONDS, Amount
from okrsync.language.metric import Condition, Span, StatedMetric
from okrsync.language.scene import ASIDE, SUB, TO, Scene
from okrsync.values.amounts import exact

_THOUSAND = 1e3
_ALIKE = 10.0
"""How many times as large a target may be as its baseline, where both share one magnitude."""
_COMPARATORS: dict[str, Comparator] = {">=": ">=", "<=": "<=", ">": ">", "<": "<"}


def stated(scene: Scene, amounts: list[Amount], deadlines: list[Deadline]) -> StatedMetric:
    """The metric of a sentence whose amounts have their roles."""
    claims = claims_of(scene)
    primary = primary_of(scene, claims)
    rest = [claim for claim in claims if claim is not primary]
    if primary is not None:
        rest = joined(scene, primary, rest)
    due = by_when(scene, deadlines, primary)
    rest = [claim for claim in rest if claim.lead.role != DUE]
    spans = _spans(scene, primary, rest, due)
    language = scene.lexed.cues.language
    deadline = _words(scene, due)
    if primary is None:
        certainty, reason = doubt_of(scene, amounts, deadlines, None, [])
        return StatedMetric(
            _without_number(scene),
            deadline=deadline,
            spans=spans,
            certainty=certainty,
            reason=reason,
            language=language,
        )
    condition = _condition(scene, primary)
    certainty, reason = doubt_of(scene, amounts, deadlines, primary, rest)
    return StatedMetric(
        condition.kind,
        condition.baseline,
        condition.target,
        condition.change,
        condition.unit,
        condition.comparator,
        deadline,
        _qualifiers(scene, amounts, primary),
        tuple(_condition(scene, claim) for claim in rest),
        spans,
        certainty,
        reason,
        language,
    )


# one claim


def _condition(scene: Scene, claim: Claim) -> Condition:
    lead = claim.lead
    unit = _unit(scene, claim)
    baseline, target = claim.baseline, claim.target
    b = _value(baseline, target) if baseline is not None else None
    t = _level(target) if target is not None else None
    kind, change = _kind(scene, claim, b, t)
    comparator = _COMPARATORS.get(lead.comparator or "")
    if b is not None and t is not None and t > b and comparator in ("<", "<="):
        comparator = None  # "bring it up to 25, today it is 18": how far it is to rise, and no ceiling
    return Condition(kind, b, t, change, unit, comparator)


def _level(amount: Amount) -> float:
    if amount.whole:
        return round(100 * amount.value / amount.whole, 2)
    return amount.value


def _value(baseline: Amount, target: Amount | None) -> float:
    """A baseline in the unit of its target; "from 1.5 to 2 million" are both millions."""
    value = _level(baseline)
    if target is not None and _shares_magnitude(baseline, target):
        return exact(value * target.factor)
    if target is None or baseline.unit == target.unit:
        return value
    for sizes in (SECONDS, BYTES):
        if baseline.unit in sizes and target.unit in sizes:
            return exact(round(value * sizes[baseline.unit] / sizes[target.unit], 9))
    return value


def _shares_magnitude(baseline: Amount, target: Amount) -> bool:
    """Whether a magnitude behind the second number is meant of the first too: where both are of a size then."""
    if baseline.factor != 1.0 or target.factor < _THOUSAND or baseline.first > target.first or not baseline.value:
        return False
    if baseline.unit not in (None, target.unit) or baseline.counted:
        return False
    sizes = abs(target.value / target.factor / baseline.value)
    if target.verb in ("up", "down"):
        return 1 < sizes < _ALIKE if target.verb == "up" else 1 / _ALIKE < sizes < 1
    return 1 / _ALIKE < sizes < _ALIKE


def _unit(scene: Scene, claim: Claim) -> str:
    if claim.target is not None:
        of = claim.target
    elif claim.change is not None and (claim.baseline is None or claim.change.unit not in ("%", "x")):
        of = claim.change
    else:
        of = claim.baseline or claim.lead
    unit = of.unit
    if of.whole:
        return "%"
    if unit is None and claim.baseline is not None:
        unit = claim.baseline.unit
    if claim.lead is claim.change and claim.baseline is None and claim.change.times and claim.change.value < 1:
        return "%"
    if unit == "pp" and of.unit == "pp" and _scored(scene, of) and not _has_mark(scene, of, "share"):
        return "score"
    if unit == "score" and of is claim.change and _has_mark(scene, of, "share"):
        return "pp"
    if unit is not None:
        return unit
    if of.counted:
        return "count"
    if of.scale is not None or _scored(scene, of):
        return "score"
    return "%" if _in_percent(scene, of) else "count"


def _in_percent(scene: Scene, amount: Amount) -> bool:
    """Whether the metric is said to be in percent: "spend as % of revenue: 14"."""
    return any(scene.tokens[at].cue.unit == "%" and not scene.taken(at) for at in range(amount.first))


def _has_mark(scene: Scene, amount: Amount, mark: str) -> bool:
    """Whether a word of this sort stands before an amount in its clause."""
    if mark not in scene.marks:
        return False
    places = (*range(amount.first, amount.at), *scene.before(amount))
    return any(mark in scene.tokens[at].cue.marks for at in places)


def _scored(scene: Scene, amount: Amount) -> bool:
    """Whether a metric counted in points stands near a bare number."""
    places = scene.before(amount)
    colon = amount.first - 1
    if not places and colon > 0 and scene.lexed.text(colon, colon) == ":":
        places = list(scene.clause(colon - 1, colon - 1))  # "NPS: 40"
    beyond = amount.last + 1
    if beyond < len(scene.tokens) and "score" in scene.tokens[beyond].cue.marks and not scene.is_stop(beyond):
        return True  # "a 4.8 rating"
    cues = (scene.tokens[at].cue for at in places)
    return any("score" in cue.marks or cue.unit_before == "score" for cue in cues)


def _kind(scene: Scene, claim: Claim, b: float | None, t: float | None) -> tuple[Kind, Change | None]:
    lead = claim.lead
    verb = _direction(scene, lead)
    change = _change(scene, claim.change, _direction(scene, claim.change)) if claim.change is not None else None
    if b is not None and t is not None:
        if b == t:
            return (Kind.DECREASE if verb == "down" else Kind.INCREASE), None
        return (Kind.INCREASE if t > b else Kind.DECREASE), None
    if change is not None:
        falls = change.value < (1 if change.mode == "multiple" else 0)
        return (Kind.DECREASE if falls else Kind.INCREASE), change
    if verb == "keep" and not _is_count_of_things(scene, lead):
        return (Kind.MAINTAIN_BELOW if _is_ceiling(scene, lead) else Kind.MAINTAIN_ABOVE), None
    if lead.role == TO and verb in ("up", "down") and t is not None:
        verb = "down" if t == 0 else verb
        return (Kind.INCREASE if verb == "up" else Kind.DECREASE), None
    return Kind.REACH, None


def _is_count_of_things(scene: Scene, amount: Amount) -> bool:
    """ "hold 3 workshops": a verb of keeping right before a bare count is one of doing."""
    if amount.unit is not None or amount.comparator is not None or not amount.first:
        return False
    return scene.tokens[amount.first - 1].cue.verb == "keep"


def _direction(scene: Scene, amount: Amount) -> str:
    """up, down, keep or nothing; what is improved goes where its metric is better."""
    if amount.verb == "better":
        return "down" if amount.comparator in ("<", "<=") or _falls(scene, amount) else "up"
    return amount.verb if amount.verb in ("up", "down", "keep") else ""


def _falls(scene: Scene, amount: Amount) -> bool:
    """Whether a metric of the clause is better when it is lower."""
    if _has_mark(scene, amount, "falls"):
        return True
    return any("falls" in scene.tokens[at].cue.marks for at in scene.behind(amount.last + 1))


def _is_ceiling(scene: Scene, amount: Amount) -> bool:
    if amount.comparator is not None:
        return amount.comparator in ("<", "<=")
    return _has_mark(scene, amount, "ceiling") or _falls(scene, amount)


def _change(scene: Scene, amount: Amount, verb: str) -> Change:
    """The change an amount names, signed by the verb."""
    value = abs(amount.value)
    if amount.unit == "x":
        if value < 1 and amount.times:
            return Change(mode="relative", value=-100 * (1 - value))
        return Change(mode="multiple", value=value)
    falls = verb == "down" or (not verb and amount.signed)
    mode: Mode = "relative" if amount.unit == "%" else "absolute"
    return Change(mode=mode, value=-value if falls else value)


# without a number, deadline, spans


def _without_number(scene: Scene) -> Kind:
    """A direction or quality alone is qualitative; something to be done is a milestone."""
    for token in scene.tokens:
        if token.cue.verb == "reach":
            return Kind.MILESTONE
        if token.cue.verb:
            return Kind.QUALITATIVE
    return Kind.MILESTONE


def _words(scene: Scene, tokens: tuple[int, int] | None) -> str | None:
    return scene.lexed.text(*tokens) if tokens is not None else None


def _spans(scene: Scene, primary: Claim | None, rest: list[Claim], due: tuple[int, int] | None) -> tuple[Span, ...]:
    found: list[Span] = []

    def add(part: str, first: int, last: int) -> None:
        tokens = scene.tokens
        start, end = scene.lexed.plain.span(tokens[first].start, tokens[last].end)
        found.append(Span(start, end, part))

    if primary is not None:
        for part in ("baseline", "target", "change"):
            amount: Amount | None = getattr(primary, part)
            if amount is not None:
                add(part, amount.first, amount.last)
    for claim in rest:
        add("secondary", claim.lead.first, claim.lead.last)
    if due is not None:
        add("deadline", *due)
    return tuple(sorted(found))


_CONDITIONS = frozenset(("window", "cadence", "existing"))


def _qualifiers(scene: Scene, amounts: list[Amount], primary: Claim) -> tuple[str, ...]:
    """Conditions as written: windows, cadences, existing sets, and adverbials with a number."""
    named = [amount for amount in amounts if amount.why_not in _CONDITIONS]
    asides = [amount for amount in scene.amounts if amount.role in (ASIDE, SUB) and amount is not primary.lead]
    ordered = sorted((*named, *asides), key=lambda amount: amount.first)
    return tuple(scene.lexed.text(amount.first, amount.last) for amount in ordered)
