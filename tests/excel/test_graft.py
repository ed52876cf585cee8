"""A sheet of ours grafted into workbooks of every make: nothing of the team's changes, and the sheet is whole."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from okrsync.cells import Area, CellRef, column_letters
from okrsync.config import Limits
from okrsync.edits import SheetEdit, SheetKind
from okrsync.owncontent import OwnCell, OwnChart, OwnContent, Tone
from okrsync.workbooks.excel.book import Book
from okrsync.workbooks.excel.graft import graft
from okrsync.workbooks.excel.markup import Unsplicable
from okrsync.workbooks.excel.package import Changes, Package
from okrsync.workbooks.excel.splices import apply
from okrsync.workbooks.excel.styles import Styles, empty_styles

NAME = "OKR Summary"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = OwnContent(
    rows=(
        (OwnCell("okrsync rewrites this sheet", Tone.NOTE),),
        (OwnCell("Where our OKRs stand", Tone.TITLE),),
        (),
        (OwnCell("Objective", Tone.HEADER), OwnCell("Status", Tone.HEADER), OwnCell("Score", Tone.HEADER)),
        (OwnCell("Company", Tone.GROUP), OwnCell("off track", Tone.STATUS), OwnCell(0.35, Tone.SCORE)),
        (
            OwnCell("=HYPERLINK(1)", Tone.STRONG, CellRef("team.xlsx", "Q4's", 2, 1), indent=1),
            OwnCell("on track", Tone.STATUS),
            OwnCell(0.7, Tone.SCORE),
        ),
        (OwnCell("+1 & <2>", Tone.TEXT, indent=2), OwnCell("off track", Tone.STATUS), OwnCell(0.0, Tone.SCORE)),
    ),
    widths=(40.0, 12.0, 11.0),
    charts=(
        OwnChart(
            "Score per objective", Area(6, 1, 7, 1), (("Score", Area(6, 3, 7, 3), "#4F81BD"),), (9, 1), maximum=1.0
        ),
    ),
    bars=(Area(5, 3, 7, 3),),
    statuses={"on track": "green", "off track": "red"},
    frozen_rows=4,
)
PLAIN = OwnContent(rows=((OwnCell("Nothing to fix"),),), widths=(20.0,))


def team_workbook() -> bytes:
    """
    Q4's        | A             | B
    1           | Objective     | Done
    2           | Grow          | 50 %      with a chart, a data bar and styles of its own
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Q4's")
    bold, percent = book.add_format({"bold": True, "bg_color": "#FFCC00"}), book.add_format({"num_format": "0.0%"})
    sheet.write_row(0, 0, ["Objective", "Done"], bold)
    sheet.write(1, 0, "Grow")
    sheet.write(1, 1, 0.5, percent)
    sheet.conditional_format("B2", {"type": "cell", "criteria": ">", "value": 0.3, "format": bold})
    sheet.conditional_format("B2", {"type": "data_bar", "data_bar_2010": True})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Q4''s'!$B$2"})
    sheet.insert_chart("D2", chart)
    book.close()
    return target.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(members: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def grafted(data: bytes, edit: SheetEdit | None = None) -> bytes:
    """The workbook with a sheet of ours, as the whole write does it."""
    package = Package("team.xlsx", data, Limits())
    book, changes = Book(package), Changes()
    part = package.related(package.workbook_part, "styles")
    styles = Styles(package.read(part) if part else empty_styles(package.strict))
    graft(package, book, styles, changes, edit or SheetEdit(SheetKind.SUMMARY, NAME, CONTENT))
    if part is None:
        changes.added["xl/styles.xml"] = apply(styles.data, styles.splices())
        book.add_relationship("styles", "xl/styles.xml")
        book.add_content_type("xl/styles.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")
    elif splices := styles.splices():
        changes.splices[part] = splices
    book.save(changes)
    return package.rebuilt(changes)


def values(data: bytes, sheet: str) -> list[list[object]]:
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[None if value == "" else value for value in row] for row in read]


