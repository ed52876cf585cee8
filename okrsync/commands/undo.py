"""undo: the originals that runs replaced, listed and put back."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from okrsync import backup
from okrsync.commands.job import Settings, settings
from okrsync.commands.terminal import Terminal, clock
from okrsync.errors import ConfigError, OkrSyncError, WorkbookError
from okrsync.sources import config_sources, named_sources

_RUN_ID = re.compile(r"\d{8}-\d{6}(-\d+)?")


class Step(Struct, frozen=True):
    """One workbook to put back; `run` None: the newest that stands."""

    path: Path
    directory: Path | None
    run: str | None


def undo(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync undo`"""
    given = settings(args)
    if args.list:
        return _list(args.what, given, terminal)
    steps, failures = _steps(args.what, given)
    for step in steps:
        try:
            done = backup.undo(step.path, step.directory, now=clock(), force=args.force, run=step.run)
        except OkrSyncError as error:
            failures.append(error)
            continue
        terminal.show(_in_words(done))
    for failure in failures:
        terminal.error(failure)
    return 2 if failures else 0


def _in_words(done: backup.Undone) -> str:
    kept = f"; the file that stood there is kept as {done.kept}" if done.kept is not None else ""
    return f"{done.path}: as it was before the run of {_when(done.run)}{kept}"


def _when(run: backup.Run) -> str:
    return run.time[:16].replace("T", " ")


def _list(what: Sequence[str], given: Settings, terminal: Terminal) -> int:
    workbooks, failures = _workbooks(what, given)
    rows = [
        (run.id, _when(run), str(path), "undone" if run.undone else "" if run.kind == backup.SYNC else run.kind)
        for path in workbooks
        for run in backup.list_runs(path, _directory(path, given))
    ]
    rows.sort(key=lambda row: row[0], reverse=True)
    if not rows and not failures:
        failures = [_nothing_kept()]
    terminal.show("\n".join("  ".join(cells).rstrip() for cells in rows))
    for failure in failures:
        terminal.error(failure)
    return 2 if failures else 0


def _steps(what: Sequence[str], given: Settings) -> tuple[list[Step], list[OkrSyncError]]:
    """What to put back: the newest run of each workbook named, the runs named, or the newest run of all kept here."""
    if not what:
        return _newest(given), []
    runs = [text for text in what if _RUN_ID.fullmatch(text) and not Path(text).exists()]
    steps = [step for run in runs for step in _of_run(run, given)]
    names = [text for text in what if text not in runs]
    workbooks, failures = _workbooks(names, given) if names else ([], [])
    steps += [Step(path, _directory(path, given), None) for path in workbooks]
    return steps, failures


def _newest(given: Settings) -> list[Step]:
    """Every workbook that the newest run wrote to; a run of the config's workbooks where none are kept here."""
    standing = {
        path: next((run for run in _runs(path, given) if run.kind == backup.SYNC and not run.undone), None)
        for path in _kept_here(given)
    }
    ids = [run.id for run in standing.values() if run is not None]
    if not ids:
        raise _nothing_kept()
    return [Step(path, _directory(path, given), None) for path, run in standing.items() if run and run.id == max(ids)]


def _of_run(wanted: str, given: Settings) -> Iterator[Step]:
    """The workbooks that a run wrote to."""
    found = False
    for path in _kept_here(given):
        if any(run.id == wanted for run in _runs(path, given)):
            found = True
            yield Step(path, _directory(path, given), wanted)
    if not found:
        raise ConfigError(f"run {wanted}", "no such run is kept", "`okrsync undo --list` shows those that are")


def _workbooks(what: Sequence[str], given: Settings) -> tuple[list[Path], list[OkrSyncError]]:
    """The workbooks named; of a folder or glob only those that have runs. None named: those kept here."""
    if not what:
        return _kept_here(given), []
    found = named_sources(what, None, bytes)
    paths = [one.path for one in found.sources if one.named or _runs(one.path, given)]
    failures = list(found.failures)
    if not paths and not failures:
        failures.append(_nothing_kept())
    return paths, failures


def _kept_here(given: Settings) -> list[Path]:
    here = Path()
    if (here / backup.FOLDER).is_dir():
        return list(backup.workbooks_kept(here))
    return [one.path for one in config_sources(given.config, given.folder).sources if _runs(one.path, given)]


def _runs(path: Path, given: Settings) -> tuple[backup.Run, ...]:
    return backup.list_runs(path, _directory(path, given))


def _directory(path: Path, given: Settings) -> Path | None:
    """Where a workbook's backups are: the config's directory, unless it has them only beside it."""
    configured = given.config.backup.dir
    if configured is None or not backup.list_runs(path, Path(configured)):
        return None
    return Path(configured)


def _nothing_kept() -> WorkbookError:
    return WorkbookError(
        "okrsync undo",
        "no run that wrote something is kept here",
        f"name the workbook, as in `okrsync undo team.xlsx`; backups lie in {backup.FOLDER} beside it",
    )
