"""Several scores into one: the weighted mean, and what is wrong with the weights (pure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=1_000)  # of thousands of objectives, most weigh their key results in the same few ways
def weights(given: tuple[float | None, ...]) -> Sequence[float]:
    """The weights that count: a missing one is the mean of those given (1 when none is), a negative one is 0."""
    known = [max(weight, 0.0) for weight in given if weight is not None and math.isfinite(weight)]
    if not known:
        return [1.0] * len(given)
    largest = max(known) or 1.0  # huge weights are made small, so that their sum stays a number
    filler = sum(weight / largest for weight in known) / len(known)
    usable = (weight is not None and math.isfinite(weight) for weight in given)
    return [max(w, 0.0) / largest if ok and w is not None else filler for w, ok in zip(given, usable, strict=True)]


def weighted_mean(values: Sequence[float | None], given: Sequence[float | None]) -> float | None:
    """Σ(w·s)/Σw over the values that are there; the plain mean when all their weights are 0; None without values."""
    pairs = [(v, w) for v, w in zip(values, weights(tuple(given)), strict=True) if v is not None]
    if not pairs:
        return None
    there = [v for v, _ in pairs]
    total = sum([w for _, w in pairs])
    mean = sum([v * w for v, w in pairs]) / total if total > 0 else sum(there) / len(there)
    # Rounding must not carry a mean past what it is the mean of.
    return min(max(mean, min(there)), max(there))


def mean(values: Sequence[float | None]) -> float | None:
    """The plain mean of the values that are there; None without values."""
    return weighted_mean(values, [None] * len(values))


def all_zero(given: Sequence[float | None], counted: Sequence[bool]) -> bool:
    """Whether weights are given and every one that is counted comes to 0; where none is counted, every one at all."""
    if given.count(None) == len(given):
        return False
    weighed = weights(tuple(given))
    mine = [weight for weight, is_counted in zip(weighed, counted, strict=True) if is_counted]
    return not any(mine or weighed)
