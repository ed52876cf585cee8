"""The number columns of one table: a cell → its Quantity, with what could not be read raised as a finding."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime

from msgspec.structs import replace

from okrsync.cells import CellError, CellRef, CellValue, Grid, Uncached, column_letters
from okrsync.findings import Hit, Raised
from okrsync.layout.folding import in_brackets
from okrsync.layout.vocabulary import lexicon
from okrsync.mapping import Mapping
from okrsync.values import Quantity, guess_locale, read_quantity, read_unit

Raise = Callable[[Raised], None]
LOCALE_EVIDENCE = 200
_POINT_LANGUAGES = frozenset({"en", "zh"})
REMEMBERED = 20_000
"""Texts repeat down a column; what so many of them came to is kept at hand."""


class NumberColumn:
    """Reads one column. `unit` is what its header says its numbers are ("%" for "Target (%)"), None if nothing.

    `index` is its place in the grid's rows, beyond their end where the column lies left of the used cells.
    """

    def __init__(self, workbook: str, grid: Grid, mapping: Mapping, name: str, locale: str | None, out: Raise) -> None:
        self.column = mapping.columns[name]
        self.header = mapping.headers.get(name) or f"column {column_letters(self.column)}"
        self.unit = header_unit(mapping.headers.get(name, ""))
        self._workbook, self._grid, self._out, self._locale = workbook, grid, out, locale
        self._language = mapping.language
        self._formats = grid.formats_of(self.column)
        self._rows, self._top = grid.rows, grid.top
        self.index = self.column - grid.left if self.column >= grid.left else sys.maxsize
        self._by_format: dict[str, tuple[float, str | None] | None] = {}
        self._by_text: dict[str, Quantity | None] = {}
        self._blanks: dict[str, bool] = {}

    def at(self, row: int) -> CellRef:
        """The cell of a row."""
        return CellRef(self._workbook, self._grid.sheet, row, self.column)

    def value(self, row: int) -> CellValue:
        """What stands in the cell, blanks that people type ("-", "n/a") as None."""
        i = row - self._top
        if i < 0:
            return None
        try:
            value = self._rows[i][self.index]
        except IndexError:  # below the sheet, or right of what its row holds
            return None
        if type(value) is str:
            if value not in self._blanks:
                if len(self._blanks) > REMEMBERED:
                    self._blanks.clear()
                self._blanks[value] = is_blank_word(value)
            return None if self._blanks[value] else value
        return value

    def code(self, row: int) -> str:
        """The number format code of a cell."""
        return self._formats.get(row, "General")

    def counted(self, row: int, value: float) -> tuple[float, str | None] | None:
        """A number cell's number and unit where its format is a plain factor, as nearly always; else None."""
        code = self._formats.get(row)
        if code is None or code == "General":
            return value, None
        found = self._factor(code)
        if found is None or found[0] == 1:
            return None if found is None else (value, found[1])
        return round(value * found[0], 9), found[1]

    def is_bare(self, row: int) -> bool:
        """Whether the cell's format leaves a number as it is: without a percent, a currency or a factor."""
        code = self._formats.get(row)
        return code is None or code == "General" or self._factor(code) == (1.0, None)

    def all_bare(self) -> bool:
        """Whether that holds of every cell of the column."""
        return all(code == "General" or self._factor(code) == (1.0, None) for code in set(self._formats.values()))

    def read(self, row: int, value: CellValue) -> Quantity | None:
        """The cell's quantity, None where there is none; what is no number is raised."""
        if isinstance(value, float | int) and not isinstance(value, bool):
            return self._number(row, float(value))
        if value is None:
            return None
        if isinstance(value, str):
            found = self.text(value)
            if found is not None:
                if not found.scale_sure:
                    self._two_readings(row, value, found)
                return found
        self.unreadable(row, value)
        return None

    def single(self, row: int, value: CellValue) -> Quantity | None:
        """The one number of a cell, None where there is none; a range or a bound is raised as what is no number."""
        found = self.read(row, value)
        if found is None or found.is_single or not isinstance(value, str):
            return found
        self.bounded(row, value, "type one number.")
        return None

    def text(self, text: str) -> Quantity | None:
        """The quantity in a text, None where none can be made out."""
        if text not in self._by_text:
            if len(self._by_text) > REMEMBERED:
                self._by_text.clear()
            self._by_text[text] = self._in_text(text)
        return self._by_text[text]

    def _in_text(self, text: str) -> Quantity | None:
        """What the column leaves open ("1.234"), the language of the sheet decides where it can."""
        found = read_quantity(text, locale=self._locale)
        if found is None or found.scale_sure:
            return found
        if self._language not in _POINT_LANGUAGES:
            return read_quantity(text, locale=self._language)
        # "1,234" is a thousand in these; "1.234" may come from anywhere, since many write their headers in English
        grouped = abs(found.value) == max(map(abs, found.readings))
        return replace(found, scale_sure=True, readings=()) if grouped else found

    def is_plain(self, row: int) -> bool:
        """Whether the cell has no number format that says what its number is."""
        return self._formats.get(row, "General") == "General"

    def _number(self, row: int, value: float) -> Quantity | None:
        found = self.counted(row, value)
        if found is None:
            return read_quantity(value, number_format=self.code(row), locale=self._locale)
        return Quantity(*found)

    def _factor(self, code: str) -> tuple[float, str | None] | None:
        if code not in self._by_format:
            self._by_format[code] = _factor(code)
        return self._by_format[code]

    def unreadable(self, row: int, value: CellValue) -> None:
        """Raises the finding for a value that is no number."""
        self._out(unreadable(self.at(row), value, self.header))

    def _two_readings(self, row: int, text: str, found: Quantity) -> None:
        """Raises the finding for a text whose separator may be a decimal mark or not, with the reading taken."""
        taken, other = (f"{reading:.15g}" for reading in found.readings[:2])
        message = f'"{shown(text)}" in column "{self.header}" was read as {taken}; it may be {other}'
        fix = "make the cell a number, or write it without separators."
        self._out(Raised("IN005", Hit(self.at(row), message, fix)))

    def bounded(self, row: int, value: CellValue, fix: str = "type the one number that was measured.") -> None:
        """Raises the finding for a range or a bound where one value is asked for."""
        message = f'"{shown(value)}" in column "{self.header}" is a range or a bound, not one number'
        self._out(Raised("IN001", Hit(self.at(row), message, fix)))

    def of_another_whole(self, row: int, value: CellValue, target: float) -> None:
        """Raises the finding for "3 of 7" beside a target that is not 7."""
        message = f'"{shown(value)}" in column "{self.header}" does not go with the target {target:g}'
        self._out(Raised("IN001", Hit(self.at(row), message, "count both against the same whole.")))

    def in_another_unit(self, row: int, found: Quantity, own: str, beside: str) -> None:
        """Raises the finding for a number that cannot be compared with what it stands beside."""
        message = f'{found.value:g} {own} in column "{self.header}" stands beside {beside}: it is not used'
        self._out(Raised("IN005", Hit(self.at(row), message, "give the numbers of the key result one unit.")))

    def unclear(self, row: int, readings: tuple[float, ...], why: str) -> None:
        """Raises the finding for a number that may be on two scales, with both readings."""
        low, high = (f"{reading:g}" for reading in readings)
        value = self._grid.value(row, self.column)
        message = f'"{shown(value)}" in column "{self.header}" may be {low} % or {high} %: {why}'
        fix = "give the cell a percent format, or type the number with its % sign."
        self._out(Raised("IN005", Hit(self.at(row), message, fix)))


