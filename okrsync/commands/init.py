"""init: looks at workbooks, says how they are read and how sure that is, and writes config and mappings to correct."""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

from okrsync.commands.job import CONFIG_NAME, prepared
from okrsync.commands.mapping import everything, to_keep
from okrsync.commands.okrs import finish, looked_at
from okrsync.commands.terminal import Terminal
from okrsync.errors import ConfigError
from okrsync.mapping import Table, to_toml
from okrsync.reports.figures import printable
from okrsync.reports.layout import noticed, told
from okrsync.review import Outcome
from okrsync.sources import Source

MAPPINGS = Path("mappings")
_NOT_IN_NAMES = re.compile(r"[^\w\-]+")


def init(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync init`"""
    started = time.perf_counter()
    job = prepared(args, args.sources)
    outcome = looked_at(job, terminal)
    objectives = everything(outcome)
    lines: dict[str, list[str]] = {}
    for table in outcome.tables:
        lines.setdefault(table.workbook, []).extend(told(table, objectives))
    for workbook, of_workbook in lines.items():
        of_workbook.extend(noticed(workbook, outcome.findings))
    terminal.show("\n\n".join("\n".join(each) for each in lines.values()))
    read = [source for source in job.found.sources if source.name in lines and source.data is None]
    if read:
        terminal.show("\n" + "\n".join(_written(read, outcome, lines)))
    return finish(outcome, job, terminal, "looked at", started)


def _written(sources: Sequence[Source], outcome: Outcome, lines: dict[str, list[str]]) -> list[str]:
    """Writes the files that are not there yet; a line for each, what is there is left alone."""
    said: list[str] = []
    entries: list[str] = []
    for source, path in _names(sources):
        tables = [table for table in outcome.tables if table.workbook == source.name]
        said.append(_new(path, _mapping_text(tables, lines[source.name])))
        entries.append(f"[[source]]\npath = {_toml(source.path)}\nmapping = {_toml(path)}\n")
    head = "# Settings of okrsync; `okrsync config example` prints every one of them.\n\n"
    config = Path(CONFIG_NAME)
    if config.exists():
        said.append(f"{config} is there already and was left alone; to use the mappings, add to it:\n")
        return [*said, "\n".join(entries).rstrip()]
    return [*said, _new(config, head + "\n".join(entries))]


def _names(sources: Sequence[Source]) -> list[tuple[Source, Path]]:
    """A mapping file for each workbook, named after it, no two the same."""
    taken: set[str] = set()
    named: list[tuple[Source, Path]] = []
    for source in sources:
        stem = _NOT_IN_NAMES.sub("-", source.path.stem).strip("-") or "workbook"
        name, number = stem, 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name.casefold())
        named.append((source, MAPPINGS / f"{name}.toml"))
    return named


def _mapping_text(tables: Sequence[Table], lines: Sequence[str]) -> str:
    """A mapping file with what was understood as comments above it."""
    told_so = "".join(f"#   {printable(line)}\n" for line in lines)
    head = "# How okrsync reads this workbook; correct what is wrong, it is obeyed. See mappings/README.md.\n#\n"
    return f"{head}{told_so}\n{to_toml(to_keep(tables))}"


def _new(path: Path, content: str) -> str:
    """Writes a file that is not there yet, whole or not at all; what was done, in words."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritten(path.parent, error) from None
    try:
        file = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError:
        return f"{path} is there already and was left alone"
    except OSError as error:
        raise _unwritten(path, error) from None
    try:
        with file:
            file.write(content)
    except OSError as error:
        path.unlink(missing_ok=True)  # closed by now, or Windows would not let go of it
        raise _unwritten(path, error) from None
    return f"wrote {path}"


def _unwritten(path: Path, error: OSError) -> ConfigError:
    problem = f"cannot be written: {error.strerror or error}"
    return ConfigError(str(path), problem, "make room or choose another folder, then run it again")


def _toml(path: Path) -> str:
    """A path as TOML text, with forward slashes, which Windows reads too."""
    return json.dumps(os.fspath(path).replace(os.sep, "/"), ensure_ascii=False)
