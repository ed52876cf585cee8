"""A sheet of ours as a scratch workbook made by XlsxWriter: OwnContent → the parts that are grafted in."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec import Struct

from okrsync.cells import Area, CellValue, OwnCell, OwnChart, OwnContent, Tone, column_letters, quoted
from okrsync.workbooks.excel.content import escaped_text
from okrsync.workbooks.excel.markup import escaped

INK, MUTED, LINK = "#1F2933", "#6B7785", "#1F4E79"
RULE = "#D9DEE4"
BANDS = {Tone.HEADING: "#D6E0EC", Tone.GROUP: "#EEF2F7"}
COLOURS = {
    "green": ("#DDEFE1", "#1E6B3C"),
    "amber": ("#FCEFD0", "#8A5A00"),
    "red": ("#F9DEDA", "#9C2B20"),
    "grey": ("#E9ECEF", "#4A5561"),
}
BAR = "#B4CAE4"
MAX_TEXT = 4_600
"""Each character may take seven once it is written out, and a cell holds 32,767."""
GAP = 4
"""A column this narrow is the gap between two lists."""
MAX_LINKS = 65_000

_FORMATS: Mapping[Tone, Mapping[str, Any]] = {
    Tone.TITLE: {"bold": True, "font_size": 18, "font_color": LINK},
    Tone.NOTE: {"font_color": MUTED},
    Tone.HEADING: {"bold": True, "font_size": 12},
    Tone.GROUP: {"bold": True},
    Tone.HEADER: {"bold": True, "font_color": "#FFFFFF", "bg_color": LINK, "text_wrap": True},
    Tone.STRONG: {"bold": True},
    Tone.WRAP: {"text_wrap": True},
    Tone.COUNT: {"num_format": "0", "align": "center"},
    Tone.SCORE: {"num_format": "0.00", "align": "center"},
    Tone.PERCENT: {"num_format": "0%", "align": "center"},
    Tone.STATUS: {"align": "center"},
    Tone.SEVERITY: {"align": "center"},
    Tone.DATE: {"num_format": "yyyy-mm-dd", "align": "left"},
}
_WRAPPED = frozenset({Tone.TEXT, Tone.STRONG, Tone.NOTE, Tone.WRAP, Tone.HEADING, Tone.GROUP, Tone.HEADER})
_CENTRED = frozenset({Tone.COUNT, Tone.SCORE, Tone.PERCENT, Tone.STATUS, Tone.SEVERITY})
_HEIGHTS = {Tone.TITLE: 28.0, Tone.HEADING: 22.0, Tone.GROUP: 18.0, Tone.HEADER: 20.0}
LINE = 15.0
AIR = 5.0
"""The height of one line of text, and what a row of a list has on top of its lines, in points."""
_LONE = re.compile("[\ud800-\udfff]")


class Scratch(Struct, frozen=True):
    """The parts of a scratch workbook that a graft needs; `drawing` is None where the sheet has no chart."""

    sheet: bytes
    styles: bytes
    drawing: bytes | None
    charts: tuple[bytes, ...]


def scratch(content: OwnContent, sheet: str, *, date_1904: bool = False) -> Scratch:
    """The sheet's parts, the same for the same content. `sheet` is its name, which the charts refer to."""
    rows = _laid_out(content)
    data, keys = _workbook(content, rows, sheet, date_1904)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        names = made.namelist()
        drawing = "xl/drawings/drawing1.xml" in names
        return Scratch(
            sheet=_with_links(_with_rows(made.read("xl/worksheets/sheet1.xml"), rows, keys, date_1904), content),
            styles=made.read("xl/styles.xml"),
            drawing=made.read("xl/drawings/drawing1.xml") if drawing else None,
            charts=tuple(made.read(f"xl/charts/chart{i}.xml") for i in range(1, len(content.charts) + 1)),
        )


