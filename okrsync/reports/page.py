"""The page of a text report: lines, headings and tables of untrusted text, for terminals that show more or less."""

from __future__ import annotations

from io import StringIO

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from okrsync.model import Status
from okrsync.reports.figures import printable
from okrsync.wording import Words, words

COLOURS = {
    "achieved": "green",
    "on track": "green",
    "at risk": "yellow",
    "stale": "yellow",
    "off track": "red",
    "missed": "red",
    "no data": "bright_black",
    "not started": "bright_black",
    "error": "red",
    "warning": "yellow",
    "info": "cyan",
}


ROWS = 2_000
"""More rows than anybody scrolls through."""


class Look(Struct, frozen=True):
    """What the terminal can show."""

    width: int = 120
    colour: bool = False
    unicode: bool = True
    rows: int | None = None  # of OKRs, at most
    language: str = "en"

    @property
    def words(self) -> Words:
        """The words of its columns, levels and statuses."""
        return words(self.language)

    @property
    def dash(self) -> str:
        """What stands between the parts of a heading."""
        return "·" if self.unicode else "-"

    @property
    def mark(self) -> str:
        """Follows what was read from a sentence."""
        return "†" if self.unicode else "^"

    @property
    def arrow(self) -> str:
        """What stands between baseline and target."""
        return "→" if self.unicode else "->"


class Page:
    """Collects lines and tables as text of one width, with colours or without."""

    def __init__(self, look: Look) -> None:
        self._buffer = StringIO()
        self.look = look
        self.text = ""
        self.console: Console = Console(
            file=self._buffer,
            width=look.width,
            force_terminal=look.colour,
            color_system="standard" if look.colour else None,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def __enter__(self) -> Page:
        return self

    def __exit__(self, *_: object) -> None:
        self.text = "\n".join(line.rstrip() for line in self._buffer.getvalue().split("\n"))

    def heading(self, text: str) -> None:
        """A line that opens a part, with a blank line before it."""
        self.gap()
        self.line(text, style="bold")

    def gap(self) -> None:
        """A blank line, except at the very top."""
        if self._buffer.tell():
            self.console.print()

    def line(self, text: str, *, style: str = "", indent: int = 0) -> None:
        """One paragraph of untrusted text, wrapped and stepped in."""
        shown = printable(text)
        if cell_len(shown) + indent <= self.look.width and not (style and self.look.colour):
            self._buffer.write(" " * indent + shown + "\n")  # the same, a hundred times faster: runs make many edits
            return
        self.console.print(Padding(Text(shown, style=style), (0, 0, 0, indent)))

    def table(self, table: Table) -> None:
        """A table with a blank line before it."""
        self.gap()
        self.console.print(table)


def text_of(text: str, style: str = "") -> Text:
    """Text of a cell, made printable and never read as markup."""
    return Text(printable(text), style=style)


def status_of(status: Status | None, own: Words) -> Text:
    """A status in its colour; nothing for None."""
    return Text("") if status is None else text_of(own.statuses[status], COLOURS[status])


def table_of(title: str) -> Table:
    """A table without lines; "" for no title."""
    return Table(
        title=text_of(title, "bold") if title else None,
        title_justify="left",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        header_style="bright_black",
        expand=True,
    )
