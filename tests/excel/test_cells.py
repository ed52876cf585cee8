"""Cells are patched into a sheet part: what is around them stays byte for byte, what is unsafe is refused."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsync.cells import Area, CellRef, CellValue, column_number
from okrsync.edits import CellEdit, Look
from okrsync.workbooks.excel.cells import CellPatch
from okrsync.workbooks.excel.content import escaped_text
from okrsync.workbooks.excel.looks import Looks
from okrsync.workbooks.excel.markup import MAIN, Unsplicable
from okrsync.workbooks.excel.sheetparts import SheetPart
from okrsync.workbooks.excel.splices import apply, undo
from okrsync.workbooks.excel.styles import Styles

STYLES = f"""<styleSheet xmlns="{MAIN}"><fonts><font/><font><b/></font></fonts><fills><fill/></fills>
<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1"/>
<xf numFmtId="9"/><xf fontId="1"><alignment vertical="top"/></xf></cellXfs></styleSheet>""".encode()


def sheet(body: str, before: str = "", after: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{body}</sheetData>{after}</worksheet>'.encode()


def edit(place: str, value: CellValue, look: Look = Look.TEXT, like: str | None = None) -> CellEdit:
    found = re.fullmatch(r"([A-Z]+)(\d+)", place)
    assert found is not None
    at = CellRef("team.xlsx", "Q4", int(found[2]), column_number(found[1]))
    return CellEdit(at, None, value, look, column_number(like) if like else None)


def patched(data: bytes, *edits: CellEdit, styles: Styles | None = None, fresh: tuple[Area, ...] = ()) -> str:
    splices = CellPatch(SheetPart(data), Looks(styles or Styles(STYLES)), fresh).splices(edits)
    result = apply(data, splices)
    assert undo(result, splices) == data
    ElementTree.fromstring(result)
    return result.decode()


def body(result: str) -> str:
    found = re.search(r"<((?:\w+:)?)sheetData\s*>(.*)</\1sheetData>", result, re.DOTALL)
    assert found is not None
    return found[2]


def test_a_cell_is_put_last_into_its_row_and_nothing_else_changes() -> None:
    data = sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="2" ht="20"><c r="A2"><v>2</v></c></row>')

    result = patched(data, edit("B2", 0.5))

    assert body(result) == (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" ht="20"><c r="A2"><v>2</v></c>'
        '<c r="B2" s="4"><v>0.5</v></c></row>'
    )


def test_a_row_number_with_zeros_in_front_is_not_copied_into_our_cells() -> None:
    data = sheet('<row r="07"><c r="A07"/></row>')

    assert body(patched(data, edit("C7", 5.0, Look.HEADER))) == '<row r="07"><c r="A07"/><c r="C7"><v>5</v></c></row>'


def test_cells_are_put_in_order_between_those_that_stand_there() -> None:
    data = sheet('<row r="1"><c r="A1"/><c r="D1"/><c r="F1"/></row>')

    result = patched(data, edit("E1", 5.0, Look.HEADER), edit("B1", 2.0, Look.HEADER), edit("C1", 3.0, Look.HEADER))

    assert body(result) == (
        '<row r="1"><c r="A1"/><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c><c r="D1"/>'
        '<c r="E1"><v>5</v></c><c r="F1"/></row>'
    )


def test_missing_rows_are_put_where_they_belong() -> None:
    data = sheet('<row r="2"><c r="A2"/></row><row r="5"/><row r="6"></row>')

    result = patched(data, *(edit(place, 1.0, Look.HEADER) for place in ("A1", "C3", "B5", "A6", "A9")))

    assert re.findall(r'r="(\w+)"', body(result)) == ["1", "A1", "2", "A2", "3", "C3", "5", "B5", "6", "A6", "9", "A9"]


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData />"])
def test_an_empty_sheet_gets_its_first_row(empty: str) -> None:
    data = f'<worksheet xmlns="{MAIN}">{empty}<pageMargins/></worksheet>'.encode()

    assert body(patched(data, edit("A1", "hi", Look.HEADER))) == (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>hi</t></is></c></row>'
    )


def test_rows_and_cells_without_numbers_are_counted() -> None:
    data = sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c/></row>")

    result = patched(data, edit("B1", 9.0, Look.HEADER), edit("C1", 3.0, Look.HEADER), edit("C2", 4.0, Look.HEADER))

    assert body(result) == (
        '<row><c><v>1</v></c><c r="B1"><v>9</v></c><c r="C1"><v>3</v></c></row><row><c/><c r="C2"><v>4</v></c></row>'
    )


def test_a_prefixed_part_is_answered_with_its_prefix() -> None:
    data = f"""<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row>
