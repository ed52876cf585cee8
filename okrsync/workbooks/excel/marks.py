"""What earlier runs of ours left in a workbook, found again by defined names, and what people put on our sheets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from okrsync.cells import Area
from okrsync.edits import Block, Marks, OwnSheet, Role, SheetKind
from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.around import drawings
from okrsync.workbooks.excel.book import DefinedName
from okrsync.workbooks.excel.package import Package, SheetEntry
from okrsync.workbooks.excel.sheetparts import area_of
from okrsync.workbooks.excel.xmltext import Attributes, BrokenPart, parse, utf8

_COLUMN = re.compile(r"_okrsync\.([a-z]+)\.([0-9]{1,6})", re.IGNORECASE)
_SHEET = re.compile(r"_okrsync\.(summary|gaps)", re.IGNORECASE)
_CYCLE = "_okrsync.cycle"
_REF = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'!]+))!(.+)", re.DOTALL)
_SAVE_AGAIN = "open the workbook in Excel, let it repair the file, save it, and run okrsync again."
_OWN_DRAWING = "okrsync"
_ADDED = {
    "comments": "a comment",
    "threadedComment": "a comment",
    "table": "a table",
    "pivotTable": "a pivot table",
    "slicer": "a slicer",
    "timeline": "a timeline",
    "oleObject": "an embedded object",
    "control": "a control",
    "ctrlProp": "a control",
    "image": "a background picture",
}


def read_marks(package: Package) -> Marks:
    """The marks of a workbook, what people added to our sheets included."""
    sheets = package.sheets()
    try:
        names = defined_names(utf8(package.read(package.workbook_part)))
    except BrokenPart as error:
        raise WorkbookError(package.name, f"its list of sheets cannot be read: {error}", _SAVE_AGAIN) from error
    marks = find_marks(names, [sheet.name for sheet in sheets])
    entries = {sheet.name: sheet for sheet in sheets}
    own = {
        kind: None if sheet is None else replace(sheet, people_added=people_added(package, entries[sheet.name]))
        for kind, sheet in marks.sheets.items()
    }
    return replace(marks, sheets=own)


def defined_names(data: bytes) -> list[DefinedName]:
    """Every defined name of a workbook part in UTF-8."""
    found: list[DefinedName] = []
    heard: list[str] = []
    opened: list[Attributes] = []

    def start(name: str, said: Attributes) -> None:
        if name == "definedName":
            opened[:] = [said]
            heard.clear()

    def end(name: str) -> None:
        if name == "definedName":
            said = opened[0]
            scope = said.get("localSheetId", "").strip()
            sheet = int(scope) if scope.isascii() and scope.isdigit() else None
            hidden = said.get("hidden", "").strip().lower() in ("1", "true")
            found.append(DefinedName(said.get("name", ""), "".join(heard).strip(), sheet, hidden))

    parse(data, start, end, heard.append)
    return found


def find_marks(names: Sequence[DefinedName], sheet_names: Sequence[str]) -> Marks:
    """The marks that defined names hold. Names that are broken, or that a copy took to another sheet, mean nothing."""
    return Marks(
        blocks=_blocks(names, sheet_names),
        sheets=dict(_sheets(names, sheet_names)),
        cycle=next(_cycles(names), None),
        without_blocks=frozenset(_deleted(names, sheet_names)),
    )


# --- our columns ----------------------------------------------------------------------------------------------------


def _blocks(names: Sequence[DefinedName], sheet_names: Sequence[str]) -> Mapping[str, tuple[Block, ...]]:
    found: dict[tuple[str, int], dict[Role, Area]] = {}
    for name in names:
        ours = _COLUMN.fullmatch(name.name)
        if ours is None or ours[1].lower() not in set(Role) or name.sheet is None:
            continue
        target = _target(name.text)
        if target is None or target[1] is None or not 0 <= name.sheet < len(sheet_names):
            continue
        sheet, area = sheet_names[name.sheet], target[1]
        if target[0].casefold() == sheet.casefold() and area.left == area.right:
            found.setdefault((sheet, int(ours[2])), {}).setdefault(Role(ours[1].lower()), area)
    blocks: dict[str, tuple[Block, ...]] = {}
    for (sheet, _), areas in sorted(found.items(), key=lambda item: item[0][1]):
        blocks[sheet] = (*blocks.get(sheet, ()), _block(areas))
    return blocks


def _block(areas: Mapping[Role, Area]) -> Block:
    """One block: where people's inserting and moving has pulled its columns apart, most of them say where it starts."""
    tops = Counter(area.top for area in areas.values())
    header_row = max(tops, key=lambda top: (tops[top], -top))
    last_row = max(area.bottom for area in areas.values())
    return Block(header_row, last_row, {role: areas[role].left for role in Role if role in areas})


