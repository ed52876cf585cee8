"""What spans a whole run is worked out once, however many cycles it has."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter

from okrsync.alignment import align
from okrsync.checks import run_checks
from okrsync.checks.whole import whole_of
from okrsync.config import Scoring
from okrsync.model import Cycle, Objective, OkrSet, Thresholds
from okrsync.review import Review
from okrsync.scoring import score
from tests.okrs import HALFWAY, Q3, kr, objective, okrs, reviews

LONGEST_SECONDS = 3.0


def of_its_own_cycle(number: int) -> Objective:
    """One with a fault in its reference and one in its weight."""
    start = date(1900, 1, 1) + timedelta(days=7 * number)
    cycle = Cycle(name=f"Week {number}", start=start, end=start + timedelta(days=6))
    return objective(
        f"Aim {number}", kr(f"Bake {number} loaves", 0, 10, 5, weight=-1), to=f"Lost {number}", cycle=cycle
    )


def test_every_cycle_asks_the_same_whole() -> None:
    first, second = reviews(objective("Sell"), objective("Build", cycle=Q3))

    assert whole_of(first) is whole_of(second)


def test_another_run_is_another_whole() -> None:
    (first,), (second,) = reviews(objective("Sell")), reviews(objective("Sell"))

    assert whole_of(first) is not whole_of(second)


def test_two_thousand_cycles_take_no_longer_than_their_rows() -> None:
    everything = okrs(*(of_its_own_cycle(i) for i in range(2000)))
    alignment = align(everything)
    scores = score(everything, alignment, HALFWAY, Scoring(), Thresholds())
    many = [
        Review(o.cycle, OkrSet(objectives=(o,)), everything, scores, alignment, HALFWAY, Thresholds())
        for o in everything.objectives
    ]

    started = perf_counter()
    found = run_checks(many, (), {})

    assert perf_counter() - started < LONGEST_SECONDS
    assert sum(finding.code == "AL001" for finding in found) == 2000
