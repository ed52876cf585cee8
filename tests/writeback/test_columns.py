"""The five status columns, planned as edits."""

from __future__ import annotations

from collections.abc import Mapping

from okrsync.cells import Area, CellValue, Grid
from okrsync.edits import Block, BlockEdit, CellEdit, Edit, Look, Role
from okrsync.mapping import Archetype, Table
from okrsync.mapping import Mapping as SheetMapping
from okrsync.ownership import ROLES
from okrsync.scoring import KeyResultScore, Scores, Status
from okrsync.wording import words
from okrsync.writeback.columns import Columns, Row, key_result_row, plan_columns
from tests.okrs import kr, objective, okrs

EN = words("en")
TEAM: list[list[CellValue]] = [
    ["Objective", "Key result", "Status"],
    ["Grow", "More users", "green"],
    ["Grow", "More sales", "red"],
]
ON_TRACK: Row = (0.5, 0.5, "on track", 0.54, None)
OURS = {role: 4 + i for i, role in enumerate(ROLES)}
HEADERS: list[CellValue] = ["Progress", "Score", "Status (okrsync)", "Expected today", "Gaps"]


def columns(
    rows: list[list[CellValue]],
    wanted: Mapping[int, Row],
    *blocks: Block,
    others: frozenset[int] = frozenset(),
    formulas: Mapping[int, frozenset[int]] | None = None,
) -> Columns:
    found = formulas or {}
    grid = Grid("Q4", rows, formulas_of=lambda column: found.get(column, frozenset()))
    fields = {"objective": 1, "key_result": 2, "status": 3}
    table = Table("team.xlsx", SheetMapping("Q4", Archetype.FLAT, fields, (1,)), Area(1, 1, 3, 3))
    return Columns(grid, table, blocks, EN, wanted, others)


def planned(work: Columns) -> tuple[list[Edit], list[str]]:
    notes: list[str] = []
    return list(plan_columns(work, notes)), notes


def cells(edits: list[Edit]) -> dict[str, CellValue]:
    return {edit.at.a1: edit.after for edit in edits if isinstance(edit, CellEdit)}


def ours(*rows: list[CellValue]) -> list[list[CellValue]]:
    """The team's table with our columns beside it."""
    return [team + mine for team, mine in zip(TEAM, [HEADERS, *rows], strict=True)]


def test_a_first_run_marks_the_block_writes_headers_and_every_row() -> None:
    edits, notes = planned(columns(TEAM, {2: ON_TRACK, 3: ON_TRACK}))

    assert isinstance(edits[0], BlockEdit)
    assert edits[0].new and edits[0].block == Block(1, 3, OURS)
    assert cells(edits) == {
        "D1": "Progress",
        "E1": "Score",
        "F1": "Status (okrsync)",
        "G1": "Expected today",
        "H1": "Gaps",
        **{
            f"{letter}{row}": value
            for row in (2, 3)
            for letter, value in zip("DEFG", [0.5, 0.5, "on track", 0.54], strict=True)
        },
    }
    assert notes == []


def test_a_line_of_the_dry_run_shows_the_very_edit() -> None:
    edits, _ = planned(columns(TEAM, {2: ON_TRACK}))

    assert "'Q4'!D2: blank → 0.5" in [str(edit) for edit in edits]


def test_a_second_run_makes_no_edits() -> None:
    rows = ours([0.5, 0.5, "on track", 0.54, None], [0.5, 0.5, "on track", 0.54, None])

    assert planned(columns(rows, {2: ON_TRACK, 3: ON_TRACK}, Block(1, 3, OURS))) == ([], [])


def test_only_the_cell_that_differs_is_written_with_the_statements_style() -> None:
    rows = ours([0.5, 0.5, "at risk", 0.54, None], [0.5, 0.5, "on track", 0.54, None])

    (edit,) = planned(columns(rows, {2: ON_TRACK, 3: ON_TRACK}, Block(1, 3, OURS)))[0]

    assert isinstance(edit, CellEdit)
    assert (edit.at.a1, edit.before, edit.after, edit.look, edit.like) == ("F2", "at risk", "on track", Look.TEXT, 2)


def test_leftovers_beside_a_row_that_is_no_key_result_any_more_are_cleared() -> None:
    rows = ours([0.5, 0.5, "on track", 0.54, None], [0.2, 0.2, "at risk", 0.54, "no baseline KR002"])

    edits, _ = planned(columns(rows, {2: ON_TRACK}, Block(1, 3, OURS)))

    assert cells(edits) == {"D3": None, "E3": None, "F3": None, "G3": None, "H3": None}
    assert all(isinstance(edit, CellEdit) and edit.look is Look.BLANK for edit in edits)


