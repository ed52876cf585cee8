"""nightly: the config's sources synced at set times, with a log line for everything that happens."""

from __future__ import annotations

import argparse
import time

from okrsync.commands.bugs import write_log
from okrsync.commands.job import CONFIG_NAME, prepared, settings
from okrsync.commands.okrs import finish, synced
from okrsync.commands.terminal import Terminal, clock
from okrsync.config_file import check_time
from okrsync.errors import ConfigError
from okrsync.nightly import keep_syncing, only_one

LOCK_NAME = ".okrsync-nightly.lock"


def nightly(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync nightly`"""
    given = settings(args)
    if given.path is None:
        raise ConfigError(
            CONFIG_NAME,
            "nightly syncs the sources of a config, and there is none here",
            f"write the sources into {CONFIG_NAME} (`okrsync config example` shows how), or name one by -c",
        )
    times = args.at or list(given.config.nightly.at)
    for one in times:
        check_time("--at", one)
    with only_one(given.folder / LOCK_NAME):
        if args.once:
            return _run(args, terminal)
        log(terminal, f"nightly at {', '.join(times)}; stop it with Ctrl-C")
        keep_syncing(
            lambda: _run(args, terminal),
            times,
            log=lambda text: log(terminal, text),
            sleep=time.sleep,
            bug=_bug,
        )
    return 0  # pragma: no cover (the loop ends by an interruption only)


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    """One sync by the config as it is now, so that a correction counts from the next run on."""
    started = time.perf_counter()
    log(terminal, "sync started")
    job = prepared(args, ())
    code = finish(synced(job, terminal), job, Logged(terminal), "synced", started)
    log(terminal, f"sync ended with exit code {code}")
    return code


class Logged(Terminal):
    """A terminal whose lines bear the time."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__(terminal.out, terminal.err, {})
        self.verbosity = terminal.verbosity

    def _say(self, text: str) -> None:
        super()._say(_stamped(text))


def log(terminal: Terminal, text: str) -> None:
    """A line with the time on standard error."""
    terminal.warn(_stamped(text))


def _stamped(text: str) -> str:
    return f"{clock():%Y-%m-%d %H:%M:%S} " + " ".join(text.split())


def _bug(error: Exception) -> str:
    path = write_log(error, "nightly")
    return f"a bug in okrsync ({type(error).__name__}); log to paste: {path}"
