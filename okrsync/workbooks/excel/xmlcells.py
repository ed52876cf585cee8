"""The cells of a sheet part read by an XML parser: whatever its form, as long as it is XML."""

from __future__ import annotations

import re
from collections.abc import Mapping

from okrsync.cells import CellValue, column_number
from okrsync.workbooks.excel.meaning import Meaning, nothing_stored
from okrsync.workbooks.excel.sheetcells import SheetCells
from okrsync.workbooks.excel.xmltext import Attributes, BrokenPart, parse, plain, run_text
from okrsync.workbooks.rowstack import LAST_COLUMN, LAST_ROW, stacked

_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_SPACE = "http://www.w3.org/XML/1998/namespace space"


def parsed(data: bytes, meaning: Meaning) -> SheetCells:
    """The cells of a sheet part in UTF-8."""
    cells = _Cells(meaning)
    parse(data, cells.start, cells.end, cells.text)
    top, left, rows = stacked(cells.values)
    bottom = top + len(rows) - 1

    def formats_of(column: int) -> Mapping[int, str]:
        return {row: code for row, code in cells.formats.get(column, {}).items() if row <= bottom}

    def formulas_of(column: int) -> frozenset[int]:
        return frozenset(cells.formulas.get(column, ()))

    shut = frozenset(number for number in cells.hidden if number <= bottom)
    return SheetCells(top, left, rows, shut, formats_of, formulas_of)


class _Cells:
    """What the parser has met so far. A row or cell without a number follows the one before it."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self.values: dict[int, dict[int, CellValue]] = {}
        self.hidden: set[int] = set()
        self.formats: dict[int, dict[int, str]] = {}
        self.formulas: dict[int, set[int]] = {}
        self._row = self._column = 0
        self._type, self._xf = "n", 0
        self._formula = self._stored = self._preserved = False
        self._path: list[str] = []
        self._unread = 0  # how deep within something that is not read: fallbacks, kana, extensions
        self._heard: list[str] = []
        self._runs: list[str] = []

    def start(self, name: str, said: Attributes) -> None:
        """An element opens."""
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if self._unread or name in (_FALLBACK, "rPh", "extLst"):
            self._unread += 1
        elif name == "row":
            self._open_row(said)
        elif name == "c":
            self._open_cell(said)
        elif parent == "c" and name == "f":
            self._formula = True
        elif parent == "c" and name == "v":
            self._stored, self._heard = True, []
        elif name == "t":
            self._preserved, self._heard = said.get(_SPACE) == "preserve", []

    def text(self, text: str) -> None:
        """Text within the element that is open."""
        if not self._unread and self._path[-1] in ("v", "t"):
            self._heard.append(text)

    def end(self, name: str) -> None:
        """An element closes."""
        self._path.pop()
        if self._unread:
            self._unread -= 1
        elif name == "c":
            self._close_cell()
        elif name == "t":
            self._runs.append(run_text("".join(self._heard), self._preserved))
        elif name == "v":
            self._runs = [plain("".join(self._heard))]

    def _open_row(self, said: Attributes) -> None:
        number = said.get("r", "").strip()
        self._row = int(number) if number.isascii() and number.isdigit() else self._row + 1
        self._column = 0
        if not 0 < self._row <= LAST_ROW:
            raise BrokenPart(f"it has a row {self._row}, and sheets end at row {LAST_ROW:,}")
        if said.get("hidden", "").strip().lower() in ("1", "true"):
            self.hidden.add(self._row)

    def _open_cell(self, said: Attributes) -> None:
        self._column += 1
        ref = said.get("r")
        if ref is not None:
            found = _REF.fullmatch(ref.strip())
            if found is None:
                raise BrokenPart(f'it has a cell at "{ref[:20]}", which is no place in a sheet')
            self._column, self._row = column_number(found[1]), int(found[2])
        if not (0 < self._column <= LAST_COLUMN and 0 < self._row <= LAST_ROW):
            raise BrokenPart("it has a cell beyond the last row or column a sheet can have")
        xf = said.get("s", "").strip()
        self._type, self._xf = said.get("t", "n"), int(xf) if xf.isascii() and xf.isdigit() else 0
        self._formula = self._stored = False
        self._runs = []

    def _close_cell(self) -> None:
        row, column = self._row, self._column
        if self._formula:
            self.formulas.setdefault(column, set()).add(row)
        code = self._meaning.code(self._xf)
        if code != "General":
            self.formats.setdefault(column, {})[row] = code
        text = "".join(self._runs)
        if text and self._type == "inlineStr":
            value: CellValue = text
        elif text:
            value = self._meaning.converter(self._type, self._xf)(text)
        else:
            value = nothing_stored(self._type, self._formula, self._stored)
        if value is not None:
            self.values.setdefault(row, {})[column] = value