def test_leftovers_below_the_table_are_cleared_as_far_as_our_marks_reach() -> None:
    rows = [*ours([0.5, 0.5, "on track", 0.54, None], [0.5, 0.5, "on track", 0.54, None])]
    rows.append([None, None, None, 0.9, 0.9, "achieved", 0.54, None])

    edits, _ = planned(columns(rows, {2: ON_TRACK, 3: ON_TRACK}, Block(1, 4, OURS)))

    assert cells(edits) == {"D4": None, "E4": None, "F4": None, "G4": None}


def test_what_people_typed_below_the_table_is_theirs() -> None:
    """A total, or a small table of their own, in columns that are ours further up."""
    rows = ours([0.5, 0.5, "on track", 0.54, None], [0.5, 0.5, "on track", 0.54, None])
    rows += [["Average", None, None, 0.5, 0.5], [None, None, None, "Jan", "Feb"], [None, None, None, 100.0, 200.0]]

    assert planned(columns(rows, {2: ON_TRACK, 3: ON_TRACK}, Block(1, 6, OURS))) == ([], [])


def test_a_humans_words_and_a_formula_in_our_columns_are_left_and_reported() -> None:
    rows = ours([0.5, 0.5, "waiting for legal", 0.54, None], [0.1, 0.5, "on track", 0.54, None])
    work = columns(rows, {2: ON_TRACK, 3: ON_TRACK}, Block(1, 3, OURS), formulas={4: frozenset({3})})

    edits, notes = planned(work)

    assert edits == []
    assert notes == [
        "team.xlsx!'Q4'!F2: \"waiting for legal\" stands in our column and is not ours; it was left as it is",
        "team.xlsx!'Q4'!D3: a formula stands in our column; it was left as it is",
    ]


def test_rows_of_another_cycle_stay_as_the_last_run_left_them() -> None:
    rows = ours([0.5, 0.5, "on track", 0.54, None], [0.9, 0.9, "missed", 1.0, None])

    assert planned(columns(rows, {2: ON_TRACK}, Block(1, 3, OURS), others=frozenset({3})))[0] == []


def test_a_header_that_people_renamed_stays_and_a_blanked_one_comes_back() -> None:
    rows = ours([0.5, 0.5, "on track", 0.54, None], [0.5, 0.5, "on track", 0.54, None])
    rows[0][3:5] = ["Fortschritt", None]

    edits, _ = planned(columns(rows, {2: ON_TRACK, 3: ON_TRACK}, Block(1, 3, OURS)))

    assert cells(edits) == {"E1": "Score"}


def test_columns_that_people_moved_are_written_where_they_are_now() -> None:
    moved = {Role.PROGRESS: 4, Role.STATUS: 5, Role.SCORE: 6, Role.EXPECTED: 9}
    rows = [row + [None] * 6 for row in TEAM]
    rows[0][3:9] = ["Progress", "Status (okrsync)", "Score", None, None, "Expected today"]

    edits, _ = planned(columns(rows, {2: ON_TRACK}, Block(1, 3, moved)))

    assert cells(edits) == {"D2": 0.5, "E2": "on track", "F2": 0.5, "I2": 0.54}


def test_rows_added_below_make_the_block_reach_further() -> None:
    rows = ours([0.5, 0.5, "on track", 0.54, None], [0.5, 0.5, "on track", 0.54, None])

    edits, _ = planned(columns(rows, {2: ON_TRACK, 3: ON_TRACK}, Block(1, 2, OURS)))

    assert [type(edit) for edit in edits] == [BlockEdit]
    assert isinstance(edits[0], BlockEdit) and not edits[0].new and edits[0].block.last_row == 3


def test_columns_known_by_their_headers_only_are_marked_again() -> None:
    rows = ours([0.5, 0.5, "on track", 0.54, None], [0.5, 0.5, "on track", 0.54, None])

    edits, _ = planned(columns(rows, {2: ON_TRACK, 3: ON_TRACK}, Block(1, 3, OURS, marked=False)))

    assert [type(edit) for edit in edits] == [BlockEdit]


def test_no_room_within_reach_is_said_and_nothing_is_written() -> None:
    rows: list[list[CellValue]] = [[*row, *["x"] * 60] for row in TEAM]

    edits, notes = planned(columns(rows, {2: ON_TRACK}))

    assert edits == []
    assert notes == [
        "team.xlsx!'Q4': no five free columns right of the table; its statuses stand in the summary sheet only"
    ]


def test_a_table_in_which_nothing_is_written_gets_no_columns() -> None:
    assert planned(columns(TEAM, {}, others=frozenset({2, 3}))) == ([], [])


def test_the_share_due_today_is_rounded_as_excel_rounds() -> None:
    (one,) = okrs(objective("Grow", kr("Sell more", 0, 8, 1))).objectives[0].key_results
    scores = Scores({one.key: KeyResultScore(0.125, 0.125, Status.ON_TRACK, 0.125)})

    assert key_result_row(one, scores, EN, []) == (0.125, 0.125, "on track", 0.13, None)
