"""styles.xml, only ever appended to: number formats, fonts, fills, borders, cell formats and differential formats."""

from __future__ import annotations

import re

from okrsync.workbooks.excel.markup import MAIN, STRICT_MAIN, Element, Part, Unsplicable, attributes, children, escaped
from okrsync.workbooks.excel.splices import Splice, in_order

# fmt: off
ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@",
}
# fmt: on

XF_LIMIT = 64_000
_DEEPEST = 8
"""How deep elements of styles nest; what is deeper is no style, and equal only when written alike."""

_BASE = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}
_KEPT = ("numFmtId", "fontId", "fillId", "borderId", "xfId", "quotePrefix")
_APPLY = ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment", "applyProtection")
_DROPPED_ALIGNMENT = ("indent", "textRotation", "relativeIndent", "shrinkToFit", "justifyLastLine", "readingOrder")

_Tree = tuple[object, ...]


def empty_styles(strict: bool) -> bytes:
    """A styles part with nothing in it, for a workbook that has none."""
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{declaration}<styleSheet xmlns="{STRICT_MAIN if strict else MAIN}"></styleSheet>'.encode()


class Styles:
    """An append-only editor of one styles part. Equal entries are found again and never appended twice.

    `prefix` of the part's own main namespace is used in what is appended. Indices count from 0 as in the part.
    """

    def __init__(self, data: bytes) -> None:
        self._part = Part(data)
        self.data = data
        self.prefix = self._part.prefix
        self._found: dict[str, list[Element]] = {}
        self._added: dict[str, list[bytes]] = {}
        self._known: dict[str, dict[_Tree, int]] = {}
        self._likes: dict[tuple[object, ...], int] = {}
        self._formats = self._number_formats()

    def number_format(self, code: str) -> int:
        """The numFmtId of a format code: built in, found, or appended (from 164 on)."""
        for number, known in (*BUILT_IN.items(), *self._formats.items()):
            if known == code:
                return number
        number = max([163, *self._formats]) + 1
        self._formats[number] = code
        xml = f'<numFmt numFmtId="{number}" formatCode="{escaped(code)}"/>'
        self._added.setdefault("numFmts", []).append(self._part.prefixed(xml))
        return number

    def format_code(self, xf: int) -> str:
        """The number format code of a cell format, "General" for what is not there."""
        number = int(self._attributes_of(xf).get("numFmtId", "0") or 0)
        return self._formats.get(number) or BUILT_IN.get(number, "General")

    def like(self, xf: int, *, number_format: str | None, alignment: dict[str, str], quote_prefix: bool) -> int:
        """A cell format as `xf` (font, fill, border, protection) with another number format and alignment.

        `number_format` None keeps the one it has. `alignment` is laid over the alignment of `xf`; an empty one keeps
        that as it is, otherwise its turns and indents go.
        """
        asked = (xf, number_format, tuple(sorted(alignment.items())), quote_prefix)
        if asked not in self._likes:
            self._likes[asked] = self._make_like(xf, number_format, alignment, quote_prefix)
        return self._likes[asked]

    def add(self, collection: str, xml: bytes) -> int:
        """Appends one unprefixed element to "fonts", "fills", "borders", "cellXfs" or "dxfs"; its index."""
        if collection == "cellXfs":
            self._lay_base()
        known = self._known_in(collection)
        key = _tree(xml)
        if key not in known:
            known[key] = self._append(collection, self._part.prefixed(xml.decode()))
        return known[key]

    def find(self, collection: str, xml: bytes) -> int | None:
        """The index of an equal entry, None when there is none."""
        return self._known_in(collection).get(_tree(xml))

    def count(self, collection: str) -> int:
        """How many entries a collection has by now."""
        return len(self._existing(collection)) + len(self._added.get(collection, ()))

    def splices(self) -> list[Splice]:
        """What has to be spliced into the part, counts included; empty when nothing was appended."""
        new = b""
        splices: list[Splice] = []
        for collection in ORDER:
            added = self._added.get(collection)
            if not added:
                continue
            element = self._part.child(collection)
            if element is not None:
                splices += self._grown(element, collection, added)
                continue
            name = self._part.name(collection)
            made = b'<%s count="%d">%s</%s>' % (name, len(added), b"".join(added), name)
            if self._part.root.self_closed:
                new += made
            else:
                splices.append(Splice(self._part.slot(collection, ORDER), b"", made))
        if new:
            splices += self._part.append(self._part.root, new)
        return in_order(splices)

    # --- what is there ----------------------------------------------------------------------------------------------

    def _number_formats(self) -> dict[int, str]:
        element = self._part.child("numFmts")
        if element is None:
            return {}
        # A format may be wrapped in an mc:AlternateContent, so they are looked for at any depth.
        tags = re.findall(rb"<(?:[\w.-]+:)?numFmt\s([^>]*)>", self.data[element.opened : element.closing])
        formats: dict[int, str] = {}
        for found in map(attributes, tags):
            if found.get("numFmtId", "").isdigit():
                formats.setdefault(int(found["numFmtId"]), found.get("formatCode", "General"))
        return formats

    def _existing(self, collection: str) -> list[Element]:
        if collection not in self._found:
            element = self._part.child(collection)
            self._found[collection] = [] if element is None else self._part.inside(element)
        return self._found[collection]

    def _xml(self, collection: str, index: int) -> bytes | None:
        """The entry at an index, appended ones included, as it stands in the part."""
        existing, added = self._existing(collection), self._added.get(collection, [])
        if 0 <= index < len(existing):
            return self.data[existing[index].start : existing[index].end]
        return added[index - len(existing)] if len(existing) <= index < len(existing) + len(added) else None

    def _attributes_of(self, xf: int) -> dict[str, str]:
        xml = self._xml("cellXfs", xf)
        return {} if xml is None else attributes(children(xml, 0, len(xml))[0].attributes)

    def _known_in(self, collection: str) -> dict[_Tree, int]:
        if collection not in self._known:
            known: dict[_Tree, int] = {}
            for index in range(self.count(collection)):
                known.setdefault(_tree(self._xml(collection, index) or b""), index)
            self._known[collection] = known
        return self._known[collection]

    # --- what is appended -------------------------------------------------------------------------------------------

    def _append(self, collection: str, xml: bytes) -> int:
        index = self.count(collection)
        if collection == "cellXfs" and index >= XF_LIMIT:
            raise Unsplicable(
                f"it holds {index:,} cell formats, as many as Excel can bear",
                "delete unused cell styles (Home > Cell Styles), save, and run okrsync again.",
            )
        self._added.setdefault(collection, []).append(xml)
        return index

    def _lay_base(self) -> None:
        """The entries that every index 0 means, where the part has none of a kind."""
        for collection, xml in _BASE.items():
            if not self.count(collection):
                for element in children(xml.encode(), 0, len(xml)):
                    self._append(collection, self._part.prefixed(xml[element.start : element.end]))

    def _make_like(self, xf: int, number_format: str | None, alignment: dict[str, str], quote_prefix: bool) -> int:
        if number_format is None and not alignment and not quote_prefix:
            return xf
        xml = self._xml("cellXfs", xf) or _BASE["cellXfs"].encode()
        element = children(xml, 0, len(xml))[0]
        found = attributes(element.attributes)
        attrs = {name: found[name] for name in (*_KEPT, *_APPLY) if name in found}
        inner = {child.local: child for child in children(xml, element.opened, element.closing)}
        if number_format is not None:
            attrs |= {"numFmtId": str(self.number_format(number_format)), "applyNumberFormat": "1"}
            attrs.pop("quotePrefix", None)
        if quote_prefix:
            attrs["quotePrefix"] = "1"
        aligned = attributes(inner[b"alignment"].attributes) if b"alignment" in inner else {}
        if alignment:
            aligned = {k: v for k, v in aligned.items() if k not in _DROPPED_ALIGNMENT} | alignment
            attrs["applyAlignment"] = "1"
        guarded = attributes(inner[b"protection"].attributes) if b"protection" in inner else {}
        body = _tag("alignment", aligned) + _tag("protection", guarded)
        return self.add(
            "cellXfs", f"<xf{_written(attrs)}>{body}</xf>".encode() if body else f"<xf{_written(attrs)}/>".encode()
        )

    def _grown(self, element: Element, collection: str, added: list[bytes]) -> list[Splice]:
        """Splices that append to a collection, set its count and drop the hint on how many fonts Excel knows."""
        data = self.data
        splices: list[Splice] = []
        span = element.span("count")
        if span is not None:
            total = b"%d" % (len(self._existing(collection)) + len(added))
            splices.append(Splice(span[0], data[span[0] : span[1]], total))
        hint = re.search(rb"\s+[\w.-]+:knownFonts\s*=\s*(?:\"[^\"]*\"|'[^']*')", data[element.start : element.opened])
        if hint is not None:
            splices.append(Splice(element.start + hint.start(), hint[0], b""))
        return splices + self._part.append(element, b"".join(added))


def _written(attrs: dict[str, str]) -> str:
    return "".join(f' {name}="{escaped(value)}"' for name, value in attrs.items())


def _tag(name: str, attrs: dict[str, str]) -> str:
    return f"<{name}{_written(attrs)}/>" if attrs else ""


def _tree(xml: bytes, depth: int = 0) -> _Tree:
    """An element as a value that is equal however it was written: prefix, order of attributes, space between tags."""
    if depth > _DEEPEST:
        return (xml,)
    return tuple(
        (
            element.local,
            frozenset((k, v) for k, v in attributes(element.attributes).items() if not k.startswith("xmlns")),
            _tree(xml[element.opened : element.closing], depth + 1),
        )
        for element in children(xml, 0, len(xml))
    )
