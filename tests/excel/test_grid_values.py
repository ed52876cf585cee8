"""What a cell says: each case is read by search and, made unusual, by the parser, with one result."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from okrsync.cells import UNCACHED, CellError, CellValue, Grid, column_letters
from okrsync.workbooks.excel.formats import CellFormats, Shown, shown_by
from okrsync.workbooks.excel.grid import read_sheets
from okrsync.workbooks.excel.meaning import Meaning, iso_moment, moment
from okrsync.workbooks.excel.scan import frame_of, scanned
from okrsync.workbooks.excel.xmlcells import parsed
from tests.excel.books import LIMITS, MAIN, book, grid_of, sheet_xml

FORMATS = ["General", "yyyy-mm-dd", "[h]:mm", "h:mm", "0%"]


def both(cell: str, strings: str | None = None, workbook: str = "") -> CellValue:
    """The value of the cell B1, read in its usual form, and again with a comment among the cells."""
    usual = grid_of(f'<row r="1">{cell}</row>', formats=FORMATS, strings=strings, workbook=workbook)
    unusual = grid_of(f'<row r="1"><!-- -->{cell}</row>', formats=FORMATS, strings=strings, workbook=workbook)
    assert usual == unusual
    assert {column: usual.formats_of(column) for column in (1, 2)} == {c: unusual.formats_of(c) for c in (1, 2)}
    assert usual.formulas_of(2) == unusual.formulas_of(2)
    return usual.value(1, 2)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B1"><v>7</v></c>', 7.0),
        ('<c r="B1" t="n"><v>0.1</v></c>', 0.1),
        ('<c r="B1"><v>-1.5E-3</v></c>', -0.0015),
        ('<c r="B1"><v>12345678901234567890</v></c>', 12345678901234567890.0),
        ('<c r="B1"><v>1e400</v></c>', "1e400"),
        ('<c r="B1"><v>NaN</v></c>', "NaN"),
        ('<c r="B1"><v>abc</v></c>', "abc"),
        ('<c r="B1" s="4"><v>0.45</v></c>', 0.45),
        ('<c r="B1"/>', None),
        ('<c r="B1" s="1"/>', None),
        ('<c r="B1"></c>', None),
        ('<c r="B1"><v></v></c>', None),
        ('<c r="B1" t="b"><v>1</v></c>', True),
        ('<c r="B1" t="b"><v>0</v></c>', False),
        ('<c r="B1" t="b"><v>true</v></c>', True),
    ],
)
def test_numbers_and_truths(cell: str, value: CellValue) -> None:
    assert both(cell) == value
    assert type(both(cell)) is type(value)


@pytest.mark.parametrize("code", ["#DIV/0!", "#N/A", "#REF!", "#SPILL!", "#GETTING_DATA", "#CALC!"])
def test_every_error_is_an_error_and_no_blank(code: str) -> None:
    assert both(f'<c r="B1" t="e"><f>1/0</f><v>{code}</v></c>') == CellError(code)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B1"><f>A1*2</f><v>4</v></c>', 4.0),
        ('<c r="B1"><f>A1*2</f></c>', UNCACHED),
        ('<c r="B1"><f>A1*2</f><v></v></c>', UNCACHED),
        ('<c r="B1"><f>A1*2</f><v/></c>', UNCACHED),
        ('<c r="B1"><f t="shared" si="0"/></c>', UNCACHED),
        ('<c r="B1"><f t="shared" si="0"/><v>3</v></c>', 3.0),
        ('<c r="B1" t="b"><f>1=1</f></c>', UNCACHED),
        ('<c r="B1" t="e"><f>1/0</f></c>', UNCACHED),
        ('<c r="B1" s="1"><f>TODAY()</f></c>', UNCACHED),
        ('<c r="B1" t="str"><f>""</f><v></v></c>', None),
        ('<c r="B1" t="str"><f>""</f><v/></c>', None),
        ('<c r="B1" t="str"><f>""</f></c>', UNCACHED),
        ('<c r="B1" t="str"><f>A1</f><v>on track</v></c>', "on track"),
        ('<c r="B1" t="str"><f>A1</f><v>#N/A</v></c>', "#N/A"),
    ],
)
def test_a_formula_without_a_stored_result_is_neither_blank_nor_value(cell: str, value: CellValue) -> None:
    assert both(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B1" t="inlineStr"><is><t>Growth</t></is></c>', "Growth"),
        ('<c r="B1" t="inlineStr"><is><t> a </t></is></c>', "a"),
        ('<c r="B1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a "),
        ('<c r="B1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></is></c>', "ab"),
        ('<c r="B1" t="inlineStr"><is><t>課題</t><rPh sb="0" eb="1"><t>カダイ</t></rPh><phoneticPr/></is></c>', "課題"),
        ('<c r="B1" t="inlineStr"><is><t/></is></c>', None),
        ('<c r="B1" t="inlineStr"><is></is></c>', None),
        ('<c r="B1" t="inlineStr"><v>odd</v></c>', "odd"),
        ('<c r="B1" t="inlineStr"/>', None),
        ('<c r="B1" t="str"><v>a &lt;b&gt; &amp; &quot;c&quot; &#65;&#x42;</v></c>', 'a <b> & "c" AB'),
        ('<c r="B1" t="str"><v>a_x000D_b _x005F_x0041_</v></c>', "a\rb _x0041_"),
        ('<c r="B1" t="str"><v>one\r\ntwo\rthree</v></c>', "one\ntwo\nthree"),
        ('<c r="B1" t="str"><v xml:space="preserve"> a </v></c>', " a "),
        ('<c r="B1" t="inlineStr"><is><t>_xD83D__xDE00_ _xD83D_</t></is></c>', "😀 \ufffd"),
        ('<c r="B1" t="unheard-of"><v>x</v></c>', "x"),
    ],
)
def test_texts(cell: str, value: CellValue) -> None:
    assert both(cell) == value


def test_cdata_is_text() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<x> & ]]>y</t></is></c></row>'

    assert grid_of(rows).value(1, 1) == "<x> & y"


STRINGS = (
    f'<sst xmlns="{MAIN}" count="9"><si><t>plain</t></si><si/><si><t/></si>'
    "<si><r><rPr><b/></rPr><t>rich </t></r><r><t xml:space='preserve'>rich </t></r><r><t>text</t></r></si>"
    '<si><t>目標</t><rPh sb="0" eb="2"><t>モクヒョウ</t></rPh></si><si><t xml:space="preserve"> a&amp;b </t></si></sst>'
)


@pytest.mark.parametrize("strings", [STRINGS, STRINGS.replace("<si/>", "<si/><!-- -->")])
@pytest.mark.parametrize(
    ("index", "value"), [(0, "plain"), (1, None), (2, None), (3, "richrich text"), (4, "目標"), (5, " a&b ")]
)
def test_shared_strings(strings: str, index: int, value: CellValue) -> None:
    assert both(f'<c r="B1" t="s"><v>{index}</v></c>', strings=strings) == value


@pytest.mark.parametrize("index", ["99", "-1", "x"])
def test_a_shared_string_that_is_gone_is_an_error_value(index: str) -> None:
    assert both(f'<c r="B1" t="s"><v>{index}</v></c>', strings=STRINGS) == CellError("#REF!")


def test_a_large_shared_string_is_held_once() -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>{"long " * 200_000}</t></si></sst>'
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 2001))

    grid = grid_of(rows, strings=strings)

    assert len({id(row[0]) for row in grid.rows}) == 1


@pytest.mark.parametrize(
    ("serial", "style", "value"),
    [
        ("46000", 1, date(2025, 12, 9)),
        ("46000.5", 1, datetime(2025, 12, 9, 12)),
        ("46000.9999999999", 1, date(2025, 12, 10)),
        ("1", 1, date(1900, 1, 1)),
        ("59", 1, date(1900, 2, 28)),
        ("61", 1, date(1900, 3, 1)),
        ("0.5", 3, timedelta(hours=12)),
        ("1.5", 2, timedelta(hours=36)),
        ("2958465", 1, date(9999, 12, 31)),
        ("2958466", 1, 2958466.0),
        ("-1", 1, -1.0),
        ("1e300", 2, 1e300),
        ("soon", 1, "soon"),
    ],
)
def test_a_number_shown_as_date_is_a_date(serial: str, style: int, value: CellValue) -> None:
    assert both(f'<c r="B1" s="{style}"><v>{serial}</v></c>') == value


@pytest.mark.parametrize("said", ["1", "true"])
def test_the_calendar_of_1904_starts_four_years_later(said: str) -> None:
    cell = '<c r="B1" s="1"><v>44538</v></c>'

    assert both(cell, workbook=f'<workbookPr date1904="{said}"/>') == date(2025, 12, 9)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11-20T00:00:00", date(2026, 11, 20)),
        ("2026-11-20T10:30:00Z", datetime(2026, 11, 20, 10, 30)),
        ("2026-11-20T10:30:00.5", datetime(2026, 11, 20, 10, 30, 0, 500_000)),
        ("T10:30:00", timedelta(hours=10, minutes=30)),
        ("10:30:00", timedelta(hours=10, minutes=30)),
        ("next week!", "next week!"),
    ],
)
def test_iso_dates(text: str, value: CellValue) -> None:
    assert both(f'<c r="B1" t="d"><v>{text}</v></c>') == value


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", Shown.NUMBER),
        ('General" days"', Shown.NUMBER),
        ("Standard", Shown.NUMBER),
        ("0%", Shown.NUMBER),
        ("0.00E+00", Shown.NUMBER),
        ('0" days"', Shown.NUMBER),
        ("0\\d", Shown.NUMBER),
        ("0_d", Shown.NUMBER),
        ("0*d", Shown.NUMBER),
        ("0 h", Shown.NUMBER),
        ("[Red]0", Shown.NUMBER),
        ("[$-409]#,##0", Shown.NUMBER),
        ("[$USD] 0", Shown.NUMBER),
        ("0;yyyy", Shown.NUMBER),
        ("@", Shown.NUMBER),
        ("# ?/?", Shown.NUMBER),
        ("yyyy-mm-dd", Shown.DATE),
        ('yyyy"年"m"月"d"日"', Shown.DATE),
        ("[$-F800]dddd", Shown.DATE),
        ("mm:ss.000", Shown.DATE),
        ("h:mm AM/PM", Shown.DATE),
        ("gge", Shown.DATE),
        ("aaaa", Shown.DATE),
        ("[h]:mm", Shown.DURATION),
        ("[Blue][mm]", Shown.DURATION),
        ("[ss].00", Shown.DURATION),
    ],
)
def test_what_a_number_format_shows(code: str, shown: Shown) -> None:
    assert shown_by(code) is shown


@pytest.mark.parametrize(
    ("number", "code"), [(9, "0%"), (14, "mm-dd-yy"), (31, 'yyyy"年"m"月"d"日"'), (200, "General")]
)
def test_built_in_formats_have_their_codes(number: int, code: str) -> None:
    grid = grid_of('<row r="1"><c r="A1" s="0"><v>0.5</v></c></row>', formats=[number])

    assert grid.format(1, 1) == code


# --- both readers agree ---------------------------------------------------------------------------------------------

_MEANING = Meaning(CellFormats(FORMATS), ["a", "", " b "].__getitem__, False)
_BODIES = [
    "",
    "<v>1</v>",
    "<v></v>",
    "<v/>",
    "<f>A1</f>",
    "<f>A1</f><v>2</v>",
    '<f t="shared" si="0"/><v>x</v>',
    "<is><t>i</t></is>",
    "<is><r><t>a</t></r><r><t> b</t></r></is>",
    "<v>1e999</v>",
    "<v>nan</v>",
]
_KINDS = ["", ' t="n"', ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' s="1"', ' s="2" t="n"', ' t="inlineStr"']


@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(1, 30), st.sampled_from(_KINDS), st.sampled_from(_BODIES)),
            max_size=6,
            unique_by=lambda c: c[0],
        ),
        max_size=6,
    ),
    st.sampled_from(["", "x:"]),
    st.sampled_from([1, 1, 1, 110]),  # the form of a row that comes often is looked for as a whole
)
def test_the_search_and_the_parser_read_alike(rows: list[list[tuple[int, str, str]]], prefix: str, times: int) -> None:
    xml = ""
    for number, row in enumerate(rows * times, 3):
        cells = "".join(
            f'<c r="{column_letters(c)}{number}"{kind}>{body}</c>'
            for c, kind, body in sorted(row)
            if "is>" not in body or "inl" in kind
        )
        xml += f'<row r="{number}" hidden="{number % 2}">{cells}</row>' if cells else f'<row r="{number}"/>'
    data = f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'.encode()
    if prefix:
        data = data.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")

    fast, slow = scanned(data, frame_of(data), _MEANING, lambda: data), parsed(data, _MEANING)

    assert (fast.top, fast.left, fast.rows) == (slow.top, slow.left, slow.rows)
    assert fast.hidden_rows == slow.hidden_rows
    for column in range(1, 31):
        assert fast.formulas_of(column) == slow.formulas_of(column)
        assert fast.formats_of(column) == slow.formats_of(column)


def test_odd_cells_among_many_rows_of_one_form_are_read_by_the_book() -> None:
    odd = {
        150: "<v>nan</v>",
        160: "<v>1e999</v>",
        170: "<v></v>",
        180: "<v/>",
        190: "<f>A1</f><v>7</v>",
        200: "<f>1</f>",
    }
    xml = "".join(
        f'<row r="{row}"><c r="A{row}">{odd.get(row, f"<v>{row}</v>")}</c>'
        f'<c r="C{row}" s="1"/><c r="D{row}" t="inlineStr"><is><t> text {row}</t></is></c></row>'
        for row in range(1, 300)
    )
    data = f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'.encode()

    fast, slow = scanned(data, frame_of(data), _MEANING, lambda: data), parsed(data, _MEANING)

    assert fast.rows == slow.rows
    assert [fast.rows[row - 1][0] for row in (149, *odd)] == [149.0, "nan", "1e999", None, None, 7.0, UNCACHED]


def test_a_moment_no_calendar_holds_stays_a_number() -> None:
    assert moment(2_958_465.9999999999, Shown.DATE, False) == 2_958_466.0
    assert iso_moment("9999-99-99") == "9999-99-99"


def test_calamine_reads_the_same_values_where_it_can() -> None:
    rows = "".join(
        f'<row r="{i}"><c r="B{i}"><v>{i / 7}</v></c><c r="C{i}" t="str"><v>text {i}</v></c>'
        f'<c r="E{i}" s="1"><v>{46000 + i}</v></c><c r="F{i}" t="b"><v>{i % 2}</v></c></row>'
        for i in range(2, 60)
    )
    data = book({"S": sheet_xml(rows)}, formats=FORMATS)

    ours: Grid = read_sheets("t.xlsx", data, LIMITS)["S"]
    theirs = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)

    assert theirs.start == (ours.top - 1, ours.left - 1)
    assert [[value or None if value == "" else value for value in row] for row in theirs.to_python()] == [
        list(row) for row in ours.rows
    ]
