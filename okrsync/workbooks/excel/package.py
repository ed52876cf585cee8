"""The zip package: parts by name, relationships, raw copies of untouched members, and limits on what it may hold."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct, field

from okrsync.config import Limits
from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.archive import Archive, Member, Unreadable, plain
from okrsync.workbooks.excel.foreign import what_it_is
from okrsync.workbooks.excel.splices import Splice, pieces
from okrsync.workbooks.excel.tags import Malformed, Tag, check_prolog, is_utf16, is_xml, tags

CONTENT_TYPES = "[Content_Types].xml"

_STRICT = "http://purl.oclc.org/"
_XML_ENDINGS = (".xml", ".rels")
_LARGE = 1 << 20
_SAVE_AGAIN = "open the workbook in Excel, save it there, and run okrsync again."


class Relationship(Struct, frozen=True):
    """One relationship of a part: `type` is the last word of its type URI ("worksheet"), `target` a member's name.

    `target` is resolved against the package and None where it is external or names no member.
    """

    id: str
    type: str
    target: str | None


class SheetEntry(Struct, frozen=True):
    """One `<sheet>` of the workbook part, in its order. `kind` is the relationship's type: only "worksheet" is one."""

    name: str
    sheet_id: int
    rel_id: str
    state: str  # "visible", "hidden", "veryHidden"
    kind: str
    part: str | None


class Changes(Struct):
    """What a write does to the package: splices per touched part, and new members in order."""

    splices: dict[str, list[Splice]] = field(default_factory=dict)
    replaced: dict[str, bytes] = field(default_factory=dict)  # parts that are wholly ours (our sheet, its drawing)
    added: dict[str, bytes] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)  # parts that were wholly ours and are needed no more


