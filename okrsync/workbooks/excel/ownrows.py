"""The rows of a sheet of ours: how each cell looks, how high each row is, and their XML."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from okrsync.cells import Area, CellValue, column_letters, quoted
from okrsync.owncontent import OwnCell, OwnContent, Tone
from okrsync.workbooks.excel.content import escaped_text
from okrsync.workbooks.excel.markup import escaped

MAX_TEXT = 4_600
"""Each character may take seven once it is written out, and a cell holds 32,767."""
GAP = 4
"""A column this narrow is the gap between two lists."""
MAX_LINKS = 65_000
LINE = 15.0
AIR = 5.0
"""The height of one line of text, and what a row of a list has on top of its lines, in points."""

BANDED = frozenset({Tone.HEADING, Tone.GROUP})
WRAPPED = frozenset({Tone.TEXT, Tone.STRONG, Tone.NOTE, Tone.WRAP, Tone.HEADING, Tone.GROUP, Tone.HEADER})
_CENTRED = frozenset({Tone.COUNT, Tone.SCORE, Tone.PERCENT, Tone.STATUS, Tone.SEVERITY})
_HEIGHTS = {Tone.TITLE: 28.0, Tone.HEADING: 22.0, Tone.GROUP: 18.0, Tone.HEADER: 20.0}
_LONE = re.compile("[\ud800-\udfff]")

Key = tuple[Tone, int, bool, Tone | None, bool, bool]


class Row(Struct, frozen=True):
    """One row: its height in points, None where it is a line of text's, and (column from 0, value, format) per cell."""

    height: float | None
    cells: tuple[tuple[int, CellValue, Key], ...]


def laid_out(content: OwnContent) -> list[Row]:
    """What stands in each row and how it looks."""
    centred = {j for row in content.rows for j, cell in enumerate(row) if cell.tone in _CENTRED}
    stretches = stretches_of(content)
    return [_row(row, content.widths, stretches, centred) for row in content.rows]


def _row(row: tuple[OwnCell, ...], widths: tuple[float, ...], stretches: list[range], centred: set[int]) -> Row:
    bands, listed = _bands(row), ruled(row, stretches)
    height = height_of(row, listed, widths)
    cells: list[tuple[int, CellValue, Key]] = []
    for j, cell in enumerate(row):
        if cell.value is not None or j in listed:
            middle = cell.tone is Tone.HEADER and j in centred
            key = (cell.tone, cell.indent, cell.link is not None, bands.get(j), j in listed, middle)
            cells.append((j, cell.value, key))
    return Row(height if height > LINE else None, tuple(cells))


_STYLE = re.compile(rb'<c r="[A-Z]+1" s="([0-9]+)"/>')


def filled(sheet: bytes, rows: list[Row], keys: list[Key], date_1904: bool) -> bytes:
    """The sheet part with our rows in place of the blank cells of the first row that only declared their formats.

    XlsxWriter takes ten times as long for a row, and a team's findings can be thousands.
    """
    start = sheet.index(b"<sheetData")
    end = sheet.index(b"</sheetData>") + len(b"</sheetData>") if keys else sheet.index(b"/>", start) + 2
    styles = dict(zip(keys, (found[1].decode() for found in _STYLE.finditer(sheet, start, end)), strict=True))
    out, texts = ["<sheetData>"], _Texts()
    for number, row in enumerate(rows, 1):
        if row.cells or row.height is not None:
            height = f' ht="{row.height:g}" customHeight="1"' if row.height is not None else ""
            out.append(f'<row r="{number}"{height}>')
            for j, value, key in row.cells:
                inside = texts[value] if isinstance(value, str) else _inside(value, date_1904)
                out.append(f'<c r="{column_letters(j + 1)}{number}" s="{styles[key]}"{inside}')
            out.append("</row>")
    out.append("</sheetData>")
    last = max((j for row in rows for j, _, _ in row.cells), default=0)
    used = Area(1, 1, max(len(rows), 1), last + 1)
    head = _DIMENSION.sub(f'<dimension ref="{used.a1}"/>'.encode(), sheet[:start], count=1)
    return head + "".join(out).encode() + sheet[end:]


