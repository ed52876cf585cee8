"""OpenDocument spreadsheets, read only: values with their types from content.xml."""

from __future__ import annotations

import re
from datetime import timedelta

from msgspec import Struct, field

from okrsync.cells import Area, CellError, CellValue, Grid
from okrsync.config import Limits
from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.archive import Archive, Unreadable
from okrsync.workbooks.excel.meaning import iso_moment, number
from okrsync.workbooks.excel.xmltext import Attributes, BrokenPart, parse, utf8
from okrsync.workbooks.readonly import ReadOnlyWorkbook
from okrsync.workbooks.rowstack import LAST_COLUMN, LAST_ROW, RowStack, Sprawling

_SAVE_AGAIN = "open it in LibreOffice, save it again as .xlsx, and name that file."
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SHORT = {f"{_OASIS}{name}:1.0": name for name in ("office", "table", "text", "style")}
_SHORT["urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"] = "calcext"
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_ASIDE = frozenset({"office:annotation", "table:shapes", "table:table-source", "table:detective", "office:forms"})
_FORMATS = {"percentage": "0%", "date": "yyyy-mm-dd", "time": "[h]:mm:ss", "boolean": "BOOLEAN"}


def open_ods(name: str, data: bytes, limits: Limits) -> ReadOnlyWorkbook:
    """The workbook. Raises WorkbookError for what is broken, locked with a password, or no spreadsheet."""
    try:
        content = _content(name, Archive(data, limits))
        document = _Document()
        parse(utf8(content), document.start, document.end, document.text)
    except Unreadable as error:
        raise WorkbookError(name, error.problem, error.fix) from error
    except BrokenPart as error:
        raise WorkbookError(name, f"its content cannot be read: {error}", _SAVE_AGAIN) from error
    except Sprawling as error:
        fix = "delete the rows and columns beyond the table, and save."
        raise WorkbookError(name, "it has cells so far apart that it cannot be held in memory", fix) from error
    grids = {sheet.name: sheet.grid() for sheet in document.sheets}
    if not grids:
        raise WorkbookError(name, "it holds no sheet", "name another file.")
    hidden = frozenset(sheet.name for sheet in document.sheets if sheet.style in document.hidden_styles)
    return ReadOnlyWorkbook(name, "an .ods file", {n: _given(grid) for n, grid in grids.items()}, hidden)


def _given(grid: Grid) -> _Given:
    return _Given(grid)


class _Given(Struct, frozen=True):
    grid: Grid

    def __call__(self) -> Grid:
        return self.grid


def _content(name: str, archive: Archive) -> bytes:
    if "META-INF/manifest.xml" in archive.members:
        manifest = b"".join(archive.chunks("META-INF/manifest.xml"))
        if b"encryption-data" in manifest:
            raise WorkbookError(
                name,
                "it is protected with a password, so it cannot be read",
                "open it in LibreOffice, save it without a password, and run okrsync again.",
            )
    if "content.xml" not in archive.members:
        raise WorkbookError(name, "it is a zip file, but holds no spreadsheet", "name a workbook.")
    return b"".join(archive.chunks("content.xml"))


class _Said(Struct, frozen=True):
    """What a run of equal cells says beyond its value."""

    area: Area
    code: str
    formula: bool


class _Sheet(Struct):
    """One sheet while it is read. Rows and columns are counted from 1."""

    name: str
    style: str
    stack: RowStack = field(default_factory=RowStack)
    merges: list[Area] = field(default_factory=list)
    said: list[_Said] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    row: int = 1
    column: int = 1

    def grid(self) -> Grid:
        top, left, rows = self.stack.trimmed()
        bottom = top + len(rows) - 1
        right = left + max(map(len, rows), default=0) - 1
        return Grid(
            self.name,
            rows,
            top,
            left,
            merges=tuple(self.merges),
            hidden_rows=_all(self.hidden_rows, bottom),
            hidden_columns=_all(self.hidden_columns, right),
            formats_of=lambda column: {
                row: one.code
                for one in self.said
                if one.code and one.area.left <= column <= one.area.right
                for row in range(one.area.top, min(one.area.bottom, bottom) + 1)
            },
            formulas_of=lambda column: frozenset(
                row
                for one in self.said
                if one.formula and one.area.left <= column <= one.area.right
                for row in range(one.area.top, min(one.area.bottom, bottom) + 1)
            ),
        )


def _all(spans: list[tuple[int, int]], last: int) -> frozenset[int]:
    return frozenset(number for first, end in spans for number in range(first, min(end, last) + 1))