</x:sheetData></x:worksheet>""".encode()

    result = patched(data, edit("B1", "two", Look.HEADER), edit("A1", 7.0), edit("A2", True, Look.HEADER))

    assert body(result).replace("\n", "") == (
        '<x:row r=\'1\'><x:c r="A1" s="4"><x:v>7</x:v></x:c>'
        '<x:c r="B1" t="inlineStr"><x:is><x:t>two</x:t></x:is></x:c></x:row>'
        '<x:row r="2"><x:c r="A2" t="b"><x:v>1</x:v></x:c></x:row>'
    )


def test_an_extension_list_stays_the_last_child_of_its_row_and_cell() -> None:
    data = sheet('<row r="1"><c r="A1" s="1"><v>1</v><extLst><ext/></extLst></c><extLst/></row>')

    result = patched(data, edit("A1", 2.0), edit("B1", 3.0, Look.HEADER))

    assert body(result) == (
        '<row r="1"><c r="A1" s="1"><v>2</v><extLst><ext/></extLst></c><c r="B1"><v>3</v></c><extLst/></row>'
    )


def test_cells_that_stand_there_change_and_their_neighbours_do_not() -> None:
    data = sheet(
        '<row r="1"><c r="A1" s="1"/><c r="B1" s="2"><v>1</v></c><c t="s" r="C1"><v>0</v></c><c r="D1"/></row>'
    )

    result = patched(data, edit("B1", 2.0, Look.PERCENT, "A"), edit("D1", "H", Look.HEADER, "A"))

    assert body(result) == (
        '<row r="1"><c r="A1" s="1"/><c r="B1" s="2"><v>2</v></c><c t="s" r="C1"><v>0</v></c>'
        '<c r="D1" s="1" t="inlineStr"><is><t>H</t></is></c></row>'
    )


def test_the_hint_on_a_rows_columns_goes_only_when_it_would_be_wrong() -> None:
    data = sheet('<row r="1" spans="1:5" ht="9"><c r="A1"/></row><row r="2" spans="1:5"><c r="A2"/></row>')

    result = patched(data, edit("F1", 1.0, Look.HEADER), edit("E2", 1.0, Look.HEADER))

    assert re.findall("<row[^>]*>", body(result)) == ['<row r="1" ht="9">', '<row r="2" spans="1:5">']


def test_the_dimension_grows_over_what_is_written() -> None:
    data = sheet('<row r="2"><c r="B2"/></row>', before='<dimension ref="B2:C4"/>')

    assert '<dimension ref="B2:F9"/>' in patched(data, edit("F9", 1.0), edit("Z20", None, Look.BLANK))
    assert '<dimension ref="B2:C4"/>' in patched(data, edit("B2", 1.0))


def test_clearing_a_cell_keeps_its_format_and_makes_no_cell() -> None:
    data = sheet('<row r="1"><c r="A1" s="2"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row><row r="2"/>')

    result = patched(data, *(edit(place, None, Look.BLANK) for place in ("A1", "B1", "C1", "A2", "A3")))

    assert body(result) == '<row r="1"><c r="A1" s="2"/></row><row r="2"/>'


# --- looks ----------------------------------------------------------------------------------------------------------


def formats(styles: Styles) -> list[dict[str, str]]:
    xfs = ElementTree.fromstring(apply(styles.data, styles.splices())).find(f"{{{MAIN}}}cellXfs")
    assert xfs is not None
    return [dict(xf.attrib) | {k: v for child in xf for k, v in child.attrib.items()} for xf in xfs]


def test_a_new_cell_looks_like_its_neighbour_with_our_number_format() -> None:
    styles = Styles(STYLES)
    data = sheet('<row r="1"><c r="A1" s="3"/></row>')

    result = patched(
        data,
        edit("B1", 0.5, Look.PERCENT, "A"),
        edit("C1", 0.5, Look.SCORE, "A"),
        edit("D1", "x", Look.TEXT, "A"),
        edit("E1", "H", Look.HEADER, "A"),
        styles=styles,
    )

    made = [formats(styles)[int(s)] for s in re.findall(r' s="(\d+)"', body(result))[1:]]
    assert [(one.get("fontId"), one.get("numFmtId"), one.get("vertical"), one.get("horizontal")) for one in made] == [
        ("1", "9", "top", "right"),
        ("1", "2", "top", "right"),
        ("1", "0", "top", "left"),
        ("1", None, "top", None),
    ]


def test_where_the_neighbour_is_blank_row_and_column_lend_their_format() -> None:
    data = sheet(
        '<row r="1" s="1" customFormat="1"><c r="A1"/></row><row r="2" s="1"><c r="A2"/></row>',
        before='<cols><col min="4" max="6" style="3"/></cols>',
    )

    result = patched(
        data, edit("E1", "H", Look.HEADER, "C"), edit("E2", "H", Look.HEADER, "C"), edit("E3", "H", Look.HEADER)
    )

    assert re.findall(r'r="(E\d)" s="(\d)"', result) == [("E1", "1"), ("E2", "3"), ("E3", "3")]


def test_a_cell_of_ours_keeps_the_format_it_has() -> None:
    data = sheet('<row r="1"><c r="A1" s="1"/><c r="B1" s="2"><v>0.1</v></c></row>')

    assert '<c r="B1" s="2"><v>0.2</v></c>' in patched(data, edit("B1", 0.2, Look.PERCENT, "A"))


def test_a_cell_of_ours_that_shows_no_percent_gets_our_number_format() -> None:
    styles = Styles(STYLES)
    data = sheet('<row r="1"><c r="A1"/><c r="B1" s="1"><v>0.1</v></c></row>')

    result = patched(data, edit("B1", 0.2, Look.PERCENT, "A"), styles=styles)

    assert '<c r="B1" s="4"><v>0.2</v></c>' in result
    assert (formats(styles)[4]["fontId"], formats(styles)[4]["numFmtId"]) == ("1", "9")


def test_in_a_new_block_blank_cells_do_not_impose_their_format() -> None:
    data = sheet('<row r="1"><c r="A1" s="1"/><c r="B1" s="2"/></row>')

    result = patched(data, edit("B1", "H", Look.HEADER, "A"), fresh=(Area(1, 2, 9, 6),))

    assert '<c r="B1" s="1" t="inlineStr">' in result


def test_text_that_looks_like_a_formula_stays_text() -> None:
    styles = Styles(STYLES)

    result = patched(
        sheet(""),
        *(edit(f"A{i}", text) for i, text in enumerate(("=1+1", "+x", "-x", "@x", "\tx", "x"), 1)),
        styles=styles,
    )

    made = [formats(styles)[int(s)].get("quotePrefix") for s in re.findall(r' s="(\d+)"', result)]
    assert made == ["1"] * 5 + [None]
    assert result.count('t="inlineStr"') == 6


# --- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "xml"),
    [
        (0.1 + 0.2, "<v>0.30000000000000004</v>"),
        (1e300, "<v>1e+300</v>"),
        (-2.0, "<v>-2</v>"),
        (False, "<v>0</v>"),
        ("a & <b>", "<is><t>a &amp; &lt;b&gt;</t></is>"),
        (" a", '<is><t xml:space="preserve"> a</t></is>'),
        ("a\nb", '<is><t xml:space="preserve">a\nb</t></is>'),
        ("a\r\x01_x0041_", "<is><t>a_x000D__x0001__x005F_x0041_</t></is>"),
        ("a\ud800", "<is><t>a\ufffd</t></is>"),
        ("进度 🎯", "<is><t>进度 🎯</t></is>"),
    ],
)
def test_values_are_written_in_full(value: CellValue, xml: str) -> None:
    assert xml in patched(sheet(""), edit("A1", value))


def test_a_part_in_another_encoding_gets_character_references() -> None:
    data = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + sheet('<row r="1"><c r="A1"/></row>')

    assert "<t>&#36827;</t>" in patched(data, edit("B1", "进"))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "x" * 32_768, "🎯" * 16_384])
def test_values_that_no_cell_can_hold_are_refused(value: CellValue) -> None:
    with pytest.raises(Unsplicable):
        patched(sheet(""), edit("A1", value))


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=60))
def test_text_comes_back_as_it_was(text: str) -> None:
    result = ElementTree.fromstring(patched(sheet(""), edit("A1", text)))
    found = "".join(result.itertext())

    assert re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), found) == text
    assert re.search("[\x00-\x08\x0b-\x1f]", escaped_text(text)) is None


# --- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B1"><f>A1</f><v>1</v></c>',
        '<c r="B1"><f t="shared" si="0"/><v>1</v></c>',
        '<c r="B1" t="str"><f t="array" ref="B1">A1</f></c>',
        '<c r="B1" cm="1"><v>1</v></c>',
        '<c r="B1" vm="3" t="e"><v>#VALUE!</v></c>',
    ],
)
@pytest.mark.parametrize("value", [1.0, None])
def test_formulas_are_never_written_over(cell: str, value: CellValue) -> None:
    data = sheet(f'<row r="1"><c r="A1"/>{cell}</row>')

    with pytest.raises(Unsplicable, match="'Q4'!B1 holds a formula"):
        patched(data, edit("B1", value, Look.TEXT if value else Look.BLANK))


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_cells_that_another_cells_formula_fills_are_not_written(kind: str) -> None:
    data = sheet(
        f'<row r="1"><c r="A1"><f t="{kind}" ref="A1:B3">X</f></c></row><row r="2"><c r="B2"><v>1</v></c></row>'
    )

    with pytest.raises(Unsplicable, match="filled by the formula of A1:B3"):
        patched(data, edit("B2", 1.0))
    assert "<v>7</v>" in patched(data, edit("C2", 7.0), edit("B4", 7.0))


def test_only_the_corner_of_merged_cells_is_written() -> None:
    data = sheet("", after='<mergeCells count="1"><mergeCell ref="B1:C3"/></mergeCells>')

    assert "<v>7</v>" in patched(data, edit("B1", 7.0))
    with pytest.raises(Unsplicable, match="merged cells B1:C3"):
        patched(data, edit("B2", 7.0))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"/><row r="1"/>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="Z1"/><c r="B1"/></row>',
        '<row r="1"><c r="A2"/></row>',
        '<row r="1"><c r="?"/></row>',
        '<row r="one"/>',
        '<row r="1"><!-- note --></row>',
        '<row r="1"><c r="A1" t="str"><v><![CDATA[<row>]]></v></c></row>',
        "<row r='1'><?go?></row>",
    ],
)
def test_a_sheet_that_is_out_of_order_is_left_alone(rows: str) -> None:
    with pytest.raises(Unsplicable):
        patched(sheet(rows), edit("B1", 1.0), edit("C1", 1.0), edit("D9", 1.0))


def test_two_edits_of_one_cell_are_refused() -> None:
    with pytest.raises(Unsplicable, match="two edits"):
        patched(sheet(""), edit("A1", 1.0), edit("A1", 2.0))


def test_no_edits_need_no_splices() -> None:
    assert CellPatch(SheetPart(sheet("")), Looks(Styles(STYLES))).splices([]) == []


def test_a_part_that_is_no_worksheet_is_refused() -> None:
    with pytest.raises(Unsplicable):
        SheetPart(b"<chartsheet/>")
    with pytest.raises(Unsplicable):
        SheetPart(b"<worksheet><sheetData><row></worksheet>")
