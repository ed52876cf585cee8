"""Workbooks that are only read: OpenDocument, old and binary Excel, and files that are not what they are called."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from okrsync.cells import Area, CellError, CellValue, Grid
from okrsync.config import Limits
from okrsync.errors import WorkbookError
from okrsync.sources import WORKBOOK_ENDINGS
from okrsync.workbooks.ods import open_ods
from okrsync.workbooks.openers import OPENERS, open_workbook
from okrsync.workbooks.other import _guarded, open_xls, open_xlsb
from okrsync.workbooks.rowstack import Sprawling
from tests.excel.books import book, sheet_xml
from tests.otherfiles import ods, ods_of, xls

LIMITS = Limits()


def sheet(rows: str, columns: str = "") -> Grid:
    table = f'<table:table table:name="S">{columns}{rows}</table:table>'
    return open_ods("t.ods", ods(table), LIMITS).read("S")


def cell(said: str, text: str = "") -> CellValue:
    inside = f"<text:p>{text}</text:p>" if text else ""
    row = '<table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    return sheet(f"{row}<table:table-cell {said}>{inside}</table:table-cell></table:table-row>").value(1, 2)


# --- .ods -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "text", "value"),
    [
        ('office:value-type="float" office:value="45"', "45", 45.0),
        ('office:value-type="float" office:value="0"', "0", 0.0),
        ('office:value-type="percentage" office:value="0.45"', "45%", 0.45),
        ('office:value-type="currency" office:currency="EUR" office:value="12.5"', "12,50 €", 12.5),
        ('office:value-type="date" office:date-value="2026-11-20"', "20.11.26", date(2026, 11, 20)),
        (
            'office:value-type="date" office:date-value="2026-11-20T10:30:00.000000000"',
            "today",
            datetime(2026, 11, 20, 10, 30),
        ),
        (
            'office:value-type="time" office:time-value="PT36H30M05.5S"',
            "",
            timedelta(hours=36, minutes=30, seconds=5.5),
        ),
        ('office:value-type="time" office:time-value="-P1DT1H"', "", -timedelta(days=1, hours=1)),
        ('office:value-type="time" office:time-value="soon"', "soon", "soon"),
        ('office:value-type="time" office:time-value="P9999999999D"', "long", "long"),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE", True),
        ('office:value-type="string" office:string-value="kept"', "", "kept"),
        ('office:value-type="string"', "a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d", "a  b\tc\nd"),
        ('office:value-type="string"', "a</text:p><text:p>b <text:span>c</text:span>", "a\nb c"),
        ('office:value-type="string"', "x<office:annotation><text:p>note</text:p></office:annotation>", "x"),
        (
            'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"',
            "#DIV/0!",
            CellError("#DIV/0!"),
        ),
        ('table:formula="of:=1/0" office:value-type="float" office:value="0"', "Err:502", CellError("Err:502")),
        ('table:formula="of:=&quot;&quot;"', "", None),
        ('table:formula="of:=A1" office:value-type="string"', "", None),
        ("", "", None),
    ],
)
def test_the_type_of_an_ods_cell_is_taken_from_its_xml(said: str, text: str, value: CellValue) -> None:
    assert cell(said, text) == value


def filled(said: str, text: str) -> str:
    return f"<table:table-cell {said}><text:p>{text}</text:p></table:table-cell>"


def test_formats_formulas_and_merges_of_an_ods_are_told() -> None:
    percent = filled('office:value-type="percentage" office:value="0.5" table:number-columns-repeated="2"', "50%")
    sum_ = filled('table:formula="of:=A1" office:value-type="float" office:value="1"', "1")
    wide = filled('office:value-type="string" table:number-columns-spanned="3" table:number-rows-spanned="2"', "wide")
    grid = sheet(
        f"<table:table-row>{percent}{sum_}</table:table-row><table:table-row>{wide}<table:covered-table-cell "
        'table:number-columns-repeated="2"/></table:table-row>'
    )

    assert [grid.formats_of(column) for column in (1, 2, 3)] == [{1: "0%"}, {1: "0%"}, {}]
    assert grid.formulas_of(3) == {1}
    assert grid.merges == (Area(2, 1, 3, 3),)


def test_repeated_and_hidden_rows_and_columns_of_an_ods_count() -> None:
    x = filled('office:value-type="string"', "x")
    grid = sheet(
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell/>{x}</table:table-row>'
        f'<table:table-row table:visibility="filter">{x}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>",
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="16383"/>',
    )

    assert [list(row) for row in grid.rows] == [[None, "x"], [None, "x"], ["x"]]
    assert grid.hidden_rows == {3}
    assert grid.hidden_columns == {2}


def test_a_table_within_a_cell_is_no_sheet() -> None:
    x = filled('office:value-type="string"', "x")
    inner = f'<table:table table:name="inner"><table:table-row>{x}</table:table-row></table:table>'
    row = f"<table:table-row><table:table-cell>{inner}</table:table-cell>{x}</table:table-row>"
    workbook = open_ods("t.ods", ods(f'<table:table table:name="S">{row}</table:table>'), LIMITS)

    assert list(workbook.sheet_names()) == ["S"]
    assert workbook.read("S").value(1, 2) == "x"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ods("", manifest="<manifest:encryption-data/>"), "password"),
        (ods_of("<office"), "broken"),
        (ods_of(None), "no spreadsheet"),
        (ods(""), "no sheet"),
        (ods("")[:200], "incomplete"),
    ],
)
def test_an_ods_that_cannot_be_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(WorkbookError, match=words) as caught:
        open_ods("t.ods", data, LIMITS)

    assert caught.value.fix


def test_an_ods_that_repeats_a_cell_without_end_is_refused() -> None:
    x = filled('office:value-type="string" table:number-columns-repeated="16384"', "x")

    with pytest.raises(WorkbookError, match="so far apart"):
        sheet(f'<table:table-row table:number-rows-repeated="1048576">{x}</table:table-row>')


# --- .xls and .xlsb -------------------------------------------------------------------------------------------------


def test_an_xls_is_read_and_says_that_formats_are_unknown() -> None:
    workbook = open_xls("t.xls", xls({"S": [[None], [None, "x", 0.45, True]]}))
    grid = workbook.read("S")

    assert workbook.read_only == "an .xls file"
    assert (grid.top, grid.left, [list(row) for row in grid.rows]) == (2, 2, [["x", 0.45, True]])
    assert not grid.formats_known


@pytest.mark.parametrize("data", [xls({"S": [["x"]]})[:700], bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)])
def test_a_broken_xls_is_an_error_of_the_workbook(data: bytes) -> None:
    with pytest.raises(WorkbookError) as caught:
        open_xls("t.xls", data)

    assert caught.value.fix


@pytest.mark.parametrize(
    "data",
    [
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        xls({"S": [["x"]]}, password=True),
    ],
)
def test_a_workbook_with_a_password_says_so(data: bytes) -> None:
    with pytest.raises(WorkbookError, match="password"):
        open_xls("t.xls", data)


def test_a_panic_of_the_library_is_an_error_of_the_workbook() -> None:
    class PanicException(BaseException):
        """What calamine's Rust raises when it gives up."""

    def panic(error: BaseException) -> None:
        raise error

    with pytest.raises(WorkbookError, match="broken"):
        _guarded("t.xls", lambda: panic(PanicException()))
    with pytest.raises(KeyboardInterrupt):
        _guarded("t.xls", lambda: panic(KeyboardInterrupt()))
    with pytest.raises(WorkbookError, match="so far apart"):
        _guarded("t.xls", lambda: panic(Sprawling()))


