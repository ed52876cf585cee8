"""Where the tables of a sheet are: header rows found by their words, proven by the cells below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from msgspec import Struct, field

from okrsync.cells import Area, CellValue, Grid
from okrsync.layout.assign import assign
from okrsync.layout.bridging import bridged, is_known
from okrsync.layout.cards import is_labelled, names_objective
from okrsync.layout.columns import Columns, may_be_half
from okrsync.layout.folding import fold
from okrsync.layout.headers import EXACT, language_of, metadata_of, sense
from okrsync.layout.levels import is_tree
from okrsync.layout.likely import STATEMENTS, Patience, holds_values, likely_rows
from okrsync.layout.likeness import likeness
from okrsync.layout.proof import why_not
from okrsync.layout.region import EVIDENCE_ROWS, Region, cells_of, header_text, segments
from okrsync.layout.vocabulary import lexicon
from okrsync.mapping import Archetype

HEADER_WIDTH = 60
MOST_TITLES = 6
"""As many rows above a header may be its titles."""
_LABEL_AND_VALUE = 2
_NO_HEADER = "too few of its cells are headers"


class Candidate(Struct):
    """A header that stands over OKRs, with the columns read from it; of an outline without one, its labelled lines."""

    region: Region
    columns: Columns
    left: int
    right: int
    beside: int = 0
    lines: int = 0

    @property
    def header_rows(self) -> tuple[int, ...]:
        """The header's rows."""
        return self.region.header_rows

    @property
    def area(self) -> Area:
        """Header and data rows over the team's columns."""
        return Area(self.header_rows[0], self.left, max(self.region.last_row, self.header_rows[-1]), self.right)


class Probe(Struct):
    """What looking for headers came to: the tables, and headers that looked like one but were none, with the reason.

    `halves` are refused tables that may be objectives or key results alone, to be joined with another one by ids.
    """

    tables: list[Candidate] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    halves: list[Candidate] = field(default_factory=list)
    headers: set[tuple[CellValue, ...]] = field(default_factory=set)


def find_tables(grid: Grid, ours: frozenset[int]) -> Probe:
    """Every table with a header, from top to bottom."""
    probe = Probe()
    taken: set[int] = set()
    patience = Patience()
    for row in likely_rows(grid):
        if patience.is_at_an_end:
            break
        if row in taken or _names_types(grid, row, probe.tables) or holds_values(cells_of(grid, row)):
            continue
        if is_labelled(cells_of(grid, row)) and names_objective(grid, row):
            continue
        if not patience.lasts(grid, row):
            continue
        found = _at(grid, row, ours, probe) if _heads(grid, row, probe) else []
        if not found:
            patience.refuse(grid, row)
        for candidate in found:
            if _repeats(candidate, probe.tables):
                continue
            probe.tables.append(candidate)
            probe.headers.add(tuple(cells_of(grid, candidate.header_rows[0])))
            taken.update(candidate.header_rows)
    _end_tables(grid, probe.tables)
    _end_tables(grid, probe.halves)
    return probe


def _heads(grid: Grid, row: int, probe: Probe) -> bool:
    """Whether a row is made of header words; in the rows of a table above it, most of its cells must be."""
    seen = likeness(cells_of(grid, row))
    if not seen.heads and not probe.tables:
        probe.refused.append(f"row {row} ({_quoted(_header_texts(grid, (row,)).values())}): {_NO_HEADER}")
    if not probe.tables:
        return seen.heads
    if tuple(cells_of(grid, row)) in probe.headers:
        return True
    return seen.heads_within or (seen.heads and seen.words >= 2 and _begins_anew(grid, row))


def _begins_anew(grid: Grid, row: int) -> bool:
    """Whether a row stands below a blank row or a title, where another table may begin."""
    return _is_blank_row(grid, row - 1) or is_title_row(grid, row - 1)


def _quoted(headers: Iterable[str]) -> str:
    return ", ".join(f'"{" ".join(text.split())[:40]}"' for text in islice(headers, 6))


def _names_types(grid: Grid, row: int, above: list[Candidate]) -> bool:
    """Whether the word that looks like a header is one of a type column of the table above ("Objective", "KR")."""
    if not above or "type" not in above[-1].columns.fields:
        return False
    column = above[-1].columns.fields["type"]
    value = grid.value(row, column)
    header = above[-1].region.headers[column]
    return isinstance(value, str) and fold(value) in lexicon().types and fold(value) != fold(header)


def _at(grid: Grid, row: int, ours: frozenset[int], probe: Probe) -> list[Candidate]:
    """The tables whose header is this row (or this row and the one below it)."""
    single = _read(grid, (row,), ours, probe)
    double = _read(grid, (row, row + 1), ours, Probe()) if _may_continue(grid, row) else []
    best = double if _worth(double) >= _worth(single) + 2 else single
    return best


