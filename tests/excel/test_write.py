"""A workbook is written as a whole or not at all, and nothing in it changes but what is ours."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any  # arguments passed on as they come

import openpyxl
import pytest
import xlsxwriter

from okrsync.cells import Area, CellRef, CellValue
from okrsync.config import Limits
from okrsync.edits import Block, BlockEdit, CellEdit, Edit, Look, MarkEdit, Role, SheetEdit, SheetKind
from okrsync.errors import WorkbookError
from okrsync.owncontent import OwnCell, OwnContent, Tone
from okrsync.workbooks.excel.proof import prove
from okrsync.workbooks.excel.workbook import ExcelWorkbook
from tests.excel.handmade import members, unzipped, worksheet, zipped

SUMMARY = OwnContent(rows=((OwnCell("OKR Summary", Tone.TITLE),), (OwnCell(0.5, Tone.PERCENT),)), widths=(30.0,))
COLUMNS = {role: 5 + i for i, role in enumerate(Role)}
LOOKS = {
    Role.PROGRESS: Look.PERCENT,
    Role.SCORE: Look.SCORE,
    Role.STATUS: Look.TEXT,
    Role.EXPECTED: Look.PERCENT,
    Role.GAPS: Look.TEXT,
}


def team_workbook(path: Path, formula: str = "=C2*2") -> Path:
    """
    Q4 | A          | B           | C   | D             Notes: a text, a chart
    1  | Objective  | Key result  | Now | Twice
    2  | Grow       | Sell 5      | 2   | =C2*2 (4)
    3  |            | Keep NPS    | 30  |
    """
    book = xlsxwriter.Workbook(str(path))
    sheet, notes = book.add_worksheet("Q4"), book.add_worksheet("Notes")
    bold = book.add_format({"bold": True, "bg_color": "#DDEEFF"})
    sheet.write_row("A1", ["Objective", "Key result", "Now", "Twice"], bold)
    sheet.write_row("A2", ["Grow", "Sell 5", 2])
    sheet.write_formula("D2", formula, None, 4)
    sheet.write_row("B3", ["Keep NPS", 30])
    sheet.data_validation("C2:C9", {"validate": "decimal", "criteria": ">", "value": 0})
    sheet.autofilter("A1:D3")
    notes.write("A1", "ours alone")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "='Q4'!$C$2:$C$3"})
    notes.insert_chart("C3", chart)
    book.close()
    return path


def cell(row: int, column: int, after: CellValue, look: Look, sheet: str = "Q4") -> CellEdit:
    return CellEdit(CellRef("team.xlsx", sheet, row, column), None, after, look, 2)


def all_edits(replaces: str | None = None) -> list[Edit]:
    edits: list[Edit] = [cell(1, column, role.value.title(), Look.HEADER) for role, column in COLUMNS.items()]
    values: dict[Role, CellValue] = dict(zip(Role, (0.4, 0.4, "on track", 0.55, "no owner KR007"), strict=True))
    edits += [cell(row, COLUMNS[role], values[role], LOOKS[role]) for row in (2, 3) for role in Role]
    edits.append(BlockEdit("Q4", Block(1, 3, COLUMNS), Area(1, 1, 3, 4), True, {"on track": "green"}, True))
    edits += [SheetEdit(SheetKind.SUMMARY, "OKR Summary", SUMMARY, replaces), MarkEdit("2026-Q4")]
    return edits


def opened(path: Path) -> ExcelWorkbook:
    return ExcelWorkbook(path, path.name, Limits())


def test_everything_written_is_there_when_the_workbook_is_opened_again(tmp_path: Path) -> None:
    path = team_workbook(tmp_path / "team.xlsx")

    opened(path).write(all_edits())

    again = opened(path)
    assert list(again.sheet_names()) == ["Q4", "Notes", "OKR Summary"]
    assert [list(row) for row in again.read("Q4").rows] == [
        ["Objective", "Key result", "Now", "Twice", "Progress", "Score", "Status", "Expected", "Gaps"],
        ["Grow", "Sell 5", 2.0, 4.0, 0.4, 0.4, "on track", 0.55, "no owner KR007"],
        [None, "Keep NPS", 30.0, None, 0.4, 0.4, "on track", 0.55, "no owner KR007"],
    ]
    assert again.read("Q4").filter == Area(1, 1, 3, 9)
    assert again.read("Q4").format(2, 5) == "0%"
    marks = again.marks()
    assert marks.blocks == {"Q4": (Block(1, 3, COLUMNS),)}
    assert marks.cycle == "2026-Q4"
    assert [sheet.name for sheet in marks.sheets.values() if sheet is not None] == ["OKR Summary"]


def test_only_parts_that_must_change_change(tmp_path: Path) -> None:
    path = team_workbook(tmp_path / "team.xlsx")
    before = unzipped(path.read_bytes())

    opened(path).write(all_edits())

    after = unzipped(path.read_bytes())
    assert before.keys() <= after.keys()
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    assert [sheet.title for sheet in book] == ["Q4", "Notes", "OKR Summary"]
    assert book["Q4"]["E1"].font.b
    assert str(book["Q4"].data_validations.dataValidation[0].sqref) == "C2:C9"


def test_no_edits_do_not_touch_the_file(tmp_path: Path) -> None:
    path = team_workbook(tmp_path / "team.xlsx")
    before = (path.read_bytes(), path.stat().st_mtime_ns)

    opened(path).write([])

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_one_workbook_can_be_written_twice_and_reads_what_was_written(tmp_path: Path) -> None:
    path = team_workbook(tmp_path / "team.xlsx")
    workbook = opened(path)

    workbook.write([cell(2, 5, 1.0, Look.SCORE)])
    workbook.write([cell(3, 5, "x", Look.TEXT)])

    assert [workbook.read("Q4").value(row, 5) for row in (2, 3)] == [1.0, "x"]


def test_the_backup_is_made_before_the_file_is_replaced(tmp_path: Path) -> None:
    path = team_workbook(tmp_path / "team.xlsx")
    old = path.read_bytes()
    kept: list[tuple[Path, bool, bytes]] = []

    def keep(where: Path, was: bytes, will: bytes) -> Callable[[], None]:
        kept.append((where, path.read_bytes() == was == old, will))
        return lambda: None

    ExcelWorkbook(path, "team.xlsx", Limits(), keep).write([cell(2, 5, 1.0, Look.SCORE)])

    assert kept == [(path, True, path.read_bytes())]


def test_when_the_backup_cannot_be_made_nothing_is_written(tmp_path: Path) -> None:
    path = team_workbook(tmp_path / "team.xlsx")
    old = path.read_bytes()

    def full(_path: Path, _was: bytes, _will: bytes) -> Callable[[], None]:
        raise WorkbookError("team.xlsx", "the disk is full", "free some space.")

    with pytest.raises(WorkbookError, match="disk is full"):
        ExcelWorkbook(path, "team.xlsx", Limits(), full).write([cell(2, 5, 1.0, Look.SCORE)])
    assert path.read_bytes() == old


REFUSALS: dict[str, tuple[Sequence[Edit], str]] = {
    "a formula": ([cell(2, 5, 1.0, Look.SCORE), cell(2, 4, 1.0, Look.SCORE)], "'Q4'!D2 holds a formula"),
    "a sheet that is gone": ([cell(2, 5, 1.0, Look.SCORE, "Q5")], "no worksheet 'Q5'"),
    "our sheet that is gone": (all_edits("OKR Summary"), "OKR Summary"),
    "no number": ([cell(2, 5, float("nan"), Look.SCORE)], "nan"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_written_safely_is_refused_as_a_whole(tmp_path: Path, case: str) -> None:
    path = team_workbook(tmp_path / "team.xlsx")
    old = path.read_bytes()
    edits, said = REFUSALS[case]

    with pytest.raises(WorkbookError, match=said) as refused:
        opened(path).write(edits)

    assert refused.value.where == "team.xlsx"
    assert "Fix: " in str(refused.value)
    assert path.read_bytes() == old
    assert [entry.name for entry in tmp_path.iterdir()] == ["team.xlsx"]


def handmade(path: Path, body: str, before: str = "", **parts: bytes) -> bytes:
    made = members({"Q4": worksheet(body, before), "Other": worksheet("")})
    data = zipped(made | {f"xl/{name}.xml": content for name, content in parts.items()})
    path.write_bytes(data)
    return data


def test_a_part_that_no_program_writes_so_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    old = handmade(path, "", '<cols><col min="1" max="9" style="blue"/></cols>')

    with pytest.raises(WorkbookError, match="does not understand"):
        opened(path).write([cell(1, 1, 1.0, Look.SCORE)])
    assert path.read_bytes() == old


def test_nothing_is_written_when_the_result_reads_otherwise_than_meant(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    old = handmade(path, '<row r="1"/><row r="2"/><row r="1"><c r="A1"><v>7</v></c></row>')

    with pytest.raises(WorkbookError, match="proof failed"):
        opened(path).write([cell(1, 1, 1.0, Look.SCORE)])
    assert path.read_bytes() == old


def test_a_workbook_that_python_calamine_refuses_is_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    handmade(path, '<row r="1"><c r="A1"><v>7</v></c></row>', sharedStrings=b"<sst><si><t>x</si></sst>")

    opened(path).write([cell(1, 2, 1.0, Look.SCORE)])

    assert [list(row) for row in opened(path).read("Q4").rows] == [[7.0, 1.0]]


def test_edits_that_change_nothing_do_not_touch_the_file(tmp_path: Path) -> None:
    path = team_workbook(tmp_path / "team.xlsx")
    opened(path).write([MarkEdit("2026-Q4")])
    before = path.stat().st_mtime_ns, path.stat().st_ino

    opened(path).write([MarkEdit("2026-Q4"), cell(9, 9, None, Look.BLANK)])

    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_a_workbook_that_changed_since_it_was_read_is_not_written(tmp_path: Path) -> None:
    path = team_workbook(tmp_path / "team.xlsx")
    workbook = opened(path)
    team_workbook(path, "=C2*3")
    changed = path.read_bytes()

    with pytest.raises(WorkbookError, match="changed"):
        workbook.write([cell(2, 5, 1.0, Look.SCORE)])
    assert path.read_bytes() == changed


def test_protected_structure_forbids_a_new_sheet_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    made = members({"Q4": worksheet("")})
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b"<sheets>", b'<workbookProtection lockStructure="1"/><sheets>'
    )
    path.write_bytes(zipped(made))

    with pytest.raises(WorkbookError, match="structure is protected"):
        opened(path).write([SheetEdit(SheetKind.GAPS, "OKR Gaps", SUMMARY)])
    opened(path).write([cell(1, 1, "ok", Look.HEADER)])

    assert opened(path).read("Q4").value(1, 1) == "ok"


@pytest.mark.parametrize(
    ("formula", "marked"), [("=C2*2", False), ("=SUM(E2:E3)", True), ("=COUNTA(2:2)", True), ("=INDIRECT(A1)", True)]
)
def test_programs_recalculate_when_a_formula_may_depend_on_us(tmp_path: Path, formula: str, marked: bool) -> None:
    path = tmp_path / "team.xlsx"
    handmade(path, f'<row r="2"><c r="D2"><f>{formula[1:]}</f><v>4</v></c></row>')

    opened(path).write([cell(2, 5, 1.0, Look.SCORE)])

    assert (b"fullCalcOnLoad" in unzipped(path.read_bytes())["xl/workbook.xml"]) is marked


def test_formulas_that_name_our_columns_of_a_table_recalculate(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Q4")
    sheet.add_table("A1:B3", {"name": "Okrs", "columns": [{"header": "KR"}, {"header": "Score"}]})
    sheet.write_formula("H1", "=SUM(Okrs[Score])", None, 0)
    book.close()
    with zipfile.ZipFile(path) as made:
        parts = {name: made.read(name).replace(b' fullCalcOnLoad="1"', b"") for name in made.namelist()}
    path.write_bytes(zipped(parts))

    opened(path).write([cell(9, 9, "elsewhere", Look.TEXT)])
    assert b"fullCalcOnLoad" not in unzipped(path.read_bytes())["xl/workbook.xml"]
    opened(path).write([cell(2, 2, 0.5, Look.SCORE)])
    assert b"fullCalcOnLoad" in unzipped(path.read_bytes())["xl/workbook.xml"]


def test_styles_that_are_promised_and_missing_are_put_where_they_were_to_be(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    made = members({"Q4": worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')})
    del made["xl/styles.xml"]
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(b"styles.xml", b"look/st.xml")
    path.write_bytes(zipped(made))

    ExcelWorkbook(path, path.name, Limits()).write([cell(1, 5, 0.5, Look.PERCENT)])

    now = unzipped(path.read_bytes())
    assert b"<cellXfs" in now["xl/look/st.xml"]
    assert now["xl/_rels/workbook.xml.rels"] == made["xl/_rels/workbook.xml.rels"]
    assert b'PartName="/xl/look/st.xml"' in now["[Content_Types].xml"]


def test_a_workbook_without_styles_gets_some(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    made = members({"Q4": worksheet('<row r="1"><c r="B1"><v>1</v></c></row>')})
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(b"/styles", b"/theme")
    path.write_bytes(zipped(made))

    opened(path).write([cell(1, 3, 0.5, Look.PERCENT)])

    assert "xl/styles1.xml" in unzipped(path.read_bytes())
    assert opened(path).read("Q4").format(1, 3) == "0%"


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    workbook = opened(team_workbook(tmp_path / "team.xlsx"))

    assert (workbook.name, workbook.read_only, list(workbook.hidden_sheets())) == ("team.xlsx", None, [])
    assert list(workbook.all_sheet_names()) == ["Q4", "Notes"]
    with pytest.raises(WorkbookError, match="it has: 'Q4', 'Notes'"):
        workbook.read("Q5")


def test_a_cell_of_ours_with_nothing_to_say_has_its_neighbours_border_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        boxed = book.add_format({"border": 1, "bg_color": "#DDEEFF"})
        sheet = book.add_worksheet("Q4")
        for row, values in enumerate((["Objective", "Key result"], ["Grow", "Sell 5"], ["Grow", "Keep NPS"])):
            sheet.write_row(row, 0, values, boxed)
    edits: list[Edit] = [
        cell(2, COLUMNS[Role.SCORE], 0.4, Look.SCORE),
        cell(2, COLUMNS[Role.STATUS], "on track", Look.TEXT),
    ]
    edits.append(BlockEdit("Q4", Block(1, 3, COLUMNS), Area(1, 1, 3, 2), False, {"on track": "green"}, True))

    opened(path).write(edits)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = openpyxl.load_workbook(path)["Q4"]
    assert [sheet.cell(2, column).border.bottom.style for column in range(5, 10)] == ["thin"] * 5
    assert [sheet.cell(2, column).value for column in range(5, 10)] == [None, 0.4, "on track", None, None]
    assert sheet.cell(3, 5).border.bottom.style is None


def test_a_replace_that_fails_takes_its_backup_away_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = team_workbook(tmp_path / "team.xlsx")
    before, forgotten = path.read_bytes(), []

    def keep(path: Path, old: bytes, new: bytes) -> Callable[[], None]:
        return lambda: forgotten.append(path.name)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("open in Excel")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(WorkbookError):
        ExcelWorkbook(path, path.name, Limits(), keep).write(all_edits())

    assert forgotten == ["team.xlsx"]
    assert path.read_bytes() == before


def test_a_workbook_that_somebody_opens_while_it_is_being_proved_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = team_workbook(tmp_path / "team.xlsx")
    before = path.read_bytes()

    def prove_while_jan_opens_it(*arguments: Any) -> None:
        (tmp_path / "~$team.xlsx").write_bytes(b"\x03Jan".ljust(55))
        prove(*arguments)

    monkeypatch.setattr("okrsync.workbooks.excel.workbook.prove", prove_while_jan_opens_it)

    with pytest.raises(WorkbookError, match="Jan has it open"):
        opened(path).write(all_edits())

    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["team.xlsx", "~$team.xlsx"]
