"""The cells of a sheet part read at the speed of regular expressions, in the form that spreadsheet programs write.

Whatever does not have that form, to the last cell, is Unusual: xmlcells.py reads it by the book and more slowly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import compress, pairwise

from msgspec import Struct

from okrsync.cells import CellValue, column_letters, column_number
from okrsync.workbooks.excel.meaning import Meaning, nothing_stored
from okrsync.workbooks.excel.sheetcells import SheetCells
from okrsync.workbooks.excel.xmltext import Runs, text_of
from okrsync.workbooks.rowstack import LAST_COLUMN, LAST_ROW, RowStack

_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*<((?:[\w.-]+:)?)worksheet[\s>]")
_ROW = rb'<%brow r="([0-9]++)"([^>/]*+)(/?)>(?:<%bc r="[A-Z]++([0-9]++)")?+'
# One cell: column letters; attributes, with the slash of a cell without content; the end of its formula, `</c>`
# included where nothing follows it; its stored text or its inline runs. Every part is possessive, so that no cell is
# ever looked at twice.
_CELL = (
    rb'<%bc r="([A-Z]++)[0-9]++"([^>/]*+/?+)>(?:(?<=/>)|'
    rb"(?:<%bf[^>/]*+(?:>[^<]*+(?=</)|(?=/>))((?:</%bf>|/>)(?:</%bc>)?+))?+"
    rb'(?:<(?:%bv(?: xml:space="preserve")?+|%bis><%bt)>([^<]*+)</(?:%bv|%bt></%bis)>|<%bv ?/>'
    rb"|<%bis>((?:[^<]++|<(?!/%bis>))*+)</%bis>)?+"
    rb"(?:</%bc>|(?<=</%bc>)))"
)
_FORMULA = rb"<%bf[^>/]*+(?:>[^<]*+</%bf>|/>)"
_HIDDEN = re.compile(rb"\shidden=\"(?:1|true)\"")

_MOST_SHAPES, _MOST_COMMON, _COMMON = 1000, 4, 100
"""How many shapes of rows are kept, how many of them with a pattern, and how often one is met before it gets one."""

_Form = tuple[tuple[bytes, ...], tuple[bytes, ...], tuple[bytes, ...]]
"""Of every cell of a row: its column's letters, its attributes, and the end of its formula."""

Part = Callable[[], bytes]
"""Hands the sheet part's bytes out again, so that none need be kept between two questions."""


class Unusual(Exception):  # noqa: N818 - it reads as what is said of the part
    """The part is written in a way that only a real XML parser reads rightly."""


class Frame(Struct, frozen=True):
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


def has_more_than_tags(data: bytes, start: int, end: int | None = None) -> bool:
    """Whether comments, CDATA or processing instructions follow. Looking for one rare letter first is much quicker."""
    return any(data.find(mark[1:], start, end) >= 0 and data.find(mark, start, end) >= 0 for mark in (b"<!", b"<?"))


def scanned(data: bytes, frame: Frame, meaning: Meaning, again: Part) -> SheetCells:
    """The cells of a sheet part; `again` hands out the same bytes when formats or formulas are asked for."""
    scan = _Scan(frame.prefix, meaning)
    stack, hidden = scan.rows(data, frame)
    top, left, rows = stack.trimmed()
    bottom = top + len(rows) - 1
    columns = _Columns(again, frame, meaning, bottom)
    shut = frozenset(number for number in hidden if number <= bottom)
    return SheetCells(top, left, rows, shut, columns.formats, columns.formulas)


class _Known(dict[bytes, CellValue]):
    """Stored texts of cells of one kind and the values they mean, each worked out when it is met first."""

    def __init__(self, mean: Callable[[bytes], CellValue], nothing: CellValue) -> None:
        super().__init__({b"": nothing})
        self._mean = mean

    def __missing__(self, stored: bytes) -> CellValue:
        value = self[stored] = self._mean(stored)
        return value


