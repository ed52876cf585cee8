"""The cells of a sheet part read at the speed of regular expressions, in the form that spreadsheet programs write.

Whatever does not have that form, to the last cell, is Unusual: xmlcells.py reads it by the book and more slowly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from okrsync.cells import CellValue, column_letters, column_number
from okrsync.workbooks.excel.meaning import Meaning, nothing_stored
from okrsync.workbooks.excel.sheetcells import SheetCells
from okrsync.workbooks.excel.xmltext import Runs, text_of
from okrsync.workbooks.rowstack import LAST_COLUMN, LAST_ROW, RowStack

_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*<((?:[\w.-]+:)?)worksheet[\s>]")
_ROW = rb'<%brow r="([0-9]++)"([^>/]*+)(/?)>(?:<%bc r="[A-Z]++([0-9]++)")?+'
# One cell: column letters; attributes; the end of its formula, `</c>` included where nothing follows it; its stored
# text or its inline runs. Every part is possessive, so that no cell is ever looked at twice.
_CELL = (
    rb'<%bc r="([A-Z]++)[0-9]++"([^>/]*+)(?:/>|>'
    rb"(?:<%bf[^>/]*+(?:>[^<]*+(?=</)|(?=/>))((?:</%bf>|/>)(?:</%bc>)?+))?+"
    rb'(?:<%bv(?: xml:space="preserve")?+>([^<]*+)</%bv>|<%bv ?/>|<%bis>((?:[^<]++|<(?!/%bis>))*+)</%bis>)?+'
    rb"(?:</%bc>|(?<=</%bc>)))"
)
_HIDDEN = re.compile(rb"\shidden=\"(?:1|true)\"")

Part = Callable[[], bytes]
"""Hands the sheet part's bytes out again, so that none need be kept between two questions."""


class Unusual(Exception):  # noqa: N818 - it reads as what is said of the part
    """The part is written in a way that only a real XML parser reads rightly."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the cells of a sheet part stand: its prefix, and what lies within `<sheetData>`."""

    prefix: bytes
    start: int
    end: int


def frame_of(data: bytes) -> Frame:
    """Where the cells stand; Unusual where comments, CDATA or anything else could mislead a search."""
    root = _ROOT.match(data)
    if root is None or has_more_than_tags(data, root.start(1)):
        raise Unusual
    name = root[1] + b"sheetData"
    opened = re.compile(rb"<%b(?:\s[^>]*)?/?>" % name).search(data)
    if opened is None:
        raise Unusual
    if opened[0].endswith(b"/>"):
        return Frame(root[1], opened.end(), opened.end())
    closing = data.rfind(b"</" + name)
    if closing < opened.end():
        raise Unusual
    return Frame(root[1], opened.end(), closing)


def has_more_than_tags(data: bytes, start: int) -> bool:
    """Whether comments, CDATA or processing instructions follow. Looking for one rare letter first is much quicker."""
    return any(data.find(mark[1:], start) >= 0 and data.find(mark, start) >= 0 for mark in (b"<!", b"<?"))


def scanned(data: bytes, frame: Frame, meaning: Meaning, again: Part) -> SheetCells:
    """The cells of a sheet part; `again` hands out the same bytes when formats or formulas are asked for."""
    scan = _Scan(frame.prefix, meaning)
    stack, hidden = scan.rows(data, frame)
    top, left, rows = stack.trimmed()
    bottom = top + len(rows) - 1
    columns = _Columns(again, frame, meaning, bottom)
    shut = frozenset(number for number in hidden if number <= bottom)
    return SheetCells(top, left, rows, shut, columns.formats, columns.formulas)


class _Kind:
    """Cells of equal attributes: what turns their stored bytes into a value, and the values worked out so far."""

    __slots__ = ("convert", "inline", "known", "type")

    def __init__(self, attributes: bytes, meaning: Meaning, runs: Runs, shared: dict[str, dict[bytes, CellValue]]):
        self.type, xf = meaning.kind_said(attributes)
        self.inline = runs.text
        self.convert = meaning.converter(self.type, xf)
        # Plain numbers are not worth a look-up; all else is kept by type, numbers shown as dates by format too.
        key = f"{self.type}{xf}" if self.type == "n" else self.type
        plain = meaning.is_plain_number(self.type, xf)
        self.known = None if plain else shared.setdefault(key, {})

    def value(self, raw: bytes, runs: bytes, formula: bytes) -> CellValue:
        """The value of one such cell."""
        if not raw and not runs:
            return nothing_stored(self.type, formula != b"", bool(formula) and not formula.endswith(b"c>"))
        if self.type == "inlineStr":
            value: CellValue = (self.inline(runs) if runs else text_of(raw)) or None
        else:
            value = self.convert(text_of(raw)) if raw else None
        if self.known is not None:
            self.known[raw or runs] = value
        return value


