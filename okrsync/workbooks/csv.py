"""CSV and its kin, read only: the encoding and the separator are found out, every value is text."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePath

from okrsync.cells import CellValue, Grid
from okrsync.errors import WorkbookError
from okrsync.workbooks.readonly import ReadOnlyWorkbook
from okrsync.workbooks.rowstack import laid_out

SEPARATORS = (",", ";", "\t", "|", "$")

_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 200
_START = 100_000
_OLD = (
    *("cp1252", "cp1250", "cp1251", "cp1254", "cp1253", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("gb18030", "big5", "cp932", "cp949", "euc_jp", "koi8_r", "iso8859_2", "iso8859_5", "mac_roman", "cp850"),
)
"""The encodings of programs before Unicode, the commoner first."""
_SAVE_AS_UTF8 = 'save it in your spreadsheet program as "CSV UTF-8", and run okrsync again.'
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def open_csv(name: str, data: bytes, known: Callable[[str], int]) -> ReadOnlyWorkbook:
    """A workbook of one sheet, which is called as the file is without its ending.

    `known` counts the headers in a text whose words are known.
    """
    rows = _rows(name, _decoded(name, data, known))
    sheet = PurePath(name).stem or name
    grid = _grid(sheet, rows)
    return ReadOnlyWorkbook(name, "a .csv file", {sheet: lambda: grid})


# --- encoding -------------------------------------------------------------------------------------------------------


def _decoded(name: str, data: bytes, known: Callable[[str], int]) -> str:
    for encoding in _encodings(data, known):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    if b"\0" in data and not data.startswith(_UTF16_BOMS):
        raise WorkbookError(name, "it is no text, so it cannot be CSV", "name a workbook or a CSV file.")
    raise WorkbookError(name, "its characters cannot be read in any encoding that okrsync knows", _SAVE_AS_UTF8)


def _encodings(data: bytes, known: Callable[[str], int]) -> Iterator[str]:
    """The encodings worth trying, the likeliest first. UTF-8 is hardly ever met by chance, so it goes first."""
    if data.startswith(_UTF16_BOMS):
        yield "utf-16"
        return
    if b"\0" in data[:_SAMPLE]:
        even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
        yield "utf-16-le" if odd > even else "utf-16-be"
        return
    yield "utf-8-sig"
    yield from _by_words(data, known)
    if _looks_chinese(data):
        yield "gb18030"
    if not _mostly_ascii(data):
        yield from _by_letters(data)
    yield from ("cp1252", "latin-1")


def _by_words(data: bytes, known: Callable[[str], int]) -> list[str]:
    """The encodings of old programs in which headers are words that we know; those with the most first."""
    start = data[:_START].rpartition(b"\n")[0] or data[:_START]
    counts: dict[str, int] = {}
    for encoding in _OLD:
        with contextlib.suppress(UnicodeError):
            counts[encoding] = known(start.decode(encoding))
    return sorted((each for each in counts if counts[each]), key=lambda each: -counts[each])


def _by_letters(data: bytes) -> list[str]:
    """What a library that compares letters with those of many languages takes the text for."""
    from charset_normalizer import from_bytes

    return [match.encoding for match in from_bytes(data[:_START], cp_isolation=list(_OLD))]


def _mostly_ascii(data: bytes) -> bool:
    """Whether most letters are those of English, as in the languages of Western Europe."""
    letters = sum(map(data[:_START].count, string.ascii_letters.encode()))
    return letters >= 2 * len(re.findall(rb"[\x80-\xff]", data[:_START]))


def _looks_chinese(data: bytes) -> bool:
    """Whether most bytes beyond ASCII stand in the pairs that common Chinese characters are; accents do not."""
    sample = data[:_START]
    pairs = sum(len(run) // 2 for run in re.findall(rb"(?:[\xa1-\xa3\xb0-\xd7][\xa1-\xfe])+", sample))
    return 2 * pairs > 0.6 * len(re.findall(rb"[\x80-\xff]", sample)) > 0


# --- separator ------------------------------------------------------------------------------------------------------


def _rows(name: str, text: str) -> list[list[str]]:
    said = _SAID.match(text)
    if said is not None:
        return _unwrapped(_parsed(name, text[said.end() :], said[1]), said[1])
    sample = _whole_lines(text)
    best = max(SEPARATORS, key=lambda separator: (_consistency(name, sample, separator), -SEPARATORS.index(separator)))
    return _unwrapped(_parsed(name, text, best), best)


def _whole_lines(text: str) -> str:
    """The first lines of the text, not cut within a quoted field."""
    lines = text.splitlines(keepends=True)
    end = min(_SAMPLE, len(lines))
    while end < len(lines) and sum(line.count('"') for line in lines[:end]) % 2 and end < 2 * _SAMPLE:
        end += 1
    return "".join(lines[:end])


def _consistency(name: str, sample: str, separator: str) -> float:
    """How well a separator explains the text: the share of lines with the commonest number of columns, times columns.

    A separator that splits nothing explains nothing; one that splits every line alike beats one that splits more, but
    here so and there so, as commas in sentences do.
    """
    rows = _unwrapped(_parsed(name, sample, separator), separator)
    widths = Counter(len(row) for row in rows if any(row))
    if not widths:
        return 0.0
    width, lines = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    share = lines / sum(widths.values())
    return share * share * (1 + min(width, 20) / 20) if width > 1 else 0.0


def _parsed(name: str, text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:  # what the reader of Python refuses depends on its version
        raise WorkbookError(name, f"it cannot be read as CSV ({error})", _SAVE_AS_UTF8) from error


def _unwrapped(rows: list[list[str]], separator: str) -> list[list[str]]:
    """Rows of which some program quoted the whole line, taken out of their quotes."""
    filled = [row for row in rows if any(row)]
    wrapped = [row for row in filled if len(row) == 1 and separator in row[0]]
    if len(wrapped) * 2 <= len(filled) or len(filled) < 2:
        return rows
    return [next(csv.reader(row, delimiter=separator), []) if len(row) == 1 else row for row in rows]


# --- grid -----------------------------------------------------------------------------------------------------------


def _grid(sheet: str, rows: list[list[str]]) -> Grid:
    """Rows from A1 on; equal texts are one object."""
    known: dict[str, CellValue] = {"": None}
    return laid_out(sheet, ([known.setdefault(text, text) for text in row] for row in rows))
