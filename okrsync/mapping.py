"""Where one sheet keeps what: columns to fields, loaded from and saved to TOML, or found by layout/."""

from __future__ import annotations

import enum
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

from okrsync.cells import Area

FIELDS = (
    "objective",
    "key_result",
    "statement",  # objectives and key results in one column
    "type",  # "Objective" / "Key result", or committed / aspirational
    "number",  # 1, 1.1
    "objective_id",
    "id",
    "label",
    "owner",
    "team",
    "level",
    "cycle",
    "contributes_to",
    "metric",
    "direction",
    "baseline",
    "target",
    "current",
    "unit",
    "progress",
    "score",
    "confidence",
    "weight",
    "objective_weight",
    "status",
    "commitment",
    "start",
    "due",
    "updated",
    "initiative",
    "notes",
    "priority",
)
"""Every field a column can hold, in the order a mapping file lists them."""


class Archetype(enum.StrEnum):
    """How a sheet lays its OKRs out."""

    FLAT = "flat"  # A, A1: one row per key result, objective repeated
    MERGED = "merged"  # B: objective merged over its rows or only on its first row
    OUTLINE = "outline"  # C: objective rows and key-result rows, told apart by type, numbering or an empty cell


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one table of one sheet is read.

    `header_rows` are 1-based (empty: no header, the columns are given by letter). `columns` maps a field to a 1-based
    column. `headers` keeps the header text of each mapped column, to notice when the sheet has changed. `locale` is
    the language its numbers and dates are written in ("de": 1,5 is one and a half), None: found per column.
    """

    sheet: str
    archetype: Archetype
    columns: MappingOf[str, int]
    header_rows: tuple[int, ...] = ()
    first_row: int = 2
    last_row: int | None = None
    headers: MappingOf[str, str] = field(default_factory=dict)
    language: str = "en"
    locale: str | None = None
    team: str | None = None
    level: str | None = None
    cycle: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read from a sheet: what write-back needs to stand beside it.

    `area` is header row(s) and data rows over the team's own columns, ours not included.
    """

    workbook: str
    mapping: Mapping
    area: Area