def xlsb(cells: list[tuple[int, int, float]], *, part: bytes | None = None) -> bytes:
    """A binary workbook of one sheet of numbers: (row, column, value), counted from 0."""
    body = record(129, b"") + record(148, bytes(16)) + record(145, b"")
    for row, column, value in cells:
        body += record(0, struct.pack("<IIHHBI", row, 0, 0, 0, 0, 0)) + record(5, struct.pack("<IId", column, 0, value))
    body += record(146, b"") + record(130, b"")
    name = "S".encode("utf-16-le")
    rid = "rId1".encode("utf-16-le")
    bundle = struct.pack("<III", 0, 1, 4) + rid + struct.pack("<I", 1) + name
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.bin"/></Relationships>'
    )
    listed, ends = record(156, bundle), record(144, b"") + record(132, b"")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            zipfile.ZipInfo("xl/workbook.bin"), b"".join((record(131, b""), record(143, b""), listed, ends))
        )
        archive.writestr(zipfile.ZipInfo("xl/_rels/workbook.bin.rels"), relations)
        archive.writestr(zipfile.ZipInfo("xl/worksheets/sheet1.bin"), body if part is None else part)
    return made.getvalue()


def record(kind: int, content: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(content)]) + content


def test_an_xlsb_is_read() -> None:
    workbook = open_xlsb("t.xlsb", xlsb([(1, 1, 4.5)]), LIMITS)

    assert workbook.read("S").value(2, 2) == 4.5
    assert workbook.read_only == "an .xlsb file"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (xlsb([(1_048_575, 16_383, 1.0)]), "so far apart"),
        (xlsb([])[:100], "incomplete"),
        (xlsb([], part=b"\x80\x80\x80\x80\x80\x80"), "cannot be read"),
    ],
)
def test_an_xlsb_that_cannot_be_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(WorkbookError, match=words):
        open_xlsb("t.xlsb", data, LIMITS).read("S")


