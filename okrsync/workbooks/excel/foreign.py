"""What a file that is no zip is instead, said to somebody who thought it was a workbook."""

from __future__ import annotations

from okrsync.workbooks.excel.archive import Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def what_it_is(data: bytes) -> Unreadable:
    """The refusal for bytes that do not begin as a zip does."""
    if not data.strip(b"\0"):
        return Unreadable(
            "the file is empty", "copy or download the workbook again, or restore an earlier version of it."
        )
    if data.startswith(_OLE):
        return _container(data)
    if data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return _otherwise("it is a web page or an XML file, not a workbook")
    return _otherwise("it is not a workbook")


def _container(data: bytes) -> Unreadable:
    """Encrypted workbooks and the .xls of old Excel come in the same kind of container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable(
            "it is protected with a password, so it cannot be read",
            "open it in Excel, remove the password (File > Info > Protect Workbook), and save it.",
        )
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return _otherwise("it is a workbook of the old Excel 97-2003 kind (.xls) under another name")
    return _otherwise("it is a file of another Office program, not a workbook")


def _otherwise(problem: str) -> Unreadable:
    return Unreadable(problem, "open it in Excel or LibreOffice and save it as .xlsx, or name another file.")
