"""Number formats of a workbook: the code of every cell format, and whether it shows a date, a duration or a number."""

from __future__ import annotations

import enum
import re

from msgspec import Struct, field

from okrsync.workbooks.excel.styles import BUILT_IN
from okrsync.workbooks.excel.xmltext import Attributes, parse, utf8

# Built-in formats that depend on the language of the program: as Chinese Excel shows them, Western ones being unused.
# fmt: off
_BY_LANGUAGE = {
    5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)', 7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)', 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'AM/PM h"时"mm"分"',
    35: 'AM/PM h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 41: "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)', 43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'AM/PM h"时"mm"分"', 56: 'AM/PM h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}
# fmt: on
_CODES = _BY_LANGUAGE | BUILT_IN

_SILENT = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_DATE_LETTERS = re.compile(r"[ymdhsgb]|aaa|e(?![+-])", re.IGNORECASE)


class Shown(enum.Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    DURATION = "duration"


def shown_by(code: str) -> Shown:
    """What a number format code shows. Text in quotes, colours, padding and conditions are not looked at."""
    bare = _SILENT.sub("", code)
    first = bare.split(";", 1)[0]
    if _ELAPSED.search(first):
        return Shown.DURATION
    letters = _BRACKETS.sub("", first)
    if letters.strip().casefold().startswith(("general", "standard")) or any(c in letters for c in "#?@"):
        return Shown.NUMBER
    if not _DATE_LETTERS.search(letters):
        return Shown.NUMBER
    # "0 h" is a number with a unit typed without quotes; zeros belong to a time only behind its seconds: "ss.000".
    return Shown.NUMBER if re.search(r"0(?<![.,]0)(?<![.,]00)(?<![.,]000)", letters) else Shown.DATE


class CellFormats(Struct):
    """The number format code of every cell format of a workbook, by its index."""

    codes: list[str] = field(default_factory=list)

    def code(self, xf: int) -> str:
        """The code, "General" for a format that is not there."""
        return self.codes[xf] if 0 <= xf < len(self.codes) else "General"


def read_formats(data: bytes | None) -> CellFormats:
    """The cell formats of a styles part; None: the workbook has none."""
    if data is None:
        return CellFormats()
    known: dict[str, str] = {}
    used: list[str] = []
    path: list[str] = []

    def start(name: str, said: Attributes) -> None:
        path.append(name)
        if name == "numFmt" and "dxfs" not in path:
            known.setdefault(said.get("numFmtId", ""), said.get("formatCode", "General"))
        elif name == "xf" and path[-2:-1] == ["cellXfs"]:
            used.append(said.get("numFmtId", "0"))

    def end(_: str) -> None:
        path.pop()

    parse(utf8(data), start, end)
    return CellFormats([known.get(number) or _built_in(number) for number in used])


def _built_in(number: str) -> str:
    return _CODES.get(int(number), "General") if number.isascii() and number.isdigit() else "General"
