"""The originals that runs replaced: kept beside each workbook, and put back by undo.

Per workbook a folder holds, for each run that wrote to it, the file as it was and a small record. The record is written
before the workbook is replaced and holds the hash of what will stand there: whenever a run is killed, undo can tell by
the workbook's own hash whether the run came to write.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from okrsync.errors import WorkbookError
from okrsync.workbooks.files import Keep, put_file, real_file, refuse_locked, replace_file

FOLDER = ".okrsync"

SYNC, FORCED_UNDO = "sync", "forced undo"


class Run(Struct, frozen=True):
    """One workbook as one run replaced it. `before` and `after` are hashes (sha256) of what stood and what then stood.

    A run of the kind "forced undo" keeps what a person had made of the workbook before they forced an undo.
    """

    id: str
    number: int
    time: str
    workbook: str
    path: str
    before: str
    after: str
    kind: str = SYNC
    undone: bool = False


class Undone(Struct, frozen=True):
    """What an undo did: the workbook is as it was before `run`; `kept` is where a forced one kept what it replaced."""

    path: Path
    run: Run
    kept: Path | None


def keeper(now: datetime, directory: Path | None, keep: int) -> Keep:
    """A function that backs a workbook up right before it is replaced: path, bytes as they are, bytes that will be.

    `now` names the run; `directory` None: .okrsync beside each workbook; `keep`: runs kept per workbook.
    What it raises is a WorkbookError; then the workbook must not be replaced.
    """

    def back_up(path: Path, before: bytes, after: bytes) -> Callable[[], None]:
        real = real_file(path, path.name)
        try:
            store = _Store.made(real, directory)
            store.drop_what_never_came(_hash(before))
            store.add(before, _hash(after), now, SYNC)
            store.prune(keep)
        except OSError as error:
            raise _no_backup(path, error) from error

        def forget() -> None:
            with suppress(OSError):
                store.drop_what_never_came(_hash(real.read_bytes()))

        return forget

    return back_up


def list_runs(path: Path, directory: Path | None = None) -> tuple[Run, ...]:
    """The runs that wrote to a workbook and whose originals are kept, newest first."""
    return tuple(reversed(_Store.of(_real(path), directory).runs()))


def kept_original(path: Path, run: Run, directory: Path | None = None) -> Path:
    """Where the workbook as it was before a run is kept."""
    return _Store.of(_real(path), directory).backup(run)


def workbooks_kept(folder: Path, directory: Path | None = None) -> tuple[Path, ...]:
    """The workbooks of a folder that have a run to undo; `directory`: all that are kept in a shared directory."""
    found: set[Path] = set()
    for store in _subfolders(directory or folder / FOLDER):
        runs = _Store(store, store.name).runs()
        if runs:
            found.add(Path(runs[-1].path) if directory is not None else folder / runs[-1].workbook)
    return tuple(sorted(path for path in found if path.is_file()))


def undo(
    path: Path, directory: Path | None = None, *, now: datetime, force: bool = False, run: str | None = None
) -> Undone:
    """Puts back what the newest run replaced that is not undone yet; with `run` (an id), that run and all later ones.

    Raises WorkbookError, nothing being written, when there is no such run, or when the workbook is not what the runs
    left; with `force` the present file is kept first, and then replaced all the same.
    """
    name = path.name
    real = real_file(path, name)
    store = _Store.of(real, directory)
    refuse_locked(path, name)
    present = _content(real, name)
    first, last = store.to_undo(_hash(present), name, run)
    if first.before == _hash(present):
        raise _no_run(name, f"it already is as it was before the run {first.id}")
    original = store.original(first, name)
    kept = None
    if not store.leads_to(first, last, _hash(present)):
        if not force:
            raise _changed_since(name, last, store.backup(first))
        kept = _keep_present(store, present, first, now, path)
    replace_file(path, name, original, present)
    _mark_undone(store, first)
    return Undone(path, first, kept)


def _keep_present(store: _Store, present: bytes, first: Run, now: datetime, path: Path) -> Path:
    try:
        return store.backup(store.add(present, first.before, now, FORCED_UNDO))
    except OSError as error:
        raise _no_backup(path, error) from error


def _mark_undone(store: _Store, first: Run) -> None:
    """A mark that cannot be written does no harm: the workbook's hash tells the same to the next undo."""
    with suppress(OSError):
        for run in store.runs():
            if run.number >= first.number and run.kind == SYNC and not run.undone:
                store.write(replace(run, undone=True))


# --- one workbook's folder of originals -----------------------------------------------------------------------------