def opened(data: bytes, sheet: str = NAME) -> Worksheet:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*(extension is not supported|no default style)")
        found = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    assert isinstance(found, Worksheet)
    return found


def test_our_sheet_stands_last_and_holds_the_content() -> None:
    made = grafted(team_workbook())

    assert CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names == ["Q4's", NAME]
    assert values(made, NAME) == [
        ["okrsync rewrites this sheet", None, None],
        ["Where our OKRs stand", None, None],
        [None, None, None],
        ["Objective", "Status", "Score"],
        ["Company", "off track", 0.35],
        ["=HYPERLINK(1)", "on track", 0.7],
        ["+1 & <2>", "off track", 0.0],
    ]


def test_no_part_of_the_team_changes_but_those_that_list_parts_and_styles() -> None:
    team = team_workbook()

    before, after = parts(team), parts(grafted(team))

    assert {name for name in before if after[name] != before[name]} == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    }
    assert set(after) - set(before) == {
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/_rels/sheet2.xml.rels",
        "xl/drawings/drawing2.xml",
        "xl/drawings/_rels/drawing2.xml.rels",
        "xl/charts/chart2.xml",
    }


def test_the_styles_of_the_team_keep_their_places() -> None:
    sheet = opened(grafted(team_workbook()), "Q4's")

    assert sheet["A1"].font.b
    assert sheet["A1"].fill.fgColor.rgb == "FFFFCC00"
    assert sheet["B2"].number_format == "0.0%"
    (rule, _) = [rule for rules in sheet.conditional_formatting for rule in rules.rules]
    assert rule.dxf.fill.bgColor.rgb == "FFFFCC00"


def test_our_cells_look_as_their_tones_say() -> None:
    sheet = opened(grafted(team_workbook()))

    assert sheet["A2"].font.sz == 18
    assert sheet["A4"].fill.fgColor.rgb == "FF1F4E79"
    assert sheet["C6"].number_format == "0.00"
    assert sheet["A6"].alignment.indent == 1
    assert sheet["A7"].alignment.indent == 2
    assert not sheet.sheet_view.showGridLines
    assert sheet.freeze_panes == "A5"
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["B"].width
    colours = {
        rule.formula[0]: rule.dxf.font.color.rgb
        for rules in sheet.conditional_formatting
        for rule in rules.rules
        if rule.type == "cellIs"
    }
    assert colours == {'"on track"': "FF1E6B3C", '"off track"': "FF9C2B20"}


def test_titles_link_to_cells_of_the_workbook_and_nowhere_else() -> None:
    after = parts(grafted(team_workbook()))

    sheet = after["xl/worksheets/sheet2.xml"].decode()
    assert re.findall("<hyperlink .*?/>", sheet) == ["""<hyperlink ref="A6" location="'Q4''s'!A2"/>"""]
    assert b"External" not in after["xl/worksheets/_rels/sheet2.xml.rels"]


def test_text_never_becomes_a_formula() -> None:
    assert b"<f>" not in parts(grafted(team_workbook()))["xl/worksheets/sheet2.xml"]


def test_the_chart_is_ours_by_name_and_holds_its_figures() -> None:
    after = parts(grafted(team_workbook()))

    assert b'name="okrsync chart 1"' in after["xl/drawings/drawing2.xml"]
    chart = after["xl/charts/chart2.xml"].decode()
    assert "<c:f>'OKR Summary'!$C$6:$C$7</c:f>" in chart
    assert "<c:v>0.7</c:v>" in chart
    assert 'Target="../charts/chart2.xml"' in after["xl/drawings/_rels/drawing2.xml.rels"].decode()


def test_the_sheet_is_not_selected_beside_the_one_people_left_open() -> None:
    assert b"tabSelected" not in parts(grafted(team_workbook()))["xl/worksheets/sheet2.xml"]


