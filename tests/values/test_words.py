"""Units, answers and levels: words and signs that stand for one thing in many languages."""

from __future__ import annotations

import pytest

from okrsync.cells import CellValue
from okrsync.values import read_level_word, read_unit, read_yes_no


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("days", "day"),
        (" Tage ", "day"),
        ("天", "day"),
        ("Percent", "%"),
        ("％", "%"),
        ("percentage points", "pp"),
        ("€", "EUR"),
        ("usd", "USD"),
        ("元", "CNY"),
        ("points", "score"),
        ("万元", "万元"),
        ("家", "家"),
        ("new customers", "new customers"),
        ("M", "M"),
        ("", ""),
        ("x" * 50 + " ", "x" * 50),
    ],
)
def test_a_unit_is_canonical_where_it_is_known(text: str, unit: str) -> None:
    assert read_unit(text) == unit


def test_a_unit_two_languages_share_follows_the_locale() -> None:
    assert read_unit("分") == "score"
    assert read_unit("分", locale="ja") == "minute"


@pytest.mark.parametrize(
    "value",
    [
        True,
        "yes",
        "DONE.",
        "ＹＥＳ",
        "是",
        "已完成",
        "ja",
        "erledigt",
        "oui",
        "sí",
        "sim",
        "はい",
        "да",
        "예",
        "có",
        "✓",
        "✔️",
        "✅ Done",
        "☑",
        "TRUE",
    ],
)
def test_done_in_many_languages(value: CellValue) -> None:
    assert read_yes_no(value) is True


@pytest.mark.parametrize(
    "value",
    [
        False,
        "no",
        "open",
        "Not started",
        "否",
        "未完成",
        "nein",
        "offen",
        "non",
        "en cours",
        "não",
        "いいえ",
        "нет",
        "진행 중",
        "chưa",
        "✗",
        "❌",
        "☐",
        "FALSE",
    ],
)
def test_open_in_many_languages(value: CellValue) -> None:
    assert read_yes_no(value) is False


@pytest.mark.parametrize("value", [None, "", "maybe", "1", 1.0, "✅ not done", "✓✗", "yes " * 20, "y" * 1000])
def test_anything_else_is_no_answer(value: CellValue) -> None:
    assert read_yes_no(value) is None


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("High", 0.9),
        ("高", 0.9),
        ("Green", 0.9),
        ("🟢", 0.9),
        ("😀", 0.9),
        ("绿", 0.9),
        ("mittel", 0.6),
        ("中", 0.6),
        ("AMBER", 0.6),
        ("🟡 Medium", 0.6),
        ("🤔", 0.6),
        ("low", 0.3),
        ("低", 0.3),
        ("红灯", 0.3),
        ("🔴", 0.3),
        ("❤️", 0.3),
        ("😟", 0.3),
        ("🟢🔴", None),
        ("🟢 8/10", None),
        ("8", None),
        ("z" * 1000, None),
        (0.9, None),
        (None, None),
    ],
)
def test_levels_are_words_colours_and_faces(value: CellValue, level: float | None) -> None:
    assert read_level_word(value) == level
