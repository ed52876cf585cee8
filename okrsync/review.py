"""What a run comes to: one Review per cycle for the checks and reports, and the Outcome of it all."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from okrsync.alignment import Alignment
from okrsync.edits import Edit
from okrsync.errors import OkrSyncError
from okrsync.findings import Finding
from okrsync.mapping import Table
from okrsync.model import Cycle, OkrSet, Thresholds
from okrsync.scoring import Scores


class Review(Struct, frozen=True):
    """One cycle on one day. `okrs` holds that cycle only; `everything`, `scores` and `alignment` span all cycles."""

    cycle: Cycle
    okrs: OkrSet
    everything: OkrSet
    scores: Scores
    alignment: Alignment
    today: date
    thresholds: Thresholds
    complete: bool = False


class Outcome(Struct, frozen=True):
    """Everything a report needs. `edits` by workbook name; `failures` are workbooks that could not be read or written.

    `notes` are plain lines a person should see that are no findings ("team.ods: no OKRs found, skipped").
    """

    reviews: tuple[Review, ...]
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    edits: dict[str, tuple[Edit, ...]]
    failures: tuple[OkrSyncError, ...]
    notes: tuple[str, ...] = ()
    today: date | None = None