def test_the_sheet_is_marked_by_a_hidden_name_for_what_is_written() -> None:
    book = parts(grafted(team_workbook()))["xl/workbook.xml"].decode()

    written = f"$A$1:${column_letters(len(CONTENT.widths))}${len(CONTENT.rows)}"
    assert f"""<definedName name="_okrsync.summary" hidden="1">'OKR Summary'!{written}</definedName>""" in book


def test_a_filter_gets_the_hidden_name_that_excel_wants() -> None:
    content = OwnContent(
        rows=((OwnCell("Code", Tone.HEADER), OwnCell("Fix", Tone.HEADER)), (OwnCell("KR002"), OwnCell("fill it"))),
        widths=(9.0, 20.0),
        filter=Area(1, 1, 2, 2),
    )

    made = grafted(team_workbook(), SheetEdit(SheetKind.GAPS, "OKR Gaps", content))

    assert """<definedName name="_xlnm._FilterDatabase" localSheetId="1" hidden="1">'OKR Gaps'!$A$1:$B$2<""" in (
        parts(made)["xl/workbook.xml"].decode()
    )
    emptied = grafted(made, SheetEdit(SheetKind.GAPS, "OKR Gaps", PLAIN, replaces="OKR Gaps"))
    assert b"_FilterDatabase" not in parts(emptied)["xl/workbook.xml"]
    assert opened(made, "OKR Gaps").auto_filter.ref == "A1:B2"


def test_the_same_content_gives_the_same_bytes() -> None:
    team = team_workbook()

    assert parts(grafted(team)) == parts(grafted(team))


def test_a_data_bar_has_an_id_of_its_own() -> None:
    after = parts(grafted(team_workbook()))

    theirs, ours = (
        set(re.findall(rb"\{[0-9A-F-]{36}\}", after[f"xl/worksheets/sheet{i}.xml"]))
        - {b"{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"}
        for i in (1, 2)
    )
    assert ours - theirs
    assert after["xl/worksheets/sheet2.xml"].count(next(iter(ours - theirs))) == 2


def test_a_replaced_sheet_keeps_its_entry_its_part_and_its_neighbours() -> None:
    first = grafted(team_workbook())
    changed = OwnContent(
        rows=(*CONTENT.rows, (OwnCell("new", Tone.NOTE),)),
        widths=CONTENT.widths,
        charts=CONTENT.charts,
        statuses=CONTENT.statuses,
    )

    second = grafted(first, SheetEdit(SheetKind.SUMMARY, NAME, changed, replaces=NAME))

    before, after = parts(first), parts(second)
    assert set(after) == set(before)
    touched = {name for name in before if after[name] != before[name]}
    assert touched == {"xl/worksheets/sheet2.xml", "xl/workbook.xml"}  # the mark says how far it reaches now
    assert values(second, NAME)[-1][0] == "new"


def test_writing_the_same_sheet_over_itself_changes_nothing() -> None:
    first = grafted(team_workbook())

    assert parts(grafted(first, SheetEdit(SheetKind.SUMMARY, NAME, CONTENT, replaces=NAME))) == parts(first)


def test_what_a_replaced_sheet_needs_no_more_goes() -> None:
    first = parts(grafted(team_workbook()))
    # Excel adds printer settings to the sheet and colours to the chart when people save.
    first["xl/printerSettings/printerSettings1.bin"] = b"\0"
    first["xl/charts/colors1.xml"] = b"<cs/>"
    first["xl/charts/_rels/chart2.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.microsoft.com/office/2011/relationships/chartColorStyle" Target="colors1.xml"/>'
        b"</Relationships>"
    )
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    first[rels] = first[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="%s/printerSettings" Target="../printerSettings/printerSettings1.bin"/>'
        b"</Relationships>" % OFFICE,
    )

    after = parts(grafted(packed(first), SheetEdit(SheetKind.SUMMARY, NAME, PLAIN, replaces=NAME)))

    assert set(after) == set(parts(team_workbook())) | {"xl/worksheets/sheet2.xml"}
    assert b"drawing2" not in after["[Content_Types].xml"]
    assert b"chart2" not in after["[Content_Types].xml"]
    assert b"drawing1" in after["[Content_Types].xml"]


