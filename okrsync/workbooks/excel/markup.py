"""Where elements stand in an XML part: offsets into its bytes, so that parts are spliced and never written anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from okrsync.workbooks.excel.splices import Splice

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"

_TAG = re.compile(
    # What is never closed reaches to the end, so that a part full of it is walked through once.
    rb"<(?:!--(?:.*?-->|.*)|!\[CDATA\[(?:.*?\]\]>|.*)|\?(?:.*?\?>|.*)"
    rb"|(/?)([^\s/>!?<\"'=]++)((?:[^>\"'/<]++|\"[^\"]*+\"|'[^']*+'|/(?!>))*+)(/?)>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"(?:^|(?<=[\s\"']))([^\s=\"']++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ENCODING = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']+)[\"']")


class Unsplicable(Exception):  # noqa: N818 - it reads as what is said of the part
    """A part cannot be changed safely; the door of the room turns it into a WorkbookError."""

    def __init__(
        self, problem: str, fix: str = "open the workbook in Excel, save it there, and run okrsync again."
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.fix = fix


class Element(Struct, frozen=True):
    """Where one element stands: its start tag is `start` to `opened`, its end tag `closing` to `end`.

    A self-closed element has `opened == closing == end`. `name` is as it stands, prefix included.
    """

    name: bytes
    attributes: bytes
    start: int
    opened: int
    closing: int
    end: int

    @property
    def local(self) -> bytes:
        """The name without its prefix."""
        return self.name.rpartition(b":")[2]

    @property
    def self_closed(self) -> bool:
        """Whether it was written `<name/>`."""
        return self.opened == self.end

    def get(self, name: str) -> str | None:
        """An attribute's value, entities resolved."""
        return attributes(self.attributes).get(name)

    def span(self, name: str) -> tuple[int, int] | None:
        """Where an attribute's value stands in the part, quotes not included."""
        base = self.start + 1 + len(self.name)
        for found in _ATTRIBUTE.finditer(self.attributes):
            if found[1] == name.encode():
                group = 2 if found[2] is not None else 3
                return base + found.start(group), base + found.end(group)
        return None


def attributes(raw: bytes) -> dict[str, str]:
    """The attributes of a start tag, names as they stand (prefix included)."""
    return {
        m[1].decode("utf-8", "replace"): unescaped(m[2] if m[2] is not None else m[3]) for m in _ATTRIBUTE.finditer(raw)
    }


def unescaped(raw: bytes) -> str:
    """Text of a part as people see it."""
    text = raw.decode("utf-8", "replace")
    return _ENTITY.sub(_resolved, text) if "&" in text else text


