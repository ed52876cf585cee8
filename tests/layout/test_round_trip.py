"""Every golden sheet as a real workbook: synced, it says the same OKRs, and a second sync finds nothing to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from okrsync.cells import CellError, Grid, Uncached
from tests.read_sheets import drawn
from tests.workbooks import cells, edits, okrsync, synced, texts, written

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "sheet.txt").exists())


def workbook(path: Path, case: str) -> Path:
    """The drawing of a golden folder as a workbook."""
    read = drawn((GOLDEN / case / "sheet.txt").read_text(encoding="utf-8"))
    with written(path) as book:
        for name, grid in read.workbook.grids.items():  # type: ignore[attr-defined]
            sheet = book.add_worksheet(name)
            _write(book, sheet, grid)
            if name in read.workbook.hidden_sheets():
                sheet.hide()
    return path


def _write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, grid: Grid) -> None:
    merged = {(area.top, area.left): area for area in grid.merges}
    for row, column, value in grid.filled():
        code = "yyyy-mm-dd" if isinstance(value, date) else grid.format(row, column)
        style = book.add_format({} if code == "General" else {"num_format": code})
        if (area := merged.get((row, column))) is not None:
            sheet.merge_range(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, "", style)
        at = row - 1, column - 1
        if isinstance(value, CellError):
            sheet.write_formula(*at, "=1/0", style, str(value))
        elif isinstance(value, Uncached):
            sheet.write_formula(*at, "=1+1", style, "")
        elif isinstance(value, date):
            sheet.write_datetime(*at, value, style)
        else:
            sheet.write(*at, value, style)


def said(path: Path) -> Sequence[object]:
    """What the OKRs of a workbook say, and where."""
    ran = okrsync("read", path, "--json")
    found = []
    for objective in [*ran.json["objectives"], *ran.json.get("other_cycles", ())]:
        results = [
            (k["title"], k["baseline"], k["target"], k["current"], k["owner"], k["at"])
            for k in objective["key_results"]
        ]
        found.append((objective["title"], objective["cycle"], objective["team"], objective["at"], results))
    return found


@pytest.mark.parametrize("case", CASES)
def test_a_synced_workbook_says_the_same_and_stays_as_it_is(tmp_path: Path, case: str) -> None:
    path = workbook(tmp_path / "team.xlsx", case)
    before = said(path)
    if not before:
        assert okrsync("sync", path).code == 2
        return

    synced(path)

    assert said(path) == before
    assert edits(path) == []


def test_our_columns_stand_beside_each_card(tmp_path: Path) -> None:
    path = workbook(tmp_path / "team.xlsx", "cards_ja")

    synced(path)

    rows = cells(path, "OKR")
    assert [row[5] for row in rows if row[1] == "主要な成果"] == ["Progress", "Progress"]
    assert [row[5] for row in rows if row[1] == "北部の店舗数"] == [0.666667]


def test_the_columns_of_a_table_with_bands_are_those_of_the_cycle_that_holds_today(tmp_path: Path) -> None:
    path = workbook(tmp_path / "team.xlsx", "bands_two_rows_en")

    synced(path)

    progress = {row[1]: row[10] for row in cells(path, "Growth")[3:]}
    assert progress["Unsold loaves a day"] == pytest.approx((66 - 52) / (66 - 40), abs=1e-6)
    assert progress["Flour per loaf in g"] is None  # of the third quarter alone
    assert progress["Shops in the north"] == pytest.approx(0.4)


@pytest.mark.parametrize("case", ["wide_numbered_ko", "matrix_pt"])
def test_key_results_side_by_side_have_their_statuses_in_the_summary_and_it_is_said(tmp_path: Path, case: str) -> None:
    path = workbook(tmp_path / "team.xlsx", case)
    sheet = drawn((GOLDEN / case / "sheet.txt").read_text(encoding="utf-8")).workbook.sheet_names()[0]
    before = cells(path, sheet)

    ran = okrsync("sync", path)

    assert "several key results share each row" in ran.out + ran.err
    assert cells(path, sheet) == before


def test_each_column_of_a_matrix_has_a_score_of_its_own(tmp_path: Path) -> None:
    path = workbook(tmp_path / "team.xlsx", "matrix_with_values")

    read = okrsync("read", path, "--json").json

    progress = [[k["progress"] for k in objective["key_results"]] for objective in read["objectives"]]
    assert progress == [[0.666667, 1.666667], [0.583333, 0.875]]


def test_key_results_on_a_sheet_of_their_own_have_their_columns_there(tmp_path: Path) -> None:
    path = workbook(tmp_path / "team.xlsx", "relational_pl")
    read = okrsync("read", path, "--json").json
    places = [k["at"].split("'")[1] for objective in read["objectives"] for k in objective["key_results"]]

    synced(path)

    for sheet in dict.fromkeys(places):
        (column,) = [row.index("Status") for row in cells(path, sheet) if "Status" in row]
        assert sum(row[column] not in (None, "Status") for row in cells(path, sheet)) >= places.count(sheet)


def test_key_results_in_a_file_of_their_own_have_columns_and_a_summary_there(tmp_path: Path) -> None:
    objectives, key_results = tmp_path / "objectives.xlsx", tmp_path / "key results.xlsx"
    for path, rows in (
        (objectives, [["Objective ID", "Objective", "Quarter"], ["O-1", "Guests come back", "Q4 2026"]]),
        (key_results, [["KR ID", "Objective ID", "Key Result", "Target", "Actual"], ["K1", "O-1", "Reviews", 80, 60]]),
    ):
        with written(path) as book:
            sheet = book.add_worksheet("Sheet1")
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)

    ran = okrsync("sync", tmp_path)

    assert ran.code == 0
    assert cells(key_results, "Sheet1")[1][5:8] == [0.75, 0.75, "on track"]
    assert "Reviews" in " ".join(texts(key_results, "OKR Summary"))
    assert cells(objectives, "Sheet1")[1][3:6] == [None, 0.75, "on track"]
    assert "key results.xlsx!'Sheet1'!C2" in " ".join(texts(objectives, "OKR Summary"))
    assert "nothing to change" in okrsync("sync", tmp_path).out
