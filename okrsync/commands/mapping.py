"""mapping show and mapping test: how each sheet is read, told, written as a mapping file, and pinned by a team."""

from __future__ import annotations

import argparse
import json
import time
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from okrsync.cells import column_letters
from okrsync.commands.job import prepared
from okrsync.commands.okrs import finish, looked_at
from okrsync.commands.terminal import Terminal
from okrsync.errors import ConfigError
from okrsync.mapping import FIELDS, Archetype, Mapping, Table, to_toml
from okrsync.reports.figures import printable
from okrsync.reports.json import outcome_json
from okrsync.reports.layout import noticed, told, with_share
from okrsync.review import Outcome

if TYPE_CHECKING:
    from okrsync.model import Objective

DIFFERENT = 1
_NOT_READ = frozenset({"score", "progress", "computed_status", "expected", "derived", "assumed", "at", "id"})
"""What is computed, or follows from the place in the sheet, and is not compared."""


def show(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync mapping show`"""
    started = time.perf_counter()
    job = prepared(args, args.sources, args.mapping)
    outcome = looked_at(job, terminal)
    if args.toml:
        terminal.show(to_toml(to_keep(outcome.tables)))
    else:
        shown = ("\n".join(_in_words(table, outcome, terminal.verbosity > 0)) for table in outcome.tables)
        terminal.show("\n\n".join(shown))
        for workbook in dict.fromkeys(table.workbook for table in outcome.tables):
            terminal.show("\n".join(noticed(workbook, outcome.findings)))
    return finish(outcome, job, terminal, "looked at", started)


def to_keep(tables: Sequence[Table]) -> tuple[Mapping, ...]:
    """The mappings without the end of each sheet's last table: people will add rows to it."""
    last = {(table.workbook, table.mapping.sheet): table.area for table in tables}
    return tuple(
        replace(table.mapping, last_row=None)
        if table.area == last[table.workbook, table.mapping.sheet] and table.mapping.archetype is not Archetype.MATRIX
        else table.mapping
        for table in tables
    )


def everything(outcome: Outcome) -> Sequence[Objective]:
    """The objectives of a run, over all cycles."""
    return outcome.reviews[0].everything.objectives if outcome.reviews else ()


def _in_words(table: Table, outcome: Outcome, reasons: bool) -> Iterator[str]:
    mapping = table.mapping
    yield from told(table, everything(outcome))
    first = max((*mapping.header_rows, mapping.first_row - 1)) + 1
    yield f"  {_header(mapping)}, rows {first} to {table.area.bottom}"
    names = [name for name in mapping.columns if name in FIELDS]
    width = max((len(name) for name in names), default=0)
    for name in sorted(names, key=FIELDS.index):
        header = mapping.headers.get(name)
        shown = f' "{printable(header)}"' if header else ""
        yield f"  {name:{width}}  {_place(mapping, mapping.columns[name])}{shown}"
    for name, value in (("team", mapping.team), ("level", mapping.level), ("cycle", mapping.cycle)):
        if value is not None:
            yield f"  {name:{width}}  {printable(value)} for the whole sheet"
    locale = f", numbers and dates as in {mapping.locale}" if mapping.locale else ""
    yield f"  language {mapping.language}{locale}"
    if reasons:
        yield from (f"  because {with_share(reason)}" for reason in table.reasons)


def _place(mapping: Mapping, at: int) -> str:
    return f"row {at}" if mapping.archetype is Archetype.MATRIX else f"column {column_letters(at)}"


def _header(mapping: Mapping) -> str:
    if mapping.archetype is Archetype.MATRIX:
        return f"header in column {' and '.join(map(column_letters, mapping.header_rows))}"
    rows = [str(row) for row in mapping.header_rows]
    return f"header in row {' and '.join(rows)}" if rows else "no header"


# a reading that a team has pinned


def compare(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync mapping test`"""
    started = time.perf_counter()
    path = Path(args.expect)
    wanted = _pinned(path)
    job = prepared(args, args.sources, args.mapping)
    if args.today is None:
        job = replace(job, today=_day_of(wanted) or job.today)
    outcome = looked_at(job, terminal)
    found = json.loads(outcome_json(outcome))
    differences = list(compared(wanted, found))
    for line in differences:
        terminal.show(line)
    if not differences:
        terminal.show(f"the reading is the one in {path}")
    code = finish(outcome, job, terminal, "looked at", started)
    return code or (DIFFERENT if differences else 0)


def _pinned(path: Path) -> Any:
    fix = f"make it from a reading that is right: okrsync read SOURCE --json > {path}"
    try:
        wanted = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror or error}", fix) from None
    except ValueError as error:
        raise ConfigError(str(path), f"is not JSON: {error}", fix) from None
    if not (isinstance(wanted, dict) and _are_statements(wanted.get("objectives"))):
        raise ConfigError(str(path), 'has no list "objectives" as okrsync writes it', fix)
    return wanted


def _day_of(wanted: dict[str, Any]) -> date | None:
    """The day of the kept reading: what a sheet without a cycle or with several says depends on it."""
    try:
        return date.fromisoformat(wanted["today"])
    except (KeyError, TypeError, ValueError):
        return None


def _are_statements(listed: object) -> bool:
    """Whether this is a list of objectives or key results, all the way down."""
    return isinstance(listed, list) and all(
        isinstance(one, dict) and _are_statements(one.get("key_results", [])) for one in listed
    )


def compared(wanted: Any, found: Any) -> Iterator[str]:
    """How two readings differ, a line for each statement or value."""
    for name in ("objectives", "other_cycles"):
        yield from _compared("objective", wanted.get(name) or [], found.get(name) or [], "")


def _compared(what: str, wanted: Sequence[Any], found: Sequence[Any], below: str) -> Iterator[str]:
    """The statements of a level, paired by their texts in the order they stand."""
    left: dict[tuple[str, str], deque[Any]] = {}
    for each in found:
        left.setdefault(_named(each), deque()).append(each)
    for one in wanted:
        title = one.get("title")
        same = left.get(_named(one))
        if not same:
            yield f'{what} "{_short(title)}"{below} is not read any more'
            continue
        other = same.popleft()
        where = f'{what} "{_short(title)}"{below} ({other.get("at")})'
        for name, value in one.items():
            if name not in _NOT_READ and name != "key_results" and value != other.get(name):
                yield f"{where}: {name} was {_shown(value)}, now {_shown(other.get(name))}"
        inside = f' under "{_short(title)}"'
        yield from _compared("key result", one.get("key_results") or [], other.get("key_results") or [], inside)
    for each in chain.from_iterable(left.values()):
        yield f'{what} "{_short(each.get("title"))}"{below} ({each.get("at")}) is read, and was not before'


def _named(one: dict[str, Any]) -> tuple[str, str]:
    return str(one.get("title")), str(one.get("cycle"))


def _short(title: object) -> str:
    text = printable(str(title if title is not None else "none"))
    return text if len(text) <= 60 else text[:57] + "…"


def _shown(value: object) -> str:
    return printable(json.dumps(value, ensure_ascii=False))
