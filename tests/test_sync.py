"""The whole flow on real workbooks: written once, then only what a day or a person changes; what is asked is obeyed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbooks import (
    FOUR,
    OURS,
    SYNCED,
    TEAM,
    cells,
    drawn_workbook,
    edits,
    members,
    okrsync,
    padded,
    people,
    sheet_names,
    synced,
    texts,
)


def state(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mtime_ns


def test_the_first_sync_writes_five_columns_and_two_sheets(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")

    synced(path)

    assert cells(path, columns=FOUR) == padded(SYNCED)
    assert cells(path, columns="ABCDEF") == padded(TEAM)
    assert sheet_names(path) == ["Q4", "OKR Summary", "OKR Gaps"]


def test_the_second_sync_of_a_day_makes_no_edits_and_leaves_the_file(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    synced(path)
    once = state(path)

    assert synced(path) == []
    assert state(path) == once


def test_a_later_day_rewrites_only_what_the_day_changes(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    synced(path)

    changed = synced(path, day="2026-12-01")

    assert changed == [
        '\'Q4\'!I2: "on track" → "at risk"',
        "'Q4'!J2: 0.55 → 0.67",
        "'Q4'!J3: 0.55 → 0.67",
        '\'Q4\'!I4: "on track" → "at risk"',
        "'Q4'!J4: 0.55 → 0.67",
        "'OKR Summary': rewrite our sheet (34 rows)",
        "'OKR Gaps': rewrite our sheet (7 rows)",
    ]


def test_a_day_that_changes_nothing_but_the_date_leaves_the_file(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx", TEAM)
    synced(path, day="2027-02-01")
    once = state(path)

    assert synced(path, day="2027-02-02") == []
    assert state(path) == once


def test_undo_restores_the_very_bytes(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    before = path.read_bytes()
    synced(path)

    assert okrsync("undo", path).code == 0
    assert path.read_bytes() == before


def test_a_dry_run_prints_every_edit_and_writes_nothing(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    before = state(path)

    ran = okrsync("sync", path, "--dry-run")

    assert ran.code == 0
    assert "  'Q4'!G2: blank → 0.466667\n" in ran.out
    assert "  'Q4'!I3: blank → \"off track\"\n" in ran.out
    assert "  'OKR Gaps': add our sheet" in ran.out
    assert state(path) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["team.xlsx"]


def test_a_dry_run_names_what_stands_in_a_cell_now(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    synced(path)
    with people(path) as book:
        book["Q4"]["F3"] = 6

    assert "'Q4'!G3: 0.125 → 0.5" in edits(path)


@pytest.mark.parametrize(
    ("setting", "sheets", "columns"),
    [
        ("summary = false", ["Q4", "OKR Gaps"], True),
        ("gaps = false", ["Q4", "OKR Summary"], True),
        ("columns = false", ["Q4", "OKR Summary", "OKR Gaps"], False),
        ("summary = false\ngaps = false\ncolumns = false", ["Q4"], False),
    ],
)
def test_what_the_config_turns_off_is_not_written(
    tmp_path: Path, setting: str, sheets: list[str], columns: bool
) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    (tmp_path / "config.toml").write_text(f"[write]\n{setting}\n")

    assert okrsync("sync", path).code == 0

    assert sheet_names(path) == sheets
    assert ("Progress" in texts(path, "Q4")) is columns


def test_a_chinese_sheet_gets_chinese_columns_and_sheets(tmp_path: Path) -> None:
    path = drawn_workbook(
        tmp_path / "团队.xlsx",
        """
        目标     | 关键结果               | 负责人 | 起始值 | 目标值 | 当前值
        提升交付 | 每周发布从2次提高到10次 | 王芳   | 2      | 10     | 6
        """,
    )

    synced(path)

    header = cells(path, columns=OURS)[0]
    assert all(isinstance(text, str) and not text.isascii() for text in header)
    assert all(not name.isascii() for name in sheet_names(path)[1:])
    assert synced(path) == []


def test_the_output_language_may_be_told(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")

    synced(path, "--output-lang", "zh")

    assert "Progress" not in texts(path, "Q4")
    assert synced(path, "--output-lang", "zh") == []


@pytest.mark.parametrize("command", ["read", "audit"])
def test_reports_speak_the_output_language_and_json_does_not(tmp_path: Path, command: str) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")

    ran = okrsync(command, path, "--output-lang", "zh")

    assert "目标" in ran.out and "正常" in ran.out and "落后" in ran.out
    assert "on track" not in ran.out and "Status" not in ran.out
    spoken, plain = okrsync(command, path, "--json", "--output-lang", "zh"), okrsync(command, path, "--json")
    assert spoken.out == plain.out


def test_the_output_language_of_the_config_holds_for_reports_too(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    (tmp_path / "config.toml").write_text('[run]\noutput_lang = "zh"\n')

    assert "目标 2 · 关键结果 3: 1 落后，2 正常" in okrsync("audit", path).out


def test_a_language_that_okrsync_does_not_write_is_refused_before_the_demo_is_written(tmp_path: Path) -> None:
    ran = okrsync("demo", tmp_path / "okrs", "--output-lang", "klingon")

    assert ran.code == 2
    assert 'okrsync does not write "klingon"' in ran.err
    assert list(tmp_path.iterdir()) == []


def test_one_bad_workbook_does_not_stop_the_others(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.xlsx", drawn_workbook(tmp_path / "good.xlsx")
    bad.write_bytes(b"PK\3\4 and then nothing")

    ran = okrsync("sync", bad, good)

    assert ran.code == 2
    assert "bad.xlsx: " in ran.err and "Fix: " in ran.err
    assert cells(good, columns=FOUR) == padded(SYNCED)
    assert bad.read_bytes() == b"PK\3\4 and then nothing"


def test_a_workbook_that_is_locked_does_not_stop_the_others(tmp_path: Path) -> None:
    locked, good = drawn_workbook(tmp_path / "locked.xlsx"), drawn_workbook(tmp_path / "good.xlsx")
    before = locked.read_bytes()
    (tmp_path / ".~lock.locked.xlsx#").write_text("Ana Souza,ana,laptop,20.11.2026 09:00,file:///x")

    ran = okrsync("sync", locked, good)

    assert ran.code == 2
    assert "locked.xlsx: Ana Souza has it open" in ran.err
    assert locked.read_bytes() == before
    assert "Progress" in texts(good, "Q4")


COMPANY = """
    Objective          | Key result                           | Owner | Baseline | Target | Current
    Lead the market    | Win market share from 10 % to 20 %   | Olga  | 10 %     | 20 %   | 15 %
    Secret acquisition | Sign 1 letter of intent              | Olga  | 0        | 1      | 0
