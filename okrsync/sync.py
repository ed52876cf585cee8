"""The one flow: read, normalise, align, score, check, plan, and only then write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from okrsync.alignment import align
from okrsync.checks import run_checks
from okrsync.collecting import no_collecting
from okrsync.config import Config
from okrsync.errors import ConfigError
from okrsync.model import Cycle, OkrSet
from okrsync.normalise import normalise
from okrsync.reading import read_all
from okrsync.review import Outcome, Review
from okrsync.scoring import score
from okrsync.sources import Source
from okrsync.workbooks.files import Keep
from okrsync.writeback import Plan, Task, apply, plan

Progress = Callable[[str, int, int], None]


@no_collecting()
def sync(
    sources: Sequence[Source],
    config: Config,
    *,
    today: date,
    cycle: str | None = None,
    write: bool = True,
    dry_run: bool = False,
    output_lang: str | None = None,
    recreate: bool = False,
    keep: Keep | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Brings every source up to date and says what was found, what was written and what failed.

    `write=False` reads and reviews only (audit, read); `dry_run` plans the edits and does not make them. `keep` backs
    a file up right before it is replaced. `progress` is told (workbook, how many are done, how many there are).
    """
    reads, failures = read_all(sources, config, keep, progress)
    normalised = normalise(reads, config, today, cycle)
    okrs, failures = normalised.okrs, failures + normalised.failures
    alignment = align(okrs, similar=config.thresholds.similar_title)
    scores = score(okrs, alignment, today, config.scoring, config.thresholds)
    reviews = tuple(
        Review(one, okrs.of(one), okrs, scores, alignment, today, config.thresholds, config.alignment.complete)
        for one in _cycles(okrs, cycle)
    )
    findings = run_checks(reviews, normalised.raised, config.checks.ignore)
    planned = Plan({})
    if write:
        task = Task(normalised.tables, reviews, findings, config, today, cycle, output_lang, recreate)
        planned = plan(reads, task)
        failures += planned.failures
    if write and not dry_run:
        failures += apply(reads, planned.edits)
    without = tuple(f"{name}: {looked_for}" for name, looked_for in normalised.without)
    notes = planned.notes + without
    return Outcome(reviews, normalised.tables, findings, planned.edits, failures, notes, today)


def _cycles(okrs: OkrSet, asked: str | None) -> tuple[Cycle, ...]:
    """Every cycle read. Raises ConfigError when the one asked for is not among them."""
    cycles = okrs.cycles()
    if asked is not None and cycles and not any(cycle.name.casefold() == asked.casefold() for cycle in cycles):
        names = ", ".join(sorted(cycle.name for cycle in cycles))
        raise ConfigError("--cycle", f'no sheet has the cycle "{asked}" (there are: {names})', f"name one of: {names}")
    return cycles
