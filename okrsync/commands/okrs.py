"""read, sync and audit: the flow, its report, and what its exit code says."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okrsync.commands.job import Job, prepared
from okrsync.commands.terminal import Terminal, clock
from okrsync.config import Config
from okrsync.errors import ConfigError, OkrSyncError, WorkbookError
from okrsync.findings import Severity
from okrsync.reports.json import outcome_json
from okrsync.review import Outcome

if TYPE_CHECKING:
    from okrsync.workbooks.files import Keep


def read(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync read`"""
    started = time.perf_counter()
    job = prepared(args, args.sources, args.mapping)
    outcome = looked_at(job, terminal)
    if args.json:
        terminal.json(outcome_json(outcome))
    else:
        from okrsync.reports.text import read_text

        terminal.show(read_text(outcome, terminal.look(job.output_lang)))
    return finish(outcome, job, terminal, "read", started)


def audit(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync audit`"""
    started = time.perf_counter()
    files = [_report_file(name) for name in args.output]
    job = prepared(args, args.sources, args.mapping)
    outcome = looked_at(job, terminal)
    if args.json:
        terminal.json(outcome_json(outcome))
    else:
        from okrsync.reports.text import audit_text

        look = terminal.look(job.output_lang)
        terminal.show(audit_text(outcome, look, key_results=terminal.verbosity > 0))
    failures = tuple(failure for path in files if (failure := _write_report(path, outcome)) is not None)
    return finish(_failed(outcome, failures), job, terminal, "audited", started)


def sync(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync sync`"""
    started = time.perf_counter()
    job = prepared(args, args.sources, args.mapping)
    outcome = synced(job, terminal, dry_run=args.dry_run, recreate=args.recreate)
    if args.json:
        terminal.json(outcome_json(outcome, edits=True))
    else:
        from okrsync.reports.text import sync_text

        verbose = terminal.verbosity > 0
        terminal.show(sync_text(outcome, terminal.look(), dry_run=args.dry_run, edits=verbose))
    return finish(outcome, job, terminal, "looked at" if args.dry_run else "synced", started)


def looked_at(job: Job, terminal: Terminal) -> Outcome:
    """The outcome of reading and reviewing; nothing is planned and nothing written."""
    return _run(job, terminal, write=False)


def synced(job: Job, terminal: Terminal, *, dry_run: bool = False, recreate: bool = False) -> Outcome:
    """The outcome of the whole job, with a backup of every workbook that is written."""
    return _run(job, terminal, dry_run=dry_run, recreate=recreate, keep=_keeper(job.config))


def _run(
    job: Job,
    terminal: Terminal,
    *,
    write: bool = True,
    dry_run: bool = False,
    recreate: bool = False,
    keep: Keep | None = None,
) -> Outcome:
    if not job.found.sources:
        return _failed(_NOTHING, job.found.failures)
    from okrsync.sync import sync as run  # here, so that wrong usage is told at once

    outcome = run(
        job.found.sources,
        job.config,
        today=job.today,
        cycle=job.cycle,
        write=write,
        dry_run=dry_run,
        output_lang=job.output_lang,
        recreate=recreate,
        keep=keep,
        progress=terminal.progress,
    )
    return _complete(outcome, job)


def _keeper(config: Config) -> Keep:
    """What backs workbooks up; its clock names the run, whatever day is scored."""
    from okrsync.backup import keeper

    directory = Path(config.backup.dir) if config.backup.dir is not None else None
    return keeper(clock(), directory, config.backup.keep)


_NOTHING = Outcome((), (), (), {}, ())


def _complete(outcome: Outcome, job: Job) -> Outcome:
    """The outcome with the sources that were not found, and with a failure where no OKRs were found at all."""
    outcome = _failed(outcome, job.found.failures)
    if outcome.failures or any(review.okrs.objectives for review in outcome.reviews):
        return outcome
    sources = job.found.sources
    if len(sources) > 1:
        return _failed(outcome, (_without_okrs(f"{len(sources)} workbooks", "no OKRs were found in any of them"),))
    said = f"{sources[0].name}: "
    why = next((note.removeprefix(said) for note in outcome.notes if note.startswith(said)), "no OKRs were found")
    rest = tuple(note for note in outcome.notes if note != said + why)
    return _failed(replace(outcome, notes=rest), (_without_okrs(sources[0].name, why),))


def _without_okrs(where: str, problem: str) -> OkrSyncError:
    fix = "give the columns headers such as Objective, Key result, Target, Current, or say by --mapping which is which"
    return WorkbookError(where, problem, fix)


def _failed(outcome: Outcome, failures: tuple[OkrSyncError, ...]) -> Outcome:
    return replace(outcome, failures=failures + outcome.failures) if failures else outcome


def finish(outcome: Outcome, job: Job, terminal: Terminal, done: str, started: float) -> int:
    """Says what was skipped, what failed and how it went; the exit code."""
    for note in outcome.notes:
        terminal.note(note)
    for failure in outcome.failures:
        terminal.error(failure)
    terminal.note(_summary(outcome, job, done, time.perf_counter() - started))
    return exit_code(outcome, job.fail_on)


def exit_code(outcome: Outcome, fail_on: str) -> int:
    """2 where something failed, else 1 where a finding is as bad as `fail_on`, else 0."""
    if outcome.failures:
        return 2
    if fail_on == "never":
        return 0
    limit = Severity(fail_on).rank
    return 1 if any(finding.severity.rank <= limit for finding in outcome.findings) else 0


def _summary(outcome: Outcome, job: Job, done: str, seconds: float) -> str:
    from okrsync.reports.words import count, findings_tally

    objectives = [objective for review in outcome.reviews for objective in review.okrs.objectives]
    parts = [
        count(len(objectives), "objective"),
        count(sum(len(objective.key_results) for objective in objectives), "key result"),
        findings_tally(outcome.findings),
    ]
    if outcome.failures:
        parts.append(f"{len(outcome.failures)} failed")
    return f"{done} {count(len(job.found.sources), 'workbook')} in {seconds:.1f} s: {', '.join(parts)}"


def _report_file(name: str) -> Path:
    path = Path(name)
    if path.suffix.casefold() != ".json":
        ending = path.suffix or "no ending"
        raise ConfigError(
            name,
            f"reports as {ending} are not made by this version; they come with the audit report",
            "name a file that ends in .json",
        )
    return path


def _write_report(path: Path, outcome: Outcome) -> OkrSyncError | None:
    try:
        path.write_text(outcome_json(outcome), encoding="utf-8", newline="\n")
    except OSError as error:
        return ConfigError(
            str(path), f"cannot be written: {error.strerror or error}", "name a file in a folder you may write to"
        )
    return None
