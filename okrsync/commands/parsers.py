"""The command line as people type it: every command, its arguments and what they mean."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from okrsync import __version__
from okrsync.errors import ConfigError

Commands = argparse._SubParsersAction  # the type of add_subparsers() has no public name

PROLOGUE = "Reads the OKR spreadsheets a team already keeps and writes back where every key result stands."
SOURCES = (
    "a workbook, a folder, a glob such as 'okrs/**/*.xlsx', or - for CSV on standard input; "
    "none: the sources of the config"
)


class Parser(argparse.ArgumentParser):
    """An argument parser whose usage errors are ConfigErrors with a fix, and which accepts no abbreviations."""

    def __init__(self, **kwargs: Any) -> None:  # Any: argparse's own keywords, passed on as they come
        super().__init__(**{**kwargs, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        raise ConfigError(self.prog, message, f"run `{self.prog} --help` to see what it takes")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments, with `command` as one word ("config check"). Raises ConfigError for wrong usage."""
    parser = build()
    if argv and not argv[0].startswith("-") and argv[0] not in command_names(parser):
        raise _no_such_command(argv[0], command_names(parser))
    if not argv:
        names = ", ".join(command_names(parser))
        raise ConfigError(
            "okrsync", f"which command? There are: {names}", "start with `okrsync demo`, or `okrsync --help`"
        )
    return parser.parse_args(argv)


def _no_such_command(word: str, names: Sequence[str]) -> ConfigError:
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    if "." in word or "/" in word or "\\" in word:
        hint = f" To read a workbook: okrsync read {word}"
    return ConfigError("okrsync", f"there is no command '{word}'.{hint}", f"use one of: {', '.join(names)}")


def build() -> Parser:
    """The whole command line."""
    parser = Parser(prog="okrsync", description=PROLOGUE)
    parser.add_argument("--version", action="version", version=f"okrsync {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (_demo, _init, _read, _parse, _sync, _audit, _undo, _nightly, _checks, _explain, _mapping, _config):
        add(commands)
    return parser


def command_names(parser: argparse.ArgumentParser) -> list[str]:
    """The words that may follow a parser's program name."""
    return [name for name, _ in subcommands(parser)]


def subcommands(parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    """The commands directly beneath a parser, in their order."""
    found: list[tuple[str, argparse.ArgumentParser]] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found += action.choices.items()
    return found


def _described(commands: Commands[Parser], name: str, description: str) -> Parser:
    """A command whose line in the list of commands is the first sentence of its description."""
    first = description.partition(". ")[0].rstrip(".")
    return commands.add_parser(name, help=first[0].lower() + first[1:], description=description)


def _add(commands: Commands[Parser], name: str, description: str) -> Parser:
    parser = _described(commands, name, description)
    parser.set_defaults(command=parser.prog.removeprefix("okrsync "))
    talk = parser.add_mutually_exclusive_group()
    talk.add_argument("-q", "--quiet", action="store_true", help="no progress and no summary line")
    talk.add_argument("-v", "--verbose", action="store_true", help="more detail")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no day; write it as 2026-11-20') from None


def _sources(parser: Parser) -> None:
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help=SOURCES)
    _config_option(parser)
    parser.add_argument("--mapping", metavar="FILE", help="how to read the one SOURCE, instead of finding out")


def _config_option(parser: Parser) -> None:
    parser.add_argument(
        "-c",
        "--config",
        metavar="FILE",
        help="the settings; default: config.toml in the current folder, if there is one",
    )


def _scoring(parser: Parser, fail_on: str) -> None:
    parser.add_argument("--today", metavar="DAY", type=_day, help="the day to score for, as 2026-11-20; default: today")
    parser.add_argument("--cycle", metavar="C", help="the cycle to work on, as 2026-Q4; default: the one DAY lies in")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        help=f"exit code 1 when there are findings as bad as this; default: {fail_on}",
    )
    parser.set_defaults(default_fail_on=fail_on)


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs: JSON on standard output")


def _output_lang(parser: Parser, default: str = "the sheet's own") -> None:
    parser.add_argument("--output-lang", metavar="LANG", help=f"language of what okrsync writes; default: {default}")


def _demo(commands: Commands[Parser]) -> None:
    parser = _add(
        commands,
        "demo",
        "Writes a small company as workbooks into an empty folder and syncs it. It says what it did and what to open.",
    )
    parser.add_argument("dir", nargs="?", default="okrsync-demo", metavar="DIR", help="default: okrsync-demo")
    _scoring(parser, "never")
    _output_lang(parser)


def _read(commands: Commands[Parser]) -> None:
    parser = _add(commands, "read", "Shows the OKRs of workbooks as okrsync understands them. Writes nothing.")
    _sources(parser)
    _scoring(parser, "never")
    _output_lang(parser, "English")
    _json(parser)


