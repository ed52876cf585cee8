"""Workbooks for tests, written as XML by hand: every quirk of a file can be drawn where it matters."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from okrsync.cells import Grid
from okrsync.config import Limits
from okrsync.workbooks.excel.grid import read_sheets
from okrsync.workbooks.excel.package import Package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def rels(targets: Sequence[tuple[str, str]]) -> str:
    """A .rels part of (type, target) in order, rId1 first."""
    inside = "".join(
        f'<Relationship Id="rId{i}" Type="{RELS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def sheet_xml(cells: str, *, around: str = "", before: str = "", main: str = MAIN) -> str:
    """A sheet part with these rows."""
    return f'<worksheet xmlns="{main}">{before}<sheetData>{cells}</sheetData>{around}</worksheet>'


def styles_xml(codes: Sequence[str | int]) -> str:
    """A styles part whose cell formats show these number format codes; a number is a built-in format."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode={quoteattr(code)}/>'
        for i, code in enumerate(codes)
        if isinstance(code, str)
    )
    xfs = "".join(f'<xf numFmtId="{code if isinstance(code, int) else 164 + i}"/>' for i, code in enumerate(codes))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>'


def book(
    sheets: Mapping[str, str | bytes],
    *,
    formats: Sequence[str | int] = (),
    strings: str | bytes | None = None,
    workbook: str = "",
    names: str = "",
    states: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook of sheet parts by name. `more` are further members; `kinds` are sheets that are no worksheets."""
    kinds, states = kinds or {}, states or {}
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{i}" state="{states.get(name, "visible")}" r:id="rId{i}"/>'
        for i, name in enumerate(sheets, 1)
    )
    targets = [(kinds.get(name, "worksheet"), f"worksheets/sheet{i}.xml") for i, name in enumerate(sheets, 1)]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/></Types>',
        "_rels/.rels": rels([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}">{workbook}<sheets>{listed}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": rels(
            [*targets, ("styles", "styles.xml"), *([("sharedStrings", "sharedStrings.xml")] if strings else [])]
        ),
        "xl/styles.xml": styles_xml(formats or ["General"]),
    }
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    for i, xml in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = xml
    return zipped(parts | dict(more or {}))


def named(name: str, text: str, sheet: int | None = None) -> str:
    """A hidden `<definedName>`."""
    scope = "" if sheet is None else f' localSheetId="{sheet}"'
    return f'<definedName name="{name}"{scope} hidden="1">{escape(text)}</definedName>'


def grid_of(cells: str, *, formats: Sequence[str | int] = (), strings: str | None = None, workbook: str = "") -> Grid:
    """The Grid of a workbook whose one sheet holds these rows."""
    return read_sheets(
        "t.xlsx", book({"S": sheet_xml(cells)}, formats=formats, strings=strings, workbook=workbook), LIMITS
    )["S"]


def package_of(data: bytes) -> Package:
    """The package of a workbook's bytes."""
    return Package("t.xlsx", data, LIMITS)


LIMITS = Limits()
