"""What a cell's type, format and stored text mean as a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

from okrsync.cells import UNCACHED, CellError, CellValue
from okrsync.workbooks.excel.formats import CellFormats, Shown, shown_by

_TYPE = re.compile(rb"\st=[\"']([A-Za-z]+)[\"']")
_XF = re.compile(rb"\ss=[\"']([0-9]{1,9})[\"']")
_INFINITE = float("inf")
_DAY_AFTER_LAST = {False: 2_958_466, True: 2_957_004}
_TRUE = frozenset({"1", "true", "TRUE"})

Converter = Callable[[str], CellValue]


class Meaning:
    """The meaning of cells in one workbook: its shared strings, its formats and the day its calendar starts.

    `strings` is asked for a shared string by its index; IndexError where there is none.
    """

    def __init__(self, formats: CellFormats, strings: Callable[[int], str], date1904: bool) -> None:
        self._formats = formats
        self._strings = strings
        self._date1904 = date1904
        self._shown: dict[str, Shown] = {}

    def code(self, xf: int) -> str:
        """The number format code of a cell format."""
        return self._formats.code(xf)

    def code_said(self, attributes: bytes) -> str:
        """The number format code that the attributes of a `<c>` name, "" for General."""
        found = _XF.search(attributes)
        code = self.code(int(found[1]) if found else 0)
        return "" if code == "General" else code

    def kind_said(self, attributes: bytes) -> tuple[str, int]:
        """The type and the cell format that the attributes of a `<c>` name."""
        kind, xf = _TYPE.search(attributes), _XF.search(attributes)
        return (kind[1].decode() if kind else "n"), (int(xf[1]) if xf else 0)

    def is_plain_number(self, kind: str, xf: int) -> bool:
        """Whether such cells are what their text says as a number."""
        return kind == "n" and self._shows(xf) is Shown.NUMBER

    def converter(self, kind: str, xf: int) -> Converter:
        """What turns the stored text of such cells into their value; "" is never given."""
        if kind == "s":
            return self._shared
        if kind == "n":
            shown = self._shows(xf)
            return number if shown is Shown.NUMBER else partial(_dated, shown, self._date1904)
        return _CONVERTERS.get(kind, str)

    def _shows(self, xf: int) -> Shown:
        code = self.code(xf)
        if code not in self._shown:
            self._shown[code] = shown_by(code)
        return self._shown[code]

    def _shared(self, text: str) -> CellValue:
        try:
            index = int(text)
            if index >= 0:
                return self._strings(index) or None
        except (IndexError, ValueError):
            pass
        # The part lost its strings: the cell is not blank, and what it said is gone.
        return CellError("#REF!")


def nothing_stored(kind: str, formula: bool, element: bool) -> CellValue:
    """A cell without a stored text: a formula was never worked out unless it says that its result is an empty text."""
    return UNCACHED if formula and not (kind == "str" and element) else None


def number(text: str) -> CellValue:
    """A number as stored; what only claims to be one stays text."""
    try:
        value = float(text)
    except ValueError:
        return text
    return value if -_INFINITE < value < _INFINITE and "_" not in text else text


def _dated(shown: Shown, date1904: bool, text: str) -> CellValue:
    serial = number(text)
    return moment(serial, shown, date1904) if isinstance(serial, float) else serial


def moment(serial: float, shown: Shown, date1904: bool) -> CellValue:
    """A serial number of days as what its format shows; one that no calendar holds stays a number."""
    try:
        elapsed = timedelta(milliseconds=round(serial * 86_400_000))
    except OverflowError:
        return serial
    if shown is Shown.DURATION or 0 <= serial < 1:
        return elapsed
    if not 0 <= serial < _DAY_AFTER_LAST[date1904]:
        return serial
    # Excel's first calendar counts a 29 February 1900 that never was.
    start = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 31 if serial < 60 else 30)
    try:
        at = start + elapsed
    except OverflowError:
        return serial
    return at.date() if at.time() == time.min else at


def iso_moment(text: str) -> CellValue:
    """A date, a date with time, or a time of day as ISO 8601 writes them; any other text as it stands."""
    plain = text.strip()
    try:
        if len(plain) == 10:
            return date.fromisoformat(plain)
        if "T" in plain and not plain.startswith("T"):
            at = datetime.fromisoformat(plain).replace(tzinfo=None)
            return at.date() if at.time() == time.min else at
        clock = time.fromisoformat(plain)
    except ValueError:
        return text
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


def _truth(text: str) -> CellValue:
    return text.strip() in _TRUE


def _error(text: str) -> CellValue:
    return CellError(text.strip())


_CONVERTERS: dict[str, Converter] = {"b": _truth, "e": _error, "d": iso_moment}
