"""A sheet becomes a Grid: where its cells stand, what lies around them, and what cannot be read is said."""

from __future__ import annotations

import time

import pytest

from okrsync.cells import Area, CellValue, Grid, TableArea
from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.grid import SheetReader, read_sheets
from tests.excel.books import LIMITS, MAIN, STRICT, book, grid_of, package_of, rels, sheet_xml

XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def number(ref: str, value: float = 1, said: str = "") -> str:
    return f'<c r="{ref}"{said}><v>{value}</v></c>'


def sheet(xml: str | bytes, **parts: str | bytes) -> Grid:
    more = {name.replace("__", "/"): content for name, content in parts.items()}
    return read_sheets("t.xlsx", book({"S": xml}, more=more), LIMITS)["S"]


def refusal(xml: str | bytes) -> WorkbookError:
    with pytest.raises(WorkbookError) as caught:
        sheet(xml)
    return caught.value


# --- places ---------------------------------------------------------------------------------------------------------


def test_the_grid_starts_at_the_first_used_row_and_column() -> None:
    grid = grid_of(f'<row r="3">{number("C3", 1)}{number("E3", 2)}</row><row r="6">{number("D6", 3)}</row>')

    assert (grid.top, grid.left, grid.bottom, grid.right) == (3, 3, 6, 5)
    assert [list(row) for row in grid.rows] == [[1.0, None, 2.0], [], [], [None, 3.0]]
    assert grid.value(6, 4) == 3.0


def test_an_empty_sheet_is_an_empty_grid() -> None:
    for cells in ("", '<row r="1"/>', '<row r="1"><c r="A1" s="0"/></row>'):
        assert list(grid_of(cells).rows) == []
    assert list(sheet(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>').rows) == []


def test_rows_and_cells_without_a_place_follow_the_ones_before() -> None:
    grid = grid_of(
        "<row><c><v>1</v></c><c><v>2</v></c></row>"
        '<row r="5"><c r="C5"><v>3</v></c><c><f>A1</f><v>4</v></c></row><row><c><v>5</v></c></row>'
    )

    assert {(row, column): value for row, column, value in grid.filled()} == {
        (1, 1): 1.0,
        (1, 2): 2.0,
        (5, 3): 3.0,
        (5, 4): 4.0,
        (6, 1): 5.0,
    }
    assert grid.formulas_of(4) == {5}


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="B1"><v>4</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c t="n" r="A1"><v>1</v></c><c r=\'B1\'><v>4</v></c></row>'
        '<row spans="1:2" r="2"><c r="a2"><v>2</v></c></row>',
        '<row r="1"><c r="$A$1"><v>1</v></c><c r="B1"><v>4</v><extLst><ext><v>9</v></ext></extLst></c></row>'
        '<row r="2"><c r="A2" ><v >2</v ></c></row>',
        '<row r="1">\n <c r="A1">\n  <v>1</v>\n </c>\n <c r="B1">\n<v>4</v></c></row>\n'
        '<row r="2"><c r="A2"><v>2</v></c></row>',
    ],
)
def test_unusual_forms_are_read_by_the_book(cells: str) -> None:
    assert [list(row) for row in grid_of(cells).rows] == [[1.0, 4.0], [2.0]]


def test_of_alternatives_the_fallback_is_not_read() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    grid = grid_of(
        f'<row r="1"><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x"><c r="A1"><v>1</v></c></mc:Choice>'
        '<mc:Fallback><c r="A1"><v>2</v></c></mc:Fallback></mc:AlternateContent></row>'
    )

    assert grid.value(1, 1) == 1.0


@pytest.mark.parametrize("main", [MAIN, STRICT])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_prefixes_and_strict_namespaces_are_read(main: str, prefix: str) -> None:
    bound = f'xmlns:{prefix.rstrip(":")}="{main}"' if prefix else f'xmlns="{main}"'
    xml = (
        f"<{prefix}worksheet {bound}><{prefix}cols><{prefix}col min='2' max='2' hidden='1'/></{prefix}cols>"
        f'<{prefix}sheetData><{prefix}row r="1"><{prefix}c r="A1"><{prefix}f>1+1</{prefix}f><{prefix}v>2</{prefix}v>'
        f"</{prefix}c></{prefix}row></{prefix}sheetData></{prefix}worksheet>"
    )

    grid = sheet(xml)

    assert (grid.value(1, 1), set(grid.formulas_of(1)), set(grid.hidden_columns)) == (2.0, {1}, {2})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' + sheet_xml(
        '<row r="1"><c r="A1" t="str"><v>é</v></c></row>'
    )

    assert sheet(xml.encode(encoding)).value(1, 1) == "é"


