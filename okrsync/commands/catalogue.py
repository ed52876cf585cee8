"""checks and explain: the catalogue of checks, as people read it."""

from __future__ import annotations

import argparse
import difflib
import inspect

from okrsync.checks import CHECKS
from okrsync.commands.terminal import Terminal
from okrsync.errors import ConfigError


def checks(_args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync checks`"""
    width = max(len(one.name) for one in CHECKS)
    lines = [
        f"{one.code}  {one.severity:8}  {one.name:{width}}  {_doc(one.doc).partition(chr(10))[0]}" for one in CHECKS
    ]
    terminal.show("\n".join(lines))
    return 0


def explain(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync explain CODE`"""
    word = args.code
    for one in CHECKS:
        if word.upper() == one.code or word.casefold() == one.name:
            terminal.show(f"{one.code} {one.name} ({one.severity})\n\n{_doc(one.doc)}\n\nFix: {one.fix}")
            return 0
    known = [name for one in CHECKS for name in (one.code, one.name)]
    near = difflib.get_close_matches(word.upper(), known, n=1) or difflib.get_close_matches(word.casefold(), known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ConfigError("okrsync explain", f'there is no check "{word}".{hint}', "`okrsync checks` lists them all")


def _doc(text: str) -> str:
    return inspect.cleandoc(text)