class _Scan:
    def __init__(self, prefix: bytes, meaning: Meaning) -> None:
        self._row = re.compile(_ROW.replace(b"%b", re.escape(prefix)))
        self._cell = re.compile(_CELL.replace(b"%b", re.escape(prefix)))
        self._row_end = b"</" + prefix + b"row>"
        self._cell_mark, self._value_mark = b"<" + prefix + b"c", b"<" + prefix + b"v"
        self._other_marks = (b"<" + prefix + b"is", b"<" + prefix + b"f")
        self._columns: dict[bytes, int] = {}
        self._meaning, self._runs = meaning, Runs(prefix)
        self._kinds: dict[bytes, _Kind] = {}
        self._known: dict[str, dict[bytes, CellValue]] = {}
        self._known_values: dict[bytes, dict[bytes, CellValue] | None] = {}

    def rows(self, data: bytes, frame: Frame) -> tuple[RowStack, list[int]]:
        """Every row with a value, and which rows are hidden."""
        stack, hidden, last, at = RowStack(), list[int](), 0, frame.start
        for found in self._row.finditer(data, frame.start, frame.end):
            digits, said, closed, first = found.groups()
            number = int(digits)
            if number <= last or number > LAST_ROW or (first is not None and first != digits):
                raise Unusual
            if found.start() != at and data[at : found.start()].strip():
                raise Unusual
            last = number
            if said and b"hidden" in said and _HIDDEN.search(said):
                hidden.append(number)
            start = at = found.end(3) + 1
            if closed:
                continue
            end = data.find(self._row_end, start, frame.end)
            if end < 0:
                raise Unusual
            at = end + len(self._row_end)
            if self._says_something(data, start, end):
                stack.put(number, self._values(data, start, end))
        if data[at : frame.end].strip():
            raise Unusual
        return stack, hidden

    def _says_something(self, data: bytes, start: int, end: int) -> bool:
        """Whether any cell of a row holds more than a style."""
        return data.find(self._value_mark, start, end) >= 0 or any(
            data.find(mark, start, end) >= 0 for mark in self._other_marks
        )

    def _values(self, data: bytes, start: int, end: int) -> list[CellValue]:
        """One row. This loop is where the time of reading goes: it does with look-ups whatever it can."""
        found = self._cell.findall(data, start, end)
        if len(found) != data.count(self._cell_mark, start, end):
            raise Unusual
        known_values, known_columns = self._known_values, self._columns
        row: list[CellValue] = []
        at = 0
        for letters, said, formula, raw, runs in found:
            at += 1
            column = known_columns.get(letters)
            if column != at:
                column = at = self._padded(row, letters)
            try:
                known = known_values[said]
                if known is not None:
                    row.append(known[raw or runs])
                    continue
                value = float(raw)
            except (KeyError, ValueError):
                row.append(self._value(said, raw, runs, formula))
            else:
                # Infinity and what is not even a number less itself is not 0.
                row.append(self._value(said, raw, runs, formula) if value - value else value)
        return row

    def _value(self, said: bytes, raw: bytes, runs: bytes, formula: bytes) -> CellValue:
        """What is not known yet, or no number."""
        if said not in self._kinds:
            kind = self._kinds[said] = _Kind(said, self._meaning, self._runs, self._known)
            self._known_values[said] = kind.known
        return self._kinds[said].value(raw, runs, formula)

    def _padded(self, row: list[CellValue], letters: bytes) -> int:
        """A row made long enough for a cell of that column to follow; the column's number."""
        column = self._columns.get(letters) or self._column(letters)
        if column <= len(row):
            raise Unusual
        row += [None] * (column - len(row) - 1)
        return column

    def _column(self, letters: bytes) -> int:
        column = column_number(letters.decode()) if len(letters) <= 3 else 0
        if not 0 < column <= LAST_COLUMN:
            raise Unusual
        self._columns[letters] = column
        return column


class _Columns:
    """Answers what is asked of one column by one search through the part."""

    def __init__(self, again: Part, frame: Frame, meaning: Meaning, bottom: int) -> None:
        self._again = again
        self._frame = frame
        self._meaning = meaning
        self._bottom = bottom
        self._codes: dict[bytes, str] = {}

    def formats(self, column: int) -> Mapping[int, str]:
        """Row → number format code, General left out."""
        found: dict[int, str] = {}
        codes = self._codes
        for row, said in self._search(column, rb"([^>/]*+)"):
            code = codes.get(said)
            if code is None:
                code = codes[said] = self._meaning.code_said(said)
            if code and (number := int(row)) <= self._bottom:
                found[number] = code
        return found

    def formulas(self, column: int) -> frozenset[int]:
        """The rows whose cell holds a formula."""
        mark = rb"[^>/]*+>(<%bf[\s/>])" % re.escape(self._frame.prefix)
        return frozenset(int(row) for row, _ in self._search(column, mark))

    def _search(self, column: int, rest: bytes) -> list[tuple[bytes, bytes]]:
        start = rb'<%bc r="%b([0-9]++)"' % (re.escape(self._frame.prefix), column_letters(column).encode())
        found: list[tuple[bytes, bytes]] = re.compile(start + rest).findall(
            self._again(), self._frame.start, self._frame.end
        )
        return found
