"""The sheets of an Excel workbook as Grids: the values, and what layout and write-back need to know of the cells."""

from __future__ import annotations

from functools import cached_property

from okrsync.cells import Grid, quoted
from okrsync.config import Limits
from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.around import around, drawings, tables
from okrsync.workbooks.excel.formats import read_formats
from okrsync.workbooks.excel.meaning import Meaning
from okrsync.workbooks.excel.package import Package, SheetEntry
from okrsync.workbooks.excel.scan import Frame, Unusual, frame_of, scanned
from okrsync.workbooks.excel.sheetcells import SheetCells
from okrsync.workbooks.excel.strings import shared_strings
from okrsync.workbooks.excel.xmlcells import parsed
from okrsync.workbooks.excel.xmltext import BrokenPart, utf8
from okrsync.workbooks.rowstack import Sprawling

_SAVE_AGAIN = "open the workbook in Excel, let it repair the file, save it, and run okrsync again."


class SheetReader:
    """Reads the sheets of one package. What the workbook's sheets share is read once, and only when it is needed."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def read(self, entry: SheetEntry) -> Grid:
        """The sheet's Grid. Raises WorkbookError for a sheet that cannot be read."""
        where = f"{self._package.name}!{quoted(entry.name)}"
        try:
            return self._read(entry)
        except BrokenPart as error:
            raise WorkbookError(where, f"the sheet cannot be read: {error}", _SAVE_AGAIN) from error
        except Sprawling as error:
            raise WorkbookError(
                where,
                "the sheet has cells so far apart that it cannot be held in memory",
                "go to its last cell (Ctrl+End), delete the rows and columns beyond the table, and save.",
            ) from error

    def _read(self, entry: SheetEntry) -> Grid:
        if entry.part is None or entry.kind != "worksheet":
            raise BrokenPart("it is no worksheet" if entry.part else "its part is missing")
        cells, frame_xml = self._cells(entry.part)
        said = around(frame_xml)
        return Grid(
            sheet=entry.name,
            rows=cells.rows,
            top=cells.top,
            left=cells.left,
            merges=said.merges,
            hidden_rows=cells.hidden_rows,
            hidden_columns=said.hidden_columns,
            filter=said.filter,
            protected=said.protected,
            tables=tables(self._package, entry.part),
            drawings=tuple(drawing.area for drawing in drawings(self._package, entry.part)),
            formats_of=cells.formats_of,
            formulas_of=cells.formulas_of,
        )

    def _cells(self, part: str) -> tuple[SheetCells, bytes]:
        """The cells of a sheet part, and its XML around them."""
        data = self._inflated(part)
        try:
            frame = frame_of(data)
            return scanned(data, frame, self._meaning, lambda: self._inflated(part)), _without_cells(data, frame)
        except Unusual:
            return parsed(data, self._meaning), data

    def _inflated(self, part: str) -> bytes:
        return utf8(self._package.read(part))

    @cached_property
    def _meaning(self) -> Meaning:
        package, book = self._package, self._package.workbook_part
        styles = package.related(book, "styles")
        formats = read_formats(package.read(styles) if styles is not None else None)
        return Meaning(formats, lambda index: self._strings[index], _date1904(package))

    @cached_property
    def _strings(self) -> list[str]:
        part = self._package.related(self._package.workbook_part, "sharedStrings")
        return shared_strings(self._package.read(part)) if part is not None else []


def read_sheets(name: str, data: bytes, limits: Limits) -> dict[str, Grid]:
    """Every worksheet of a workbook held as bytes, by name."""
    package = Package(name, data, limits)
    reader = SheetReader(package)
    return {entry.name: reader.read(entry) for entry in package.sheets() if entry.kind == "worksheet"}


def _without_cells(data: bytes, frame: Frame) -> bytes:
    return data[: frame.start] + data[frame.end :]


def _date1904(package: Package) -> bool:
    tags = package.workbook_tags()
    said = (tag.attributes.get("date1904", "") for tag in tags if (tag.parent, tag.name) == ("workbook", "workbookPr"))
    return next(said, "").strip().lower() in ("1", "true", "on")
