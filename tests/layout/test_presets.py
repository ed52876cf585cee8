"""Exports and templates of known tools are told by their headers; tests/golden/preset_* shows each of them read."""

from __future__ import annotations

import pytest

from okrsync.config import Config
from okrsync.layout.folding import fold
from okrsync.layout.presets import Preset, presets
from okrsync.normalise import normalise
from tests.read_sheets import TODAY, drawn

BURNING = """
Team | Objective | Progress | Corporate Objective | Key Result | Description | Start | End | Actual | Unit
Ovens | Bread that keeps | 42 | Delight guests | Loaves returned a week | | 80 | 20 | 50 | loaves
Ovens | Bread that keeps | 42 | Delight guests | Days until stale | | 3 | 6 | 4 | days
"""

Said = list[tuple[str | None, list[tuple[str, float | None, float | None]]]]


def said(drawing: str) -> Said:
    """Objectives with their key results: title, baseline and current value."""
    okrs = normalise([drawn(drawing)], Config(), TODAY).okrs
    return [
        (objective.title, [(one.title, one.metric.baseline, one.metric.current) for one in objective.key_results])
        for objective in okrs.objectives
    ]


def test_headers_are_recognised_below_a_title_and_in_another_order() -> None:
    rows = [line.split(" | ") for line in BURNING.strip().splitlines()]
    turned = "\n".join(" | ".join([*row[5:], *row[:5]]) for row in rows)

    expected = [("Bread that keeps", [("Loaves returned a week", 80, 50), ("Days until stale", 3, 4)])]
    assert said(BURNING) == expected
    assert said(f"OKRs of the bakery\n\n{turned}") == expected


def test_one_row_of_a_tool_is_enough() -> None:
    headers = "Goal | Notes | Goal Identifier | Notification Frequency | Check-In Type | Assigner"

    assert said(f"{headers}\nBread that keeps | | G1 | Weekly | Percent | Hal") == [("Bread that keeps", [])]


def test_values_in_columns_that_a_preset_does_not_know_are_read() -> None:
    headers = "Row ID | Title | Parent | Entity | Owner Email | Time Period | From | Target"

    found = said(
        f"{headers}\n1 | Bake | | Ovens | a@b.example | Q4 | |\n2 | Loaves | 1 | Ovens | a@b.example | Q4 | 8 | 2"
    )
    assert found == [("Bake", [("Loaves", 8, None)])]


def test_a_team_that_has_some_of_the_headers_is_read_by_its_own() -> None:
    text = BURNING.replace("Corporate Objective", "Progress check").replace("Actual", "Now")

    assert said(text)[0][1][0] == ("Loaves returned a week", 80, 50)


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.name)
def test_no_preset_is_taken_for_another(preset: Preset) -> None:
    mine = {fold(header) for header in preset.mapping.headers.values()} | preset.marks

    assert next(each for each in presets() if each.marks <= mine) is preset
