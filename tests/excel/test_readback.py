"""What was written is read back by another reader: a cell that is not as it must be is named."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

import pytest
from python_calamine import CalamineError, CalamineWorkbook

from okrsync.cells import CellRef, CellValue, Grid
from okrsync.config import Limits
from okrsync.edits import CellEdit, Look
from okrsync.owncontent import OwnCell, OwnContent
from okrsync.workbooks.excel.grid import read_sheets
from okrsync.workbooks.excel.readback import Differs, read_back
from tests.excel.handmade import members, worksheet, zipped

ROWS = (
    '<row r="2"><c r="B2" t="inlineStr"><is><t>Goal</t></is></c><c r="C2"><v>3</v></c>'
    '<c r="E2" t="b"><v>1</v></c></row>'
    '<row r="4"><c r="B4" t="e"><v>#DIV/0!</v></c><c r="C4" s="1"><v>46000</v></c></row>'
)
DONE = '<row r="9"><c r="A9"><v>1</v></c></row>'
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2">'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def book(rows: str = ROWS, *more: str) -> bytes:
    return zipped(members({"Q4": worksheet(rows)} | {name: worksheet("") for name in more}, styles=STYLES))


def ours(data: bytes) -> Mapping[str, Grid]:
    return read_sheets("team.xlsx", data, Limits())


def check(
    new: bytes, *edits: tuple[int, int, CellValue], sheets: tuple[str, ...] = ("Q4",), old: bytes = book()
) -> None:
    made = [CellEdit(CellRef("team.xlsx", "Q4", row, column), None, value, Look.TEXT) for row, column, value in edits]
    read_back(old, new, {"Q4": ours(old)["Q4"]}, made, sheets, ours)


def with_cell(place: str, content: str) -> bytes:
    return book(ROWS.replace("</row>", f'<c r="{place}{content}</c></row>', 1))


def test_the_intended_cells_beside_those_that_were_there_are_right() -> None:
    check(book())
    check(with_cell("F2", '"><v>0.5</v>'), (2, 6, 0.5))
    check(with_cell("F2", '" t="inlineStr"><is><t>a_x005F_x0041_</t></is>'), (2, 6, "a_x0041_"))
    check(with_cell("F2", '" t="inlineStr"><is><t>b\ufffd</t></is>'), (2, 6, "b\ud800"))
    check(book(ROWS.replace("<v>3</v>", "")), (2, 3, None))
    check(book(ROWS + '<row r="9"><c r="A9"><v>1</v></c></row>'), (9, 1, 1.0))


@pytest.mark.parametrize(
    ("new", "edit", "said"),
    [
        (book(), (2, 6, 0.5), "'Q4'!F2 was not written as intended"),
        (book(), (9, 1, 0.5), "row 9 of 'Q4' was not written"),
        (with_cell("F2", '"><v>0.25</v>'), (2, 6, 0.5), "'Q4'!F2 was not written as intended"),
        (book(), (2, 3, None), "'Q4'!C2 was not written as intended"),
        (with_cell("F2", '"><v>1</v>'), (2, 5, True), "'Q4'!F2 has changed"),
        (book(ROWS.replace("Goal", "Coal")), (2, 5, True), "'Q4'!B2 has changed"),
        (book(ROWS.replace('t="e"', "").replace("#DIV/0!", "4")), (2, 5, True), "'Q4'!B4 has changed"),
        (book(ROWS.replace(' s="1"', "")), (2, 5, True), "'Q4'!C4 has changed"),
        (book(ROWS[: ROWS.index('<row r="4"')]), (2, 5, True), "'Q4'!C4 has changed"),
    ],
)
def test_a_cell_that_is_not_as_it_must_be_is_named(new: bytes, edit: tuple[int, int, CellValue], said: str) -> None:
    with pytest.raises(Differs, match=re.escape(said)):
        check(new, edit)


def test_sheets_that_are_missing_or_out_of_order_are_seen() -> None:
    check(book(ROWS, "OKR Summary"), sheets=("Q4", "OKR Summary"))
    with pytest.raises(Differs, match="sheets"):
        check(book(), sheets=("Q4", "OKR Summary"))


def test_a_workbook_that_python_calamine_cannot_read_is_read_by_our_own_reader() -> None:
    def unreadable(rows: str) -> bytes:
        made = members({"Q4": worksheet(rows), "Broken": worksheet("")}, styles=STYLES)
        made["xl/sharedStrings.xml"] = b"<sst><si><t>x</si></sst>"
        return zipped(made)

    with pytest.raises(CalamineError):
        CalamineWorkbook.from_filelike(io.BytesIO(unreadable(ROWS)))
    new = unreadable(ROWS.replace("<v>3</v>", "<v>4</v>"))

    check(new, (2, 3, 4.0), sheets=("Q4", "Broken"), old=unreadable(ROWS))
    with pytest.raises(Differs, match="C2"):
        check(new, (2, 3, 5.0), sheets=("Q4", "Broken"), old=unreadable(ROWS))
    with pytest.raises(Differs, match="sheets"):
        check(new, (2, 3, 4.0), sheets=("Q4",), old=unreadable(ROWS))


@pytest.mark.parametrize("number", ["NaN", "INF", "-inf", "1e400"])
def test_a_number_that_is_none_stays_what_it_was(number: str) -> None:
    old, new = (book(ROWS.replace("<v>3</v>", f"<v>{number}</v>") + more) for more in ("", DONE))

    check(new, (9, 1, 1.0), old=old)
    with pytest.raises(Differs, match="C2"):
        check(book(ROWS + DONE), (9, 1, 1.0), old=old)


def test_a_row_that_python_calamine_chokes_on_is_read_by_our_own_reader() -> None:
    """A length of time beyond all days that Python knows."""
    rows, styles = ROWS.replace("46000", "1e300"), STYLES.replace('"14"', '"46"')
    old, new, other = (
        zipped(members({"Q4": worksheet(body)}, styles=styles))
        for body in (rows, rows + DONE, rows.replace("Goal", "Coal") + DONE)
    )

    check(new, (9, 1, 1.0), old=old)
    with pytest.raises(Differs, match="B2"):
        check(other, (9, 1, 1.0), old=old)


@pytest.mark.parametrize("calamine", [True, False])
def test_a_sheet_of_ours_must_say_what_it_should(calamine: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> CalamineWorkbook:
        raise CalamineError("cannot be read")

    if not calamine:
        monkeypatch.setattr(CalamineWorkbook, "from_filelike", refuse)
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Score</t></is></c><c r="B1"><v>0.5</v></c></row>'
    new = zipped(members({"Q4": worksheet(ROWS), "OKR Summary": worksheet(rows)}, styles=STYLES))
    said = OwnContent(((OwnCell("Score"), OwnCell(0.5)),), (9.0, 9.0))
    meant = OwnContent(((OwnCell("Score"), OwnCell(0.6)),), (9.0, 9.0))

    read_back(book(), new, {}, [], ["Q4", "OKR Summary"], ours, {"OKR Summary": said})
    with pytest.raises(Differs, match="'OKR Summary' does not say what it should"):
        read_back(book(), new, {}, [], ["Q4", "OKR Summary"], ours, {"OKR Summary": meant})
