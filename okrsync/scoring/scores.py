"""The score and status of every key result, and of every objective from those below it (pure)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct, field

from okrsync.alignment import Alignment
from okrsync.config import Scoring
from okrsync.model import Commitment, Cycle, Key, KeyResult, Kind, Objective, OkrSet, Status, Thresholds
from okrsync.scoring.progress import progress
from okrsync.scoring.rollup import all_zero, mean, weighted_mean
from okrsync.scoring.rounding import TOLERANCE
from okrsync.scoring.status import expected, span, status, worst

Colour = Literal["red", "amber", "green"]

# Found once: through its class, a member of an enumeration is found as slowly as a function is called.
_QUALITATIVE, _COMMITTED = Kind.QUALITATIVE, Commitment.COMMITTED


class KeyResultScore(Struct, frozen=True):
    """`progress` is unclamped (1 = target), `score` clamped, both None without data; `expected` is the share due today.

    `expected` is None for what has no pace. `assumed` says in short words what was taken for granted ("baseline 0").
    `counted` is what enters the roll-up, None when the key result is left out of it. `codes` are catalogue codes the
    rules raised (KR002, KR005, …).
    """

    progress: float | None
    score: float | None
    status: Status
    expected: float | None
    assumed: tuple[str, ...] = ()
    counted: float | None = None
    codes: tuple[str, ...] = ()


class ObjectiveScore(Struct, frozen=True):
    """The rolled-up score, None when there is nothing to roll up; `derived`: from contributing objectives."""

    score: float | None
    status: Status
    derived: bool = False


class Scores(Struct, frozen=True):
    """The scores of everything read, by key. `problems` are weight and date faults: (key, field, message)."""

    key_results: Mapping[Key, KeyResultScore] = field(default_factory=dict)
    objectives: Mapping[Key, ObjectiveScore] = field(default_factory=dict)
    problems: tuple[tuple[Key, str, str], ...] = ()


def score(okrs: OkrSet, alignment: Alignment, today: date, options: Scoring, thresholds: Thresholds) -> Scores:
    """Scores every key result and objective against its own cycle as of `today`."""
    key_results = {
        k.place.key: score_key_result(k, o.cycle, today, options, thresholds)
        for o in okrs.objectives
        for k in o.key_results
    }
    objectives = _roll_up(okrs, alignment, key_results, options)
    return Scores(key_results, objectives, tuple(_problems(okrs)))


def score_key_result(
    key_result: KeyResult, cycle: Cycle, today: date, options: Scoring, thresholds: Thresholds
) -> KeyResultScore:
    """One key result on one day."""
    found = progress(key_result.metric)
    days = span(key_result, cycle)
    due_share = expected(key_result, found, days, today, thresholds)
    value = found.value
    clamped = None if value is None else min(max(value, 0.0), 1.0)
    counted = clamped
    if clamped is None and key_result.metric.kind is not _QUALITATIVE and options.missing == "zero":
        counted = 0.0
    stands = status(key_result, found, due_share, days, today, thresholds)
    return KeyResultScore(value, clamped, stands, due_share, found.assumed, counted, found.codes)


def together(key_results: Sequence[KeyResult], scored: Mapping[Key, KeyResultScore]) -> ObjectiveScore:
    """What several key results come to: the weighted mean of those that count, the worst status."""
    mine = [(k, scored[k.place.key]) for k in key_results]
    value = weighted_mean([found.counted for _, found in mine], [k.weight for k, _ in mine])
    measurable = [(k, found) for k, found in mine if k.metric.kind is not _QUALITATIVE] or mine
    committed = [found.status for k, found in measurable if k.commitment is _COMMITTED]
    return ObjectiveScore(value, worst(committed or [found.status for _, found in measurable]))


def score_colour(value: float, commitment: Commitment, thresholds: Thresholds) -> Colour:
    """The colour of a score: a committed one is green only when it is whole, an aspirational one from 0.7."""
    if commitment is Commitment.ASPIRATIONAL:
        green, amber = thresholds.aspirational_green_from, thresholds.aspirational_amber_from
    else:
        green, amber = 1.0, thresholds.amber_from
    if value >= green - TOLERANCE:
        return "green"
    return "amber" if value >= amber - TOLERANCE else "red"


def _roll_up(
    okrs: OkrSet, alignment: Alignment, scored: Mapping[Key, KeyResultScore], options: Scoring
) -> dict[Key, ObjectiveScore]:
    """Objectives from their key results or from those that contribute to them, the contributing ones first."""
    by_key = {o.place.key: o for o in okrs.objectives}
    derived = _derived(by_key, alignment, options)
    found = {key: together(o.key_results, scored) for key, o in by_key.items() if key not in derived}
    for key in _children_first(derived):
        found[key] = _from_children([by_key[child] for child in derived[key]], found)
    return {key: found[key] if key in found else together(o.key_results, scored) for key, o in by_key.items()}


def _derived(by_key: Mapping[Key, Objective], alignment: Alignment, options: Scoring) -> Mapping[Key, Sequence[Key]]:
    """The objectives that are scored from others, and from which. Members of a ring never are."""
    rings = {key for ring in alignment.cycles for key in ring}
    whole = options.rollup == "children"
    return {
        key: children
        for key, children in alignment.children.items()
        if key in by_key and key not in rings and (whole or not by_key[key].key_results)
    }


def _children_first(derived: Mapping[Key, Sequence[Key]]) -> Iterator[Key]:
    """Every one after those of them that it is derived from; what a ring that nobody found holds never comes."""
    waiting = {key: set(children) & derived.keys() for key, children in derived.items()}
    parents: dict[Key, list[Key]] = {}
    for key, children in waiting.items():
        for child in children:
            parents.setdefault(child, []).append(key)
    ready = deque(key for key, children in waiting.items() if not children)
    while ready:
        key = ready.popleft()
        yield key
        for parent in parents.get(key, ()):
            waiting[parent].remove(key)
            if not waiting[parent]:
                ready.append(parent)


def _from_children(children: Sequence[Objective], found: Mapping[Key, ObjectiveScore]) -> ObjectiveScore:
    mine = [(o, found[o.place.key]) for o in children]
    committed = [scored.status for o, scored in mine if o.commitment is _COMMITTED]
    value = mean([scored.score for _, scored in mine])
    return ObjectiveScore(value, worst(committed or [scored.status for _, scored in mine]), derived=True)


def _problems(okrs: OkrSet) -> Iterator[tuple[Key, str, str]]:
    for objective in okrs.objectives:
        if objective.weight is not None and objective.weight < 0:
            yield objective.key, "objective_weight", _negative(objective.weight)
        for k in objective.key_results:
            if k.weight is not None and k.weight < 0:
                yield k.key, "weight", _negative(k.weight)
            if k.start or k.due:
                days = span(k, objective.cycle)
                if days.due <= days.start:
                    message = f"the due date {days.due} is not after the start {days.start}; nothing is due before it"
                    yield k.key, "due", message
        counted = [k.metric.kind is not _QUALITATIVE for k in objective.key_results]
        if all_zero([k.weight for k in objective.key_results], counted):
            yield objective.key_results[0].key, "weight", "every weight of this objective is 0; all count the same"


def _negative(weight: float) -> str:
    return f"the weight {weight:g} is negative; it counts as 0"
