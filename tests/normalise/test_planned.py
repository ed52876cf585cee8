"""Values planned for certain days: named by a mapping, read as shares of the way, expected instead of an even pace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from okrsync.config import Config
from okrsync.errors import ConfigError
from okrsync.mapping import load, to_toml
from okrsync.model import KeyResult
from okrsync.normalise import Normalised, normalise
from tests.read_sheets import TODAY, drawn
from tests.workbooks import cells, drawn_workbook, edits, okrsync

MAPPING = """
[[table]]
sheet = "Q4"

[table.columns]
objective = "Objective"
key_result = "Key result"
baseline = "Baseline"
target = "Target"
current = "Current"

[table.planned]
2026-10-31 = "Plan Oct"
2026-11-30 = "column G"
"""
HEADER = "Objective | Key result | Baseline | Target | Current | Plan Oct | Plan Nov"
OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """MAPPING as a file."""
    path = tmp_path / "plan.toml"
    path.write_text(MAPPING)
    return path


def read(mapping: Path, cells: str, title: str = "Lines that run") -> Normalised:
    text = f"== Q4\n{HEADER}\nBake | {title} | {cells}"
    return normalise([drawn(text, mappings=load(mapping))], Config(), TODAY)


def key_result(found: Normalised) -> KeyResult:
    ((_, only),) = found.okrs.key_results()
    return only


@pytest.mark.parametrize(
    ("cells", "shares"),
    [
        ("2 | 10 | 3 | 4 | 8", (0.25, 0.75)),
        ("60 | 40 | 50 | 55 | 45", (0.25, 0.75)),
        (" | 10 | 3 | 4 | 8", (0.4, 0.8)),
        ('2 | 10 | 3 | "25%" | 0.5{0%}', (0.25, 0.5)),
        ('"10%" | "30%" | "12%" | "15%" | 0.25{0%}', (0.25, 0.75)),
        ('"0%" | "80%" | "12%" | 20 | 40', (0.25, 0.5)),
        ('"0 h" | "10 h" | 3 | "120 min" | 8', (0.2, 0.8)),
        (' | | "10%" | "20%" | "3 of 4"', (0.2, 0.75)),
    ],
)
def test_a_planned_value_is_a_share_of_the_way(mapping: Path, cells: str, shares: tuple[float, float]) -> None:
    found = read(mapping, cells)

    days, values = zip(*key_result(found).waypoints, strict=True)
    assert days == (OCTOBER, NOVEMBER)
    assert values == pytest.approx(shares)
    assert [raised.code for raised in found.raised if raised.code != "IN010"] == []


def test_days_without_a_planned_value_are_no_waypoints(mapping: Path) -> None:
    assert key_result(read(mapping, "2 | 10 | 3 | - | 8")).waypoints == ((NOVEMBER, 0.75),)
    assert key_result(read(mapping, "2 | 10 | 3 | |")).waypoints == ()


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ("2 | 10 | 3 | soon | 8", ["IN001 F2"]),
        ('2 | 10 | 3 | "4-5" | 8', ["IN001 F2"]),
        ('"$2" | "$10" | "$3" | "€4" | 8', ["IN005 F2"]),
        ('"0%" | "80%" | "12%" | 0.2 | 40', ["IN005 F2"]),
        ('100 | "+20%" | 110 | 105 | ', ["IN005 F2"]),
    ],
)
def test_what_cannot_be_a_planned_value_is_raised_and_not_used(mapping: Path, cells: str, faults: list[str]) -> None:
    found = read(mapping, cells)

    assert OCTOBER not in dict(key_result(found).waypoints)
    raised = [each for each in found.raised if each.code != "IN010"]
    assert [f"{each.code} {getattr(each.hit.at, 'a1', each.hit.at)}" for each in raised] == faults


def test_what_has_no_pace_has_no_waypoints(mapping: Path) -> None:
    assert key_result(read(mapping, "6 | 6 | 6 | 6 | 6", "Keep the lines running")).waypoints == ()


def test_sync_expects_what_is_planned_for_today(tmp_path: Path, mapping: Path) -> None:
    path = drawn_workbook(
        tmp_path / "team.xlsx",
        """
        Objective   | Key result      | Baseline | Target | Current | Plan Oct | Plan Nov
        Ship faster | Weekly releases | 2        | 10     | 3       | 4        | 8
        Ship faster | Teams on board  | 2        | 10     | 3       |          |
        """,
    )

    ran = okrsync("sync", path, "--mapping", mapping)

    assert ran.code == 0
    assert [row[0] for row in cells(path, columns="K")] == ["Expected today", 0.58, 0.55]
    assert edits(path, "--mapping", str(mapping)) == []


def test_a_mapping_with_planned_values_is_shown_as_it_is_written(tmp_path: Path, mapping: Path) -> None:
    again = tmp_path / "again.toml"

    again.write_text(to_toml(load(mapping)))

    assert '[table.planned]\n2026-10-31 = "Plan Oct"\n2026-11-30 = "column G"\n' in again.read_text()
    assert load(again) == load(mapping)


@pytest.mark.parametrize(
    ("planned", "words"),
    [
        ('october = "Plan Oct"', '[[table]] 1 planned "october" is no day'),
        ("2026-10-31 = 3", "is no text"),
        ('2026-10-31 = "column ZZZ"', "no such column"),
    ],
)
def test_a_fault_in_what_is_planned_is_named(tmp_path: Path, planned: str, words: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(MAPPING.split("[table.planned]", maxsplit=1)[0] + "[table.planned]\n" + planned)

    with pytest.raises(ConfigError) as error:
        load(path)

    assert words in str(error.value)


def test_planned_values_are_a_section(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('[[table]]\nsheet = "Q4"\nplanned = 3\n[table.columns]\nobjective = "Objective"')

    with pytest.raises(ConfigError, match="planned is not a section"):
        load(path)