class _Document:
    """What the parser has met so far."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0  # tables within cells are no sheets
        self._aside = 0
        self._values: list[CellValue] = []
        self._row: Attributes = {}
        self._cell: Attributes = {}
        self._in_cell = False
        self._paragraphs: list[list[str]] = []

    def start(self, name: str, raw: Attributes) -> None:
        """An element opens."""
        name = _short(name)
        if self._aside or name in _ASIDE:
            self._aside += 1
        elif name == "style:style":
            self._style = {_short(key): value for key, value in raw.items()}.get("style:name", "")
        elif name == "style:table-properties":
            if {_short(key): value for key, value in raw.items()}.get("table:display") == "false":
                self.hidden_styles.add(self._style)
        elif name == "table:table":
            self._open_table({_short(key): value for key, value in raw.items()})
        elif self._depth == 1:
            self._start_inside(name, {_short(key): value for key, value in raw.items()})

    def _open_table(self, said: Attributes) -> None:
        self._depth += 1
        if self._depth == 1:
            self.sheets.append(_Sheet(said.get("table:name", ""), said.get("table:style-name", "")))

    def _start_inside(self, name: str, said: Attributes) -> None:
        sheet = self.sheets[-1]
        if name == "table:table-column":
            count = _count(said, "table:number-columns-repeated", LAST_COLUMN)
            if said.get("table:visibility", "visible") != "visible":
                sheet.hidden_columns.append((sheet.column, sheet.column + count - 1))
            sheet.column += count
        elif name == "table:table-row":
            self._row, self._values = said, []
        elif name in _CELLS:
            self._cell, self._paragraphs, self._in_cell = said, [], True
        elif self._in_cell:
            self._start_text(name, said)

    def _start_text(self, name: str, said: Attributes) -> None:
        if name in ("text:p", "text:h"):
            self._paragraphs.append([])
        elif self._paragraphs:
            if name == "text:s":
                self._paragraphs[-1].append(" " * _count(said, "text:c", 10_000))
            elif name in ("text:tab", "text:line-break"):
                self._paragraphs[-1].append("\t" if name == "text:tab" else "\n")

    def text(self, text: str) -> None:
        """Text within the element that is open."""
        if self._in_cell and self._paragraphs and not self._aside and self._depth == 1:
            self._paragraphs[-1].append(text)

    def end(self, name: str) -> None:
        """An element closes."""
        name = _short(name)
        if self._aside:
            self._aside -= 1
        elif name == "table:table":
            self._depth -= 1
        elif self._depth == 1 and name in _CELLS:
            self._close_cell(name)
        elif self._depth == 1 and name == "table:table-row":
            self._close_row()

    def _close_cell(self, name: str) -> None:
        said, sheet, self._in_cell = self._cell, self.sheets[-1], False
        room = LAST_COLUMN - len(self._values)
        count = min(_count(said, "table:number-columns-repeated", LAST_COLUMN), room)
        value = _value(said, "\n".join("".join(pieces) for pieces in self._paragraphs))
        row, column = sheet.row, len(self._values) + 1
        rows = _count(self._row, "table:number-rows-repeated", LAST_ROW)
        area = Area(row, column, min(row + rows - 1, LAST_ROW), column + count - 1)
        code, formula = _format(said), "table:formula" in said
        if (code and value is not None) or formula:
            sheet.said.append(_Said(area, code, formula))
        down = _count(said, "table:number-rows-spanned", LAST_ROW)
        across = _count(said, "table:number-columns-spanned", LAST_COLUMN)
        if name == "table:table-cell" and (down > 1 or across > 1):
            sheet.merges.append(Area(row, column, row + down - 1, column + across - 1))
        self._values += [value] * count

    def _close_row(self) -> None:
        sheet = self.sheets[-1]
        count = min(_count(self._row, "table:number-rows-repeated", LAST_ROW), LAST_ROW + 1 - sheet.row)
        if self._row.get("table:visibility", "visible") != "visible":
            sheet.hidden_rows.append((sheet.row, sheet.row + count - 1))
        sheet.stack.put(sheet.row, self._values, count)
        sheet.row += count


def _short(name: str) -> str:
    uri, _, bare = name.rpartition(" ")
    return f"{_SHORT[uri]}:{bare}" if uri in _SHORT else name


def _count(said: Attributes, key: str, most: int) -> int:
    text = said.get(key, "1")
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _format(said: Attributes) -> str:
    kind = said.get("office:value-type", "")
    if kind == "currency":
        return f"[${said.get('office:currency', '')}] 0.00"
    return _FORMATS.get(kind, "") if kind != "boolean" else ""


def _value(said: Attributes, text: str) -> CellValue:
    kind = said.get("office:value-type", "")
    if said.get("calcext:value-type") == "error" or ("table:formula" in said and _is_error(text)):
        return CellError(text.strip() or "#VALUE!")
    if kind in ("float", "percentage", "currency"):
        return number(said.get("office:value", text)) or (None if not text and "office:value" not in said else 0.0)
    if kind == "date":
        return iso_moment(said.get("office:date-value", text)) or None
    if kind == "time":
        return _duration(said.get("office:time-value", ""), text)
    if kind == "boolean":
        return said.get("office:boolean-value", text).strip().lower() == "true"
    # A formula without a type has an empty text as its result: this format always stores results.
    return text or said.get("office:string-value", "") or None


def _is_error(text: str) -> bool:
    return re.fullmatch(r"#[A-Z/0]+[!?]?|Err:[0-9]{3}", text.strip()) is not None


def _duration(said: str, text: str) -> CellValue:
    found = _DURATION.fullmatch(said)
    if found is None:
        return text or None
    days, hours, minutes = (int(part or 0) for part in found.groups()[1:4])
    try:
        length = timedelta(days, hours=hours, minutes=minutes, seconds=float((found[5] or "0").replace(",", ".")))
    except OverflowError:
        return text or None
    return -length if found[1] else length
