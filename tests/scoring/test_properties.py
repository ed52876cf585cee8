"""What holds for every key result there can be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from okrsync.config import Scoring
from okrsync.model import Commitment, Kind, Metric, Thresholds
from okrsync.scoring import Status, score_key_result
from okrsync.scoring.progress import progress
from okrsync.scoring.rollup import weighted_mean
from okrsync.scoring.rounding import rounded
from tests.okrs import Q4, kr, scored
from tests.okrs import objective as o

NUMBERS = st.decimals(-1_000_000, 1_000_000, places=3).map(float)
POSITIVE = st.decimals("0.001", 1_000_000, places=3).map(float)
FACTORS = st.decimals("0.001", 1_000, places=3).map(float)
ANY_FLOAT = st.floats()
UP = (Kind.INCREASE, Kind.REACH, Kind.MAINTAIN_ABOVE)
DOWN = (Kind.DECREASE, Kind.MAINTAIN_BELOW)
CHANGES = st.none() | st.fixed_dictionaries(
    {"mode": st.sampled_from(["relative", "absolute", "multiple"]), "value": NUMBERS}
)


def metrics(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[Metric]:
    """Every metric the model allows, sensible or not."""
    number = st.none() | numbers
    return st.builds(
        lambda **fields: Metric.model_validate(fields),
        kind=st.sampled_from(Kind),
        baseline=number,
        target=number,
        upper=number,
        current=number,
        unit=st.sampled_from([None, "%", "count", "day"]),
        comparator=st.sampled_from([None, ">=", "<=", ">", "<"]),
        change=CHANGES,
        current_is_change=st.booleans(),
        yes_no=st.booleans(),
    )


DAYS = st.none() | st.dates(date(2026, 9, 1), date(2027, 2, 1))


@given(
    metrics(ANY_FLOAT),
    DAYS,
    DAYS,
    DAYS,
    st.dates(date(2026, 8, 1), date(2027, 3, 1)),
    st.sampled_from(list(Commitment)),
)
def test_every_key_result_has_one_status_and_a_score_between_0_and_1_and_nothing_is_raised(
    metric: Metric, start: date | None, due: date | None, updated: date | None, today: date, commitment: Commitment
) -> None:
    one = kr("Anything", metric=metric, start=start, due=due, updated=updated, commitment=commitment)

    found = score_key_result(one, Q4, today, Scoring(), Thresholds())

    assert found.status in Status
    assert found.score is None or 0 <= found.score <= 1
    assert found.counted is None or 0 <= found.counted <= 1
    assert found.progress is None or math.isfinite(found.progress)
    assert found.expected is None or 0 <= found.expected <= 1


@given(st.sampled_from(UP), POSITIVE, st.none() | NUMBERS, NUMBERS, NUMBERS)
def test_more_is_never_worse_where_the_target_lies_above(
    kind: Kind, target: float, baseline: float | None, one: float, other: float
) -> None:
    assume(baseline is None or baseline <= target)
    scores = _ordered(Metric(kind=kind, baseline=baseline, target=target), sorted((one, other)))

    assert scores == sorted(scores)


@given(st.sampled_from(DOWN), NUMBERS, st.none() | NUMBERS, NUMBERS, NUMBERS)
def test_less_is_never_worse_where_the_target_lies_below(
    kind: Kind, target: float, baseline: float | None, one: float, other: float
) -> None:
    assume(baseline is None or baseline >= target)
    scores = _ordered(Metric(kind=kind, baseline=baseline, target=target), sorted((one, other), reverse=True))

    assert scores == sorted(scores)


def _ordered(metric: Metric, currents: Sequence[float]) -> list[float]:
    """The scores of the currents in turn; no data is the worst."""
    found = [progress(metric.model_copy(update={"current": current})).value for current in currents]
    return [-math.inf if value is None else value for value in found]


@given(metrics(NUMBERS), FACTORS)
def test_the_scale_of_the_numbers_does_not_matter(metric: Metric, factor: float) -> None:
    assume(metric.kind is not Kind.MILESTONE and metric.change is None)
    bigger = metric.model_copy(update={name: _times(getattr(metric, name), factor) for name in _LEVELS})

    assert _close(progress(bigger).value, progress(metric).value)


_LEVELS = ("baseline", "target", "upper", "current")


@given(NUMBERS, NUMBERS, NUMBERS)
def test_from_to_is_mirrored_when_all_signs_flip(baseline: float, target: float, current: float) -> None:
    there = progress(Metric(kind=Kind.INCREASE, baseline=baseline, target=target, current=current)).value
    mirrored = progress(Metric(kind=Kind.DECREASE, baseline=-baseline, target=-target, current=-current)).value

    assert _close(there, mirrored)


@given(st.lists(st.tuples(st.none() | st.floats(0, 1), st.none() | ANY_FLOAT), min_size=1, max_size=8))
def test_a_mean_lies_between_the_smallest_and_the_largest_it_is_made_of(
    pairs: list[tuple[float | None, float | None]],
) -> None:
    values, weights = [value for value, _ in pairs], [weight for _, weight in pairs]
    known = [value for value in values if value is not None]

    mean = weighted_mean(values, weights)

    assert (mean is None) == (not known)
    assert mean is None or min(known) <= mean <= max(known)


@given(st.lists(st.tuples(NUMBERS, st.none() | NUMBERS), min_size=1, max_size=6), st.integers(0, 120))
def test_a_roll_up_lies_between_its_smallest_and_largest_key_result(
    each: list[tuple[float, float | None]], days: int
) -> None:
    key_results = [kr(f"k{i}", 0, 10, current, weight=weight) for i, (current, weight) in enumerate(each)]

    scores = scored(o("Aim", *key_results), today=Q4.start + timedelta(days))
    counted = [found.counted for found in scores.key_results.values() if found.counted is not None]

    (rolled,) = scores.objectives.values()
    assert rolled.score is not None
    assert min(counted) <= rolled.score <= max(counted)


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_a_rounded_number_is_at_most_half_a_digit_away(value: float, digits: int) -> None:
    away = abs(rounded(value, digits) - value)

    assert away <= 0.5 * 10.0**-digits + abs(value) * 1e-14


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _close(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-6)
