"""The command line: finds the command, runs it, and turns what stops it into words and an exit code."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from okrsync.collecting import no_collecting
from okrsync.commands import parsers
from okrsync.commands.terminal import Terminal
from okrsync.errors import OkrSyncError

CLEAN, FINDINGS, CANNOT, BUG, INTERRUPTED = 0, 1, 2, 3, 130

Command = Callable[[argparse.Namespace, Terminal], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code."""
    terminal = Terminal.of_process()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words, terminal)
    except OkrSyncError as error:
        terminal.error(error)
        return CANNOT
    except KeyboardInterrupt:
        terminal.warn("interrupted; workbooks that were written stay written, the others are as they were")
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has seen enough, as in `okrsync read | head`
        _let_go_of_stdout()
        return CLEAN
    except OSError as error:  # standard output on a full disk; files are looked after where they are written
        _let_go_of_stdout()
        terminal.warn(
            f"okrsync: cannot write: {error.strerror or error}\n  Fix: make room on the disk, and run it again."
        )
        return CANNOT
    except SystemExit as stop:  # --help and --version
        return stop.code if isinstance(stop.code, int) else CLEAN
    except Exception as error:
        return _bug(error, words, terminal)


def _run(words: Sequence[str], terminal: Terminal) -> int:
    args = parsers.parse(words)
    terminal.verbosity = args.verbose - args.quiet
    # A night is long; any other command ends soon, and hardly makes a cycle.
    with contextlib.nullcontext() if args.command == "nightly" else no_collecting():
        code = COMMANDS[args.command](args, terminal)
    terminal.out.flush()
    return code


def _bug(error: Exception, words: Sequence[str], terminal: Terminal) -> int:
    from okrsync.commands.bugs import write_log

    path = write_log(error, words[0] if words and not words[0].startswith("-") else "")
    place = f"the log to paste into a report is {path}" if path else "its log could not be written"
    terminal.warn(f"okrsync: this is a bug in okrsync ({type(error).__name__}); {place}")
    return BUG


def _let_go_of_stdout() -> None:
    """Python flushes standard output once more when it ends; into nothing then."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _demo(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.demo import demo

    return demo(args, terminal)


def _read(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.okrs import read

    return read(args, terminal)


def _parse(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.parse import parse

    return parse(args, terminal)


def _sync(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.okrs import sync

    return sync(args, terminal)


def _audit(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.okrs import audit

    return audit(args, terminal)


def _undo(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.undo import undo

    return undo(args, terminal)


def _nightly(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.nightly import nightly

    return nightly(args, terminal)


def _checks(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.catalogue import checks

    return checks(args, terminal)


def _explain(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.catalogue import explain

    return explain(args, terminal)


def _mapping_show(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.mapping import show

    return show(args, terminal)


def _mapping_test(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.mapping import compare

    return compare(args, terminal)


def _init(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.init import init

    return init(args, terminal)


def _config_check(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.settings import check

    return check(args, terminal)


def _config_example(args: argparse.Namespace, terminal: Terminal) -> int:
    from okrsync.commands.settings import example

    return example(args, terminal)


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "demo": _demo,
        "read": _read,
        "parse": _parse,
        "sync": _sync,
        "audit": _audit,
        "undo": _undo,
        "nightly": _nightly,
        "checks": _checks,
        "explain": _explain,
        "init": _init,
        "mapping show": _mapping_show,
        "mapping test": _mapping_test,
        "config check": _config_check,
        "config example": _config_example,
    }
)
"""Every command; each imports its room only when it runs, so that starting up stays quick."""
