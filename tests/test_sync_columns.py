"""Our columns after people and programs have copied, moved, renamed, sorted, cut and deleted around them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from okrsync.edits import Role
from okrsync.wording import words
from tests.drawn import drawn
from tests.libreoffice import convert
from tests.workbooks import (
    FOUR,
    OURS,
    SYNCED,
    TEAM,
    cells,
    drawn_workbook,
    edited,
    edits,
    members,
    names_of,
    okrsync,
    padded,
    part_of,
    people,
    sheet_names,
    synced,
    texts,
    write_drawing,
    written,
)

HEADERS = ["Progress", "Score", "Status", "Expected today", "Gaps"]


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """TEAM, synced once."""
    path = drawn_workbook(tmp_path / "team.xlsx")
    synced(path)
    return path


def on(sheet: str, changes: list[str]) -> list[str]:
    """The edits of one sheet."""
    return [edit for edit in changes if edit.startswith(f"'{sheet}'")]


def renamed_names(path: Path, *changes: tuple[str, str]) -> None:
    """Our names moved as Excel moves them along with their cells."""

    def moved(part: bytes) -> bytes:
        for old, new in changes:
            assert old.encode() in part
            part = part.replace(old.encode(), new.encode())
        return part

    edited(path, {"xl/workbook.xml": moved})


# --- copied ---------------------------------------------------------------------------------------------------------


def test_a_tab_copied_without_its_names_keeps_its_columns_and_gets_marks_of_its_own(team: Path) -> None:
    with people(team) as book:
        copy = book.copy_worksheet(book["Q4"])
        copy.title = "Draft"
        copy["F3"] = 6

    changes = on("Draft", synced(team))

    assert [edit for edit in changes if "G3" in edit] == ["'Draft'!G3: 0.125 → 0.5"]
    assert [edit for edit in changes if "Progress" in edit] == []
    assert texts(team, "Draft").count("Progress") == 1
    assert names_of(team)["Draft!progress.1"] == "'Draft'!$G$1:$G$4"
    assert edits(team) == []


def excel_copies_the_tab(path: Path, name: str = "Q4 (2)") -> None:
    """What Excel does: the part again, under another name, with the names that belong to the sheet."""
    part = part_of(path, "Q4")
    copied = "xl/worksheets/sheet77.xml"

    def workbook(data: bytes) -> bytes:
        index = data.count(b"<sheet ")
        data = data.replace(b"</sheets>", f'<sheet name="{name}" sheetId="77" r:id="rId77"/></sheets>'.encode())
        ours = re.findall(rb'<definedName name="_okrsync\.\w+\.1" localSheetId="0"[^>]*>[^<]*</definedName>', data)
        again = b"".join(ours).replace(b'localSheetId="0"', f'localSheetId="{index}"'.encode())
        return data.replace(b"</definedNames>", again.replace(b"'Q4'", f"'{name}'".encode()) + b"</definedNames>")

    def rels(data: bytes) -> bytes:
        kind = re.search(rb'Type="([^"]+/worksheet)"', data)
        assert kind is not None
        new = b'<Relationship Id="rId77" Type="%s" Target="worksheets/sheet77.xml"/>' % kind[1]
        return data.replace(b"</Relationships>", new + b"</Relationships>")

    def types(data: bytes) -> bytes:
        said = re.search(rb'<Override PartName="/xl/worksheets/sheet1.xml"[^>]*/>', data)
        assert said is not None
        return data.replace(b"</Types>", said[0].replace(b"sheet1.xml", b"sheet77.xml") + b"</Types>")

    content = members(path)[part]
    edited(
        path,
        {"xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": rels, "[Content_Types].xml": types},
        **{copied: content},
    )


def test_a_tab_copied_by_excel_is_written_in_its_own_columns(team: Path) -> None:
    excel_copies_the_tab(team)
    with people(team) as book:
        book["Q4 (2)"]["F3"] = 6

    changes = on("Q4 (2)", synced(team))

    assert changes[:3] == [
        "'Q4 (2)'!G3: 0.125 → 0.5",
        "'Q4 (2)'!H3: 0.125 → 0.5",
        '\'Q4 (2)\'!I3: "off track" → "on track"',
    ]
    assert cells(team, "Q4", FOUR) == padded(SYNCED)
    assert edits(team) == []


def test_a_tab_copied_to_another_workbook_keeps_its_columns(team: Path, tmp_path: Path) -> None:
    other = drawn_workbook(tmp_path / "other.xlsx", {"Notes": "hello"})
    with people(other) as book:
        sheet = book.create_sheet("From Q4")
        for row, values in enumerate(cells(team), 1):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column, value)

    synced(other)

    assert cells(other, "From Q4", FOUR) == padded(SYNCED)
    assert texts(other, "From Q4").count("Progress") == 1
    assert names_of(other)["From Q4!gaps.1"] == "'From Q4'!$K$1:$K$4"
    assert edits(other) == []


def test_names_that_a_program_stripped_are_made_again(team: Path) -> None:
    edited(team, {"xl/workbook.xml": lambda part: re.sub(rb"<definedNames>.*</definedNames>", b"", part)})

    changes = synced(team)

    assert on("Q4", changes) == [
        "'Q4': mark our columns for rows 1 to 4: progress G, score H, status I, expected J, gaps K"
    ]
    assert sheet_names(team) == ["Q4", "OKR Summary", "OKR Gaps"]
    assert names_of(team)["Q4!progress.1"] == "'Q4'!$G$1:$G$4"
    assert edits(team) == []


def test_a_file_saved_by_another_program_is_up_to_date(team: Path) -> None:
    with people(team):
        pass

    assert edits(team) == []


@pytest.mark.libreoffice
def test_a_file_saved_by_libreoffice_is_kept_up_to_date_in_its_place(team: Path, tmp_path: Path) -> None:
    saved = convert(team, "xlsx", tmp_path / "libre", recalculate=False)

    assert [edit for edit in synced(saved) if "blank" in edit or "add" in edit] == []

    assert cells(saved, columns=FOUR) == padded(SYNCED)
    assert sheet_names(saved) == ["Q4", "OKR Summary", "OKR Gaps"]
    assert edits(saved) == []


# --- moved, renamed -------------------------------------------------------------------------------------------------


def test_a_block_that_people_moved_is_written_where_it_is(team: Path) -> None:
    with people(team) as book:
        book["Q4"].move_range("G1:K4", cols=3)
        book["Q4"]["F3"] = 6
    renamed_names(team, *((f"${old}$", f"${new}$") for old, new in zip("KJIHG", "NMLKJ", strict=True)))

    changes = on("Q4", synced(team))

    assert {edit.split(":")[0] for edit in changes} >= {"'Q4'!J3", "'Q4'!K3", "'Q4'!L3"}
    assert texts(team, "Q4").count("Progress") == 1


def test_one_column_that_people_moved_is_written_where_it_is(team: Path) -> None:
    with people(team) as book:
        book["Q4"].move_range("I1:I4", cols=5)
        book["Q4"]["F3"] = 6
    renamed_names(team, ("$I$1:$I$4", "$N$1:$N$4"))

    changes = on("Q4", synced(team))

    assert {edit.split(":")[0] for edit in changes} >= {"'Q4'!G3", "'Q4'!H3", "'Q4'!N3"}
    assert texts(team, "Q4").count("Status") == 1
    assert edits(team) == []


def test_headers_that_people_renamed_stay_renamed(team: Path) -> None:
    with people(team) as book:
        for column, header in zip(OURS, ["How far", "Points", "Light", "Should be", "To do"], strict=True):
            book["Q4"][f"{column}1"] = header
        book["Q4"]["F3"] = 6

    assert {edit.split(":")[0] for edit in on("Q4", synced(team))} >= {"'Q4'!G3", "'Q4'!H3", "'Q4'!I3"}
    assert cells(team)[0][6:] == ["How far", "Points", "Light", "Should be", "To do"]
    assert edits(team) == []


@pytest.mark.parametrize(("column", "many"), [(3, 1), (3, 2), (1, 5), (2, 7)])
def test_names_that_a_program_left_behind_when_it_put_in_columns_do_not_claim_the_teams_numbers(
    team: Path, column: int, many: int
) -> None:
    with people(team) as book:
        book["Q4"].insert_cols(column, many)
        for at in range(column, column + many):
            book["Q4"].cell(1, at, f"Note {at}")
    before = cells(team)

    synced(team)

    assert cells(team) == before
    assert edits(team) == []


def test_names_that_a_program_left_behind_when_it_deleted_a_column_do_not_claim_the_teams_numbers(team: Path) -> None:
    with people(team) as book:
        book["Q4"].delete_cols(3)
    before = cells(team)

    synced(team)

    assert [row[:5] for row in cells(team)] == [row[:5] for row in before]
    assert [row[5:9] for row in cells(team)] == [row[5:9] for row in before]
    assert texts(team, "Q4").count("Progress") == 1
    assert edits(team) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_names_that_a_program_left_behind_when_it_put_in_rows_above_are_set_right(team: Path, rows: int) -> None:
    with people(team) as book:
        book["Q4"].insert_rows(1, rows)
        book["Q4"]["A1"] = "Our quarter"
    before = cells(team)

    synced(team)

    assert cells(team) == before
    assert names_of(team)["Q4!progress.1"] == f"'Q4'!$G${1 + rows}:$G${4 + rows}"
    assert not [name for name in names_of(team) if name.endswith(".2")]
    assert edits(team) == []


def test_a_sheet_that_a_program_renamed_without_our_names_keeps_its_columns(team: Path) -> None:
    with people(team) as book:
        book["Q4"].title = "Autumn 2026 Q4"

    synced(team)

    assert texts(team, "Autumn 2026 Q4").count("Progress") == 1
    assert names_of(team)["Autumn 2026 Q4!progress.1"] == "'Autumn 2026 Q4'!$G$1:$G$4"
    assert edits(team) == []


def test_marks_are_set_right_where_a_program_put_in_a_column_after_people_deleted_one_of_ours(team: Path) -> None:
    with people(team) as book:
        book["Q4"].delete_cols(8)
    renamed_names(
        team, ("$H$1:$H$4", "#REF!"), ("$I$1:$I$4", "$H$1:$H$4"), ("$J$1:$J$4", "$I$1:$I$4"), ("$K$1:$K$4", "$J$1:$J$4")
    )
    with people(team) as book:
        book["Q4"].insert_cols(3)
        book["Q4"]["C1"] = "Note"
    before = cells(team)

    synced(team)

    assert cells(team) == before
    assert names_of(team)["Q4!progress.1"] == "'Q4'!$H$1:$H$4"
    assert edits(team) == []


# --- rows -----------------------------------------------------------------------------------------------------------


def test_rows_that_people_sorted_get_their_own_statuses(team: Path) -> None:
    with people(team) as book:
        sheet = book["Q4"]
        for column in "ABCDEF":  # they sort their columns and leave ours standing
            sheet[f"{column}2"].value, sheet[f"{column}4"].value = sheet[f"{column}4"].value, sheet[f"{column}2"].value

    synced(team)

    assert [row[6] for row in cells(team)] == ["Progress", 0.5, 0.125, 0.466667]
    assert edits(team) == []


def test_a_row_put_in_the_middle_gets_its_cells(team: Path) -> None:
    with people(team) as book:
        sheet = book["Q4"]
        sheet.insert_rows(3)
        row: list[str | int] = ["Ship faster", "Raise test coverage from 40 to 80", "Ben", 40, 80, 60]
        for column, value in enumerate(row, 1):
            sheet.cell(3, column, value)

    synced(team)

    assert [row[6] for row in cells(team)] == ["Progress", 0.466667, 0.5, 0.125, 0.5]
    assert names_of(team)["Q4!progress.1"] == "'Q4'!$G$1:$G$5"
    assert edits(team) == []


def test_a_row_added_below_gets_its_cells(team: Path) -> None:
    with people(team) as book:
        book["Q4"].append(["Happy customers", "Raise renewals from 70 to 90", "Cem", 70, 90, 75])

    synced(team)

    assert cells(team, columns=FOUR)[-1] == [0.25, 0.25, "off track", 0.55]
    assert names_of(team)["Q4!gaps.1"] == "'Q4'!$K$1:$K$5"
    assert edits(team) == []


def test_a_row_that_people_deleted_takes_its_cells_along(team: Path) -> None:
    with people(team) as book:
        book["Q4"].delete_rows(3)

    synced(team)

    assert [row[6] for row in cells(team)] == ["Progress", 0.466667, 0.5]
    assert edits(team) == []


def test_the_last_rows_cut_away_leave_nothing_of_ours_behind(team: Path) -> None:
    with people(team) as book:
        for column in "ABCDEF":
            book["Q4"][f"{column}4"] = None

    synced(team)

    assert not any(row[6:] != [None] * 5 for row in cells(team)[3:])
    assert edits(team) == []


def test_leftovers_beside_a_row_that_became_a_note_are_cleared(team: Path) -> None:
    with people(team) as book:
        for column, value in zip(
            "ABCDEF", [None, None, "Numbers are checked on Fridays", None, None, None], strict=True
        ):
            book["Q4"][f"{column}3"] = value

    changes = on("Q4", synced(team))

    assert [edit for edit in changes if "!G3" in edit] == ["'Q4'!G3: 0.125 → blank"]
    assert cells(team, columns=OURS)[2] == [None] * 5
    assert edits(team) == []


def test_a_table_that_people_copied_below_itself_headers_and_all_is_written_in_the_same_columns(team: Path) -> None:
    with people(team) as book:
        sheet = book["Q4"]
        for row in sheet["A1:K4"]:
            for cell in row:
                sheet.cell(cell.row + 7, cell.column, cell.value)
        sheet["F10"] = 6

    ran = okrsync("sync", team)

    assert "stands in our column" not in ran.err
    assert [row[6] for row in cells(team)[7:]] == ["Progress", 0.466667, 0.5, 0.5]
    assert edits(team) == []


# --- people's own in our cells --------------------------------------------------------------------------------------


def test_a_humans_words_in_our_cells_are_left_and_reported(team: Path) -> None:
    with people(team) as book:
        book["Q4"]["I3"] = "waiting for legal"
        book["Q4"]["F3"] = 6

    ran = okrsync("sync", team)

    assert ran.code == 0
    assert "'Q4'!I3: \"waiting for legal\" stands in our column" in ran.err
    assert cells(team, columns=FOUR)[2] == [0.5, 0.5, "waiting for legal", 0.55]
    assert edits(team) == []


def test_a_formula_in_our_cells_is_left_and_reported(team: Path) -> None:
    with people(team) as book:
        book["Q4"]["G3"] = "=F3/E3"

    ran = okrsync("sync", team)

    assert "'Q4'!G3: a formula stands in our column" in ran.err
    assert b"<f>F3/E3</f>" in members(team)[part_of(team, "Q4")]
    assert edits(team) == []


def test_cells_of_ours_that_people_merged_are_left_and_reported(team: Path) -> None:
    with people(team) as book:
        book["Q4"].merge_cells("G3:H4")
        book["Q4"]["F3"] = 6

    ran = okrsync("sync", team)

    assert ran.code == 0, ran.err
    assert "'Q4'!H3: lies inside merged cells in our column" in ran.err
    assert [row[:3] for row in cells(team, columns=OURS)[2:]] == [[0.5, None, "on track"], [None, None, "on track"]]
    assert edits(team) == []


# --- deleted --------------------------------------------------------------------------------------------------------


def excel_deletes_our_columns(path: Path) -> None:
    """The cells go, and the names lose what they stood for."""
    with people(path) as book:
        book["Q4"].delete_cols(7, 5)
    gone = re.compile(rb"(<definedName [^>]*>)'?Q4'?!\$[G-K]\$1:\$[G-K]\$4<")
    edited(path, {"xl/workbook.xml": lambda part: gone.sub(rb"\1#REF!<", part)})
    assert set(names_of(path).values()) == {"#REF!"}


def test_columns_that_people_deleted_stay_away_until_they_are_asked_for(team: Path) -> None:
    excel_deletes_our_columns(team)

    ran = okrsync("sync", team)

    assert ran.code == 0
    assert "--recreate" in ran.err
    assert cells(team) == padded(TEAM)
    assert on("Q4", edits(team)) == []

    synced(team, "--recreate")

    assert cells(team, columns=FOUR) == padded(SYNCED)
    assert set(names_of(team)) == {f"Q4!{role}.1" for role in ("progress", "score", "status", "expected", "gaps")}
    assert edits(team) == []
    excel_deletes_our_columns(team)
    assert on("Q4", edits(team)) == []


def test_one_column_that_people_deleted_stays_away(team: Path) -> None:
    with people(team) as book:
        book["Q4"].delete_cols(8)
        book["Q4"]["F3"] = 6
    renamed_names(
        team, ("$H$1:$H$4", "#REF!"), ("$I$1:$I$4", "$H$1:$H$4"), ("$J$1:$J$4", "$I$1:$I$4"), ("$K$1:$K$4", "$J$1:$J$4")
    )

    synced(team)

    assert cells(team)[0][6:] == ["Progress", "Status", "Expected today", "Gaps"]
    assert cells(team)[2][6:] == [0.5, "on track", 0.55, None]
    assert edits(team) == []


# --- where they go --------------------------------------------------------------------------------------------------


SECOND = """
    Key result                       | Objective | Target | Current | Baseline | Owner
    Raise leads a week from 20 to 40 | Sell more | 40     | 30      | 20       | Dee
