"""The workbook in memory keeps what is written as a file would."""

from __future__ import annotations

import dataclasses

import pytest
from msgspec.structs import replace

from okrsync.cells import Area, CellRef, CellValue, Grid, TableArea
from okrsync.edits import Block, BlockEdit, CellEdit, Look, MarkEdit, OwnSheet, Role, SheetEdit, SheetKind
from okrsync.errors import WorkbookError
from okrsync.owncontent import OwnCell, OwnContent
from okrsync.workbooks.memory import MemoryWorkbook, grid
from tests.drawn import drawn

BLOCK = Block(1, 2, dict(zip(Role, range(4, 9), strict=True)), marked=False)


def workbook() -> MemoryWorkbook:
    return MemoryWorkbook("team", {"S": drawn("| KR | Now |\n| NPS | 45 |")}, others=("Chart",))


def cell(row: int, column: int, before: CellValue, after: CellValue, sheet: str = "S") -> CellEdit:
    return CellEdit(CellRef("team", sheet, row, column), before, after, Look.SCORE)


def own(name: str, text: str, replaces: str | None = None) -> SheetEdit:
    return SheetEdit(SheetKind.SUMMARY, name, OwnContent(((OwnCell(text), OwnCell(3.0)),), (10.0,)), replaces)


def test_whole_numbers_become_float_and_empty_texts_blank() -> None:
    assert list(grid("S", [[1, "", True]]).rows) == [(1.0, None, True)]


def test_cells_are_written_also_beyond_what_was_used() -> None:
    book = workbook()

    book.write([cell(2, 2, 45.0, 50.0), cell(4, 5, None, "x"), cell(2, 1, "NPS", None)])

    assert [list(row) for row in book.read("S").rows] == [
        ["KR", "Now"],
        [None, 50.0],
        [],
        [None, None, None, None, "x"],
    ]
    assert [len(edits) for edits in book.written] == [3]


def test_all_or_nothing() -> None:
    book = workbook()

    with pytest.raises(WorkbookError, match="changed while"):
        book.write([cell(2, 2, 45.0, 50.0), cell(2, 2, 45.0, 51.0)])

    assert book.read("S").value(2, 2) == 45.0
    assert book.written == []


def test_a_block_is_marked_and_marked_again_in_its_place() -> None:
    book = workbook()
    edit = BlockEdit("S", BLOCK, Area(1, 1, 2, 2), False, {}, True)

    book.write([edit])
    book.write([replace(edit, block=replace(BLOCK, last_row=9))])

    assert book.marks().blocks == {"S": (replace(BLOCK, last_row=9, marked=True),)}


def test_a_block_that_joins_makes_filter_and_table_wider() -> None:
    listed = TableArea("T", Area(1, 1, 2, 2))
    far = TableArea("F", Area(20, 1, 22, 2))
    sheet: Grid = replace(grid("S", [["KR"]]), filter=Area(1, 1, 2, 2), tables=(listed, far))
    book = MemoryWorkbook("team", {"S": sheet})

    book.write([BlockEdit("S", BLOCK, Area(1, 1, 2, 2), True, {}, True)])

    assert book.read("S").filter == Area(1, 1, 2, 8)
    assert [table.area.right for table in book.read("S").tables] == [8, 2]


def test_our_sheets_are_added_last_and_replaced_where_they_stand() -> None:
    book = workbook()

    book.write([own("OKR Summary", "first"), MarkEdit("2026-Q4")])
    book.write([own("OKRs", "second", replaces="OKR Summary")])

    assert list(book.all_sheet_names()) == ["S", "OKRs", "Chart"]
    assert book.read("OKRs").value(1, 1) == "second"
    assert book.marks().sheets == {SheetKind.SUMMARY: OwnSheet("OKRs", area=Area(1, 1, 1, 2))}
    assert book.marks().cycle == "2026-Q4"


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (cell(1, 1, None, 1.0, sheet="gone"), "no sheet"),
        (own("chart", "x"), "exists already"),
        (own("x", "x", replaces="gone"), "no sheet"),
    ],
)
def test_what_cannot_be_written_is_said(edit: CellEdit | SheetEdit, words: str) -> None:
    with pytest.raises(WorkbookError, match=words):
        workbook().write([edit])


def test_a_read_only_workbook_is_not_written() -> None:
    book = dataclasses.replace(workbook(), read_only="an .ods file")

    with pytest.raises(WorkbookError, match=r"\.ods"):
        book.write([cell(2, 2, 45.0, 50.0)])
