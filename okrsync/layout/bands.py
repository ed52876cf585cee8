"""Columns that repeat per period: quarter bands → a reading per cycle; weekly columns → check-ins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from okrsync.cells import CellValue, column_letters
from okrsync.layout.assign import assign
from okrsync.layout.columns import Columns
from okrsync.layout.folding import fold
from okrsync.layout.headers import sense
from okrsync.layout.region import Region, header_text
from okrsync.layout.tables import Candidate
from okrsync.mapping import Reason
from okrsync.values import read_quantity
from okrsync.values.cycles import find_named, full_year
from okrsync.values.periods import is_period

_S_WEEK = re.compile(r"[sS]\s?(\d{1,2})")
_LEAST_WEEKS = 3
LEAST = 2
"""As few periods make a row of them."""
MOST_TEXT = 0.4
"""Of the filled cells below weekly headers, how many may say something else than a number ("on track", "holiday")."""
_YEAR = full_year(2024)
_LONGEST = 30
_OF_A_CYCLE = frozenset({"objective", "key_result", "statement", "baseline", "target", "score"})
"""A band that says one of these is of a cycle of its own; one with values alone is a check-in."""
_CHECKED_IN = ("current", "progress")


class Band(Struct, frozen=True):
    """One period of a header: how it is written, its columns and what stands over each of them below the period."""

    period: str
    words: Mapping[int, str]


class Bands(Struct, frozen=True):
    """What a header says per period: one reading per cycle, or columns of check-ins by the period they are of.

    `common`: the table without the columns of check-ins, where some of them had been taken for something else.
    """

    cycles: tuple[tuple[str, Columns], ...] = ()
    common: Columns | None = None
    check_ins: Mapping[str, int] = {}
    reasons: tuple[Reason, ...] = ()


def find_bands(table: Candidate) -> Bands:
    """The periods of a table's header; nothing where it has none or one alone."""
    for words in (_below_periods(table), _beside_periods(table)):
        bands = _repeated(words)
        if len(bands) < LEAST:
            continue
        meanings = [{name for text in band.words.values() for name in _fields(text)[:1]} for band in bands]
        if sum(1 for names in meanings if names & _OF_A_CYCLE) >= LEAST:
            return _cycles(table, bands)
        return _series_of(table, bands)
    return _series(table, _alone(table))


def _fields(text: str) -> tuple[str, ...]:
    found = sense(text)
    return found.fields if found is not None else ()


# a period over a header, and a period within one


def _below_periods(table: Candidate) -> dict[int, tuple[str, str]]:
    """The columns below a row of periods: column → (period, its own header)."""
    rows = table.header_rows
    upper, lower = (rows[0], rows[-1]) if len(rows) > 1 else (rows[0] - 1, rows[0])
    grid = table.region.grid
    merged = {area.left: area.right for area in grid.merges if area.top <= upper <= area.bottom}
    found: dict[int, tuple[str, str]] = {}
    period, last = None, 0
    for column in range(table.left, table.right + 1):
        if grid.value(upper, column) is not None:
            period = is_period(grid.value(upper, column))
            last = merged.get(column, 0)
        word = header_text(grid.value(lower, column))
        if period is not None and word is not None and (not last or column <= last):
            found[column] = period, word
    return found


def _beside_periods(table: Candidate) -> dict[int, tuple[str, str]]:
    """The headers that hold a period ("Q3 Target"): column → (period, the rest of the header)."""
    found: dict[int, tuple[str, str]] = {}
    for column, text in table.region.headers.items():
        named = find_named(" ".join(text.split())[:60], _YEAR.start)
        if named is not None and (word := named.rest.strip(" -–—:()（）[]/,.")) and _fields(word):
            found[column] = named.text[named.span[0] : named.span[1]].strip(), word
    return found


