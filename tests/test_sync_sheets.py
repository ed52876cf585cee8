"""Our two sheets after people have deleted, renamed, hidden, covered or written on them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workbooks import (
    cells,
    drawn_workbook,
    edited,
    edits,
    members,
    okrsync,
    people,
    sheet_names,
    synced,
    texts,
)

GAPPED = """
    Objective   | Key result                            | Owner | Baseline | Target | Current
    Ship faster | Shorten deploys from 45 to 30 minutes | Ana   | 45       | 30     | 38
    Ship faster | Be better                             | Ben   |          |        |
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """GAPPED, synced once."""
    path = drawn_workbook(tmp_path / "team.xlsx", GAPPED)
    synced(path)
    return path


def changed(path: Path) -> None:
    """A person brings a number up to date."""
    with people(path) as book:
        book["Q4"]["F2"] = 32


def test_the_sheets_say_that_they_are_rewritten_and_stand_last(team: Path) -> None:
    assert sheet_names(team)[-2:] == ["OKR Summary", "OKR Gaps"]
    for sheet in sheet_names(team)[-2:]:
        assert "rewrites this" in str(cells(team, sheet)[0][0])


def test_every_gap_has_its_place_its_severity_and_its_fix(team: Path) -> None:
    (row,) = [row for row in cells(team, "OKR Gaps") if "KR001" in row]

    assert "error" in row or "warning" in row
    assert any("B3" in str(value) for value in row)
    links = re.findall(rb'<hyperlink [^>]*location="([^"]+)"', members(team)["xl/worksheets/sheet3.xml"])
    assert b"'Q4'!B3" in [link.replace(b"&apos;", b"'") for link in links]


def excel_deletes(path: Path, sheet: str) -> None:
    with people(path) as book:
        del book[sheet]
    gone = re.compile(rb"(<definedName [^>]*>)'?%s'?!\$A\$1(?::\$[A-Z]+\$[0-9]+)?<" % sheet.encode())
    edited(path, {"xl/workbook.xml": lambda part: gone.sub(rb"\1#REF!<", part)})
    assert b"#REF!" in members(path)["xl/workbook.xml"]


@pytest.mark.parametrize("names_follow", [True, False])
@pytest.mark.parametrize("sheet", ["OKR Summary", "OKR Gaps"])
def test_a_sheet_that_people_deleted_comes_back_only_when_asked_for(team: Path, sheet: str, names_follow: bool) -> None:
    if names_follow:
        excel_deletes(team, sheet)
    else:
        with people(team) as book:
            del book[sheet]
    changed(team)

    synced(team)
    assert sheet not in sheet_names(team)

    synced(team, "--recreate")
    assert sheet in sheet_names(team)
    assert edits(team) == []


def test_a_sheet_that_people_renamed_is_rewritten_under_its_new_name(team: Path) -> None:
    def renamed(part: bytes) -> bytes:
        return part.replace(b"OKR Summary", b"Where we stand")

    charts = [name for name in members(team) if name.startswith("xl/charts/chart")]
    edited(team, dict.fromkeys(["xl/workbook.xml", *charts], renamed))
    changed(team)

    assert any(edit.startswith("'Where we stand': rewrite") for edit in synced(team))

    assert sheet_names(team) == ["Q4", "Where we stand", "OKR Gaps"]
    assert edits(team) == []


def test_a_sheet_that_people_moved_is_rewritten_where_it_stands(team: Path) -> None:
    with people(team) as book:
        book.move_sheet("OKR Summary", -1)
        book["Q4"]["F2"] = 32

    synced(team)

    assert sheet_names(team) == ["OKR Summary", "Q4", "OKR Gaps"]
    assert edits(team) == []


def test_a_sheet_that_people_hid_is_kept_up_to_date_and_hidden(team: Path) -> None:
    with people(team) as book:
        book["OKR Summary"].sheet_state = "hidden"
        book["Q4"]["F2"] = 32

    assert any(edit.startswith("'OKR Summary': rewrite") for edit in synced(team))

    assert sheet_names(team) == ["Q4", "OKR Summary", "OKR Gaps"]
    assert re.search(rb'name="OKR Summary"[^>]*state="hidden"', members(team)["xl/workbook.xml"])
    assert edits(team) == []


