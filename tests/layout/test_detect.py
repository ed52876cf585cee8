"""Which tables a sheet has, what their columns are, and what is no table of OKRs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from okrsync.cells import CellValue, Grid
from okrsync.edits import Block, Role
from okrsync.layout.detect import detect, without_ours
from okrsync.mapping import CHECK_IN, Archetype, Mapping
from tests.read_sheets import drawn, grid, normalised, objectives


def found(text: str) -> Mapping:
    """The mapping of the only table on a drawn sheet."""
    (table,) = detect(grid(text)).tables
    return table.mapping


def titles(text: str) -> list[str | None]:
    return [objective.title for objective in objectives(text)]


def test_a_table_may_start_anywhere_below_bands_and_blank_rows() -> None:
    layout = detect(
        grid("""
        OKRs of the ovens | < | <
         | | |
         | Team: | Ovens |
         | Objective | Key result | Owner
         | Bake | Lines | Ana
        """)
    )

    (table,) = layout.tables
    assert table.area.a1 == "B4:D5"
    assert table.mapping.header_rows == (4,)
    assert table.around.metadata == {"team": "Ovens"}
    assert table.around.titles == ("OKRs of the ovens",)


def test_every_decision_says_why() -> None:
    (table,) = detect(grid("Goal | Key result | Target\nBake at night | Lines | 6")).tables

    assert any('"Goal" is objective' in reason.text for reason in table.reasons)


def test_a_header_of_two_rows_is_read_as_one() -> None:
    mapping = found("""
        Objective | Key result | Numbers | < | < | Owner
        ^ | ^ | Baseline | Target | Current | ^
        Bake at night | Lines | 2 | 6 | 4 | Ana
    """)

    assert mapping.header_rows == (1, 2)
    assert mapping.columns == {
        "objective": 1, "key_result": 2, "owner": 6, "baseline": 3, "target": 4, "current": 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("目标 | 关键结果 | 目标 | 当前值\n提升体验 | 复购率 | 60 | 50", {"objective": 1, "target": 3}),
        ("Objective | Key result | Goal | Now\nBake at night | Lines | 6 | 4", {"objective": 1, "target": 3}),
        ("Goal | Key result | Target\nBake at night | Lines | 6", {"objective": 1, "target": 3}),
        (
            "Objective | Target | Owner | Cycle\nBake at night | Six lines run | Ana | Q4",
            {"objective": 1, "key_result": 2},
        ),
        ("Objective | KR | Start | End\nBake at night | Lines | 2 | 6", {"baseline": 3, "target": 4}),
        ("Objective | KR | Start | End\nBake | Lines | @2026-10-01 | @2026-12-31", {"start": 3, "due": 4}),
        ("Objective | KR | Type\nBake | Lines | Committed", {"commitment": 3}),
        ("Objective | KR | Type\nBake | Lines | Company", {"level": 3}),
        ("Objective | KR | Timeline\nBake | Lines | Q4 2026", {"cycle": 3}),
        ("Objective | KR | Progress\nBake | Lines | On track", {"status": 3}),
        ('Objective | KR | Progress\nBake | Lines | "40%"', {"progress": 3}),
        (
            "O | KR | Description\nO1 | KR1 | Lines that run at night\nO1 | KR2 | Noise at the fence",
            {"key_result": 3, "label": 2},
        ),
        ("Objective | Success metrics | Target\nBake at night | Lines | 6", {"objective": 1, "key_result": 2}),
        ("Key result | Objective | Current | Target\nLines | Bake at night | 4 | 6", {"objective": 2, "key_result": 1}),
    ],
)
def test_the_cells_below_decide_what_a_doubtful_header_means(text: str, expected: dict[str, int]) -> None:
    columns = found(text).columns

    assert {name: columns.get(name) for name in expected} == expected


def test_of_two_columns_of_one_meaning_the_filled_one_is_read_and_the_other_is_named() -> None:
    text = "Objective | Key result | Target | Target value\nBake at night | Lines | 6 | 7"

    assert found(text).columns["target"] in (3, 4)
    assert [r.code for r in normalised(text).raised] == ["IN009", "IN010"]
    assert found("Objective | Key result | Target value | Target value\nBake | Lines | | 7").columns["target"] == 4


def test_unnamed_columns_at_the_end_belong_to_the_table() -> None:
    (table,) = detect(grid("Objective | Key result | Owner\nBake | Lines | Ana | seen | 4")).tables

    assert table.area.a1 == "A1:E2"


@pytest.mark.parametrize(
    ("text", "archetype"),
    [
        ("Objective | Key result\nBake | Lines\nBake | Noise", Archetype.FLAT),
        ("Objective | Key result\nBake | Lines\n | Noise", Archetype.MERGED),
        ("Objective | Key result\nBake |\n | Lines\nSell |\n | Shops", Archetype.OUTLINE),
        ("Type | Title | Owner\nObjective | Bake | Ana\nKR | Lines | Ana", Archetype.OUTLINE),
    ],
)
def test_the_archetype_is_seen_from_the_rows(text: str, archetype: Archetype) -> None:
    assert found(text).archetype is archetype


@pytest.mark.parametrize(
    "text",
    [
        "Objective | Key result | Owner",
        "Objective | Key result | Owner\n | | Ana",
        "Objective | Key result\nBake | 4\nSell | 5",
        "Key result | Deal | Stage | Amount | Region\nNorthern shops | D1 | Won | 5 | N",
        "KPI | Target | Actual\nChurn | 3 | 4",
        "Perspective | Strategic objective | KPI | Target\nPeople | Grow people | Training | 3",
        "Title | Owner | Status\nNew hall | Dee | Open",
        "Aspect | OKR | KPI\nPurpose | Drives change | Watches health",
        "OKR vs KPI | KPI | OKR\n具象 | 否 | 是",
        "Term | Meaning\nObjective | What we want\nKey result | How we know",
        "Objective: what we want\nKey Result: how we know that we got there\nKPI: what we watch\nInitiative: a task",
        "A long text about OKRs.\nO1: is what we call an objective\nmore text\n and more\n | \nyet more\n | \nand more",
        "",
    ],
)
def test_a_sheet_that_only_has_the_words_holds_no_okrs(text: str) -> None:
    outcome = normalised(text)

    assert outcome.okrs.objectives == ()
    assert outcome.without[0][0] == "team.xlsx"
    assert "no OKRs found" in outcome.without[0][1]


def test_the_nearest_header_is_named_where_nothing_is_found() -> None:
    (without,) = normalised("Objective | Budget | Risk\nGrow people | 3 | low").without

    assert '"Objective", "Budget", "Risk"' in without[1]
    assert "without a key-result column" in without[1]


def test_objectives_alone_are_read_where_the_header_leaves_no_doubt() -> None:
    assert titles("Objective | Owner | Quarter | Progress\nBake at night | Ana | Q4 | 40%") == ["Bake at night"]


def test_columns_of_ours_are_not_seen() -> None:
    text = "Objective | Key result | Progress | Score | Status | Expected | Gaps\nBake | Lines | 0.5 | 0.5 | ok | 0.6 |"
    block = Block(1, 2, {role: 3 + i for i, role in enumerate(Role)})
    read = drawn(text, blocks={"Sheet1": (block,)})

    bare, ours = without_ours(read.grids["Sheet1"], (block,))
    (table,) = detect(bare, ours).tables

    assert table.mapping.columns == {"objective": 1, "key_result": 2}
    assert table.area.a1 == "A1:B2"


def test_a_table_goes_on_right_of_our_columns() -> None:
    text = "Objective | Key result | Progress | Owner\nBake | Lines | 0.5 | Ana"
    bare, ours = without_ours(grid(text), (Block(1, 2, {Role.PROGRESS: 3}),))

    (table,) = detect(bare, ours).tables

    assert table.mapping.columns["owner"] == 4


def test_a_table_of_objectives_beside_the_first_is_left_and_named() -> None:
    text = "Objective | Key result | | Objective | Status\nBake | Lines | | Sell | Late"

    layout = detect(grid(text))

    assert [table.area.a1 for table in layout.tables] == ["A1:B2"]
    assert layout.tables[0].beside == 1
    assert "a table beside the first" in normalised(text).raised[0].hit.message


def test_tables_side_by_side_are_read_where_each_has_objectives_of_its_own() -> None:
    text = """
    OKRs Q4 2026
    Team: North | | | | Team: South
    Objective | Key result | Target | | Objective | Key result | Target
    Bake | Lines | 6 | | Sell | Shops | 3
    | Ovens | 2 | | | Visits | 90
    """
    found = objectives(text)

    assert [(o.title, o.team, [(k.title, k.metric.target) for k in o.key_results]) for o in found] == [
        ("Bake", "North", [("Lines", 6), ("Ovens", 2)]),
        ("Sell", "South", [("Shops", 3), ("Visits", 90)]),
    ]
    assert {o.cycle.name for o in found} == {"2026-Q4"}


def test_cards_side_by_side_are_read_each_below_its_objective() -> None:
    text = """
    Objective: Grow in Spain | < | < | | Objective: Ship faster | < | <
    Key result | Target | Actual | | Key result | Target | Actual
    New shops | 40 | 22 | | Lead time in days | 3 | 6
    Revenue in k€ | 500 | 310 | | Deploys a week | 25 | 19
    |
    Objective: Hire well | < | < | | Objective: Spend less | < | <
    Key result | Target | Actual | | Key result | Target | Actual
    Offers accepted | 9 | 7 | | Cost per order | 2 | 3
    """
    assert [(o.title, [k.title for k in o.key_results]) for o in objectives(text)] == [
        ("Grow in Spain", ["New shops", "Revenue in k€"]),
        ("Ship faster", ["Lead time in days", "Deploys a week"]),
        ("Hire well", ["Offers accepted"]),
        ("Spend less", ["Cost per order"]),
    ]


def test_a_column_in_a_language_we_do_not_read_is_known_by_its_labels() -> None:
    mapping = found(
        "Objetivo | Key Result | Meta\nO1 — Proteger | KR1.1 — Hedge | 50\nO2 — Crescer | KR2.1 — Lojas | 5"
    )

    assert mapping.columns["objective"] == 1


def test_rows_far_down_are_a_table_of_their_own_under_a_title() -> None:
    rows: list[list[CellValue]] = [["Objective", "Key result", "Owner"]]
    rows += [["Bake", f"Lines of kind {i}", "Ana"] for i in range(300)]
    rows += [[None], ["Team: Vans"], ["Objective", "Key result", "Owner"], ["Deliver", "On time", "Ben"]]

    layout = detect(Grid("S", rows))

    assert [table.area.a1 for table in layout.tables] == ["A1:C301", "A304:C305"]
    assert layout.tables[1].around.metadata == {"team": "Vans"}


def test_an_outline_may_have_other_columns_under_a_header() -> None:
    mapping = found("Plan | Owner | Due\nO1: Bake | Ana |\nKR1: Lines | Ben | @2026-12-01\nKR2: Noise | Cem |")

    assert mapping.columns == {"statement": 1, "owner": 2, "due": 3}


def test_an_outline_in_two_columns_is_read() -> None:
    text = "O1: Bake | |\n | KR1: Lines |\n | KR2: Noise |\nO2: Sell | |\n | KR1: Shops |"

    assert found(text).columns == {"objective": 1, "key_result": 2}
    assert [len(objective.key_results) for objective in objectives(text)] == [2, 1]


CELLS = st.sampled_from(
    [
        "Objective",
        "Key result",
        "目标",
        "Target",
        "Type",
        "1.1",
        "O1: Bake",
        "KR1: Lines",
        "- dash",
        "Total",
        "e.g. x",
        "40%",
        "Q4",
    ]
) | st.one_of(st.none(), st.floats(allow_nan=False), st.booleans(), st.text(max_size=12))


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_no_sheet_makes_it_fail_and_every_statement_stands_in_its_cell(rows: list[list[CellValue]]) -> None:
    read = drawn("== S\nx")
    sheet = Grid("S", rows)
    from okrsync.config import Config
    from okrsync.normalise import normalise
    from tests.read_sheets import TODAY

    outcome = normalise([replace(read, grids={"S": sheet})], Config(), TODAY)

    for objective, key_result in outcome.okrs.key_results():
        cell = sheet.value(key_result.at().row, key_result.at().column)
        assert cell is not None
        assert key_result.title.split()[0] in str(cell) or isinstance(cell, float)
        assert objective.key != key_result.key


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ("Objectif | Résultat clé | Métrique | Target", "fr"),
        ("Ziel | Schlüsselergebnis | Kennzahl | Zielwert", "de"),
        ("Objetivo | Resultado clave | Métrica | Valor objetivo", "es"),
        ("Objetivo | Resultado-chave | Métrica | Meta do KR", "pt"),
        ("目標 | 主要な成果 | 指標 | 目標値", "ja"),
    ],
)
def test_sheets_in_other_languages_are_found(headers: str, language: str) -> None:
    mapping = found(
        f"{headers}\nBake at night | Lines that run | lines | 6\nBake at night | Ovens that glow | ovens | 9"
    )

    assert mapping.columns == {"objective": 1, "key_result": 2, "metric": 3, "target": 4}
    assert mapping.language == language


def test_ids_with_a_year_in_them_and_numbers_beside_are_no_header() -> None:
    rows = [["ID", "Objective", "Key result", "Target"]]
    rows += [[f"KR-{number}", "Bake at night", f"Lines of oven {number}", str(number)] for number in range(1990, 2110)]

    layout = detect(grid("\n".join(" | ".join(row) for row in rows)))

    (table,) = layout.tables
    assert table.mapping.columns == {"objective": 2, "key_result": 3, "id": 1, "target": 4}
    assert layout.refused == ()


def test_a_sheet_whose_rows_all_seem_to_be_headers_is_given_up_on() -> None:
    rows = "\n".join(f"Goal | {'Win' if number % 2 else 'Draw'} | player {number}" for number in range(500))

    layout = detect(grid(f"What | Result of the game | Who\n{rows}"))

    assert layout.tables == ()
    assert 0 < len(layout.refused) < 100


def test_a_long_outline_is_not_taken_for_forms() -> None:
    lines = [
        f"{i // 4 + 1} | Objective | Serve region {i}"
        if i % 4 == 0
        else f"{i // 4 + 1}.{i % 4} | Key result | Sell {i}"
        for i in range(3000)
    ]
    grid = drawn("No. | Type | Title\n" + "\n".join(lines)).grids["Sheet1"]

    (found,) = detect(grid).tables
    assert (found.mapping.archetype, found.mapping.last_row) == (Archetype.OUTLINE, 3001)


def test_a_long_list_of_labelled_lines_is_one_outline() -> None:
    lines = [f"O{i // 4 + 1}: Serve region {i}" if i % 4 == 0 else f"KR{i}: Sell {i} more" for i in range(3000)]
    grid = drawn("\n".join(lines)).grids["Sheet1"]

    (found,) = detect(grid).tables
    assert (found.mapping.archetype, found.mapping.last_row) == (Archetype.OUTLINE, 3000)


def test_a_cell_far_to_the_right_costs_nothing_and_hides_nothing() -> None:
    grid = drawn("Objective | Key result\nGrow | Sell 5\nGrow | Sell 6").grids["Sheet1"]
    rows = [[*row] for row in grid.rows]
    rows[0] += [None] * 16_000 + ["stray"]

    (found,) = detect(replace(grid, rows=rows)).tables
    assert found.mapping.columns == {"objective": 1, "key_result": 2}


def test_a_strategic_objective_is_the_objective_where_there_is_no_other() -> None:
    alone = found(
        "Strategic objective | Key result | Target\nBake at night | Lines that run | 6\n | Ovens that run | 9"
    )
    beside = found(
        "Strategic objective | Objective | Key result | Target\nBe near | Bake at night | Lines | 6\n | | Ovens | 9"
    )

    assert alone.columns["objective"] == 1
    assert (beside.columns["contributes_to"], beside.columns["objective"]) == (1, 2)


def test_a_column_of_progress_may_hold_the_values_reached() -> None:
    rows = "Bake | Share sold | 78 | 90 | {}\nBake | Minutes in line | 25 | 10 | {}\nBake | Shops | 12 | 40 | {}"
    head = "Objective | KR | Baseline | Target | Progress\n"

    assert found(head + rows.format(84, 16, 22)).columns["current"] == 5
    assert found(head + rows.format(50, 60, 36)).columns["progress"] == 5
    assert found(head + rows.format('"84 points"', '"16 min"', '"22 shops"')).columns["current"] == 5


def test_what_stands_between_semicolons_or_counts_between_commas_are_several_key_results() -> None:
    text = (
        "Objective | Key results\nLaunch | 100 users; NPS above 30; churn < 5%\nGrow | 5 meetups, 1,000 readers a week"
    )

    assert [(o.title, [k.title for k in o.key_results]) for o in objectives(text)] == [
        ("Launch", ["100 users", "NPS above 30", "churn < 5%"]),
        ("Grow", ["5 meetups", "1,000 readers a week"]),
    ]


def test_methods_set_side_by_side_are_explained_and_not_pursued() -> None:
    text = """
    | OKR | KPI
    Objective | What we want to change | Nothing at all
    Key result | Three to five of them | One measure each
    """
    assert detect(grid(text)).tables == ()


def test_a_level_column_tells_the_levels_and_a_title_names_the_parent() -> None:
    text = """
    Name | Level | Parent | Owner
    Guest score of 9 | Key result | Delight guests | Ana
    Grow direct sales | Company | | Cem
    Delight guests | Company | | Dee
    Direct share of 35% | Key result | Grow direct sales | Ben
    """
    assert [(o.title, [k.title for k in o.key_results]) for o in objectives(text)] == [
        ("Grow direct sales", ["Direct share of 35%"]),
        ("Delight guests", ["Guest score of 9"]),
    ]


def test_rows_without_values_head_those_with_values() -> None:
    text = """
    OKR Q4 2026 | Owner | Target | Actual
    Improve the start | Mia | |
    Minutes to value | Mia | 10 | 14
    Activation rate | Noah | 45 | 38
    Reduce support load | Olga | |
    Tickets per account | Pete | 1.5 | 2.2
    """
    assert [(o.title, [k.title for k in o.key_results]) for o in objectives(text)] == [
        ("Improve the start", ["Minutes to value", "Activation rate"]),
        ("Reduce support load", ["Tickets per account"]),
    ]


def test_cards_end_where_the_titles_of_the_next_begin() -> None:
    text = """
    目標1 | 売上を伸ばす
    担当 | 佐藤
    KR | 内容 | 目標値 | 現在値
    KR1 | 新規契約を増やす | 30 | 12
    KR2 | 単価を上げる | 500 | 430
    |
    目標2 | 品質を上げる
    担当 | 鈴木
    KR | 内容 | 目標値 | 現在値
    KR1 | 不具合を減らす | 2 | 5
    """
    assert [(o.title, o.owner, [k.title for k in o.key_results]) for o in objectives(text)] == [
        ("売上を伸ばす", "佐藤", ["新規契約を増やす", "単価を上げる"]),
        ("品質を上げる", "鈴木", ["不具合を減らす"]),
    ]


def test_what_key_results_support_is_their_objective_where_nothing_else_is() -> None:
    text = "Key result | Target | Now | Supports objective\nShip features | 12 | 7 | Build faster\n"

    assert [(o.title, [k.title for k in o.key_results]) for o in objectives(text + "Hire | 4 | 2 | Grow the team")] == [
        ("Build faster", ["Ship features"]),
        ("Grow the team", ["Hire"]),
    ]


def test_a_header_may_name_a_quarter_in_its_own_language() -> None:
    columns = found("Objectif | Résultat clé | Cible T4 | Réel T4\nGrandir | Recrutements | 6 | 4").columns

    assert (columns["target"], columns["current"]) == (3, 4)


def test_weeks_counted_with_s_are_check_ins_and_two_halves_are_not() -> None:
    head = "Objetivo | Resultado clave | Meta | S1 | S2"
    weekly = found(f"{head} | S3\nLanzar | Descargas | 900 | 100 | 250 | 420").columns
    halves = found(f"{head}\nLanzar | Descargas | 900 | 100 | 250").columns

    assert sum(name.startswith(CHECK_IN) for name in weekly) == 3
    assert not any(name.startswith(CHECK_IN) for name in halves)


def test_a_plan_of_tasks_with_what_each_is_for_holds_no_okrs() -> None:
    text = """
    Task | Objective | Start | End | % complete | Owner
    Write | Clarify the scope | @2026-10-01 | @2026-10-10 | 100 | A
    Build | Build the core | @2026-10-11 | @2026-11-20 | 60 | B
    """
    assert detect(grid(text)).tables == ()


def test_a_form_with_a_small_table_is_read_with_its_values() -> None:
    text = """
    OKR-Bogen Q3/2026
    Objective: | In zwei Minuten verstanden
    Verantwortlich: | Mia
    Key Results: | | Start | Ziel | Ist
    | Einrichtung in Minuten | 12 | 2 | 7
    | Abbrüche am Anfang | 40 | 15 | 28
    Objective: | Wir liefern ohne Hektik
    Verantwortlich: | Noah
    Key Results: | | Start | Ziel | Ist
    | Hotfixes je Monat | 9 | 2 | 5
    """
    assert [
        (o.title, o.owner, o.cycle.name, [(k.title, k.metric.baseline, k.metric.current) for k in o.key_results])
        for o in objectives(text)
    ] == [
        (
            "In zwei Minuten verstanden",
            "Mia",
            "2026-Q3",
            [("Einrichtung in Minuten", 12, 7), ("Abbrüche am Anfang", 40, 28)],
        ),
        ("Wir liefern ohne Hektik", "Noah", "2026-Q3", [("Hotfixes je Monat", 9, 5)]),
    ]


def test_numbered_lines_with_two_columns_of_values_are_an_outline() -> None:
    text = """
    번호 | 내용 | 담당 | 목표 | 현재
    1 | 고객이 추천하는 서비스 만들기 | 김하나 | |
    1-1 | 추천 지수 | 이두리 | 50 | 42
    2 | 운영 효율 높이기 | 최네오 | |
    2-1 | 처리 시간 | 정다섯 | 3 | 5
    """
    assert [len(each.key_results) for each in objectives(text)] == [1, 1]


def test_hints_in_brackets_and_notes_below_are_no_okrs() -> None:
    text = """
    Objective | Key results | Target
    (what do we want?) | (how do we measure it?) | (number)
    Calm mornings | Trays ready by 6:30 | 95
    Note: filled in each Monday
    Legend: green = on track
    """
    assert [(o.title, [k.title for k in o.key_results]) for o in objectives(text)] == [
        ("Calm mornings", ["Trays ready by 6:30"])
    ]


def test_codes_under_goal_are_the_ids_of_objectives_on_another_sheet() -> None:
    text = """
    == Goals
    Id | Objective
    G1 | Bake at night
    G2 | Sell in the north
    == Results
    Goal | Key result | Target | Now
    G1 | More lines run | 6 | 4
    G2 | New shops | 12 | 7
    """
    assert [(o.title, [k.title for k in o.key_results]) for o in objectives(text)] == [
        ("Bake at night", ["More lines run"]),
        ("Sell in the north", ["New shops"]),
    ]


def test_a_row_that_names_methods_among_other_columns_explains_nothing() -> None:
    text = """
    Sheet | OKR | KPI | Team | Q4
    Objective: Guests love the bread
    Key results:
    | Score of reviews from 3 to 5
    | Complaints from 9 to 2
    """
    assert titles(text) == ["Guests love the bread"]


def test_forms_are_read_to_the_last_however_many_there_are() -> None:
    form = "Objective: Aim {0}\nKey results:\n| Score {0} from 1 to 5\n| Errors {0} from 9 to 2\n|\n|\n"
    text = "".join(form.format(n) for n in range(300))

    assert titles(text) == [f"Aim {n}" for n in range(300)]


def test_what_stands_too_far_right_is_not_sought_and_said_so() -> None:
    text = f"Objective | Key result {'|' * 1000} Objective | Key result\nBake | Loaves{'|' * 1000} Sell | Visits"

    (finding,) = [each.hit for each in normalised(text).raised if each.code == "IN009"]
    assert "ALM1" in str(finding.at)
    assert "from ALM on" in finding.message


def test_an_objective_of_a_form_may_end_in_a_word_of_headers() -> None:
    text = """
    OKR form
    Team: | Payments
    |
    Objective: | Merchants are paid on time
    Owner: | Rita
    Key results:
    KR1: Late payouts from 400 to 50 a week
    KR2: Support mails about payouts from 90 to 30
    |
    Objective: | New merchants start within a day
    Key results:
    KR1: Share of merchants live in 24 h from 35% to 70%
    """
    assert [(o.title, o.owner, o.team, len(o.key_results)) for o in objectives(text)] == [
        ("Merchants are paid on time", "Rita", "Payments", 2),
        ("New merchants start within a day", None, "Payments", 1),
    ]


@pytest.mark.parametrize("again", ["O1", "", "^"])
def test_ids_of_which_each_objective_has_one_are_those_of_the_objectives(again: str) -> None:
    text = f"""
    Ref | Objective | KR | Key result | Target
    O1 | Be the first choice | KR1 | Repeat orders | 45
    {again} | | KR2 | Reviews | 300
    O2 | Spend less | KR1 | Cost per order | 4
    """
    assert [(o.id, o.title, [k.label for k in o.key_results]) for o in objectives(text)] == [
        ("O1", "Be the first choice", ["KR1", "KR2"]),
        ("O2", "Spend less", ["KR1"]),
    ]
    assert [raised.code for raised in normalised(text).raised] == ["IN010"]


def test_an_id_that_two_key_results_have_by_mistake_is_still_told() -> None:
    text = """
    ID | Objective | Key result | Target
    A1 | Be the first choice | Repeat orders | 45
    A1 | | Reviews | 300
    A3 | | Visits | 9
    A4 | Spend less | Cost per order | 4
    """
    assert "IN007" in [raised.code for raised in normalised(text).raised]
