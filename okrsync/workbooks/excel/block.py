"""Our columns beside a table: their hidden names, conditional formats, widths, and the filter or table they join."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from okrsync.cells import Area, column_letters, quoted
from okrsync.edits import Block, BlockEdit, Role
from okrsync.workbooks.excel.book import Book, DefinedName
from okrsync.workbooks.excel.conditional import ConditionalFormats
from okrsync.workbooks.excel.package import Changes, Package
from okrsync.workbooks.excel.sheetparts import SheetPart, area_of
from okrsync.workbooks.excel.splices import Splice
from okrsync.workbooks.excel.styles import Styles
from okrsync.workbooks.excel.tables import TablePart

WIDTHS = {Role.PROGRESS: 10.7, Role.SCORE: 9.7, Role.STATUS: 13.7, Role.EXPECTED: 10.7, Role.GAPS: 36.7}

FILTER_NAME = "_xlnm._FilterDatabase"

_OUR_NAME = re.compile(r"_okrsync\.([a-z]+)\.([0-9]+)", re.IGNORECASE)


class Place(Struct, frozen=True):
    """The sheet that is being worked on: its index among all sheets, its name, its part and what stands in it.

    `headers` are texts of cells by (row, column) as they will stand after the write.
    """

    index: int
    name: str
    part: str
    sheet: SheetPart
    headers: Mapping[tuple[int, int], str]


class BlockMarks:
    """Puts block edits of one sheet into effect, everything but the cells."""

    def __init__(self, package: Package, book: Book, styles: Styles, place: Place) -> None:
        self._package = package
        self._book = book
        self._styles = styles
        self._place = place

    def splices(self, edits: Sequence[BlockEdit], changes: Changes) -> list[Splice]:
        """The splices of the sheet part; table parts go into `changes`, names into the book."""
        sheet = self._place.sheet
        splices: list[Splice] = []
        for edit in edits:
            self._name(edit)
            if edit.join:
                splices += self._join_filter(edit)
                self._join_tables(edit, changes)
        widths = {column: WIDTHS[role] for e in edits if e.new for role, column in e.block.columns.items()}
        if widths:
            splices += sheet.set_widths(widths)
        if not edits:
            return splices
        return splices + ConditionalFormats(sheet, self._styles).splices(edits)

    # --- names ------------------------------------------------------------------------------------------------------

    def _name(self, edit: BlockEdit) -> None:
        """Names every column of the block; a block that has its names keeps their number."""
        numbered = self._numbered()
        block = edit.block
        same = next((n for n, columns in numbered.items() if _same_block(columns, block)), None)
        left = (n for n, columns in numbered.items() if _stands_in(columns, edit) or not any(columns.values()))
        number = same or next(left, max(numbered, default=0) + 1)
        for role, column in block.columns.items():
            letters = column_letters(column)
            text = f"{quoted(edit.sheet)}!${letters}${block.header_row}:${letters}${block.last_row}"
            self._book.set_name(DefinedName(f"_okrsync.{role.value}.{number}", text, self._place.index, True))
        for gone in numbered.get(number, {}).keys() - block.columns.keys():
            self._drop(number, gone)
        for other, columns in numbered.items():
            if other != number and (_stands_in(columns, edit) or (edit.new and not any(columns.values()))):
                for old in columns:
                    self._drop(other, old)

    def _drop(self, number: int, role: str) -> None:
        self._book.drop_name(f"_okrsync.{role}.{number}", self._place.index)

    def _numbered(self) -> dict[int, dict[str, Area | None]]:
        """Our names on this sheet: number → role → area, None where the columns are gone."""
        found: dict[int, dict[str, Area | None]] = {}
        for name in self._book.names():
            ours = _OUR_NAME.fullmatch(name.name)
            if ours is not None and name.sheet == self._place.index:
                found.setdefault(int(ours[2]), {})[ours[1].lower()] = area_of(name.text.rpartition("!")[2])
        return found

    # --- joining ----------------------------------------------------------------------------------------------------

    def _join_filter(self, edit: BlockEdit) -> Iterator[Splice]:
        """The sheet's filter and the hidden name that mirrors it, grown over our columns."""
        sheet = self._place.sheet
        element = sheet.child("autoFilter")
        area = area_of((element.get("ref") or "") if element is not None else "")
        if area is None or not area.meets(edit.table):
            return
        right = max(edit.block.columns.values())
        yield from sheet.grow_filter(right)
        for name in self._book.names():
            if name.name.casefold() == FILTER_NAME.casefold() and name.sheet == self._place.index:
                prefix, _, ref = name.text.rpartition("!")
                old = area_of(ref)
                if old is not None and old.right < right:
                    first, last = column_letters(old.left), column_letters(right)
                    text = f"{prefix}!${first}${old.top}:${last}${old.bottom}"
                    self._book.set_name(DefinedName(name.name, text, name.sheet, name.hidden))

    def _join_tables(self, edit: BlockEdit, changes: Changes) -> None:
        """The Excel table of the team's table, grown where our columns follow on."""
        for relationship in self._package.relationships(self._place.part):
            if relationship.type != "table" or relationship.target is None:
                continue
            table = TablePart(self._package.read(relationship.target))
            headers = self._headers_beyond(table.area, edit)
            if headers:
                changes.splices[relationship.target] = table.grown(headers)

    def _headers_beyond(self, area: Area | None, edit: BlockEdit) -> list[str]:
        """The header texts of our columns right of an Excel table, empty where it must not grow over them."""
        if area is None or not area.meets(edit.table):
            return []
        columns = sorted(column for column in edit.block.columns.values() if column > area.right)
        if columns != list(range(area.right + 1, area.right + 1 + len(columns))):
            return []
        headers = [self._place.headers.get((area.top, column), "") for column in columns]
        return headers if all(headers) else []


def _same_block(columns: Mapping[str, Area | None], block: Block) -> bool:
    """Whether names stand for a block: one of its columns starts at its header."""
    return any(
        area is not None and area.left == block.columns.get(Role(role)) and area.top == block.header_row
        for role, area in columns.items()
        if role in set(Role)
    )


def _stands_in(columns: Mapping[str, Area | None], edit: BlockEdit) -> bool:
    """Whether names lie over a table or its block that are not the block's: a program moved cells, and left them."""
    block = edit.block
    ours = [Area(block.header_row, column, block.last_row, column) for column in block.columns.values()]
    return any(area is not None and any(area.meets(each) for each in [edit.table, *ours]) for area in columns.values())
