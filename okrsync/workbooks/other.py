"""Old and binary Excel workbooks (.xls, .xlsb), read only by python-calamine: values, without number formats."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from typing import TYPE_CHECKING, TypeVar

from okrsync.cells import Area, CellValue, Grid
from okrsync.config import Limits
from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.archive import Archive, Unreadable
from okrsync.workbooks.readonly import ReadOnlyWorkbook
from okrsync.workbooks.rowstack import RowStack, Sprawling

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_T = TypeVar("_T")
_SAVE_AS_XLSX = "open it in Excel or LibreOffice, save it as .xlsx, and name that file."
_MOST_PLACES = 20_000_000
_ROW_RECORD, _CELL_RECORDS = 0, frozenset(range(1, 12))
_ENCRYPTED = re.compile("EncryptedPackage".encode("utf-16-le") + rb"|\x09\x08\x10\0.{16}\x2f\0", re.DOTALL)
"""The container of an encrypted workbook, or the FILEPASS record that follows the first one of an .xls."""


def open_xls(name: str, data: bytes) -> ReadOnlyWorkbook:
    """An .xls workbook."""
    return _opened(name, data, "an .xls file")


def open_xlsb(name: str, data: bytes, limits: Limits) -> ReadOnlyWorkbook:
    """An .xlsb workbook; its parts are held to the limits before anything else reads them."""
    try:
        archive = Archive(data, limits)
        for member in archive.members:
            content = b"".join(archive.chunks(member))
            if member.casefold().startswith("xl/worksheets/") and member.casefold().endswith(".bin"):
                _refuse_sprawling(name, content)
    except Unreadable as error:
        raise WorkbookError(name, error.problem, error.fix) from error
    return _opened(name, data, "an .xlsb file")


def _opened(name: str, data: bytes, kind: str) -> ReadOnlyWorkbook:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    if _ENCRYPTED.search(data):
        raise _locked(name)
    book = _guarded(name, lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    listed = book.sheets_metadata
    sheets = [one.name for one in listed if one.typ == SheetTypeEnum.WorkSheet]
    return ReadOnlyWorkbook(
        name,
        kind,
        {sheet: _reading(name, book, sheet) for sheet in sheets},
        frozenset(one.name for one in listed if one.visible != SheetVisibleEnum.Visible),
        tuple(one.name for one in listed if one.name not in sheets),
    )


def _reading(name: str, book: CalamineWorkbook, sheet: str) -> Callable[[], Grid]:
    return lambda: _guarded(name, lambda: _grid(book.get_sheet_by_name(sheet)))


def _grid(sheet: CalamineSheet) -> Grid:
    """The values; an error value and a formula without a result come as blanks, which is all that calamine says."""
    stack, known = RowStack(), dict[str, str]()
    above, before = sheet.start or (0, 0)
    for number, row in enumerate(sheet.to_python(), above + 1):
        stack.put(number, [_value(value, known) for value in row])
    top, left, rows = stack.trimmed()
    merges = (Area(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    return Grid(sheet.name, rows, top, left + before, merges=tuple(merges), formats_known=False)


def _value(value: object, known: dict[str, str]) -> CellValue:
    if isinstance(value, str):
        return known.setdefault(value, value) or None
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value  # type: ignore[return-value]  # float, bool, date, datetime, timedelta are all that is left


def _guarded(name: str, act: Callable[[], _T]) -> _T:
    """What the library gives, its every way of failing turned into one of ours; a panic of its Rust is no Exception."""
    try:
        return act()
    except Sprawling as error:
        raise _sprawling(name) from error
    except Exception as error:
        raise WorkbookError(name, f"it cannot be read ({error})", _SAVE_AS_XLSX) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise WorkbookError(name, "it is broken in a way that cannot be read", _SAVE_AS_XLSX) from error


def _locked(name: str) -> WorkbookError:
    fix = "open it in Excel, remove the password (File > Info > Protect Workbook), and save it."
    return WorkbookError(name, "it is protected with a password, so it cannot be read", fix)


def _sprawling(name: str) -> WorkbookError:
    fix = "delete the rows and columns beyond the table, and save."
    return WorkbookError(name, "it has cells so far apart that it cannot be held in memory", fix)


def _refuse_sprawling(name: str, part: bytes) -> None:
    """Refuses a binary sheet whose cells span a rectangle that calamine would try to hold whole, and die of it."""
    rows, columns = [0], [0]
    for kind, at in _records(part):
        if kind == _ROW_RECORD:
            rows.append(int.from_bytes(part[at : at + 4], "little"))
        elif kind in _CELL_RECORDS:
            columns.append(int.from_bytes(part[at : at + 4], "little"))
    if (max(rows) + 1) * (max(columns) + 1) > _MOST_PLACES:
        raise _sprawling(name)


def _records(part: bytes) -> Iterator[tuple[int, int]]:
    """The records of a binary part: kind, and where its content starts. Both numbers come seven bits a byte."""
    at = 0
    while at < len(part):
        kind, at = part[at], at + 1
        if kind & 0x80 and at < len(part):
            kind, at = kind & 0x7F | part[at] << 7, at + 1
        size = 0
        for shift in (0, 7, 14, 21):
            byte = part[at] if at < len(part) else 0
            at, size = at + 1, size | (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield kind, at
        at += size
