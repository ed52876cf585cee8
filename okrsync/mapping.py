"""Where one sheet keeps what: columns to fields, found by layout/ or given by a mapping file (mapping_file.py)."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from okrsync.cells import Area
from okrsync.values.periods import runs_backwards

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
    "objective_owner",
    "objective_status",
    "objective_progress",
    "objective_score",
)
"""Every field a column can hold, in the order a mapping file lists them."""


PLANNED = "planned "
"""Begins the name of a column with the values planned for a day: `planned 2026-10-31`."""


def planned_days(names: Iterable[str]) -> tuple[tuple[date, str], ...]:
    """The columns of planned values among the names of columns, by their days."""
    planned = (name for name in names if name.startswith(PLANNED))
    return tuple(sorted((date.fromisoformat(name.removeprefix(PLANNED)), name) for name in planned))


CHECK_IN = "check-in "
"""Begins the name of a column with the values of one check-in, before the period its header names: `check-in W40`."""


def check_in_periods(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The columns of check-ins among the names of columns, by their periods, the earliest first."""
    found = [(name.removeprefix(CHECK_IN), name) for name in names if name.startswith(CHECK_IN)]
    return tuple(reversed(found) if runs_backwards([period for period, _ in found]) else found)


class Archetype(enum.StrEnum):
    """How a sheet lays its OKRs out."""

    FLAT = "flat"  # A, A1: one row per key result, objective repeated
    MERGED = "merged"  # B: objective merged over its rows or only on its first row
    OUTLINE = "outline"  # C: objective rows and key-result rows, told apart by type, numbering or an empty cell
    TREE = "tree"  # D: one row per node in any order, each naming the id of its parent
    WIDE = "wide"  # H: one row per objective, its key results side by side in columns of their own
    MATRIX = "matrix"  # F: wide with rows and columns exchanged: a column per objective, its key results below it
    CARD = "card"  # G: a small table of key results, the objective in a cell above it
    COMBINED = "combined"  # I: an objective and its key results in one cell, told apart by labels


BY_ROWS = frozenset({Archetype.FLAT, Archetype.MERGED, Archetype.OUTLINE})
"""The archetypes whose rows are read as they stand; the others are laid out anew first (normalise/unfolding.py)."""


SIDE_BY_SIDE = frozenset({Archetype.WIDE, Archetype.MATRIX})
"""The archetypes with several key results in a row: our columns have room for one."""


class Group(Struct, frozen=True):
    """One of several key results that stand side by side in a row (`wide`, `matrix`): its own columns, by field."""

    columns: MappingOf[str, int]
    headers: MappingOf[str, str] = field(default_factory=dict)


class Mapping(Struct, frozen=True):
    """How one table of one sheet is read.

    `header_rows` are 1-based (empty: no header, or one that is still to be found by `headers`). `columns` maps a field
    to a 1-based column. `headers` keeps the header text of mapped columns, to notice when the sheet has changed; a
    field that a mapping file gives by its header stands only there until layout/ has found it in the sheet. Beside
    FIELDS there may be columns of check-ins (CHECK_IN), and of planned values, which only a mapping file names
    (PLANNED). `locale`
    is the language its numbers and dates are written in ("de": 1,5 is one and a half), None: found per column.
    `groups` are the key results of each row of a wide table. A matrix is told as the wide table it is when rows and
    columns are exchanged: its "rows" are columns of the sheet, and its "columns" rows. `card` says where what holds
    for the whole table stands above it: field → (row, column). `several`: a cell may hold several key results.
    `objectives_on` is the sheet (or the file) with the objectives whose ids stand in the objective column.
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
    groups: tuple[Group, ...] = ()
    card: MappingOf[str, tuple[int, int]] = field(default_factory=dict)
    several: bool = False
    objectives_on: str | None = None

    @property
    def as_it_stands(self) -> bool:
        """Whether each row of the sheet is one row to be read, with all its cells in it."""
        values = "current" in self.columns or "progress" in self.columns or not check_in_periods(self.columns)
        return self.archetype in BY_ROWS and not self.several and not self.card and values


class Reason(Struct, frozen=True):
    """Why something is read as it is: in words, and how sure that is, 0 to 1."""

    text: str
    sure: float


class Table(Struct, frozen=True):
    """A table as it was read from a sheet: what write-back needs to stand beside it.

    `area` is header row(s) and data rows over the team's own columns, ours not included. `reasons` say why it is read
    so.
    """

    workbook: str
    mapping: Mapping
    area: Area
    reasons: tuple[Reason, ...] = ()


def load(path: Path) -> tuple[Mapping, ...]:
    """The mappings of a mapping file, one per table. Raises ConfigError with the file, the key and what is right."""
    from okrsync.mapping_file import read

    return read(path)


def save(mappings: Sequence[Mapping], path: Path) -> None:
    """Writes mappings as a file that `load` reads back as they are. Raises ConfigError when it cannot be written."""
    from okrsync.mapping_text import write

    write(mappings, path)


def to_toml(mappings: Sequence[Mapping]) -> str:
    """Mappings as the text of a mapping file."""
    from okrsync.mapping_text import text

    return text(mappings)
