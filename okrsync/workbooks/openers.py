"""A file or standard input → the Workbook it is: by its ending, and by its content where the two disagree."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from okrsync.config import Limits
from okrsync.edits import Workbook
from okrsync.errors import WorkbookError
from okrsync.workbooks.files import Keep

Known = Callable[[str], int]


class Opening(Struct, frozen=True):
    """What an opener is given: the file, the name people know it by, its bytes, and how to back it up.

    `known` counts the headers in a text whose words we know: of the encodings a text may have, the one with the most.
    """

    path: Path
    name: str
    data: bytes
    limits: Limits
    keep: Keep | None
    known: Known


Opener = Callable[[Opening], Workbook]


def _excel(opening: Opening) -> Workbook:
    from okrsync.workbooks.excel.workbook import ExcelWorkbook

    return ExcelWorkbook(opening.path, opening.name, opening.limits, opening.keep)


def _xls(opening: Opening) -> Workbook:
    from okrsync.workbooks.other import open_xls

    return open_xls(opening.name, opening.data)


def _xlsb(opening: Opening) -> Workbook:
    from okrsync.workbooks.other import open_xlsb

    return open_xlsb(opening.name, opening.data, opening.limits)


def _ods(opening: Opening) -> Workbook:
    from okrsync.workbooks.ods import open_ods

    return open_ods(opening.name, opening.data, opening.limits)


def _csv(opening: Opening) -> Workbook:
    from okrsync.workbooks.csv import open_csv

    return open_csv(opening.name, opening.data, opening.known)


OPENERS: Mapping[str, Opener] = {
    ".xlsx": _excel,
    ".xlsm": _excel,
    ".xls": _xls,
    ".xlsb": _xlsb,
    ".ods": _ods,
    ".csv": _csv,
    ".tsv": _csv,
}
"""What opens which ending. A file with another ending, named by a person, is what its content says."""


def no_words(text: str) -> int:
    """The `known` of somebody who knows no words."""
    return 0


def open_workbook(
    path: Path,
    name: str,
    limits: Limits,
    *,
    keep: Keep | None = None,
    data: bytes | None = None,
    known: Known = no_words,
) -> Workbook:
    """The workbook at a path, or of bytes that came on standard input (CSV only). Raises WorkbookError."""
    if data is not None:
        if _form(data) is not _Form.TEXT:
            fix = "give the file's name instead of -."
            raise WorkbookError(name, "only CSV is read from standard input, and this is something else", fix)
        return _csv(Opening(path, name, data, limits, None, known))
    content = _bytes(path, name)
    opener = _opener(path.suffix.casefold(), name, content)
    return opener(Opening(path, name, content, limits, keep, known))


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise WorkbookError(name, "it is a folder", "name a workbook in it.")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise WorkbookError(name, "there is no such file", "correct the name or the folder.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        fix = "close it in other programs, and see that you may read it."
        raise WorkbookError(name, f"the file cannot be read ({reason})", fix) from error
    if not content.strip(b"\0"):
        fix = "copy or download the workbook again, or restore an earlier version of it."
        raise WorkbookError(name, "the file is empty", fix)
    return content


# --- what a file is -------------------------------------------------------------------------------------------------


class _Form(enum.Enum):
    """What the first bytes of a file make it."""

    ZIP = "zip"
    OLE = "ole"
    PAGE = "page"
    TEXT = "text"


def _form(data: bytes) -> _Form:
    if data.startswith(b"PK\3\4"):
        return _Form.ZIP
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _Form.OLE
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return _Form.PAGE if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta")) else _Form.TEXT


_FITS: Mapping[Opener, tuple[_Form, str]] = {
    _xls: (_Form.OLE, "a workbook of Excel 97-2003"),
    _xlsb: (_Form.ZIP, "a binary workbook"),
    _ods: (_Form.ZIP, "an OpenDocument spreadsheet"),
    _csv: (_Form.TEXT, "CSV"),
}
_BY_FORM: Mapping[_Form, tuple[Opener, str]] = {
    _Form.ZIP: (_excel, ".xlsx"),
    _Form.OLE: (_xls, ".xls"),
    _Form.TEXT: (_csv, ".csv"),
}
_NAMES = {
    _Form.ZIP: "a workbook or another zip file",
    _Form.OLE: "a file of an old Office program, or one with a password",
    _Form.PAGE: "a web page or an XML file",
    _Form.TEXT: "text",
}


def _opener(ending: str, name: str, data: bytes) -> Opener:
    form = _form(data)
    opener = OPENERS.get(ending)
    if opener is None:
        if form not in _BY_FORM:
            raise WorkbookError(name, f"it is {_NAMES[form]}, not a workbook", _save_or_rename(form))
        return _of_unknown_ending(data, form)
    if opener is not _excel:  # a package says itself, and better, what it is instead
        wanted, kind = _FITS[opener]
        if form is not wanted:
            raise WorkbookError(
                name, f"it is called {ending}, but is {_NAMES[form]}, not {kind}", _save_or_rename(form)
            )
    elif form is _Form.TEXT:
        fix = "if it is CSV, rename it to end in .csv; else open it in Excel and save it as .xlsx."
        raise WorkbookError(name, f"it is called {ending}, but is no workbook", fix)
    return opener


def _of_unknown_ending(data: bytes, form: _Form) -> Opener:
    if form is _Form.ZIP and b"opendocument.spreadsheet" in data[:200]:
        return _ods
    if form is _Form.ZIP and b"xl/workbook.bin" in data:
        return _xlsb
    return _BY_FORM[form][0]


def _save_or_rename(form: _Form) -> str:
    saved = "open it in Excel or LibreOffice and save it as .xlsx, or name another file."
    return f"rename it to end in {_BY_FORM[form][1]}, or {saved}" if form in _BY_FORM else saved
