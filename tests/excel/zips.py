"""Small workbooks for tests, made of parts; and zips that are odd in one way each."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

SHEET = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'.encode()


def rels(*relationships: str) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(relationships)}</Relationships>'.encode()


def rel(identifier: str, kind: str, target: str, more: str = "") -> str:
    kind = kind if ":" in kind else f"{OFFICE}/{kind}"
    return f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"{more}/>'


def workbook(inner: str = "", sheets: str = '<sheet name="Q4" sheetId="1" r:id="rId1"/>') -> bytes:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{inner}<sheets>{sheets}</sheets></workbook>'.encode()


def parts(**changed: bytes) -> dict[str, bytes]:
    """The parts of the smallest workbook; keyword `workbook=` and the like replace one of them."""
    return {
        "[Content_Types].xml": changed.get("types")
        or (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/></Types>'
        ).encode(),
        "_rels/.rels": changed.get("root") or rels(rel("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": changed.get("workbook") or workbook(),
        "xl/_rels/workbook.xml.rels": changed.get("rels") or rels(rel("rId1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": changed.get("sheet") or SHEET,
    }


class OneWay(io.BytesIO):
    """A stream that cannot go back: sizes then follow the content of a member, as Google's and Java's writers do."""

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def zipped(content: Mapping[str, bytes], *, stream: io.BytesIO | None = None, comment: bytes = b"") -> bytes:
    """A zip of these members, all of one old day."""
    out = io.BytesIO() if stream is None else stream
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.comment = comment
        for name, data in content.items():
            info = zipfile.ZipInfo(name, (2021, 3, 4, 5, 6, 8))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o640 << 16
            book.writestr(info, data)
    return out.getvalue()


def central(data: bytes, name: str) -> int:
    """Where the directory's entry of a member begins."""
    return data.rindex(name.encode()) - 46


def patched(data: bytes, at: int, form: str, value: int) -> bytes:
    """The bytes with one little-endian number changed."""
    size = struct.calcsize("<" + form)
    return data[:at] + struct.pack("<" + form, value) + data[at + size :]
