"""Our conditional formats on a sheet: colours of the status words and the bar behind the progress, never twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from okrsync.cells import Area
from okrsync.edits import Block, BlockEdit, Role
from okrsync.workbooks.excel.markup import Element, children, escaped
from okrsync.workbooks.excel.sheetparts import ORDER, SheetPart, area_of, ref_of
from okrsync.workbooks.excel.splices import Splice
from okrsync.workbooks.excel.styles import Styles

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
BARS_URI = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
BAR_ID_URI = "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"
BAR_COLOUR = "FFB4CAE4"

COLOURS = {"green": ("1E6B3C", "DDEFE1"), "amber": ("8A5A00", "FCEFD0"), "red": ("9C2B20", "F9DEDA")}
GREY = ("4A5561", "E9ECEF")
"""Text and background of a status; grey is what every other colour's name means."""

_PRIORITY = re.compile(rb"\spriority\s*=\s*[\"']([0-9]{1,9})[\"']")


def colour_xml(colour: str) -> bytes:
    """The differential format of a status colour."""
    text, ground = COLOURS.get(colour, GREY)
    font = f'<font><color rgb="FF{text}"/></font>'
    return f'<dxf>{font}<fill><patternFill><bgColor rgb="FF{ground}"/></patternFill></fill></dxf>'.encode()


class _Standing(Struct, frozen=True):
    """One `<conditionalFormatting>` that stands on the sheet."""

    element: Element
    areas: tuple[Area, ...]
    rules: tuple[Element, ...]


class ConditionalFormats:
    """Works out the splices that give our columns their conditional formats."""

    def __init__(self, sheet: SheetPart, styles: Styles) -> None:
        self._sheet = sheet
        self._styles = styles
        self._standing = [_standing(sheet, element) for element in sheet.all("conditionalFormatting")]
        box, data = sheet.sheet_data, sheet.data
        numbers = (*_PRIORITY.findall(data, 0, box.start), *_PRIORITY.findall(data, box.end))
        self._priority = max(map(int, numbers), default=0)
        self._last_bar = 0

    def splices(self, edits: Sequence[BlockEdit]) -> list[Splice]:
        """Splices for all our blocks of the sheet. What stands there as wanted is left untouched."""
        gone: list[Element] = []
        made, bars = "", list[tuple[str, Area]]()
        for edit in edits:
            status, progress = _body(edit.block, Role.STATUS), _body(edit.block, Role.PROGRESS)
            if status is not None and edit.statuses:
                ours = list(self._status_rules(status, edit))
                if not self._is_as_wanted(ours, status, edit.statuses):
                    gone += [rule for _, rule in ours]
                    made += self._status_xml(status, edit.statuses)
            if progress is not None:
                ours = list(self._bar_rules(progress, edit.block.header_row))
                if [standing.areas for standing, _ in ours] != [(progress,)]:
                    gone += [rule for _, rule in ours]
                    bars.append((self._free_id(), progress))
                    made += self._bar_xml(*bars[-1])
        new = (
            [Splice(self._sheet.slot("conditionalFormatting", ORDER), b"", self._sheet.prefixed(made))] if made else []
        )
        return [*self._removed(gone), *new, *self._extension(gone, bars)]

    # --- what is ours -----------------------------------------------------------------------------------------------

    def _in_column(self, area: Area, header_row: int) -> Iterator[_Standing]:
        """Formats that lie wholly in one of our columns, below our header and not in another block further down."""
        for standing in self._standing:
            if standing.areas and all(
                a.left == a.right == area.left and header_row < a.top <= area.bottom for a in standing.areas
            ):
                yield standing

    def _status_rules(self, area: Area, edit: BlockEdit) -> Iterator[tuple[_Standing, Element]]:
        words = {_quoted(word) for word in edit.statuses}
        found = {self._styles.find("dxfs", colour_xml(colour)) for colour in (*COLOURS, "grey")}
        ours = {str(index) for index in found if index is not None}
        for standing in self._in_column(area, edit.block.header_row):
            for rule in standing.rules:
                equal = rule.get("type") == "cellIs" and rule.get("operator") == "equal"
                if equal and (self._formula(rule) in words or rule.get("dxfId") in ours):
                    yield standing, rule

    def _is_as_wanted(self, ours: Sequence[tuple[_Standing, Element]], area: Area, statuses: Mapping[str, str]) -> bool:
        words = sorted(_quoted(word) for word in statuses)
        return all(standing.areas == (area,) for standing, _ in ours) and words == sorted(
            self._formula(rule) for _, rule in ours
        )

    def _bar_rules(self, area: Area, header_row: int) -> Iterator[tuple[_Standing, Element]]:
        for standing in self._in_column(area, header_row):
            for rule in standing.rules:
                if rule.get("type") == "dataBar":
                    yield standing, rule

    def _formula(self, rule: Element) -> str:
        formulas = [child for child in self._sheet.inside(rule) if child.local == b"formula"]
        return self._sheet.text(formulas[0]) if formulas else ""

    # --- what is made -----------------------------------------------------------------------------------------------

    def _status_xml(self, area: Area, statuses: Mapping[str, str]) -> str:
        rules = ""
        for word, colour in statuses.items():
            dxf = self._styles.add("dxfs", colour_xml(colour))
            start = f'<cfRule type="cellIs" dxfId="{dxf}" priority="{self._next_priority()}" operator="equal">'
            rules += f"{start}<formula>{escaped(_quoted(word))}</formula></cfRule>"
        return f'<conditionalFormatting sqref="{ref_of(area)}">{rules}</conditionalFormatting>'

    def _bar_xml(self, identifier: str, area: Area) -> str:
        ends = '<cfvo type="num" val="0"/><cfvo type="num" val="1"/>'
        bar = f'<dataBar minLength="0" maxLength="100">{ends}<color rgb="{BAR_COLOUR}"/></dataBar>'
        link = f'<extLst><ext uri="{BAR_ID_URI}" xmlns:x14="{X14}"><x14:id>{identifier}</x14:id></ext></extLst>'
        rule = f'<cfRule type="dataBar" priority="{self._next_priority()}">{bar}{link}</cfRule>'
        return f'<conditionalFormatting sqref="{ref_of(area)}">{rule}</conditionalFormatting>'

    def _next_priority(self) -> int:
        self._priority += 1
        return self._priority

    def _free_id(self) -> str:
        """An id for a bar that the sheet does not know yet."""
        while True:
            self._last_bar += 1
            identifier = f"{{6F6B7273-796E-6300-0000-{self._last_bar:012X}}}"
            if self._sheet.data.find(identifier.encode(), self._sheet.sheet_data.end) < 0:
                return identifier

    def _extension(self, gone: Sequence[Element], bars: Sequence[tuple[str, Area]]) -> Iterator[Splice]:
        """The sheet's extension entry: bars of ours that go, and new ones that run from 0 to 1."""
        sheet = self._sheet
        made = sheet.prefixed("".join(_extended_bar(identifier, area) for identifier, area in bars))
        lists = sheet.child("extLst")
        entry = next((e for e in (sheet.inside(lists) if lists else ()) if _same_uri(e.get("uri"))), None)
        box = next((b for b in (sheet.inside(entry) if entry else ()) if b.local == b"conditionalFormattings"), None)
        if box is not None:
            yield from self._removed_bars(box, gone)
            yield from sheet.append(box, made) if made else ()
        elif made:
            names = f'<x14:conditionalFormattings xmlns:x14="{X14}">', "</x14:conditionalFormattings>"
            made = names[0].encode() + made + names[1].encode()
            if entry is not None:
                yield from sheet.append(entry, made)
                return
            ext = sheet.name("ext")
            made = b'<%s uri="%s" xmlns:x14="%s">%s</%s>' % (ext, BARS_URI.encode(), X14.encode(), made, ext)
            if lists is not None:
                yield from sheet.append(lists, made)
                return
            name = sheet.name("extLst")
            yield Splice(sheet.root.closing, b"", b"<%s>%s</%s>" % (name, made, name))

    def _removed_bars(self, box: Element, gone: Sequence[Element]) -> Iterator[Splice]:
        data = self._sheet.data
        ids = {found for rule in gone for found in re.findall(rb":id>\s*(\{[^}<]*\})", data[rule.start : rule.end])}
        for element in self._sheet.inside(box):
            rules = [rule for rule in self._sheet.inside(element) if rule.local == b"cfRule"]
            if rules and all((rule.get("id") or "").encode() in ids for rule in rules):
                yield Splice(element.start, data[element.start : element.end], b"")

    def _removed(self, gone: Sequence[Element]) -> Iterator[Splice]:
        """Our rules taken away, and with the last rule its whole element."""
        data, starts = self._sheet.data, {rule.start for rule in gone}
        for standing in self._standing:
            ours = [rule for rule in standing.rules if rule.start in starts]
            whole = ours and len(ours) == len(standing.rules)
            for element in [standing.element] if whole else ours:
                yield Splice(element.start, data[element.start : element.end], b"")