# --- formats and formulas -------------------------------------------------------------------------------------------


def test_formats_and_formulas_are_told_by_column() -> None:
    grid = grid_of(
        '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="AA1" s="1"><f>A1</f><v>1</v></c></row>'
        f'<row r="2">{number("A2")}<c r="AA2"><f t="shared" si="0"/><v>1</v></c></row>',
        formats=["General", "0%"],
    )

    assert grid.formats_of(1) == {1: "0%"}
    assert grid.formats_of(27) == {1: "0%"}
    assert grid.format(2, 1) == "General"
    assert grid.formulas_of(27) == {1, 2}
    assert grid.formulas_of(1) == frozenset()


def test_two_sheets_answer_for_themselves_in_any_order() -> None:
    data = book(
        {
            "A": sheet_xml('<row r="1"><c r="A1"><f>1</f><v>1</v></c></row>'),
            "B": sheet_xml(f'<row r="1">{number("A1")}</row>'),
        }
    )
    package = package_of(data)
    reader = SheetReader(package)
    first, second = (reader.read(entry) for entry in package.sheets())
    package.forget()

    assert second.formulas_of(1) == frozenset()
    assert first.formulas_of(1) == {1}


# --- around the cells -----------------------------------------------------------------------------------------------


def test_merges_filter_and_what_is_hidden_are_told() -> None:
    cells = (
        f'<row r="1">{number("A1")}</row><row r="2" hidden="1">{number("A2")}</row>'
        f'<row r="3" ht="9" hidden="true">{number("A3")}</row>'
    )
    grid = sheet(
        sheet_xml(
            cells,
            before='<cols><col min="2" max="3" hidden="1"/><col min="3" max="99999" hidden="1"/>'
            '<col min="1" max="1"/></cols>',
            around='<autoFilter ref="A1:C3"/><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="#REF!"/></mergeCells>'
            '<customSheetViews><customSheetView><autoFilter ref="A9:B9"/></customSheetView></customSheetViews>',
        )
    )

    assert grid.merges == (Area(1, 1, 1, 2),)
    assert grid.filter == Area(1, 1, 3, 3)
    assert grid.hidden_rows == {2, 3}
    assert grid.hidden_columns == frozenset(range(2, 16_385))


@pytest.mark.parametrize(
    ("said", "protected"),
    [
        ('<sheetProtection sheet="1" objects="1"/>', True),
        ('<sheetProtection password="CC1A" sheet="true"/>', True),
        ('<sheetProtection objects="1" scenarios="1"/>', False),
        ('<sheetProtection sheet="0"/>', False),
        ("", False),
    ],
)
def test_a_sheet_is_protected_where_its_cells_are(said: str, protected: bool) -> None:
    assert sheet(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', around=said)).protected is protected


def table(said: str) -> str:
    return f'<table xmlns="{MAIN}" {said}><autoFilter ref="A1:B4"/></table>'


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('name="T" displayName="Okrs" ref="A1:B4"', TableArea("Okrs", Area(1, 1, 4, 2))),
        ('name="T" ref="A1:B4" totalsRowCount="1"', TableArea("T", Area(1, 1, 4, 2), totals=True)),
        (
            'name="T" ref="A1:B4" headerRowCount="0"',
            TableArea("T", Area(1, 1, 4, 2), header=False, fixed="it has no header row"),
        ),
        (
            'name="T" ref="A1:B4" tableType="queryTable"',
            TableArea("T", Area(1, 1, 4, 2), fixed="it is filled by a query"),
        ),
        ('name="T" ref="A1:B4" connectionId="2"', TableArea("T", Area(1, 1, 4, 2), fixed="it is filled by a query")),
        ('name="T" ref="A1:B4" tableType="xml"', TableArea("T", Area(1, 1, 4, 2), fixed="it is mapped to an XML file")),
        ('name="T" ref="rubbish"', None),
    ],
)
def test_excel_tables_are_told_and_why_they_may_not_grow(said: str, expected: TableArea | None) -> None:
    grid = sheet(
        sheet_xml(""),
        **{
            "xl__worksheets___rels/sheet1.xml.rels": rels([("table", "../tables/table1.xml")]),
            "xl__tables__table1.xml": table(said),
        },
    )

    assert grid.tables == ((expected,) if expected else ())


