"""The demo company: what it is made of, on any day."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from okrsync.demo import write_demo
from okrsync.demo.book import Book
from okrsync.demo.quarter import Quarter
from okrsync.errors import ConfigError

TODAY = date(2026, 11, 20)


def cells(path: Path, sheet: str) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()]


def test_the_company_is_five_workbooks_each_with_a_word_on_what_it_holds(tmp_path: Path) -> None:
    books = write_demo(tmp_path / "demo", TODAY)

    assert [book.path.name for book in books] == [
        "company.xlsx",
        "growth-team.xlsx",
        "platform-team.xlsx",
        "人力资源.xlsx",
        "people.xlsx",
    ]
    assert all(book.path.is_file() and book.holds for book in books)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(ConfigError, match="is not empty"):
        write_demo(tmp_path, TODAY)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_path_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("")

    with pytest.raises(ConfigError, match="cannot be written to"):
        write_demo(tmp_path / "demo", TODAY)


def test_the_same_day_writes_the_same_cells(tmp_path: Path) -> None:
    one, two = write_demo(tmp_path / "one", TODAY), write_demo(tmp_path / "two", TODAY)

    for left, right in zip(one, two, strict=True):
        with zipfile.ZipFile(left.path) as a, zipfile.ZipFile(right.path) as b:
            assert {name: a.read(name) for name in a.namelist()} == {name: b.read(name) for name in b.namelist()}


def test_formulas_bring_their_results_along(tmp_path: Path) -> None:
    write_demo(tmp_path, TODAY)

    rows = cells(tmp_path / "company.xlsx", "Company OKRs")
    assert rows[2][0] == "Average progress of what is measured"
    assert rows[2][1] == pytest.approx(0.5, abs=0.1)
    assert cells(tmp_path / "growth-team.xlsx", "Channels")[5] == ["Total", 699, 32_700]


def test_the_company_has_what_a_real_workbook_has(tmp_path: Path) -> None:
    write_demo(tmp_path, TODAY)

    parts: dict[str, set[str]] = {}
    for path in tmp_path.iterdir():
        with zipfile.ZipFile(path) as package:
            parts[path.name] = set(package.namelist())
            sheet = package.read("xl/worksheets/sheet1.xml")
        assert b"mergeCell" in sheet
        assert b"<pane" in sheet
    assert "xl/charts/chart1.xml" in parts["company.xlsx"]
    assert {"xl/tables/table1.xml", "xl/comments1.xml"} <= parts["growth-team.xlsx"]


def test_people_have_a_sheet_each(tmp_path: Path) -> None:
    write_demo(tmp_path, TODAY)

    assert CalamineWorkbook.from_path(str(tmp_path / "people.xlsx")).sheet_names == [
        "Ana Duarte",
        "Jonas Weber",
        "Priya Nair",
    ]


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2024, 2, 29), date(2026, 12, 31), date(2027, 7, 15)])
def test_the_company_can_be_written_on_any_day(tmp_path: Path, today: date) -> None:
    write_demo(tmp_path, today)

    title = cells(tmp_path / "company.xlsx", "Company OKRs")[0][0]
    assert Quarter(today).label in str(title)


@pytest.mark.parametrize(
    ("today", "label", "start", "end"),
    [
        (date(2026, 1, 1), "Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), "Q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 11, 20), "Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_the_quarter_is_the_one_of_the_day(today: date, label: str, start: date, end: date) -> None:
    quarter = Quarter(today)

    assert (quarter.label, quarter.start, quarter.end) == (label, start, end)


def test_a_number_ahead_of_the_pace_has_come_further_than_the_days() -> None:
    quarter = Quarter(TODAY)

    assert quarter.reached(0, 100, 0) == 55
    assert quarter.reached(0, 100, 0.1) == 65
    assert quarter.reached(100, 0, 0.1) == 35
    assert quarter.reached(0, 100, -2) == 0


def test_a_workbook_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"), Book(tmp_path / "none" / "a.xlsx", "Title", TODAY) as book:
        book.sheet("Plain", (10,))


def test_a_workbook_whose_making_failed_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(KeyError), Book(tmp_path / "a.xlsx", "Title", TODAY) as book:
        book.put(book.sheet("Plain", (10,)), 0, 0, "text", "no such look")

    assert not list(tmp_path.iterdir())
