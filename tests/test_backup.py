"""Backups and undo: what a run replaced comes back to the byte, and nobody's later work is lost."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from okrsync.backup import Run, keeper, kept_original, list_runs, undo, workbooks_kept
from okrsync.errors import WorkbookError
from okrsync.workbooks.files import replace_file

START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
NOW = START + timedelta(days=90)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "team").mkdir()
    path = tmp_path / "team" / "okrs.xlsx"
    path.write_bytes(b"A")
    return path


def synced(book: Path, content: bytes, day: int, *, directory: Path | None = None, keep: int = 10) -> None:
    """A run that writes, as the adapter does it: backed up, then replaced."""
    before = book.read_bytes()
    keeper(START + timedelta(days=day), directory, keep)(book, before, content)
    replace_file(book, book.name, content, before)


def killed_before_writing(book: Path, content: bytes, day: int) -> None:
    keeper(START + timedelta(days=day), None, 10)(book, book.read_bytes(), content)


def ids(book: Path, directory: Path | None = None) -> list[str]:
    return [run.id for run in list_runs(book, directory)]


def refused(book: Path, problem: str, *, force: bool = False, run: str | None = None) -> WorkbookError:
    before = book.read_bytes()
    with pytest.raises(WorkbookError) as caught:
        undo(book, now=NOW, force=force, run=run)
    assert problem in caught.value.problem
    assert caught.value.where == "okrs.xlsx"
    assert book.read_bytes() == before
    return caught.value


# --- keeping --------------------------------------------------------------------------------------------------------


def test_a_run_keeps_the_original_beside_the_workbook_for_nobody_else(book: Path) -> None:
    book.chmod(0o640)

    synced(book, b"B", 0)

    (run,) = list_runs(book)
    kept = kept_original(book, run)
    assert (run.id, run.time, run.workbook, run.undone) == (
        "20261120-020000",
        "2026-11-20T02:00:00+00:00",
        book.name,
        False,
    )
    assert kept.read_bytes() == b"A"
    assert kept.relative_to(book.parent).parts[0] == ".okrsync"
    assert kept.suffix == ".xlsx"
    assert (book.parent / ".okrsync" / ".gitignore").read_text() == "*\n"
    if os.name == "posix":
        assert stat.S_IMODE((book.parent / ".okrsync").stat().st_mode) == 0o700
        assert stat.S_IMODE(kept.stat().st_mode) == 0o640


def test_the_newest_runs_are_kept_and_the_newest_of_all_always(book: Path) -> None:
    for day in range(13):
        synced(book, b"%d" % day, day)
    assert len(ids(book)) == 10
    assert kept_original(book, list_runs(book)[-1]).read_bytes() == b"2"

    synced(book, b"last", 13, keep=1)

    assert ids(book) == ["20261203-020000"]
    assert len(list((book.parent / ".okrsync" / "okrs.xlsx").iterdir())) == 2


def test_two_runs_in_one_second_have_names_of_their_own(book: Path) -> None:
    synced(book, b"B", 0)
    synced(book, b"C", 0)

    assert ids(book) == ["20261120-020000-2", "20261120-020000"]
    assert undo(book, now=NOW).path.read_bytes() == b"B"


def test_namesakes_do_not_meet_in_a_shared_directory(book: Path, tmp_path: Path) -> None:
    other, shared = tmp_path / "okrs.xlsx", tmp_path / "kept" / "here"
    other.write_bytes(b"X")

    synced(book, b"B", 0, directory=shared)
    synced(other, b"Y", 1, directory=shared)

    assert ids(book, shared) == ["20261120-020000"]
    assert ids(other, shared) == ["20261121-020000"]
    assert workbooks_kept(tmp_path, shared) == (other, book)
    undo(other, shared, now=NOW)
    undo(book, shared, now=NOW)
    assert (book.read_bytes(), other.read_bytes()) == (b"A", b"X")
    assert not (book.parent / ".okrsync").exists()
    assert (shared / ".gitignore").exists()


def test_a_directory_people_made_is_not_hidden_from_their_version_control(book: Path, tmp_path: Path) -> None:
    synced(book, b"B", 0, directory=tmp_path)

    assert not (tmp_path / ".gitignore").exists()


def test_the_workbooks_of_a_folder_that_can_be_undone_are_found(book: Path) -> None:
    gone = book.parent / "gone.xlsx"
    gone.write_bytes(b"A")
    synced(gone, b"B", 0)
    synced(book, b"B", 0)
    gone.unlink()

    assert workbooks_kept(book.parent) == (book,)
    assert workbooks_kept(book.parent.parent) == ()


@pytest.mark.parametrize("call", ["fsync", "replace", "mkdir"])
def test_without_a_backup_nothing_is_written(book: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(WorkbookError) as caught:
        synced(book, b"B", 0)

    assert "a backup of it cannot be made (No space left on device); nothing was written" in caught.value.problem
    assert book.read_bytes() == b"A"


# --- undoing --------------------------------------------------------------------------------------------------------


def test_undo_goes_back_run_by_run(book: Path) -> None:
    synced(book, b"B", 0)
    synced(book, b"C", 1)

    first = undo(book, now=NOW)

    assert book.read_bytes() == b"B"
    assert (first.path, first.run.id, first.kept) == (book, "20261121-020000", None)
    undo(book, now=NOW)
    assert book.read_bytes() == b"A"
    refused(book, "there is no run to undo")
    assert [run.undone for run in list_runs(book)] == [True, True]


def test_a_run_after_an_undo_is_undone_by_itself(book: Path) -> None:
    synced(book, b"B", 0)
    undo(book, now=NOW)
    synced(book, b"C", 1)

    undo(book, now=NOW)

    assert book.read_bytes() == b"A"
    refused(book, "no run to undo")


def test_work_of_people_is_not_undone(book: Path) -> None:
    synced(book, b"B", 0)
    book.write_bytes(b"B and a word by Jan")

    error = refused(book, "somebody changed it since the run of 2026-11-20T02:00:00+00:00")

    assert str(kept_original(book, list_runs(book)[0])) in error.fix
    assert "--force" in error.fix


def test_work_between_two_runs_is_not_undone_either(book: Path) -> None:
    synced(book, b"B", 0)
    book.write_bytes(b"J")
    synced(book, b"C", 1)

    undo(book, now=NOW)

    assert book.read_bytes() == b"J"
    refused(book, "somebody changed it")


def test_a_forced_undo_keeps_the_present_file_first(book: Path) -> None:
    synced(book, b"B", 0)
    book.write_bytes(b"J")

    undone = undo(book, now=NOW, force=True)

    assert book.read_bytes() == b"A"
    assert undone.kept is not None
    assert undone.kept.read_bytes() == b"J"
    refused(book, "no run to undo")
    newest = list_runs(book)[0]
    assert newest.kind == "forced undo"
    undo(book, now=NOW, run=newest.id)
    assert book.read_bytes() == b"J"


def test_a_run_by_its_name_goes_with_all_that_came_after_it(book: Path) -> None:
    for day, content in enumerate((b"B", b"C", b"D")):
        synced(book, content, day)

    undo(book, now=NOW, run="20261121-020000")

    assert book.read_bytes() == b"B"
    assert [run.undone for run in list_runs(book)] == [True, True, False]
    refused(book, "already is as it was before", run="20261121-020000")
    undo(book, now=NOW, run="20261120-020000")
    assert book.read_bytes() == b"A"


def test_a_run_by_its_name_does_not_take_work_in_between_along(book: Path) -> None:
    synced(book, b"B", 0)
    book.write_bytes(b"J")
    synced(book, b"C", 1)

    refused(book, "somebody changed it", run="20261120-020000")
    refused(book, 'no run "2020" of it is kept', run="2020")


def test_a_workbook_without_runs_has_nothing_to_undo(book: Path) -> None:
    assert refused(book, "no run to undo").fix == "`okrsync undo --list` shows what can be undone."
    with pytest.raises(WorkbookError, match="no such file"):
        undo(book.parent / "gone.xlsx", now=NOW)


def test_undo_minds_who_has_the_workbook_open(book: Path) -> None:
    synced(book, b"B", 0)
    (book.parent / "~$okrs.xlsx").write_bytes(b"\x03Jan")

    refused(book, "Jan has it open")


def test_a_damaged_original_is_not_put_back(book: Path) -> None:
    synced(book, b"B", 0)
    kept_original(book, list_runs(book)[0]).write_bytes(b"?")

    refused(book, "is damaged", force=True)


def test_where_the_present_file_cannot_be_kept_nothing_is_forced(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    synced(book, b"B", 0)
    book.write_bytes(b"J")
    monkeypatch.setattr(os, "fsync", full)

    refused(book, "a backup of it cannot be made", force=True)


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_a_link_and_its_workbook_have_the_same_runs(book: Path) -> None:
    link = book.parent.parent / "link.xlsx"
    link.symlink_to(book)
    synced(link, b"B", 0)

    undo(book, now=NOW)

    assert link.read_bytes() == b"A"
    assert link.is_symlink()


# --- killed runs ----------------------------------------------------------------------------------------------------


def test_a_run_killed_before_it_wrote_is_passed_over(book: Path) -> None:
    synced(book, b"B", 0)
    killed_before_writing(book, b"C", 1)

    undone = undo(book, now=NOW)

    assert undone.run.id == "20261120-020000"
    assert book.read_bytes() == b"A"


def test_a_run_killed_before_it_wrote_makes_room_for_the_next(book: Path) -> None:
    synced(book, b"B", 0)
    killed_before_writing(book, b"C", 1)
    synced(book, b"D", 2)

    assert ids(book) == ["20261122-020000", "20261120-020000"]


def test_an_undo_killed_before_it_was_noted_is_not_done_twice(book: Path) -> None:
    synced(book, b"B", 0)
    synced(book, b"C", 1)
    book.write_bytes(b"B")  # what undo puts there before it notes it

    undo(book, now=NOW)

    assert book.read_bytes() == b"A"


KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from okrsync.backup import keeper
from okrsync.workbooks.files import replace_file
left, real = int(sys.argv[2]), os.replace
def replace(*arguments, **more):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    real(*arguments, **more)
os.replace = replace
book = Path(sys.argv[1])
keeper(datetime(2026, 11, 21), None, 10)(book, book.read_bytes(), b"C")
replace_file(book, book.name, b"C", b"B")
"""


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_wherever_a_run_is_killed_undo_finds_its_way(book: Path, steps: int) -> None:
    synced(book, b"B", 0)
    subprocess.run([sys.executable, "-c", KILLED, str(book), str(steps)])
    written = steps == 3
    assert book.read_bytes() == (b"C" if written else b"B")

    undo(book, now=NOW)

    assert book.read_bytes() == (b"B" if written else b"A")


