"""A sheet of ours as a scratch workbook made by XlsxWriter: OwnContent → the parts that are grafted in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from okrsync.cells import Area, column_letters, quoted
from okrsync.owncontent import OwnChart, OwnContent, Tone
from okrsync.workbooks.excel.ownrows import LINE, WRAPPED, Key, Row, height_of, ruled, sheet_text, stretches_of

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


class Scratch(Struct, frozen=True):
    """The parts of a scratch workbook that a graft needs; `drawing` is None where the sheet has no chart.

    `sheet` has no rows yet but blank cells in the first, which declare the formats of `keys` in their order.
    """

    sheet: bytes
    keys: list[Key]
    styles: bytes
    drawing: bytes | None
    charts: tuple[bytes, ...]


def scratch(content: OwnContent, rows: list[Row], sheet: str, *, date_1904: bool = False) -> Scratch:
    """Everything but the rows, the same for the same content. `sheet` is its name, which the charts refer to."""
    data, keys = _workbook(content, rows, sheet, date_1904)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        drawing = "xl/drawings/drawing1.xml" in made.namelist()
        return Scratch(
            sheet=made.read("xl/worksheets/sheet1.xml"),
            keys=keys,
            styles=made.read("xl/styles.xml"),
            drawing=made.read("xl/drawings/drawing1.xml") if drawing else None,
            charts=tuple(made.read(f"xl/charts/chart{i}.xml") for i in range(1, len(content.charts) + 1)),
        )


def _workbook(content: OwnContent, rows: list[Row], name: str, date_1904: bool) -> tuple[bytes, list[Key]]:
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


def _set_heights(sheet: Any, rows: list[Row], content: OwnContent) -> None:
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


# --- formats ---------------------------------------------------------------------------------------------------------


def _declare_formats(book: Any, sheet: Any, rows: list[Row]) -> list[Key]:
    """Has XlsxWriter make every format, by one blank cell each in the first row; in the order of those cells."""
    keys = list(dict.fromkeys(key for row in rows for _, _, key in row.cells))
    for column, key in enumerate(keys):
        sheet.write_blank(0, column, None, book.add_format(_format(*key)))
    return keys


def _format(tone: Tone, indent: int, linked: bool, band: Tone | None, listed: bool, centred: bool) -> dict[str, Any]:
    """The properties of a cell: its tone, over its band, with a thin rule below where it is part of a list."""
    properties: dict[str, Any] = {"font_color": INK, "valign": "vcenter"}
    if band is not None:
        properties |= {"bg_color": BANDS[band], "bold": True}
    if listed and tone is not Tone.HEADER:
        properties |= {"bottom": 1, "bottom_color": RULE}
        properties |= {"text_wrap": True} if tone in WRAPPED else {}
    properties |= _FORMATS.get(tone, {})
    if linked and band is None:
        properties["font_color"] = LINK
    if indent:
        properties |= {"indent": min(indent, 15), "align": "left"}
    if centred:
        properties["align"] = "center"
    return properties


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
    stretches = stretches_of(content)
    points = sum(height_of(each, ruled(each, stretches), content.widths) for each in rows)
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