"""
SQUAD = """
    Objective   | Key result                         | Owner | Baseline | Target | Current | Contributes to
    Ship faster | Raise weekly releases from 2 to 10 | Ben   | 2        | 10     | 6       | Lead the market
"""


def test_links_across_workbooks_are_found_and_only_title_and_owner_cross_over(tmp_path: Path) -> None:
    company = drawn_workbook(tmp_path / "company.xlsx", {"Company": COMPANY})
    squad = drawn_workbook(tmp_path / "squad.xlsx", {"Squad": SQUAD})

    ran = okrsync("sync", company, squad, "--json")

    assert ran.code == 0
    assert not [found for found in ran.json["findings"] if found["code"] == "AL001"]
    told = " / ".join(texts(squad, "OKR Summary") + texts(squad, "OKR Gaps"))
    assert "Lead the market" in told
    for secret in ("market share", "Secret acquisition", "letter of intent"):
        assert secret not in told
    assert "Raise weekly releases" not in " / ".join(texts(company, "OKR Summary") + texts(company, "OKR Gaps"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_texts_that_look_like_formulas_stay_texts(tmp_path: Path, start: str) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    with people(path) as book:
        sheet = book["Q4"]
        for at, text in {"A2": "cmd|' /C calc'!A0", "B2": "HYPERLINK(1)", "C2": "SUM(A1)", "F3": "many"}.items():
            sheet[at] = start + text
            sheet[at].data_type = "s"

    assert okrsync("sync", path).code == 0

    told = texts(path, "OKR Summary") + texts(path, "OKR Gaps")
    assert any("cmd|" in text for text in told)
    for name, part in members(path).items():
        if name.startswith("xl/worksheets/sheet"):
            assert b"<f>" not in part and b"<f " not in part
    assert edits(path) == []


def test_a_rerun_with_another_file_name_is_the_same_workbook(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    synced(path)
    moved = path.rename(tmp_path / "Team “Ö” 🚀.xlsx")

    assert [edit for edit in synced(moved) if edit.startswith("'Q4'")] == []


def test_a_cycle_may_be_asked_for_as_people_write_it(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx", {"Q4 2026": TEAM})

    assert okrsync("read", path, "--cycle", "q4 2026").code == 0
    refused = okrsync("read", path, "--cycle", "Q1 2031")
    assert refused.code == 2
    assert 'no sheet has the cycle "2031-Q1" (there are: 2026-Q4)' in refused.err
