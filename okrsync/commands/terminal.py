"""The only place that writes to standard output and standard error, whatever the console can show."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from okrsync.errors import OkrSyncError
    from okrsync.reports.page import Look

_PLAIN_WIDTH = 120
_BAR = 24
_NOT_ASCII = re.compile("[^\x00-\x7f]+")


class Terminal:
    """Results go to `out`, progress and the summary to `err`. `verbosity`: -1 quiet, 0, 1 verbose."""

    def __init__(self, out: TextIO, err: TextIO, environ: Mapping[str, str]) -> None:
        self.out = out
        self.err = err
        self.verbosity = 0
        self._environ = environ
        self._in_progress = False
        for stream in (out, err):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:  # a console that cannot show a character shows "?" and does not crash
                reconfigure(errors="replace")

    @classmethod
    def of_process(cls) -> Terminal:
        """The terminal this process was started in."""
        return cls(sys.stdout, sys.stderr, os.environ)

    @property
    def unicode(self) -> bool:
        """Whether standard output can carry every character."""
        return (self.out.encoding or "utf-8").lower().replace("-", "").startswith(("utf", "gb18030"))

    def look(self, language: str | None = None) -> Look:
        """How a report for standard output has to look."""
        from okrsync.reports.page import ROWS, Look

        tty = self.out.isatty()
        width = shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns if tty else _PLAIN_WIDTH
        rows = None if self.verbosity > 0 else ROWS
        return Look(max(width, 60), tty and self._colours(), self.unicode, rows, language or "en")

    def _colours(self) -> bool:
        if self._environ.get("NO_COLOR") or self._environ.get("TERM") == "dumb":
            return False
        from rich.console import detect_legacy_windows

        return not detect_legacy_windows()

    def show(self, text: str) -> None:
        """A finished report, as it is; a line feed is added where it has none."""
        self._end_progress()
        self.out.write(text if text.endswith("\n") or not text else text + "\n")

    def json(self, text: str) -> None:
        """JSON, in pure ASCII where the stream cannot carry everything."""
        self.show(text if self.unicode else _NOT_ASCII.sub(lambda match: json.dumps(match[0])[1:-1], text))

    def note(self, text: str) -> None:
        """A line for the person who watches; not in quiet mode."""
        if self.verbosity >= 0:
            self._say(text)

    def error(self, error: OkrSyncError) -> None:
        """What could not be done and its fix; always said."""
        self._say(str(error))

    def warn(self, text: str) -> None:
        """A line that is said even in quiet mode."""
        self._say(text)

    def progress(self, name: str, done: int, total: int) -> None:
        """How far a run over several workbooks is: a bar on a terminal, a plain line elsewhere."""
        if self.verbosity < 0 or total < 2:
            return
        if not self.err.isatty():
            self._say(f"[{done + 1}/{total}] {name}")
            return
        filled = _BAR * done // total
        width = shutil.get_terminal_size().columns - 1
        line = f"[{'#' * filled}{'.' * (_BAR - filled)}] {done + 1}/{total} {_lines(name)}"
        self._write_err("\r" + line[:width].ljust(width))
        self._in_progress = True

    def _say(self, text: str) -> None:
        self._end_progress()
        self._write_err("".join(line + "\n" for line in _lines(text).splitlines()))

    def _end_progress(self) -> None:
        if self._in_progress:
            self._in_progress = False
            self._write_err("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")

    def _write_err(self, text: str) -> None:
        try:
            self.err.write(text)
            self.err.flush()
        except (OSError, ValueError):
            pass  # nobody reads the progress any more: no reason to stop the work


def clock() -> datetime:
    """The moment it is, with this computer's offset."""
    return datetime.now().astimezone()


def _lines(text: str) -> str:
    """Lines made harmless: cell text quoted in them cannot drive the terminal; their indentation stays."""
    from okrsync.reports.figures import printable

    shown = []
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        shown.append(" " * indent + printable(line))
    return "\n".join(shown)
