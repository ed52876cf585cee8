"""mapping show: how each sheet is read, as a person would say it or as a mapping file."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from okrsync.cells import column_letters, quoted
from okrsync.commands.job import prepared
from okrsync.commands.okrs import finish, looked_at
from okrsync.commands.terminal import Terminal
from okrsync.mapping import FIELDS, Archetype, Mapping, Table, to_toml
from okrsync.reports.figures import printable

_LAYOUTS = {
    Archetype.FLAT: "one row per key result, the objective repeated in each",
    Archetype.MERGED: "one row per key result, the objective merged over its rows or only in the first of them",
    Archetype.OUTLINE: "rows of objectives with rows of key results beneath them",
}


def show(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync mapping show`"""
    started = time.perf_counter()
    job = prepared(args, args.sources, args.mapping)
    outcome = looked_at(job, terminal)
    if args.toml:
        terminal.show(to_toml(_to_keep(outcome.tables)))
    else:
        terminal.show("\n\n".join("\n".join(_in_words(table)) for table in outcome.tables))
    return finish(outcome, job, terminal, "looked at", started)


def _to_keep(tables: Sequence[Table]) -> tuple[Mapping, ...]:
    """The mappings without the end of each sheet's last table: people will add rows to it."""
    last = {(table.workbook, table.mapping.sheet): table for table in tables}
    return tuple(replace(table.mapping, last_row=None) if table in last.values() else table.mapping for table in tables)


def _in_words(table: Table) -> Iterator[str]:
    mapping = table.mapping
    first = max((*mapping.header_rows, mapping.first_row - 1)) + 1
    yield f"{table.workbook} {quoted(printable(mapping.sheet))}: {_LAYOUTS.get(mapping.archetype, mapping.archetype)}"
    yield f"  {_header(mapping)}, rows {first} to {table.area.bottom}"
    width = max((len(name) for name in mapping.columns), default=0)
    for name in sorted(mapping.columns, key=_order):
        header = mapping.headers.get(name)
        shown = f' "{printable(header)}"' if header else ""
        yield f"  {name:{width}}  column {column_letters(mapping.columns[name])}{shown}"
    for name, value in (("team", mapping.team), ("level", mapping.level), ("cycle", mapping.cycle)):
        if value is not None:
            yield f"  {name:{width}}  {printable(value)} for the whole sheet"
    locale = f", numbers and dates as in {mapping.locale}" if mapping.locale else ""
    yield f"  language {mapping.language}{locale}"


def _header(mapping: Mapping) -> str:
    rows = [str(row) for row in mapping.header_rows]
    return f"header in row {' and '.join(rows)}" if rows else "no header"


def _order(name: str) -> int:
    return FIELDS.index(name) if name in FIELDS else len(FIELDS)
