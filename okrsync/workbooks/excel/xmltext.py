"""Text as the parts of a workbook write it → text as people see it: encodings, entities, runs, `_xHHHH_`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NoReturn
from xml.parsers import expat

from okrsync.workbooks.excel.markup import MAIN, STRICT_MAIN, unescaped

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_GUARDED = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
_XML_SPACE = " \t\r\n"


class BrokenPart(Exception):  # noqa: N818 - it reads as what is said of the part
    """A part is not XML, or not what its place promises; the door of the room turns it into a WorkbookError."""


def utf8(data: bytes) -> bytes:
    """A part's XML in UTF-8 without a byte order mark; a part in another encoding loses its declaration."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:]
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _declared(data)
    if encoding.lower() in _UTF8:
        return data
    try:
        return _DECLARATION.sub("", data.decode(encoding), count=1).encode("utf-8", "replace")
    except (LookupError, UnicodeError) as error:
        raise BrokenPart(f"it is written in {encoding}, which cannot be read") from error


def _declared(data: bytes) -> str:
    if data[:4] == b"\0<\0?":
        return "utf-16-be"
    if data[:4] == b"<\0?\0":
        return "utf-16-le"
    found = _ENCODING.match(data, 0, 200)
    return found[1].decode("ascii") if found else "utf-8"


def text_of(raw: bytes) -> str:
    """What stands between two tags, as people see it."""
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"&" in raw or b"_x" in raw:
        return plain(unescaped(raw))
    return raw.decode("utf-8", "replace")


def plain(text: str) -> str:
    """Text with `_x000D_` and its like resolved; halves of characters that stand alone are replaced."""
    if "_x" in text:
        text = _GUARDED.sub(lambda found: chr(int(found[1], 16)), text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def run_text(text: str, preserved: bool) -> str:
    """The text of one `<t>`: spaces around it count only where the part says so."""
    return plain(text if preserved else text.strip(_XML_SPACE))


class Runs:
    """Reads the text of `<si>` and `<is>` bodies as bytes in a part's prefix; how kana are spoken is left out."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self._phonetic = re.compile(rb"<%brPh[\s>].*?</%brPh>" % (p, p), re.DOTALL)
        self._text = re.compile(rb"<%bt(\s[^>]*+)?+(?:/>|>([^<]*+)</%bt\s*+>)" % (p, p))
        self._simple, self._simple_end = b"<" + prefix + b"t>", b"</" + prefix + b"t>"
        self._phonetic_mark = b"<" + prefix + b"rPh"

    def text(self, body: bytes) -> str:
        """All runs as one text."""
        if body.startswith(self._simple) and body.count(b"<") == 2 and body.endswith(self._simple_end):
            return text_of(body[len(self._simple) : -len(self._simple_end)].strip())
        if self._phonetic_mark in body:
            body = self._phonetic.sub(b"", body)
        return "".join(map(_run, self._text.findall(body)))


def _run(found: tuple[bytes, bytes]) -> str:
    said, raw = found
    return text_of(raw if b"preserve" in said else raw.strip())


Attributes = Mapping[str, str]


def parse(
    data: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walks a part in UTF-8. Main-namespace elements come by local name, others as `uri local`; no DTD is let in."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, found: start(local(name), found)
    if end is not None:
        close = end
        parser.EndElementHandler = lambda name: close(local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BrokenPart(f"its XML is broken ({error})") from error


def local(name: str) -> str:
    """`c` for an element of the main namespace, transitional or strict; any other name as expat gives it."""
    uri, _, bare = name.rpartition(" ")
    return bare if uri in (MAIN, STRICT_MAIN, "") else name


def _refuse_doctype(*_: object) -> NoReturn:
    raise BrokenPart("it declares a document type, which no spreadsheet program writes")
