"""The workbook part and what hangs on it: sheets, defined names, calcPr, content types and relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from msgspec import Struct

from okrsync.workbooks.excel.markup import (
    RELATIONSHIPS,
    STRICT_RELATIONSHIPS,
    Element,
    Part,
    Unsplicable,
    escaped,
)
from okrsync.workbooks.excel.package import Changes, Package
from okrsync.workbooks.excel.splices import Splice, in_order

CONTENT_TYPES = "[Content_Types].xml"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

# fmt: off
ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr",
    "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)
# fmt: on


class DefinedName(Struct, frozen=True):
    """A defined name: `sheet` is the index of its sheet among all sheets, None for the whole workbook."""

    name: str
    text: str
    sheet: int | None = None
    hidden: bool = False


_Scope = tuple[str, int | None]


class Book:
    """An editor of the workbook part, [Content_Types].xml and the workbook's .rels; nothing changes until `save`."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = Part(package.read(package.workbook_part))
        self._folder = posixpath.dirname(_plain(package.workbook_part))
        self._standing = {_scope(name): (element, name) for element, name in self._read_names()}
        self._wanted: dict[_Scope, DefinedName | None] = {}
        self._sheets: list[tuple[str, int, str]] = []  # name, sheetId, relationship id
        self._relationships: list[tuple[str, str, str]] = []  # id, kind, target
        self._types: dict[str, str] = {}
        self._untyped: set[str] = set()
        self._recalculate = False

    # --- defined names ----------------------------------------------------------------------------------------------

    def names(self) -> list[DefinedName]:
        """Every defined name as it stands, names set or dropped meanwhile included."""
        merged: dict[_Scope, DefinedName | None] = {scope: name for scope, (_, name) in self._standing.items()}
        return [name for name in (merged | self._wanted).values() if name is not None]

    def set_name(self, name: DefinedName) -> None:
        """Adds a name, or replaces the one of the same name and scope."""
        self._wanted[_scope(name)] = name

    def drop_name(self, name: str, sheet: int | None) -> None:
        """Takes a name of ours away."""
        self._wanted[(name.casefold(), sheet)] = None

    def _read_names(self) -> Iterable[tuple[Element, DefinedName]]:
        box = self._part.child("definedNames")
        for element in [] if box is None else self._part.inside(box):
            scope = element.get("localSheetId")
            yield (
                element,
                DefinedName(
                    element.get("name") or "",
                    self._part.text(element),
                    int(scope) if scope is not None and scope.strip().isdigit() else None,
                    (element.get("hidden") or "").lower() in ("1", "true"),
                ),
            )

    # --- sheets, parts, calculation ---------------------------------------------------------------------------------

    def add_sheet(self, name: str, part: str) -> int:
        """Appends a visible worksheet last (sheetId, rId, content type, relationship); its index among all sheets."""
        standing = self._package.sheets()
        taken = [sheet.sheet_id for sheet in standing] + [number for _, number, _ in self._sheets]
        self._sheets.append((name, max(taken, default=0) + 1, self.add_relationship("worksheet", part)))
        self.add_content_type(part, WORKSHEET_TYPE)
        return len(standing) + len(self._sheets) - 1

    def add_relationship(self, kind: str, part: str) -> str:
        """Relates the workbook to a new part; the relationship's id."""
        taken = {relationship.id for relationship in self._package.relationships(self._package.workbook_part)}
        taken |= {identifier for identifier, _, _ in self._relationships}
        number = 1
        while f"rIdOkr{number}" in taken:
            number += 1
        target = posixpath.relpath("/" + _plain(part), "/" + self._folder)
        self._relationships.append((f"rIdOkr{number}", kind, target))
        return f"rIdOkr{number}"

    def add_content_type(self, part: str, content_type: str) -> None:
        """Declares a new part by Override (and the `rels` Default where the package has none)."""
        self._types[_plain(part)] = content_type

    def drop_content_type(self, part: str) -> None:
        """Takes away the Override of a part of ours that goes."""
        self._untyped.add(_plain(part))

    def full_calc_on_load(self) -> None:
        """Asks the spreadsheet program to recalculate when it opens the file; other calcPr attributes stay."""
        self._recalculate = True

    # --- splices ----------------------------------------------------------------------------------------------------

    def save(self, changes: Changes) -> None:
        """Puts the splices of the workbook part, content types and relationships into `changes`."""
        package = self._package
        book = [*self._sheet_splices(), *self._name_splices(), *self._calculation_splices()]
        _put(changes, package.find(package.workbook_part) or package.workbook_part, book)
        if self._relationships:
            rels = package.rels_part(package.workbook_part)
            member = package.find(rels)
            if member is None:
                raise Unsplicable("its workbook part has no relationships")
            _put(changes, member, self._relationship_splices(Part(package.read(member))))
        if self._types or self._untyped:
            member = package.find(CONTENT_TYPES) or CONTENT_TYPES
            _put(changes, member, self._type_splices(Part(package.read(member))))

    def _sheet_splices(self) -> list[Splice]:
        if not self._sheets:
            return []
        box = self._part.child("sheets")
        if box is None:
            raise Unsplicable("its workbook part lists no sheets")
        uri = STRICT_RELATIONSHIPS if self._package.strict else RELATIONSHIPS
        bound = self._part.namespace_prefix(uri)
        key = f"{bound.decode()}:id" if bound else f'xmlns:r="{uri}" r:id'
        made = "".join(f'<sheet name="{escaped(n)}" sheetId="{i}" {key}="{rel}"/>' for n, i, rel in self._sheets)
        return self._part.append(box, self._part.prefixed(made))

    def _name_splices(self) -> list[Splice]:
        part, splices, new = self._part, list[Splice](), b""
        for scope, name in self._wanted.items():
            if scope not in self._standing:
                new += b"" if name is None else self._name_xml(name)
                continue
            element, standing = self._standing[scope]
            old = part.data[element.start : element.end]
            if name is None:
                splices.append(Splice(element.start, old, b""))
            elif name.text != standing.text and element.self_closed:
                splices.append(Splice(element.start, old, self._name_xml(name)))
            elif name.text != standing.text:
                text = part.encoded(escaped(name.text))
                splices.append(Splice(element.opened, part.data[element.opened : element.closing], text))
        box = part.child("definedNames")
        if box is None:
            name_of_box = part.name("definedNames")
            made = b"<%s>%s</%s>" % (name_of_box, new, name_of_box)
            return [Splice(part.slot("definedNames", ORDER), b"", made)] if new else []
        return in_order(splices) + (part.append(box, new) if new else [])

    def _name_xml(self, name: DefinedName) -> bytes:
        scope = "" if name.sheet is None else f' localSheetId="{name.sheet}"'
        hidden = ' hidden="1"' if name.hidden else ""
        return self._part.prefixed(
            f'<definedName name="{escaped(name.name)}"{scope}{hidden}>{escaped(name.text)}</definedName>'
        )

    def _calculation_splices(self) -> list[Splice]:
        if not self._recalculate:
            return []
        standing = self._part.child("calcPr")
        if standing is None:
            return [Splice(self._part.slot("calcPr", ORDER), b"", self._part.prefixed('<calcPr fullCalcOnLoad="1"/>'))]
        if (standing.get("fullCalcOnLoad") or "").lower() in ("1", "true"):
            return []
        return self._part.set_attribute(standing, "fullCalcOnLoad", "1")

    def _relationship_splices(self, rels: Part) -> list[Splice]:
        uri = STRICT_RELATIONSHIPS if self._package.strict else RELATIONSHIPS
        made = "".join(
            f'<Relationship Id="{identifier}" Type="{uri}/{kind}" Target="{escaped(target)}"/>'
            for identifier, kind, target in self._relationships
        )
        return rels.append(rels.root, rels.prefixed(made))

    def _type_splices(self, types: Part) -> list[Splice]:
        splices, declared = list[Splice](), set[str]()
        for override in types.all("Override"):
            part = _plain(override.get("PartName") or "").casefold()
            declared.add(part)
            if part in {gone.casefold() for gone in self._untyped}:
                splices.append(Splice(override.start, types.data[override.start : override.end], b""))
        made = ""
        defaults = {(default.get("Extension") or "").casefold() for default in types.all("Default")}
        if self._types and "rels" not in defaults:
            made += f'<Default Extension="rels" ContentType="{RELS_TYPE}"/>'
        for part, content_type in self._types.items():
            if part.casefold() not in declared:
                made += f'<Override PartName="/{escaped(part)}" ContentType="{escaped(content_type)}"/>'
        return splices + (types.append(types.root, types.prefixed(made)) if made else [])


def _scope(name: DefinedName) -> _Scope:
    return name.name.casefold(), name.sheet


def _plain(part: str) -> str:
    return part.replace("\\", "/").lstrip("/")


def _put(changes: Changes, member: str, splices: list[Splice]) -> None:
    if splices:
        changes.splices[member] = in_order([*changes.splices.get(member, ()), *splices])
