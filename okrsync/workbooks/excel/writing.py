"""Edits → what changes in the package: every part's splices worked out before a byte is written."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field

from okrsync.cells import Area, CellValue, quoted
from okrsync.edits import BlockEdit, CellEdit, Edit, Look, MarkEdit, SheetEdit
from okrsync.workbooks.excel.affected import needs_recalculation
from okrsync.workbooks.excel.block import BlockMarks, Place
from okrsync.workbooks.excel.book import Book, DefinedName
from okrsync.workbooks.excel.cells import CellPatch
from okrsync.workbooks.excel.graft import graft
from okrsync.workbooks.excel.looks import Looks
from okrsync.workbooks.excel.markup import Unsplicable
from okrsync.workbooks.excel.package import Changes, Package, SheetEntry
from okrsync.workbooks.excel.sheetparts import SheetPart
from okrsync.workbooks.excel.splices import apply, in_order
from okrsync.workbooks.excel.styles import Styles, empty_styles

CYCLE_NAME = "_okrsync.cycle"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"

ValueAt = Callable[[str, int, int], CellValue]
"""What stands in a cell before the write: sheet, row, column."""


class _SheetWork(Struct):
    """The edits of one sheet of the team's."""

    cells: list[CellEdit] = field(default_factory=list)
    blocks: list[BlockEdit] = field(default_factory=list)


def changes_for(package: Package, edits: Sequence[Edit], value_at: ValueAt) -> Changes:
    """The changes that make the package as the edits say. Raises Unsplicable where that cannot be done safely."""
    changes, book = Changes(), Book(package)
    stylesheet = package.related(package.workbook_part, "styles")
    styles = Styles(empty_styles(package.strict) if stylesheet is None else package.read(stylesheet))
    looks = Looks(styles)
    entries = {entry.name: (index, entry) for index, entry in enumerate(package.sheets())}
    for name, work in _by_sheet(edits).items():
        index, entry = entries.get(name, (0, None))
        _write_sheet(package, book, looks, changes, _place(package, index, name, entry, work, value_at), work)
    for edit in edits:
        if isinstance(edit, SheetEdit):
            graft(package, book, styles, changes, edit)
        elif isinstance(edit, MarkEdit):
            book.set_name(DefinedName(CYCLE_NAME, f'"{edit.cycle}"', None, hidden=True))
    if needs_recalculation(package, book, changes, edits):
        book.full_calc_on_load()
    _save_styles(package, book, styles, stylesheet, changes)
    book.save(changes)
    return changes


def _by_sheet(edits: Iterable[Edit]) -> dict[str, _SheetWork]:
    works: dict[str, _SheetWork] = {}
    for edit in edits:
        if isinstance(edit, CellEdit):
            works.setdefault(edit.at.sheet, _SheetWork()).cells.append(edit)
        elif isinstance(edit, BlockEdit):
            works.setdefault(edit.sheet, _SheetWork()).blocks.append(edit)
    return works


def _place(
    package: Package, index: int, name: str, entry: SheetEntry | None, work: _SheetWork, value_at: ValueAt
) -> Place:
    if entry is None or entry.part is None or entry.kind != "worksheet":
        raise Unsplicable(f"there is no worksheet {quoted(name)}", "run okrsync again.")
    return Place(index, name, entry.part, SheetPart(package.read(entry.part)), _headers(work, value_at))


def _headers(work: _SheetWork, value_at: ValueAt) -> Mapping[tuple[int, int], str]:
    """The texts of our header cells as they will stand, for tables that grow over them."""
    headers: dict[tuple[int, int], CellValue] = {}
    for block in work.blocks:
        row = block.block.header_row
        headers |= {(row, column): value_at(block.sheet, row, column) for column in block.block.columns.values()}
    headers |= {(e.at.row, e.at.column): e.after for e in work.cells if e.look is Look.HEADER}
    return {at: text for at, text in headers.items() if isinstance(text, str)}


def _write_sheet(package: Package, book: Book, looks: Looks, changes: Changes, place: Place, work: _SheetWork) -> None:
    fresh = [_whole(edit) for edit in work.blocks if edit.new]
    splices = CellPatch(place.sheet, looks, fresh).splices(work.cells)
    splices += BlockMarks(package, book, looks.styles, place).splices(work.blocks, changes)
    if splices:
        changes.splices[place.part] = in_order(splices)


def _whole(edit: BlockEdit) -> Area:
    columns = edit.block.columns.values()
    return Area(edit.block.header_row, min(columns), edit.block.last_row, max(columns))


def _save_styles(package: Package, book: Book, styles: Styles, stylesheet: str | None, changes: Changes) -> None:
    """The styles part spliced, or made where the workbook has none."""
    splices = styles.splices()
    if not splices:
        return
    if stylesheet is not None:
        changes.splices[package.find(stylesheet) or stylesheet] = splices
        return
    promised = package.promised(package.workbook_part, "styles")
    if promised is not None:
        changes.added[promised] = apply(styles.data, splices)
        book.add_content_type(promised, STYLES_TYPE)
        return
    folder = posixpath.dirname(package.workbook_part.replace("\\", "/").lstrip("/"))
    part, number = posixpath.join(folder, "styles.xml"), 1
    while package.find(part) is not None:
        part, number = posixpath.join(folder, f"styles{number}.xml"), number + 1
    changes.added[part] = apply(styles.data, splices)
    book.add_relationship("styles", part)
    book.add_content_type(part, STYLES_TYPE)
