"""Files on disk: replaced whole or not at all, and not while somebody else has them open."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from okrsync.errors import WorkbookError
from okrsync.workbooks.files import put_file, real_file, refuse_changed, refuse_locked, replace_file

OLD, NEW = b"old bytes", b"new bytes, more of them"
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "okrs.xlsx"
    path.write_bytes(OLD)
    return path


def folder_of(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir())


def refused(act: Callable[[], None], problem: str) -> WorkbookError:
    with pytest.raises(WorkbookError) as caught:
        act()
    assert problem in caught.value.problem
    assert caught.value.where == "okrs.xlsx"
    return caught.value


# --- replacing ------------------------------------------------------------------------------------------------------


def test_a_file_is_replaced_and_nothing_else_is_left(book: Path) -> None:
    replace_file(book, "okrs.xlsx", NEW, OLD)

    assert book.read_bytes() == NEW
    assert folder_of(book) == ["okrs.xlsx"]


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o600, 0o664])
def test_the_mode_stays_and_the_time_does_not(book: Path, mode: int) -> None:
    book.chmod(mode)
    os.utime(book, (1_000_000_000, 1_000_000_000))

    replace_file(book, "okrs.xlsx", NEW, OLD)

    assert stat.S_IMODE(book.stat().st_mode) == mode
    assert book.stat().st_mtime > 1_500_000_000


@POSIX
def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(book: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.xlsx"
    link.symlink_to(book)

    replace_file(link, "okrs.xlsx", NEW, OLD)

    assert link.is_symlink()
    assert book.read_bytes() == NEW
    assert folder_of(link) == ["link.xlsx"]


@POSIX
def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "b.xlsx")
    refused(lambda: replace_file(tmp_path / "a.xlsx", "okrs.xlsx", NEW, OLD), "no such file")

    (tmp_path / "b.xlsx").symlink_to(tmp_path / "a.xlsx")
    refused(lambda: replace_file(tmp_path / "a.xlsx", "okrs.xlsx", NEW, OLD), "links")


def test_a_file_that_changed_meanwhile_is_not_replaced(book: Path) -> None:
    book.write_bytes(b"by Jan")

    error = refused(lambda: replace_file(book, "okrs.xlsx", NEW, OLD), "changed while we were working")

    assert error.fix == "run okrsync again."
    assert book.read_bytes() == b"by Jan"
    assert folder_of(book) == ["okrs.xlsx"]


def test_a_change_is_seen_also_where_size_and_time_stay(book: Path) -> None:
    facts = book.stat()
    book.write_bytes(OLD.upper())
    os.utime(book, ns=(facts.st_atime_ns, facts.st_mtime_ns))

    refused(lambda: refuse_changed(book, "okrs.xlsx", OLD), "changed while")


def test_an_unchanged_file_passes(book: Path) -> None:
    refuse_changed(book, "okrs.xlsx", OLD)


def test_a_file_that_is_gone_or_no_file_is_told(book: Path, tmp_path: Path) -> None:
    refused(lambda: refuse_changed(tmp_path / "gone.xlsx", "okrs.xlsx", OLD), "moved or deleted")
    refused(lambda: real_file_of(tmp_path / "gone.xlsx"), "no such file")
    refused(lambda: replace_file(tmp_path, "okrs.xlsx", NEW, OLD), "not a file")


def real_file_of(path: Path) -> None:
    real_file(path, "okrs.xlsx")


def test_a_file_that_is_read_only_is_not_replaced(book: Path) -> None:
    book.chmod(0o444)

    refused(lambda: replace_file(book, "okrs.xlsx", NEW, OLD), "read-only")
    refused(lambda: refuse_locked(book, "okrs.xlsx"), "read-only")
    assert book.read_bytes() == OLD
    book.chmod(0o644)


def test_a_folder_that_is_read_only_is_told(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != book.parent)

    refused(lambda: replace_file(book, "okrs.xlsx", NEW, OLD), "its folder is read-only")


@pytest.mark.parametrize(
    ("call", "error", "problem"),
    [
        ("fsync", OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        ("fsync", OSError(errno.EIO, "Input/output error"), "cannot be written (Input/output error)"),
        ("replace", PermissionError(errno.EACCES, "Access is denied"), "open in Excel"),
        ("utime", KeyboardInterrupt(), ""),
        ("fsync", KeyboardInterrupt(), ""),
        ("replace", KeyboardInterrupt(), ""),
    ],
)
def test_whatever_goes_wrong_the_old_file_stays_and_nothing_is_left(
    book: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: BaseException, problem: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(os, call, fail)
    with pytest.raises((WorkbookError, KeyboardInterrupt)) as caught:
        replace_file(book, "okrs.xlsx", NEW, OLD)

    assert problem in str(caught.value)
    assert book.read_bytes() == OLD
    assert folder_of(book) == ["okrs.xlsx"]


@pytest.mark.parametrize("call", ["chown", "chmod", "utime", "open"])
def test_systems_that_know_no_owners_modes_times_or_open_folders_do_no_harm(
    book: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    real = getattr(os, call, None)

    def fail(path: object, *arguments: object, **more: object) -> object:
        if call == "open" and path != book.parent and real is not None:
            return real(path, *arguments, **more)
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, call, fail, raising=False)
    replace_file(book, "okrs.xlsx", NEW, OLD)

    assert book.read_bytes() == NEW


def test_on_systems_without_owners_files_are_replaced_all_the_same(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "chown", raising=False)

    replace_file(book, "okrs.xlsx", NEW, OLD)

    assert book.read_bytes() == NEW


KILLED = """
import os, sys
from pathlib import Path
from okrsync.workbooks.files import replace_file
call, real = sys.argv[2], getattr(os, sys.argv[2])
def killed(*arguments, **more):
    if sys.argv[3] == "after":
        real(*arguments, **more)
    os._exit(9)
