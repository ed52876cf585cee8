"""Rows → objectives and key results: who belongs to whom, ids, teams, levels, cycles, owners, what is left out."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from okrsync.cells import CellValue, Grid
from okrsync.config import Config, CycleSettings
from okrsync.edits import Marks
from okrsync.model import Commitment, KeyResult, Kind, Level, Metric, Objective
from okrsync.normalise import normalise
from okrsync.normalise.building import built
from tests.read_sheets import TODAY, drawn, key_result, normalised, objectives, raised


def tree(text: str) -> list[tuple[str | None, list[str]]]:
    return [(objective.title, [k.title for k in objective.key_results]) for objective in objectives(text)]


def test_an_objective_repeated_anywhere_in_a_table_is_one() -> None:
    text = "Objective | Key result\nBake | Lines\nSell | Shops\nBake | Noise"

    assert tree(text) == [("Bake", ["Lines", "Noise"]), ("Sell", ["Shops"])]
    assert objectives(text)[0].at().a1 == "A2"


def test_the_same_objective_of_two_teams_or_cycles_is_two() -> None:
    text = "Team | Cycle | Objective | Key result\nA | Q4 | Grow | x1\nB | Q4 | Grow | x2\nB | Q3 | Grow | x3"

    assert [(o.team, o.cycle.name) for o in objectives(text)] == [("A", "2026-Q4"), ("B", "2026-Q4"), ("B", "2026-Q3")]


def test_a_team_that_comes_back_inside_an_objective_is_the_key_results_own() -> None:
    text = "Team | Objective | Key result\nA | Grow | x1\nB | Grow | x2\nA | Grow | x3"

    assert [(o.team, len(o.key_results)) for o in objectives(text)] == [(None, 3)]


def test_identical_key_results_stay_apart() -> None:
    text = "目标与关键结果 | 完成度 | 得分\n获取新客户 | 1 | 0.7\n获取新客户 | 0.9 | 0.5"

    ((title, key_results),) = tree(text)
    assert title is None
    assert key_results == ["获取新客户", "获取新客户"]
    assert [k.own_progress for k in objectives(text)[0].key_results] == [100, 90]


def test_key_results_without_an_objective_column_hang_on_one_without_a_title() -> None:
    assert tree("Key result | Target | Current\nLines | 6 | 4\nNoise | 40 | 50") == [(None, ["Lines", "Noise"])]


def test_an_own_id_is_taken_and_a_second_one_raised() -> None:
    text = "Objective ID | Objective | KR ID | Key result\nA-1 | Bake | K-1 | Lines\nA-1 | Bake | K-1 | Noise"

    (objective,) = objectives(text)
    assert (objective.id, [k.id for k in objective.key_results]) == ("A-1", ["K-1", "K-1"])
    assert raised(text) == ["IN007 C3"]


def test_labels_that_start_again_under_every_objective_give_different_ids() -> None:
    text = "Objective | Key result\nO1: Bake | KR1: Lines\nO2: Sell | KR1: Shops\nO2: Sell | KR1: Vans"

    assert [k.id for o in objectives(text) for k in o.key_results] == ["KR1", "O2.KR1", "O2.KR1-2"]
    assert [k.label for o in objectives(text) for k in o.key_results] == ["KR1", "KR1", "KR1"]


def test_ids_are_made_up_where_there_are_none() -> None:
    text = "Objective | Key result\nBake | Lines\nBake | Noise\nSell | Shops"

    assert [(o.id, [k.id for k in o.key_results]) for o in objectives(text)] == [
        ("O1", ["KR1.1", "KR1.2"]),
        ("O2", ["KR2.1"]),
    ]


def test_a_code_alone_stands_for_the_objective_above() -> None:
    assert tree("Objective | Key result\nO1: Bake | Lines\nO1 | Noise\nO9 | Shops") == [
        ("Bake", ["Lines", "Noise"]),
        ("O9", ["Shops"]),
    ]


def test_a_label_alone_takes_its_statement_from_the_metric_beside_it() -> None:
    text = """
    Objective | Key result | Metric | Target
    Bake | KR1: Lines | a | 6
    Bake | KR2: | Noise at the fence | 40
    Bake | KR3: | | 1
    """

    assert tree(text) == [("Bake", ["Lines", "Noise at the fence"])]
    assert raised(text) == ["IN009 A4"]


def test_owners_of_key_results_and_of_their_objective() -> None:
    text = """
    Objective | Objective owner | Key result | Owner
    Bake | Dee | Lines [Ana] |
    Bake | Dee | Noise | Ben
    Sell | | Shops | Cem
    """

    bake, sell = objectives(text)
    assert (bake.owner, [k.owner for k in bake.key_results]) == ("Dee", ["Ana", "Ben"])
    assert sell.owner == "Cem"


def test_a_merged_owner_counts_for_every_row() -> None:
    text = "Objective | Key result | Owner | Progress\nBake | Lines | Ana | 40%\n^ | Noise | ^ | ^"

    (objective,) = objectives(text)
    assert [k.owner for k in objective.key_results] == ["Ana", "Ana"]
    assert (objective.own_progress, [k.own_progress for k in objective.key_results]) == (40, [None, None])


def test_a_weight_on_first_rows_only_is_the_objectives() -> None:
    text = "Objective | Weight | Key result\nBake | 60 | Lines\n | | Noise\nSell | 40 | Shops"

    assert [(o.weight, [k.weight for k in o.key_results]) for o in objectives(text)] == [
        (60, [None, None]),
        (40, [None]),
    ]


def test_objectives_have_their_own_columns() -> None:
    text = """
    Objective | Objective status | Objective progress | Objective score | Objective weight | Key result | Weight
    Bake | Green | 40% | 0.4 | 2 | Lines | 1
    """

    (objective,) = objectives(text)
    assert (objective.status, objective.own_progress, objective.own_score, objective.weight) == ("Green", 40, 0.4, 2)


def test_what_every_row_contributes_to_is_the_objectives() -> None:
    text = """
    Objective | Key result | Aligned to
    Bake | Lines | O1; O2
    Bake | Noise | O1; O2
    Sell | Shops | O1
    Sell | Vans | O3
    """

    bake, sell = objectives(text)
    assert (bake.contributes_to, [k.contributes_to for k in bake.key_results]) == (("O1", "O2"), [(), ()])
    assert (sell.contributes_to, [k.contributes_to for k in sell.key_results]) == ((), [("O1",), ("O3",)])


def test_the_own_objective_in_the_parent_column_is_no_alignment() -> None:
    text = "Id | Type | Title | Parent\nO-1 | Objective | Bake | C-1\nK-1 | Key result | Lines | O-1"

    (objective,) = objectives(text)
    assert objective.contributes_to == ("C-1",)
    assert objective.key_results[0].contributes_to == ()


def test_commitment_comes_from_a_column_or_the_title() -> None:
    text = (
        "Objective | Key result | Type\nBake | Lines | Aspirational\nBake | Noise | Committed\nSell (stretch) | Shops |"
    )

    bake, sell = objectives(text)
    assert [k.commitment for k in bake.key_results] == [Commitment.ASPIRATIONAL, Commitment.COMMITTED]
    assert bake.commitment is Commitment.COMMITTED
    assert sell.commitment is Commitment.ASPIRATIONAL


# Teams and levels

TABLE = "Objective | Key result | Target\nBake | Lines | 6\n"


@pytest.mark.parametrize(
    ("sheet", "team", "level"),
    [
        ("Company", None, Level.COMPANY),
        ("公司OKR", None, Level.COMPANY),
        ("Team Growth", "Growth", Level.TEAM),
        ("市场部", "市场部", Level.TEAM),
        ("OKRs", None, Level.TEAM),
        ("Plans of Ana", None, Level.TEAM),
    ],
)
def test_a_sheets_name_may_give_team_and_level(sheet: str, team: str | None, level: Level) -> None:
    (objective,) = objectives(f"== {sheet}\n{TABLE}")

    assert (objective.team, objective.level) == (team, level)


def test_of_several_sheets_each_is_a_team_without_its_cycle() -> None:
    found = objectives(f"== Vans Q3 2026\n{TABLE}== Ovens\n{TABLE}== Sheet3\n{TABLE}")

    assert [(o.team, o.cycle.name) for o in found] == [("Vans", "2026-Q3"), ("Ovens", "2026-Q3"), (None, "2026-Q3")]


def test_a_team_column_with_a_word_for_the_company_is_company_level() -> None:
    text = "Team | Level | Objective | Key result\nCompany | | Bake | Lines\nOvens | Individual | Sell | Shops"

    assert [o.level for o in objectives(text)] == [Level.COMPANY, Level.INDIVIDUAL]


def test_a_type_column_may_give_the_level() -> None:
    text = "Objective type | Objective | Key result\nDepartment | Bake | Lines"

    assert objectives(text)[0].level is Level.DEPARTMENT


def test_a_title_may_say_that_these_are_the_companys() -> None:
    assert objectives(f"Company OKRs\n{TABLE}")[0].level is Level.COMPANY


def test_metadata_rows_give_team_and_cycle() -> None:
    (objective,) = objectives(f"Department: Ovens\nPeriod | 2025\n{TABLE}")

    assert (objective.team, objective.cycle.name) == ("Ovens", "2025")


def test_a_band_in_the_table_gives_team_or_cycle_to_the_rows_below() -> None:
    text = "Objective | Key result | Target\nOvens | < | <\nBake | Lines | 6\nQ3 2026 | < | <\nSell | Shops | 5"

    assert [(o.title, o.team, o.cycle.name) for o in objectives(text)] == [
        ("Bake", None, "2026-Q4"),
        ("Sell", None, "2026-Q3"),
    ]
    assert objectives(text.replace("Ovens |", "Team Ovens |"))[0].team == "Team Ovens"


def test_a_team_written_once_counts_until_the_next() -> None:
    text = """
    Team | Objective | Key result | Cycle
    A | Bake | Lines | Q3
     | | Noise |
     | Sell | Shops |
    B | Rest | Beds | Q4
    """

    assert [(o.team, o.cycle.name) for o in objectives(text)] == [("A", "2026-Q3"), ("A", "2026-Q3"), ("B", "2026-Q4")]


# Cycles


def cycle_of(text: str, **more: object) -> tuple[str, bool]:
    config = more.get("config")
    asked = more.get("cycle")
    marks = more.get("marks")
    name = more.get("name")
    read = drawn(
        text,
        marks=marks if isinstance(marks, Marks) else None,
        name=name if isinstance(name, str) else "team.xlsx",
    )
    found = normalise(
        [read], config if isinstance(config, Config) else Config(), TODAY, asked if isinstance(asked, str) else None
    )
    (objective,) = found.okrs.objectives
    assert ("IN010" in [r.code for r in found.raised]) is objective.cycle.assumed
    return objective.cycle.name, objective.cycle.assumed


CONFIG = Config(cycle=CycleSettings(name="2024-Q2"))


def test_the_cycle_is_the_first_that_any_place_names() -> None:
    column = "Objective | Key result | Quarter\nBake | Lines | Q1 2026"
    header = "Objective | Key result | Target Q2 2026\nBake | Lines | 6"
    kept = Marks(cycle="2024-Q1")

    assert cycle_of(f"== Q3 2026\nPeriod: Q4 2025\n{column}") == ("2026-Q1", False)
    assert cycle_of(f"== Q3 2026\nPeriod: Q4 2025\n{TABLE}") == ("2025-Q4", False)
    assert cycle_of(f"== Q3 2026\n{header}") == ("2026-Q2", False)
    assert cycle_of(f"== Q3 2026\nOKRs 2025\n{TABLE}") == ("2026-Q3", False)
    assert cycle_of(f"OKRs 2025\n{TABLE}", name="okrs-2024.xlsx") == ("2025", False)
    assert cycle_of(TABLE, name="okrs-2024.xlsx", cycle="2023") == ("2024", False)
    assert cycle_of(TABLE, cycle="2023", config=CONFIG) == ("2023", False)
    assert cycle_of(TABLE, config=CONFIG, marks=kept) == ("2024-Q2", False)
    assert cycle_of(TABLE, marks=kept) == ("2024-Q1", True)
    assert cycle_of(TABLE) == ("2026-Q4", True)


def test_a_year_in_a_cycle_column_may_be_a_number() -> None:
    assert cycle_of("Objective | Key result | Year\nBake | Lines | 2025") == ("2025", False)


def test_a_key_result_may_name_the_cycle_of_an_outline() -> None:
    text = "Type | Title | Period\nObjective | Bake |\nKey result | Lines | Q3 2026"

    assert cycle_of(text) == ("2026-Q3", False)


# What is left out


def test_rows_left_out_are_named_with_their_reason() -> None:
    text = (
        "Objective | Key result | Target\nBake | Lines | 6\n | Total | 6\nExample: Sell | KR | 5\n[Objective] | [KR] |"
    )

    messages = [r.hit.message for r in normalised(text).raised if r.code == "IN009"]

    assert messages == [
        'row 3 looks like a total and was left out: "Total"',
        'row 4 looks like a sample and was left out: "Example: Sell"',
        'row 5 looks like a placeholder and was left out: "[Objective]"',
    ]


def test_many_rows_left_out_are_not_all_listed() -> None:
    text = "Objective | Key result\nBake | Lines\n" + "\n".join(" | Total" for _ in range(20))

    (message,) = [r.hit.message for r in normalised(text).raised if r.code == "IN009"]
    assert message == 'rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 … look like totals and were left out: "Total"'


def test_a_workbook_of_nothing_but_samples_holds_no_okrs_and_says_so() -> None:
    outcome = normalised("Objective | Key result | Target\nEXAMPLE: Bake | EXAMPLE: Lines | 6")

    assert outcome.okrs.objectives == ()
    assert "nothing but samples" in outcome.without[0][1]


def test_a_repeated_header_is_no_row() -> None:
    assert tree(
        "Objective | Key result | Target\nBake | Lines | 6\nObjective | Key result | Target\nSell | Shops | 5"
    ) == [
        ("Bake", ["Lines"]),
        ("Sell", ["Shops"]),
    ]


def test_a_statement_that_is_an_error_is_raised() -> None:
    assert raised("Objective | Key result\nBake | Lines\nSell | #REF!\n=? | Shops") == ["IN004 B3", "IN003 A4"]


def test_rows_of_an_outline_that_are_neither_are_named() -> None:
    text = (
        "OKR | Owner | Progress\nO1: Bake | Ana |\nKR1: Lines | Ben | 40%\nbuy an oven | Ben |\nKR2: Noise | Cem | 10%"
    )

    assert tree(text) == [("Bake", ["Lines", "Noise"])]
    assert raised(text) == ["IN009 A4"]


def test_a_sheet_of_ours_is_passed_over() -> None:
    read = drawn(f"== OKRs\n{TABLE}== OKR Summary\n{TABLE}", own_sheets=frozenset({"OKR Summary"}))

    assert len(normalise([read], Config(), TODAY).okrs.objectives) == 1


def test_a_built_model_is_the_validated_one() -> None:
    fast, slow = key_result(TABLE), objectives(TABLE)[0]

    assert fast == KeyResult(**{name: getattr(fast, name) for name in KeyResult.model_fields})
    assert slow == Objective(**{name: getattr(slow, name) for name in Objective.model_fields})
    assert hash(fast.place) == hash(slow.key_results[0].place)
    assert built(Metric, {n: getattr(fast.metric, n) for n in Metric.model_fields}).kind is Kind.REACH
    assert fast.model_copy(update={"owner": "Ana"}).owner == "Ana"


# Outlines


def test_numbers_in_the_statements_tell_objectives_from_key_results() -> None:
    text = """
    OKR | Owner | Progress
    1. Bake at night | Ana |
    1.1 Lines | Ben | 40%
    1.2 Noise | Ben | 40%
    2. Sell | Cem |
    2.1 Shops | Cem | 5%
    """

    assert tree(text) == [("Bake at night", ["Lines", "Noise"]), ("Sell", ["Shops"])]
    assert [k.label for k in objectives(text)[0].key_results] == ["1.1", "1.2"]


def test_a_wrapped_line_joins_the_one_above() -> None:
    text = "O1: 让配送\n更快\nKR1: two hours [to the door]\nof every shop [Ana]\nKR2: Shops\n\nKR3: 门店"

    (objective,) = objectives(text)
    assert objective.title == "让配送更快"
    assert [(k.title, k.owner) for k in objective.key_results] == [
        ("two hours [to the door] of every shop", "Ana"),
        ("Shops", None),
        ("门店", None),
    ]


def test_a_text_before_the_next_objective_of_an_outline_is_no_statement() -> None:
    text = "O1: Bake\nKR1: Lines\n\nTeam Vans\n\nO2: Deliver\nKR1: On time"

    assert [(o.title, o.team) for o in objectives(text)] == [("Bake", None), ("Deliver", "Team Vans")]


def test_an_initiative_by_its_type_is_left_out_and_a_row_without_a_type_is_named() -> None:
    text = "Type | Title | Owner\nObjective | Bake | Ana\nKR | Lines | Ben\nTask | buy | Ben\n | what is this | Ben"

    assert tree(text) == [("Bake", ["Lines"])]
    messages = [r.hit.message for r in normalised(text).raised if r.code == "IN009"]
    assert messages == [
        'row 4 looks like an initiative and was left out: "Task"',
        'row 5 looks like neither objective nor key result and was left out: "what is this"',
    ]


def test_a_row_without_a_number_in_a_numbered_outline_is_named() -> None:
    text = "No. | OKR | Owner\n1 | Bake | Ana\n1.1 | Lines | Ben\n | some words | Ben"

    assert tree(text) == [("Bake", ["Lines"])]
    assert raised(text) == ["IN009 B4"]


def test_a_statement_as_long_as_a_page_is_read() -> None:
    long = "KR1: " + "more bread " * 100

    assert tree(f"Objective | Key result\nBake | {long}") == [("Bake", [long[5:].strip()])]


def test_a_number_in_a_statement_column_is_a_statement() -> None:
    assert tree("Objective | Key result\nBake | Lines\nBake | Noise\nSell | 40") == [
        ("Bake", ["Lines", "Noise"]),
        ("Sell", ["40"]),
    ]


def test_an_objective_row_merged_across_an_outline_is_an_objective() -> None:
    text = "Objective | Key result | Target\nBake | < | <\n | Lines | 6\n | Noise | 40\nSell | < | <\n | Shops | 5"

    assert tree(text) == [("Bake", ["Lines", "Noise"]), ("Sell", ["Shops"])]


def test_a_sheet_without_a_cycle_is_of_the_one_that_the_others_name_and_that_is_said() -> None:
    found = normalised(f"== Vans Q3 2026\n{TABLE}== Ovens\n{TABLE}")

    assert [(o.cycle.name, o.cycle.assumed) for o in found.okrs.objectives] == [("2026-Q3", False)] * 2
    (message,) = [r.hit.message for r in found.raised if r.code == "IN010"]
    assert "'Ovens'; 2026-Q3" in message


def test_where_others_name_several_cycles_this_quarter_is_assumed() -> None:
    found = objectives(f"== Vans Q3 2026\n{TABLE}== Vans Q2 2026\n{TABLE}== Ovens\n{TABLE}")

    assert [(o.cycle.name, o.cycle.assumed) for o in found] == [
        ("2026-Q3", False),
        ("2026-Q2", False),
        ("2026-Q4", True),
    ]


def test_an_assumed_cycle_is_the_same_as_the_one_that_another_workbook_names() -> None:
    reads = [drawn(f"== Vans Q4 2026\n{TABLE}", name="vans.xlsx"), drawn(TABLE, name="ovens.xlsx")]

    okrs = normalise(reads, Config(), TODAY).okrs

    assert [cycle.name for cycle in okrs.cycles()] == ["2026-Q4"]
    assert [o.cycle.assumed for o in okrs.objectives] == [False, True]
    assert okrs.objectives[0].cycle != "2026-Q4"


def test_the_same_objective_in_another_team_or_cycle_is_another_one() -> None:
    found = objectives("""
        Objective | Key result | Team | Cycle | Target
        Bake | Lines | Ovens | Q4 2026 | 6
        Bake | Noise | Ovens | Q4 2026 | 7
        Bake | Shops | Vans | Q4 2026 | 8
        Bake | Doors | Vans | Q3 2026 | 9
        """)

    said = [(o.team, o.cycle.name, [k.title for k in o.key_results]) for o in found]
    assert said == [
        ("Ovens", "2026-Q4", ["Lines", "Noise"]),
        ("Vans", "2026-Q4", ["Shops"]),
        ("Vans", "2026-Q3", ["Doors"]),
    ]


def test_a_moment_counts_as_its_day() -> None:
    rows: list[list[CellValue]] = [["Objective", "Key result", "Due", "Target"]]
    rows.append(["Bake", "Lines", datetime(2026, 12, 1, 9, 30), 6.0])
    read = drawn("Objective | Key result")
    sheet = replace(read, grids={"Sheet1": Grid("Sheet1", rows)})

    ((_, key_result),) = normalise([sheet], Config(), TODAY).okrs.key_results()

    assert key_result.due == date(2026, 12, 1)
    assert type(key_result.due) is date


def test_numbers_with_a_percent_or_money_format_are_read_as_shown() -> None:
    header = "Objective | Key result | Target | Confidence | Weight"

    found = key_result(f"{header}\nBake | Lines | 0.45{{0%}} | 0.7{{0%}} | 0.25{{0%}}")

    assert (found.metric.target, found.metric.unit) == (45, "%")
    assert (found.confidence, found.weight) == (0.7, 25)


def test_a_belief_over_a_hundred_is_raised() -> None:
    header = "Objective | Key result | Target | Confidence"

    assert raised(f"{header}\nBake | Lines | 6 | 0.5{{0%}}\nBake | Noise | 6 | 7{{0%}}") == ["IN001 D3"]
