"""The zip package: parts by name, relationships, raw copies of untouched members, and limits on what it may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from okrsync.config import Limits
from okrsync.workbooks.excel.splices import Splice


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part: `type` is the last word of its type URI ("worksheet"), `target` a member's name.

    `target` is resolved against the package and None where it is external or names no member.
    """

    id: str
    type: str
    target: str | None


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One `<sheet>` of the workbook part, in its order. `kind` is the relationship's type: only "worksheet" is one."""

    name: str
    sheet_id: int
    rel_id: str
    state: str  # "visible", "hidden", "veryHidden"
    kind: str
    part: str | None


@dataclass(slots=True)
class Changes:
    """What a write does to the package: splices per touched part, and new members in order."""

    splices: dict[str, list[Splice]] = field(default_factory=dict)
    replaced: dict[str, bytes] = field(default_factory=dict)  # parts that are wholly ours (our sheet, its drawing)
    added: dict[str, bytes] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)  # parts that were wholly ours and are needed no more


class Package:
    """An .xlsx or .xlsm held in memory as its bytes; parts are inflated when asked for, within the limits.

    Raises WorkbookError for everything that is not a plain, whole, unsigned, unencrypted workbook package.
    """

    def __init__(self, name: str, data: bytes, limits: Limits) -> None:
        raise NotImplementedError

    @classmethod
    def open(cls, path: Path, name: str, limits: Limits) -> Package:
        """Reads the file once; everything later works on these bytes."""
        raise NotImplementedError

    name: str
    data: bytes
    workbook_part: str
    strict: bool  # ISO 29500 strict namespaces

    def members(self) -> Sequence[str]:
        """Member names as they stand in the zip, in its order."""
        raise NotImplementedError

    def find(self, part: str) -> str | None:
        """The member a part name means: case, leading slash and back-slashes do not matter."""
        raise NotImplementedError

    def read(self, part: str) -> bytes:
        """A part inflated, its CRC checked; an XML part with a DTD is refused."""
        raise NotImplementedError

    def relationships(self, part: str) -> Sequence[Relationship]:
        """The relationships of a part ("" for the package itself)."""
        raise NotImplementedError

    def rels_part(self, part: str) -> str:
        """The name of the part's .rels member, whether or not it exists."""
        raise NotImplementedError

    def related(self, part: str, kind: str) -> str | None:
        """The first related part of that type ("styles", "sharedStrings"), None when there is none."""
        raise NotImplementedError

    def sheets(self) -> Sequence[SheetEntry]:
        """The workbook's sheets of every kind, in their order."""
        raise NotImplementedError

    def content_type(self, part: str) -> str | None:
        """The part's content type by override, else by its extension's default."""
        raise NotImplementedError

    def rebuilt(self, changes: Changes) -> bytes:
        """The package's bytes with the changes made: untouched members raw and in order, new ones at the end."""
        raise NotImplementedError


def blocked_because(package: Package) -> Mapping[str, str]:
    """Why the package must not be written: {problem: fix}; empty when it may be (signed, revision log, protected …)."""
    raise NotImplementedError
