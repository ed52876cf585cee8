"""What a sheet of ours holds, and whether one says what it should."""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping

from msgspec import Struct, field

from okrsync.cells import Area, CellRef, CellValue, Grid


class Tone(enum.StrEnum):
    """How a cell of a sheet of ours looks; the adapter turns it into fonts, fills and number formats."""

    TITLE = "title"
    NOTE = "note"
    HEADING = "heading"  # a band: every cell between the first and the last of a row shares it
    GROUP = "group"  # a lighter band, likewise
    HEADER = "header"
    TEXT = "text"
    STRONG = "strong"
    WRAP = "wrap"
    COUNT = "count"
    SCORE = "score"
    PERCENT = "percent"
    STATUS = "status"
    SEVERITY = "severity"
    DATE = "date"


class OwnCell(Struct, frozen=True):
    """A cell of a sheet of ours; `link` is the cell a click jumps to, `indent` steps the text in."""

    value: CellValue
    tone: Tone = Tone.TEXT
    link: CellRef | None = None
    indent: int = 0


class OwnChart(Struct, frozen=True):
    """A bar chart on a sheet of ours. `labels` and `series` are one-column areas of that same sheet.

    `series` are (name, area, colour "#RRGGBB"). `corner` is where its top left corner lies (row, column),
    `size` how many rows and columns it covers. `maximum` is where the axis of numbers ends, None: by itself.
    """

    title: str
    labels: Area
    series: tuple[tuple[str, Area, str], ...]
    corner: tuple[int, int]
    stacked: bool = False
    percent: bool = False
    size: tuple[int, int] = (16, 6)
    maximum: float | None = None


class OwnContent(Struct, frozen=True):
    """All that a sheet of ours holds, rows from 1, columns from 1 (a row may be empty).

    `as_of_rows` are rows that a day alone may change; two contents that differ only there are the same. `bars` are
    one-column areas with a data bar (0 to 1). `statuses` as in BlockEdit. `frozen_rows` stay in view.
    """

    rows: tuple[tuple[OwnCell, ...], ...]
    widths: tuple[float, ...]
    as_of_rows: frozenset[int] = frozenset()
    charts: tuple[OwnChart, ...] = ()
    bars: tuple[Area, ...] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)
    frozen_rows: int = 0
    filter: Area | None = None


def says(grid: Grid, content: OwnContent, written: Area | None = None) -> bool:
    """Whether a sheet of ours says what it should already, the as-of day and what people wrote around it aside.

    `written` is what the last run wrote, None where that is not known: then every row counts.
    """
    columns = width(content)
    bottom = grid.bottom if written is None else written.bottom
    for i in range(1, max(bottom, len(content.rows)) + 1):
        if i not in content.as_of_rows:
            row = content.rows[i - 1] if i <= len(content.rows) else ()
            for j in range(1, columns + 1):
                wanted = row[j - 1].value if j <= len(row) else None
                if not same(grid.value(i, j), wanted):
                    return False
    return True


def width(content: OwnContent) -> int:
    """How many columns a sheet of ours takes."""
    return max([len(content.widths), *(len(row) for row in content.rows)])


def same(before: CellValue, after: CellValue) -> bool:
    """Whether two values are the same in a cell; an empty text is a blank there, and a number is a float."""
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    if isinstance(before, float | int) and isinstance(after, float | int):
        return math.isclose(before, after, rel_tol=1e-12, abs_tol=1e-9)
    return (before or None) == (after or None)