"""


def test_two_tables_on_a_sheet_have_columns_each(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet("Q4")
        write_drawing(sheet, TEAM)
        write_drawing(sheet, SECOND, top=8)

    synced(path)

    column = [row[6] for row in cells(path)]
    assert column == ["Progress", 0.466667, 0.125, 0.5, None, None, None, "Progress", 0.5]
    assert names_of(path)["Q4!progress.2"] == "'Q4'!$G$8:$G$9"
    assert edits(path) == []


def test_a_title_merged_above_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet("Q4")
        sheet.merge_range("A1:F1", "OKRs of the team, Q4 2026")
        write_drawing(sheet, TEAM, top=3)

    synced(path)

    assert cells(path, columns="G")[0] == [None]
    assert cells(path, columns=FOUR)[2:] == padded(SYNCED)
    assert b'<mergeCell ref="A1:F1"/>' in members(path)[part_of(path, "Q4")]
    assert edits(path) == []


def test_a_note_beside_the_table_keeps_its_column(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    with people(path) as book:
        book["Q4"]["H3"] = "ask Ben"

    synced(path)

    assert cells(path)[2][6:9] == [None, "ask Ben", 0.125]
    assert edits(path) == []


def test_a_sheet_that_has_a_status_keeps_its_own(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    drawn_workbook(
        path,
        """
        Objective   | Key result                         | Baseline | Target | Current | Status
        Ship faster | Raise weekly releases from 2 to 10 | 2        | 10     | 6       | green
        """,
    )

    synced(path)

    assert cells(path)[0][5:] == ["Status", "Progress", "Score", "Status (okrsync)", "Expected today", "Gaps"]
    assert cells(path)[1][5] == "green"
    assert edits(path) == []


def test_columns_that_people_hid_right_of_the_table_are_not_written_into(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet("Q4")
        write_drawing(sheet, TEAM)
        sheet.set_column("G:I", None, None, {"hidden": True})

    synced(path)

    assert cells(path)[0][6:10] == [None, None, None, "Progress"]
    assert edits(path) == []


def test_where_all_columns_to_the_right_are_hidden_the_summary_says_it_all(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet("Q4")
        write_drawing(sheet, TEAM)
        sheet.set_column("G:XFD", None, None, {"hidden": True})

    ran = okrsync("sync", path)

    assert ran.code == 0
    assert "no five free columns right of the table" in ran.err
    assert cells(path) == padded(TEAM)
    assert "OKR Summary" in sheet_names(path)
    assert edits(path) == []


def test_columns_of_ours_that_people_hid_are_kept_up_to_date_and_hidden(team: Path) -> None:
    with people(team) as book:
        for column in OURS:
            book["Q4"].column_dimensions[column].hidden = True
        book["Q4"]["F3"] = 6

    synced(team)

    assert cells(team, columns=FOUR)[2] == [0.5, 0.5, "on track", 0.55]
    with people(team) as book:
        assert book["Q4"].column_dimensions["G"].hidden
    assert edits(team) == []


SIDE_BY_SIDE = """
[[table]]
sheet = "Q4"
archetype = "flat"
header_rows = [1]
[table.columns]
objective = "column A"
key_result = "column B"
baseline = "column D"
target = "column E"
current = "column F"

