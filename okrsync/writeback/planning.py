"""plan(): what has to be written, worked out in full before anything is; apply(): all or nothing per workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from okrsync.cells import Area, CellRef, quoted
from okrsync.config import Config
from okrsync.edits import CellEdit, Edit, MarkEdit, SheetKind
from okrsync.errors import OkrSyncError, WorkbookError
from okrsync.findings import Finding, Severity
from okrsync.mapping import SIDE_BY_SIDE, Table
from okrsync.model import Cycle, Objective, OkrSet, Place
from okrsync.reading import Read
from okrsync.review import Review
from okrsync.wording import words
from okrsync.writeback.columns import Columns, Row, joint_row, key_result_row, objective_row, plan_columns
from okrsync.writeback.gaps import gaps_content
from okrsync.writeback.ownsheets import plan_sheet
from okrsync.writeback.summary import held_in, summary_content

Codes = Mapping[int, Sequence[str]]
"""The codes that the gaps column shows in each row of a sheet, the worst first."""


class Plan(Struct, frozen=True):
    """Edits by workbook name (only workbooks that have any), what is never written, and lines a person should see."""

    edits: dict[str, tuple[Edit, ...]]
    failures: tuple[OkrSyncError, ...] = ()
    notes: tuple[str, ...] = ()


class Task(Struct, frozen=True):
    """What a run wants written: everything `plan` looks at besides the workbooks themselves."""

    tables: tuple[Table, ...]
    reviews: tuple[Review, ...]
    findings: tuple[Finding, ...]
    config: Config
    today: date
    cycle: str | None = None
    language: str | None = None
    recreate: bool = False


def plan(reads: Sequence[Read], task: Task) -> Plan:
    """All edits of a run. Workbooks without OKRs get none; those that are only ever read are failures of a sync."""
    codes = _codes_by_sheet(task.findings)
    edits: dict[str, tuple[Edit, ...]] = {}
    failures: list[OkrSyncError] = []
    notes: list[str] = []
    for read in reads:
        tables = [table for table in task.tables if table.workbook == read.name]
        if not tables:
            continue
        if (kind := read.workbook.read_only) is not None:
            failures.append(
                WorkbookError(read.name, f"okrsync never writes into {kind}", "save as .xlsx, or use audit")
            )
        elif wanted := tuple(_plan_workbook(read, tables, task, codes, notes)):
            edits[read.name] = wanted
            notes += (f"{read.name}: {wish}; it is written all the same" for wish in read.workbook.wishes())
            notes += _of_protected(read, wanted)
    return Plan(edits, tuple(failures), tuple(notes))


def _of_protected(read: Read, edits: Sequence[Edit]) -> Iterator[str]:
    """A line for each protected sheet that gets cells: protection is a wish about hands, and only ours are written."""
    for sheet, grid in read.grids.items():
        if grid.protected and any(isinstance(edit, CellEdit) and edit.at.sheet == sheet for edit in edits):
            yield (
                f"{read.name}!{quoted(sheet)}: the sheet is protected; our columns are written there all the same, "
                "locked like the cells beside them"
            )


def apply(reads: Sequence[Read], edits: Mapping[str, Sequence[Edit]]) -> tuple[OkrSyncError, ...]:
    """Writes every workbook that has edits, each wholly or not at all; what could not be written comes back."""
    failures: list[OkrSyncError] = []
    for read in reads:
        if read.name in edits:
            try:
                read.workbook.write(edits[read.name])
            except OkrSyncError as error:
                failures.append(error)
    return tuple(failures)


def written_cycles(okrs: OkrSet, today: date, asked: str | None) -> tuple[Cycle, ...]:
    """The cycles a workbook is written for: the one asked for, else those that hold today, else the latest."""
    cycles = okrs.cycles()
    if asked is not None:
        return tuple(cycle for cycle in cycles if cycle.name.casefold() == asked.casefold())
    current = tuple(cycle for cycle in cycles if cycle.holds(today))
    return current or tuple(sorted(cycles, key=lambda cycle: (cycle.end, cycle.start))[-1:])


def _codes_by_sheet(findings: Sequence[Finding]) -> dict[tuple[str, str], Codes]:
    """Which codes the gaps column shows, by workbook and sheet."""
    sheets: dict[tuple[str, str], dict[int, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        at = finding.at
        if isinstance(at, CellRef) and finding.severity is not Severity.INFO:
            sheets[at.workbook, at.sheet][at.row].append(finding)
    return {sheet: {row: _worst_first(found) for row, found in rows.items()} for sheet, rows in sheets.items()}


def _worst_first(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.code for finding in sorted(findings, key=lambda each: each.severity.rank)))


def _plan_workbook(
    read: Read, tables: Sequence[Table], task: Task, codes: Mapping[tuple[str, str], Codes], notes: list[str]
) -> Iterator[Edit]:
    name = read.name
    mine = tuple(o for review in task.reviews for o in held_in(review.okrs.objectives, name))
    okrs = OkrSet.model_construct(objectives=mine)
    cycles = written_cycles(okrs, task.today, task.cycle)
    if not cycles:
        return
    if task.config.write.columns:
        tables = _each_once(tables)
        without_room = _without_room(tables)
        written: set[tuple[str, int]] = set()
        for n in sorted(range(len(tables)), key=without_room.__contains__):
            table = tables[n]
            sheet = table.mapping.sheet
            columns = _columns_of(read, table, mine, set(cycles), task, codes.get((name, sheet), {}))
            if n in without_room:
                notes.append(_only_in_summary(table, without_room[n], task))
                blocks = [each for each in columns.blocks if (sheet, each.header_row) not in written]
                columns = replace(columns, wanted={}, others=frozenset(), blocks=blocks)  # what was left is cleared
            yield from plan_columns(columns, notes)
            written.update((sheet, each.header_row) for each in columns.blocks if columns.beside(each))
    yield from _plan_own_sheets(read, tables, task, cycles, notes)
    assumed = next((cycle.name for cycle in cycles if cycle.assumed), None)
    if assumed is not None and read.marks.cycle is None:
        yield MarkEdit(assumed)


def _without_room(tables: Sequence[Table]) -> dict[int, str]:
    """The tables (by their place) beside which nothing can be written, as a row of them has several key results."""
    found: dict[int, str] = {}
    for n, table in enumerate(tables):
        if table.mapping.archetype in SIDE_BY_SIDE:
            found[n] = f"several key results share each row of {table.area.a1}"
        elif any(_share_rows(table, other) for i, other in enumerate(tables) if i != n):
            found[n] = f"{table.area.a1} shares rows with another table"
    return found


def _only_in_summary(table: Table, why: str, task: Task) -> str:
    where = f"{table.workbook}!{quoted(table.mapping.sheet)}"
    shown = "their statuses stand in the summary sheet" if task.config.write.summary else "their statuses have no place"
    return f"{where}: {why}, so {shown}"


def _each_once(tables: Sequence[Table]) -> list[Table]:
    """The tables, those that are read once per cycle once."""
    first: dict[tuple[str, Area, int | None], Table] = {}
    for n, table in enumerate(tables):
        first.setdefault((table.mapping.sheet, table.area, n if table.mapping.cycle is None else None), table)
    return list(first.values())


def _share_rows(one: Table, other: Table) -> bool:
    """Whether two tables share rows: such a row would have two key results, and our columns room for one."""
    return (
        other.mapping.archetype not in SIDE_BY_SIDE
        and one.mapping.sheet == other.mapping.sheet
        and one.area.top <= other.area.bottom
        and other.area.top <= one.area.bottom
    )


def _stands(place: Place, table: Table) -> bool:
    """Whether a statement stands in the rows of a table."""
    return (place.workbook, place.sheet) == (
        table.workbook,
        table.mapping.sheet,
    ) and table.area.top <= place.row <= table.area.bottom


def _columns_of(
    read: Read, table: Table, objectives: Sequence[Objective], cycles: set[Cycle], task: Task, codes: Codes
) -> Columns:
    """One table with what each of its rows should say."""
    sheet = table.mapping.sheet
    lang = words(task.language or table.mapping.language)
    scores = task.reviews[0].scores
    wanted: dict[int, Row] = {}
    others: set[int] = set()
    for objective in objectives:
        rows = [k for k in objective.key_results if _stands(k.place, table)]
        row = objective.place.row
        stands = objective.title is not None and _stands(objective.place, table)
        if objective.cycle not in cycles:
            others.update(k.place.row for k in rows)
            others.update([row] if stands else [])
            continue
        if stands and row not in wanted:
            wanted[row] = objective_row(objective, scores, lang, codes.get(row, ()))
        for at, together in groupby(rows, key=lambda k: k.place.row):
            mine, found = list(together), codes.get(at, ())
            one = len(mine) == 1
            wanted[at] = key_result_row(mine[0], scores, lang, found) if one else joint_row(mine, scores, lang, found)
    blocks = read.blocks.get(sheet, ())
    unwanted = sheet in read.marks.without_blocks and not task.recreate
    return Columns(read.grids[sheet], table, blocks, lang, wanted, frozenset(others - wanted.keys()), unwanted)


def _plan_own_sheets(
    read: Read, tables: Sequence[Table], task: Task, cycles: Sequence[Cycle], notes: list[str]
) -> Iterator[Edit]:
    lang = words(task.language or tables[0].mapping.language)
    if task.config.write.summary:
        content = summary_content(task.reviews, read.name, task.today, lang)
        yield from plan_sheet(read, SheetKind.SUMMARY, content, lang, task.recreate, notes)
    if task.config.write.gaps:
        content = gaps_content(task.findings, read.name, task.today, lang)
        yield from plan_sheet(read, SheetKind.GAPS, content, lang, task.recreate, notes)
