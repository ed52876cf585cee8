"""Cells patched into a sheet part: only the rows that hold an edit change, byte by byte, in one pass over the part."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from okrsync.cells import Area, column_letters, column_number
from okrsync.edits import CellEdit, Look
from okrsync.workbooks.excel.content import Contents, looks_like_formula
from okrsync.workbooks.excel.looks import Looks
from okrsync.workbooks.excel.markup import Unsplicable
from okrsync.workbooks.excel.rowedits import LEAVE_IT, RowEdits, by_row, extent, frame, refuse_forbidden
from okrsync.workbooks.excel.sheetparts import SheetPart
from okrsync.workbooks.excel.splices import Splice, in_order

_ROW_NUMBER = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([0-9]+)[\"']")
_CELL_NUMBER = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_ANY_NUMBER = re.compile(rb"(?:^|\s)r\s*=")
_STYLE = re.compile(rb"\ss\s*=\s*[\"']([0-9]+)[\"']")
_CUSTOM = re.compile(rb"\scustomFormat\s*=\s*[\"'](?:1|true)[\"']")
_SPANS = re.compile(rb"\s+spans\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_METADATA = re.compile(rb"\s[cv]m\s*=\s*[\"'](?!0[\"'])")


class _Cell(NamedTuple):
    """A cell as it stands: its column, the attributes of its tag, where it starts, its content and where it ends."""

    column: int
    attributes: bytes
    start: int
    opened: int
    closing: int
    end: int


class _Row(NamedTuple):
    """A row as it stands; `closing` is where its end tag starts, None when it was written `<row/>`."""

    number: int
    digits: bytes
    attributes: bytes
    start: int
    opened: int
    closing: int | None


class CellPatch:
    """Works out the splices that make cells of one sheet part as edits say."""

    def __init__(self, sheet: SheetPart, looks: Looks, fresh: Sequence[Area] = ()) -> None:
        """`fresh` are areas of ours that are new: formats that blank cells have there are not kept."""
        self._sheet = sheet
        self._data = sheet.data
        self._looks = looks
        self._fresh = fresh
        self._contents = Contents(sheet)
        c, row = sheet.name("c"), sheet.name("row")
        self._cell_open = b"<" + c
        self._cell_close = re.compile(rb"</%s\s*>" % re.escape(c))
        self._formula = re.compile(rb"<%s(?=[\s/>])" % re.escape(sheet.name("f")))
        self._start = b'<%s r="' % c
        self._begun: dict[tuple[int, Look, int, bool], tuple[bytes, bytes, bool]] = {}
        self._last_cell = re.compile(rb'%s([A-Z]{1,3})([0-9]+)"' % re.escape(self._start))
        self._row_name = row
        self._row_tag = re.compile(rb"<%s(?=[\s/>])([^>]*)>" % re.escape(row))
        self._cell_tag = re.compile(rb"<%s(?=[\s/>])([^>]*)>" % re.escape(c))
        self._letters: dict[int, bytes] = {}
        self._numbers: dict[bytes, int] = {}
        self._column_styles: dict[int, int] = {}
        self._may_stand = self._extended = True

    def splices(self, edits: Iterable[CellEdit]) -> list[Splice]:
        """Every splice the edits need in this part, the dimension included, in order."""
        rows = by_row(edits)
        if not rows:
            return []
        for area in self._fresh:
            frame(rows, area)
        columns = {edit.at.column for row in rows.values() for edit in row}
        refuse_forbidden(self._sheet, rows, sorted(columns))
        self._look_around(columns)
        splices = list(self._patched(rows))
        written = extent(rows)
        return in_order([*(self._sheet.grow_dimension(written) if written else ()), *splices])

    def _look_around(self, columns: Iterable[int]) -> None:
        """What one look at all cells can rule out need not be looked for in each row."""
        box = self._sheet.sheet_data
        letters = b"|".join(self._column(column) for column in columns)
        standing = re.compile(rb'"(?:%s)[0-9]' % letters)
        self._may_stand = standing.search(self._data, box.opened, box.closing) is not None
        self._extended = self._data.find(b"extLst", box.opened, box.closing) >= 0

    # --- rows -------------------------------------------------------------------------------------------------------

    def _patched(self, rows: dict[int, RowEdits]) -> Iterator[Splice]:
        """One walk over the rows that stand there, in step with the rows that have edits."""
        box = self._sheet.sheet_data
        numbers, next_wanted = sorted(rows), 0
        for row in self._standing_rows():
            while next_wanted < len(numbers) and numbers[next_wanted] < row.number:
                yield from self._inserted(row.start, rows[numbers[next_wanted]])
                next_wanted += 1
            if next_wanted == len(numbers):
                return
            if numbers[next_wanted] == row.number:
                yield from self._patch_row(row, rows[row.number])
                next_wanted += 1
        rest = b"".join(self._new_row(rows[number]) for number in numbers[next_wanted:])
        if rest:
            yield from self._sheet.append(box, rest)

    def _standing_rows(self) -> Iterator[_Row]:
        box, data, closing = self._sheet.sheet_data, self._data, b"</" + self._row_name
        last = 0
        for tag in self._row_tag.finditer(data, box.opened, box.closing):
            attrs = tag[1]
            found = _ROW_NUMBER.search(attrs)
            if found is None and _ANY_NUMBER.search(attrs):
                raise Unsplicable("one of its sheets has a row without a proper number")
            number = int(found[1]) if found else last + 1
            digits = found[1] if found and not found[1].startswith(b"0") else b"%d" % number
            if number <= last:
                raise Unsplicable(f"the rows of one of its sheets are out of order (row {number} after row {last})")
            last = number
            if attrs.endswith(b"/"):
                yield _Row(number, digits, attrs[:-1], tag.start(), tag.end(), None)
            else:
                opened = tag.end()
                yield _Row(number, digits, attrs, tag.start(), opened, data.index(closing, opened))

    def _inserted(self, at: int, edits: RowEdits) -> Iterator[Splice]:
        new = self._new_row(edits)
        if new:
            yield Splice(at, b"", new)

    def _new_row(self, edits: RowEdits) -> bytes:
        number = edits[0].at.row
        row = _Row(number, b"%d" % number, b"", 0, 0, None)
        cells = b"".join(self._new_cell(edit, row, 0) for edit in edits)
        return b'<%s r="%d">%s</%s>' % (self._row_name, row.number, cells, self._row_name) if cells else b""

    def _patch_row(self, row: _Row, edits: RowEdits) -> Iterator[Splice]:
        spans = self._outgrown_spans(row, edits)
        if spans is not None:
            yield spans
        if row.closing is None:
            cells = b"".join(self._new_cell(edit, row, 0) for edit in edits)
            if cells:
                slash = self._data.rindex(b"/", row.start, row.opened)
                old = self._data[slash : row.opened]
                yield Splice(slash, old, b">" + cells + b"</" + self._row_name + b">")
            return
        appended = self._appended(row, row.closing, edits)
        if appended is not None:
            yield from [Splice(row.closing, b"", appended)] if appended else ()
            return
        standing = self._found(row, row.closing, edits)
        if standing is None:
            yield from self._patch_cells(row, row.closing, edits)
            return
        for cell, edit in zip(standing, edits, strict=True):
            base = self._style_at(row, row.closing, edit.like) if edit.like is not None else None
            yield from self._changed(cell, edit, row, base or 0)

    def _outgrown_spans(self, row: _Row, edits: RowEdits) -> Splice | None:
        """The splice that drops a row's hint on its columns when our cells lie outside."""
        found = _SPANS.search(row.attributes)
        if found is None:
            return None
        first, _, last = (found[1] or found[2] or b"").partition(b":")
        inside = first.isdigit() and last.isdigit()
        if inside and int(first) <= edits[0].at.column and edits[-1].at.column <= int(last):
            return None
        return Splice(row.start + 1 + len(self._row_name) + found.start(), found[0], b"")

    # --- cells ------------------------------------------------------------------------------------------------------

    def _appended(self, row: _Row, closing: int, edits: RowEdits) -> bytes | None:
        """The cells to put last into the row; None when that is not all it takes.

        This is the usual first write, and ten times as fast as looking at every cell of the row.
        """
        data, opened, digits = self._data, row.opened, row.digits
        start = data.rfind(self._cell_open, opened, closing)
        last = self._last_cell.match(data, start) if start >= 0 else None
        if last is None or last[2] != digits or self._number(last[1]) >= edits[0].at.column:
            return None
        if self._extended and data.find(b"extLst", opened, closing) >= 0:
            return None
        cells: list[bytes] = []
        last_like, lent = None, 0
        for edit in edits:
            column, like = edit.at.column, edit.like
            if self._may_stand and data.find(b'"' + self._column(column) + digits + b'"', opened, closing) >= 0:
                return None
            if like != last_like:
                last_like, found = like, 0 if like is None else self._style_at(row, closing, like)
                if found is None:
                    return None
                lent = found
            cells.append(self._new_cell(edit, row, lent))
        return b"".join(cells)

    def _found(self, row: _Row, closing: int, edits: RowEdits) -> list[_Cell] | None:
        """The cells that edits change, where all of them stand in the row in the usual spelling.

        This is the usual second write, and spares looking at the row's other cells.
        """
        cells: list[_Cell] = []
        for edit in edits:
            place = self._start + self._column(edit.at.column) + row.digits + b'"'
            start = self._data.find(place, row.opened, closing)
            tag = self._cell_tag.match(self._data, start) if start >= 0 else None
            if tag is None:
                return None
            cells.append(self._cell_from(tag, edit.at.column, closing))
        return cells

    def _style_at(self, row: _Row, closing: int, column: int) -> int | None:
        """The format of a cell that bears its place in the usual spelling, None when there is no such cell."""
        data = self._data
        at = data.find(b' r="' + self._column(column) + row.digits + b'"', row.opened, closing)
        if at < 0:
            return None
        found = _STYLE.search(data, data.rfind(b"<", row.opened, at), data.index(b">", at))
        return int(found[1]) if found else 0

    def _patch_cells(self, row: _Row, closing: int, edits: RowEdits) -> Iterator[Splice]:
        cells = list(self._cells(row, closing))
        columns = [cell.column for cell in cells]
        by_column = {cell.column: cell for cell in cells}
        end = cells[-1].end if cells else row.opened
        for edit in edits:
            lender = by_column.get(edit.like) if edit.like is not None else None
            base = _style(lender.attributes) if lender is not None else 0
            standing = by_column.get(edit.at.column)
            if standing is not None:
                yield from self._changed(standing, edit, row, base)
                continue
            after = bisect_left(columns, edit.at.column)
            new = self._new_cell(edit, row, base)
            if new:
                yield Splice(cells[after].start if after < len(cells) else end, b"", new)

    def _cells(self, row: _Row, closing: int) -> Iterator[_Cell]:
        data, last, at = self._data, 0, row.opened
        while (tag := self._cell_tag.search(data, at, closing)) is not None:
            attrs = tag[1]
            found = _CELL_NUMBER.search(attrs)
            column = self._number(found[1]) if found else last + 1
            misplaced = int(found[2]) != row.number if found else _ANY_NUMBER.search(attrs) is not None
            if column <= last or misplaced:
                raise Unsplicable(f"the cells of row {row.number} of one of its sheets are out of order")
            last = column
            cell = self._cell_from(tag, column, closing)
            at = cell.end
            yield cell

    def _cell_from(self, tag: re.Match[bytes], column: int, closing: int) -> _Cell:
        attrs, opened = tag[1], tag.end()
        if attrs.endswith(b"/"):
            return _Cell(column, attrs[:-1], tag.start(), opened, opened, opened)
        close = self._cell_close.search(self._data, opened, closing)
        if close is None:
            raise Unsplicable("a cell of one of its sheets is never closed")
        return _Cell(column, attrs, tag.start(), opened, close.start(), close.end())

    def _changed(self, cell: _Cell, edit: CellEdit, row: _Row, base: int) -> Iterator[Splice]:
        """The cell with another value; its own format stays unless the place is newly ours."""
        data = self._data
        old = data[cell.start : cell.end]
        if self._formula.search(data, cell.opened, cell.closing) or _METADATA.search(cell.attributes):
            raise Unsplicable(f"{edit.at.in_workbook} holds a formula where okrsync would write", LEAVE_IT)
        own = _style(cell.attributes)
        if edit.look is not Look.BLANK and any(area.holds(row.number, cell.column) for area in self._fresh):
            own = 0
        rest = data.find(b"<" + self._sheet.name("extLst"), cell.opened, cell.closing)
        kept = data[rest : cell.closing] if rest >= 0 else b""
        new = self._cell(edit, own, base or self._standing_style(row, cell.column), kept)
        if new != old:
            yield Splice(cell.start, old, new)

    def _new_cell(self, edit: CellEdit, row: _Row, base: int) -> bytes:
        column, value, look = edit.at.column, edit.after, edit.look
        if look is Look.BLANK:
            return b""
        asked = column, look, base or self._standing_style(row, column), looks_like_formula(value)
        start, said, styled = self._begun.get(asked) or self._begin(asked)
        if value is None:
            return start + row.digits + said + b"/>" if styled else b""
        return start + row.digits + said + self._contents.of(value)

    def _begin(self, asked: tuple[int, Look, int, bool]) -> tuple[bytes, bytes, bool]:
        """What stands before the row's number in the tag of a new cell, what after it, and whether it has a format."""
        column, look, lent, risky = asked
        style = self._looks.style(look, 0, lent, risky)
        said = b'" s="%d"' % style if style else b'"'
        begun = self._begun[asked] = self._start + self._column(column), said, style != 0
        return begun

    def _cell(self, edit: CellEdit, own: int, base: int, kept: bytes) -> bytes:
        """A cell that stands there written anew; `kept` is its extension list."""
        value = edit.after
        style = self._looks.style(edit.look, own, base, looks_like_formula(value))
        tag = b'%s%s%d"' % (self._start, self._column(edit.at.column), edit.at.row)
        if style:
            tag += b' s="%d"' % style
        closing = b"</" + self._sheet.name("c") + b">"
        if value is None:
            return tag + b">" + kept + closing if kept else tag + b"/>" if style else b""
        content = self._contents.of(value)
        return tag + (content[: -len(closing)] + kept + closing if kept else content)

    def _standing_style(self, row: _Row, column: int) -> int:
        """The format that the row, else the column, gives to cells that are not there yet."""
        if _CUSTOM.search(row.attributes):
            return _style(row.attributes)
        if column not in self._column_styles:
            self._column_styles[column] = self._sheet.column_style(column)
        return self._column_styles[column]

    def _column(self, number: int) -> bytes:
        found = self._letters.get(number)
        if found is None:
            found = self._letters[number] = column_letters(number).encode()
        return found

    def _number(self, letters: bytes) -> int:
        found = self._numbers.get(letters)
        if found is None:
            found = self._numbers[letters] = column_number(letters.decode())
        return found


def _style(attributes: bytes) -> int:
    found = _STYLE.search(attributes)
    return int(found[1]) if found else 0
