"""A sheet of ours grafted into a team's workbook: made as a scratch workbook, its parts added or replaced as wholes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from okrsync.cells import Area, quoted
from okrsync.edits import SheetEdit
from okrsync.owncontent import width
from okrsync.workbooks.excel.book import Book, DefinedName
from okrsync.workbooks.excel.markup import Part, Unsplicable, attributes, children, escaped
from okrsync.workbooks.excel.ownrows import filled, laid_out, linked
from okrsync.workbooks.excel.package import Changes, Package, SheetEntry
from okrsync.workbooks.excel.scratch import Scratch, scratch
from okrsync.workbooks.excel.splices import Splice
from okrsync.workbooks.excel.styles import Styles

MARK = "_okrsync."
FILTER_NAME = "_xlnm._FilterDatabase"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_GOING_WITH = frozenset({"drawing", "chart", "chartStyle", "chartColorStyle", "printerSettings", "themeOverride"})
"""Kinds of parts that belong to our sheet alone and go when they are needed no more."""

_STEMS = {"worksheet": "worksheets/sheet", "drawing": "drawings/drawing", "chart": "charts/chart"}

_STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (_RELS.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    (
        b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        b"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    ),
    (b"http://schemas.openxmlformats.org/drawingml/2006/main", b"http://purl.oclc.org/ooxml/drawingml/main"),
    (b"http://schemas.openxmlformats.org/drawingml/2006/chart", b"http://purl.oclc.org/ooxml/drawingml/chart"),
)
_STYLED = re.compile(rb"<(?:c|row|col) [^>]*>")
_STYLE_INDEX = re.compile(rb'( (?:s|style)=")(\d+)(")')
_DIFFERENTIAL = re.compile(rb'( dxfId=")(\d+)(")')
_GUID = re.compile(rb"\{DA7ABA51-[0-9A-F-]+\}")


def graft(package: Package, book: Book, styles: Styles, changes: Changes, edit: SheetEdit) -> None:
    """Puts a sheet of ours last, or in the place of the one it replaces; parts of the team's are only appended to."""
    rows, date_1904 = laid_out(edit.content), _counts_from_1904(package)
    made = scratch(edit.content, rows, edit.sheet, date_1904=date_1904)
    standing = None if edit.replaces is None else _standing(package, edit.replaces)
    old = {} if standing is None or standing.part is None else _old_parts(package, standing.part)
    names = _Names(package, changes, old)
    part = names.next("worksheet")
    put = _Putting(package, changes, book)
    sheet = filled(_with_guids(_restyled(made, styles), edit.kind), rows, made.keys, date_1904)
    put.part(part, linked(sheet, edit.content))
    if made.drawing is not None:
        _put_drawing(put, names, part, made, made.drawing)
    put.remove_rest(old)
    _enter(package, book, changes, edit, standing, part)


def _put_drawing(put: _Putting, names: _Names, sheet: str, made: Scratch, drawing: bytes) -> None:
    name = names.next("drawing")
    charts = [names.next("chart") for _ in made.charts]
    put.rels(sheet, {"rId1": ("drawing", name)})
    put.part(name, drawing, _DRAWING_TYPE)
    # XlsxWriter numbers the drawing's charts in order, so no file of its relationships has to be read.
    put.rels(name, {f"rId{i}": ("chart", chart) for i, chart in enumerate(charts, 1)})
    for chart, xml in zip(charts, made.charts, strict=True):
        put.part(chart, xml, _CHART_TYPE)


def _counts_from_1904(package: Package) -> bool:
    properties = Part(package.read(package.workbook_part)).child("workbookPr")
    return properties is not None and (properties.get("date1904") or "").lower() in ("1", "true")


def _standing(package: Package, name: str) -> SheetEntry:
    for entry in package.sheets():
        if entry.name.casefold() == name.casefold() and entry.kind == "worksheet" and entry.part is not None:
            return entry
    raise Unsplicable(f"its sheet {quoted(name)} is gone", "run okrsync again.")