def test_a_humans_sheet_of_our_name_is_left(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx", {"Q4": GAPPED, "OKR Summary": "my own words"})

    ran = okrsync("sync", path)

    assert "a sheet 'OKR Summary' is there that is not ours" in ran.err
    assert cells(path, "OKR Summary") == [["my own words"]]
    assert sheet_names(path) == ["Q4", "OKR Summary", "OKR Summary 2", "OKR Gaps"]
    assert edits(path) == []


def test_a_comment_on_our_sheet_is_left_and_a_fresh_sheet_is_written(team: Path) -> None:
    from openpyxl.comments import Comment

    with people(team) as book:
        book["OKR Gaps"]["A3"].comment = Comment("talk to Ben", "Ana")
    assert edits(team) == []
    with people(team) as book:
        book["Q4"]["B3"] = "Be much better"

    ran = okrsync("sync", team)

    assert "people put a comment there; 'OKR Gaps 2' is written instead" in ran.err
    assert sheet_names(team) == ["Q4", "OKR Summary", "OKR Gaps", "OKR Gaps 2"]
    with people(team) as book:
        assert book["OKR Gaps"]["A3"].comment.text == "talk to Ben"
    assert edits(team) == []


def test_a_chart_that_people_put_on_our_sheet_is_left_and_a_fresh_sheet_is_written(team: Path) -> None:
    from openpyxl.chart import BarChart, Reference

    with people(team) as book:
        chart = BarChart()
        chart.add_data(Reference(book["Q4"], min_col=6, min_row=1, max_row=3))
        chart.anchor = "J3"
        book["OKR Gaps"].add_chart(chart)
        book["Q4"]["B3"] = "Be much better"

    ran = okrsync("sync", team)

    assert "'OKR Gaps': people put a drawing there" in ran.err
    assert edits(team) == []


@pytest.mark.parametrize(("written", "said"), [("ask Ana about row 9", "words"), ("=SUM(1,2)", "a formula")])
def test_what_people_wrote_beside_our_list_is_left_and_a_fresh_sheet_is_written(
    team: Path, written: str, said: str
) -> None:
    with people(team) as book:
        book["OKR Gaps"]["J4"] = written
    assert edits(team) == []
    with people(team) as book:
        book["Q4"]["B3"] = "Be much better"

    ran = okrsync("sync", team)

    assert f"'OKR Gaps': people put {said} there; 'OKR Gaps 2' is written instead" in ran.err
    with people(team) as book:
        assert book["OKR Gaps"]["J4"].value == written
    assert edits(team) == []


def test_a_copy_that_people_keep_of_our_sheet_is_never_touched_and_holds_no_okrs(team: Path) -> None:
    with people(team) as book:
        book.copy_worksheet(book["OKR Summary"]).title = "Summary of October"
    before = cells(team, "Summary of October")
    changed(team)

    synced(team)

    assert cells(team, "Summary of October") == before
    assert edits(team) == []


def test_names_and_titles_with_quotes_and_emoji_come_through(tmp_path: Path) -> None:
    sheet = 'Ana\'s "Q4" 🚀'
    path = drawn_workbook(
        tmp_path / "O'Brien & “Söhne” 🚀.xlsx",
        {sheet: GAPPED.replace("Ship faster", "Ship <b>\"fast\"</b> & 🚀 'now'")},
    )

    assert edits(path)[0].startswith("'Ana''s \"Q4\" 🚀': add our columns")
    synced(path)

    assert any("Ship <b>\"fast\"</b> & 🚀 'now'" in text for text in texts(path, "OKR Summary"))
    assert edits(path) == []


YEARS = """
    Cycle   | Objective   | Key result                            | Owner | Baseline | Target | Current
    2026-Q4 | Ship faster | Raise weekly releases from 2 to 10    | Ben   | 2        | 10     | 3
"""


def test_a_workbook_of_many_cycles_gets_one_summary_with_a_band_for_each(tmp_path: Path) -> None:
    cycles = [f"{year}-Q{quarter}" for year in (2025, 2026, 2027) for quarter in (1, 2, 3, 4)]
    rows = [YEARS.splitlines()[2].replace("2026-Q4", cycle) for cycle in cycles]
    path = drawn_workbook(tmp_path / "team.xlsx", "\n".join([YEARS.splitlines()[1], *rows]))

    synced(path)

    assert sheet_names(path) == ["Q4", "OKR Summary", "OKR Gaps"]
    bands = [text.removeprefix("Cycle ") for text in texts(path, "OKR Summary") if text.startswith("Cycle ")]
    assert bands == ["2026-Q4", *sorted(set(cycles) - {"2026-Q4"}, reverse=True)]  # that of today first
    assert cells(path, "OKR Summary", columns="A").count(["Ship faster"]) == len(cycles)
    assert [row[0] for row in cells(path, columns="AI") if row[1] is not None] == ["Cycle", "2026-Q4"]
    assert edits(path) == []