# --- what a file is -------------------------------------------------------------------------------------------------

XLSX = book({"S": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')})
PAGE = b"<!DOCTYPE html><html><table><tr><td>OKRs</td></tr></table></html>"


def opened(folder: Path, name: str, data: bytes) -> list[str]:
    (folder / name).write_bytes(data)
    return list(open_workbook(folder / name, name, LIMITS).sheet_names())


def test_every_ending_that_counts_as_a_workbook_has_its_opener() -> None:
    assert set(OPENERS) == set(WORKBOOK_ENDINGS)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("S.xlsx", XLSX),
        ("S.XLSM", XLSX),
        ("S.xls", xls({"S": [["x"]]})),
        ("S.xlsb", xlsb([(0, 0, 1.0)])),
        ("S.csv", b"a,b\n1,2\n"),
        ("S.tsv", b"a\tb\n"),
        ("S.ods", ods('<table:table table:name="S"/>')),
        ("S.okrs", XLSX),
        ("S.okrs", xls({"S": [["x"]]})),
        ("S.okrs", xlsb([(0, 0, 1.0)])),
        ("S.okrs", ods('<table:table table:name="S"/>')),
        ("S.txt", b"a,b\n1,2\n"),
        ("S", b"a,b\n1,2\n"),
    ],
)
def test_a_file_is_opened_by_its_ending_an_unknown_one_by_its_content(name: str, data: bytes, tmp_path: Path) -> None:
    assert opened(tmp_path, name, data) == ["S"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("t.xlsx", PAGE, "web page"),
        ("t.xlsx", b"a,b\n1,2\n", "CSV"),
        ("t.xlsx", xls({"S": [["x"]]}), "97-2003"),
        ("t.xlsx", b"", "empty"),
        ("t.csv", b"\0\0\0", "empty"),
        ("t.xls", XLSX, "rename it to end in .xlsx"),
        ("t.xls", PAGE, "web page"),
        ("t.xlsb", b"a,b\n", "rename it to end in .csv"),
        ("t.ods", b"text", "OpenDocument"),
        ("t.csv", XLSX, "rename it to end in .xlsx"),
        ("t.csv", xls({"S": [["x"]]}), "rename it to end in .xls"),
        ("t.okrs", PAGE, "web page"),
    ],
)
def test_a_file_that_is_not_what_it_is_called_says_so(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        opened(tmp_path, name, data)

    assert words in str(caught.value)


def test_a_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="folder"):
        open_workbook(tmp_path, "x", LIMITS)
    with pytest.raises(WorkbookError, match="no such file"):
        open_workbook(tmp_path / "none.xlsx", "none.xlsx", LIMITS)
    with pytest.raises(WorkbookError, match="cannot be read"):
        open_workbook(tmp_path / "a\0b.xlsx", "a.xlsx", LIMITS)


def test_standard_input_is_csv(tmp_path: Path) -> None:
    workbook = open_workbook(Path("stdin.csv"), "stdin.csv", LIMITS, data=b"KR;Now\nNPS;4\n")

    assert workbook.read("stdin").value(2, 2) == "4"
    with pytest.raises(WorkbookError, match="only CSV"):
        open_workbook(Path("stdin.csv"), "stdin.csv", LIMITS, data=XLSX)
