"""The adapter of .xlsx and .xlsm: sheets read as Grids, and edits spliced in, proved and only then put in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from okrsync.cells import CellValue, Grid, quoted
from okrsync.config import Limits
from okrsync.edits import CellEdit, Edit, Marks, SheetEdit
from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.blocking import STRUCTURE_PROTECTED, blocked_because, warnings_of
from okrsync.workbooks.excel.grid import SheetReader, read_sheets
from okrsync.workbooks.excel.marks import read_marks
from okrsync.workbooks.excel.markup import Unsplicable
from okrsync.workbooks.excel.package import Changes, Package, SheetEntry
from okrsync.workbooks.excel.proof import prove
from okrsync.workbooks.excel.readback import Differs, read_back
from okrsync.workbooks.excel.writing import changes_for
from okrsync.workbooks.files import Keep, refuse_changed, refuse_locked, replace_file


class ExcelWorkbook:
    """One .xlsx or .xlsm file. It is read once; everything works on those bytes until a write replaces them."""

    def __init__(self, path: Path, name: str, limits: Limits, keep: Keep | None = None) -> None:
        self._path = path
        self._name = name
        self._limits = limits
        self._keep = keep
        self._written: bytes | None = None
        self._open(Package.open(path, name, limits))

    def _open(self, package: Package) -> None:
        self._opened = package
        self._reader = SheetReader(package)
        self._grids: dict[str, Grid] = {}

    @property
    def _package(self) -> Package:
        """The package; after a write the one that was written, opened only if somebody asks for it."""
        if self._written is not None:
            written, self._written = self._written, None
            self._open(Package(self._name, written, self._limits))
        return self._opened

    # --- reading ----------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The workbook as people know it."""
        return self._name

    @property
    def read_only(self) -> str | None:
        """None: this kind of workbook can be written."""
        return None

    def sheet_names(self) -> Sequence[str]:
        """Visible worksheets, in their order."""
        return tuple(entry.name for entry in self._worksheets() if entry.state == "visible")

    def hidden_sheets(self) -> Sequence[str]:
        """Hidden and very hidden worksheets, in their order."""
        return tuple(entry.name for entry in self._worksheets() if entry.state != "visible")

    def all_sheet_names(self) -> Sequence[str]:
        """Sheets of every kind, in their order: the names that are taken."""
        return tuple(entry.name for entry in self._package.sheets())

    def read(self, sheet: str) -> Grid:
        """The sheet's values; the same Grid whenever it is asked for."""
        if sheet not in self._grids:
            entry = next((entry for entry in self._worksheets() if entry.name == sheet), None)
            if entry is None:
                has = ", ".join(quoted(name) for name in self.sheet_names())
                raise WorkbookError(
                    self._name, f"no sheet {quoted(sheet)} (it has: {has})", "correct the sheet's name."
                )
            self._grids[sheet] = self._reader.read(entry)
        return self._grids[sheet]

    def wishes(self) -> Sequence[str]:
        """What its people ask of those who would change it, and do not forbid."""
        return warnings_of(self._package)

    def marks(self) -> Marks:
        """What earlier runs of ours left here, found by hidden names."""
        return read_marks(self._package)

    def _worksheets(self) -> list[SheetEntry]:
        return [entry for entry in self._package.sheets() if entry.kind == "worksheet" and entry.part is not None]

    # --- writing ----------------------------------------------------------------------------------------------------

    def write(self, edits: Sequence[Edit]) -> None:
        """All edits or none, touching nothing else; no edits: the file is not touched.

        The new bytes are proved to be the old ones with exactly these changes, and read back, before anything is
        replaced.
        """
        if not edits:
            return
        self._refuse_blocked(edits)
        refuse_locked(self._path, self._name)
        changes = self._changes(edits)
        if changes == Changes():
            return
        result = self._package.rebuilt(changes)
        if result == self._package.data:  # a run that changes no byte is no run, and must not push a backup out
            return
        prove(self._package, changes, result)
        del changes  # as large as the edits; reading back needs the room
        self._package.forget()
        self._read_back(edits, result)
        self._replace(result)
        self._grids, self._written = {}, result

    def _replace(self, result: bytes) -> None:
        """Puts the new bytes in place, the old ones backed up; a backup of what was not replaced is no run."""
        before = self._package.data
        refuse_locked(self._path, self._name)  # somebody may have opened it meanwhile
        refuse_changed(self._path, self._name, before)
        forget = self._keep(self._path, before, result) if self._keep is not None else None
        try:
            replace_file(self._path, self._name, result, expected=before)
        except BaseException:
            if forget is not None:
                forget()
            raise

    def _refuse_blocked(self, edits: Sequence[Edit]) -> None:
        adds = any(isinstance(edit, SheetEdit) and edit.replaces is None for edit in edits)
        for problem, fix in blocked_because(self._package).items():
            if problem != STRUCTURE_PROTECTED or adds:
                raise WorkbookError(self._name, problem, fix)

    def _changes(self, edits: Sequence[Edit]) -> Changes:
        """The splices, refused in words where a part is built as no program builds it."""
        try:
            return changes_for(self._package, edits, self._value_at)
        except Unsplicable as error:
            raise WorkbookError(self._name, error.problem, error.fix) from error
        except (ValueError, LookupError, RecursionError) as error:
            raise WorkbookError(
                self._name,
                f"one of its parts is built in a way okrsync does not understand ({error}); nothing was written",
                "open the workbook in Excel, save it there, and run okrsync again.",
            ) from error

    def _value_at(self, sheet: str, row: int, column: int) -> CellValue:
        return self.read(sheet).value(row, column)

    def _read_back(self, edits: Sequence[Edit], result: bytes) -> None:
        """Another reader's look at the new bytes: the cells we meant, and every other as it was."""
        cells = [edit for edit in edits if isinstance(edit, CellEdit)]
        touched = {sheet: self.read(sheet) for sheet in {edit.at.sheet for edit in cells}}
        own = {edit.sheet: edit.content for edit in edits if isinstance(edit, SheetEdit)}
        try:
            read_back(self._package.data, result, touched, cells, self._sheets_after(edits), self._read_all, own)
        except Differs as error:
            raise WorkbookError(
                self._name,
                f"the proof failed: {error}; nothing was written",
                "run okrsync again; if it happens again, report it, with the workbook if you may share it.",
            ) from error

    def _sheets_after(self, edits: Sequence[Edit]) -> list[str]:
        """The names of the worksheets once the edits are made."""
        sheets = [edit for edit in edits if isinstance(edit, SheetEdit)]
        renamed = {edit.replaces: edit.sheet for edit in sheets if edit.replaces is not None}
        names = [renamed.get(entry.name, entry.name) for entry in self._worksheets()]
        return names + [edit.sheet for edit in sheets if edit.replaces is None]

    def _read_all(self, data: bytes) -> Mapping[str, Grid]:
        return read_sheets(self._name, data, self._limits)