class _Kind(Struct, frozen=True):
    """Cells of equal attributes: how their stored texts become values, and how they are written.

    `quick` is as `known`, but gives a ValueError or a number that is not finite for what is no plain number.
    """

    known: _Known
    quick: Callable[[bytes], CellValue]
    is_number: bool
    stores: bool
    written: bytes  # a pattern of what follows the tag, the stored text its only group


class _Shape(Struct):
    """Rows whose cells have the same columns and attributes; only cells that store a text are read, each in its way."""

    kinds: tuple[_Kind, ...]
    stores: tuple[bool, ...]
    numbers: tuple[bool, ...]
    quick: tuple[Callable[[bytes], CellValue], ...]
    places: tuple[int, ...]
    blank: list[CellValue]  # a row without what is stored
    seen: int = 0
    pattern: re.Pattern[bytes] | None = None

    def quickly(self, stored: Iterable[bytes]) -> list[CellValue] | None:
        """The row, None where a number is none or not finite."""
        try:
            values = [read(text) for read, text in zip(self.quick, stored, strict=True)]
        except ValueError:
            return None
        total = sum(compress(values, self.numbers))  # type: ignore[arg-type]  # only the numbers are left
        # Infinity and what is not even a number, less itself, is not 0.
        return self._placed(values) if total - total == 0 else None

    def carefully(self, stored: Iterable[bytes]) -> list[CellValue]:
        """The row, whatever is stored."""
        return self._placed([kind.known[text] for kind, text in zip(self.kinds, stored, strict=True)])

    def _placed(self, values: list[CellValue]) -> list[CellValue]:
        if len(values) == len(self.blank):
            return values
        row = self.blank.copy()
        for place, value in zip(self.places, values, strict=True):
            row[place] = value
        return row


