"""What columns leave open is taken from the sentence, and said to be; where both speak, the columns win."""

from __future__ import annotations

import pytest

from okrsync.model import Change, Kind, Metric
from tests.read_sheets import key_result, normalised, raised

HEADER = "Objective | Key result | Baseline | Target | Current"


def metric(title: str, cells: str = " | | ", header: str = HEADER) -> Metric:
    return key_result(f"{header}\nBake | {title} | {cells}").metric


def test_a_row_without_numbers_takes_those_of_its_sentence() -> None:
    found = metric("Cut waiting time from 12 to 5 minutes")

    assert (found.kind, found.baseline, found.target, found.unit) == (Kind.DECREASE, 12, 5, "minute")
    assert found.sources == {"baseline": "sentence", "target": "sentence", "unit": "sentence"}


def test_a_current_value_beside_a_sentence_is_scored_against_it() -> None:
    found = metric("将面包报废率从 9% 降低到 3%", ' | | "6%"')

    assert (found.baseline, found.target, found.current, found.unit) == (9, 3, 6, "%")
    assert found.sources["current"] == "cell"


def test_a_change_in_the_sentence_is_wanted() -> None:
    found = metric("Raise weekly orders by 15 %", "200 | | 215")

    assert (found.kind, found.baseline, found.target) == (Kind.INCREASE, 200, None)
    assert found.change == Change(mode="relative", value=15)


def test_a_current_value_is_never_taken_from_the_sentence() -> None:
    found = metric("Get to 45 loaves an hour (currently 30)")

    assert (found.baseline, found.target, found.current) == (30, 45, None)


def test_a_baseline_comes_from_a_sentence_that_repeats_the_target() -> None:
    found = metric("Grow subscribers from 200 to 900", " | 900 | 400")

    assert (found.kind, found.baseline, found.sources["baseline"]) == (Kind.INCREASE, 200, "sentence")


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("10-20 pilots", " | | 4"),  # careful people read it differently
        ("Raise the share of rye to 60%", " | | 0.45"),  # on which scale?
        ("Cut waiting time to 5 minutes", ' | | "3 €"'),  # another unit
        ("Raise weekly orders to 40", ' | "soon" | 4'),  # the cell says something that is a finding
    ],
)
def test_what_does_not_fit_is_not_taken(title: str, cells: str) -> None:
    assert metric(title, cells).target is None


def test_a_column_that_says_otherwise_wins_and_it_is_told() -> None:
    sheet = f"{HEADER}\nBake | Raise the rating from 6 to 8.5 | | 7 | 6.5"

    found = key_result(sheet).metric

    assert (found.target, found.baseline) == (7, 6)
    [finding] = [one for one in normalised(sheet).raised if one.code == "IN006"]
    assert finding.hit.message == '"Raise the rating from 6 to 8.5" says 8.5, and column "Target" says 7, which counts.'
    assert "IN006 D2" in raised(sheet)


@pytest.mark.parametrize(
    ("title", "cells", "at", "words"),
    [
        ("Raise the rating from 6 to 8.5", "5 | 8.5 | 7", "C2", 'says 6, and column "Baseline" says 5'),
        ("Raise the rating from 6 to 8.5", "6 | 6 | 7", "D2", 'says 8.5, and column "Target" says 6'),
    ],
)
def test_both_numbers_are_compared_each_with_its_own_column(title: str, cells: str, at: str, words: str) -> None:
    sheet = f"{HEADER}\nBake | {title} | {cells}"

    [finding] = [one for one in normalised(sheet).raised if one.code == "IN006"]
    assert words in finding.hit.message
    assert f"IN006 {at}" in raised(sheet)


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Raise the rating from 6 to 8.5", "6 | 8.5 | 7"),
        ("Raise the rating to 8.5 (from 6)", "6 | 8.5 | 7"),
        ("Raise the rating to 8.5 in 2 cities", "6 | 8.5 | 7"),
        ("Raise revenue from $1M to $2M by Q3", "1 | 2 | 1.5"),
        ("Raise revenue from $1M to $2M", "1 | 2 | 1.5"),  # a column in millions
        ("Raise conversion to 45%", "0.3{0%} | 0.45{0%} | 0.4{0%}"),
        ("Cut waiting to 2 hours", '"180 minutes" | "120 minutes" | "150 minutes"'),
        ("Visit 12 bakeries in 2026", " | 10 | 4"),  # a count of things may be a condition
        ("Launch phase 2", " | 100 | 40"),
    ],
)
def test_no_disagreement_is_told_where_there_may_be_none(title: str, cells: str) -> None:
    assert not [one for one in raised(f"{HEADER}\nBake | {title} | {cells}") if one.startswith("IN006")]


def test_what_the_sentence_gives_is_named_for_people_and_the_unit_is_not() -> None:
    assert metric("Cut waiting time from 12 to 5 minutes").from_sentence == ("baseline", "target")
    assert metric("Raise weekly orders by 15 %", "200 | | 215").from_sentence == ("change",)
    assert metric("Cut waiting time from 12 to 5 minutes", "12 | 5 | 7").from_sentence == ()


def test_a_share_by_which_something_grows_is_no_unit_of_what_is_counted() -> None:
    found = metric("Raise weekly orders by 15 %", " | | 215")

    assert (found.unit, found.sources) == (None, {"change": "sentence", "current": "cell"})


@pytest.mark.parametrize(
    ("title", "cells", "baseline"),
    [
        ("Raise NPS from 32 to 50", " | 60 | 40", 32),
        ("Grow revenue from $1.5M to $2M", " | 2 | 1.7", 1.5),
        ("Increase conversion from 5% to 8%", " | 0.08{0%} | 0.06{0%}", 5),
        ("Improve NPS by 10 points to 45", " | | 40", 35),
        ("Double sign-ups to 600", " | | 400", 300),
        ("Raise repeat orders from 40 % to 55 %", " | 0.55 | 0.47", 0.4),
    ],
)
def test_the_baseline_comes_on_the_scale_of_the_columns(title: str, cells: str, baseline: float) -> None:
    found = metric(title, cells)

    assert found.baseline == pytest.approx(baseline)
    assert found.sources["baseline"] == "sentence"


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Deliver 8 of 10 ovens", " | | 8"),  # done, or 8 %?
        ("Reduce repairs from 2 hours to 45 min", "2 | | 1.5"),  # hours, beside minutes
        ("Reduce training from 14 days to 1 week", " | | 10"),
        ("Raise NPS from 32 to 50", "30 | | 40"),
        ("Grow sales from $6M to $10M", " | | 7.5"),
        ("Het aantal klanten verhogen van 32 naar 50", " | | 40"),
        ("Reduce churn from 3% to 5%", ' | | "4%"'),
    ],
)
def test_what_the_cells_make_doubtful_is_not_scored_and_kr001_says_why(title: str, cells: str) -> None:
    found = metric(title, cells)

    assert (found.target, found.change) == (None, None)


@pytest.mark.parametrize(
    ("title", "comparator"),
    [
        ("Time to value under 10 min", "<"),
        ("Waktu tanggap < 10 jam", "<"),
        ("Kosten ≤ 10 EUR", "<="),
        ("Reach 10 users under the new brand", None),
        ("Sell 10 new < 3 old", None),
    ],
)
def test_a_target_cell_is_a_ceiling_where_the_sentence_says_so(title: str, comparator: str | None) -> None:
    (only,) = normalised(f"Objective | KR | Target | Now\nGrow | {title} | 10 | 14").okrs.objectives[0].key_results

    assert only.metric.comparator == comparator
