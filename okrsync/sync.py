"""The one flow: read, normalise, align, score, check, plan, and only then write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from okrsync.alignment import align
from okrsync.checks import run_checks
from okrsync.collecting import no_collecting
from okrsync.config import Config
from okrsync.errors import ConfigError
from okrsync.layout.headers import known_headers
from okrsync.model import OkrSet
from okrsync.normalise import normalise
from okrsync.reading import read_all
from okrsync.review import Outcome, Review
from okrsync.scoring import score
from okrsync.sources import Source
from okrsync.values.cycles import find_cycle
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
    cycle = _cycle_name(cycle, today, config)
    reads, failures = read_all(sources, config, keep, progress, known_headers)
    normalised = normalise(reads, config, today, cycle)
    okrs, failures = normalised.okrs, failures + normalised.failures
    alignment = align(okrs, similar=config.thresholds.similar_title)
    scores = score(okrs, alignment, today, config.scoring, config.thresholds)
    _refuse_unknown(cycle, okrs)
    reviews = tuple(
        Review(one, part, okrs, scores, alignment, today, config.thresholds, config.alignment.complete)
        for one, part in okrs.by_cycle().items()
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


def _cycle_name(asked: str | None, today: date, config: Config) -> str | None:
    """The cycle asked for under the name cycles have here: "q4 2026" → 2026-Q4; words that name none stay."""
    found = find_cycle(asked, today, config.cycle.fiscal_year_start) if asked is not None else None
    return found.name if found is not None else asked


def _refuse_unknown(asked: str | None, okrs: OkrSet) -> None:
    """Raises ConfigError when OKRs were read and none is of the cycle asked for."""
    cycles = okrs.cycles()
    if asked is not None and cycles and not any(cycle.name.casefold() == asked.casefold() for cycle in cycles):
        names = ", ".join(sorted(cycle.name for cycle in cycles))
        raise ConfigError("--cycle", f'no sheet has the cycle "{asked}" (there are: {names})', f"name one of: {names}")
