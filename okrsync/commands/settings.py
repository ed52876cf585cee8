"""config check and config example: settings, proven and shown."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable, Iterator

from okrsync import config_file
from okrsync.commands.job import CONFIG_NAME, Settings, settings
from okrsync.commands.terminal import Terminal
from okrsync.errors import ConfigError, OkrSyncError
from okrsync.reports.words import count
from okrsync.sources import Found, config_sources


def example(_args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync config example`"""
    terminal.show(config_file.example())
    return 0


def check(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync config check`"""
    given = settings(args)
    if given.path is None:
        raise ConfigError(CONFIG_NAME, "there is no such file here", "name the config by -c FILE")
    found = config_sources(given.config, given.folder)
    faults = [*_unknown_codes(given), *found.failures, *_faulty_mappings(found)]
    settings_fit = "" if faults else ": every setting can be used"
    terminal.show("\n".join([f"{given.path}{settings_fit}", *_listed(found)]))
    for fault in faults:
        terminal.error(fault)
    return 2 if faults else 0


def _listed(found: Found) -> Iterator[str]:
    yield f"{count(len(found.sources), 'workbook')} to read" + (":" if found.sources else "")
    for source in found.sources:
        by = f", read by {source.mapping}" if source.mapping is not None else ""
        yield f"  {source.path}{by}"


def _unknown_codes(given: Settings) -> Iterator[OkrSyncError]:
    """What `[checks] ignore` names although no check has that code."""
    ignored = given.config.checks.ignore
    if not ignored:
        return
    from okrsync.checks import CHECKS

    codes = [one.code for one in CHECKS]
    for code in ignored:
        if code not in codes:
            near = _nearest(code, codes)
            problem = f'[checks] ignore names "{code}", which is no check{near}'
            yield ConfigError(str(given.path), problem, "`okrsync checks` lists them all")


def _nearest(word: str, words: Iterable[str]) -> str:
    near = difflib.get_close_matches(word.upper(), list(words), n=1, cutoff=0.6)
    return f". Did you mean {near[0]}?" if near else ""


def _faulty_mappings(found: Found) -> Iterator[OkrSyncError]:
    from okrsync.mapping import load

    for path in dict.fromkeys(source.mapping for source in found.sources if source.mapping is not None):
        try:
            load(path)
        except OkrSyncError as error:
            yield error
