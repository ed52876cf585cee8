"""Small workbooks written part by part, so that tests see every byte of what is patched."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from okrsync.config import Limits
from okrsync.workbooks.excel.markup import MAIN, RELATIONSHIPS
from okrsync.workbooks.excel.package import Package

CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(members: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def worksheet(body: str, before: str = "", after: str = "") -> str:
    rel = f'xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"'
    return f"<worksheet {rel}>{before}<sheetData>{body}</sheetData>{after}</worksheet>"


def rels(*entries: tuple[str, str, str]) -> str:
    made = "".join(f'<Relationship Id="{i}" Type="{RELATIONSHIPS}/{kind}" Target="{to}"/>' for i, kind, to in entries)
    return f'<Relationships xmlns="{PACKAGE_RELS}">{made}</Relationships>'


def members(
    sheets: Mapping[str, str], book: str = "", tables: Mapping[str, str] | None = None, styles: str | None = None
) -> dict[str, bytes]:
    """The members of a workbook. `book` follows `<sheets>` in its workbook part; `tables` hang on its first sheet."""
    styles = styles if styles is not None else f'<styleSheet xmlns="{MAIN}"/>'
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(sheets, 1))
    related = [(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i, _ in enumerate(sheets, 1)]
    types = "".join(
        f'<Override PartName="/xl/{target}" ContentType="{CONTENT}.{kind}+xml"/>' for _, kind, target in related
    )
    found = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'
        f"<sheets>{listed}</sheets>{book}</workbook>",
        "xl/_rels/workbook.xml.rels": rels(*related, ("rIdS", "styles", "styles.xml")),
        "xl/styles.xml": styles,
    }
    found |= {f"xl/worksheets/sheet{i}.xml": xml for i, xml in enumerate(sheets.values(), 1)}
    if tables:
        hung = [(f"rId{i}", "table", f"../tables/{name}.xml") for i, name in enumerate(tables, 1)]
        found["xl/worksheets/_rels/sheet1.xml.rels"] = rels(*hung)
        found |= {f"xl/tables/{name}.xml": xml for name, xml in tables.items()}
    return {name: text.encode() for name, text in found.items()}


def opened(made: Mapping[str, bytes]) -> Package:
    return Package("team.xlsx", zipped(made), Limits())
