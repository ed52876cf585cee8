"""How a table was read, as a person would say it: where what stands, how much was found, what is unsure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from okrsync.cells import CellRef, column_letters, quoted
from okrsync.findings import Finding
from okrsync.mapping import FIELDS, Archetype, Mapping, Reason, Table, check_in_periods, planned_days
from okrsync.model import KeyResult, Objective
from okrsync.reports.figures import printable
from okrsync.reports.words import count

UNSURE = 0.7
"""What is less sure than this is said to be unsure."""
_OF_SHEETS = ("IN009", "IN010")
"""What is found of a sheet as a whole: rows left out, a cycle assumed."""
_OPEN = frozenset({"IN001", "IN002", "IN005", "IN008"})
"""Cells of which it is open what they say."""
_NUMBERS = ("baseline", "target", "current")


def told(table: Table, objectives: Sequence[Objective]) -> Iterator[str]:
    """The lines about one table: its kind and extent, its columns, and which decisions are doubtful."""
    mapping = table.mapping
    mine = [each for each in objectives if _is_on(table, each)]
    results = [one for each in mine for one in each.key_results]
    titled = sum(1 for each in mine if each.title is not None)
    found = f"{count(len(results), 'key result')} under {count(titled, 'objective')}"
    cycle = f", for {printable(mapping.cycle)}" if mapping.cycle is not None else ""
    yield f"{table.workbook} {quoted(printable(mapping.sheet))}: {_kind(table)}{cycle}; {found}"
    places = "; ".join(_places(mapping, results))
    if places:
        yield f"  {places}"
    yield from (f"  not sure: {with_share(reason)}" for reason in table.reasons if reason.sure < UNSURE)


def noticed(workbook: str, findings: Sequence[Finding]) -> Iterator[str]:
    """The lines about a whole workbook: what was left out, what had to be assumed, how many cells are unclear."""
    mine = [each for each in findings if _workbook(each) == workbook]
    yield from (f"  {each.at}: {each.message}" for each in mine if each.code in _OF_SHEETS)
    open_cells = sum(1 for each in mine if each.code in _OPEN)
    if open_cells:
        yield f"  not sure: what {count(open_cells, 'cell')} mean; `okrsync audit` lists them"


def _workbook(finding: Finding) -> str:
    at = finding.at
    return at.workbook if isinstance(at, CellRef) else at.partition("!")[0]


def with_share(reason: Reason) -> str:
    """A reason and how sure it is."""
    return f"{printable(reason.text)} ({reason.sure:.0%} sure)"


def _is_on(table: Table, objective: Objective) -> bool:
    place, mapping = objective.place, table.mapping
    same = place.workbook == table.workbook and place.sheet == mapping.sheet
    within = table.area.top <= place.row <= table.area.bottom or any(
        table.area.top <= one.place.row <= table.area.bottom and one.place.sheet == mapping.sheet
        for one in objective.key_results
    )
    bands = mapping.cycle is None or set(mapping.columns.values()) == set(place.columns.values())
    return (same or bool(mapping.objectives_on)) and within and bands


# what kind of table it is


def _kind(table: Table) -> str:
    mapping = table.mapping
    first = mapping.first_row
    match mapping.archetype:
        case Archetype.MATRIX if mapping.groups:
            return f"one column per objective from column {column_letters(first)}, its key results below it"
        case Archetype.MATRIX:
            return f"one column per key result from column {column_letters(first)}"
        case Archetype.WIDE:
            return f"one row per objective from row {first}, its key results side by side"
        case Archetype.CARD:
            return f"key results from row {first} under the objective in {_cell(mapping)}"
        case Archetype.OUTLINE:
            return f"rows of objectives with rows of key results beneath them from row {first}"
        case Archetype.TREE:
            return f"one row per objective or key result from row {first}, each with the id of its parent"
        case Archetype.COMBINED:
            return f"an objective and its key results in one cell from row {first}"
        case _:
            return f"one row per key result from row {first}"


def _cell(mapping: Mapping) -> str:
    row, column = mapping.card.get("objective", (mapping.first_row, 1))
    return f"{column_letters(column)}{row}"


# where what stands


def _places(mapping: Mapping, results: Sequence[KeyResult]) -> Iterator[str]:
    across = mapping.archetype is Archetype.MATRIX
    percent = _in_percent(results)
    for name in (name for name in FIELDS if name in mapping.columns):
        yield f"{name.replace('_', ' ')} in {_at(mapping.columns[name], across)}{_note(name, mapping, percent)}"
    for group in mapping.groups:
        yield f"a key result in {_span(list(group.columns.values()), across)}"
    series = [mapping.columns[name] for _, name in check_in_periods(mapping.columns)]
    if series:
        yield f"check-ins in {_span(series, across)}"
    planned = [mapping.columns[name] for _, name in planned_days(mapping.columns)]
    if planned:
        yield f"planned values in {_span(planned, across)}"


def _note(name: str, mapping: Mapping, percent: bool) -> str:
    if name == "objective" and mapping.archetype is Archetype.MERGED:
        return ", merged over its rows or on the first of them"
    if name == "objective" and mapping.objectives_on is not None:
        return f", by its id on {quoted(printable(mapping.objectives_on))}"
    if name == "key_result" and mapping.several:
        return ", several in a cell"
    return ", percent" if name in _NUMBERS and percent else ""


def _in_percent(results: Sequence[KeyResult]) -> bool:
    """Whether most of the key results with a number are measured in percent."""
    units = [one.metric.unit for one in results if one.metric.target is not None]
    return sum(1 for unit in units if unit == "%") * 2 > len(units)


def _at(number: int, across: bool) -> str:
    return f"row {number}" if across else column_letters(number)


def _span(numbers: Sequence[int], across: bool) -> str:
    """`C–E, G` for columns 3, 4, 5 and 7."""
    ordered = sorted(numbers)
    runs = [[n for _, n in run] for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])]
    name = str if across else column_letters
    shown = ", ".join(name(run[0]) if len(run) == 1 else f"{name(run[0])}–{name(run[-1])}" for run in runs)
    if not across:
        return shown
    return f"row {shown}" if len(ordered) == 1 else f"rows {shown}"
