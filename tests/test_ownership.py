"""What in a workbook is ours."""

from __future__ import annotations

import pytest

from okrsync.cells import CellValue, Grid
from okrsync.edits import Block, Marks, OwnSheet, Role, SheetKind
from okrsync.ownership import ROLES, bare, headers_for, is_ours, own_blocks, own_sheets
from okrsync.wording import HEADER_SUFFIX, words

EN, ZH = words("en"), words("zh")


def five(lang: str = "en", suffix: str = "") -> list[CellValue]:
    return [words(lang).headers[role] + suffix for role in ROLES]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("suffix", ["", HEADER_SUFFIX])
def test_our_five_headers_standing_together_give_our_columns_away(lang: str, suffix: str) -> None:
    grid = Grid("S", [["Objective", "KR", *five(lang, suffix)], ["A", "a", 0.5, 0.5, "on track", 0.5, None]])

    (block,) = own_blocks(grid, ())

    assert block == Block(1, 2, {role: 3 + i for i, role in enumerate(ROLES)}, marked=False)


def test_a_teams_own_status_column_is_never_taken_for_ours() -> None:
    grid = Grid("S", [["Objective", "KR", "Progress", "Score", "Status", "Owner"]])

    assert own_blocks(grid, ()) == ()


def test_marked_columns_are_found_whatever_people_call_them() -> None:
    marked = Block(1, 4, {role: 3 + i for i, role in enumerate(ROLES)})
    rows: list[list[CellValue]] = [["Objective", "KR", "How far", "Grade", "Ampel", "Soll", "Todo"]]
    rows.append(["A", "a", 0.5, 0.5, "on track", 0.5, None])

    assert own_blocks(Grid("S", rows), (marked,)) == (marked,)


def test_columns_that_people_cleared_and_use_for_their_own_are_theirs() -> None:
    marked = Block(1, 2, {role: 3 + i for i, role in enumerate(ROLES)})
    rows: list[list[CellValue]] = [["Objective", "KR", "Budget", "Spent", "Vendor"], ["A", "a", 2000.0, 702.0, "Acme"]]

    assert own_blocks(Grid("S", rows), (marked,)) == ()


def test_columns_that_are_marked_and_named_are_found_once() -> None:
    marked = Block(1, 4, {role: 3 + i for i, role in enumerate(ROLES)})
    grid = Grid("S", [["Objective", "KR", *five()]])

    assert own_blocks(grid, (marked,)) == (marked,)


def test_a_sheet_of_ours_is_found_again_by_its_notice_when_its_mark_is_gone() -> None:
    grids = {"Overview": Grid("Overview", [[EN.notices[SheetKind.SUMMARY]]]), "Q4": Grid("Q4", [["Objective"]])}

    marks, ours = own_sheets(grids, Marks())

    assert ours == {"Overview"}
    assert marks.sheets == {SheetKind.SUMMARY: OwnSheet("Overview")}


def test_a_sheet_that_people_took_over_is_theirs() -> None:
    grids = {"OKR Summary": Grid("OKR Summary", [["Budget"]])}

    marks, ours = own_sheets(grids, Marks(sheets={SheetKind.SUMMARY: OwnSheet("OKR Summary")}))

    assert ours == frozenset()
    assert marks.sheets == {}


def test_a_sheet_that_people_deleted_stays_known_as_deleted() -> None:
    marks, _ = own_sheets({}, Marks(sheets={SheetKind.GAPS: None}))

    assert marks.sheets == {SheetKind.GAPS: None}


@pytest.mark.parametrize(
    ("role", "value", "ours"),
    [
        (Role.PROGRESS, 0.5, True),
        (Role.PROGRESS, "done", False),
        (Role.STATUS, "on track", True),
        (Role.STATUS, ZH.statuses[next(iter(ZH.statuses))], True),
        (Role.STATUS, "waiting for legal", False),
        (Role.STATUS, 3.0, False),
        (Role.GAPS, EN.gaps_text(["KR002", "AL004"]), True),
        (Role.GAPS, EN.gaps_text(["KR002"], ["baseline", "target"]), True),
        (Role.GAPS, ZH.gaps_text([], ["due"]), True),
        (Role.GAPS, "ask Ana about this", False),
        (Role.GAPS, "target from the sentence of June", False),
        (Role.GAPS, "see ticket KR99", False),
        (Role.GAPS, "see JIRA AB123", False),
        (Role.GAPS, "Ask Bo about KR002", False),
        (Role.GAPS, ZH.gaps_text(["IN001", "KR002"]), True),
    ],
)
def test_a_humans_words_under_our_headers_are_not_ours(role: Role, value: CellValue, ours: bool) -> None:
    assert is_ours(role, value) is ours


def test_a_header_the_sheet_has_already_gets_our_name_behind_it() -> None:
    headers = headers_for(EN, frozenset({"status", "progress"}))

    assert headers[Role.STATUS] == "Status (okrsync)"
    assert headers[Role.SCORE] == "Score"
    assert bare(headers[Role.PROGRESS]) == "Progress"
    assert headers_for(EN, frozenset({"status", "status (okrsync)"}))[Role.STATUS] == "Status (okrsync) 2"
