"""Outlines without a header that names them: lines labelled "O1:" and "KR1:", in one column or in two."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from okrsync.cells import Area, Grid
from okrsync.layout.assign import assign
from okrsync.layout.columns import Columns
from okrsync.layout.labels import Label, has_bullet, is_bare_label, split_label
from okrsync.layout.likely import STATEMENTS
from okrsync.layout.likeness import MOST_CODE, is_code
from okrsync.layout.region import Region, cells_of, header_text
from okrsync.layout.tables import Candidate
from okrsync.mapping import Reason

EVIDENCE_LINES = 300
LONGEST_LINE = 2_000


class Line(Struct):
    """The first text of a row, its label if it has one, and the text cell right after it."""

    row: int
    column: int
    text: str
    level: str | None
    bare: bool
    next_column: int | None


def find_outline(grid: Grid, first_row: int) -> Candidate | None:
    """The outline in the rows from `first_row` on, None where there is none."""
    lines = _lines(grid, first_row)
    named = [line for line in lines if line.level is not None]
    bulleted = not any(line.level == "key_result" for line in named)
    key_results = _bullets(lines) if bulleted else [line for line in named if line.level == "key_result"]
    objectives = [line for line in named if line.level == "objective"]
    if not objectives or not key_results or key_results[-1].row < objectives[0].row:
        return None
    if len(objectives) == 1 and len(key_results) < 2 and not any(c.isdigit() for c in objectives[0].text[:12]):
        return None
    inside = [line for line in lines if objectives[0].row <= line.row <= key_results[-1].row]
    if sum(1 for line in inside if is_code(line.text)) > MOST_CODE * len(inside):
        return None
    labelled = len(objectives) + len(key_results)
    if labelled < 0.5 * len([line for line in inside if not _continues(line, grid)]):
        return None
    return _candidate(grid, objectives, key_results)


def _lines(grid: Grid, first_row: int) -> list[Line]:
    lines: list[Line] = []
    for row in range(max(first_row, grid.top), grid.bottom + 1):
        cells = grid.rows[row - grid.top]
        texts = [(grid.left + j, value) for j, value in enumerate(cells) if isinstance(value, str) and value.strip()]
        if not texts:
            continue
        column, text = texts[0]
        found = split_label(text[:LONGEST_LINE])
        bare = found is not None and not found.text
        level = found.level if found is not None and not (bare and _heads(found)) else None
        lines.append(Line(row, column, text, level, bare, texts[1][0] if len(texts) > 1 else None))
        if len(lines) >= EVIDENCE_LINES:
            break
    return lines


def _heads(label: Label) -> bool:
    """Whether a label alone heads a list: "Key results:" stands for no single one."""
    return label.level == "key_result" and not any(letter.isdigit() for letter in label.label)


def _bullets(lines: list[Line]) -> list[Line]:
    """Bulleted lines below the first objective."""
    found: list[Line] = []
    seen_objective = False
    for line in lines:
        seen_objective = seen_objective or line.level == "objective"
        if seen_objective and line.level is None and has_bullet(line.text) and any(map(str.isalnum, line.text)):
            found.append(line)
    return found


def _continues(line: Line, grid: Grid) -> bool:
    """Whether a line without a label can be the rest of the line above it."""
    above = grid.value(line.row - 1, line.column)
    return line.level is None and isinstance(above, str) and not has_bullet(line.text)


def _candidate(grid: Grid, objectives: list[Line], key_results: list[Line]) -> Candidate:
    """The outline as a table: its columns by what they hold, others by a header row above it if there is one."""
    first = objectives[0].row
    o_column = _most_common([line.column for line in objectives])
    k_column = _most_common([line.column for line in key_results])
    apart = all(line.bare for line in objectives + key_results)
    found: dict[str, int]
    if apart:
        texts = [line.next_column for line in objectives + key_results if line.next_column is not None]
        found = {"label": o_column, "statement": _most_common(texts)} if texts else {"statement": o_column}
    elif o_column == k_column:
        found = {"statement": o_column}
    else:
        found = {"objective": o_column, "key_result": k_column}
    columns, header_rows = _with_header(grid, first, found)
    said = f'{len(objectives)} lines are labelled as objectives ("{objectives[0].text[:30]}")'
    columns.remarks.append(Reason(f"{said}, {len(key_results)} below them as key results", 0.9))
    region = columns.region
    region.header_rows = header_rows
    left = min(columns.fields.values())
    right = max(columns.fields.values())
    stated = [line for line in objectives + key_results if apart or not line.bare]
    return Candidate(region, columns, left, right, lines=len(stated))


def _most_common(values: list[int]) -> int:
    return Counter(values).most_common(1)[0][0]


def _with_header(grid: Grid, first: int, found: dict[str, int]) -> tuple[Columns, tuple[int, ...]]:
    """Other columns by the headers right above the outline, where there is such a row."""
    for row in range(first - 1, max(first - 4, grid.top - 1), -1):
        texts = {
            column: text
            for column, value in enumerate(cells_of(grid, row), start=grid.left)
            if (text := header_text(value)) is not None and not is_bare_label(text)
        }
        if len(texts) >= 2:
            columns = assign(Region(grid, (row,), texts, first, grid.bottom))
            others = {
                name: column
                for name, column in columns.fields.items()
                if name not in STATEMENTS and column not in found.values() and name not in found
            }
            if others:
                columns.fields = found | others
                return columns, (row,)
    region = Region(grid, (), {}, first, grid.bottom)
    return Columns(region, dict(found)), ()


def outline_area(candidate: Candidate) -> Area:
    """The area of an outline: from the row above its first line, where there is one."""
    region = candidate.region
    top = region.header_rows[0] if region.header_rows else max(1, region.first_row - 1)
    return Area(top, candidate.left, max(region.last_row, top), candidate.right)
