"""`okrsync init` and `okrsync mapping test`: a reading is told, written down, corrected and pinned."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from okrsync.mapping_file import read as read_mapping
from tests.workbooks import okrsync

TEAM = """Objective,Key result,Owner,Baseline,Target,Current
Ship faster,Shorten deploys from 45 to 30 minutes,Ana,45,30,38
Ship faster,Raise weekly releases from 2 to 10,Ben,2,10,3
Total,,,,40,41
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A small team's sheet with a totals row."""
    path = tmp_path / "Team Blue.csv"
    path.write_text(TEAM, encoding="utf-8")
    return path


def test_a_reading_is_told_as_a_person_would(team: Path) -> None:
    ran = okrsync("init", team)

    assert ran.code == 0
    assert "'Team Blue': one row per key result from row 2; 2 key results under 1 objective\n" in ran.out
    assert "objective in A; key result in B; owner in C; baseline in D; target in E; current in F" in ran.out
    assert "row 4 looks like a total and was left out" in ran.out


def test_config_and_mapping_are_written_and_obeyed(team: Path) -> None:
    okrsync("init", team)

    config = team.parent / "config.toml"
    (mapping,) = read_mapping(team.parent / "mappings" / "Team-Blue.toml")
    assert mapping.columns["target"] == 5
    assert mapping.last_row is None  # rows will be added
    assert 'mapping = "mappings/Team-Blue.toml"' in config.read_text(encoding="utf-8")

    written = team.parent / "mappings" / "Team-Blue.toml"
    text = written.read_text(encoding="utf-8").replace('target = "column E"', 'target = "column F"')
    written.write_text(text.replace('target = "Target"\n', ""), encoding="utf-8")
    results = okrsync("read", "--config", config, "--json").json["objectives"][0]["key_results"]
    assert [each["target"] for each in results] == [38, 3]


def test_a_column_that_moved_is_found_again_and_said(team: Path) -> None:
    okrsync("init", team)
    moved = TEAM.replace("Owner,Baseline", "Baseline,Owner")
    team.write_text(moved.replace("Ana,45", "45,Ana").replace("Ben,2", "2,Ben"), encoding="utf-8")

    ran = okrsync("read", "--config", team.parent / "config.toml", "--json").json

    assert [each["baseline"] for each in ran["objectives"][0]["key_results"]] == [45, 2]
    messages = {each["message"]: each["at"] for each in ran["findings"] if each["code"] == "IN009"}
    assert messages['owner is read from column D, where its header "Owner" stands now'].endswith("!D1")


def test_what_is_there_is_left_alone_and_the_entries_are_shown(team: Path) -> None:
    config = team.parent / "config.toml"
    config.write_text("# mine\n")
    mapping = team.parent / "mappings" / "Team-Blue.toml"
    mapping.parent.mkdir()
    mapping.write_text("# mine too\n")

    ran = okrsync("init", team)

    assert ran.code == 0
    assert config.read_text() == "# mine\n"
    assert mapping.read_text() == "# mine too\n"
    assert "config.toml is there already and was left alone; to use the mappings, add to it:" in ran.out
    assert "[[source]]" in ran.out


def test_workbooks_of_one_name_get_mappings_of_their_own(team: Path) -> None:
    for folder in ("a", "b"):
        (team.parent / folder).mkdir()
        (team.parent / folder / "okrs.csv").write_text(TEAM, encoding="utf-8")

    ran = okrsync("init", team.parent / "a" / "okrs.csv", team.parent / "b" / "okrs.csv")

    assert ran.code == 0
    assert sorted(path.name for path in (team.parent / "a" / "mappings").iterdir()) == ["okrs-2.toml", "okrs.toml"]


