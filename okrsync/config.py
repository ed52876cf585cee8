"""config.toml → a frozen Config; every setting with its default and a line that says what it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from okrsync.model import Frozen, Thresholds

FailOn = Literal["error", "warning", "never"]


class Run(Frozen):
    """`[run]`"""

    timezone: str | None = Field(
        None, description="whose calendar says what day it is; default: this computer's", examples=["Europe/Berlin"]
    )
    fail_on: FailOn | None = Field(
        None,
        description='exit code 1 from findings of this severity on: "error", "warning" or "never"; '
        'default: "error" for audit, "never" for everything else',
        examples=["error"],
    )
    output_lang: str | None = Field(
        None, description="the language of what okrsync writes; default: each sheet's own", examples=["en"]
    )


class CycleSettings(Frozen):
    """`[cycle]`"""

    name: str | None = Field(None, description="the cycle of sheets that name none", examples=["2026-Q4"])
    fiscal_year_start: int = Field(1, ge=1, le=12, description="the month the fiscal year starts in")


class Scoring(Frozen):
    """`[scoring]`"""

    missing: Literal["zero", "skip"] = Field(
        "zero", description='"zero": a key result without data counts as 0; "skip": it is left out'
    )
    rollup: Literal["key_results", "children"] = Field(
        "key_results", description='what an objective\'s score is the mean of: its own "key_results" or its "children"'
    )


class AlignmentSettings(Frozen):
    """`[alignment]`"""

    complete: bool = Field(False, description="every workbook of the company is among the sources")


class Write(Frozen):
    """`[write]`"""

    columns: bool = Field(True, description="the five status columns beside each table")
    summary: bool = Field(True, description='the "OKR Summary" sheet')
    gaps: bool = Field(True, description='the "OKR Gaps" sheet')


class Backup(Frozen):
    """`[backup]`"""

    dir: str | None = Field(
        None,
        description="where backups go, relative to this file; default: .okrsync beside each workbook",
        examples=["backups"],
    )
    keep: int = Field(10, ge=1, description="how many runs that wrote something are kept per workbook")


class Limits(Frozen):
    """`[limits]`: what a workbook may ask of this computer."""

    inflated_mib: int = Field(1024, ge=1, description="the whole workbook unpacked, in MiB")
    ratio: int = Field(400, ge=10, description="how many times larger than its packed size a part over 1 MiB may be")


class Nightly(Frozen):
    """`[nightly]`"""

    at: tuple[str, ...] = Field(("02:00",), min_length=1, description="times of day by this computer's clock, 24 hours")


class SourceSettings(Frozen):
    """One `[[source]]`."""

    path: str = Field(
        min_length=1, description="a workbook, a folder or a glob, relative to this file", examples=["okrs/*.xlsx"]
    )
    mapping: str | None = Field(
        None, description="how to read it, relative to this file; default: found out", examples=["mappings/okrs.toml"]
    )


class Checks(Frozen):
    """`[checks]`"""

    ignore: Mapping[str, str] = Field(
        default_factory=dict,
        description="checks that are not wanted, each with the reason, which the report shows",
        examples=[{"KR005": "our service levels are meant to stay where they are"}],
    )


class Config(Frozen):
    """All settings. A Config made without a file holds every default."""

    run: Run = Run()
    cycle: CycleSettings = CycleSettings()
    scoring: Scoring = Scoring()
    thresholds: Thresholds = Thresholds()
    alignment: AlignmentSettings = AlignmentSettings()
    write: Write = Write()
    backup: Backup = Backup()
    limits: Limits = Limits()
    nightly: Nightly = Nightly()
    checks: Checks = Checks()
    source: tuple[SourceSettings, ...] = ()
