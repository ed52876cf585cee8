"""Reading back what was written, with another reader than ours: what was meant is there, all else is as it was."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, time, timedelta
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from python_calamine import CalamineWorkbook

from okrsync.cells import CellError, CellValue, Grid, Uncached, column_letters, quoted
from okrsync.edits import CellEdit
from okrsync.owncontent import OwnContent, says
from okrsync.workbooks.excel.content import written_text

Rows = Iterator[tuple[int, Sequence[object]]]
"""The first column of a row, and its values."""

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_TIMES = (date, time, timedelta)


_Wanted = Mapping[int, Mapping[int, CellValue]]


class Differs(Exception):  # noqa: N818 - it reads as what was found
    """A cell reads otherwise than it should; the message says which."""


def read_back(
    old: bytes,
    new: bytes,
    before: Mapping[str, Grid],
    edits: Iterable[CellEdit],
    sheets: Sequence[str],
    ours: Callable[[bytes], Mapping[str, Grid]],
    own: Mapping[str, OwnContent] = MappingProxyType({}),
) -> None:
    """Returns when the workbook reads as it should; raises Differs otherwise.

    `before` are the touched sheets as they were, `sheets` the names of all worksheets as they must be now. `ours` reads
    a workbook with our own reader, for workbooks that python-calamine cannot read. `own` are sheets of ours that were
    made or rewritten.
    """
    wanted: dict[str, dict[int, dict[int, CellValue]]] = {name: {} for name in before}
    for edit in edits:
        wanted[edit.at.sheet].setdefault(edit.at.row, {})[edit.at.column] = edit.after
    witness = _witness(new)
    if witness is None:
        now = ours(new)
        _read_with_ours(now, before, wanted, sheets)
        _check_own({name: now[name] for name in own}, own)
        return
    names = [name for name in witness.sheet_names if name in sheets]
    if names != list(sheets):
        raise Differs("its sheets are not those it should have")
    for name, grid in before.items():
        try:
            _compare_witnessed(name, grid, old, witness, wanted[name])
        except _Unwitnessed:
            _compare(name, _of_grid(grid), _of_grid(ours(new)[name]), wanted[name])
    try:
        grids: Mapping[str, Grid] = {name: _as_grid(name, _witnessed(witness, name)) for name in own}
    except _Unwitnessed:
        grids = ours(new)
    _check_own(grids, own)


def _check_own(grids: Mapping[str, Grid], own: Mapping[str, OwnContent]) -> None:
    for name, content in own.items():
        if not says(grids[name], content):
            raise Differs(f"{quoted(name)} does not say what it should")


def _as_grid(name: str, rows: Rows) -> Grid:
    listed = list(rows)
    values: list[list[Any]] = [[None if value == "" else value for value in row] for _, row in listed]
    return Grid(name, values, left=listed[0][0] if listed else 1)


def _compare_witnessed(name: str, grid: Grid, old: bytes, new: CalamineWorkbook, wanted: _Wanted) -> None:
    if _sprawls(grid):
        raise _Unwitnessed
    try:
        _compare(name, _of_grid(grid), _witnessed(new, name), wanted)
    except Differs:
        # The two readers may have two minds about a cell; the same reader on both files has one.
        first = _witness(old)
        if first is None:
            raise
        _compare(name, _witnessed(first, name), _witnessed(new, name), wanted)


def _sprawls(grid: Grid) -> bool:
    """Whether a few cells lie so far apart that python-calamine, which holds the whole rectangle, would die of it."""
    rectangle = len(grid.rows) * (grid.right - grid.left + 1)
    return rectangle > 1_000_000 + 8 * sum(map(len, grid.rows))


class _Unwitnessed(Exception):  # noqa: N818 - it reads as what happened
    """python-calamine cannot read a sheet."""


def _witness(data: bytes) -> CalamineWorkbook | None:
    with suppress(_Unwitnessed), _calamine():
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    return None


def _witnessed(workbook: CalamineWorkbook, name: str) -> Rows:
    with _calamine():
        sheet = workbook.get_sheet_by_name(name)
        left = sheet.start[1] + 1 if sheet.start else 1
        for row in sheet.iter_rows():
            yield left, row


@contextmanager
def _calamine() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of the library's Rust code is no Exception
        raise _Unwitnessed from error


def _of_grid(grid: Grid) -> Rows:
    for _ in range(1, grid.top):
        yield 1, ()
    for row in grid.rows:
        yield grid.left, row


def _read_with_ours(
    now: Mapping[str, Grid],
    before: Mapping[str, Grid],
    wanted: Mapping[str, _Wanted],
    sheets: Sequence[str],
) -> None:
    if list(now) != list(sheets):
        raise Differs("its sheets are not those it should have")
    for name, grid in before.items():
        _compare(name, _of_grid(grid), _of_grid(now[name]), wanted[name])


def _compare(name: str, before: Rows, after: Rows, wanted: _Wanted) -> None:
    """Raises Differs at the first cell that is neither as it was nor as it was to be."""
    nothing: tuple[int, Sequence[object]] = (1, ())
    seen = 0
    for number, (was, now) in enumerate(zip_longest(before, after, fillvalue=nothing), 1):
        seen = number
        edits = wanted.get(number, {})
        if not _is_plainly_so(was, now, edits):
            _compare_row(quoted(name), number, _by_column(was), _by_column(now), edits)
    late = [row for row, edits in wanted.items() if row > seen and any(v is not None for v in edits.values())]
    if late:
        raise Differs(f"row {late[0]} of {quoted(name)} was not written")


def _is_plainly_so(
    was: tuple[int, Sequence[object]], now: tuple[int, Sequence[object]], edits: Mapping[int, CellValue]
) -> bool:
    """Whether a row, read alike by both readers, is as it was but for the edits. A quick look; a doubt is a no."""
    shift = now[0] - was[0]
    if shift < 0:
        return False
    values = [None] * shift + [value or (None if value == "" else value) for value in now[1]]
    wanted = [*was[1], *[None] * (len(values) - len(was[1]))]
    for column, value in edits.items():
        place = column - was[0]
        if 0 <= place < len(wanted):
            wanted[place] = value
        elif value is not None:
            return False
    return wanted == values or (len(wanted) > len(values) and wanted == values + [None] * (len(wanted) - len(values)))


def _by_column(row: tuple[int, Sequence[object]]) -> dict[int, object]:
    left, values = row
    return {left + i: value for i, value in enumerate(values) if value is not None and value != ""}


def _compare_row(
    sheet: str, number: int, was: dict[int, object], now: dict[int, object], edits: Mapping[int, CellValue]
) -> None:
    for column, value in edits.items():
        if not _is_intended(value, now.pop(column, None)):
            raise Differs(f"{sheet}!{column_letters(column)}{number} was not written as intended")
        was.pop(column, None)
    for column in was.keys() | now.keys():
        if not _is_alike(was.get(column), now.get(column)):
            raise Differs(f"{sheet}!{column_letters(column)}{number} has changed")


def _is_intended(value: CellValue, read: Any) -> bool:
    if isinstance(value, str) and value != "":
        # Some readers take `_xHHHH_` for the character it means, some leave it as it stands.
        text = written_text(value)
        return isinstance(read, str) and _unescaped(read) in (text, _unescaped(text))
    if value is None or value == "":
        return read is None
    return isinstance(read, bool) is isinstance(value, bool) and bool(read == value)


def _is_alike(was: Any, now: Any) -> bool:
    """Whether a cell that two readers may tell differently is the same."""
    if was == now or (was != was and now != now):  # what is not a number equals nothing, not even itself
        return True
    if isinstance(was, CellError | Uncached) or isinstance(now, CellError | Uncached):
        return not isinstance(now, float) and not isinstance(was, float)
    if isinstance(was, _TIMES) or isinstance(now, _TIMES):
        return isinstance(was, _TIMES) and isinstance(now, _TIMES)
    return False


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
