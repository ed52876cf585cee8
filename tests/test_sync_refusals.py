"""What must not be written is not: exit code 2, words, a fix, the file as it was and nothing left behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from okrsync.config import Config
from okrsync.sources import Source
from okrsync.sync import sync
from tests.workbooks import cells, drawn_workbook, edited, holding, members, okrsync, people, synced, texts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


EXCEL_LOCK = b"\3Ana" + b" " * 51 + b"\3\0" + "Ana".encode("utf-16-le") + b" \0" * 51


def encrypted(path: Path) -> None:
    package = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(OLE + bytes(504) + package + bytes(1024))


def an_old_workbook(path: Path) -> None:
    path.write_bytes(OLE + bytes(2048))


def signed(path: Path) -> None:
    edited(path, {}, **{"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"})


def within_workbook(element: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        edited(path, {"xl/workbook.xml": lambda part: part.replace(b"<bookViews>", element + b"<bookViews>")})

    return change


def read_only(path: Path) -> None:
    path.chmod(0o444)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-300])


def beside(name: str, content: bytes) -> Callable[[Path], None]:
    def lock(path: Path) -> None:
        (path.parent / name.format(path.name)).write_bytes(content)

    return lock


REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "open in Excel": (beside("~${}", EXCEL_LOCK), "Ana has it open"),
    "open in LibreOffice": (beside(".~lock.{}#", b"Ben Li,ben,pc,20.11.2026 09:00,file:///x;"), "Ben Li has it open"),
    "read-only": (read_only, "read-only"),
    "with a password": (encrypted, "password"),
    "of another Office program": (an_old_workbook, "another Office program"),
    "signed": (signed, "digital signature"),
    "protected structure": (within_workbook(b'<workbookProtection lockStructure="1"/>'), "structure is protected"),
    "cut off": (cut_off, "incomplete"),
    "no workbook": (holding(b"<html><table></table></html>"), "web page"),
    "empty": (holding(b""), "empty"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_must_not_be_written_is_refused_with_words_and_a_fix(tmp_path: Path, case: str) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    change, words = REFUSED[case]
    change(path)
    before, there = path.read_bytes(), sorted(entry.name for entry in tmp_path.iterdir())

    ran = okrsync("sync", path)

    assert ran.code == 2
    assert ran.err.startswith("team.xlsx: ") and words in ran.err
    assert "  Fix: " in ran.err
    assert "Traceback" not in ran.err + ran.out
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == there


def test_a_lock_file_that_is_days_old_looks_left_behind_and_the_words_say_what_to_do(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    lock = tmp_path / "~$team.xlsx"
    lock.write_bytes(EXCEL_LOCK)
    os.utime(lock, (1_700_000_000, 1_700_000_000))

    ran = okrsync("sync", path)

    assert ran.code == 2
    assert "is of 2023-11-1" in ran.err and "looks left behind" in ran.err
    assert "delete the file ~$team.xlsx" in ran.err


def test_a_workbook_that_is_locked_can_still_be_audited_and_tried(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    (tmp_path / "~$team.xlsx").write_bytes(EXCEL_LOCK)

    assert okrsync("audit", path).code == 0
    assert okrsync("sync", path, "--dry-run").code == 0


def test_a_protected_structure_forbids_new_sheets_only(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    synced(path)
    within_workbook(b'<workbookProtection lockStructure="1"/>')(path)
    current, updated = b'<c r="F3"><v>3</v>', b'<c r="F3"><v>6</v>'
    edited(path, {"xl/worksheets/sheet1.xml": lambda part: part.replace(current, updated)})

    synced(path)

    assert cells(path, columns="G")[2] == [0.5]
    assert b"lockStructure" in members(path)["xl/workbook.xml"]


def test_a_workbook_that_a_person_saved_meanwhile_is_left_and_the_others_are_written(tmp_path: Path) -> None:
    team, other = drawn_workbook(tmp_path / "team.xlsx"), drawn_workbook(tmp_path / "other.xlsx")

    def a_person_saves(workbook: str, _done: int, _all: int) -> None:
        if workbook == "other.xlsx":  # team.xlsx has been read by then
            with people(team) as book:
                book["Q4"]["F3"] = 9

    sources = [Source(team, "team.xlsx", None, True), Source(other, "other.xlsx", None, True)]
    outcome = sync(sources, Config(), today=date(2026, 11, 20), progress=a_person_saves)

    assert [str(failure) for failure in outcome.failures] == [
        "team.xlsx: changed while we were working; nothing was written\n  Fix: run okrsync again."
    ]
    assert "Progress" not in texts(team, "Q4")
    assert cells(team, columns="F")[2] == [9.0]
    assert "Progress" in texts(other, "Q4")


def test_without_a_backup_nothing_is_written(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    (tmp_path / ".okrsync").write_text("a file stands where the backups would go")
    before = path.read_bytes()

    ran = okrsync("sync", path)

    assert ran.code == 2
    assert "a backup of it cannot be made" in ran.err and "Fix: " in ran.err
    assert path.read_bytes() == before


def test_a_wish_to_be_opened_read_only_is_told_and_is_no_refusal(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    wish = b'<fileSharing readOnlyRecommended="1"/><workbookPr'
    edited(path, {"xl/workbook.xml": lambda part: part.replace(b"<workbookPr", wish, 1)})

    ran = okrsync("sync", path)

    assert ran.code == 0
    assert "team.xlsx: it recommends to be opened read-only; it is written all the same" in ran.err
