"""Spreadsheets of other kinds than Excel's, written by hand for tests."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from okrsync.cells import CellError, CellValue

_NS = (
    "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def ods(tables: str, styles: str = "", *, manifest: str = "") -> bytes:
    """An .ods of these `<table:table>` elements."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{_NS}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return ods_of(content, manifest)


def ods_of(content: str | None, manifest: str = "") -> bytes:
    """An .ods with this content.xml, or none."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        if manifest:
            archive.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), manifest)
        if content is not None:
            archive.writestr(zipfile.ZipInfo("content.xml"), content)
    return made.getvalue()


def ods_table(name: str, rows: list[list[CellValue]], style: str = "") -> str:
    """One sheet of plain values."""
    inside = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return f"<table:table table:name={quoteattr(name)} table:style-name={quoteattr(style)}>{inside}</table:table>"


def _ods_cell(value: CellValue) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, CellError):
        return (
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    if isinstance(value, bool):
        said = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, float):
        said = f'office:value-type="float" office:value="{value}"'
    elif isinstance(value, date):
        said = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    else:
        said = 'office:value-type="string"'
    return f"<table:table-cell {said}><text:p>{escape(str(value))}</text:p></table:table-cell>"


# --- .xls: BIFF8 records in the smallest container there is ---------------------------------------------------------


def xls(
    sheets: dict[str, list[list[CellValue]]], hidden: frozenset[str] = frozenset(), *, password: bool = False
) -> bytes:
    """An .xls workbook: text, numbers and truths; dates come as numbers in a date format."""
    streams = [_sheet_stream(rows) for rows in sheets.values()]
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    head += _record(0x002F, struct.pack("<HHHH", 1, 1, 1, 0).ljust(54, b"\0")) if password else b""
    head += _record(0x0042, struct.pack("<H", 1200))
    head += _record(0x00E0, struct.pack("<HH", 0, 0).ljust(20, b"\0"))
    head += _record(0x00E0, struct.pack("<HH", 0, 14).ljust(20, b"\0"))
    names = [name.encode("utf-16-le") for name in sheets]
    size = len(head) + sum(4 + 8 + len(name) for name in names) + 4
    for name, stream, raw in zip(sheets, streams, names, strict=True):
        state = 1 if name in hidden else 0
        head += _record(0x0085, struct.pack("<IBBBB", size, state, 0, len(raw) // 2, 1) + raw)
        size += len(stream)
    return _container(head + _record(0x000A, b"") + b"".join(streams))


def _sheet_stream(rows: list[list[CellValue]]) -> bytes:
    width = max(map(len, rows), default=0)
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    body += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            body += _xls_cell(i, j, value)
    return body + _record(0x000A, b"")


def _xls_cell(row: int, column: int, value: CellValue) -> bytes:
    if value is None:
        return b""
    if isinstance(value, bool):
        return _record(0x0205, struct.pack("<HHHBB", row, column, 0, value, 0))
    if isinstance(value, CellError):
        return _record(0x0205, struct.pack("<HHHBB", row, column, 0, 7, 1))
    if isinstance(value, date):
        days = (value - (datetime(1899, 12, 30) if isinstance(value, datetime) else date(1899, 12, 30))).days
        return _record(0x0203, struct.pack("<HHHd", row, column, 1, days))
    if isinstance(value, float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    raw = str(value).encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(raw) // 2, 1) + raw)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _container(stream: bytes) -> bytes:
    """A compound file: one sector of allocation table, one of directory, then the stream, no mini stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    root = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    directory = root + _entry("Workbook", 2, 2, len(stream)) + bytes(256)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    return header + b"\xff" * (512 - len(header)) + table + directory + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    nothing = 0xFFFFFFFF
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, nothing, nothing, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
