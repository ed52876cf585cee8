"""Real workbooks on disk for tests of the whole flow: drawn, changed as people and programs change them, and synced."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any  # JSON as it comes

import xlsxwriter

from okrsync.cells import CellValue
from okrsync.cli import main
from okrsync.config import Limits
from okrsync.workbooks.excel.grid import read_sheets
from okrsync.workbooks.excel.marks import defined_names
from okrsync.workbooks.excel.package import Package
from tests.drawn import drawn

if TYPE_CHECKING:
    from openpyxl import Workbook

DAY = "2026-11-20"
TEAM = """
    Objective       | Key result                            | Owner | Baseline | Target | Current
    Ship faster     | Shorten deploys from 45 to 30 minutes | Ana   | 45       | 30     | 38
    Ship faster     | Raise weekly releases from 2 to 10    | Ben   | 2        | 10     | 3
    Happy customers | Raise NPS from 30 to 50               | Cem   | 30       | 50     | 40
"""
OURS = "GHIJK"
"""Where our five columns stand beside TEAM."""
FOUR = "GHIJ"
"""Those of them that hold SYNCED; what the gaps column says is the checks' affair."""
SYNCED = """
    Progress | Score    | Status    | Expected today
    0.466667 | 0.466667 | on track  | 0.55
    0.125    | 0.125    | off track | 0.55
    0.5      | 0.5      | on track  | 0.55
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has run: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What `--json` printed."""
        return json.loads(self.out)


def okrsync(*args: str | Path, day: str | None = DAY) -> Ran:
    """The command run in the folder of the first workbook it names; `day` None: without --today."""
    out, err = io.StringIO(), io.StringIO()
    folder = next((arg.parent for arg in args if isinstance(arg, Path)), Path())
    scored = () if args[0] == "undo" or day is None else ("--today", day)
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*map(str, args), *scored])
    return Ran(code, out.getvalue(), err.getvalue())


def synced(path: Path, *options: str, day: str = DAY) -> list[str]:
    """Syncs a workbook, which must succeed: the edits, as lines `'Q4'!G2: blank → 0.47`."""
    planned = edits(path, *options, day=day)
    ran = okrsync("sync", path, *options, day=day)
    assert ran.code == 0, ran.err
    return planned


def edits(path: Path, *options: str, day: str = DAY) -> list[str]:
    """The edits a sync would make, as the dry run prints them."""
    ran = okrsync("sync", path, "--dry-run", *options, day=day)
    assert ran.code == 0, ran.err
    return [line.strip() for line in ran.out.splitlines() if line.startswith("  '")]


def drawn_workbook(path: Path, sheets: Mapping[str, str] | str = TEAM) -> Path:
    """A workbook with these drawings as its sheets; a lone drawing is the sheet Q4."""
    with written(path) as book:
        for name, drawing in ({"Q4": sheets} if isinstance(sheets, str) else sheets).items():
            write_drawing(book.add_worksheet(name), drawing)
    return path


def padded(drawing: str) -> list[list[CellValue]]:
    """The rows of a drawing, each as wide as the first."""
    rows = drawn(drawing)
    return [[*row, *[None] * (len(rows[0]) - len(row))] for row in rows]


@contextlib.contextmanager
def written(path: Path, **options: object) -> Iterator[xlsxwriter.Workbook]:
    """A workbook that XlsxWriter makes. Its wish to be recalculated is taken off: ours must be seen."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, **options}) as book:
        yield book
    edited(path, {"xl/workbook.xml": lambda part: part.replace(b' fullCalcOnLoad="1"', b"")})


def write_drawing(sheet: xlsxwriter.worksheet.Worksheet, drawing: str, top: int = 1, style: object = None) -> None:
    """The drawing's cells, from a row on."""
    for row, cells in enumerate(drawn(drawing), top - 1):
        for column, value in enumerate(cells):
            if value is not None:
                sheet.write(row, column, value, style)


@contextlib.contextmanager
def people(path: Path) -> Iterator[Workbook]:
    """The workbook opened in another program (openpyxl), changed there, and saved over."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of every extension that it drops
        book = openpyxl.load_workbook(path)
        yield book
        book.save(path)
        book.close()


def members(path: Path) -> dict[str, bytes]:
    """Every member of the zip, inflated."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(path: Path, changes: Mapping[str, Callable[[bytes], bytes]], **added: bytes) -> None:
    """The zip with some members changed, as a careful program such as Excel would leave it."""
    content = {name: changes.get(name, bytes)(data) for name, data in members(path).items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (content | added).items():
            archive.writestr(name, data)


def holding(content: bytes) -> Callable[[Path], None]:
    """What puts other bytes into a file."""

    def change(path: Path) -> None:
        path.write_bytes(content)

    return change


def part_of(path: Path, sheet: str) -> str:
    """The member that holds a sheet."""
    return next(
        entry.part
        for entry in Package(path.name, path.read_bytes(), Limits()).sheets()
        if entry.name == sheet and entry.part is not None
    )


def sheet_names(path: Path) -> list[str]:
    """The sheets in their order."""
    return list(_read(path))


def cells(path: Path, sheet: str = "Q4", columns: str | None = None) -> list[list[CellValue]]:
    """The sheet's values; `columns` picks some by their letters (one letter each)."""
    grid = _read(path)[sheet]
    width = range(1, grid.right + 1) if columns is None else [ord(letter) - 64 for letter in columns]
    return [[grid.value(row, column) for column in width] for row in range(1, grid.bottom + 1)]


def texts(path: Path, sheet: str) -> list[str]:
    """Every text of a sheet."""
    return [value for row in cells(path, sheet) for value in row if isinstance(value, str)]


def _read(path: Path) -> Mapping[str, Any]:
    return read_sheets(path.name, path.read_bytes(), Limits())


def names_of(path: Path) -> dict[str, str]:
    """The defined names that are ours and belong to a sheet: `Q4!progress.1` → what it refers to."""
    package = Package(path.name, path.read_bytes(), Limits())
    sheets = [entry.name for entry in package.sheets()]
    return {
        f"{sheets[name.sheet]}!{name.name.removeprefix('_okrsync.')}": name.text
        for name in defined_names(package.read(package.workbook_part))
        if name.sheet is not None and name.name.startswith("_okrsync.")
    }
