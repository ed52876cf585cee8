"""What every adapter promises, whatever kind of workbook it opens. A new adapter is done when it passes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from okrsync.cells import CellError, CellRef, CellValue
from okrsync.config import Limits
from okrsync.edits import CellEdit, Look, Marks, Workbook
from okrsync.errors import WorkbookError
from okrsync.workbooks.memory import MemoryWorkbook
from okrsync.workbooks.openers import open_workbook
from tests.drawn import drawn
from tests.otherfiles import ods, ods_table, xls

OKRS = drawn(
    """
    | Objective | Key result | Now   | Done  |
    |-----------|------------|-------|-------|
    | Grow      | NPS        | 45    | TRUE  |
    |           | Churn      | 0.5   | FALSE |
    |           |            |       |       |
    | 增长       | "12"       | -7.25 |       |
    """
)
NOTES = drawn("| a note |")
SHEETS: Mapping[str, list[list[CellValue]]] = {"Q4 OKRs": OKRS, "It's 😀": NOTES, "Hidden": NOTES, "Last": []}
DAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Kind:
    """One adapter: how to make a workbook of these sheets, `Hidden` hidden, and what this kind of file can say."""

    name: str
    make: Callable[[Mapping[str, list[list[CellValue]]], Path], Workbook]
    broken: bytes | None
    errors: bool = True
    writes: bool = False


def _in_memory(sheets: Mapping[str, list[list[CellValue]]], folder: Path) -> Workbook:
    return MemoryWorkbook("team", sheets, hidden=frozenset({"Hidden"}))


def _opened(folder: Path, name: str, data: bytes) -> Workbook:
    path = folder / name
    path.write_bytes(data)
    return open_workbook(path, name, Limits())


def _xlsxwriter(sheets: Mapping[str, list[list[CellValue]]], folder: Path, constant_memory: bool = False) -> Workbook:
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "constant_memory": constant_memory})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name == "Hidden":
            sheet.hide()
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(i, j, value, day)
                elif isinstance(value, CellError):
                    sheet.write_formula(i, j, "=1/0", None, value.code)
                elif isinstance(value, str):
                    sheet.write_string(i, j, value)
                elif value is not None:
                    sheet.write(i, j, value)
    book.close()
    return _opened(folder, "team.xlsx", made.getvalue())


def _constant_memory(sheets: Mapping[str, list[list[CellValue]]], folder: Path) -> Workbook:
    return _xlsxwriter(sheets, folder, constant_memory=True)


def _openpyxl(sheets: Mapping[str, list[list[CellValue]]], folder: Path) -> Workbook:
    import openpyxl

    made = io.BytesIO()
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        if name == "Hidden":
            sheet.sheet_state = "veryHidden"
        for i, row in enumerate(rows, 1):
            for j, value in enumerate(row, 1):
                if value is not None:
                    cell = sheet.cell(i, j)
                    cell.value = value.code if isinstance(value, CellError) else value
    book.save(made)
    return _opened(folder, "team.xlsm", made.getvalue())


def _ods(sheets: Mapping[str, list[list[CellValue]]], folder: Path) -> Workbook:
    no = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="no" style:family="table">{no}</style:style>'
    tables = "".join(ods_table(name, rows, "no" if name == "Hidden" else "") for name, rows in sheets.items())
    return _opened(folder, "team.ods", ods(tables, styles))


def _xls(sheets: Mapping[str, list[list[CellValue]]], folder: Path) -> Workbook:
    return _opened(folder, "team.xls", xls(dict(sheets), frozenset({"Hidden"})))


KINDS = (
    Kind("memory", _in_memory, None, writes=True),
    Kind("xlsxwriter", _xlsxwriter, b"PK\3\4 broken", writes=True),
    Kind("xlsxwriter-inline", _constant_memory, b"PK\3\4 broken", writes=True),
    Kind("openpyxl", _openpyxl, b"PK\3\4 broken", writes=True),
    Kind("ods", _ods, b"PK\3\4 broken"),
    Kind("xls", _xls, bytes.fromhex("d0cf11e0a1b11ae1") + b"broken", errors=False),
)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@every_kind
def test_values_are_what_was_put_in_and_blank_is_none(kind: Kind, tmp_path: Path) -> None:
    grid = kind.make(SHEETS, tmp_path).read("Q4 OKRs")

    assert {(row, column): value for row, column, value in grid.filled()} == {
        (i, j): value for i, row in enumerate(OKRS, 1) for j, value in enumerate(row, 1) if value is not None
    }
    assert [type(grid.value(row, 3)) for row in (2, 3)] == [float, float]
    assert [grid.value(row, 4) for row in (2, 3)] == [True, False]
    assert grid.value(5, 2) == "12"
    assert (grid.value(3, 1), grid.value(4, 1), grid.value(99, 99)) == (None, None, None)


@every_kind
def test_a_date_is_a_date(kind: Kind, tmp_path: Path) -> None:
    grid = kind.make({"S": [[DAY]]}, tmp_path).read("S")

    assert grid.value(1, 1) == DAY
    assert type(grid.value(1, 1)) is date


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.errors], ids=lambda kind: kind.name)
def test_an_error_value_is_no_blank(kind: Kind, tmp_path: Path) -> None:
    grid = kind.make({"S": [["x", CellError("#DIV/0!")]]}, tmp_path).read("S")

    assert grid.value(1, 2) == CellError("#DIV/0!")


@every_kind
def test_sheets_come_in_their_order_and_hidden_ones_are_named(kind: Kind, tmp_path: Path) -> None:
    workbook = kind.make(SHEETS, tmp_path)

    assert list(workbook.sheet_names()) == ["Q4 OKRs", "It's 😀", "Last"]
    assert list(workbook.hidden_sheets()) == ["Hidden"]
    assert list(workbook.all_sheet_names()) == list(SHEETS)
    assert workbook.read("Hidden").value(1, 1) == "a note"


@every_kind
def test_an_empty_sheet_is_an_empty_grid(kind: Kind, tmp_path: Path) -> None:
    grid = kind.make(SHEETS, tmp_path).read("Last")

    assert list(grid.filled()) == []
    assert (grid.top, grid.left, grid.bottom, grid.right) == (1, 1, 0, 0)


@every_kind
def test_the_grid_begins_at_the_first_used_cell(kind: Kind, tmp_path: Path) -> None:
    grid = kind.make({"S": [[], [None, None, "x"], [None, "y"]]}, tmp_path).read("S")

    assert (grid.top, grid.left, grid.bottom, grid.right) == (2, 2, 3, 3)
    assert [list(row) for row in grid.rows] == [[None, "x"], ["y"]]


@every_kind
def test_the_same_sheet_is_the_same_grid_and_a_second_opening_an_equal_one(kind: Kind, tmp_path: Path) -> None:
    workbook, again = kind.make(SHEETS, tmp_path), kind.make(SHEETS, tmp_path)

    assert workbook.read("Q4 OKRs") is workbook.read("Q4 OKRs")
    assert workbook.read("Q4 OKRs") == again.read("Q4 OKRs")
    assert workbook.read("Q4 OKRs") != kind.make({"Q4 OKRs": [["other"]]}, tmp_path).read("Q4 OKRs")


@every_kind
def test_formats_and_formulas_may_be_asked_for_any_column(kind: Kind, tmp_path: Path) -> None:
    grid = kind.make(SHEETS, tmp_path).read("Q4 OKRs")

    assert grid.format(2, 3) == "General"
    assert grid.formulas_of(999) == frozenset()


@every_kind
def test_a_sheet_that_is_not_there_is_said_with_those_that_are(kind: Kind, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="Q4 OKRs") as caught:
        kind.make(SHEETS, tmp_path).read("Q9")

    assert caught.value.fix


@every_kind
def test_a_fresh_workbook_bears_no_marks(kind: Kind, tmp_path: Path) -> None:
    assert kind.make(SHEETS, tmp_path).marks() == Marks()


@every_kind
def test_no_edits_touch_nothing(kind: Kind, tmp_path: Path) -> None:
    workbook = kind.make(SHEETS, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    workbook.write([])

    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@every_kind
def test_an_edit_is_written_or_refused_with_a_fix(kind: Kind, tmp_path: Path) -> None:
    workbook = kind.make(SHEETS, tmp_path)
    edit = CellEdit(CellRef(workbook.name, "Q4 OKRs", 2, 6), None, 0.47, Look.PERCENT, like=3)

    if kind.writes:
        workbook.write([edit])

        assert workbook.read_only is None
        assert workbook.read("Q4 OKRs").value(2, 6) == 0.47
        assert workbook.read("Q4 OKRs").value(2, 3) == 45.0
    else:
        with pytest.raises(WorkbookError, match="only reads") as caught:
            workbook.write([edit])

        assert workbook.read_only is not None
        assert caught.value.fix


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.broken], ids=lambda kind: kind.name)
def test_broken_files_are_errors_of_the_workbook(kind: Kind, tmp_path: Path) -> None:
    ending = {"ods": ".ods", "xls": ".xls"}.get(kind.name, ".xlsx")

    with pytest.raises(WorkbookError) as caught:
        _opened(tmp_path, f"broken{ending}", kind.broken or b"")

    assert caught.value.fix


def test_csv_promises_the_same_of_text(tmp_path: Path) -> None:
    workbook = _opened(tmp_path, "Q4 OKRs.csv", b"Objective,Key result,Now\nGrow,NPS,45\n,Churn,\n")
    grid = workbook.read("Q4 OKRs")

    assert list(workbook.sheet_names()) == ["Q4 OKRs"]
    assert [list(row) for row in grid.rows] == [
        ["Objective", "Key result", "Now"],
        ["Grow", "NPS", "45"],
        [None, "Churn"],
    ]
    assert (workbook.read("Q4 OKRs") is grid, workbook.marks(), list(workbook.hidden_sheets())) == (True, Marks(), [])
    with pytest.raises(WorkbookError, match="only reads"):
        workbook.write([CellEdit(CellRef("x", "Q4 OKRs", 1, 9), None, 1.0, Look.SCORE)])
