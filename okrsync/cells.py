"""Places and values in sheets, the edits that may be made to them, and the Protocol every workbook adapter fulfils."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Protocol

from msgspec import Struct, field


class CellError(Struct, frozen=True):
    """An error value of a cell, as the sheet shows it: `#DIV/0!`, `#REF!` …"""

    code: str

    def __str__(self) -> str:
        return self.code


class Uncached(enum.Enum):
    """A formula whose result was never stored: not a blank, and no value either."""

    UNCACHED = "formula without a stored result"

    def __str__(self) -> str:
        return self.value


UNCACHED = Uncached.UNCACHED

CellValue = str | float | bool | date | datetime | timedelta | CellError | Uncached | None


@cache
def column_letters(column: int) -> str:
    """The letters of a 1-based column number: 1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 1-based number of a column's letters: A → 1, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def quoted(sheet: str) -> str:
    """A sheet's name as it stands in a reference, always in quotes: Q4's → 'Q4''s'."""
    return "'" + sheet.replace("'", "''") + "'"


class CellRef(Struct, frozen=True, order=True, gc=False):
    """One cell: workbook and sheet by the names people see, row and column counted from 1."""

    workbook: str
    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """`E7`"""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def in_workbook(self) -> str:
        """`'Q4 OKRs'!E7`"""
        return f"{quoted(self.sheet)}!{self.a1}"

    def __str__(self) -> str:
        return f"{self.workbook}!{self.in_workbook}"


class Area(Struct, frozen=True):
    """A rectangle of cells, rows and columns counted from 1, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def a1(self) -> str:
        """`B2:F9`"""
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"

    def meets(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return not (
            self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        )

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class TableArea(Struct, frozen=True):
    """An Excel table ("ListObject") on a sheet: its name, its whole area and whether okrsync may add columns to it.

    `fixed` says in a few words why it may not grow (query table, no header row, XML-mapped …); None: it may.
    """

    name: str
    area: Area
    header: bool = True
    totals: bool = False
    fixed: str | None = None


def _no_formats(_column: int) -> Mapping[int, str]:
    return {}


def _no_formulas(_column: int) -> frozenset[int]:
    return frozenset()


class Grid(Struct, frozen=True, eq=False):  # noqa: PLW1641 - a whole sheet is nobody's key
    """The values of one sheet's used range, with what reading a layout and planning a write need.

    `rows[i][j]` is the cell in row `top + i`, column `left + j`; rows may be shorter than others. Blank is None, an
    empty string is blank too, numbers are float, error values are CellError, formulas without a result are UNCACHED.
    `formats_of(column)` → {row: number format code} and `formulas_of(column)` → rows that hold a formula are asked for
    a column at a time, because scanning the whole sheet for them would cost more than reading it. A General format
    may be left out. `formats_known` is False where the kind of file does not let us see number formats (.xls, .xlsb):
    0.45 may then have been shown as 45 %. `protected`: people have locked the sheet against changes by hand.
    """

    sheet: str
    rows: Sequence[Sequence[CellValue]]
    top: int = 1
    left: int = 1
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filter: Area | None = None
    tables: tuple[TableArea, ...] = ()
    drawings: tuple[Area, ...] = ()
    formats_of: Callable[[int], Mapping[int, str]] = _no_formats
    formulas_of: Callable[[int], frozenset[int]] = _no_formulas
    formats_known: bool = True
    protected: bool = False

    def __eq__(self, other: object) -> bool:
        """Whether the two say the same; how they find out formats and formulas does not matter."""
        fields = (name for name in self.__struct_fields__ if name not in ("formats_of", "formulas_of"))
        return isinstance(other, Grid) and all(getattr(self, name) == getattr(other, name) for name in fields)

    @property
    def bottom(self) -> int:
        """The last used row, `top - 1` when nothing is used."""
        return self.top + len(self.rows) - 1

    @property
    def right(self) -> int:
        """The last used column, `left - 1` when nothing is used."""
        return self.left + max((len(row) for row in self.rows), default=0) - 1

    def value(self, row: int, column: int) -> CellValue:
        """What stands in a cell, None outside the used range."""
        i, j = row - self.top, column - self.left
        if i < 0 or j < 0 or i >= len(self.rows) or j >= len(self.rows[i]):
            return None
        return self.rows[i][j]

    def format(self, row: int, column: int) -> str:
        """The number format code of a cell, "General" where none is set."""
        return self.formats_of(column).get(row, "General")

    def filled(self) -> Iterator[tuple[int, int, CellValue]]:
        """Every cell that is not blank as (row, column, value), row by row."""
        for i, row in enumerate(self.rows):
            for j, value in enumerate(row):
                if value is not None:
                    yield self.top + i, self.left + j, value


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


class Tone(enum.StrEnum):
    """How a cell of a sheet of ours looks; the adapter turns it into fonts, fills and number formats."""

    TITLE = "title"
    NOTE = "note"
    HEADING = "heading"  # a band: every cell between the first and the last of a row shares it
    GROUP = "group"  # a lighter band, likewise
    HEADER = "header"
    TEXT = "text"
    STRONG = "strong"
    WRAP = "wrap"
    COUNT = "count"
    SCORE = "score"
    PERCENT = "percent"
    STATUS = "status"
    SEVERITY = "severity"
    DATE = "date"


class OwnCell(Struct, frozen=True):
    """A cell of a sheet of ours; `link` is the cell a click jumps to, `indent` steps the text in."""

    value: CellValue
    tone: Tone = Tone.TEXT
    link: CellRef | None = None
    indent: int = 0


class OwnChart(Struct, frozen=True):
    """A bar chart on a sheet of ours. `labels` and `series` are one-column areas of that same sheet.

    `series` are (name, area, colour "#RRGGBB"). `corner` is where its top left corner lies (row, column),
    `size` how many rows and columns it covers. `maximum` is where the axis of numbers ends, None: by itself.
    """

    title: str
    labels: Area
    series: tuple[tuple[str, Area, str], ...]
    corner: tuple[int, int]
    stacked: bool = False
    percent: bool = False
    size: tuple[int, int] = (16, 6)
    maximum: float | None = None


class OwnContent(Struct, frozen=True):
    """All that a sheet of ours holds, rows from 1, columns from 1 (a row may be empty).

    `as_of_rows` are rows that a day alone may change; two contents that differ only there are the same. `bars` are
    one-column areas with a data bar (0 to 1). `statuses` as in BlockEdit. `frozen_rows` stay in view.
    """

    rows: tuple[tuple[OwnCell, ...], ...]
    widths: tuple[float, ...]
    as_of_rows: frozenset[int] = frozenset()
    charts: tuple[OwnChart, ...] = ()
    bars: tuple[Area, ...] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)
    frozen_rows: int = 0
    filter: Area | None = None


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