def _workbook(content: OwnContent, rows: list[_Row], name: str, date_1904: bool) -> tuple[bytes, list[_Key]]:
    """Everything but the rows as XlsxWriter makes it, and the formats in the order of the cells that declare them."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True,  # no temporary files, which need room on a disk
        "date_1904": date_1904,
    }
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet()  # its name stays behind; XlsxWriter would refuse some that people gave ours
    _set_page(sheet, content)
    keys = _declare_formats(book, sheet, rows)
    _set_heights(sheet, rows, content)
    _colour_words(book, sheet, content)
    for area in content.bars:
        sheet.conditional_format(area.a1, _DATA_BAR)
    for chart in content.charts:
        _insert_chart(book, sheet, chart, name, content)
    book.close()
    return target.getvalue(), keys


def _set_heights(sheet: Any, rows: list[_Row], content: OwnContent) -> None:
    """Tells XlsxWriter the heights of the rows that charts lie over: it works out from them where a chart ends."""
    last = max((chart.corner[0] + chart.size[0] + 60 for chart in content.charts), default=0)
    for i, row in enumerate(rows[:last]):
        if i > 0 and row.height is not None:
            sheet.set_row(i, row.height)


_DATA_BAR = {
    "type": "data_bar",
    "data_bar_2010": True,
    "bar_solid": True,
    "bar_color": BAR,
    "bar_border_color": BAR,
    "min_type": "num",
    "min_value": 0,
    "max_type": "num",
    "max_value": 1,
}


def _set_page(sheet: Any, content: OwnContent) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.set_tab_color(LINK)
    for column, width in enumerate(content.widths):
        sheet.set_column(column, column, width)
    if content.frozen_rows:
        sheet.freeze_panes(content.frozen_rows, 0)
    if content.filter is not None:
        area = content.filter
        sheet.autofilter(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1)


# --- cells ----------------------------------------------------------------------------------------------------------

_Key = tuple[Tone, int, bool, Tone | None, bool, bool]


class _Row(Struct, frozen=True):
    """One row: its height in points, None where it is a line of text's, and (column from 0, value, format) per cell."""

    height: float | None
    cells: tuple[tuple[int, CellValue, _Key], ...]


def _laid_out(content: OwnContent) -> list[_Row]:
    """What stands in each row and how it looks."""
    centred = {j for row in content.rows for j, cell in enumerate(row) if cell.tone in _CENTRED}
    stretches = _stretches(content)
    return [_row(row, content.widths, stretches, centred) for row in content.rows]


def _row(row: tuple[OwnCell, ...], widths: tuple[float, ...], stretches: list[range], centred: set[int]) -> _Row:
    bands, ruled = _bands(row), _ruled(row, stretches)
    height = _height(row, ruled, widths)
    cells: list[tuple[int, CellValue, _Key]] = []
    for j, cell in enumerate(row):
        if cell.value is not None or j in ruled:
            middle = cell.tone is Tone.HEADER and j in centred
            key = (cell.tone, cell.indent, cell.link is not None, bands.get(j), j in ruled, middle)
            cells.append((j, cell.value, key))
    return _Row(height if height > LINE else None, tuple(cells))


def _declare_formats(book: Any, sheet: Any, rows: list[_Row]) -> list[_Key]:
    """Has XlsxWriter make every format, by one blank cell each in the first row; in the order of those cells."""
    keys = list(dict.fromkeys(key for row in rows for _, _, key in row.cells))
    for column, key in enumerate(keys):
        sheet.write_blank(0, column, None, book.add_format(_format(*key)))
    return keys


_STYLE = re.compile(rb'<c r="[A-Z]+1" s="([0-9]+)"/>')


def _with_rows(sheet: bytes, rows: list[_Row], keys: list[_Key], date_1904: bool) -> bytes:
    """The sheet part with our rows in place of the blank cells that only declared their formats.

    XlsxWriter takes ten times as long for a row, and a team's findings can be thousands.
    """
    start = sheet.index(b"<sheetData")
    end = sheet.index(b"</sheetData>") + len(b"</sheetData>") if keys else sheet.index(b"/>", start) + 2
    styles = dict(zip(keys, (found[1].decode() for found in _STYLE.finditer(sheet, start, end)), strict=True))
    out = ["<sheetData>"]
    for number, row in enumerate(rows, 1):
        if row.cells or row.height is not None:
            height = f' ht="{row.height:g}" customHeight="1"' if row.height is not None else ""
            out.append(f'<row r="{number}"{height}>')
            out += [
                f'<c r="{column_letters(j + 1)}{number}" s="{styles[key]}"{_inside(value, date_1904)}'
                for j, value, key in row.cells
            ]
            out.append("</row>")
    out.append("</sheetData>")
    last = max((j for row in rows for j, _, _ in row.cells), default=0)
    used = Area(1, 1, max(len(rows), 1), last + 1)
    head = _DIMENSION.sub(f'<dimension ref="{used.a1}"/>'.encode(), sheet[:start], count=1)
    return head + "".join(out).encode() + sheet[end:]