def _standing(sheet: SheetPart, element: Element) -> _Standing:
    refs = [area_of(ref) for ref in (element.get("sqref") or "").split()]
    areas = tuple(area for area in refs if area is not None)
    rules = tuple(rule for rule in children(sheet.data, element.opened, element.closing) if rule.local == b"cfRule")
    return _Standing(element, areas if len(areas) == len(refs) else (), rules)


def _body(block: Block, role: Role) -> Area | None:
    """Our column without its header, None where it has no rows or people deleted it."""
    column = block.columns.get(role)
    if column is None or block.last_row <= block.header_row:
        return None
    return Area(block.header_row + 1, column, block.last_row, column)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _same_uri(uri: str | None) -> bool:
    return (uri or "").casefold() == BARS_URI.casefold()


def _extended_bar(identifier: str, area: Area) -> str:
    """What Excel 2010 and later need to draw a bar from 0 to 1 in one plain colour, and none for what is negative."""
    ends = '<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>1</xm:f></x14:cfvo>'
    colours = '<x14:negativeFillColor rgb="FFF4B084"/>'
    bar = f'<x14:dataBar minLength="0" maxLength="100" gradient="0" axisPosition="none">{ends}{colours}</x14:dataBar>'
    rule = f'<x14:cfRule type="dataBar" id="{identifier}">{bar}</x14:cfRule>'
    sqref = f"<xm:sqref>{ref_of(area)}</xm:sqref>"
    return f'<x14:conditionalFormatting xmlns:x14="{X14}" xmlns:xm="{XM}">{rule}{sqref}</x14:conditionalFormatting>'
