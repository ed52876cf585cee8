"""A sheet part: where its pieces stand, which cells must not be written, and the splices of everything but cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from okrsync.cells import Area, column_letters, column_number
from okrsync.workbooks.excel.markup import Element, Part, Unsplicable, attributes, escaped
from okrsync.workbooks.excel.scan import has_more_than_tags
from okrsync.workbooks.excel.splices import Splice

# fmt: off
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)
# fmt: on

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_CORNER = r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
_AREA = re.compile(rf"{_CORNER}(?::{_CORNER})?")


def area_of(ref: str) -> Area | None:
    """The area of a reference such as `B2`, `B2:F9`, `$B$2:$F$9`; None for any other text."""
    found = _AREA.fullmatch(ref.strip())
    if found is None:
        return None
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def ref_of(area: Area) -> str:
    """An area as a sheet part writes it: a single cell without a colon."""
    single = area.top == area.bottom and area.left == area.right
    return f"{column_letters(area.left)}{area.top}" if single else area.a1


class Columns(Struct, frozen=True):
    """One `<col>`: the columns it speaks for and what it says of them."""

    element: Element
    first: int
    last: int
    said: dict[str, str]


class SheetPart(Part):
    """A worksheet part. Its cells are not looked into; `sheet_data` says where they stand."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data, frozenset({b"sheetData"}))
        found = self.child("sheetData")
        if self.root.local != b"worksheet" or found is None:
            raise Unsplicable("one of its sheets has no cells part that okrsync understands")
        self.sheet_data = found
        if has_more_than_tags(data, found.opened, found.closing):
            raise Unsplicable("one of its sheets has comments between its cells, which Excel never writes")

    def merges(self) -> Iterator[Area]:
        """The merged areas."""
        box = self.child("mergeCells")
        if box is not None:
            yield from self._areas(rb"mergeCell\s[^>]*?\bref\s*=\s*[\"']([^\"']+)[\"']", box.opened, box.closing)

    def spilled(self) -> Iterator[Area]:
        """Areas that one formula fills: array formulas, dynamic arrays and data tables of more than one cell."""
        tail = rb"\s(?=[^>]*\bt\s*=\s*[\"'](?:array|dataTable))[^>]*?\bref\s*=\s*[\"']([^\"']+)[\"']"
        pattern = re.escape(b"<" + self.name("f")) + tail
        for area in self._areas(pattern, self.sheet_data.opened, self.sheet_data.closing):
            if area.top != area.bottom or area.left != area.right:
                yield area

    def _areas(self, pattern: bytes, start: int, end: int) -> Iterator[Area]:
        for found in re.compile(pattern).finditer(self.data, start, end):
            area = area_of(found[1].decode("ascii", "replace"))
            if area is not None:
                yield area

    def columns(self) -> list[Columns]:
        """What the sheet says of its columns, in their order."""
        box = self.child("cols")
        found: list[Columns] = []
        for element in [] if box is None else self.inside(box):
            said = attributes(element.attributes)
            first, last = said.pop("min", ""), said.pop("max", "")
            if first.isdigit() and last.isdigit():
                found.append(Columns(element, int(first), int(last), said))
        return found

    def column_style(self, column: int) -> int:
        """The cell format that a column gives to cells that are not there yet."""
        for columns in self.columns():
            if columns.first <= column <= columns.last:
                return int(columns.said.get("style", "0") or 0)
        return 0

    def grow_dimension(self, written: Area) -> list[Splice]:
        """The hint on the used range, widened over what was written."""
        element = self.child("dimension")
        old = area_of((element.get("ref") or "") if element is not None else "")
        if element is None or old is None:
            return []
        grown = Area(
            min(old.top, written.top),
            min(old.left, written.left),
            max(old.bottom, written.bottom),
            max(old.right, written.right),
        )
        return [] if grown == old else self.set_attribute(element, "ref", ref_of(grown))

    def grow_filter(self, right: int) -> list[Splice]:
        """The sheet's AutoFilter reaching to a column."""
        element = self.child("autoFilter")
        old = area_of((element.get("ref") or "") if element is not None else "")
        if element is None or old is None or old.right >= right:
            return []
        return self.set_attribute(element, "ref", ref_of(Area(old.top, old.left, old.bottom, right)))

    def set_widths(self, widths: dict[int, float]) -> list[Splice]:
        """Columns given a width and shown; ranges that speak for them and others are split, all else they say kept.

        Where the ranges of the sheet overlap, which nothing allows, widths are not worth the risk: none is set.
        """
        standing = self.columns()
        if any(one.last >= two.first for one, two in pairwise(standing)):
            return []
        covered = {c for columns in standing for c in widths if columns.first <= c <= columns.last}
        splices: list[Splice] = []
        for column in sorted(widths.keys() - covered):
            splices += self._new_column(column, widths[column], standing)
        for columns in standing:
            if any(columns.first <= column <= columns.last for column in widths):
                old = self.data[columns.element.start : columns.element.end]
                splices.append(Splice(columns.element.start, old, b"".join(self._split(columns, widths))))
        box = self.child("cols")
        if box is not None and not box.self_closed:
            return splices
        made = b"".join(splice.new for splice in splices)
        if box is not None:
            return self.append(box, made)
        name = self.name("cols")
        return [Splice(self.slot("cols", ORDER), b"", b"<%s>%s</%s>" % (name, made, name))] if made else []

    def _split(self, columns: Columns, widths: dict[int, float]) -> Iterator[bytes]:
        said = {name: value for name, value in columns.said.items() if name not in ("width", "customWidth")}
        ours = {name: value for name, value in said.items() if name not in ("hidden", "bestFit")}
        first = columns.first
        for column in sorted(c for c in widths if columns.first <= c <= columns.last):
            if first < column:
                yield self._column(first, column - 1, columns.said)
            yield self._column(column, column, {"width": f"{widths[column]:g}", "customWidth": "1"} | ours)
            first = column + 1
        if first <= columns.last:
            yield self._column(first, columns.last, columns.said)

    def _new_column(self, column: int, width: float, standing: list[Columns]) -> Iterable[Splice]:
        made = self._column(column, column, {"width": f"{width:g}", "customWidth": "1"})
        box = self.child("cols")
        after = next((columns.element.start for columns in standing if columns.first > column), None)
        if after is None:
            after = self.sheet_data.start if box is None else box.closing
        yield Splice(after, b"", made)

    def _column(self, first: int, last: int, said: dict[str, str]) -> bytes:
        attrs = "".join(f' {name}="{escaped(value)}"' for name, value in said.items())
        return self.prefixed(f'<col min="{first}" max="{last}"{attrs}/>')
