"""The `schedule` loop around a sync: set times of day, one loop at a time, and a failed run never ends it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from okrsync.errors import ConfigError, OkrSyncError

if TYPE_CHECKING:
    from schedule import Scheduler

Log = Callable[[str], None]

_NAP = 30.0
"""Seconds slept at most: a computer that was asleep at the set time runs as soon as it wakes."""

_LOCKED_BYTE = 1 << 20  # far behind what is written, because Windows lets nobody read a locked byte


def keep_syncing(
    run: Callable[[], object],
    times: Sequence[str],
    *,
    log: Log,
    sleep: Callable[[float], None],
    bug: Callable[[Exception], str],
    scheduler: Scheduler | None = None,
) -> None:
    """Calls `run` at every time of day, for ever; a run that fails is logged and the loop goes on.

    `bug` turns what is no OkrSyncError into a line for the log. Ends only by an exception that is no Exception.
    """
    import schedule

    scheduler = scheduler or schedule.Scheduler()
    for time in dict.fromkeys(times):
        scheduler.every().day.at(time).do(attempt, run, log=log, bug=bug)
    while True:
        log(f"next run at {scheduler.next_run:%Y-%m-%d %H:%M}")
        while (idle := scheduler.idle_seconds or 0.0) > 0:
            sleep(min(idle, _NAP))
        scheduler.run_pending()


def attempt(run: Callable[[], object], *, log: Log, bug: Callable[[Exception], str]) -> None:
    """One run; whatever goes wrong in it becomes a line of the log."""
    try:
        run()
    except OkrSyncError as error:
        log(f"failed: {error}")
    except Exception as error:
        log(f"failed: {bug(error)}")


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Holds a lock file, so that two nightly runs do not write at once; the system lets go of it when we end.

    Raises ConfigError when another process holds it.
    """
    try:
        file = path.open("r+b" if path.exists() else "w+b")
    except OSError as error:
        raise ConfigError(
            str(path), f"cannot be written: {error.strerror or error}", "allow writing in the folder of the config"
        ) from None
    with file:
        if not _lock(file):
            holder = file.read(64).decode("ascii", "replace").strip()
            raise ConfigError(
                str(path),
                f"another `okrsync nightly` is at work ({holder or 'process unknown'})",
                "stop that one first, or leave the work to it",
            )
        file.truncate(0)
        file.write(f"process {os.getpid()}\n".encode("ascii"))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
            _unlock(file)


if sys.platform == "win32":  # pragma: no cover (proven on Windows only)
    import msvcrt

    def _lock(file: BinaryIO) -> bool:
        return _at_locked_byte(file, msvcrt.LK_NBLCK)

    def _unlock(file: BinaryIO) -> None:
        _at_locked_byte(file, msvcrt.LK_UNLCK)

    def _at_locked_byte(file: BinaryIO, mode: int) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), mode, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True

else:
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: better to run than never to
            pass
        return True

    def _unlock(file: BinaryIO) -> None:
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)