_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')


def _inside(value: CellValue, date_1904: bool) -> str:
    """A cell from its type on to its end."""
    if value is None:
        return "/>"
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f"><v>{value!r}</v></c>"
    if isinstance(value, date | timedelta):
        return f"><v>{_serial(value, date_1904)!r}</v></c>"
    return f' t="inlineStr"><is><t xml:space="preserve">{escaped_text(sheet_text(str(value)))}</t></is></c>'


def _serial(value: date | timedelta, date_1904: bool) -> float:
    """A day or a length of time as the number that a workbook keeps."""
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (moment - (datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 30))) / timedelta(days=1)


def _bands(row: tuple[OwnCell, ...]) -> dict[int, Tone]:
    """The band that each column of a row lies in."""
    placed = [j for j, cell in enumerate(row) if cell.tone in BANDS]
    return dict.fromkeys(range(placed[0], placed[-1] + 1), row[placed[0]].tone) if placed else {}


def _stretches(content: OwnContent) -> list[range]:
    """The columns that stand together as lists, told apart by the narrow columns between them."""
    gaps = [j for j, width in enumerate(content.widths) if width <= GAP]
    edges = zip([-1, *gaps], [*gaps, len(content.widths)], strict=True)
    return [range(before + 1, after) for before, after in edges if after > before + 1]


def _ruled(row: tuple[OwnCell, ...], stretches: list[range]) -> set[int]:
    """The columns of a row that are part of a list: a stretch without a gap in which something stands."""
    ruled: set[int] = set()
    if len(row) > 2:
        for stretch in stretches:
            inside = range(stretch.start, min(stretch.stop, len(row)))
            if any(row[j].value is not None for j in inside):
                ruled.update(inside)
    return ruled


def _height(row: tuple[OwnCell, ...], ruled: set[int], widths: tuple[float, ...]) -> float:
    """The height of a row in points. It is worked out here, since not every program fits rows to wrapped text."""
    height = max((_HEIGHTS[cell.tone] for cell in row if cell.tone in _HEIGHTS), default=LINE)
    for j in ruled:
        cell = row[j]
        if isinstance(cell.value, str) and cell.tone in _WRAPPED and len(cell.value) * 2 > widths[j] - 3:
            room = max(widths[j] - 2 * cell.indent, 5)
            height = max(height, LINE * math.ceil(_breadth(cell.value) * 0.95 / room) + AIR)
    return min(max(height, LINE + AIR if ruled else LINE), 400.0)


def _breadth(text: str) -> int:
    """How many digits wide a text is, about; Chinese, Japanese and Korean characters take two."""
    return len(text) if text.isascii() else sum(2 if ord(character) >= 0x2E80 else 1 for character in text)


def _format(tone: Tone, indent: int, linked: bool, band: Tone | None, ruled: bool, centred: bool) -> dict[str, Any]:
    """The properties of a cell: its tone, over its band, with a thin rule below where it is part of a list."""
    properties: dict[str, Any] = {"font_color": INK, "valign": "vcenter"}
    if band is not None:
        properties |= {"bg_color": BANDS[band], "bold": True}
    if ruled and tone is not Tone.HEADER:
        properties |= {"bottom": 1, "bottom_color": RULE}
        properties |= {"text_wrap": True} if tone in _WRAPPED else {}
    properties |= _FORMATS.get(tone, {})
    if linked and band is None:
        properties["font_color"] = LINK
    if indent:
        properties |= {"indent": min(indent, 15), "align": "left"}
    if centred:
        properties["align"] = "center"
    return properties


def sheet_text(text: str) -> str:
    """Text that a cell can hold once its control characters are written out as `_xHHHH_`."""
    return _LONE.sub("\ufffd", text[:MAX_TEXT])


# --- what is laid over the cells ------------------------------------------------------------------------------------


