"""Grid + Mapping → OKRs and what was raised while reading; layouts and languages end here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okrsync.config import Config
from okrsync.findings import Raised
from okrsync.mapping import Table
from okrsync.model import OkrSet
from okrsync.reading import Read


@dataclass(frozen=True, slots=True)
class Normalised:
    """`tables` in reading order; `without`: workbooks in which no OKRs were found, with what was looked for."""

    okrs: OkrSet
    tables: tuple[Table, ...]
    raised: tuple[Raised, ...]
    without: tuple[tuple[str, str], ...] = ()


def normalise(reads: Sequence[Read], config: Config, today: date, cycle: str | None = None) -> Normalised:
    """The OKRs of all workbooks read. `cycle`, from the command line, is the default where a sheet names none."""
    raise NotImplementedError
