"""Every table of every workbook read → its OKRs; what was left out, and what had to be assumed, is raised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from okrsync.cells import Grid
from okrsync.config import Config
from okrsync.errors import OkrSyncError
from okrsync.findings import Raised
from okrsync.layout.detect import Found
from okrsync.layout.sheets import Sheets, relate, tables_of
from okrsync.mapping import Table
from okrsync.model import Cycle, Objective, OkrSet
from okrsync.normalise.assembly import Assembler
from okrsync.normalise.building import complete
from okrsync.normalise.joining import Part, joined
from okrsync.normalise.periods import Calendar, whose
from okrsync.normalise.rows import LeftOut
from okrsync.normalise.together import Together
from okrsync.normalise.unfolding import unfolded
from okrsync.normalise.unread import left_out, looked_for, of_workbook
from okrsync.reading import Read


class Normalised(Struct, frozen=True):
    """`tables` in reading order; `without`: workbooks in which no OKRs were found, with what was looked for.

    `failures`: workbooks whose given mapping does not fit; the others have been read.
    """

    okrs: OkrSet
    tables: tuple[Table, ...]
    raised: tuple[Raised, ...]
    without: tuple[tuple[str, str], ...] = ()
    failures: tuple[OkrSyncError, ...] = ()


class _Gathered(Struct):
    """What has been read so far."""

    objectives: list[Objective] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    raised: list[Raised] = field(default_factory=list)
    without: list[tuple[str, str]] = field(default_factory=list)
    failures: list[OkrSyncError] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    noted: set[Raised] = field(default_factory=set)


def normalise(reads: Sequence[Read], config: Config, today: date, cycle: str | None = None) -> Normalised:
    """The OKRs of all workbooks read. `cycle`, from the command line, is the default where a sheet names none."""
    gathered = _Gathered()
    calendar = Calendar(today, config.cycle.fiscal_year_start, (cycle, config.cycle.name))
    found: list[tuple[Read, Sheets]] = []
    for read in reads:
        try:
            found.append((read, tables_of(read)))
        except OkrSyncError as error:
            gathered.failures.append(error)
    relate([(read.name, sheets) for read, sheets in found])
    for read, sheets in found:
        _read_workbook(read, sheets, calendar, gathered)
    return _together(gathered)


def _together(gathered: _Gathered) -> Normalised:
    gone = joined(gathered.parts)
    okrs = OkrSet.model_construct(objectives=tuple(each for each in gathered.objectives if id(each) not in gone))
    return Normalised(
        okrs, tuple(gathered.tables), tuple(gathered.raised), tuple(gathered.without), tuple(gathered.failures)
    )


def _read_workbook(read: Read, sheets: Sheets, calendar: Calendar, gathered: _Gathered) -> None:
    before = len(gathered.objectives)
    many_sheets = len(sheets.names()) > 1
    assumed: dict[str, Cycle] = {}
    ids: dict[tuple[str, int], dict[str, int]] = {}
    together = Together([(grid, found) for grid, found in sheets.tables])
    for n, ((grid, found), cycle) in enumerate(
        zip(sheets.tables, _cycles(read, sheets, calendar, together), strict=True)
    ):
        theirs = whose(found, calendar, many_sheets)
        taken = ids.setdefault((grid.sheet, together.number(n)), {})
        table = _Reading(grid, found, gathered)
        assembler = Assembler(read.name, table.grid, table.found, cycle.cycle, theirs, calendar, table.out, taken)
        objectives = together.own(n, [table.placed(each) for each in assembler.objectives()])
        if together.number(n) == 0:
            gathered.raised += left_out(read.name, grid, found, table.on_sheet(assembler.reader.left_out))
        if objectives:
            gathered.objectives += objectives
            gathered.parts.append(Part(read.name, found.mapping, objectives))
            gathered.tables.append(Table(read.name, found.mapping, found.area, found.reasons))
            if (
                cycle.assumed
                and found.mapping.objectives_on is None
                and any(objective.cycle is cycle.cycle for objective in objectives)
            ):
                assumed.setdefault(grid.sheet, cycle.cycle)
    gathered.raised += of_workbook(read, sheets, assumed)
    if len(gathered.objectives) == before:
        gathered.without.append((read.name, looked_for(read, sheets)))


class _Reading:
    """One table as its rows are read: as they stand on the sheet, or laid out anew; told of the sheet's own cells."""

    def __init__(self, grid: Grid, found: Found, gathered: _Gathered) -> None:
        self._view = unfolded(grid, found.mapping)
        self._raised, self._noted = gathered.raised, gathered.noted
        self.grid = grid if self._view is None else self._view.grid
        self.found = found if self._view is None else replace(found, mapping=self._view.mapping)

    def out(self, raised: Raised) -> None:
        """Notes what was raised, once: a table with several cycles is read once for each."""
        raised = raised if self._view is None else self._view.real(raised)
        if raised not in self._noted:
            self._noted.add(raised)
            self._raised.append(raised)

    def placed(self, objective: Objective) -> Objective:
        """An objective and its key results, each at its cell of the sheet."""
        if self._view is not None:
            complete(objective, "place", self._view.place(objective.place))
            for each in objective.key_results:
                complete(each, "place", self._view.place(each.place))
        return objective

    def on_sheet(self, left_out: LeftOut) -> LeftOut:
        """What was left out, by the sheet's own rows."""
        if self._view is None:
            return left_out
        view = self._view
        rows = {reason: list(dict.fromkeys(map(view.row, every))) for reason, every in left_out.rows.items()}
        faults = [(*view.cell(row, name), name, value) for row, _, name, value in left_out.faults]
        return LeftOut(rows, faults)


class _Default(Struct, frozen=True):
    """The cycle of a table's rows that name none, and whether the table itself does not name it either."""

    cycle: Cycle
    assumed: bool


def _cycles(read: Read, sheets: Sheets, calendar: Calendar, together: Together) -> list[_Default]:
    """Each table's cycle; a table that names none is of the one cycle that the others in its workbook name."""
    cycles = [
        calendar.of_table(found, read.name, read.marks.cycle, together.has_others(n))
        for n, (_, found) in enumerate(sheets.tables)
    ]
    named = {cycle for cycle in cycles if not cycle.assumed}
    others = next(iter(named)) if len(named) == 1 else None
    return [_Default(others if others and cycle.assumed else cycle, cycle.assumed) for cycle in cycles]
