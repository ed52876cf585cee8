"""A sheet of ours as a scratch workbook made by XlsxWriter: OwnContent → the parts that are grafted in."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from xml.sax.saxutils import quoteattr

from okrsync.cells import Area, CellValue, OwnCell, OwnChart, OwnContent, Tone, column_letters, quoted

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
    Tone.WRAP: {"text_wrap": True, "valign": "top"},
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
AIR = 3.0
"""The height of one line of text, and what a row of a list has on top of its lines, in points."""
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Scratch:
    """The parts of a scratch workbook that a graft needs; `drawing` is None where the sheet has no chart."""

    sheet: bytes
    styles: bytes
    drawing: bytes | None
    charts: tuple[bytes, ...]


def scratch(content: OwnContent, sheet: str, *, date_1904: bool = False) -> Scratch:
    """The sheet's parts, the same for the same content. `sheet` is its name, which the charts refer to."""
    data = _workbook(content, sheet, date_1904)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        names = made.namelist()
        drawing = "xl/drawings/drawing1.xml" in names
        return Scratch(
            sheet=_with_links(made.read("xl/worksheets/sheet1.xml"), content),
            styles=made.read("xl/styles.xml"),
            drawing=made.read("xl/drawings/drawing1.xml") if drawing else None,
            charts=tuple(made.read(f"xl/charts/chart{i}.xml") for i in range(1, len(content.charts) + 1)),
        )


def _workbook(content: OwnContent, name: str, date_1904: bool) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "constant_memory": True,  # which writes texts into the sheet itself
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "date_1904": date_1904,
    }
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet()  # its name stays behind; XlsxWriter would refuse some that people gave ours
    _set_page(sheet, content)
    _write_rows(book, sheet, content)
    _colour_words(book, sheet, content)
    for area in content.bars:
        sheet.conditional_format(area.a1, _DATA_BAR)
    for chart in content.charts:
        _insert_chart(book, sheet, chart, name, content)
    book.close()
    return target.getvalue()


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


def _write_rows(book: Any, sheet: Any, content: OwnContent) -> None:
    formats: dict[_Key, Any] = {}
    centred = {j for row in content.rows for j, cell in enumerate(row) if cell.tone in _CENTRED}
    for i, row in enumerate(content.rows):
        bands, ruled = _bands(row), _ruled(row, content.widths)
        height = _height(row, ruled, content.widths)
        if height > LINE:
            sheet.set_row(i, height)
        for j, cell in enumerate(row):
            if cell.value is None and j not in ruled:
                continue
            middle = cell.tone is Tone.HEADER and j in centred
            key = (cell.tone, cell.indent, cell.link is not None, bands.get(j), j in ruled, middle)
            if key not in formats:
                formats[key] = book.add_format(_format(*key))
            _write(sheet, i, j, cell.value, formats[key])


def _bands(row: tuple[OwnCell, ...]) -> dict[int, Tone]:
    """The band that each column of a row lies in."""
    placed = [j for j, cell in enumerate(row) if cell.tone in BANDS]
    return dict.fromkeys(range(placed[0], placed[-1] + 1), row[placed[0]].tone) if placed else {}


def _ruled(row: tuple[OwnCell, ...], widths: tuple[float, ...]) -> set[int]:
    """The columns of a row that are part of a list: a stretch without a gap in which something stands."""
    ruled: set[int] = set()
    if len(row) <= 2:
        return ruled
    stretch: list[int] = []
    for j in range(len(row) + 1):
        if j < len(row) and widths[j] > GAP:
            stretch.append(j)
            continue
        if any(row[k].value is not None for k in stretch):
            ruled.update(stretch)
        stretch = []
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


def _write(sheet: Any, row: int, column: int, value: CellValue, look: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, look)
    elif isinstance(value, date | datetime | timedelta):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_string(row, column, sheet_text(str(value)), look)


def sheet_text(text: str) -> str:
    """Text that a cell can hold; XlsxWriter writes control characters out as `_xHHHH_`."""
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
        f"<hyperlink ref={quoteattr(Area(i, j, i, j).a1.split(':')[0])} location={quoteattr(_location(cell))}/>"
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
    points = sum(_height(each, _ruled(each, content.widths), content.widths) for each in rows)
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
