"""Whether a sheet of ours says what it should."""

from __future__ import annotations

import math

from okrsync.cells import Area, CellValue, Grid, OwnContent


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
