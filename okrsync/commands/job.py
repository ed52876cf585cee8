"""What a command works on: the settings, the sources and the day, from the arguments and the config."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from okrsync.commands.terminal import clock
from okrsync.config import Config
from okrsync.config_file import load, local_day
from okrsync.errors import ConfigError
from okrsync.sources import Found, Source, config_sources, named_sources

CONFIG_NAME = "config.toml"


class Settings(Struct, frozen=True):
    """A config and the file it came from; `path` None: there is none, every setting has its default."""

    config: Config
    path: Path | None

    @property
    def folder(self) -> Path:
        """What the config's paths are relative to."""
        return self.path.parent if self.path is not None else Path()


class Job(Struct, frozen=True):
    """Everything a run of the flow needs."""

    config: Config
    found: Found
    today: date
    cycle: str | None
    fail_on: str
    output_lang: str | None


def settings(args: argparse.Namespace) -> Settings:
    """The config named, else the config.toml of the current folder, else the defaults."""
    if args.config is not None:
        return Settings(load(Path(args.config)), Path(args.config))
    path = Path(CONFIG_NAME)
    return Settings(load(path), path) if path.is_file() else Settings(Config(), None)


def prepared(args: argparse.Namespace, named: Sequence[str], mapping: str | None = None) -> Job:
    """The job for the sources named on the command line, or for those of the config.

    Raises ConfigError when there is nothing to work on.
    """
    given = settings(args)
    from_config = config_sources(given.config, given.folder)
    if named:
        found = _with_mappings(named_sources(named, Path(mapping) if mapping else None, _stdin), from_config)
    else:
        found = from_config
        if mapping is not None:
            raise ConfigError("--mapping", "is for one workbook, and none is named", "name the workbook it is for")
    if not found.sources and not found.failures:
        raise _nothing_named(given.path)
    run = given.config.run
    return Job(
        given.config,
        found,
        args.today or local_day(run.timezone, clock()),
        args.cycle,
        args.fail_on or run.fail_on or args.default_fail_on,
        known_language(getattr(args, "output_lang", None) or run.output_lang),
    )


def known_language(wanted: str | None) -> str | None:
    """The language as asked for. Raises ConfigError where okrsync has no words of it."""
    from okrsync.wording import languages

    if wanted is not None and wanted.replace("_", "-").split("-")[0].casefold() not in languages():
        there = ", ".join(languages())
        raise ConfigError(
            "--output-lang", f'okrsync does not write "{wanted}" (it writes: {there})', f"name one of: {there}"
        )
    return wanted


def _with_mappings(found: Found, from_config: Found) -> Found:
    """A file that the config lists with a mapping is read by it also when it is named: same file, same reading."""
    mappings = {one.path.resolve(): one.mapping for one in from_config.sources if one.mapping is not None}

    def mapped(source: Source) -> Source:
        if source.mapping is not None or source.data is not None:
            return source
        return replace(source, mapping=mappings.get(source.path.resolve()))

    return Found(tuple(mapped(source) for source in found.sources), found.failures) if mappings else found


def _nothing_named(path: Path | None) -> ConfigError:
    where = str(path) if path is not None else "okrsync"
    problem = "lists no [[source]]" if path is not None else f"no workbook is named, and there is no {CONFIG_NAME} here"
    return ConfigError(where, problem, "name a workbook, as in `okrsync read okrs.xlsx`, or list it under [[source]]")


def _stdin() -> bytes:
    return sys.stdin.buffer.read()