_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')


class _Texts(dict[str, str]):
    """Texts as cells from their type on to their end; most stand in a sheet many times."""

    def __missing__(self, text: str) -> str:
        inside = f' t="inlineStr"><is><t xml:space="preserve">{escaped_text(sheet_text(text))}</t></is></c>'
        self[text] = inside
        return inside


def _inside(value: CellValue, date_1904: bool) -> str:
    """A cell that is no text from its type on to its end."""
    if value is None:
        return "/>"
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f"><v>{value!r}</v></c>"
    if isinstance(value, date | timedelta):
        return f"><v>{_serial(value, date_1904)!r}</v></c>"
    return _Texts()[str(value)]


def _serial(value: date | timedelta, date_1904: bool) -> float:
    """A day or a length of time as the number that a workbook keeps."""
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (moment - (datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 30))) / timedelta(days=1)


def _bands(row: tuple[OwnCell, ...]) -> dict[int, Tone]:
    """The band that each column of a row lies in."""
    placed = [j for j, cell in enumerate(row) if cell.tone in BANDED]
    return dict.fromkeys(range(placed[0], placed[-1] + 1), row[placed[0]].tone) if placed else {}


def stretches_of(content: OwnContent) -> list[range]:
    """The columns that stand together as lists, told apart by the narrow columns between them."""
    gaps = [j for j, width in enumerate(content.widths) if width <= GAP]
    edges = zip([-1, *gaps], [*gaps, len(content.widths)], strict=True)
    return [range(before + 1, after) for before, after in edges if after > before + 1]


def ruled(row: tuple[OwnCell, ...], stretches: list[range]) -> set[int]:
    """The columns of a row that are part of a list: a stretch without a gap in which something stands."""
    found: set[int] = set()
    if len(row) > 2:
        for stretch in stretches:
            inside = range(stretch.start, min(stretch.stop, len(row)))
            if any(row[j].value is not None for j in inside):
                found.update(inside)
    return found


def height_of(row: tuple[OwnCell, ...], listed: set[int], widths: tuple[float, ...]) -> float:
    """The height of a row in points. It is worked out here, since not every program fits rows to wrapped text."""
    height = max((_HEIGHTS[cell.tone] for cell in row if cell.tone in _HEIGHTS), default=LINE)
    for j in listed:
        cell = row[j]
        if isinstance(cell.value, str) and cell.tone in WRAPPED and len(cell.value) * 2 > widths[j] - 3:
            room = max(widths[j] - 2 * cell.indent, 5)
            height = max(height, LINE * math.ceil(_breadth(cell.value) * 0.95 / room) + AIR)
    return min(max(height, LINE + AIR if listed else LINE), 400.0)


def _breadth(text: str) -> int:
    """How many digits wide a text is, about; Chinese, Japanese and Korean characters take two."""
    return len(text) if text.isascii() else sum(2 if ord(character) >= 0x2E80 else 1 for character in text)


def sheet_text(text: str) -> str:
    """Text that a cell can hold once its control characters are written out as `_xHHHH_`."""
    return _LONE.sub("\ufffd", text[:MAX_TEXT])


def linked(sheet: bytes, content: OwnContent) -> bytes:
    """The sheet part with its links: each to a place in this workbook, none to anywhere else."""
    links = [
        f'<hyperlink ref="{column_letters(j)}{i}" location="{escaped(_location(cell))}"/>'
        for i, row in enumerate(content.rows, 1)
        for j, cell in enumerate(row, 1)
        if cell.link is not None and cell.value is not None
    ]
    made = f"<hyperlinks>{''.join(links[:MAX_LINKS])}</hyperlinks>".encode() if links else b""
    return sheet.replace(b"<pageMargins ", made + b"<pageMargins ", 1).replace(b' tabSelected="1"', b"", 1)


def _location(cell: OwnCell) -> str:
    assert cell.link is not None
    return _LONE.sub("\ufffd", f"{quoted(cell.link.sheet)}!{cell.link.a1}")