def _factor(code: str) -> tuple[float, str | None] | None:
    """What a number format does to a number: percent makes 0.45 into 45 %; None where it is no plain factor."""
    small, large = read_quantity(0.5, number_format=code), read_quantity(50.0, number_format=code)
    if small is None or large is None or not small.scale_sure or abs(large.value - 100 * small.value) > 1e-9:
        return None
    return small.value / 0.5, small.unit


def shown(value: CellValue) -> str:
    """A cell as findings quote it."""
    if isinstance(value, float):
        return f"{value:g}"
    text = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def unreadable(at: CellRef, value: CellValue, header: str) -> Raised:
    """The finding for a cell that should hold a number."""
    if isinstance(value, Uncached):
        message = f'the formula in column "{header}" has no stored result'
        return Raised(
            "IN003", Hit(at, message, "open the workbook in Excel or LibreOffice and save it, then run again.")
        )
    if isinstance(value, CellError):
        message = f'the formula in column "{header}" gives {value}'
        return Raised("IN004", Hit(at, message, "correct the formula, or type the number."))
    fix = "type a number such as 40 or 40%, or clear the cell."
    return Raised("IN001", Hit(at, f'"{shown(value)}" in column "{header}" is not a number', fix))


def is_blank_word(text: str) -> bool:
    """Whether people type this where there is no value: "-", "n/a", 无."""
    bare = text.strip()
    return not bare or (len(bare) <= 15 and bare.casefold() in lexicon().blanks)


def header_unit(header: str) -> str | None:
    """The unit in a header: "Progress %", "Target (days)", 目标值（万元）."""
    if not header:
        return None
    for inner in in_brackets(header):
        if inner in ("%", "％"):
            return "%"
        if 0 < len(inner) <= 12 and not any(letter.isdigit() for letter in inner):
            unit = read_unit(inner)
            if unit != inner or unit in _PLAIN_UNITS or (len(inner) <= 3 and not inner.isascii()):
                return unit
    bare = header.strip()
    return "%" if bare.endswith(("%", "％")) or bare.startswith(("%", "％")) or "pct" in header.casefold() else None


_PLAIN_UNITS = frozenset({"day", "hour", "week", "month", "year", "minute", "second", "ms", "pp", "x", "score"})


def locale_of(grid: Grid, mapping: Mapping) -> str | None:
    """The locale of a table's number texts: given by its mapping, else what the texts of its columns agree on."""
    if mapping.locale is not None:
        return mapping.locale
    texts: list[str] = []
    last = min(mapping.last_row or grid.bottom, mapping.first_row + LOCALE_EVIDENCE)
    for name in ("baseline", "target", "current", "progress", "score", "weight"):
        column = mapping.columns.get(name)
        if column is not None:
            values = (grid.value(row, column) for row in range(mapping.first_row, last + 1))
            texts += [value for value in values if isinstance(value, str)]
    return guess_locale(texts) if texts else None