class _Store:
    """The originals and records of one workbook. Its methods raise OSError where they write."""

    def __init__(self, folder: Path, workbook: str, path: Path | None = None) -> None:
        self._folder = folder
        self._workbook = workbook
        self._path = path

    @classmethod
    def of(cls, real: Path, directory: Path | None) -> _Store:
        """The store of a workbook, whether or not it exists; in a shared directory the path tells namesakes apart."""
        if directory is None:
            return cls(real.parent / FOLDER / real.name, real.name, real)
        tag = _hash(os.fsencode(os.path.normcase(real)))[:8]
        return cls(directory / f"{real.name}-{tag}", real.name, real)

    @classmethod
    def made(cls, real: Path, directory: Path | None) -> _Store:
        """The store of a workbook, its folders made for this user's eyes only and not for version control."""
        store = cls.of(real, directory)
        outer = store._folder.parent
        new = not outer.is_dir()
        outer.mkdir(mode=0o700, parents=True, exist_ok=True)
        ignore = outer / ".gitignore"
        if (new or directory is None) and not ignore.exists():
            put_file(ignore, b"*\n")
        store._folder.mkdir(mode=0o700, exist_ok=True)
        return store

    def runs(self) -> list[Run]:
        """Every run whose original is kept, oldest first; records that cannot be read are passed over."""
        try:
            records = list(self._folder.glob("*.json"))
        except OSError:
            return []
        runs = [run for record in records if (run := _read_record(record)) is not None]
        return sorted((run for run in runs if self.backup(run).is_file()), key=lambda run: run.number)

    def backup(self, run: Run) -> Path:
        """The workbook as it was before a run."""
        return self._folder / f"{run.id}{Path(run.workbook).suffix}"

    def add(self, before: bytes, after: str, now: datetime, kind: str) -> Run:
        """Keeps an original, first the file and then its record, both durably."""
        number = max((run.number for run in self.runs()), default=0) + 1
        time = now.isoformat(timespec="seconds")
        run = Run(self._free_id(now), number, time, self._workbook, str(self._path), _hash(before), after, kind)
        put_file(self.backup(run), before, like=self._path)
        self.write(run)
        return run

    def write(self, run: Run) -> None:
        """Writes a run's record."""
        put_file(self._record(run), json.dumps(asdict(run), indent=1).encode())

    def drop_what_never_came(self, present: str) -> None:
        """Takes away the newest run where it was killed before it wrote: its original is what stands there now."""
        for run in self.runs()[-1:]:
            if run.kind == SYNC and run.before == present != run.after and not run.undone:
                self._remove(run)

    def prune(self, keep: int) -> None:
        """Takes away all but the newest runs; what cannot be removed now goes next time."""
        for kind in (SYNC, FORCED_UNDO):
            for run in [run for run in self.runs() if run.kind == kind][:-keep]:
                with suppress(OSError):
                    self._remove(run)

    def to_undo(self, present: str, name: str, wanted: str | None) -> tuple[Run, Run]:
        """The run to undo, and the newest that stands: between them lie those that go with it."""
        if wanted is not None:
            chosen = next((run for run in self.runs() if run.id == wanted), None)
            if chosen is None:
                raise _no_run(name, f'no run "{wanted}" of it is kept')
            later = [run for run in self._standing(present) if run.number > chosen.number]
            return chosen, later[-1] if later else chosen
        standing = self._standing(present)
        if not standing:
            raise _no_run(name, "there is no run to undo")
        return standing[-1], standing[-1]

    def leads_to(self, first: Run, last: Run, present: str) -> bool:
        """Whether the runs from first to last follow on each other and the file is what the last one left."""
        between = [r for r in self.runs() if first.number < r.number <= last.number and r.kind == SYNC and not r.undone]
        left = first.after
        for run in between:
            if run.before != left:
                return False
            left = run.after
        return left == present

    def original(self, run: Run, name: str) -> bytes:
        """The kept bytes, checked."""
        data = _content(self.backup(run), name)
        if _hash(data) != run.before:
            raise WorkbookError(
                name, f"the kept original {self.backup(run)} is damaged; nothing was written", "undo another run."
            )
        return data

    def _standing(self, present: str) -> list[Run]:
        """Runs that are not undone. The newest that was killed before it wrote, or whose undo was, is none."""
        standing = [run for run in self.runs() if run.kind == SYNC and not run.undone]
        while standing and standing[-1].before == present != standing[-1].after:
            standing.pop()
        return standing

    def _record(self, run: Run) -> Path:
        return self._folder / f"{run.id}.json"

    def _remove(self, run: Run) -> None:
        """The record last: without its file it is passed over, and a file without a record would stay for ever."""
        self.backup(run).unlink(missing_ok=True)
        self._record(run).unlink(missing_ok=True)

    def _free_id(self, now: datetime) -> str:
        stem, number = run_id(now), 1
        free = stem
        while (self._folder / f"{free}.json").exists():
            number += 1
            free = f"{stem}-{number}"
        return free


def run_id(now: datetime) -> str:
    """What a run that began then is called; workbooks of one run have it in common."""
    return now.strftime("%Y%m%d-%H%M%S")


def _read_record(path: Path) -> Run | None:
    try:
        fields: Any = json.loads(path.read_bytes())  # whatever stands in the file
        run = Run(**fields)
        plain = all(
            isinstance(value, str) for value in (run.id, run.time, run.workbook, run.path, run.before, run.after)
        )
        sound = plain and isinstance(run.number, int) and run.kind in (SYNC, FORCED_UNDO) and run.id == path.stem
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return run if sound and Path(run.workbook).name == run.workbook else None


def _subfolders(folder: Path) -> Sequence[Path]:
    try:
        return [one for one in folder.iterdir() if one.is_dir()]
    except OSError:
        return []


def _real(path: Path) -> Path:
    """The file itself, whether or not it is there."""
    return Path(os.path.realpath(path))


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _content(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkbookError(
            name, f"{path} cannot be read ({error.strerror or error})", "see that you may read it, and try again."
        ) from error


def _no_backup(path: Path, error: OSError) -> WorkbookError:
    return WorkbookError(
        path.name,
        f"a backup of it cannot be made ({error.strerror or error}); nothing was written",
        "free some space, allow writing to the folder, or set another `dir` under [backup] in config.toml.",
    )


def _no_run(name: str, problem: str) -> WorkbookError:
    return WorkbookError(name, f"{problem}; nothing was written", "`okrsync undo --list` shows what can be undone.")


def _changed_since(name: str, last: Run, original: Path) -> WorkbookError:
    return WorkbookError(
        name,
        f"somebody changed it since the run of {last.time}; nothing was written",
        f"the original is kept as {original}; add --force to put it back all the same: the present file is kept first.",
    )
