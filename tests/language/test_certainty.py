"""How sure a reading is, with the reason where it is not."""

from __future__ import annotations

import pytest

from okrsync.language import read_metric


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Hire 4–6 nurses", "range"),
        ("Hire 4 to 6 nurses", "range"),
        ("Move the price from €40-€45 to €60", "range"),
        ("Reduce waste from 3% to 5%", "the other"),
        ("门店数提升10家到45家", "by how much"),
        ("Het aantal klanten verhogen van 32 naar 50", "language"),
        ("Увеличить выручку с 2 до 3 тысяч", "language"),
        ("Entre 5 et 7 ateliers", "range"),
        ("Budget variance of ±5 %", "tolerance"),
        ("10 % of members donate in Q1; 15 % in Q2", "stages"),
        ("日活提升 3 倍", "so many times"),
        ("Trotz 30 % mehr Gästen steigen die Beschwerden nicht", "circumstance"),
    ],
)
def test_what_people_read_differently_is_ambiguous(text: str, reason: str) -> None:
    found = read_metric(text)

    assert found.certainty == "ambiguous"
    assert found.reason is not None
    assert reason in found.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Enter the top 10 of the charts", "rank"),
        ("Bicycles: 40", "no unit"),
        ("Use the new script in 10+ calls", "condition"),
    ],
)
def test_what_is_taken_for_granted_is_assumed(text: str, reason: str) -> None:
    found = read_metric(text)

    assert found.certainty == "assumed"
    assert found.reason is not None
    assert reason in found.reason


@pytest.mark.parametrize(
    "text", ["Cut churn from 9 % to 4 %", "日活提升到 3 倍", "Open 3 shops", "Publish the handbook"]
)
def test_what_can_be_read_one_way_only_is_sure(text: str) -> None:
    assert (read_metric(text).certainty, read_metric(text).reason) == ("sure", None)


def test_signs_say_what_a_number_is_to_be_in_any_language() -> None:
    assert read_metric("Zufriedenstellende Xyzquote ≥ 99.5%").certainty == "sure"


@pytest.mark.parametrize(("text", "lang"), [("NPS'i 30'dan 45'e çıkarmak", "tr"), ("Doanh thu đạt 5 tỷ đồng", "vi")])
def test_a_sentence_of_a_sheet_in_a_language_that_is_not_read_is_open(text: str, lang: str) -> None:
    assert read_metric(text, lang).certainty == "ambiguous"
    assert read_metric("Raise NPS from 30 to 50", lang).certainty == "sure"
