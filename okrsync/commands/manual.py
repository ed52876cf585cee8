"""The parsers as Markdown: what docs/commands.md is generated from."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from okrsync.commands.parsers import build, subcommands


def manual() -> str:
    """Every command with its usage, what it does and its options."""
    return "\n".join(line for parser in _leaves(build()) for line in _section(parser))


def _leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    below = subcommands(parser)
    if not below:
        yield parser
    for _, each in below:
        yield from _leaves(each)


def _section(parser: argparse.ArgumentParser) -> Iterator[str]:
    actions = [action for action in parser._actions if action.dest != "help"]
    arguments = [action for action in actions if not action.option_strings]
    usage = " ".join([parser.prog, *(_usage(action) for action in arguments), "[OPTIONS]"])
    yield from (f"### `{parser.prog}`", "", parser.description or "", "", f"    {usage}", "")
    yield from ("| | |", "|---|---|")
    for action in (*arguments, *(action for action in actions if action.option_strings)):
        yield f"| {_named(action)} | {(action.help or '').replace('|', chr(92) + '|')} |"
    yield ""


def _usage(action: argparse.Action) -> str:
    name = str(action.metavar)
    return {"*": f"[{name}…]", "?": f"[{name}]"}.get(str(action.nargs), name)


def _named(action: argparse.Action) -> str:
    """`-c`, `--config FILE`"""
    if not action.option_strings:
        return f"`{str(action.metavar).replace('|', chr(92) + '|')}`"
    value = "" if action.nargs == 0 else f" {action.metavar or '{' + ','.join(map(str, action.choices or ())) + '}'}"
    *short, last = action.option_strings
    return ", ".join([*(f"`{word}`" for word in short), f"`{last}{value}`"])
