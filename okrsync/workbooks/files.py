"""One file replaced on disk so that at any moment there is the whole old one or the whole new one."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from okrsync.errors import WorkbookError

_TEMP_START, _TEMP_END = ".okrsync-", ".tmp"
_STALE_SECONDS = 3600
_FULL_DISK = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_EXCEL_LOCK, _WPS_LOCK, _LIBRE_LOCK = "~${}", ".~{}", ".~lock.{}#"
_DAY = 24 * 3600
_RUN_AGAIN = "run okrsync again."


Keep = Callable[[Path, bytes, bytes], Callable[[], None]]
"""Backs a file up: its path, its bytes as they are, and those that will replace them. What comes back takes the backup
away again, for when the file was not replaced after all."""


def refuse_locked(path: Path, name: str, now: Callable[[], float] = time.time) -> None:
    """Returns when nobody has the file open, as far as lock files tell, and it may be written; else WorkbookError.

    `now` tells how old a lock file is; it changes the words alone, for a program may be left open for days.
    """
    real = real_file(path, name)
    _refuse_read_only(real, name)
    for folder, file_name in ((real.parent, real.name), (path.parent, path.name)):
        for pattern in (_EXCEL_LOCK, _LIBRE_LOCK, _WPS_LOCK):
            lock = folder / pattern.format(file_name)
            with suppress(OSError):
                raise _locked(lock, name, lock.stat().st_mtime, now)


def refuse_changed(path: Path, name: str, expected: bytes) -> None:
    """Returns when the file still holds these bytes; else WorkbookError."""
    try:
        same = path.stat().st_size == len(expected) and path.read_bytes() == expected
    except FileNotFoundError as error:
        raise WorkbookError(
            name,
            "was moved or deleted while we were working; nothing was written",
            "put it back, or name it where it is now.",
        ) from error
    except OSError as error:
        raise _refused(name, error) from error
    if not same:
        raise WorkbookError(name, "changed while we were working; nothing was written", _RUN_AGAIN)


def replace_file(path: Path, name: str, data: bytes, expected: bytes) -> None:
    """Puts `data` in the place of the file; mode, owner and attributes stay where the system lets them.

    `expected`: what the file must still hold right before. A symbolic link stays one; the file it leads to is replaced.
    On Windows the new file has the rights its folder gives. Raises WorkbookError; then the file is untouched.
    """
    real = real_file(path, name)
    _refuse_read_only(real, name)
    try:
        put_file(real, data, like=real, guard=lambda: refuse_changed(real, name, expected))
    except OSError as error:
        raise _refused(name, error) from error


def real_file(path: Path, name: str) -> Path:
    """The file itself where the path is, or goes through, a symbolic link."""
    try:
        return path.resolve(strict=True)
    except FileNotFoundError as error:
        raise WorkbookError(name, "there is no such file", "correct the name or the folder.") from error
    except (OSError, RuntimeError) as error:  # before Python 3.13 links in a circle are a RuntimeError
        raise WorkbookError(name, "the file cannot be reached through its links", "name the file itself.") from error


def put_file(target: Path, data: bytes, like: Path | None = None, guard: Callable[[], None] | None = None) -> None:
    """Writes a file durably and all at once; `like`: the file whose mode and owner it takes. Raises OSError.

    `guard` is asked last, when everything but the replacing is done; what it raises leaves the target as it was.
    """
    handle, temp_name = tempfile.mkstemp(prefix=_TEMP_START, suffix=_TEMP_END, dir=target.parent)
    temp = Path(temp_name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _remove_stale(temp)
        if like is not None:
            _take_after(temp, like)
        if guard is not None:
            guard()
        temp.replace(target)
    except BaseException:
        with suppress(OSError):
            temp.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _take_after(temp: Path, like: Path) -> None:
    """Owner first: taking it may clear bits of the mode. Systems and folders that know none of this are left alone."""
    facts = like.stat()
    if hasattr(os, "chown"):
        for owner, group in ((-1, facts.st_gid), (facts.st_uid, -1)):
            with suppress(OSError):
                os.chown(temp, owner, group)
    with suppress(OSError):
        temp.chmod(stat.S_IMODE(facts.st_mode))
    with suppress(OSError):
        shutil.copystat(like, temp)  # for access lists and attributes; it copies the times, too
    with suppress(OSError):
        os.utime(temp)


def _remove_stale(ours: Path) -> None:
    """What runs that were killed left here. Old is told by our own file's time: it is the file server's clock, too."""
    with suppress(OSError):
        limit = ours.stat().st_mtime - _STALE_SECONDS
        for left in ours.parent.glob(f"{_TEMP_START}*{_TEMP_END}"):
            if left.lstat().st_mtime < limit:
                left.unlink()


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable where the system knows how; Windows does it by itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --- what stands in the way -----------------------------------------------------------------------------------------


def _refuse_read_only(real: Path, name: str) -> None:
    try:
        mode = real.stat().st_mode
    except OSError as error:
        raise _refused(name, error) from error
    if not stat.S_ISREG(mode):
        raise WorkbookError(name, "it is not a file", "name a workbook.")
    if not mode & 0o222 or not os.access(real, os.W_OK):
        raise WorkbookError(
            name, "the file is read-only", "allow writing to it (its properties, or chmod u+w), or use `okrsync audit`."
        )
    if not os.access(real.parent, os.W_OK):
        raise WorkbookError(
            name, "its folder is read-only", "allow writing to the folder, or work on a copy elsewhere."
        )


def _refused(name: str, error: OSError) -> WorkbookError:
    if error.errno in _FULL_DISK:
        return WorkbookError(name, "the disk is full; nothing was written", "free some space, and run okrsync again.")
    if isinstance(error, PermissionError):
        return WorkbookError(
            name,
            "it may not be written just now, most likely because it is open in Excel; nothing was written",
            "close it in every program (see also that you may write to its folder), and run okrsync again.",
        )
    reason = error.strerror or type(error).__name__
    return WorkbookError(name, f"it cannot be written ({reason}); nothing was written", "see to that, and try again.")


def _locked(lock: Path, name: str, modified: float, now: Callable[[], float]) -> WorkbookError:
    since, user = datetime.fromtimestamp(modified).strftime("%Y-%m-%d %H:%M"), _user(lock)
    if now() - modified > _DAY:
        by = f", by {user}," if user else ""
        return WorkbookError(
            name,
            f"the lock file {lock.name} beside it is of {since}{by} and looks left behind; nothing was written",
            f"if {user or 'somebody'} still has it open, close it there; else delete the file {lock.name}; "
            "then run okrsync again.",
        )
    return WorkbookError(
        name,
        f"{user or 'somebody'} has it open since {since} (lock file {lock.name}); nothing was written",
        f"have it closed there, and run okrsync again; if nobody has it open any more, delete {lock.name} beside it.",
    )


def _user(lock: Path) -> str:
    """Who has the file open, as the lock file says; empty where it does not, or may not be read."""
    try:
        with lock.open("rb") as file:
            data = file.read(4096)
    except OSError:
        return ""
    text = _libre_user(data) if lock.name.endswith("#") else _excel_user(data)
    return "".join(letter for letter in text if letter.isprintable()).strip()[:60]


def _excel_user(data: bytes) -> str:
    """The name stands twice, each time after its length: in the system's letters, and from byte 55 in UTF-16."""
    if len(data) > 57:
        return data[57 : 57 + 2 * data[55]].decode("utf-16-le", "replace")
    return data[1 : 1 + data[0]].decode("latin-1") if data else ""


def _libre_user(data: bytes) -> str:
    """Full name, login, computer, time and profile, with commas between."""
    fields = data.decode("utf-8", "replace").split(",")
    return next((field for field in fields[:2] if field.strip()), "")