def test_a_chart_comes_back_to_a_sheet_that_had_none() -> None:
    bare = grafted(team_workbook(), SheetEdit(SheetKind.SUMMARY, NAME, PLAIN))

    made = grafted(bare, SheetEdit(SheetKind.SUMMARY, NAME, CONTENT, replaces=NAME))

    assert len(opened(made)._charts) == 1  # type: ignore[attr-defined]


def test_a_sheet_can_be_renamed_while_it_is_replaced() -> None:
    first = grafted(team_workbook())

    made = grafted(first, SheetEdit(SheetKind.SUMMARY, "OKR 汇总", CONTENT, replaces=NAME))

    assert CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names == ["Q4's", "OKR 汇总"]
    assert "'OKR 汇总'!$A$1:" in parts(made)["xl/workbook.xml"].decode()


def test_a_name_that_people_gave_our_sheet_is_kept_however_odd() -> None:
    first = parts(grafted(team_workbook()))
    first["xl/workbook.xml"] = first["xl/workbook.xml"].replace(b'name="OKR Summary"', b'name="History"')

    made = grafted(packed(first), SheetEdit(SheetKind.SUMMARY, "History", CONTENT, replaces="History"))

    assert "<c:f>'History'!$C$6:$C$7</c:f>" in parts(made)["xl/charts/chart2.xml"].decode()
    assert values(made, "History")[5][2] == 0.7


def test_a_sheet_that_is_gone_cannot_be_replaced() -> None:
    with pytest.raises(Unsplicable, match="'OKR Summary' is gone"):
        grafted(team_workbook(), SheetEdit(SheetKind.SUMMARY, NAME, CONTENT, replaces=NAME))


def prefixed() -> bytes:
    """The workbook as programs write it that give every element of theirs a prefix."""
    members = parts(team_workbook())
    for name in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"):
        xml = re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s/>])", rb"<\1x:\2", members[name])
        members[name] = xml.replace(b'xmlns="' + MAIN, b'xmlns:x="' + MAIN)
    return packed(members)


def strict() -> bytes:
    """The workbook as Excel saves it under "Strict Open XML"."""
    members = parts(team_workbook())
    strictly = {
        MAIN: b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        OFFICE: b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": (
            b"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"
        ),
        b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/chart": b"http://purl.oclc.org/ooxml/drawingml/chart",
    }
    for transitional, strict_name in strictly.items():
        members = {name: xml.replace(transitional, strict_name) for name, xml in members.items()}
    return packed(members)


def from_libreoffice() -> bytes:
    """The workbook as LibreOffice packs it: every .rels by Override, none by its ending."""
    members = parts(team_workbook())
    rels = [name for name in members if name.endswith(".rels")]
    kind = b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types = members["[Content_Types].xml"].replace(b'<Default Extension="rels" ' + kind, b"")
    made = b"".join(b'<Override PartName="/%s" %s' % (name.encode(), kind) for name in rels)
    members["[Content_Types].xml"] = types.replace(b"</Types>", made + b"</Types>")
    return packed(members)