def _enter(
    package: Package, book: Book, changes: Changes, edit: SheetEdit, standing: SheetEntry | None, part: str
) -> None:
    """Lists the sheet in the workbook, and marks it as ours."""
    if standing is None:
        index = book.add_sheet(edit.sheet, part)
    else:
        index = list(package.sheets()).index(standing)
        if edit.sheet != standing.name:
            _rename(package, changes, index, edit.sheet)
    sheet = quoted(edit.sheet)
    written = Area(1, 1, max(len(edit.content.rows), 1), width(edit.content))
    book.set_name(DefinedName(f"{MARK}{edit.kind}", f"{sheet}!{_fixed(written)}", None, hidden=True))
    if edit.content.filter is not None:
        book.set_name(DefinedName(FILTER_NAME, f"{sheet}!{_fixed(edit.content.filter)}", index, hidden=True))
    elif any(name.sheet == index and name.name == FILTER_NAME for name in book.names()):
        book.drop_name(FILTER_NAME, index)


def _fixed(area: Area) -> str:
    """`$A$1:$F$9`"""
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", area.a1)


def _rename(package: Package, changes: Changes, index: int, name: str) -> None:
    workbook = Part(package.read(package.workbook_part))
    box = workbook.child("sheets")
    span = None if box is None else workbook.inside(box)[index].span("name")
    if span is None:
        raise Unsplicable("its workbook part lists no sheets")
    member = package.find(package.workbook_part) or package.workbook_part
    splice = Splice(span[0], workbook.data[span[0] : span[1]], workbook.encoded(escaped(name)))
    changes.splices[member] = [*changes.splices.get(member, ()), splice]


# --- parts ----------------------------------------------------------------------------------------------------------


class _Names:
    """Names for the parts of our sheet: those it has already, in their order, then free ones."""

    def __init__(self, package: Package, changes: Changes, old: Mapping[str, str]) -> None:
        self._package = package
        self._old = {kind: [name for name in old if old[name] == kind] for kind in _STEMS}
        self._taken = {name.casefold() for name in changes.added}

    def next(self, kind: str) -> str:
        """The name of the next part of a kind."""
        if self._old[kind]:
            return self._old[kind].pop(0)
        number = 1
        while self._is_taken(f"xl/{_STEMS[kind]}{number}.xml"):
            number += 1
        name = f"xl/{_STEMS[kind]}{number}.xml"
        self._taken.add(name)
        return name

    def _is_taken(self, name: str) -> bool:
        # A .rels left behind by a program that dropped its part would speak for ours.
        return name in self._taken or any(self._package.find(n) for n in (name, self._package.rels_part(name)))


class _Putting:
    """Puts whole parts into the changes: what stands there already is replaced, the rest is added."""

    def __init__(self, package: Package, changes: Changes, book: Book) -> None:
        self._package, self._changes, self._book = package, changes, book
        self._kept: set[str] = set()

    def part(self, name: str, data: bytes, content_type: str | None = None) -> None:
        """One part, in the namespaces that the package speaks."""
        data = _strict(data) if self._package.strict else data
        member = self._package.find(name)
        self._kept.add((member or name).casefold())
        if member is not None:
            self._changes.replaced[member] = data
            return
        self._changes.added[name] = data
        if content_type is not None:
            self._book.add_content_type(name, content_type)

    def rels(self, part: str, targets: Mapping[str, tuple[str, str]]) -> None:
        """The relationships of a part: id → kind and target."""
        self.part(self._package.rels_part(part), _relationships(targets, part))

    def remove_rest(self, old: Mapping[str, str]) -> None:
        """Takes away what hung on the sheet before and does not any more."""
        for name in old:
            for each in (name, self._package.rels_part(name)):
                member = self._package.find(each)
                if member is not None and member.casefold() not in self._kept:
                    self._changes.removed.add(member)
                    self._book.drop_content_type(member)


def _old_parts(package: Package, sheet: str) -> dict[str, str]:
    """The sheet and the parts that only it uses, with their kind, in the order they are met."""
    found = {sheet: "worksheet"}
    waiting = [sheet]
    while waiting:
        part = waiting.pop(0)
        for relationship in package.relationships(part):
            target = relationship.target
            if target is not None and target not in found and relationship.type in _GOING_WITH:
                found[target] = relationship.type
                waiting.append(target)
    return found


