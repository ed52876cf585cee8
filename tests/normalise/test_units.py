"""What stands in one row in several units, as a bound, a share or with an open separator: compared or left out."""

from __future__ import annotations

import pytest

from okrsync.model import Kind
from tests.normalise.test_metrics import HEADER, metric
from tests.read_sheets import key_result, normalised, raised


def messages(text: str) -> list[str]:
    return [each.hit.message for each in normalised(text).raised if each.code != "IN010"]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ('"0 h" | "10 days" | "6 h"', (0, 10, 0.25)),
        ('"2 weeks" | "7 days" | "240 h"', (14, 7, 10)),
        ('"90 s" | "1 min" | "60000 ms"', (1.5, 1, 1)),
        ('"12 h" | "10 days" | 5', (0.5, 10, 5)),
        ('"2 pp" | "5%" | "3%"', (2, 5, 3)),
    ],
)
def test_times_are_converted_to_the_unit_of_the_target(cells: str, values: tuple[float, ...]) -> None:
    found = metric(cells)

    assert (found.baseline, found.target, found.current) == values
    assert raised(f"{HEADER}\nBake | Lines | {cells}") == []


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ('"€0" | "$100" | "€50"', ["IN005 C2", "IN005 E2"]),
        ('0 | "10 months" | "5 days"', ["IN005 E2"]),
        ('"0%" | "10 days" | 5', ["IN005 C2"]),
        ('10{"€"0} | 100{"$"0} | 50{"$"0}', ["IN005 C2"]),
    ],
)
def test_units_that_cannot_be_compared_are_raised(cells: str, faults: list[str]) -> None:
    assert raised(f"{HEADER}\nBake | Lines | {cells}") == faults


def test_a_value_in_another_unit_is_not_used_and_the_message_shows_both() -> None:
    text = f'{HEADER}\nBake | Lines | 0 | "$100" | "€50"'

    found = key_result(text).metric
    assert (found.baseline, found.target, found.current, found.unit) == (0, 100, None, "USD")
    assert messages(text) == ['50 EUR in column "Current" stands beside a target in USD: it is not used']


def test_money_beside_a_plain_number_of_a_percent_row_is_not_used() -> None:
    text = f'{HEADER} | Unit\nBake | Lines | 0 | 100 | "$1,200" | %'

    assert key_result(text).metric.current is None
    assert raised(text) == ["IN005 E2"]


def test_headers_in_two_units_are_brought_to_that_of_the_target() -> None:
    found = metric("48 | 1 | 36", header="Objective | Key result | Baseline (hours) | Target (days) | Current (hours)")

    assert (found.baseline, found.target, found.current, found.unit) == (2, 1, 1.5, "day")


def test_a_wanted_share_says_nothing_of_the_unit_it_is_a_share_of() -> None:
    header = "Objective | Key result | Baseline | Target (%) | Current"
    text = f'{header}\nBake | Lines | "$200" | "+20%" | "$220"'

    assert (key_result(text).metric.baseline, key_result(text).metric.current) == (200, 220)
    assert raised(text) == []


@pytest.mark.parametrize("cell", ["<10", "≥ 50", "5-7", "20–30%"])
def test_a_bound_or_a_range_is_no_value(cell: str) -> None:
    text = f'{HEADER}\nBake | Lines | 0 | 60 | "{cell}"'

    assert key_result(text).metric.current is None
    assert messages(text) == [f'"{cell}" in column "Current" is a range or a bound, not one number']
    assert raised(f'{HEADER}\nBake | Lines | "{cell}" | 60 | 5') == ["IN001 C2"]


@pytest.mark.parametrize("cell", ["3 of 7", "3/7"])
def test_a_share_beside_its_whole_is_the_number_done(cell: str) -> None:
    found = metric(f'0 | 7 | "{cell}"')

    assert (found.kind, found.target, found.current) == (Kind.INCREASE, 7, 3)
    alone = metric(f' | | "{cell}"')
    assert alone.kind is Kind.MILESTONE
    assert alone.current == pytest.approx(3 / 7)


def test_a_share_of_another_whole_than_the_target_is_no_value() -> None:
    text = f'{HEADER}\nBake | Lines | 0 | 9 | "3 of 7"'

    assert key_result(text).metric.current is None
    assert messages(text) == ['"3 of 7" in column "Current" does not go with the target 9']


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ('0{0%} | 1{0%} | "3 of 7"', (0, 100, 42.857142857)),
        ('"0%" | "80%" | "3/7"', (0, 80, 42.857142857)),
        ('"1 of 4" | "80%" | "2 of 4"', (25, 80, 50)),
    ],
)
def test_a_share_beside_a_target_in_percent_is_that_many_percent(cells: str, values: tuple[float, ...]) -> None:
    found = metric(cells)

    assert (found.baseline, found.target, found.current) == values
    assert found.unit == "%"
    assert raised(f"{HEADER}\nBake | Lines | {cells}") == []


def test_a_share_in_a_row_of_the_unit_percent_is_that_many_percent() -> None:
    text = f'{HEADER} | Unit\nBake | Lines | 0 | 100 | "3 of 4" | %'

    assert key_result(text).metric.current == 75
    assert raised(text) == []


def test_a_separator_that_nothing_decides_is_raised_with_both_readings() -> None:
    text = f'{HEADER}\nBake | Lines | 0 | 9 | "1.234"'

    assert key_result(text).metric.current == 1.234
    assert messages(text) == ['"1.234" in column "Current" was read as 1.234; it may be 1234']


@pytest.mark.parametrize(
    ("text", "current"),
    [
        (f'{HEADER}\nBake | Lines | 0 | 9000 | "1,234"', 1234),
        ('目标 | 关键结果 | 基线 | 目标值 | 当前值\n面包 | 产线 | 0 | 9000 | "1,234"', 1234),
        ('Ziel | Schlüsselergebnis | Ausgangswert | Zielwert | Aktuell\nBacken | Linien | 0 | 9000 | "1.234"', 1234),
        (f'{HEADER}\nBake | Lines | "1,5" | 9000 | "1.234"', 1234),
    ],
)
def test_a_separator_that_the_column_or_the_language_decides_is_no_fault(text: str, current: float) -> None:
    assert key_result(text).metric.current == current
    assert raised(text) == []


def test_how_numbers_are_written_does_not_say_in_which_order_days_are() -> None:
    header = "Objective | Key result | Target | Current | Due"

    (plain, decided) = (normalised(f'{header}\nBake | Lines | 9 | {cell} | "3/4/2027"') for cell in ("1", '"1,5"'))

    due = [[k.due for _, k in each.okrs.key_results()] for each in (plain, decided)]
    assert due[0] == due[1]
    assert [each.code for each in plain.raised] == [each.code for each in decided.raised]


def test_references_are_split_as_alignment_splits_them() -> None:
    header = "Objective | Key result | Target | Contributes to"

    ours = normalised(f'{header}\nBake | Lines | 9 | "O1, Company O3 and KR1.2"').okrs.objectives[0].contributes_to
    assert ours == ("O1", "Company O3", "KR1.2")


def test_a_period_in_a_header_is_no_unit_of_its_numbers() -> None:
    header = "Objective | Key result | Baseline (Year) | Target (Month) | Current (Week)"

    for cells in ("48 | 60 | 50", '"€48" | "€60" | 50'):
        text = f"{header}\nBake | Lines | {cells}"
        found = key_result(text).metric
        assert (found.baseline, found.target, found.current) == (48, 60, 50)
        assert raised(text) == []