def test_a_table_with_a_query_behind_it_may_not_grow() -> None:
    grid = sheet(
        sheet_xml(""),
        **{
            "xl__worksheets___rels/sheet1.xml.rels": rels([("table", "../tables/table1.xml")]),
            "xl__tables__table1.xml": table('name="T" ref="A1:B4"'),
            "xl__tables___rels/table1.xml.rels": rels([("queryTable", "../queryTables/q1.xml")]),
            "xl__queryTables__q1.xml": f'<queryTable xmlns="{MAIN}"/>',
        },
    )

    assert grid.tables[0].fixed == "it is filled by a query"


def anchors(xml: str) -> tuple[Area, ...]:
    return sheet(
        sheet_xml(""),
        **{
            "xl__worksheets___rels/sheet1.xml.rels": rels([("drawing", "../drawings/drawing1.xml")]),
            "xl__drawings__drawing1.xml": f'<xdr:wsDr xmlns:xdr="{XDR}">{xml}</xdr:wsDr>',
        },
    ).drawings


def marker(name: str, row: int, column: int, off: int = 5) -> str:
    return (
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>{off}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{off}</xdr:rowOff></xdr:{name}>"
    )


def test_drawings_cover_the_cells_between_their_anchors() -> None:
    two = f"<xdr:twoCellAnchor>{marker('from', 1, 2)}{marker('to', 4, 5)}<xdr:pic/></xdr:twoCellAnchor>"
    flush = f"<xdr:twoCellAnchor>{marker('from', 1, 2)}{marker('to', 4, 5, off=0)}</xdr:twoCellAnchor>"

    assert anchors(two + flush) == (Area(2, 3, 5, 6), Area(2, 3, 4, 5))


def test_a_drawing_with_one_anchor_is_reckoned_by_its_size() -> None:
    one = f'<xdr:oneCellAnchor>{marker("from", 0, 0, 0)}<xdr:ext cx="1219200" cy="571500"/></xdr:oneCellAnchor>'
    none = '<xdr:absoluteAnchor><xdr:pos x="609600" y="190500"/><xdr:ext cx="1" cy="oops"/></xdr:absoluteAnchor>'

    assert anchors(one + none) == (Area(1, 1, 3, 2), Area(2, 2, 2, 2))


# --- what cannot be read --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">', "its XML is broken"),
        (sheet_xml('<row r="1"><c r="A1"><v>1</c></row>'), "its XML is broken"),
        (sheet_xml('<row r="1"><c r="somewhere"><v>1</v></c></row>'), '"somewhere"'),
        (sheet_xml('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "beyond the last row or column"),
        (sheet_xml('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), "1,048,576"),
    ],
)
def test_a_sheet_that_is_broken_says_so(xml: str | bytes, words: str) -> None:
    error = refusal(xml)

    assert words in str(error)
    assert error.fix


def test_cells_too_far_apart_are_refused_before_they_fill_the_memory() -> None:
    rows = "".join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c><!-- --></row>' for i in range(1, 2500))
    cells = "".join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(1, 2500))

    for xml in (rows, cells):
        assert "so far apart" in refusal(sheet_xml(xml)).problem


def test_a_sheet_that_is_no_worksheet_is_not_read() -> None:
    package = package_of(book({"C": "<chartsheet/>", "Lost": sheet_xml("")}, kinds={"C": "chartsheet"}))
    entry = package.sheets()[0]

    with pytest.raises(WorkbookError, match="no worksheet"):
        SheetReader(package).read(entry)


def test_macro_sheets_beside_it_do_not_keep_a_sheet_from_being_read() -> None:
    data = book(
        {"Macro1": "<macrosheet/>", "S": sheet_xml(f'<row r="1">{number("A1")}</row>')},
        kinds={"Macro1": "xlMacrosheet"},
    )

    assert list(read_sheets("t.xlsm", data, LIMITS)) == ["S"]


def test_no_styles_and_no_strings_are_no_trouble() -> None:
    grid = grid_of('<row r="1"><c r="A1" t="s" s="9"><v>0</v></c><c r="B1" s="77"><v>2</v></c></row>')

    assert grid.value(1, 2) == 2.0


def test_tens_of_thousands_of_empty_styled_rows_are_a_short_grid_read_quickly() -> None:
    rows = f'<row r="1">{number("A1")}</row>' + "".join(
        f'<row r="{i}" s="1" customFormat="1"><c r="A{i}" s="1"/></row>' for i in range(2, 60_000)
    )
    data = book({"S": sheet_xml(rows)})
    began = time.process_time()

    grid = read_sheets("t.xlsx", data, LIMITS)["S"]

    assert [list(row) for row in grid.rows] == [[1.0]]
    assert time.process_time() - began < 3


def test_a_cell_of_a_megabyte_is_read() -> None:
    text: CellValue = "long " * 200_000

    assert (
        grid_of(f'<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c></row>').value(1, 1)
        == text
    )