def _colour_words(book: Any, sheet: Any, content: OwnContent) -> None:
    """Colours by conditional format, so that a word keeps its colour when people sort or filter."""
    looks = {colour: book.add_format({"bg_color": fill, "font_color": ink}) for colour, (fill, ink) in COLOURS.items()}
    for area in _areas_of_words(content):
        for word, colour in content.statuses.items():
            rule = {"type": "cell", "criteria": "==", "value": _text_formula(word), "format": looks[colour]}
            sheet.conditional_format(area.a1, rule)


def _areas_of_words(content: OwnContent) -> Iterator[Area]:
    """Per column, from the first to the last cell that shows a status or a severity."""
    spans: dict[int, tuple[int, int]] = {}
    for i, row in enumerate(content.rows, 1):
        for j, cell in enumerate(row, 1):
            if cell.tone in (Tone.STATUS, Tone.SEVERITY) and cell.value is not None:
                spans[j] = (spans.get(j, (i, i))[0], i)
    for column, (top, bottom) in sorted(spans.items()):
        yield Area(top, column, bottom, column)


def _text_formula(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _with_links(sheet: bytes, content: OwnContent) -> bytes:
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


# --- charts ---------------------------------------------------------------------------------------------------------


def _insert_chart(book: Any, sheet: Any, chart: OwnChart, name: str, content: OwnContent) -> None:
    kind = {"type": "bar", "subtype": "stacked"} if chart.stacked else {"type": "bar"}
    number = len(sheet.charts) + 1
    drawn = book.add_chart(kind | {"name": f"okrsync chart {number}"})
    labels = _reference(name, chart.labels)
    for title, area, colour in chart.series:
        series = {
            "name": sheet_text(title),
            "categories": labels,
            "values": _reference(name, area),
            # Without its data a chart stays empty in previews, which do not calculate.
            "categories_data": _values(content, chart.labels),
            "values_data": _values(content, area),
            "fill": {"color": colour},
            "gap": 45,
        }
        drawn.add_series(series | ({"overlap": 100} if chart.stacked else {}))
    font = {"color": MUTED, "size": 9}
    drawn.set_title({"name": chart.title, "overlay": False, "name_font": {"size": 12, "bold": True, "color": INK}})
    drawn.set_legend({"position": "bottom", "font": font} if len(chart.series) > 1 else {"none": True})
    # A bar chart counts from the bottom; people read lists from the top.
    drawn.set_y_axis({"reverse": True, "num_font": font, "line": {"color": RULE}, "major_tick_mark": "none"})
    drawn.set_x_axis(_number_axis(chart, font))
    drawn.set_chartarea({"border": {"color": RULE}, "fill": {"color": "#FFFFFF"}})
    row, column = chart.corner
    drawn.set_size(_pixels(chart, content))
    sheet.insert_chart(row - 1, column - 1, drawn, {"object_position": 2, "description": chart.title})


def _values(content: OwnContent, area: Area) -> list[str | float]:
    rows = content.rows[area.top - 1 : area.bottom]
    cells = [row[area.left - 1].value if len(row) >= area.left else None for row in rows]
    return [value if isinstance(value, str | float) else "" for value in cells]


def _pixels(chart: OwnChart, content: OwnContent) -> dict[str, int]:
    (row, column), (tall, wide) = chart.corner, chart.size
    rows = content.rows[row - 1 : row - 1 + tall]
    stretches = _stretches(content)
    points = sum(_height(each, _ruled(each, stretches), content.widths) for each in rows)
    points += LINE * (tall - len(rows))
    widths = content.widths[column - 1 : column - 1 + wide]
    return {"width": sum(round(width * 7 + 5) for width in widths), "height": round(points * 4 / 3)}


def _number_axis(chart: OwnChart, font: Mapping[str, Any]) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "num_font": font,
        "min": 0,
        "num_format": "0%" if chart.percent else ("0.0" if chart.maximum is not None else "0"),
        "major_gridlines": {"visible": True, "line": {"color": RULE}},
        "line": {"none": True},
        "label_position": "high",  # with the other axis upside down, high is below
    }
    if chart.maximum is not None:
        axis |= {"max": chart.maximum, "major_unit": chart.maximum / 5}
    return axis


def _reference(sheet: str, area: Area) -> str:
    left, right = column_letters(area.left), column_letters(area.right)
    return f"={quoted(sheet)}!${left}${area.top}:${right}${area.bottom}"