class _Scan:
    def __init__(self, prefix: bytes, meaning: Meaning) -> None:
        self._prefix = re.escape(prefix)
        self._row = re.compile(_ROW.replace(b"%b", re.escape(prefix)))
        self._cell = re.compile(_CELL.replace(b"%b", re.escape(prefix)))
        self._row_end = b"</" + prefix + b"row>"
        self._cell_mark, self._value_mark = b"<" + prefix + b"c", b"<" + prefix + b"v"
        self._other_marks = (b"<" + prefix + b"is", b"<" + prefix + b"f")
        self._meaning, self._runs = meaning, Runs(prefix)
        self._kinds: dict[tuple[bytes, bytes], _Kind] = {}
        self._known: dict[tuple[str, int, bytes], _Known] = {}
        self._shapes: dict[_Form, _Shape] = {}
        self._common: list[_Shape] = []  # those with a pattern, the one met last first

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
        """One row. This is where the time of reading goes: most rows have a shape that is met again and again."""
        for i, shape in enumerate(self._common):
            found = shape.pattern.fullmatch(data, start, end) if shape.pattern is not None else None
            if found is not None:
                if i:
                    self._common.insert(0, self._common.pop(i))
                return shape.quickly(found.groups()) or shape.carefully(found.groups())
        return self._values_by_cell(data, start, end)

    def _values_by_cell(self, data: bytes, start: int, end: int) -> list[CellValue]:
        found = self._cell.findall(data, start, end)
        if len(found) != data.count(self._cell_mark, start, end):
            raise Unusual
        letters, said, formulas, raw, runs = zip(*found, strict=True)
        form = letters, said, formulas
        shape = self._shapes.get(form) or self._shape(form)
        shape.seen += 1
        if shape.seen == _COMMON:
            shape.pattern = self._pattern(form)
            self._common = [shape, *self._common[: _MOST_COMMON - 1]]
        stored = [one or other for one, other, kept in zip(raw, runs, shape.stores, strict=True) if kept]
        return shape.quickly(stored) or shape.carefully(stored)

    def _shape(self, form: _Form) -> _Shape:
        columns = [_column(letters) for letters in form[0]]
        if any(one >= two for one, two in pairwise(columns)):
            raise Unusual
        kinds = [self._kind(said, formula) for said, formula in zip(*form[1:], strict=True)]
        blank: list[CellValue] = [None] * columns[-1]
        for column, kind in zip(columns, kinds, strict=True):
            blank[column - 1] = kind.known[b""]
        stores = tuple(kind.stores for kind in kinds)
        read = tuple(compress(kinds, stores))
        shape = _Shape(
            kinds=read,
            stores=stores,
            numbers=tuple(kind.is_number for kind in read),
            quick=tuple(kind.quick for kind in read),
            places=tuple(column - 1 for column in compress(columns, stores)),
            blank=blank,
        )
        if len(self._shapes) < _MOST_SHAPES:
            self._shapes[form] = shape
        return shape

    def _pattern(self, form: _Form) -> re.Pattern[bytes]:
        """A whole row of that form, which is matched in a third of the time that its cells take one by one."""
        cells = (
            rb'<%bc r="%b[0-9]++"%b>%b' % (self._prefix, letters, re.escape(said), self._kind(said, formula).written)
            for letters, said, formula in zip(*form, strict=True)
        )
        return re.compile(b"".join(cells))

    def _kind(self, said: bytes, formula: bytes) -> _Kind:
        kind = self._kinds.get((said, formula))
        if kind is None:
            kind = self._kinds[said, formula] = self._new_kind(said, formula)
        return kind

    def _new_kind(self, said: bytes, formula: bytes) -> _Kind:
        """Texts known are shared by all cells of a type, dates by all of a format."""
        kind, xf = self._meaning.kind_said(said)
        key = kind, xf if kind == "n" else 0, formula
        if key not in self._known:
            nothing = nothing_stored(kind, formula != b"", bool(formula) and not formula.endswith(b"c>"))
            self._known[key] = _Known(self._meant(kind, xf), nothing)
        known, is_number = self._known[key], self._meaning.is_plain_number(kind, xf)
        stores = not said.endswith(b"/") and not formula.endswith(b"c>")
        written = b"" if said.endswith(b"/") else self._written(kind, formula, stores)
        return _Kind(known, float if is_number else known.__getitem__, is_number, stores, written)

    def _written(self, kind: str, formula: bytes, stores: bool) -> bytes:
        value = rb"<%bis><%bt>([^<]*+)</%bt></%bis>" if kind == "inlineStr" else rb"<%bv>([^<]*+)</%bv>"
        pattern = (_FORMULA if formula else b"") + (value if stores else b"") + b"</%bc>"
        return pattern.replace(b"%b", self._prefix)

    def _meant(self, kind: str, xf: int) -> Callable[[bytes], CellValue]:
        runs, convert = self._runs.text, self._meaning.converter(kind, xf)
        if kind == "inlineStr":
            return lambda stored: (runs(stored) if b"<" in stored else text_of(stored.strip())) or None
        return lambda stored: convert(text_of(stored))


def _column(letters: bytes) -> int:
    column = column_number(letters.decode()) if len(letters) <= 3 else 0
    if not 0 < column <= LAST_COLUMN:
        raise Unusual
    return column


class _Columns:
    """Answers what is asked of one column by one search through the part."""

    def __init__(self, again: Part, frame: Frame, meaning: Meaning, bottom: int) -> None:
        self._again = again
        self._frame = frame
        self._meaning = meaning
        self._bottom = bottom
        self._codes: dict[bytes, str] = {}
        self._without_formulas: set[int] = set()

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
        """The rows whose cell holds a formula. Columns without one, as ours are, are asked for more than once."""
        if column in self._without_formulas:
            return frozenset()
        mark = rb"[^>/]*+>(<%bf[\s/>])" % re.escape(self._frame.prefix)
        found = frozenset(int(row) for row, _ in self._search(column, mark))
        if not found:
            self._without_formulas.add(column)
        return found

    def _search(self, column: int, rest: bytes) -> list[tuple[bytes, bytes]]:
        start = rb'<%bc r="%b([0-9]++)"' % (re.escape(self._frame.prefix), column_letters(column).encode())
        found: list[tuple[bytes, bytes]] = re.compile(start + rest).findall(
            self._again(), self._frame.start, self._frame.end
        )
        return found
