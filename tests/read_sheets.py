"""Workbooks drawn as text → a Read: cells between bars, one line per row, `== Name` begins a sheet.

A cell is a number (`45`), text (anything else; `"45"` is text too), `0.45{0%}` with a number format, `@2026-12-31` a
day, `TRUE`, `#DIV/0!` an error, `=?` a formula without a result, `^` merged with the cell above, `<` with the left one.
`\\n` breaks a line. `== Name (hidden)` is a hidden sheet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from okrsync.cells import UNCACHED, Area, CellError, CellValue, Grid
from okrsync.config import Config
from okrsync.edits import Block, Edit, Marks
from okrsync.mapping import Mapping as SheetMapping
from okrsync.model import KeyResult, Objective
from okrsync.normalise import Normalised, normalise
from okrsync.reading import Read

TODAY = date(2026, 11, 25)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FORMATTED = re.compile(r"(-?\d+(?:\.\d+)?)\{(.+)\}")


@dataclass(slots=True)
class DrawnWorkbook:
    """A workbook of drawn sheets."""

    name: str
    grids: dict[str, Grid]
    hidden: list[str] = field(default_factory=list)
    read_only: str | None = None

    def sheet_names(self) -> Sequence[str]:
        return [name for name in self.grids if name not in self.hidden]

    def hidden_sheets(self) -> Sequence[str]:
        return self.hidden

    def all_sheet_names(self) -> Sequence[str]:
        return list(self.grids)

    def read(self, sheet: str) -> Grid:
        return self.grids[sheet]

    def wishes(self) -> Sequence[str]:
        return ()

    def marks(self) -> Marks:
        return Marks()

    def write(self, edits: Sequence[Edit]) -> None:
        raise AssertionError("nothing is written here")


def drawn(
    text: str,
    *,
    name: str = "team.xlsx",
    marks: Marks | None = None,
    blocks: Mapping[str, tuple[Block, ...]] | None = None,
    own_sheets: frozenset[str] = frozenset(),
    mappings: tuple[SheetMapping, ...] = (),
) -> Read:
    """The workbook a text draws, as reading.py hands it over."""
    workbook = DrawnWorkbook(name, {})
    for title, lines in _sheets(text):
        bare = title.removesuffix(" (hidden)")
        workbook.grids[bare] = _grid(bare, lines)
        if bare != title:
            workbook.hidden.append(bare)
    grids = {sheet: workbook.grids[sheet] for sheet in workbook.sheet_names()}
    return Read(workbook, grids, marks or Marks(), blocks or {}, own_sheets, mappings)


def grid(text: str) -> Grid:
    """The only sheet a text draws."""
    (one,) = drawn(text).grids.values()
    return one


def normalised(text: str, config: Config | None = None, cycle: str | None = None) -> Normalised:
    """The OKRs of a drawn workbook on the 25th of November 2026."""
    return normalise([drawn(text)], config or Config(), TODAY, cycle)


def objectives(text: str) -> tuple[Objective, ...]:
    """The objectives of a drawn workbook."""
    return normalised(text).okrs.objectives


def key_result(text: str) -> KeyResult:
    """The only key result of a drawn workbook."""
    ((_, only),) = normalised(text).okrs.key_results()
    return only


def raised(text: str) -> list[str]:
    """The codes raised while reading a drawn workbook, with the cell where there is one; not the assumed cycle."""
    found = [r for r in normalised(text).raised if r.code != "IN010"]
    return [f"{r.code} {r.hit.at if isinstance(r.hit.at, str) else r.hit.at.a1}" for r in found]


def _sheets(text: str) -> list[tuple[str, list[str]]]:
    sheets: list[tuple[str, list[str]]] = []
    for line in text.strip("\n").splitlines():
        if line.strip().startswith("== "):
            sheets.append((line.strip()[3:].strip(), []))
        else:
            if not sheets:
                sheets.append(("Sheet1", []))
            sheets[-1][1].append(line)
    return sheets


def _grid(name: str, lines: list[str]) -> Grid:
    cells = [[cell.strip() for cell in line.strip().split("|")] for line in lines]
    formats: dict[int, dict[int, str]] = defaultdict(dict)
    rows: list[list[CellValue]] = []
    for i, texts in enumerate(cells, 1):
        row: list[CellValue] = []
        for j, text in enumerate(texts, 1):
            formatted = _FORMATTED.fullmatch(text)
            if formatted is not None:
                formats[j][i] = formatted[2]
            row.append(_value(formatted[1] if formatted is not None else text))
        rows.append(row)
    return Grid(name, rows, merges=_merges(cells), formats_of=lambda column: formats.get(column, {}))


def _value(text: str) -> CellValue:
    if text in ("", "^", "<"):
        return None
    if _NUMBER.fullmatch(text):
        return float(text)
    if text in ("TRUE", "FALSE"):
        return text == "TRUE"
    if text == "=?":
        return UNCACHED
    if text.startswith("#") and text.endswith(("!", "?", "/A")):
        return CellError(text)
    if re.fullmatch(r"@\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text[1:])
    return text.strip('"').replace("\\n", "\n")


def _merges(cells: list[list[str]]) -> tuple[Area, ...]:
    found: list[Area] = []
    for i, row in enumerate(cells):
        for j, text in enumerate(row):
            if text in ("^", "<"):
                continue
            right, bottom = j, i
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(cells) and j < len(cells[bottom + 1]) and cells[bottom + 1][j] == "^":
                bottom += 1
            if (right, bottom) != (j, i):
                found.append(Area(i + 1, j + 1, bottom + 1, right + 1))
    return tuple(found)