def without_styles() -> bytes:
    members = parts(team_workbook())
    del members["xl/styles.xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        members[name] = re.sub(rb"<(?:Override|Relationship) [^>]*styles[^>]*/>", b"", members[name])
    members["xl/worksheets/sheet1.xml"] = re.sub(rb'( s="\d+"| dxfId="\d+")', b"", members["xl/worksheets/sheet1.xml"])
    return packed(members)


@pytest.mark.parametrize("make", [prefixed, strict, from_libreoffice], ids=lambda make: make.__name__)
def test_workbooks_of_other_makes_take_the_sheet(make: object) -> None:
    data: bytes = make()  # type: ignore[operator]

    made = grafted(data)

    assert values(made, NAME)[5] == ["=HYPERLINK(1)", "on track", 0.7]
    assert values(made, "Q4's") == values(data, "Q4's")
    twice = grafted(made, SheetEdit(SheetKind.SUMMARY, NAME, CONTENT, replaces=NAME))
    assert parts(twice) == parts(made)


def test_a_strict_workbook_gets_strict_parts() -> None:
    after = parts(grafted(strict()))

    for name in ("worksheets/sheet2", "drawings/drawing2", "charts/chart2"):
        assert b"purl.oclc.org" in after[f"xl/{name}.xml"]
        assert b'="http://schemas.openxmlformats.org/' not in re.sub(rb'xmlns:mc="[^"]*"', b"", after[f"xl/{name}.xml"])
    assert (
        b'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/drawing"'
        in (after["xl/worksheets/_rels/sheet2.xml.rels"])
    )


def test_a_package_of_libreoffice_learns_what_rels_are() -> None:
    types = parts(grafted(from_libreoffice()))["[Content_Types].xml"]

    assert b'<Default Extension="rels"' in types


def test_a_workbook_without_styles_gets_them() -> None:
    sheet = opened(grafted(without_styles()))

    assert sheet["A2"].font.sz == 18


def test_dates_count_from_1904_where_the_workbook_does() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "date_1904": True})
    book.add_worksheet("Q4's")
    book.close()
    content = OwnContent(rows=((OwnCell(date(2026, 11, 20), Tone.DATE), OwnCell(True)),), widths=(12.0, 8.0))

    made = grafted(target.getvalue(), SheetEdit(SheetKind.SUMMARY, NAME, content))

    assert values(made, NAME) == [[date(2026, 11, 20), True]]


@pytest.mark.parametrize("text", ["_x0041_", "a\x01b", "tab\there", "line\nbreak", " edges ", '"&<>', "💡 家"])
def test_text_comes_back_as_it_went_in(text: str) -> None:
    content = OwnContent(rows=((OwnCell(text),),), widths=(12.0,))

    made = grafted(team_workbook(), SheetEdit(SheetKind.SUMMARY, NAME, content))

    assert values(made, NAME) == [[text]]


def test_half_a_character_becomes_a_sign_for_one() -> None:
    content = OwnContent(rows=((OwnCell("\ud83d!", link=CellRef("t", "\ud83d", 1, 1)),),), widths=(12.0,))

    made = grafted(team_workbook(), SheetEdit(SheetKind.SUMMARY, NAME, content))

    assert values(made, NAME) == [["\ufffd!"]]


def test_rows_are_as_high_as_their_text_needs() -> None:
    long = OwnCell("wrapped text " * 10, Tone.WRAP)
    content = OwnContent(
        rows=((long, OwnCell("x"), OwnCell("y")), (OwnCell("短" * 30), OwnCell("x"), OwnCell("y"))),
        widths=(40.0, 9.0, 9.0),
    )

    sheet = opened(grafted(team_workbook(), SheetEdit(SheetKind.SUMMARY, NAME, content)))

    assert sheet.row_dimensions[1].height == pytest.approx(15 * 4 + 5, abs=0.5)
    assert sheet.row_dimensions[2].height == pytest.approx(15 * 2 + 5, abs=0.5)


def test_a_stacked_chart_has_a_legend_and_counts() -> None:
    rows = ((OwnCell("Team A"), OwnCell(3.0, Tone.COUNT), OwnCell(None, Tone.COUNT)),)
    series = (("on track", Area(1, 2, 1, 2), "#7CBF8E"), ("off track", Area(1, 3, 1, 3), "#DB7B6C"))
    chart = OwnChart("By status", Area(1, 1, 1, 1), series, (3, 1), stacked=True)
    content = OwnContent(rows=rows, widths=(20.0, 9.0, 9.0), charts=(chart,))

    xml = parts(grafted(team_workbook(), SheetEdit(SheetKind.SUMMARY, NAME, content)))["xl/charts/chart2.xml"]

    assert b'<c:grouping val="stacked"/>' in xml
    assert b'<c:legendPos val="b"/>' in xml
    assert b"DB7B6C" in xml
