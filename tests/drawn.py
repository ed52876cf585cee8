"""Sheets drawn as text: one line a row, cells between bars; a line of dashes is there for the eye only."""

from __future__ import annotations

import re

from okrsync.cells import CellError, CellValue

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_ERROR = re.compile(r"#[A-Z/0]+[!?]?")


def drawn(text: str) -> list[list[CellValue]]:
    """The rows of a drawing: numbers are float, TRUE and FALSE are bool, `#DIV/0!` an error, `"12"` is text.

    The first and the last bar of a line may be left out; a line that is blank is a blank row.
    """
    lines = text.strip("\n").splitlines()
    rows = [_cells(line) for line in lines if not re.fullmatch(r"\s*[|+]?[-|+ ]*--[-|+ ]*", line)]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return rows


def _cells(line: str) -> list[CellValue]:
    inside = line.strip().removeprefix("|").removesuffix("|")
    return [_value(cell.strip()) for cell in inside.split("|")] if inside.strip() else []


def _value(text: str) -> CellValue:
    if text in ("TRUE", "FALSE"):
        return text == "TRUE"
    if _NUMBER.fullmatch(text):
        return float(text)
    if _ERROR.fullmatch(text):
        return CellError(text)
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    return text or None
