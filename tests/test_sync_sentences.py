"""Sheets without columns for numbers: what their sentences gave is marked wherever people look."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbooks import cells, drawn_workbook, edits, okrsync, people, synced, texts

BARE = """
    Objective | Key result                                               | Owner | Current
    Bake well | Cut waste from 9 % to 3 % of the dough by end of October | Ana   | 6
    Bake well | Sell 200 loaves a day                                    | Ben   | 150
    Bake well | Open the second shop                                     | Cem   |
"""


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    path = drawn_workbook(tmp_path / "bakery.xlsx", BARE)
    synced(path)
    return path


def test_the_gaps_column_says_what_came_from_the_sentence(bakery: Path) -> None:
    waste, loaves, shop = (row[0] for row in cells(bakery, columns="I")[1:])

    assert str(waste).endswith("baseline, target, due date from the sentence")
    assert str(loaves).endswith("target from the sentence")
    assert "sentence" not in str(shop)


def test_a_second_run_changes_nothing(bakery: Path) -> None:
    before = bakery.read_bytes()

    assert edits(bakery) == []
    assert okrsync("sync", bakery).code == 0
    assert bakery.read_bytes() == before


def test_the_mark_goes_when_a_column_says_the_number(bakery: Path) -> None:
    with people(bakery) as book:
        sheet = book["Q4"]
        sheet.insert_cols(4)
        sheet["D1"], sheet["D3"] = "Target", 180

    synced(bakery)

    said = [text for text in texts(bakery, "Q4") if "from the sentence" in text]
    assert len(said) == 1


def test_the_summary_says_it_beside_what_was_assumed(bakery: Path) -> None:
    said = [text for text in texts(bakery, "OKR Summary") if "from the sentence" in text]

    assert said == ["baseline, target, due date from the sentence", "assumed: baseline 0; target from the sentence"]


@pytest.mark.parametrize("command", [("read",), ("audit", "-v")])
def test_reports_mark_goals_that_no_cell_says(bakery: Path, command: tuple[str, ...]) -> None:
    out = okrsync(*command, bakery).out

    assert "9 → 3 % †" in out
    assert "† read from the sentence, at least in part; no cell says it" in out


def test_a_sheet_that_says_its_numbers_bears_no_mark(tmp_path: Path) -> None:
    out = okrsync("read", drawn_workbook(tmp_path / "team.xlsx")).out

    assert "†" not in out


def test_json_tells_the_source_of_each_number(bakery: Path) -> None:
    waste = okrsync("read", bakery, "--json").json["objectives"][0]["key_results"][0]

    assert waste["sources"] == dict.fromkeys(("baseline", "target", "unit", "due"), "sentence") | {"current": "cell"}
    assert (waste["baseline"], waste["target"], waste["due"]) == (9, 3, "2026-10-31")


def test_in_a_chinese_sheet_it_is_said_in_chinese(tmp_path: Path) -> None:
    path = drawn_workbook(
        tmp_path / "面包房.xlsx",
        """
        目标       | 关键结果                     | 负责人 | 当前值
        烤好面包   | 将报废率从 9% 降低到 3%      | 王芳   | 6%
        """,
    )
    synced(path)

    assert any("基线、目标值取自句子" in text for text in texts(path, "Q4"))
