"""The number columns of a row → its metric, on which scale, and what could not be read."""

from __future__ import annotations

import pytest

from okrsync.model import Kind, Metric
from tests.read_sheets import key_result, objectives, raised

HEADER = "Objective | Key result | Baseline | Target | Current"


def metric(cells: str, title: str = "Lines that run", header: str = HEADER) -> Metric:
    return key_result(f"{header}\nBake | {title} | {cells}").metric


@pytest.mark.parametrize(
    ("cells", "title", "kind"),
    [
        ("2 | 6 | 4", "Lines", Kind.INCREASE),
        ("6 | 2 | 4", "Lines", Kind.DECREASE),
        ("6 | 6 | 4", "Lines", Kind.INCREASE),
        ("6 | 6 | 4", "Reduce noise", Kind.DECREASE),
        (" | 6 | 4", "Lines", Kind.REACH),
        (" | 6 | 4", "Reduce noise", Kind.DECREASE),
        (" | 6 | 4", "Maintain the lines", Kind.MAINTAIN_ABOVE),
        ("7 | 6 | 4", "Maintain the lines", Kind.MAINTAIN_ABOVE),
        ("2 | 6 | 4", "Maintain the lines", Kind.INCREASE),
        (' | "≤ 6" | 4', "保持噪音", Kind.MAINTAIN_BELOW),
        (' | "≤ 6" | 4', "Noise", Kind.REACH),
        ('9 | "≤ 6" | 4', "Noise", Kind.DECREASE),
        ('4 | "≤ 6" | 4', "Noise", Kind.MAINTAIN_BELOW),
        ('7 | "≥ 6" | 4', "Lines", Kind.MAINTAIN_ABOVE),
        ("2 | | 4", "Lines", Kind.REACH),
        (" | | ", "Lines", Kind.QUALITATIVE),
        (" | | ", "6 lines", Kind.REACH),
        (' | | "3 of 7"', "Lines", Kind.MILESTONE),
        (' | | "60%"', "Handbook", Kind.MILESTONE),
        (" | Yes | No", "Second oven", Kind.MILESTONE),
        (" | | TRUE", "Second oven", Kind.MILESTONE),
    ],
)
def test_the_kind_follows_numbers_then_words(cells: str, title: str, kind: Kind) -> None:
    assert metric(cells, title).kind is kind


def test_numbers_units_and_comparators_come_along() -> None:
    found = metric('"$2.0M" | "≥ $3.0M" | "$2.5M"')

    assert (found.baseline, found.target, found.current) == (2_000_000, 3_000_000, 2_500_000)
    assert (found.unit, found.comparator) == ("USD", ">=")
    assert found.sources == {"baseline": "cell", "target": "cell", "current": "cell"}


def test_a_yes_or_no_is_done_or_open() -> None:
    assert metric(" | Yes | Yes").current == 1
    assert metric("No | Yes | No").current == 0
    assert metric(" | Yes | ").current is None
    assert metric(" | Yes | ").yes_no
    assert metric(' | Yes | "40%"').current == pytest.approx(0.4)


def test_a_wanted_change_is_a_change() -> None:
    relative = metric('200 | "+20%" | 220')
    absolute = metric('200 | "+5" | 202')

    assert relative.change is not None
    assert (relative.change.mode, relative.change.value, relative.unit) == ("relative", 20, None)
    assert absolute.change is not None
    assert (absolute.change.mode, absolute.change.value) == ("absolute", 5)
    down = metric('200 | "+20%" | 220', "Reduce noise")
    assert down.change is not None
    assert (down.kind, down.change.value) == (Kind.DECREASE, -20)


def test_two_numbers_in_the_target_are_a_band_or_from_and_to() -> None:
    band = metric(' | "3-5" | 4')
    journey = metric(' | "300 → 900" | 500')

    assert (band.kind, band.target, band.upper) == (Kind.BETWEEN, 3, 5)
    assert (journey.kind, journey.baseline, journey.target) == (Kind.INCREASE, 300, 900)
    assert metric('200 | "300 → 900" | 500').baseline == 200


def test_a_unit_cell_left_blank_takes_the_headers_unit() -> None:
    header = "Objective | Key result | Target (%) | Current | Unit"

    assert metric("60 | 40 | ", header=header).unit == "%"
    assert metric("60 | 40 | people", header=header).unit == "people"


def test_a_current_value_without_a_target_is_kept() -> None:
    found = metric(" | | 4")

    assert (found.kind, found.current, found.target) == (Kind.REACH, 4, None)


def test_a_header_may_say_that_current_counts_the_change() -> None:
    header = "Objective | Key result | Target | Current (growth)"

    assert key_result(f'{header}\nBake | Lines | "+20%" | "5%"').metric.current_is_change
    assert not key_result(f"{header}\nBake | Lines | 6 | 4").metric.current_is_change


def test_a_direction_column_decides_where_numbers_do_not() -> None:
    header = "Objective | Key result | Target | Current | Direction"

    assert metric("6 | 4 | down", header=header).kind is Kind.DECREASE
    assert metric("6 | 4 | ↑", header=header).kind is Kind.INCREASE
    assert metric("6 | 4 | keep", header=header).kind is Kind.MAINTAIN_ABOVE