def _deleted(names: Sequence[DefinedName], sheet_names: Sequence[str]) -> Iterator[str]:
    """Sheets with a block of which every column is gone: programs then leave its names with nothing to refer to."""
    texts: dict[tuple[int, int], list[str]] = {}
    for name in names:
        ours = _COLUMN.fullmatch(name.name)
        if ours is not None and name.sheet is not None and 0 <= name.sheet < len(sheet_names):
            texts.setdefault((name.sheet, int(ours[2])), []).append(name.text)
    for (sheet, _), block in texts.items():
        if all("#REF!" in text for text in block):
            yield sheet_names[sheet]


# --- our sheets and the cycle ---------------------------------------------------------------------------------------


def _sheets(names: Sequence[DefinedName], sheet_names: Sequence[str]) -> Iterator[tuple[SheetKind, OwnSheet | None]]:
    known = {name.casefold(): name for name in sheet_names}
    for name in names:
        ours = _SHEET.fullmatch(name.name)
        if ours is None or name.sheet is not None:
            continue
        target = _target(name.text)
        kind = SheetKind(ours[1].lower())
        if target is not None:
            sheet = known.get(target[0].casefold())
            yield kind, None if sheet is None or target[1] is None else OwnSheet(sheet, area=_written(target[1]))
        elif "#REF!" in name.text:
            yield kind, None


def _written(area: Area | None) -> Area | None:
    """The area a mark tells of; one cell alone tells of none."""
    return area if area is not None and area.a1 != "A1:A1" else None


def _cycles(names: Sequence[DefinedName]) -> Iterator[str]:
    for name in names:
        text = name.text.strip().removeprefix("=")
        if name.name.casefold() == _CYCLE and name.sheet is None and re.fullmatch(r'"(?:[^"]|"")+"', text):
            yield text[1:-1].replace('""', '"')


def _target(text: str) -> tuple[str, Area | None] | None:
    """The sheet and the area a name refers to: the area None where it is gone, None for what is no reference at all."""
    found = _REF.fullmatch(text.strip().removeprefix("="))
    if found is None:
        return None
    sheet = found[1].replace("''", "'") if found[1] is not None else found[2]
    return sheet, area_of(found[3])


# --- what people added ----------------------------------------------------------------------------------------------


def people_added(package: Package, entry: SheetEntry) -> str:
    """What lies on a sheet of ours that we did not put there, in words ("a comment and a drawing"), "" for nothing."""
    if entry.part is None:
        return ""
    words = [_ADDED[one.type] for one in package.relationships(entry.part) if one.type in _ADDED]
    if _has_drawing_of_people(package, entry, entry.part):
        words.append("a drawing")
    return " and ".join(dict.fromkeys(words))


def _has_drawing_of_people(package: Package, entry: SheetEntry, part: str) -> bool:
    named = [drawing.name.casefold().startswith(_OWN_DRAWING) for drawing in drawings(package, part)]
    if all(named):
        return False
    # Programs that write every name anew leave none of ours: then charts that only show this sheet's cells are ours.
    return any(named) or not _only_own_charts(package, entry, part, len(named))


def _only_own_charts(package: Package, entry: SheetEntry, part: str, many: int) -> bool:
    inside = [
        one
        for drawing in package.relationships(part)
        if drawing.type == "drawing" and drawing.target is not None
        for one in package.relationships(drawing.target)
    ]
    charts = [one.target for one in inside if one.type == "chart" and one.target is not None]
    return len(charts) == len(inside) == many and all(_shows_only(package, chart, entry.name) for chart in charts)


def _shows_only(package: Package, chart: str, sheet: str) -> bool:
    """Whether every reference of a chart is to one sheet."""
    said: list[str] = []
    open_at: list[str] = []

    def text(text: str) -> None:
        if open_at and open_at[-1].rpartition(" ")[2] == "f":
            said.append(text)

    parse(utf8(package.read(chart)), lambda name, _: open_at.append(name), lambda _: _leave(open_at), text)
    targets = [_target(reference) for reference in said]
    return bool(targets) and all(target is not None and target[0].casefold() == sheet.casefold() for target in targets)


def _leave(path: list[str]) -> None:
    path.pop()