def _relationships(targets: Mapping[str, tuple[str, str]], part: str) -> bytes:
    """A .rels part with relative targets, which every program understands."""
    made = "".join(
        f'<Relationship Id="{identifier}" Type="{_RELS}/{kind}" Target="{escaped(_relative(target, part))}"/>'
        for identifier, (kind, target) in targets.items()
    )
    return _DECLARATION + f'<Relationships xmlns="{_PACKAGE_RELS}">{made}</Relationships>'.encode()


def _relative(target: str, part: str) -> str:
    here, there = part.lstrip("/").split("/")[:-1], target.lstrip("/").split("/")
    while here and there[:-1] and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return "/".join([".."] * len(here) + there)


def _strict(xml: bytes) -> bytes:
    """The part in the namespaces of ISO 29500 strict.

    Strict would have gap and overlap of bars as "45%"; Office writes and reads them as bare numbers there too.
    """
    for transitional, strict in _STRICT:
        xml = xml.replace(b'="' + transitional + b'"', b'="' + strict + b'"')
    return xml.replace(b'Type="' + _RELS.encode(), b'Type="' + _STRICT[1][1])


# --- styles ---------------------------------------------------------------------------------------------------------


class _Indices(Struct, frozen=True):
    """Where the scratch workbook's cell formats and differential formats stand in the team's styles."""

    cells: Mapping[bytes, bytes]
    differentials: Mapping[bytes, bytes]


def _restyled(made: Scratch, styles: Styles) -> bytes:
    """The scratch sheet with its style indices as they are in the team's workbook."""
    indices = _carried(Part(made.styles), styles)
    cell = _replacer(_STYLE_INDEX, indices.cells)
    sheet = _STYLED.sub(lambda tag: cell(tag[0]), made.sheet)
    return _replacer(_DIFFERENTIAL, indices.differentials)(sheet)


def _replacer(pattern: re.Pattern[bytes], indices: Mapping[bytes, bytes]) -> Callable[[bytes], bytes]:
    return lambda xml: pattern.sub(lambda found: found[1] + indices.get(found[2], found[2]) + found[3], xml)


def _carried(scratch_styles: Part, styles: Styles) -> _Indices:
    """Appends what the scratch workbook's formats are made of, and says where each now stands."""
    fonts, fills, borders = (
        _moved(styles, name, _entries(scratch_styles, name)) for name in ("fonts", "fills", "borders")
    )
    codes = {
        found["numFmtId"].encode(): found["formatCode"]
        for entry in _entries(scratch_styles, "numFmts")
        for found in (attributes(children(entry, 0, len(entry))[0].attributes),)
    }
    moves = {"fontId": fonts, "fillId": fills, "borderId": borders}
    moves["numFmtId"] = {number: b"%d" % styles.number_format(code) for number, code in codes.items()}
    cells = {
        b"%d" % i: b"%d" % styles.add("cellXfs", _renumbered(xf, moves))
        for i, xf in enumerate(_entries(scratch_styles, "cellXfs"))
    }
    return _Indices(cells, _moved(styles, "dxfs", _entries(scratch_styles, "dxfs")))


def _entries(part: Part, collection: str) -> Iterable[bytes]:
    box = part.child(collection)
    return [] if box is None else [part.data[e.start : e.end] for e in part.inside(box)]


def _moved(styles: Styles, collection: str, entries: Iterable[bytes]) -> dict[bytes, bytes]:
    return {b"%d" % i: b"%d" % styles.add(collection, xml) for i, xml in enumerate(entries)}


def _renumbered(xf: bytes, moves: Mapping[str, Mapping[bytes, bytes]]) -> bytes:
    """A cell format that points at the moved fonts, fills, borders and number formats."""
    for name, indices in moves.items():
        xf = _replacer(re.compile(rb'( %s=")(\d+)(")' % name.encode()), indices)(xf)
    return xf


def _with_guids(sheet: bytes, kind: str) -> bytes:
    """The sheet with ids of its data bars that are its own and the same every night."""
    return _GUID.sub(
        lambda found: b"{%s}" % str(uuid.uuid5(uuid.NAMESPACE_OID, f"okrsync {kind} {found[0]!r}")).upper().encode(),
        sheet,
    )