def test_a_day_in_the_target_cell_is_the_due_date() -> None:
    text = "Objective | Key result | Target | Current\nBake | Lines | 6 | 4\nBake | Hall opens | @2026-12-01 | No"

    hall = objectives(text)[0].key_results[1]
    assert str(hall.due) == "2026-12-01"
    assert hall.metric.kind is Kind.MILESTONE


def test_the_sheets_own_progress_is_the_milestone_where_there_is_no_number() -> None:
    found = key_result('Objective | Key result | Progress\nBake | Handbook | "40%"')

    assert (found.metric.kind, found.metric.current, found.own_progress) == (Kind.MILESTONE, 0.4, 40)


@pytest.mark.parametrize(
    ("rows", "currents"),
    [
        ("0.4{0%} | 0.6{0%} | 0.5{0%}", [50.0]),
        ("40 | 60 | 55", [55.0]),
        ('"40%" | "60%" | 55', [55.0]),
        ("0.4 | 0.6 | 0.5\nBake | b | 0.1 | 0.9 | 0.3", [50.0, 30.0]),
        ("4 | 6 | 0.5\nBake | b | 40 | 60 | 55", [0.5, 55.0]),
        ('"40%" | "60%" | 0.5\nBake | b | "40%" | "60%" | 0.3', [50.0, 30.0]),
        ("40 | 60 | 0\nBake | b | 40 | 60 | 1.2", [0.0, 1.2]),
    ],
)
def test_percent_is_on_the_scale_that_formats_units_text_and_neighbours_give(rows: str, currents: list[float]) -> None:
    header = "Objective | Key result | Baseline | Target (%) | Current"
    text = f"{header}\nBake | a | {rows}"

    assert [k.metric.current for k in objectives(text)[0].key_results] == currents
    assert {k.metric.unit for k in objectives(text)[0].key_results} == {"%"}
    assert raised(text) == []


@pytest.mark.parametrize("title", ["Lines", "Reduce noise", "Keep lines", "At least 95 lines"])
@pytest.mark.parametrize(
    "cells",
    [
        "2 | 6 | 4 |",
        "6 | 2 | |",
        " | 6 | 4 | lines",
        "0.2{0%} | 0.6{0%} | 0.4{0%} |",
        " | 0.6{0%} | | %",
        "0.2{0%} | 0.6{0.0%} | 0.4 |",
        "2{$0} | 6{$0} | 4{$0} |",
        "0.2{0%} | 0.6{0%} | 0.4{0%} | lines",
        "20 | 60 | 40 | %",
        "20 | 60 | 0.4 | %",
        "2 | 6 | - |",
    ],
)
def test_plain_rows_are_read_as_those_are_that_need_more_care(cells: str, title: str) -> None:
    table = f"{HEADER} | Unit\nBake | {title} | {cells}"
    with_care = "\n".join(f"{line} |{word}" for line, word in zip(table.splitlines(), (" Direction", ""), strict=True))

    assert key_result(table).metric == key_result(with_care).metric
    assert raised(table) == raised(with_care)


def test_what_may_be_on_two_scales_is_raised_with_both_readings() -> None:
    text = f'{HEADER}\nBake | Rate | "40%" | "60%" | 0.5'

    assert key_result(text).metric.current is None
    assert raised(text) == ["IN005 E2"]


def test_a_unit_column_keeps_the_sheets_own_scale() -> None:
    found = metric("14800 | 18056 | 15000 | 万元", header=HEADER + " | 单位")

    assert (found.target, found.unit) == (18056, "万元")


def test_a_header_may_name_the_unit() -> None:
    assert metric("9 | 4 | 6", header="Objective | Key result | Baseline | Target (days) | Current").unit == "day"


def test_what_is_no_number_is_raised_and_what_stands_for_nothing_is_not() -> None:
    assert raised(f"{HEADER}\nBake | a | soon | #N/A | =?") == ["IN001 C2", "IN004 D2", "IN003 E2"]
    assert raised(f"{HEADER}\nBake | a | - | n/a | 无") == []
    assert raised(f"{HEADER}\nBake | a | 2 | 6 | @2026-10-01") == ["IN001 E2"]


def own(column: str, *cells: str) -> list[float | None]:
    rows = "\n".join(f"Bake | part {i} | {cell}" for i, cell in enumerate(cells))
    found = objectives(f"Objective | Key result | {column}\n{rows}")[0].key_results
    name = {"Score": "own_score", "Confidence": "confidence", "Weight": "weight"}.get(
        column.split(" ", maxsplit=1)[0], "own_progress"
    )
    return [getattr(k, name) for k in found]


def test_the_sheets_own_progress_is_read_on_0_to_100() -> None:
    assert own("Progress", "0.4{0%}", "0.8{0%}") == [40, 80]
    assert own("Progress", "0.4", "1") == [40, 100]
    assert own("Progress %", "40", "100") == [40, 100]
    assert own("Progress %", "0.15", "1") == [15, 100]
    assert own("Progress", '"3 of 4"', '"40%"') == [75, 40]