def _worth(found: list[Candidate]) -> int:
    return sum(len(candidate.columns.fields) for candidate in found)


def _may_continue(grid: Grid, row: int) -> bool:
    """Whether the row below can be the second row of a header: short texts only, no number, and words we know."""
    filled = [value for value in cells_of(grid, row + 1) if value is not None]
    texts = [text for value in filled if (text := header_text(value)) is not None and len(text) <= HEADER_WIDTH]
    return bool(filled) and len(texts) == len(filled) and sum(1 for text in texts if sense(text) is not None) >= 2


def _read(grid: Grid, rows: tuple[int, ...], ours: frozenset[int], probe: Probe) -> list[Candidate]:
    headers = _header_texts(grid, rows)
    if len(headers) < 2:
        return []
    first = rows[-1] + 1
    used = _used_columns(grid, first)
    groups = bridged(grid, first, headers, segments(list(headers), used | _dated(grid, rows), ours))
    found = [one for group in groups if (one := _candidate(grid, rows, headers, group, probe)) is not None]
    if not found and len(groups) > 1:
        whole = _candidate(grid, rows, headers, sorted(headers), probe)
        found = [whole] if whole is not None else []
    if len(found) == 1:
        _widen(found[0], used, ours, headers)
    if len(found) > 1:
        # Two tables in the same rows: a row must mean one thing, for reading and for our columns beside it.
        found[0].beside = len(found) - 1
    elif found:
        found[0].beside = _known_beside(found[0], headers, groups, used)
    return found[:1]


def _known_beside(table: Candidate, headers: dict[int, str], groups: list[list[int]], used: frozenset[int]) -> int:
    """How many parts of the header right of a table would have been read had they stood in it."""
    right = [group for group in groups if group[0] > table.right and not used.isdisjoint(group)]
    return sum(1 for group in right if is_known(headers, group))


def _header_texts(grid: Grid, rows: tuple[int, ...]) -> dict[int, str]:
    """The header of each column; in two rows the lower one's text, else the upper one's."""
    headers: dict[int, str] = {}
    for row in rows:
        for column, value in enumerate(cells_of(grid, row), start=grid.left):
            text = header_text(value)
            if text is not None:
                headers[column] = text
    return headers


def _dated(grid: Grid, rows: tuple[int, ...]) -> frozenset[int]:
    """Columns with a day for a header: those of weeks to come are empty, and still part of the table."""
    cells = ((grid.left + j, value) for row in rows for j, value in enumerate(cells_of(grid, row)))
    return frozenset(column for column, value in cells if isinstance(value, date))


def _used_columns(grid: Grid, first: int) -> frozenset[int]:
    """Columns with something in the first rows below a header."""
    start = first - grid.top
    return frozenset(
        grid.left + j
        for row in grid.rows[start : start + EVIDENCE_ROWS]
        for j, value in enumerate(row)
        if value is not None
    )


def _candidate(
    grid: Grid, rows: tuple[int, ...], headers: dict[int, str], group: list[int], probe: Probe
) -> Candidate | None:
    region = Region(grid, rows, {column: headers[column] for column in group}, rows[-1] + 1, grid.bottom)
    region.last_row = _evidence_end(region)
    region.headers = _above_their_cells(region, headers)
    columns = assign(region)
    found = Candidate(region, columns, group[0], max(group[-1], *region.headers))
    reason = why_not(columns)
    if reason is None:
        return found
    probe.refused.append(f"row {rows[-1]} ({_quoted(region.headers[column] for column in group)}): {reason}")
    if may_be_half(columns):
        probe.halves.append(found)
    return None


def _above_their_cells(region: Region, headers: Mapping[int, str]) -> dict[int, str]:
    """The headers of statements moved one column on where their own is blank: "Key results:" left of the list."""
    moved: dict[int, str] = {}
    for column, text in region.headers.items():
        found, at = sense(text), column
        if found is not None and not STATEMENTS.isdisjoint(found.fields[:1]) and column + 1 not in headers:
            blank = not region.profile(column).filled
            at = column + 1 if blank and region.profile(column + 1).statements else column
        moved[at] = text
    return moved


def _evidence_end(region: Region) -> int:
    """The evidence ends where the next header begins, or its titles, so that tables do not blur into one another."""
    grid = region.grid
    for row in range(region.first_row, min(grid.bottom, region.first_row + EVIDENCE_ROWS) + 1):
        if _is_header(region, row):
            last = row - 1
            while last > region.first_row and (_is_blank_row(grid, last) or is_title_row(grid, last)):
                last -= 1
            return last
    return grid.bottom


def _is_blank_row(grid: Grid, row: int) -> bool:
    return all(value is None for value in cells_of(grid, row))


