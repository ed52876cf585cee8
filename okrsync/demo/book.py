"""A workbook of the demo under construction: XlsxWriter with the company's few formats by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any  # XlsxWriter has no types

Formats = Mapping[str, Any]

_FONT = {"font_name": "Calibri", "font_size": 11}
_CELL = {**_FONT, "border": 1, "border_color": "#D0D7DE", "valign": "vcenter"}
_FORMATS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "title": {**_FONT, "bold": True, "font_size": 16, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "indent": 1},
        "subtitle": {**_FONT, "italic": True, "font_color": "#57606A"},
        "label": {**_FONT, "bold": True, "font_color": "#57606A"},
        "header": {**_CELL, "bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "vcenter"},
        "objective": {**_CELL, "bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#F6F8FA"},
        "text": {**_CELL, "text_wrap": True},
        "short": _CELL,
        "center": {**_CELL, "align": "center"},
        "whole": {**_CELL, "num_format": "#,##0"},
        "decimal": {**_CELL, "num_format": "0.0"},
        "percent": {**_CELL, "num_format": "0%"},
        "percent1": {**_CELL, "num_format": "0.0%"},
        "percent2": {**_CELL, "num_format": "0.00%"},
        "dollars": {**_CELL, "num_format": "$#,##0"},
        "euros": {**_CELL, "num_format": "[$€-x-euro2] #,##0.00"},
        "days": {**_CELL, "num_format": '0 "days"'},
        "day": {**_CELL, "num_format": "d mmm yyyy", "align": "left"},
        "chinese day": {**_CELL, "num_format": 'yyyy"年"m"月"d"日"', "align": "left"},
        "note": {**_FONT, "text_wrap": True, "valign": "top"},
        "plain percent": {**_FONT, "bold": True, "num_format": "0%", "align": "left"},
    }
)


class Book:
    """One workbook; leaving the `with` block writes it. `formats` are by the names above."""

    def __init__(self, path: Path, title: str, today: date) -> None:
        import xlsxwriter

        self.file: Any = xlsxwriter.Workbook(str(path))
        self.file.set_properties(
            {"title": title, "author": "Harbourline", "created": datetime.combine(today, time(9, 30))}
        )
        self.formats: Formats = {name: self.file.add_format(dict(look)) for name, look in _FORMATS.items()}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        from xlsxwriter.exceptions import XlsxWriterException

        if kind is not None:
            return
        try:
            self.file.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from None

    def sheet(self, name: str, widths: tuple[float, ...], *, frozen: int = 0, colour: str | None = None) -> Any:
        """A new sheet with its column widths, so many rows frozen."""
        sheet = self.file.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        if frozen:
            sheet.freeze_panes(frozen, 0)
        if colour:
            sheet.set_tab_color(colour)
        return sheet

    def put(self, sheet: Any, row: int, column: int, value: object, look: str) -> None:
        """One cell (counted from 0); None is a blank cell that has its format all the same."""
        form = self.formats[look]
        if value is None:
            sheet.write_blank(row, column, None, form)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, time()), form)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, form)
        else:
            sheet.write_number(row, column, value, form)

    def band(self, sheet: Any, row: int, last_column: int, text: str) -> None:
        """A merged title band over the table's width."""
        sheet.merge_range(row, 0, row, last_column, text, self.formats["title"])
        sheet.set_row(row, 26)

    def header(self, sheet: Any, row: int, names: tuple[str, ...]) -> None:
        """A header row."""
        for column, name in enumerate(names):
            self.put(sheet, row, column, name, "header")
        sheet.set_row(row, 30)
