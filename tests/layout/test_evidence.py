"""What makes a row a header, what makes rows key results, and what a blank column inside a table means."""

from __future__ import annotations

import pytest

from okrsync.layout.detect import detect
from okrsync.workbooks.csv import open_csv
from okrsync.workbooks.openers import no_words
from tests.read_sheets import drawn, grid, normalised, objectives, raised


def areas(text: str) -> list[str]:
    return [table.area.a1 for table in detect(grid(text)).tables]


def targets(text: str) -> list[float | None]:
    return [key_result.metric.target for objective in objectives(text) for key_result in objective.key_results]


@pytest.mark.parametrize(
    "text",
    [
        """
        Objective | Key result | Owner | | Baseline | Target | Current
        Bake at night | Lines run | Ana | | 0 | 6 | 4
        Bake at night | Ovens glow | Ben | | 10 | 15 | 12
        """,
        """
        Objective | Key result | | | Target | Current
        Bake at night | Lines run | | | 6 | 4
        Bake at night | Ovens glow | | | 15 | 12
        """,
        """
        ID | | Objective | Key result | | Target | | Current
        7 | | Bake at night | Lines run | | 6 | | 4
        8 | | Bake at night | Ovens glow | | 15 | | 12
        """,
        """
        目标 | 关键结果 | | 目标 | 当前值
        夜间烘焙 | 生产线运行 | | 6 | 4
        夜间烘焙 | 烤箱数量 | | 15 | 12
        """,
        """
        Objective | Key result | | Description | Target
        Bake at night | Lines run | | all of them | 6
        Bake at night | Ovens glow | | by day too | 15
        """,
    ],
)
def test_a_blank_column_or_two_inside_a_table_are_bridged(text: str) -> None:
    assert len(areas(text)) == 1
    assert targets(text) == [6, 15]
    assert raised(text) == []


def test_a_blank_column_before_columns_that_are_still_empty_is_bridged() -> None:
    assert areas("Objective | Key result | | Target | Current\nBake | Lines | |") == ["A1:E2"]


def test_targets_right_of_a_blank_column_may_be_set_for_some_rows_only() -> None:
    text = """
        Objective | Key result | | Target | Notes
        Bake at night | Lines run | | 6 | agreed
        Bake at night | Ovens glow
        Bake at night | Noise at the fence
        Bake at night | Flour in stock
    """

    assert targets(text) == [6, None, None, None]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Objective | Key result | | | | Target\nBake | Lines | | | | 6", "A1:B2"),
        ("Objective | Key result | Owner | | Owner | Due\nBake | Lines | Ana | | Ben | Q4", "A1:C2"),
        ("Objective | Outcome | Status | | Goal | Status | Due\nBake | Lines | Late | | Sell | Late | Q4", "A1:C2"),
        ("Objective | Key result | | Task | Due\nBake | Lines | | Call | Q4\n | | | Buy | Q4\n | | | Go | Q4", "A1:B2"),
    ],
)
def test_a_table_of_something_else_beside_the_okrs_is_left_and_named(text: str, area: str) -> None:
    assert areas(text) == [area]
    assert raised(text) == ["IN009 team.xlsx!'Sheet1'"]


def test_a_legend_beside_the_okrs_is_no_part_of_them() -> None:
    text = """
        Objective | Key result | Target | | Status | Notes
        Bake at night | Lines run | 6 | | Late | ask Ana
        Bake at night | Ovens glow | 15
        Bake at night | Noise at the fence | 40
    """

    assert areas(text) == ["A1:C4"]
    assert raised(text) == ["IN009 team.xlsx!'Sheet1'"]
    assert targets(text) == [6, 15, 40]


@pytest.mark.parametrize("word", ["Goal", "Objective", "Obj", "O", "目标"])
def test_a_row_of_data_is_no_header_because_its_objective_is_called_objective(word: str) -> None:
    text = f"""
        ID | Objective | Key result | Baseline | Target | Current
        KR1 | Bake at night | Lines run in the old hall | 0 | 6 | 4
        KR2 | {word} | Ovens glow in the new hall | 0 | 15 | 12
        KR3 | Bake at night | Noise at the fence | 80 | 40 | 60
    """

    assert areas(text) == ["A1:F4"]
    assert [len(objective.key_results) for objective in objectives(text)] == [2, 1]


def test_a_row_of_data_without_numbers_is_no_header_either() -> None:
    text = """
        ID | Objective | Key result
        KR1 | Bake at night | Lines run
        KR2 | Goal | Ovens glow
    """

    assert areas(text) == ["A1:C3"]


def test_another_header_further_down_begins_a_table_of_its_own() -> None:
    text = """
        Objective | Key result | Owner
        Bake at night | Lines run | Ana
        Goal | KR | Lead | Target
        Sell | Shops open | Ben | 5
    """

    assert areas(text) == ["A1:D2", "A3:D4"]


@pytest.mark.parametrize(
    "weeks", ["1 | 2 | 3 | 4", "2026-10-05 | 2026-10-12 | 2026-10-19", "@2026-10-05 | @2026-10-12"]
)
def test_weeks_counted_in_a_header_do_not_speak_against_it(weeks: str) -> None:
    assert len(areas(f"Objective | Key result | {weeks}\nBake at night | Lines run | 5 | 6 | 7")) == 1


