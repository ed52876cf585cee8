"""What a sheet part says around its cells, and what lies on the sheet: merges, filter, tables, drawings, columns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from okrsync.cells import Area, TableArea
from okrsync.workbooks.excel.package import Package
from okrsync.workbooks.excel.sheetcells import union
from okrsync.workbooks.excel.sheetparts import area_of
from okrsync.workbooks.excel.xmltext import Attributes, parse, utf8
from okrsync.workbooks.rowstack import LAST_COLUMN, LAST_ROW

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_STRICT_DRAWING = "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"
_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})
_ROW_HEIGHT, _COLUMN_WIDTH = 190_500, 609_600
"""A row and a column as programs make them, in English Metric Units."""


class Around(Struct, frozen=True):
    """What a sheet part says outside its cells."""

    merges: tuple[Area, ...]
    hidden_columns: frozenset[int]
    filter: Area | None
    protected: bool = False


def around(data: bytes) -> Around:
    """From a sheet part in UTF-8, best with its cells cut out."""
    merges: list[Area] = []
    hidden: list[tuple[int, int]] = []
    filters: list[Area] = []
    path: list[str] = []
    protections: list[bool] = []

    def start(name: str, said: Attributes) -> None:
        parent = path[-1] if path else ""
        path.append(name)
        if name == "mergeCell" and parent == "mergeCells":
            merges.extend(_areas(said))
        elif name == "autoFilter" and parent == "worksheet":
            filters.extend(_areas(said))
        elif name == "sheetProtection" and parent == "worksheet":
            protections.append(_true(said.get("sheet")))
        elif name == "col" and parent == "cols" and _true(said.get("hidden")):
            hidden.append((_whole(said.get("min")), _whole(said.get("max"))))

    parse(data, start, lambda _: _leave(path))
    return Around(tuple(merges), union(hidden, LAST_COLUMN), filters[0] if filters else None, any(protections))


def tables(package: Package, part: str) -> tuple[TableArea, ...]:
    """The Excel tables of a sheet."""
    targets = (one.target for one in package.relationships(part) if one.type == "table" and one.target is not None)
    found = (_table(package, target) for target in targets)
    return tuple(table for table in found if table is not None)


def _table(package: Package, part: str) -> TableArea | None:
    said = _root_attributes(package.read(part))
    area = next(_areas(said), None)
    if area is None:
        return None
    header, totals = said.get("headerRowCount", "1") != "0", said.get("totalsRowCount", "0") != "0"
    queried = any(one.type == "queryTable" for one in package.relationships(part))
    name = said.get("displayName") or said.get("name") or ""
    return TableArea(name, area, header, totals, _fixed_because(said, header, queried))


def _fixed_because(said: Attributes, header: bool, queried: bool) -> str | None:
    if queried or said.get("tableType") == "queryTable" or said.get("connectionId"):
        return "it is filled by a query"
    if said.get("tableType") == "xml":
        return "it is mapped to an XML file"
    return None if header else "it has no header row"


def _root_attributes(part: bytes) -> Mapping[str, str]:
    found: list[Attributes] = []
    parse(utf8(part), lambda _, said: found.append(said) if not found else None)
    return found[0]


# --- drawings -------------------------------------------------------------------------------------------------------


class Drawing(Struct, frozen=True):
    """One thing that lies on a sheet: the cells it covers, and its name as people see it."""

    area: Area
    name: str


def drawings(package: Package, part: str) -> tuple[Drawing, ...]:
    """The pictures, charts and shapes of a sheet."""
    targets = (one.target for one in package.relationships(part) if one.type == "drawing" and one.target is not None)
    return tuple(drawing for target in targets for drawing in _anchored(utf8(package.read(target))))


class _Anchor:
    """Numbers and name of the anchor that is open."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.name = ""

    def area(self) -> Area:
        """The cells covered; without an end the size is reckoned in rows and columns of the usual size."""
        at = self.numbers.get
        top = at("from row", at("pos y", 0) // _ROW_HEIGHT)
        left = at("from col", at("pos x", 0) // _COLUMN_WIDTH)
        if "to row" in self.numbers:
            # An end right on a border covers nothing of the cell behind it.
            bottom = at("to row", top) - (at("to rowOff", 1) == 0)
            right = at("to col", left) - (at("to colOff", 1) == 0)
        else:
            below = at("from rowOff", at("pos y", 0) % _ROW_HEIGHT) + at("ext cy", 1)
            beside = at("from colOff", at("pos x", 0) % _COLUMN_WIDTH) + at("ext cx", 1)
            bottom, right = top + math.ceil(below / _ROW_HEIGHT) - 1, left + math.ceil(beside / _COLUMN_WIDTH) - 1
        top, left = min(max(top, 0), LAST_ROW - 1), min(max(left, 0), LAST_COLUMN - 1)
        return Area(top + 1, left + 1, min(max(bottom, top) + 1, LAST_ROW), min(max(right, left) + 1, LAST_COLUMN))


def _anchored(data: bytes) -> Iterable[Drawing]:
    found: list[Drawing] = []
    path: list[str] = []
    anchor = _Anchor()
    heard = ""

    def start(name: str, said: Attributes) -> None:
        nonlocal anchor, heard
        name = _bare(name)
        path.append(name)
        heard = ""
        if name in _ANCHORS:
            anchor = _Anchor()
        elif name in ("ext", "pos") and path[-2:-1] and path[-2] in _ANCHORS:
            anchor.numbers |= {f"{name} {key}": _whole(value) for key, value in said.items()}
        elif name == "cNvPr":
            anchor.name = anchor.name or said.get("name", "")

    def text(text: str) -> None:
        nonlocal heard
        heard += text

    def end(name: str) -> None:
        path.pop()
        if path and path[-1] in ("from", "to"):
            anchor.numbers[f"{path[-1]} {_bare(name)}"] = _whole(heard)
        elif _bare(name) in _ANCHORS:
            found.append(Drawing(anchor.area(), anchor.name))

    parse(data, start, end, text)
    return found


def _bare(name: str) -> str:
    uri, _, bare = name.rpartition(" ")
    return bare if uri in (_DRAWING, _STRICT_DRAWING) else name


# --- small ----------------------------------------------------------------------------------------------------------


def _areas(said: Attributes) -> Iterator[Area]:
    """The area of a `ref`, where it is one of a sheet."""
    area = area_of(said.get("ref", ""))
    if area is not None and area.bottom <= LAST_ROW and area.right <= LAST_COLUMN and area.top and area.left:
        yield area


def _true(text: str | None) -> bool:
    return (text or "").strip().lower() in ("1", "true")


def _whole(text: str | None) -> int:
    try:
        return int((text or "").strip())
    except ValueError:
        return 0


def _leave(path: list[str]) -> None:
    path.pop()
