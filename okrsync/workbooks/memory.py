"""A workbook that lives in memory: the whole flow runs on it without a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from okrsync.cells import Area, CellValue, Grid, quoted
from okrsync.edits import Block, BlockEdit, CellEdit, Edit, MarkEdit, Marks, OwnSheet, SheetEdit
from okrsync.errors import WorkbookError
from okrsync.owncontent import width
from okrsync.workbooks.rowstack import laid_out

Rows = Sequence[Sequence[CellValue | int]]


def grid(sheet: str, rows: Rows) -> Grid:
    """Rows from A1 on as a Grid: whole numbers become float, empty texts blanks, what is blank at the ends goes."""
    return laid_out(sheet, ([_value(value) for value in row] for row in rows))


def _value(value: CellValue | int) -> CellValue:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


@dataclass(slots=True)
class _State:
    """What a write replaces as a whole."""

    grids: dict[str, Grid]
    marks: Marks


@dataclass(slots=True)
class MemoryWorkbook:
    """Sheets by name, given as rows or as whole Grids. `hidden` are names of hidden sheets, `others` no worksheets.

    `written` are the edits of every write so far.
    """

    name: str
    sheets: Mapping[str, Rows | Grid]
    hidden: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    read_only: str | None = None
    found: Marks = field(default_factory=Marks)
    written: list[tuple[Edit, ...]] = field(default_factory=list)
    _state: _State = field(init=False)

    def __post_init__(self) -> None:
        grids = {name: sheet if isinstance(sheet, Grid) else grid(name, sheet) for name, sheet in self.sheets.items()}
        self._state = _State(grids, self.found)

    def sheet_names(self) -> Sequence[str]:
        """Visible sheets, in their order."""
        return tuple(name for name in self._state.grids if name not in self.hidden)

    def hidden_sheets(self) -> Sequence[str]:
        """Hidden sheets, in their order."""
        return tuple(name for name in self._state.grids if name in self.hidden)

    def all_sheet_names(self) -> Sequence[str]:
        """Every name that is taken."""
        return (*self._state.grids, *self.others)

    def read(self, sheet: str) -> Grid:
        """The sheet's Grid."""
        try:
            return self._state.grids[sheet]
        except KeyError:
            has = ", ".join(quoted(name) for name in self.sheet_names())
            raise WorkbookError(
                self.name, f"no sheet {quoted(sheet)} (it has: {has})", "correct the sheet's name."
            ) from None

    def wishes(self) -> Sequence[str]:
        """None: this kind of workbook has no way to say them."""
        return ()

    def marks(self) -> Marks:
        """What earlier writes left."""
        return self._state.marks

    def write(self, edits: Sequence[Edit]) -> None:
        """All edits or none."""
        if not edits:
            return
        if self.read_only is not None:
            raise WorkbookError(self.name, f"it is {self.read_only}, which is only read", "save it as .xlsx.")
        state = _State(dict(self._state.grids), self._state.marks)
        for edit in edits:
            self._apply(edit, state)
        self._state = state
        self.written.append(tuple(edits))

    def _apply(self, edit: Edit, state: _State) -> None:
        if isinstance(edit, CellEdit):
            state.grids[edit.at.sheet] = self._with_cell(self._standing(edit.at.sheet, state), edit)
        elif isinstance(edit, BlockEdit):
            state.grids[edit.sheet] = _joined(self._standing(edit.sheet, state), edit)
            state.marks = _marked(state.marks, edit)
        elif isinstance(edit, SheetEdit):
            self._put_sheet(edit, state)
        elif isinstance(edit, MarkEdit):
            state.marks = replace(state.marks, cycle=edit.cycle)

    def _standing(self, sheet: str, state: _State) -> Grid:
        if sheet not in state.grids:
            raise WorkbookError(self.name, f"no sheet {quoted(sheet)}", "correct the sheet's name.")
        return state.grids[sheet]

    def _with_cell(self, standing: Grid, edit: CellEdit) -> Grid:
        if standing.value(edit.at.row, edit.at.column) != edit.before:
            raise WorkbookError(
                str(edit.at), "changed while we were working; nothing was written", "run okrsync again."
            )
        cells = {(row, column): value for row, column, value in standing.filled()}
        cells[edit.at.row, edit.at.column] = edit.after
        bottom = max(row for row, _ in cells)
        right = max(column for _, column in cells)
        rows = [[cells.get((row, column)) for column in range(1, right + 1)] for row in range(1, bottom + 1)]
        made = grid(standing.sheet, rows)
        return replace(standing, rows=made.rows, top=made.top, left=made.left)

    def _put_sheet(self, edit: SheetEdit, state: _State) -> None:
        made = grid(edit.sheet, [[cell.value for cell in row] for row in edit.content.rows])
        if edit.replaces is None:
            if edit.sheet.casefold() in {name.casefold() for name in (*state.grids, *self.others)}:
                raise WorkbookError(self.name, f"a sheet {quoted(edit.sheet)} exists already", "rename that sheet.")
            state.grids[edit.sheet] = made
        else:
            self._standing(edit.replaces, state)
            state.grids = {
                edit.sheet if name == edit.replaces else name: made if name == edit.replaces else standing
                for name, standing in state.grids.items()
            }
        sheets = {
            **state.marks.sheets,
            edit.kind: OwnSheet(edit.sheet, area=Area(1, 1, len(edit.content.rows), width(edit.content))),
        }
        state.marks = replace(state.marks, sheets=sheets)


def _marked(marks: Marks, edit: BlockEdit) -> Marks:
    """The marks with a block in the place of the one it was before, if it was."""
    columns = set(edit.block.columns.values())
    others: list[Block] = [
        block
        for block in marks.blocks.get(edit.sheet, ())
        if block.header_row != edit.block.header_row or not columns & set(block.columns.values())
    ]
    blocks = (*others, replace(edit.block, marked=True))
    return replace(marks, blocks={**marks.blocks, edit.sheet: blocks})


def _joined(standing: Grid, edit: BlockEdit) -> Grid:
    """The sheet with its filter and the table's Excel table grown over our columns, where the edit says so."""
    if not edit.join:
        return standing
    right = max(edit.block.columns.values())
    grown = standing.filter
    if grown is not None and grown.meets(edit.table):
        grown = _wider(grown, right)
    tables = tuple(
        replace(table, area=_wider(table.area, right)) if table.area.meets(edit.table) else table
        for table in standing.tables
    )
    return replace(standing, filter=grown, tables=tables)


def _wider(area: Area, right: int) -> Area:
    return replace(area, right=max(area.right, right))
