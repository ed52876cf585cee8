"""Places and values in sheets: a cell, an area, and the grid of all values of a sheet."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, cached_property

from msgspec import Struct


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


def text_of(value: CellValue) -> str | None:
    """A cell as a text, None where it holds nothing that is one."""
    if value is None:
        return None
    if type(value) is str:
        return value.strip() or None
    if isinstance(value, bool) or not isinstance(value, float | int):
        return None
    return f"{value:.15g}"


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


class Grid(Struct, frozen=True, eq=False, dict=True):  # noqa: PLW1641 - a whole sheet is nobody's key
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

    @cached_property
    def right(self) -> int:
        """The last used column, `left - 1` when nothing is used."""
        return self.left + max(map(len, self.rows), default=0) - 1

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
