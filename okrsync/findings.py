"""What is wrong in a sheet, as data: the run goes on and the report shows it."""

from __future__ import annotations

import enum

from msgspec import Struct

from okrsync.cells import CellRef


class Severity(enum.StrEnum):
    """How much a finding matters: the worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Hit(Struct, frozen=True):
    """One place where a rule of the catalogue applies. `fix` and `severity` override the rule's own.

    `at` is a cell, or the name of a workbook or `workbook!'sheet'` when no single cell is meant.
    """

    at: CellRef | str
    message: str
    fix: str | None = None
    severity: Severity | None = None


class Raised(Struct, frozen=True):
    """A hit noticed while reading (the IN family), before any check runs; the catalogue turns it into a Finding."""

    code: str
    hit: Hit


class Finding(Struct, frozen=True):
    """One finding with everything a report needs.

    A Struct, as Hit is: a large sheet has tens of thousands, and each is looked up to be told once.
    """

    code: str
    name: str
    severity: Severity
    at: CellRef | str
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.at}: {self.severity} {self.code}: {self.message}\n  Fix: {self.fix}"
