"""How sure a reading is, and what speaks against it: two careful people may read the sentence differently."""

from __future__ import annotations

from okrsync.language.claims import Claim
from okrsync.language.cues import NO_CUE
from okrsync.language.deadlines import Deadline
from okrsync.language.lexed import Amount
from okrsync.language.metric import Certainty
from okrsync.language.scene import BARE, BY, FROM, TO, Scene

Doubt = tuple[Certainty, str | None]


def doubt_of(
    scene: Scene, amounts: list[Amount], deadlines: list[Deadline], primary: Claim | None, rest: list[Claim]
) -> Doubt:
    """ "sure", or "assumed" or "ambiguous" with the reason."""
    if primary is None:
        if any(amount.why_not == "rank" for amount in amounts):
            return "assumed", "a rank is a place, and no number to measure"
        return "sure", None
    lead = primary.lead
    against = _ambiguity(scene, deadlines, primary, rest)
    if against:
        return "ambiguous", against
    if primary.aside and primary.baseline is None:
        return "assumed", "the only number stands in a condition"
    if lead.unit is None and not lead.counted and lead.role == BARE and not lead.verb:
        return "assumed", "no unit is written"
    return "sure", None


def _ambiguity(scene: Scene, deadlines: list[Deadline], primary: Claim, rest: list[Claim]) -> str:
    lead = primary.lead
    if any(amount is not None and amount.upper is not None for amount in (lead, primary.baseline)):
        return "a range: its lower end is taken"
    start = primary.baseline
    if start is not None and start.role == FROM and scene.lexed.cues.times_unclear and _is_by_verb(scene, start):
        return "from where it starts, or by how much it is to move"
    if _goes_against(scene, primary):
        return "the verb goes one way and the numbers the other"
    if scene.lexed.text(lead.first, lead.first) == "±":
        return "a tolerance: how far it may be off is taken"
    if len(deadlines) > 1 and any(_is_stage(scene, lead, claim) for claim in rest):
        return "several stages: the first is taken"
    if lead.unit == "x" and lead.role == BY and scene.lexed.cues.times_unclear and _is_by_verb(scene, lead):
        return "so many times as much, or so many times more"
    if "condition" in scene.leads and any("condition" in scene.tokens[at].cue.before for at in scene.before(lead)):
        return "the only number stands in a circumstance"
    return ""


def _goes_against(scene: Scene, primary: Claim) -> bool:
    """ "Reduce churn from 3 % to 5 %"; the numbers decide, and one of them is likely mistyped."""
    target, baseline = primary.target, primary.baseline
    if target is None or baseline is None or target.unit != baseline.unit:
        return False
    verbs = (scene.tokens[at].cue.verb for at in scene.before(baseline) if not scene.taken(at))
    verb = next((verb for verb in verbs if verb in ("up", "down")), "")
    return target.value > baseline.value if verb == "down" else verb == "up" and target.value < baseline.value


def _is_by_verb(scene: Scene, amount: Amount) -> bool:
    """提升 3 倍, and not 提升到 3 倍."""
    cue = scene.tokens[amount.first - 1].cue if amount.first else NO_CUE
    return not amount.times and cue.verb == "up" and TO not in cue.before


def _is_stage(scene: Scene, lead: Amount, claim: Claim) -> bool:
    """ "10 % in Q1, 15 % in Q2": the same thing at another time."""
    other = claim.target
    if other is None or claim.aside or claim.baseline is not None or other.unit != lead.unit:
        return False
    return lead.unit is not None or _following(scene, other) in ("", _following(scene, lead))


def _following(scene: Scene, amount: Amount) -> str:
    """The word behind an amount; "" where none follows."""
    at = amount.last + 1
    if at >= len(scene.tokens) or scene.taken(at) or scene.is_stop(at):
        return ""
    return scene.lexed.text(at, at)