class Package:
    """An .xlsx or .xlsm held in memory as its bytes; parts are inflated when asked for, within the limits.

    Raises WorkbookError for everything that is not a plain, whole, unencrypted workbook package. What may be read but
    must not be written is told by `blocked_because` of blocking.py.
    """

    def __init__(self, name: str, data: bytes, limits: Limits) -> None:
        self.name = name
        self.data = data
        self._relationships: dict[str, tuple[Relationship, ...]] = {}
        self._kept: tuple[str, bytes] = ("", b"")
        with self._refusing():
            if not data.startswith(b"PK"):
                raise what_it_is(data)
            self._archive = Archive(data, limits)
            self._by_key = {_key(member): member for member in self._archive.members}
            self._check_parts()
            self._types = self._content_types()
            self.workbook_part = self._find_workbook()
            self._workbook_tags = self._tags(self.workbook_part)
        root = self._workbook_tags[0]
        self.strict: bool = root.uri.startswith(_STRICT)  # ISO 29500 strict namespaces

    @classmethod
    def open(cls, path: Path, name: str, limits: Limits) -> Package:
        """Reads the file once; everything later works on these bytes."""
        try:
            return cls(name, path.read_bytes(), limits)
        except FileNotFoundError as error:
            raise WorkbookError(name, "there is no such file", "correct the name or the folder.") from error
        except OSError as error:
            raise WorkbookError(
                name,
                f"the file cannot be read ({error.strerror or error})",
                "close it in other programs, and see that you may read it.",
            ) from error

    def members(self) -> Sequence[str]:
        """Member names as they stand in the zip, in its order."""
        return tuple(self._archive.members)

    def find(self, part: str) -> str | None:
        """The member a part name means: case, leading slash and back-slashes do not matter."""
        return self._by_key.get(_key(part)) or self._by_key.get(_key(unquote(part)))

    def read(self, part: str) -> bytes:
        """A part inflated, its CRC checked; an XML part with a DTD is refused.

        The large sheet read last is kept, because it is mostly asked for again; `forget` lets go of it.
        """
        with self._refusing():
            return self._read(part)

    def forget(self) -> None:
        """Lets go of the large sheet that is kept inflated."""
        self._kept = ("", b"")

    def member(self, part: str) -> Member:
        """What the zip's directory says of a part: packed and unpacked size, CRC."""
        with self._refusing():
            return self._archive.members[self._member(part)]

    def packed(self, part: str) -> memoryview:
        """A part's bytes as they stand in the zip."""
        with self._refusing():
            return self._archive.packed(self._member(part))

    def relationships(self, part: str) -> Sequence[Relationship]:
        """The relationships of a part ("" for the package itself)."""
        member = self.find(self.rels_part(part))
        if member is None:
            return ()
        if member not in self._relationships:
            with self._refusing():
                self._relationships[member] = tuple(self._read_relationships(member, plain(part)))
        return self._relationships[member]

    def rels_part(self, part: str) -> str:
        """The name of the part's .rels member, whether or not it exists."""
        folder, name = posixpath.split(plain(part))
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def related(self, part: str, kind: str) -> str | None:
        """The first related part of that type ("styles", "sharedStrings"), None when there is none."""
        found = (one.target for one in self.relationships(part) if one.type == kind and one.target is not None)
        return next(found, None)

    def promised(self, part: str, kind: str) -> str | None:
        """The name of a part that is related and missing, None where no such part is."""
        rels = self.find(self.rels_part(part))
        for tag in [] if rels is None else self._tags(rels):
            said = tag.attributes
            if said.get("Type", "").endswith(f"/{kind}") and said.get("TargetMode", "").casefold() != "external":
                path = _path(said.get("Target", ""), plain(part))
                if path is not None and self.find(path) is None:
                    return path.lstrip("/")
        return None

    def sheets(self) -> Sequence[SheetEntry]:
        """The workbook's sheets of every kind, in their order."""
        by_id = {one.id: one for one in self.relationships(self.workbook_part)}
        return tuple(_sheet(tag, by_id) for tag in self._workbook_tags if (tag.parent, tag.name) == ("sheets", "sheet"))

    def workbook_tags(self) -> Sequence[Tag]:
        """The start tags of the workbook part."""
        return self._workbook_tags

    def content_type(self, part: str) -> str | None:
        """The part's content type by override, else by its extension's default."""
        name = _key(part)
        extension = posixpath.splitext(name)[1].removeprefix(".")
        return self._types.get(f"/{name}") or self._types.get(extension)

    def rebuilt(self, changes: Changes) -> bytes:
        """The package's bytes with the changes made: untouched members raw and in order, new ones at the end."""
        with self._refusing():
            changed = {self._member(part): self._spliced(part, splices) for part, splices in changes.splices.items()}
            replaced = {self._member(part): iter((content,)) for part, content in changes.replaced.items()}
            removed = frozenset(self._member(part) for part in changes.removed)
            if changed.keys() & replaced.keys() or removed & (changed.keys() | replaced.keys()):
                raise ValueError("a part is both spliced, replaced or removed")
            if any(self.find(part) not in (None, *removed) for part in changes.added):
                raise ValueError("a part that is to be added exists")
            return self._archive.rebuilt({**changed, **replaced}, changes.added, removed)

    # --- opening ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Turns what the rooms below say into the words of a WorkbookError."""
        try:
            yield
        except Unreadable as error:
            problem = "".join(letter if letter.isprintable() else "?" for letter in error.problem)
            raise WorkbookError(self.name, problem, error.fix) from error

    def _check_parts(self) -> None:
        """Inflates every XML part once, so that nobody after us meets a bomb or a wrong checksum."""
        for name in self._archive.members:
            if self._is_large_sheet(name):
                self._inflated(name)
            elif name.casefold().endswith(_XML_ENDINGS):
                for _ in self._archive.chunks(name):
                    pass

    def _content_types(self) -> dict[str, str]:
        """Content types by "/part" and by extension, all in small letters."""
        member = self.find(CONTENT_TYPES)
        if member is None:
            raise _no_workbook("it is a zip file, but holds no complete workbook")
        types: dict[str, str] = {}
        for tag in self._tags(member):
            content_type = tag.attributes.get("ContentType", "")
            if tag.name == "Override":
                types[f"/{_key(tag.attributes.get('PartName', ''))}"] = content_type
            elif tag.name == "Default":
                types[tag.attributes.get("Extension", "").casefold()] = content_type
        return types

    def _find_workbook(self) -> str:
        member = self.find("_rels/.rels")
        found = [] if member is None else self._read_relationships(member, "")
        workbook = next((one.target for one in found if one.type == "officeDocument" and one.target), None)
        if workbook is None:
            raise _no_workbook("it is a zip file, but holds no complete workbook")
        kind = (self.content_type(workbook) or "").casefold()
        if "sheet.binary" in kind or workbook.casefold().endswith(".bin"):
            raise _no_workbook("it is a binary workbook (.xlsb)")
        if "wordprocessing" in kind or "presentation" in kind:
            raise _no_workbook("it is a document or a presentation, not a workbook")
        return workbook

    def _read_relationships(self, member: str, source: str) -> Iterator[Relationship]:
        for tag in self._tags(member):
            if tag.name != "Relationship":
                continue
            kind = tag.attributes.get("Type", "").rpartition("/")[2]
            external = tag.attributes.get("TargetMode", "").casefold() == "external"
            target = None if external else self._resolved(tag.attributes.get("Target", ""), source)
            yield Relationship(tag.attributes.get("Id", ""), kind, target)

    def _resolved(self, target: str, source: str) -> str | None:
        path = _path(target, source)
        return None if path is None else self.find(path)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _member(self, part: str) -> str:
        member = self.find(part)
        if member is None:
            raise Unreadable(f'its part "{plain(part)}" is missing', _SAVE_AGAIN)
        return member

    def _inflated(self, member: str) -> bytes:
        if self._kept[0] == member:
            return self._kept[1]
        if self._is_large_sheet(member):
            self.forget()  # never two at a time
        sink = io.BytesIO()  # joining the pieces would hold a large part twice
        for chunk in self._archive.chunks(member):
            sink.write(chunk)
        data = sink.getvalue()
        if self._is_large_sheet(member):
            self._kept = (member, data)
        return data

    def _is_large_sheet(self, member: str) -> bool:
        """Whether a part is worth keeping inflated; one that only claims to be a sheet is inflated to be checked."""
        name, size = member.casefold(), self._archive.members[member].size
        return size >= _LARGE and "worksheets/" in name and name.endswith(_XML_ENDINGS)

    def _read(self, part: str) -> bytes:
        data = self._inflated(self._member(part))
        if is_xml(data):
            try:
                check_prolog(data)
            except Malformed as error:
                raise _malformed(part, error) from error
        return data

    def _tags(self, part: str) -> list[Tag]:
        try:
            return tags(self._read(part))
        except Malformed as error:
            raise _malformed(part, error) from error

    def _spliced(self, part: str, splices: Sequence[Splice]) -> Iterator[bytes]:
        data = self.read(part)
        if is_utf16(data):
            raise Unreadable(
                f'its part "{plain(part)}" is written in UTF-16, which Excel itself never does', _SAVE_AGAIN
            )
        return pieces(data, splices)


def _key(part: str) -> str:
    return plain(part).casefold()


def _path(target: str, source: str) -> str | None:
    """Where a relationship of a part leads to, from the root of the package; None for a place in the part itself."""
    path = target.replace("\\", "/").partition("#")[0]
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), path)) if path else None


def _malformed(part: str, error: Malformed) -> Unreadable:
    return Unreadable(f'its part "{plain(part)}" {error}', _SAVE_AGAIN)


def _no_workbook(problem: str) -> Unreadable:
    return Unreadable(problem, "open it in Excel or LibreOffice and save it as .xlsx, or name another file.")


def _sheet(tag: Tag, by_id: Mapping[str, Relationship]) -> SheetEntry:
    found = (value for key, value in tag.attributes.items() if key.endswith("/relationships id"))
    rel_id = next(found, "")
    number = tag.attributes.get("sheetId", "").strip()
    relationship = by_id.get(rel_id)
    return SheetEntry(
        name=tag.attributes.get("name", ""),
        sheet_id=int(number) if number.isascii() and number.isdigit() else 0,
        rel_id=rel_id,
        state=tag.attributes.get("state", "visible"),
        kind=relationship.type if relationship is not None else "",
        part=relationship.target if relationship is not None else None,
    )
