"""The start tags of XML parts: read by expat, document types refused, namespaces resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.parsers import expat

from msgspec import Struct


class Malformed(Exception):  # noqa: N818 - it reads as what is said of the part
    """The part is no XML that may be worked on; the message completes `its part "…" …`."""


class Tag(Struct, frozen=True):
    """One start tag: namespace, name, attributes without namespace by name, others as "uri name"; its parent's name."""

    uri: str
    name: str
    attributes: Mapping[str, str]
    parent: str


def tags(data: bytes) -> list[Tag]:
    """Every start tag of a small part in order."""
    found: list[Tag] = []
    open_names: list[str] = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        uri, _, local = name.rpartition(" ")
        found.append(Tag(uri, local, attributes, open_names[-1]))
        open_names.append(local)

    def end(name: str) -> None:
        open_names.pop()

    parser = _parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    for _ in _fed(parser, (data,)):
        pass
    return found


def check_well_formed(chunks: Iterable[bytes]) -> None:
    """Raises Malformed where the chunks together are no XML, or have a document type."""
    for _ in well_formed(chunks):
        pass


def well_formed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks as they come, each looked at before it is handed on; Malformed as `check_well_formed` says."""
    return _fed(_parser(), chunks)


_UNREADABLE = (expat.ExpatError, LookupError, ValueError)
"""What expat raises; the last two where a part names an encoding that nobody knows."""


def check_prolog(data: bytes) -> None:
    """Raises Malformed where something with a document type, or no XML at all, stands before the first element."""
    parser, reached = _parser(), list[str]()
    parser.StartElementHandler = lambda name, attributes: reached.append(name)
    try:
        for at in range(0, len(data), 4096):
            parser.Parse(data[at : at + 4096])
            if reached:
                return
    except _UNREADABLE as error:
        if not reached:
            raise Malformed(f"cannot be read ({error})") from error
    if not reached:
        raise Malformed("holds no element")


def is_utf16(data: bytes) -> bool:
    """Whether a part is written in two bytes a letter."""
    return data[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def is_xml(data: bytes) -> bool:
    """Whether a part claims to be XML by how it begins."""
    return is_utf16(data) or data[:256].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_: object) -> None:
    raise Malformed("has a document type (DTD), which no spreadsheet program writes")


def _fed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> Iterator[bytes]:
    try:
        for chunk in chunks:
            parser.Parse(chunk)
            yield chunk
        parser.Parse(b"", True)
    except _UNREADABLE as error:
        raise Malformed(f"cannot be read ({error})") from error