def _parse(commands: Commands[Parser]) -> None:
    parser = _add(commands, "parse", "Shows what okrsync understands in a key-result sentence. Writes nothing.")
    parser.add_argument("texts", nargs="*", metavar="TEXT", help="a sentence such as 'Raise NPS from 32 to 50'")
    parser.add_argument("--lang", metavar="LANG", help="its language, where the words do not tell, as de or pt-BR")
    parser.add_argument(
        "--jsonl",
        metavar="FILE",
        help="a file of JSON objects, one a line, with id, text and perhaps lang; - for input",
    )
    _json(parser)


def _sync(commands: Commands[Parser]) -> None:
    parser = _add(
        commands,
        "sync",
        "Brings workbooks up to date: five status columns beside each table, a summary sheet and a sheet of gaps. "
        "Nothing else in them changes, and `okrsync undo` takes it back.",
    )
    _sources(parser)
    parser.add_argument("--dry-run", action="store_true", help="print the very edits and write nothing")
    parser.add_argument("--recreate", action="store_true", help="bring back sheets of okrsync that people deleted")
    _scoring(parser, "never")
    _output_lang(parser)
    _json(parser)


def _audit(commands: Commands[Parser]) -> None:
    parser = _add(commands, "audit", "Reports where OKRs stand and what is wrong with them. Writes nothing into them.")
    _sources(parser)
    parser.add_argument(
        "-o", "--output", action="append", default=[], metavar="FILE", help="also write the report to FILE (.json)"
    )
    _scoring(parser, "error")
    _output_lang(parser, "English")
    _json(parser)


def _undo(commands: Commands[Parser]) -> None:
    parser = _add(
        commands,
        "undo",
        "Puts back what a run replaced, byte for byte. It refuses where somebody changed the workbook since.",
    )
    parser.add_argument(
        "what",
        nargs="*",
        metavar="SOURCE|RUN",
        help="workbooks, or the id of a run; none: the newest run over the workbooks of this folder, else the config's",
    )
    _config_option(parser)
    parser.add_argument("--list", action="store_true", help="show the runs that can be undone and write nothing")
    parser.add_argument(
        "--force", action="store_true", help="also where it changed since; the present file is kept first"
    )


def _nightly(commands: Commands[Parser]) -> None:
    parser = _add(
        commands,
        "nightly",
        "Syncs the config's sources at set times, day after day. Stop it with Ctrl-C. "
        "Where cron, systemd or the Task Scheduler is at hand, let that run `okrsync sync` instead.",
    )
    _config_option(parser)
    parser.add_argument(
        "--at",
        action="append",
        default=[],
        metavar="HH:MM",
        help="a time of day by this computer's clock, may be given several times; default: [nightly] at of the config",
    )
    parser.add_argument("--once", action="store_true", help="one run now, then stop")
    _scoring(parser, "never")
    _output_lang(parser)


def _checks(commands: Commands[Parser]) -> None:
    _add(commands, "checks", "Lists every check with its code, severity and name.")


def _explain(commands: Commands[Parser]) -> None:
    parser = _add(commands, "explain", "Explains one check: what it looks for, a weak and a strong example, the fix.")
    parser.add_argument("code", metavar="CODE", help="a code such as KR002, or a name such as no-baseline")


def _nested(commands: Commands[Parser], name: str, description: str) -> Commands[Parser]:
    parser = _described(commands, name, description)
    return parser.add_subparsers(dest="command", metavar="COMMAND", required=True)


def _mapping(commands: Commands[Parser]) -> None:
    below = _nested(commands, "mapping", "How okrsync reads the layout of a sheet.")
    show = _add(below, "show", "Says how each sheet is read: which row is the header, which column holds what.")
    _sources(show)
    show.add_argument("--toml", action="store_true", help="print it as a mapping file, to save and correct by hand")
    _scoring(show, "never")
    test = _add(
        below,
        "test",
        "Compares how workbooks are read with a reading that was kept. "
        "The kept one is what `okrsync read --json` printed when it was right; exit code 1 where they differ. "
        "Without --today the sheet is read for the day of the kept one.",
    )
    _sources(test)
    test.add_argument("--expect", metavar="FILE", required=True, help="the reading that was kept, as JSON")
    _scoring(test, "never")


def _init(commands: Commands[Parser]) -> None:
    parser = _add(
        commands,
        "init",
        "Says how workbooks are read and how sure that is, and writes config.toml and mappings/NAME.toml to correct. "
        "Files that are there already are left alone, and so are the workbooks.",
    )
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help=SOURCES)
    _config_option(parser)
    _scoring(parser, "never")


def _config(commands: Commands[Parser]) -> None:
    below = _nested(commands, "config", "The settings in config.toml.")
    check = _add(below, "check", "Proves that a config can be read, and lists the workbooks it means.")
    _config_option(check)
    _add(below, "example", "Prints an example config with every setting, its default and what it does.")