# --- records that are not ours or not whole -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        "",
        "{",
        "[1]",
        "[" * 100_000,
        '{"id": "20270101-000000"}',
        json.dumps({"number": "9"}),
        json.dumps({"id": "other"}),
        json.dumps({"kind": "?"}),
        json.dumps({"workbook": "../okrs.xlsx"}),
        json.dumps({"before": 1}),
    ],
)
def test_a_record_that_cannot_be_read_is_passed_over(book: Path, record: str) -> None:
    synced(book, b"B", 0)
    (run,) = list_runs(book)
    whole = {**{field: getattr(run, field) for field in Run.__struct_fields__}, "id": "20270101-000000", "number": 9}
    if record.startswith('{"') and record != '{"id": "20270101-000000"}':
        record = json.dumps({**whole, **json.loads(record)})
    folder = book.parent / ".okrsync" / "okrs.xlsx"
    (folder / "20270101-000000.json").write_text(record)
    (folder / "20270101-000000.xlsx").write_bytes(b"evil")

    assert list_runs(book) == (run,)
    assert undo(book, now=NOW).path.read_bytes() == b"A"


def test_a_backup_of_what_was_not_replaced_after_all_is_no_run(book: Path) -> None:
    synced(book, b"B", day=1)

    forget = keeper(START + timedelta(days=2), None, 10)(book, b"B", b"C")
    forget()

    assert len(ids(book)) == 1
    undo(book, now=NOW)
    assert book.read_bytes() == b"A"


def test_a_backup_of_what_was_replaced_is_never_forgotten(book: Path) -> None:
    forget = keeper(START, None, 10)(book, b"A", b"B")
    replace_file(book, book.name, b"B", b"A")

    forget()

    assert len(ids(book)) == 1
