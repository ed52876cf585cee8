"""What a sync must leave as it is, and what it may join: filters, tables, formats, charts, formulas, raw members."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

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
    okrsync,
    padded,
    part_of,
    people,
    synced,
    write_drawing,
    written,
)

MAY_CHANGE = {
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
}


def full_workbook(path: Path) -> Path:
    """TEAM with all that teams put around it; the first sheet is the one we write to."""
    with written(path) as book:
        sheet, notes = book.add_worksheet("Q4"), book.add_worksheet("Notes")
        bold = book.add_format({"bold": True, "bg_color": "#DDEEFF", "border": 1})
        write_drawing(sheet, TEAM, style=bold)
        sheet.write_comment("B2", "measured by the platform team")
        sheet.data_validation("F2:F9", {"validate": "decimal", "criteria": ">=", "value": 0})
        sheet.conditional_format("F2:F9", {"type": "3_color_scale"})
        sheet.conditional_format("A2:F9", {"type": "formula", "criteria": '=$C2="Ana"', "format": bold})
        sheet.conditional_format("E2:E9", {"type": "data_bar", "data_bar_2010": True})
        sheet.add_sparkline("P2", {"range": "Q4!D2:F2"})
        sheet.write_url("A20", "https://example.com/okrs")
        sheet.write_rich_string("A21", "both ", bold, "bold", " and plain")
        sheet.write_formula("C22", "=SUM(D2:F2)", None, 113)
        sheet.print_area("A1:F9")
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 2)
        sheet.set_row(2, 40)
        sheet.set_column("B:B", 50)
        sheet.set_header("&CConfidential")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Q4!$F$2:$F$4"})
        notes.insert_chart("B2", chart)
        notes.write("A1", "ours alone")
        book.define_name("Currents", "=Q4!$F$2:$F$4")
    return path


def raw(path: Path) -> dict[str, tuple[bytes, object]]:
    """Every member as it is packed, and its date."""
    with zipfile.ZipFile(path) as archive:
        data = path.read_bytes()
        found: dict[str, tuple[bytes, object]] = {}
        for info in archive.infolist():
            name_length, extra_length = data[info.header_offset + 26], data[info.header_offset + 28]
            start = info.header_offset + 30 + name_length + extra_length
            found[info.filename] = (data[start : start + info.compress_size], info.date_time)
    return found


def without_ours(part: bytes) -> bytes:
    """A sheet part without all that is ours and what it needs: what is left must be as it was."""
    for ours in (
        rb'<c r="[G-K][0-9]+"[^>]*?(?:/>|>.*?</c>)',
        rb' spans="[^"]*"',
        rb"<dimension [^>]*>",
        rb'<col min="(?:[7-9]|10|11)"[^>]*>',
        rb'<conditionalFormatting sqref="[G-K][^"]*">.*?</conditionalFormatting>',
        rb"<x14:conditionalFormatting [^>]*>(?:(?!</x14:cond).)*<xm:sqref>[G-K][^<]*</xm:sqref>"
        rb"</x14:conditionalFormatting>",
    ):
        part = re.sub(ours, b"", part, flags=re.DOTALL)
    return part


def test_members_that_we_need_not_touch_are_the_very_same_bytes(tmp_path: Path) -> None:
    path = full_workbook(tmp_path / "team.xlsx")
    before = raw(path)

    synced(path)

    after = raw(path)
    assert {name for name in before if after.get(name) != before[name]} == MAY_CHANGE
    added = after.keys() - before.keys()
    assert all(name.startswith(("xl/worksheets/", "xl/drawings/", "xl/charts/")) for name in added), added


def test_in_the_sheet_only_what_is_ours_differs(tmp_path: Path) -> None:
    path = full_workbook(tmp_path / "team.xlsx")
    before = members(path)["xl/worksheets/sheet1.xml"]

    synced(path)

    after = members(path)["xl/worksheets/sheet1.xml"]
    assert after != before
    assert without_ours(after) == without_ours(before)
    assert cells(path, columns=FOUR)[:4] == padded(SYNCED)


def test_styles_are_only_added_to(tmp_path: Path) -> None:
    path = full_workbook(tmp_path / "team.xlsx")
    before = members(path)["xl/styles.xml"]

    synced(path)

    after = members(path)["xl/styles.xml"]
    for box in (rb"<fonts [^>]*>(.*?)</fonts>", rb"<fills [^>]*>(.*?)</fills>", rb"<cellXfs [^>]*>(.*?)</cellXfs>"):
        was, now = (re.search(box, part, re.DOTALL) for part in (before, after))
        assert was is not None and now is not None
        assert now[1].startswith(was[1])


def test_in_the_workbook_part_sheets_names_and_views_of_the_team_stay(tmp_path: Path) -> None:
    path = full_workbook(tmp_path / "team.xlsx")

    before = members(path)["xl/workbook.xml"]
    synced(path)

    after = members(path)["xl/workbook.xml"]
    for name in re.findall(rb"<definedName .*?</definedName>", before):
        assert name in after
    after = re.sub(rb'<sheet name="OKR [^>]*>|<definedName name="_okrsync.*?</definedName>', b"", after)
    after = re.sub(rb"<definedName [^>]*>'OKR Gaps'![^<]*</definedName>", b"", after)
    assert after.replace(b' fullCalcOnLoad="1"', b"") == before


def test_freeze_panes_and_the_print_area_stay_as_they_are(tmp_path: Path) -> None:
    path = full_workbook(tmp_path / "team.xlsx")

    synced(path)

    with people(path) as book:
        assert book["Q4"].freeze_panes == "C2"
        assert book["Q4"].print_area == "'Q4'!$A$1:$F$9"


def test_our_headers_look_like_the_headers_beside_them(tmp_path: Path) -> None:
    path = full_workbook(tmp_path / "team.xlsx")

    synced(path)

    with people(path) as book:
        for column in OURS:
            cell, like = book["Q4"][f"{column}1"], book["Q4"]["F1"]
            assert (cell.font.b, cell.fill.fgColor.rgb, cell.border.top.style) == (
                like.font.b,
                like.fill.fgColor.rgb,
                like.border.top.style,
            )
        assert (book["Q4"]["G2"].number_format, book["Q4"]["H2"].number_format) == ("0%", "0.00")


# --- filters and tables ---------------------------------------------------------------------------------------------


def test_our_columns_join_the_filter(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet("Q4")
        write_drawing(sheet, TEAM)
        sheet.autofilter("A1:F4")
        sheet.filter_column("C", "x == Ana")
        for row in (2, 3):
            sheet.set_row(row, options={"hidden": True})

    synced(path)

    part = members(path)["xl/worksheets/sheet1.xml"]
    assert b'<autoFilter ref="A1:K4"><filterColumn colId="2">' in part
    names = re.findall(rb'_FilterDatabase" localSheetId="0"[^>]*>([^<]*)<', members(path)["xl/workbook.xml"])
    assert [name.replace(b"'", b"") for name in names] == [b"Q4!$A$1:$K$4"]
    assert edits(path) == []


def test_rows_that_are_filtered_away_are_written_and_stay_hidden(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet("Q4")
        write_drawing(sheet, TEAM)
        sheet.set_row(2, options={"hidden": True})

    synced(path)

    assert cells(path, columns=FOUR) == padded(SYNCED)
    with people(path) as book:
        assert book["Q4"].row_dimensions[3].hidden


def table_workbook(path: Path, **options: object) -> Path:
    with written(path) as book:
        sheet = book.add_worksheet("Q4")
        write_drawing(sheet, TEAM)
        headers = TEAM.strip().splitlines()[0].split("|")
        columns = [{"header": header.strip()} for header in headers]
        sheet.add_table("A1:F5" if "total_row" in options else "A1:F4", {"name": "Okrs", "columns": columns, **options})
    return path


def test_our_columns_join_an_excel_table(tmp_path: Path) -> None:
    path = table_workbook(tmp_path / "team.xlsx")

    synced(path)

    with people(path) as book:
        table = book["Q4"].tables["Okrs"]
        assert (table.ref, table.autoFilter.ref) == ("A1:K4", "A1:K4")
        assert table.column_names == [*padded(TEAM)[0], *padded(SYNCED)[0], "Gaps"]
        assert len({column.id for column in table.tableColumns}) == 11
    assert edits(path) == []


def test_a_table_that_people_grew_by_a_row_takes_our_columns_along(tmp_path: Path) -> None:
    path = table_workbook(tmp_path / "team.xlsx")
    synced(path)
    with people(path) as book:
        book["Q4"].append(["Happy customers", "Raise renewals from 70 to 90", "Cem", 70, 90, 75])
        table = book["Q4"].tables["Okrs"]
        table.ref = table.autoFilter.ref = "A1:K5"

    synced(path)

    assert cells(path, columns=FOUR)[-1] == [0.25, 0.25, "off track", 0.55]
    assert edits(path) == []


def test_a_totals_row_stays_the_last_and_is_not_taken_for_a_key_result(tmp_path: Path) -> None:
    path = table_workbook(tmp_path / "team.xlsx", total_row=True)
    with people(path) as book:
        book["Q4"]["A5"] = "Total"

    synced(path)

    assert cells(path, columns=FOUR) == [*padded(SYNCED), [None] * 4]
    with people(path) as book:
        table = book["Q4"].tables["Okrs"]
        assert (table.ref, table.totalsRowCount, len(table.tableColumns)) == ("A1:K5", 1, 11)
    assert edits(path) == []


def test_a_table_that_may_not_grow_keeps_a_free_column_beside_it(tmp_path: Path) -> None:
    path = table_workbook(tmp_path / "team.xlsx", header_row=True)
    edited(
        path,
        {"xl/tables/table1.xml": lambda part: part.replace(b' ref="A1:F4"', b' ref="A1:F4" tableType="queryTable"', 1)},
    )

    synced(path)

    assert cells(path)[0][6:8] == [None, "Progress"]
    with people(path) as book:
        assert book["Q4"].tables["Okrs"].ref == "A1:F4"
    assert edits(path) == []


# --- kinds of workbooks ---------------------------------------------------------------------------------------------


def test_a_protected_sheet_is_written_and_stays_protected(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet("Q4")
        write_drawing(sheet, TEAM)
        sheet.protect("secret")

    before = re.search(rb"<sheetProtection [^>]*>", members(path)["xl/worksheets/sheet1.xml"])
    synced(path)

    after = re.search(rb"<sheetProtection [^>]*>", members(path)["xl/worksheets/sheet1.xml"])
    assert before is not None and after is not None and before[0] == after[0]
    assert cells(path, columns=FOUR) == padded(SYNCED)


def test_that_a_sheet_is_protected_is_told_when_it_is_written_to(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx", {"Q4": TEAM, "Notes": "Jan | on holiday"})
    with people(path) as book:
        book["Q4"].protection.enable()
        book["Notes"].protection.enable()
    told = "team.xlsx!'Q4': the sheet is protected; our columns are written there all the same, locked like"

    first, second = okrsync("sync", path), okrsync("sync", path)

    assert told in first.err and "'Notes'" not in first.err
    assert "protected" not in second.err  # nothing to write, nothing to tell


@pytest.mark.parametrize("locked", [True, False])
def test_on_a_protected_sheet_our_cells_are_locked_where_the_rows_are(tmp_path: Path, locked: bool) -> None:
    path = tmp_path / "team.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet("Q4")
        write_drawing(sheet, TEAM, style=book.add_format({"locked": locked}))
        sheet.protect()

    synced(path)

    with people(path) as book:  # Excel sorts a protected sheet only where every cell of the rows is unlocked
        assert {cell.protection.locked for row in book["Q4"]["A2:K4"] for cell in row} == {locked}


def test_dates_of_a_1904_workbook_mean_what_people_see(tmp_path: Path) -> None:
    from datetime import date

    path = tmp_path / "team.xlsx"
    with written(path, date_1904=True, default_date_format="yyyy-mm-dd") as book:
        sheet = book.add_worksheet("Q4")
        write_drawing(sheet, TEAM)
        sheet.write("G1", "Due")
        for row in (1, 2, 3):
            sheet.write_datetime(row, 6, date(2026, 12, 31))

    synced(path)

    assert cells(path, columns="HIJK") == padded(SYNCED)
    assert b'date1904="1"' in members(path)["xl/workbook.xml"]
    assert edits(path) == []


def test_a_macro_workbook_keeps_its_macros(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "plain.xlsx").rename(tmp_path / "team.xlsm")
    edited(
        path,
        {
            "[Content_Types].xml": lambda part: (
                part.replace(b"spreadsheetml.sheet.main+xml", b"x")
                .replace(
                    b"application/vnd.openxmlformats-officedocument.x",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
                .replace(
                    b"</Types>",
                    b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            )
        },
        **{"xl/vbaProject.bin": b"\0macros\0"},
    )

    synced(path)

    assert members(path)["xl/vbaProject.bin"] == b"\0macros\0"
    assert cells(path, columns=FOUR) == padded(SYNCED)


# --- formulas -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "marked"),
    [
        ("=SUM(F2:F4)", False),
        ("=AVERAGE(G2:G4)", True),
        ("=COUNTA(2:2)", True),
        ("=SUM(H:H)", True),
        ("=INDIRECT(A1)", True),
        ("=OFFSET(A1,1,6)", True),
    ],
)
def test_programs_recalculate_only_when_a_formula_may_depend_on_us(tmp_path: Path, formula: str, marked: bool) -> None:
    path = tmp_path / "team.xlsx"
    with written(path) as book:
        sheet, other = book.add_worksheet("Q4"), book.add_worksheet("Board")
        write_drawing(sheet, TEAM)
        other.write_formula("B9", formula.replace("(", "(Q4!", 1) if "IND" not in formula else formula, None, 7)

    synced(path)

    assert (b"fullCalcOnLoad" in members(path)["xl/workbook.xml"]) is marked
    assert re.search(rb"<v>7</v>", members(path)[part_of(path, "Board")])


def test_a_second_sync_does_not_ask_for_a_recalculation_that_is_not_needed(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")

    synced(path)
    synced(path, day="2026-12-01")

    assert b"fullCalcOnLoad" not in members(path)["xl/workbook.xml"]
