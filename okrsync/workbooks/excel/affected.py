"""What a write changes, as far as formulas of the team can notice it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from okrsync.cells import Area
from okrsync.edits import CellEdit, Edit, SheetEdit
from okrsync.workbooks.excel.book import Book
from okrsync.workbooks.excel.package import Changes, Package, SheetEntry
from okrsync.workbooks.excel.recalc import Changed, ChangedTable, depends
from okrsync.workbooks.excel.splices import apply
from okrsync.workbooks.excel.tables import TablePart

_OURS = "_okrsync."
_ROOT = re.compile(rb"<([\w.-]+:)?(?:worksheet|macrosheet)[\s>]")


def needs_recalculation(package: Package, book: Book, changes: Changes, edits: Sequence[Edit]) -> bool:
    """Whether stored results of the team's formulas may be out of date after the write."""
    areas = _areas(edits)
    ours = frozenset(_own_sheets(book)) | {edit.sheet for edit in edits if isinstance(edit, SheetEdit)}
    written = {name for edit in edits if isinstance(edit, SheetEdit) for name in (edit.sheet, edit.replaces) if name}
    names: dict[str, str] = {}
    for name in book.names():
        if not name.name.casefold().startswith((_OURS, "_xlnm.")):
            # The same name may stand for other cells on each sheet: any of them counts.
            names[name.name] = f"{names.get(name.name, '')},{name.text}"
    tables = tuple(_tables(package, changes, areas))
    return depends(Changed(areas, frozenset(written), tables, names), _sheets(package, ours))


def _areas(edits: Iterable[Edit]) -> dict[str, list[Area]]:
    """Per sheet one area for each column in which a value changes."""
    tops: dict[tuple[str, int], int] = {}
    bottoms: dict[tuple[str, int], int] = {}
    for edit in edits:
        if isinstance(edit, CellEdit):
            at, row = edit.at, edit.at.row
            key = (at.sheet, at.column)
            if edit.before == edit.after:
                continue
            if row > bottoms.get(key, 0):
                bottoms[key] = row
            if row < tops.setdefault(key, row):
                tops[key] = row
    areas: dict[str, list[Area]] = {}
    for (sheet, column), top in tops.items():
        areas.setdefault(sheet, []).append(Area(top, column, bottoms[sheet, column], column))
    return areas


def _own_sheets(book: Book) -> Iterator[str]:
    for name in book.names():
        if name.name.casefold() in (_OURS + "summary", _OURS + "gaps"):
            yield name.text.rpartition("!")[0].strip("'").replace("''", "'")


def _tables(package: Package, changes: Changes, areas: Mapping[str, Sequence[Area]]) -> Iterator[ChangedTable]:
    """The Excel tables that hold cells that change or that grow, with the names of the columns that do."""
    for entry in package.sheets():
        if entry.part is None or entry.name not in areas:
            continue
        for relationship in package.relationships(entry.part):
            if relationship.type != "table" or relationship.target is None:
                continue
            splices = changes.splices.get(relationship.target, [])
            table = TablePart(apply(package.read(relationship.target), splices))
            headers = frozenset(_changing(table, areas[entry.name]))
            if splices or headers:
                yield ChangedTable(table.table_name, headers)


def _changing(table: TablePart, areas: Sequence[Area]) -> Iterator[str]:
    area = table.area
    for changed in areas:
        if area is not None and area.meets(changed):
            yield table.headers()[changed.left - area.left]


def _sheets(package: Package, ours: frozenset[str]) -> Iterator[tuple[str, bytes, bytes]]:
    """The team's sheets, one inflated at a time."""
    for entry in package.sheets():
        if entry.part is not None and _may_hold_formulas(entry) and entry.name not in ours:
            part = package.read(entry.part)
            root = _ROOT.search(part, 0, 4096)
            yield entry.name, part, root[1] or b"" if root else b""


def _may_hold_formulas(entry: SheetEntry) -> bool:
    return entry.kind == "worksheet" or entry.kind.casefold().endswith("macrosheet")