setattr(os, call, killed)
replace_file(Path(sys.argv[1]), "okrs.xlsx", b"new bytes, more of them", b"old bytes")
"""


@pytest.mark.parametrize(
    ("call", "when", "stands"),
    [("fsync", "before", OLD), ("fsync", "after", OLD), ("replace", "before", OLD), ("replace", "after", NEW)],
)
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_file(book: Path, call: str, when: str, stands: bytes) -> None:
    died = subprocess.run([sys.executable, "-c", KILLED, str(book), call, when])

    assert died.returncode == 9
    assert book.read_bytes() == stands


def test_what_a_killed_run_left_is_removed_when_it_is_old(book: Path) -> None:
    for name, age in ((".okrsync-old.tmp", 1_000_000_000), (".okrsync-young.tmp", None), ("other.tmp", 1_000_000_000)):
        (book.parent / name).write_bytes(b"half")
        if age is not None:
            os.utime(book.parent / name, (age, age))

    replace_file(book, "okrs.xlsx", NEW, OLD)

    assert folder_of(book) == [".okrsync-young.tmp", "okrs.xlsx", "other.tmp"]


def test_a_new_file_is_put_whole(tmp_path: Path) -> None:
    put_file(tmp_path / "new.json", NEW)

    assert (tmp_path / "new.json").read_bytes() == NEW


# --- lock files -----------------------------------------------------------------------------------------------------


def owner_file(name: str) -> bytes:
    """What Excel writes beside an open workbook."""
    narrow = name.encode("latin-1", "replace")
    wide = name.encode("utf-16-le") + " ".encode("utf-16-le") * (54 - len(name))
    return bytes([len(narrow)]) + narrow.ljust(54) + len(name).to_bytes(2, "little") + wide


@pytest.mark.parametrize(
    ("lock", "content", "who"),
    [
        ("~$okrs.xlsx", owner_file("Jan Havlíček"), "Jan Havlíček has it open"),
        ("~$okrs.xlsx", owner_file("陈岚"), "陈岚 has it open"),
        ("~$okrs.xlsx", b"\x05Wendy".ljust(55), "Wendy has it open"),
        ("~$okrs.xlsx", b"", "somebody has it open"),
        ("~$okrs.xlsx", b"\x04\x1b[2J".ljust(55), "[2J has it open"),
        (".~okrs.xlsx", owner_file("陈岚"), "陈岚 has it open"),
        (".~lock.okrs.xlsx#", b"Ana Dias,ana,laptop,20.11.2026 09:15,file:///home/ana/4;", "Ana Dias has it open"),
        (".~lock.okrs.xlsx#", b",ana,laptop,20.11.2026 09:15,file:///home/ana/4;", "ana has it open"),
        (".~lock.okrs.xlsx#", b"", "somebody has it open"),
    ],
)
def test_a_lock_file_names_who_has_the_workbook_open(book: Path, lock: str, content: bytes, who: str) -> None:
    (book.parent / lock).write_bytes(content)
    age(book.parent / lock, OPENED)

    error = refused(lambda: refuse_locked(book, "okrs.xlsx", clock_at(SAME_DAY)), f"{who} since 2026-11-19 08:12")

    assert error.fix == (
        f"have it closed there, and run okrsync again; if nobody has it open any more, delete {lock} beside it."
    )


OPENED, SAME_DAY, DAYS_LATER = datetime(2026, 11, 19, 8, 12), datetime(2026, 11, 20, 8, 0), datetime(2026, 11, 23, 2, 0)


def age(lock: Path, written: datetime) -> None:
    os.utime(lock, (written.timestamp(), written.timestamp()))


def clock_at(moment: datetime) -> Callable[[], float]:
    return moment.timestamp


@pytest.mark.parametrize(
    ("lock", "content", "said", "who"),
    [
        ("~$okrs.xlsx", owner_file("Jan Havlíček"), ", by Jan Havlíček,", "Jan Havlíček"),
        (".~lock.okrs.xlsx#", b"Ana Dias,ana,laptop,;", ", by Ana Dias,", "Ana Dias"),
        (".~okrs.xlsx", b"", "", "somebody"),
    ],
)
def test_a_lock_file_older_than_a_day_looks_left_behind(
    book: Path, lock: str, content: bytes, said: str, who: str
) -> None:
    (book.parent / lock).write_bytes(content)
    age(book.parent / lock, OPENED)

    error = refused(
        lambda: refuse_locked(book, "okrs.xlsx", clock_at(DAYS_LATER)),
        f"the lock file {lock} beside it is of 2026-11-19 08:12{said} and looks left behind; nothing was written",
    )

    assert error.fix == (
        f"if {who} still has it open, close it there; else delete the file {lock}; then run okrsync again."
    )


def test_a_lock_file_from_a_clock_that_runs_ahead_is_no_old_one(book: Path) -> None:
    (book.parent / "~$okrs.xlsx").write_bytes(owner_file("Jan"))
    age(book.parent / "~$okrs.xlsx", DAYS_LATER)

    refused(lambda: refuse_locked(book, "okrs.xlsx", clock_at(SAME_DAY)), "Jan has it open since 2026-11-23 02:00")


def test_a_lock_file_that_cannot_be_read_still_locks(book: Path) -> None:
    (book.parent / "~$okrs.xlsx").mkdir()

    refused(lambda: refuse_locked(book, "okrs.xlsx"), "somebody has it open")


@POSIX
def test_a_lock_beside_the_file_counts_for_a_link_to_it(book: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.xlsx"
    link.symlink_to(book)
    (tmp_path / "~$okrs.xlsx").write_bytes(owner_file("Jan"))

    refused(lambda: refuse_locked(link, "okrs.xlsx"), "Jan has it open")


def test_a_file_that_nobody_has_open_passes(book: Path) -> None:
    (book.parent / "~$other.xlsx").write_bytes(owner_file("Jan"))

    refuse_locked(book, "okrs.xlsx")