def _is_header(region: Region, row: int) -> bool:
    """Whether the texts of a row, three at least, are headers without exception."""
    known = lexicon().headers
    cells, left = cells_of(region.grid, row), region.grid.left
    texts = 0
    for column in region.headers:
        text = header_text(cells[column - left]) if column - left < len(cells) else None
        if text is None:
            continue
        # What is known as a whole is looked up before it is taken apart, which would cost far more.
        if fold(text) not in known or (found := sense(text)) is None or found.strength != EXACT:
            return False
        texts += 1
    return texts >= 3


def _widen(candidate: Candidate, used: frozenset[int], ours: frozenset[int], headers: dict[int, str]) -> None:
    """Unnamed columns right of the header that hold data belong to the table."""
    while candidate.right + 1 in used and candidate.right + 1 not in headers and candidate.right + 1 not in ours:
        candidate.right += 1


def _repeats(candidate: Candidate, before: list[Candidate]) -> bool:
    """Whether a header only repeats that of the table above it (printed pages, one block per objective)."""
    for earlier in reversed(before):
        if earlier.area.meets(Area(1, candidate.left, 1_048_576, candidate.right)):
            texts = {column: fold(text) for column, text in candidate.region.headers.items()}
            return texts == {column: fold(text) for column, text in earlier.region.headers.items()} and not _titled(
                candidate
            )
    return False


def _titled(candidate: Candidate) -> bool:
    """Whether a title or metadata row stands right above a repeated header: then it is a table of its own."""
    grid, row = candidate.region.grid, candidate.header_rows[0] - 1
    while row >= grid.top and row > candidate.header_rows[0] - 4:
        if is_title_row(grid, row):
            return True
        if not _is_blank_row(grid, row):
            return False
        row -= 1
    return False


def _end_tables(grid: Grid, tables: list[Candidate]) -> None:
    """Every table ends above the title of the next one below it, and at its last filled row."""
    for number, table in enumerate(tables):
        last = min((_title_row(grid, other, table) for other in _below(tables, number)), default=grid.bottom + 1) - 1
        while last > table.header_rows[-1] and not _filled(grid, last, table):
            last -= 1
        table.region.last_row = last


def _below(tables: list[Candidate], number: int) -> Iterator[Candidate]:
    """The tables below one of them, as far down as a title can make one begin first."""
    table, nearest = tables[number], None
    for other in islice(tables, number + 1, None):
        if nearest is not None and other.header_rows[0] > nearest + MOST_TITLES:
            return
        if other.left <= table.right and other.right >= table.left:
            nearest = other.header_rows[0] if nearest is None else nearest
            yield other


def _title_row(grid: Grid, table: Candidate, above: Candidate) -> int:
    """Where what belongs to a table begins: its title and metadata rows, back to the blank row before them."""
    row = table.header_rows[0]
    while row - 1 > above.header_rows[-1] and row > table.header_rows[0] - MOST_TITLES:
        blank = _is_blank_row(grid, row - 1)
        if not is_title_row(grid, row - 1) and (not blank or row < table.header_rows[0]):
            break
        row -= 1
    return row


def is_title_row(grid: Grid, row: int) -> bool:
    """Whether a row holds one text alone, or a label with its value ("Team: | Growth", "Objective 1: | Grow")."""
    filled = [value for value in cells_of(grid, row) if value is not None]
    if not filled or not isinstance(filled[0], str):
        return False
    label = filled[0].split(":")[0].split("：")[0]
    if len(filled) == 1 or fold(label) in lexicon().metadata or names_objective(grid, row):
        return True
    return len(filled) == _LABEL_AND_VALUE and metadata_of(label) is not None


def _filled(grid: Grid, row: int, table: Candidate) -> bool:
    cells = grid.rows[row - grid.top] if row <= grid.bottom else ()
    start = max(0, table.left - grid.left)
    return any(value is not None for value in cells[start : table.right - grid.left + 1])


def archetype(columns: Columns) -> Archetype:
    """How the rows are laid out, from the columns and the first cells below them."""
    fields, region = columns.fields, columns.region
    if "statement" in fields:
        return Archetype.TREE if is_tree(columns) else Archetype.OUTLINE
    if "objective" not in fields or "key_result" not in fields:
        return Archetype.FLAT
    objectives, key_results = region.cells(fields["objective"]), region.cells(fields["key_result"])
    pairs = [(o, k) for o, k in zip(objectives, key_results, strict=True) if o is not None or k is not None]
    both = sum(1 for o, k in pairs if o is not None and k is not None)
    alone = sum(1 for o, k in pairs if o is not None and k is None)
    below = sum(1 for o, k in pairs if o is None and k is not None)
    if below and alone > both:
        return Archetype.OUTLINE
    return Archetype.MERGED if below else Archetype.FLAT


def language(columns: Columns) -> str:
    """The language of the headers."""
    return language_of(list(columns.region.headers.values()))


def is_blank(value: CellValue) -> bool:
    """Whether a cell holds nothing a person would see."""
    return value is None or (isinstance(value, str) and not value.strip())