def _repeated(words: Mapping[int, tuple[str, str]]) -> list[Band]:
    """The periods with those of their columns whose headers return under another period."""
    periods: dict[str, dict[str, set[str]]] = {}
    for period, word in words.values():
        periods.setdefault(fold(word), {}).setdefault(fold(period), set()).add(period)
    bands: dict[str, dict[int, str]] = {}
    names: dict[str, str] = {}
    for column, (period, word) in words.items():
        if len(periods[fold(word)]) >= LEAST:
            names.setdefault(fold(period), period)
            bands.setdefault(fold(period), {})[column] = word
    return [Band(names[folded], columns) for folded, columns in bands.items()]


def _with(table: Candidate, bands: Sequence[Band], band: Band | None) -> Columns:
    """The columns all periods have in common, with those of one of them."""
    region = table.region
    of_bands = {column for each in bands for column in each.words}
    headers = {column: text for column, text in region.headers.items() if column not in of_bands}
    headers |= band.words if band is not None else {}
    return assign(Region(region.grid, region.header_rows, headers, region.first_row, region.last_row))


# cycles


def _cycles(table: Candidate, bands: Sequence[Band]) -> Bands:
    """The table once per period."""
    found = [(band.period, _with(table, bands, band)) for band in bands]
    spans = ", ".join(f'"{band.period}" in {_span(band.words)}' for band in bands)
    return Bands(cycles=tuple(found), reasons=(Reason(f"the columns repeat per cycle: {spans}", 0.9),))


def _span(columns: Mapping[int, str]) -> str:
    first, last = min(columns), max(columns)
    return column_letters(first) if first == last else f"{column_letters(first)}–{column_letters(last)}"


# check-ins


def _series_of(table: Candidate, bands: Sequence[Band]) -> Bands:
    """Check-ins with a header of their own below or beside their period ("W40 Actual", "Actual Q1")."""
    found = _series(table, {band.period: column for band in bands if (column := _checked_in(band)) is not None})
    return replace(found, common=_with(table, bands, None)) if found.check_ins else found


def _checked_in(band: Band) -> int | None:
    """The column of a period that says how far things had come."""
    for name in _CHECKED_IN:
        for column, word in band.words.items():
            if _fields(word)[:1] == (name,):
                return column
    return None


def _alone(table: Candidate) -> dict[str, int]:
    """The columns whose header is a period: in the header row, or in the row below it where no statement stands."""
    rows = table.header_rows
    for row in (rows[-1], rows[0], rows[-1] + 1):
        found = dict(_periods_in(table, row))
        if len(found) >= LEAST:
            return found
    return {}


def _periods_in(table: Candidate, row: int) -> Iterator[tuple[str, int]]:
    taken, grid = set(table.columns.fields.values()), table.region.grid
    if row > table.header_rows[-1] and any(grid.value(row, column) is not None for column in taken):
        return
    cells = {column: grid.value(row, column) for column in range(table.left, table.right + 1) if column not in taken}
    weeks = {column: found[1] for column, value in cells.items() if (found := _S_WEEK.fullmatch(str(value)))}
    for column, value in cells.items():
        # "S1, S2, S3 …" count weeks (semana, semaine, settimana); a year has but two halves (semestre).
        period = f"W{weeks[column]}" if column in weeks and len(weeks) >= _LEAST_WEEKS else is_period(value)
        if period is not None:
            yield period, column


def _series(table: Candidate, columns: Mapping[str, int]) -> Bands:
    if len(columns) < LEAST or not _are_numbers(table.region, columns.values()):
        return Bands()
    names = list(columns)
    reason = f'columns {_span(dict.fromkeys(columns.values(), ""))} are check-ins, "{names[0]}" to "{names[-1]}"'
    return Bands(check_ins=columns, reasons=(Reason(reason, 0.85),))


def _are_numbers(region: Region, columns: Iterable[int]) -> bool:
    """Whether what stands below such headers are measured values."""
    filled = [value for column in columns for value in region.cells(column) if value is not None]
    numbers = sum(1 for value in filled if isinstance(value, float | bool) or _is_number(value))
    return numbers > 0 and len(filled) - numbers <= MOST_TEXT * len(filled)


def _is_number(value: CellValue) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST and read_quantity(value) is not None
