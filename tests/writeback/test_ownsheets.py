"""The two sheets of ours: made, rewritten, or left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from okrsync.cells import Area, CellValue, Grid
from okrsync.edits import Marks, OwnSheet, SheetEdit, SheetKind, Workbook
from okrsync.owncontent import OwnCell, OwnContent
from okrsync.reading import Read
from okrsync.wording import words
from okrsync.writeback.ownsheets import plan_sheet

EN = words("en")
SUMMARY = SheetKind.SUMMARY


@dataclass
class Named:
    """As much of a workbook as planning a sheet looks at."""

    name: str = "team.xlsx"
    names: list[str] = field(default_factory=list)

    def all_sheet_names(self) -> Sequence[str]:
        return self.names


def content(*rows: Sequence[CellValue]) -> OwnContent:
    cells = tuple(tuple(OwnCell(value) for value in row) for row in rows)
    return OwnContent(cells, widths=(20.0,), as_of_rows=frozenset({2}))


def read(names: list[str], marks: Marks, grids: Mapping[str, Grid]) -> Read:
    return Read(cast(Workbook, Named(names=names)), grids, marks)


def planned(reading: Read, recreate: bool = False) -> tuple[list[SheetEdit], list[str]]:
    notes: list[str] = []
    wanted = content(["notice"], ["as of", "2026-11-20"], ["Grow", 0.5])
    return list(plan_sheet(reading, SUMMARY, wanted, EN, recreate, notes)), notes


def test_a_first_run_appends_the_sheet() -> None:
    (edit,), notes = planned(read(["Q4"], Marks(), {}))

    assert (edit.sheet, edit.replaces, notes) == ("OKR Summary", None, [])


def test_a_sheet_that_says_the_same_on_another_day_is_left() -> None:
    grid = Grid("OKR Summary", [["notice"], ["as of", "2026-11-19"], ["Grow", 0.5, None]])

    edits, _ = planned(
        read(["Q4", "OKR Summary"], Marks(sheets={SUMMARY: OwnSheet("OKR Summary")}), {"OKR Summary": grid})
    )

    assert edits == []


def test_a_sheet_that_says_something_else_is_rewritten_under_the_name_people_gave_it() -> None:
    changed: list[list[list[CellValue]]] = [
        [["notice"], ["as of"], ["Grow", 0.4]],
        [["notice"], ["as of"], ["Grow", 0.5], ["extra"]],
    ]
    for rows in changed:
        reading = read(["Q4", "Board"], Marks(sheets={SUMMARY: OwnSheet("Board")}), {"Board": Grid("Board", rows)})

        (edit,), _ = planned(reading)

        assert (edit.sheet, edit.replaces) == ("Board", "Board")


def test_a_sheet_that_people_deleted_comes_back_only_when_asked_for() -> None:
    reading = read(["Q4"], Marks(sheets={SUMMARY: None}), {})

    assert planned(reading) == ([], [])
    assert [edit.sheet for edit in planned(reading, recreate=True)[0]] == ["OKR Summary"]


def test_words_below_a_sheet_of_ours_are_peoples() -> None:
    grid = Grid("OKR Summary", [["notice"], ["as of"], ["Grow", 0.4], [], ["Ana: discuss on Monday"]])
    marks = Marks(sheets={SUMMARY: OwnSheet("OKR Summary", area=Area(1, 1, 3, 2))})

    (edit,), notes = planned(read(["Q4", "OKR Summary"], marks, {"OKR Summary": grid}))

    assert (edit.sheet, edit.replaces) == ("OKR Summary 2", None)
    assert notes == ["team.xlsx!'OKR Summary': people put words there; 'OKR Summary 2' is written instead"]


def test_words_below_a_sheet_that_says_what_it_should_do_no_harm() -> None:
    grid = Grid("OKR Summary", [["notice"], ["as of"], ["Grow", 0.5], [], ["Ana: discuss on Monday"]])
    marks = Marks(sheets={SUMMARY: OwnSheet("OKR Summary", area=Area(1, 1, 3, 2))})

    assert planned(read(["Q4", "OKR Summary"], marks, {"OKR Summary": grid})) == ([], [])


def test_a_humans_sheet_of_that_name_is_left_and_said() -> None:
    (edit,), notes = planned(read(["Q4", "okr summary"], Marks(), {}))

    assert (edit.sheet, edit.replaces) == ("OKR Summary 2", None)
    assert notes == ["team.xlsx: a sheet 'OKR Summary' is there that is not ours; 'OKR Summary 2' is written"]


def test_a_sheet_of_ours_that_people_wrote_notes_on_is_left_and_a_fresh_one_is_made() -> None:
    marks = Marks(sheets={SUMMARY: OwnSheet("OKR Summary", people_added="a comment")})
    grid = Grid("OKR Summary", [["notice"]])

    (edit,), notes = planned(read(["Q4", "OKR Summary"], marks, {"OKR Summary": grid}))

    assert (edit.sheet, edit.replaces) == ("OKR Summary 2", None)
    assert notes == ["team.xlsx!'OKR Summary': people put a comment there; 'OKR Summary 2' is written instead"]