def _resolved(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    number = int(found[1], 16) if found[1] else int(found[2])
    return chr(number) if number < 0x110000 else "\ufffd"


def escaped(text: str) -> str:
    """Text as it stands between tags or, double-quoted, in an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def children(data: bytes, start: int, end: int, unread: frozenset[bytes] = frozenset()) -> list[Element]:
    """The elements directly inside a stretch of a part. Bodies of elements named in `unread` are not looked into."""
    found: list[Element] = []
    opened: list[tuple[bytes, bytes, int, int]] = []
    at = start
    while (tag := _TAG.search(data, at, end)) is not None:
        at = tag.end()
        name = tag[2]
        if name is None:
            continue
        if tag[1]:
            if not opened or opened[-1][0] != name:
                raise Unsplicable(f"its XML is not well formed (at </{name.decode('utf-8', 'replace')}>)")
            _, attrs, began, inner = opened.pop()
            if not opened:
                found.append(Element(name, attrs, began, inner, tag.start(), at))
        elif tag[4]:
            if not opened:
                found.append(Element(name, tag[3], tag.start(), at, at, at))
        else:
            opened.append((name, tag[3], tag.start(), at))
            if len(opened) == 1 and name.rpartition(b":")[2] in unread:
                at = data.find(b"</" + name, at, end)
                if at < 0:
                    break
    if opened:
        raise Unsplicable(f"its XML is not well formed (<{opened[-1][0].decode('utf-8', 'replace')}> is never closed)")
    return found


class Part:
    """One XML part: its bytes, its root, and the root's children. What is spliced in speaks the part's own prefix."""

    def __init__(self, data: bytes, unread: frozenset[bytes] = frozenset()) -> None:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:8]:
            raise Unsplicable("a part that would have to change is written in UTF-16")
        self.data = data
        declared = _ENCODING.match(data)
        self._encoding = "utf-8" if declared is None or declared[1].lower() in (b"utf-8", b"utf8") else "ascii"
        self.root = self._find_root()
        self.prefix = self.root.name[: -len(self.root.local)]
        self.children = children(data, self.root.opened, self.root.closing, unread)

    def _find_root(self) -> Element:
        at = 0
        while (tag := _TAG.search(self.data, at)) is not None:
            at = tag.end()
            if tag[2] is not None:
                break
        if tag is None or tag[1]:
            raise Unsplicable("a part that would have to change holds no XML")
        if tag[4]:
            return Element(tag[2], tag[3], tag.start(), at, at, at)
        closing = self.data.rfind(b"</" + tag[2])
        if closing < at:
            raise Unsplicable("a part that would have to change is cut off")
        return Element(tag[2], tag[3], tag.start(), at, closing, self.data.index(b">", closing) + 1)

    def all(self, local: str) -> list[Element]:
        """The root's children of that name."""
        return [child for child in self.children if child.name == self.name(local)]

    def child(self, local: str) -> Element | None:
        """The root's first child of that name."""
        return next(iter(self.all(local)), None)

    def inside(self, element: Element) -> list[Element]:
        """The elements directly inside another."""
        return children(self.data, element.opened, element.closing)

    def text(self, element: Element) -> str:
        """The text of an element that holds nothing but text."""
        return unescaped(self.data[element.opened : element.closing])

    def name(self, local: str) -> bytes:
        """An element's name with the part's prefix."""
        return self.prefix + local.encode()

    def encoded(self, text: str) -> bytes:
        """Text in the part's encoding; what the encoding may lack becomes a character reference."""
        return text.encode(self._encoding, "replace" if self._encoding == "utf-8" else "xmlcharrefreplace")

    def prefixed(self, xml: str) -> bytes:
        """Unprefixed elements as they must stand in this part: `<c/>` → `<x:c/>`."""
        if self.prefix:
            xml = re.sub(r"<(/?)(?=[A-Za-z_][\w.-]*[\s/>])", rf"<\1{self.prefix.decode()}", xml)
        return self.encoded(xml)

    def slot(self, local: str, order: Sequence[str]) -> int:
        """Where a child of that name has to be inserted so that the root's children keep their order."""
        before = {self.name(name) for name in order[: order.index(local) + 1]}
        after = {self.name(name) for name in order[order.index(local) + 1 :]}
        ends = [child.end for child in self.children if child.name in before]
        starts = [child.start for child in self.children if child.name in after]
        if ends:
            return max(ends)
        return min(starts) if starts else self.root.opened

    def namespace_prefix(self, uri: str) -> bytes | None:
        """The prefix that the root binds to a namespace, None when it binds none."""
        for key, value in attributes(self.root.attributes).items():
            if value == uri and key.startswith("xmlns:"):
                return key.removeprefix("xmlns:").encode()
        return None

    def append(self, element: Element, new: bytes) -> list[Splice]:
        """Splices that put `new` last into an element, which is opened where it was self-closed."""
        if not element.self_closed:
            return [Splice(element.closing, b"", new)]
        slash = self.data.rindex(b"/", element.start, element.end)
        return [Splice(slash, self.data[slash : element.end], b">" + new + b"</" + element.name + b">")]

    def set_attribute(self, element: Element, name: str, value: str) -> list[Splice]:
        """Splices that give an attribute of an element a value; none where it has it."""
        new = self.encoded(escaped(value))
        span = element.span(name)
        if span is None:
            at = element.start + 1 + len(element.name)
            return [Splice(at, b"", b" " + name.encode() + b'="' + new + b'"')]
        old = self.data[span[0] : span[1]]
        return [] if old == new else [Splice(span[0], old, new)]