def test_a_full_disk_leaves_no_half_a_mapping(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: Callable[..., Any] = Path.open

    def full(self: Path, *args: Any, **kwargs: Any) -> Any:
        file = opened(self, *args, **kwargs)
        if args[:1] == ("x",):

            def write(_: str) -> int:
                raise OSError(errno.ENOSPC, "No space left on device")

            monkeypatch.setattr(file, "write", write, raising=False)
        return file

    monkeypatch.setattr(Path, "open", full)
    ran = okrsync("init", team)

    assert ran.code == 2
    assert "No space left on device" in ran.err
    assert not (team.parent / "mappings" / "Team-Blue.toml").exists()
    assert not (team.parent / "config.toml").exists()


def test_a_workbook_without_okrs_gets_no_mapping(tmp_path: Path) -> None:
    path = tmp_path / "budget.csv"
    path.write_text("Item,Jan,Feb\nRent,100,100\nPower,20,30\n", encoding="utf-8")

    ran = okrsync("init", path)

    assert ran.code == 2
    assert not (tmp_path / "mappings").exists()
    assert not (tmp_path / "config.toml").exists()


def pinned(team: Path) -> Path:
    """The reading of a sheet, kept."""
    path = team.parent / "expected.json"
    path.write_text(okrsync("read", team, "--json").out, encoding="utf-8")
    return path


def test_a_reading_that_is_pinned_holds(team: Path) -> None:
    ran = okrsync("mapping", "test", team, "--expect", pinned(team))

    assert ran.code == 0
    assert "the reading is the one in" in ran.out


def test_a_reading_that_changed_is_told_line_by_line(team: Path) -> None:
    expected = pinned(team)
    team.write_text(TEAM.replace("Ben,2,10,3", "Bea,2,10,3").replace("45 to 30", "45 to 20"), encoding="utf-8")

    ran = okrsync("mapping", "test", team, "--expect", expected)

    assert ran.code == 1
    assert 'owner was "Ben", now "Bea"' in ran.out
    assert "from 45 to 30" in ran.out.splitlines()[0]
    assert "is not read any more" in ran.out
    assert "is read, and was not before" in ran.out


def test_a_day_later_the_reading_is_still_the_same(team: Path) -> None:
    expected = pinned(team)

    assert okrsync("mapping", "test", team, "--expect", expected, day="2026-12-24").code == 0


def test_a_reading_is_tested_for_the_day_it_was_kept_on(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = pinned(team)
    monkeypatch.setattr("okrsync.commands.job.local_day", lambda *_: date(2031, 5, 4))

    assert okrsync("mapping", "test", team, "--expect", expected, day=None).code == 0
    assert okrsync("mapping", "test", team, "--expect", expected, day="2031-05-04").code == 1


def test_a_reading_without_a_day_is_tested_for_today(team: Path) -> None:
    expected = pinned(team)
    kept = json.loads(expected.read_text(encoding="utf-8"))
    for day in (None, 7, "soon"):
        kept["today"] = day
        expected.write_text(json.dumps(kept), encoding="utf-8")
        assert okrsync("mapping", "test", team, "--expect", expected).code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ("[]", 'has no list "objectives"'),
        ('{"objectives": [1]}', 'has no list "objectives"'),
        ('{"objectives": [{"key_results": [null]}]}', 'has no list "objectives"'),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_reading_is_refused(team: Path, content: str | None, words: str) -> None:
    expected = team.parent / "expected.json"
    if content is not None:
        expected.write_text(content, encoding="utf-8")

    ran = okrsync("mapping", "test", team, "--expect", expected)

    assert ran.code == 2
    assert words in ran.err
    assert "okrsync read SOURCE --json" in ran.err


def test_reasons_are_shown_with_how_sure_they_are(team: Path) -> None:
    ran = okrsync("mapping", "show", team, "-v")

    assert ran.code == 0
    reasons = [line for line in ran.out.splitlines() if line.startswith("  because ")]
    assert len(reasons) > 3
    assert all(line.endswith("% sure)") for line in reasons)


def test_a_file_where_the_folder_of_mappings_belongs_is_an_error(team: Path) -> None:
    (team.parent / "mappings").write_text("")

    ran = okrsync("init", team)

    assert ran.code == 2
    assert "mappings: cannot be written: " in ran.err
    assert "left alone" not in ran.out
