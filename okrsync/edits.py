"""What okrsync owns in a workbook, the edits that may be made, and the Protocol every workbook adapter fulfils."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct, field

from okrsync.cells import Area, CellRef, CellValue, Grid, column_letters, quoted
from okrsync.owncontent import OwnContent


class Role(enum.StrEnum):
    """The five columns okrsync writes, in their order from left to right."""

    PROGRESS = "progress"
    SCORE = "score"
    STATUS = "status"
    EXPECTED = "expected"
    GAPS = "gaps"


class Block(Struct, frozen=True):
    """Our columns beside one table: the header's row, the last row they reach, and which column has which role.

    `columns` may lack a role (people deleted that column) and need not be contiguous (people moved one). `marked` is
    False where only the headers gave it away: its marks are to be made again.
    """

    header_row: int
    last_row: int
    columns: Mapping[Role, int]
    marked: bool = True


class SheetKind(enum.StrEnum):
    """The sheets okrsync owns."""

    SUMMARY = "summary"
    GAPS = "gaps"


class OwnSheet(Struct, frozen=True):
    """A sheet of ours as found: its name, and what people put on it that a rewrite would destroy ("" for nothing).

    `area` is what the last run wrote there, None where its mark does not tell.
    """

    name: str
    people_added: str = ""
    area: Area | None = None


class Marks(Struct, frozen=True):
    """What okrsync left in a workbook on earlier runs, as its adapter finds it again.

    `sheets[kind]` is None where we made that sheet once and people have deleted it since; a kind that is not a key was
    never made. `cycle` is the assumed cycle that an earlier run kept. `without_blocks` are sheets from which people
    have deleted a whole block of our columns.
    """

    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    sheets: Mapping[SheetKind, OwnSheet | None] = field(default_factory=dict)
    cycle: str | None = None
    without_blocks: frozenset[str] = frozenset()


class Look(enum.StrEnum):
    """How a cell we write is shown; the rest of its style comes from its neighbour."""

    HEADER = "header"
    PERCENT = "percent"  # 0.47 shown as 47 %
    SCORE = "score"  # two decimals
    TEXT = "text"
    BLANK = "blank"  # the value goes, the style stays


class CellEdit(Struct, frozen=True, gc=False):
    """One cell: what stands there now and what will. `like` is the column whose cell in that row lends its style."""

    at: CellRef
    before: CellValue
    after: CellValue
    look: Look
    like: int | None = None

    def __str__(self) -> str:
        return f"{self.at.in_workbook}: {shown(self.before)} → {shown(self.after)}"


class BlockEdit(Struct, frozen=True):
    """Our columns as they must be marked and formatted: names, colours by conditional format, data bar, widths, filter.

    `table` is the team's table, header row included. `join` says whether its filter or Excel table has to grow over
    our columns. `statuses` are the words of the status column in the sheet's language → the colour they get
    ("green", "amber", "red", "grey").
    """

    sheet: str
    block: Block
    table: Area
    join: bool
    statuses: Mapping[str, str]
    new: bool

    def __str__(self) -> str:
        span = ", ".join(f"{role} {column_letters(column)}" for role, column in self.block.columns.items())
        verb = "add" if self.new else "mark"
        rows = f"rows {self.block.header_row} to {self.block.last_row}"
        return f"{quoted(self.sheet)}: {verb} our columns for {rows}: {span}"


class SheetEdit(Struct, frozen=True):
    """A whole sheet of ours, made anew at the end of the workbook or replaced where it stands (`replaces`)."""

    kind: SheetKind
    sheet: str
    content: OwnContent
    replaces: str | None = None

    def __str__(self) -> str:
        done = "rewrite" if self.replaces else "add"
        return f"{quoted(self.sheet)}: {done} our sheet ({len(self.content.rows)} rows)"


class MarkEdit(Struct, frozen=True):
    """Keep the assumed cycle with our marks, so that it never rolls on by itself."""

    cycle: str

    def __str__(self) -> str:
        return f"keep the cycle {self.cycle} with our marks"


Edit = CellEdit | BlockEdit | SheetEdit | MarkEdit


def shown(value: CellValue) -> str:
    """A value as a line of the dry run shows it: `blank`, `0.47`, `"on track"`."""
    if value is None:
        return "blank"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{round(value, 6):g}" if abs(value) < 1e6 else repr(value)
    if isinstance(value, str):
        return '"' + value + '"'
    return str(value)


class Workbook(Protocol):
    """A set of named sheets. Adapters move values; they decide nothing.

    Everything raises WorkbookError (never a library's own exception) with the workbook's name, what is wrong and a fix.
    """

    @property
    def name(self) -> str:
        """The workbook as people know it, `team.xlsx`."""
        ...

    @property
    def read_only(self) -> str | None:
        """Why this kind of workbook is never written ("an .ods file"), None when it can be."""
        ...

    def sheet_names(self) -> Sequence[str]:
        """Visible worksheets, in their order; chart, dialog and macro sheets are no worksheets."""
        ...

    def hidden_sheets(self) -> Sequence[str]:
        """Hidden and very hidden worksheets, in their order; `read` reads them too."""
        ...

    def all_sheet_names(self) -> Sequence[str]:
        """Sheets of every kind, in their order: the names that are taken."""
        ...

    def read(self, sheet: str) -> Grid:
        """The sheet's values. The same Grid for the same sheet as long as the Workbook lives."""
        ...

    def wishes(self) -> Sequence[str]:
        """What its people ask of those who would change it and do not forbid: "it is marked as final"."""
        ...

    def marks(self) -> Marks:
        """What earlier runs of ours left here, found by defined names (or what the format has instead of them)."""
        ...

    def write(self, edits: Sequence[Edit]) -> None:
        """All edits or none, touching nothing else; no edits: the file is not touched."""
        ...