def test_a_row_of_many_numbers_heads_nothing() -> None:
    layout = detect(grid("Goal | KR | 7 | 3 | 9\nBake at night | Lines run | 5 | 6 | 7"))

    assert layout.tables == ()
    assert layout.refused == ('row 1 ("Goal", "KR"): too few of its cells are headers',)


MINUTES = """
    Date | Topic | Objective | Result | Owner
    @2026-11-02 | Ovens | Agree on a supplier | Postponed to spring | Ana
    @2026-11-09 | Vans | Find a driver | The advert is out | Ben
"""


@pytest.mark.parametrize("word", ["Result", "Outcome", "Success measure", "Expected results"])
def test_minutes_of_a_meeting_are_no_okrs(word: str) -> None:
    outcome = normalised(MINUTES.replace("Result", word))

    assert outcome.okrs.objectives == ()
    assert f'"{word}" alone does not say that these are key results' in outcome.without[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "Goal | Outcome | Target\nBake at night | Lines run | 6",
        "Goal | Outcome | Status\nBake at night | Lines run | Late",
        "Goal | Outcome | Confidence\nBake at night | Lines run | 7",
        "Goal | Outcome | Lead\nBake at night | KR1: Lines run | Ana\nBake at night | KR2: Ovens glow | Ana",
        "No | Goal | Outcome\nKR1 | Bake at night | Lines run\nKR2 | Bake at night | Ovens glow",
        "OKRs of the bakery\nGoal | Outcome | Lead\nBake at night | Lines run | Ana",
        "== 面包店OKR\nGoal | Outcome | Lead\nBake at night | Lines run | Ana",
        "关键结果 2026\nGoal | Outcome | Lead\nBake at night | Lines run | Ana",
        "Goal | Outcome | OKR owner\nBake at night | Lines run | Ana",
        "Goal | Key result | Lead\nBake at night | Lines run | Ana",
        "目标 | 关键结果 | 负责人\n夜间烘焙 | 生产线运行 | 安娜",
    ],
)
def test_a_weak_word_is_believed_where_more_speaks_for_okrs_and_a_strong_one_always(text: str) -> None:
    assert len(areas(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        'select = ["E", "objective", "key results",\n  "O", "KR", "F"]\nname = ["owner", "target"]\n',
        '[words]\nobjective = ["objective", "goal", "our objective"]\nkey_result = ["kr", "key result", "krs"]\n',
        "from bakery.plan import Oven, KeyResult, Objective\n\n\ndef glow(oven, hall):\n    return hall.find(oven)\n",
        "from bakery.plan import Day, KeyResult, Objective\nfrom bakery.hall import Oven, Van, Flour\nx\ny\n",
        "def bake(\n    obj: Any,\n    *,\n    hall: Hall = {},\n    * (\n    * more[\n) -> None:\n",
        "    obj: Any,\n    *,\n    hall: str,\n    *,\n",
        "lines: objective, key result, owner\n"
        "    call(a, (b\n    other(c), [d\n    third(e), f\n    fourth(g), {h\n    x = [1, 2\n",
        "Names, Goal, Objective, Aim, Our objective, KR\nfor people, who, want, words, to, look at\n",
        "A plan is short. It has objectives, key results and owners.\nIt says, who does what, and by when.\n",
    ],
)
def test_a_text_file_cut_at_its_commas_holds_no_okrs(text: str) -> None:
    workbook = open_csv("notes.csv", text.encode(), no_words)

    assert detect(workbook.read("notes")).tables == ()


def test_a_list_of_words_for_one_column_is_no_header() -> None:
    assert areas("Objective | Our objective | Team objective | Key result\nBake | Sell | Go | Lines run") == []


def test_a_header_over_rows_that_hardly_have_a_statement_is_not_taken() -> None:
    rows = "\n".join(f" | | Ana did this on day {day}" for day in range(30))

    layout = detect(grid(f"Objective | Key result | Owner\nBake at night | Lines run | Ana\n{rows}"))

    assert layout.tables == ()
    assert "the rows below the header are not those of OKRs" in layout.refused[0]


def test_a_key_result_may_have_many_initiatives_below_it() -> None:
    steps = "\n".join(" | | Step" for _ in range(8))
    text = f"Objective | Key result | Initiative\nBake | Lines | Buy\n{steps}\nSell | Shops | Rent\n{steps}"

    assert [objective.title for objective in objectives(text)] == ["Bake", "Sell"]


def test_a_sheet_name_is_heard_only_for_the_sheet_it_names() -> None:
    from okrsync.config import Config
    from okrsync.normalise import normalise
    from tests.read_sheets import TODAY

    read = drawn(
        "== OKRs\nObjective | Outcome | Lead\nBake at night | Lines run | Ana\n"
        "== Minutes\nObjective | Outcome | Lead\nFind a driver | The advert is out | Ben"
    )

    assert [table.mapping.sheet for table in normalise([read], Config(), TODAY).tables] == ["OKRs"]
