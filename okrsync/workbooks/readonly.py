"""A workbook of a kind that is only read: its sheets, read when they are asked for, and a plain no to every write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field

from okrsync.cells import Grid, quoted
from okrsync.edits import Edit, Marks
from okrsync.errors import WorkbookError


class ReadOnlyWorkbook(Struct):
    """Sheets of a file that okrsync does not write. `sheets` are the visible and hidden worksheets in their order."""

    name: str
    read_only: str | None
    sheets: Mapping[str, Callable[[], Grid]]
    hidden: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    _grids: dict[str, Grid] = field(default_factory=dict)

    def sheet_names(self) -> Sequence[str]:
        """Visible worksheets, in their order."""
        return tuple(name for name in self.sheets if name not in self.hidden)

    def hidden_sheets(self) -> Sequence[str]:
        """Hidden worksheets, in their order."""
        return tuple(name for name in self.sheets if name in self.hidden)

    def all_sheet_names(self) -> Sequence[str]:
        """Every name that is taken."""
        return (*self.sheets, *self.others)

    def read(self, sheet: str) -> Grid:
        """The sheet's values; the same Grid whenever it is asked for."""
        if sheet not in self._grids:
            if sheet not in self.sheets:
                has = ", ".join(map(quoted, self.sheet_names()))
                raise WorkbookError(self.name, f"no sheet {quoted(sheet)} (it has: {has})", "correct the sheet's name.")
            self._grids[sheet] = self.sheets[sheet]()
        return self._grids[sheet]

    def wishes(self) -> Sequence[str]:
        """None: this kind of workbook has no way to say them."""
        return ()

    def marks(self) -> Marks:
        """Nothing: okrsync never wrote here."""
        return Marks()

    def write(self, edits: Sequence[Edit]) -> None:
        """Refused, unless there is nothing to write."""
        if edits:
            raise WorkbookError(
                self.name,
                f"it is {self.read_only}, which okrsync only reads; nothing was written",
                "open it in Excel or LibreOffice, save it as .xlsx, and name that file.",
            )