def test_the_sheets_own_score_is_read_on_0_to_1() -> None:
    assert own("Score", "0.4", "1") == [0.4, 1]
    assert own("Score", "7", "10") == [0.7, 1]
    assert own("Score", "70", "100") == [0.7, 1]
    assert own("Score", "0.7{0%}") == [0.7]
    assert own("Score", '"4/5"') == [0.8]
    assert own("Score", "3", "4") == [None, None]


def test_confidence_is_read_on_0_to_1() -> None:
    assert own("Confidence", "7", "9") == [0.7, 0.9]
    assert own("Confidence", "0.7", "0.9") == [0.7, 0.9]
    assert own("Confidence", '"70%"', "0.5{0%}") == [0.7, 0.5]
    assert own("Confidence", "高", "low") == [0.9, 0.3]
    assert own("Confidence (%)", "70", "90") == [0.7, 0.9]
    assert own("Confidence", '"4/5"', "") == [0.8, None]


def test_confidence_on_no_known_scale_is_raised() -> None:
    assert raised("Objective | Key result | Confidence\nBake | a | 70\nBake | b | -3") == ["IN001 C2", "IN001 C3"]


def test_weights_are_read_as_they_stand() -> None:
    assert own("Weight", "0.6{0%}", "40") == [60, 40]


@pytest.mark.parametrize("cell", ["40-60%", "> 50%", "≤ 0.5", "1 → 3"])
@pytest.mark.parametrize("column", ["Progress", "Score", "Confidence", "Weight"])
def test_a_range_or_a_bound_is_nothing_a_sheet_says_of_itself(column: str, cell: str) -> None:
    assert own(column, f'"{cell}"', "0.4") == [None, *own(column, "0.4")]
    assert raised(f'Objective | Key result | {column}\nBake | a | "{cell}"') == ["IN001 C2"]


def test_a_range_says_nothing_of_the_scale_of_its_column() -> None:
    assert own("Score", "0.4", '"5-7"') == [0.4, None]
    assert own("Confidence", "0.7", '"70-90"') == [0.7, None]


def test_days_are_read_and_what_is_none_is_raised() -> None:
    text = """
    Objective | Key result | Due
    Bake | a | @2026-12-01
    Bake | b | 2026-12-02
    Bake | c | W52
    Bake | d | n/a
    Bake | e | soon
    """

    days = [str(k.due) for k in objectives(text)[0].key_results]
    assert days == ["2026-12-01", "2026-12-02", "2026-12-25", "None", "None"]
    assert raised(text) == ["IN002 C6"]
    assert raised("Objective | Key result | Due date\nBake | a | @2026-12-01\nBake | b | #N/A") == ["IN004 C3"]


@pytest.mark.parametrize(
    ("title", "target", "kind", "comparator"),
    [
        ("Keep failed releases below 5%", "5%", Kind.MAINTAIN_BELOW, "<="),
        ("Keep failed releases below the limit", "5%", Kind.MAINTAIN_BELOW, "<="),
        ("Keep uptime above 99%", "99%", Kind.MAINTAIN_ABOVE, ">="),
        ("Maintain at least 40 bakers", "40", Kind.MAINTAIN_ABOVE, ">="),
        ("Maintain at most 40 bakers", "40", Kind.MAINTAIN_BELOW, "<="),
        ("将差错率保持在 5% 以下", "5%", Kind.MAINTAIN_BELOW, "<="),
        ("保持人数不超过 40", "40", Kind.MAINTAIN_BELOW, "<="),
        ("保持满意度在 90% 以上", "90%", Kind.MAINTAIN_ABOVE, ">="),
        ("Manter o tempo de entrega abaixo de 9 dias", "9", Kind.MAINTAIN_BELOW, "<="),
        ("Maintenir la satisfaction au-dessus de 90 %", "90%", Kind.MAINTAIN_ABOVE, ">="),
        ("Maintain churn at 5%", "5%", Kind.MAINTAIN_BELOW, None),
        ("保持客户流失率", "5%", Kind.MAINTAIN_BELOW, None),
        ("Maintain on-time delivery at 95%", "95%", Kind.MAINTAIN_ABOVE, None),
        ("Maintain churn", "≥ 5%", Kind.MAINTAIN_ABOVE, ">="),
    ],
)
def test_what_is_to_be_kept_stays_on_the_side_the_words_name(
    title: str, target: str, kind: Kind, comparator: str | None
) -> None:
    read = metric(f" | {target} | 3", title)

    assert (read.kind, read.comparator) == (kind, comparator)


def test_what_is_to_be_kept_below_and_is_not_yet_has_to_come_down() -> None:
    assert metric("9% | 5% | 7%", "Keep failed releases below 5%").kind is Kind.DECREASE
    assert metric("4% | 5% | 3%", "Keep failed releases below 5%").kind is Kind.MAINTAIN_BELOW