[[table]]
sheet = "Q4"
archetype = "flat"
header_rows = [1]
[table.columns]
objective = "column H"
key_result = "column I"
baseline = "column K"
target = "column L"
current = "column M"
"""


ZH = words("zh")


def test_headers_statuses_and_colours_follow_when_the_language_changes(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    synced(path)

    synced(path, "--output-lang", "zh")

    assert cells(path, columns=OURS)[0] == list(ZH.headers.values())
    assert [row[0] for row in cells(path, columns="I")[1:]] == ["正常", "落后", "正常"]
    coloured = re.findall("<formula>&quot;(.+?)&quot;</formula>", members(path)["xl/worksheets/sheet1.xml"].decode())
    assert set(coloured) == set(ZH.statuses.values())
    assert edits(path, "--output-lang", "zh") == []
    synced(path)
    assert cells(path, columns=FOUR) == padded(SYNCED)
    assert edits(path) == []


def test_a_taken_header_keeps_its_suffix_in_the_new_language(tmp_path: Path) -> None:
    path = drawn_workbook(
        tmp_path / "team.xlsx",
        """
        Objective   | Key result                         | Status | Baseline | Target | Current | 状态
        Ship faster | Raise weekly releases from 2 to 10 | good   | 2        | 10     | 3       | 好
        """,
    )
    synced(path)
    assert cells(path, columns="J")[0] == ["Status (okrsync)"]

    synced(path, "--output-lang", "zh")

    assert cells(path, columns="J")[0] == ["状态 (okrsync)"]


def test_a_header_that_people_renamed_stays_when_the_language_changes(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    synced(path)
    with people(path) as book:
        book["Q4"]["H1"] = "Grade"

    synced(path, "--output-lang", "zh")

    headers = list(ZH.headers.values())
    assert cells(path, columns=OURS)[0] == [headers[0], "Grade", *headers[2:]]
    assert edits(path, "--output-lang", "zh") == []


def test_a_header_that_people_translated_is_theirs_to_name(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    synced(path)
    with people(path) as book:
        book["Q4"]["I1"] = ZH.headers[Role.STATUS]

    assert edits(path) == []


def test_headers_inside_an_excel_table_stay_since_formulas_call_its_columns_by_them(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet("Q4")
        write_drawing(sheet, TEAM)
        sheet.add_table("A1:F4", {"columns": [{"header": name} for name in drawn(TEAM)[0]]})
    synced(path)
    table, headers = members(path)["xl/tables/table1.xml"], cells(path, columns=OURS)[0]

    ran = okrsync("sync", path, "--output-lang", "zh")

    assert cells(path, columns=OURS)[0] == headers
    assert members(path)["xl/tables/table1.xml"] == table
    assert [row[0] for row in cells(path, columns="I")[1:]] == ["正常", "落后", "正常"]
    assert "team.xlsx!'Q4': the headers of our columns stay as they are" in ran.err
    assert edits(path, "--output-lang", "zh") == []


def side_by_side(tmp_path: Path) -> Path:
    """A workbook with a table of one row left of TEAM, and the mapping side.toml that names both."""
    path = drawn_workbook(tmp_path / "team.xlsx")
    with people(path) as book:
        book["Q4"].insert_cols(1, 7)
        headers = ("Objective", "Key result", "Owner", "Baseline", "Target", "Current")
        row: list[str | int] = ["Sell more", "Raise leads from 20 to 40", "Dee", 20, 40, 30]
        for column, (header, value) in enumerate(zip(headers, row, strict=True), 1):
            book["Q4"].cell(1, column, header)
            book["Q4"].cell(3, column, value)
    (tmp_path / "side.toml").write_text(SIDE_BY_SIDE)
    return path


def test_two_tables_in_the_same_rows_have_their_statuses_in_the_summary_and_it_is_said(tmp_path: Path) -> None:
    path = side_by_side(tmp_path)
    before = cells(path)

    ran = okrsync("sync", path, "--mapping", "side.toml")

    assert ran.code == 0
    assert "team.xlsx!'Q4': H1:M4 shares rows with another table, so their statuses stand in the summary" in ran.err
    assert cells(path) == before
    shown = " ".join(texts(path, "OKR Summary"))
    assert all(title in shown for title in ("Sell more", "Ship faster", "Happy customers"))
    assert edits(path, "--mapping", "side.toml") == []


def test_columns_beside_a_table_that_got_a_neighbour_are_emptied(tmp_path: Path) -> None:
    path = side_by_side(tmp_path)
    (tmp_path / "one.toml").write_text(SIDE_BY_SIDE[: SIDE_BY_SIDE.rindex("[[table]]")])
    synced(path, "--mapping", "one.toml")
    (column,) = [i for i, value in enumerate(cells(path)[0]) if value == "Progress"]
    assert cells(path)[2][column : column + 3] == [0.5, 0.5, "on track"]

    synced(path, "--mapping", "side.toml")

    assert cells(path)[2][column : column + 3] == [None] * 3
    assert edits(path, "--mapping", "side.toml") == []


def test_a_table_at_the_last_columns_of_a_sheet_is_left_without_ours(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    with people(path) as book:
        book["Q4"].insert_cols(1, 16_376)

    ran = okrsync("sync", path)

    assert ran.code == 0
    assert "no five free columns right of the table" in ran.err
    assert edits(path) == []
