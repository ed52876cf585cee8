"""Whether a formula of the team may depend on cells of ours that changed; when in doubt, it may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from okrsync.cells import Area, column_number
from okrsync.workbooks.excel.markup import unescaped
from okrsync.workbooks.excel.sheetparts import LAST_COLUMN, LAST_ROW, area_of

_LONGEST = 2_000
"""Characters; a longer formula (Excel takes 8,192) is not looked into, and may depend on anything."""

_DIGITS = re.compile(rb"[0-9]+")
_BLANKED = bytes.maketrans(b"123456789", b"000000000")
_REFERENCE = re.compile(
    r"(?<![\w.])(?:(?P<sheet>'(?:[^']|'')*'|[^\s'\"!()*/+\-,;&=<>^{}]+)!)?"
    r"(?:\$?(?P<left>[A-Za-z]{1,3})\$?(?P<top>[0-9]+)(?::\$?(?P<right>[A-Za-z]{1,3})\$?(?P<bottom>[0-9]+))?"
    r"|\$?(?P<first>[A-Za-z]{1,3}):\$?(?P<last>[A-Za-z]{1,3})"
    r"|\$?(?P<above>[0-9]+):\$?(?P<below>[0-9]+))(?![\w(.])"
)
_ANYWHERE = re.compile(r"\b(?:INDIRECT|OFFSET)\s*\(", re.IGNORECASE)
_TABLE_COLUMN = re.compile(r"\[(?:([^\[\]#@]+)|\[#This Row\],\s*\[([^\[\]#@]+)\])\]", re.IGNORECASE)


class ChangedTable(Struct, frozen=True):
    """An Excel table that cells of ours lie in: its name and the headers of ours in it."""

    name: str
    headers: frozenset[str]


class Changed(Struct, frozen=True):
    """What a write changes: areas by sheet, whole sheets of ours, and tables that our columns belong to."""

    areas: Mapping[str, Sequence[Area]]
    sheets: frozenset[str] = frozenset()
    tables: tuple[ChangedTable, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # defined names of the team: name → text

    def __bool__(self) -> bool:
        return bool(self.areas or self.sheets or self.tables)


class Dependence:
    """Answers formula by formula."""

    def __init__(self, changed: Changed, shapes: bool = False) -> None:
        """`shapes`: formulas come with every number as 0, and what matters is whether any rows would depend on us."""
        name = _shape if shapes else str
        self._any_row = shapes
        self._areas: dict[str, list[Area]] = {}
        for sheet, areas in changed.areas.items():
            self._areas.setdefault(name(sheet).casefold(), []).extend(areas)
        self._sheets = frozenset(name(sheet).casefold() for sheet in changed.sheets)
        self._tables = tuple(
            ChangedTable(name(t.name), frozenset(name(header).casefold() for header in t.headers))
            for t in changed.tables
        )
        self._all = tuple(area for areas in self._areas.values() for area in areas)
        self._words: re.Pattern[str] | None = None
        names = [(name(key), name(text)) for key, text in changed.names.items()]
        if found := [key for key, text in names if self.hits(text, None)]:
            # Names may call names: whoever mentions one that may depend on us may do so too.
            self._words = _words(found)
            while callers := [key for key, text in names if key not in found and self._words.search(text)]:
                found += callers
                self._words = _words(found)

    def hits(self, formula: str, sheet: str | None, reach: Area | None = None) -> bool:
        """Whether a formula on a sheet may depend on what changed.

        `reach` is the area that a shared formula is filled over; its references move along.
        """
        if (
            len(formula) > _LONGEST
            or _ANYWHERE.search(formula)
            or (self._words is not None and self._words.search(formula))
        ):
            return True
        if any(_uses(formula, table) for table in self._tables):
            return True
        for found in _REFERENCE.finditer(formula):
            place = _sheet_of(found["sheet"], sheet)
            if place in self._sheets:
                return True
            areas = self._all if place is not None and ":" in place else self._areas.get(place or "", ())
            if areas and any(area.meets(self._reached(found, reach)) for area in areas):
                return True
        return False

    def _reached(self, found: re.Match[str], reach: Area | None) -> Area:
        area = _area(found)
        if self._any_row:
            return Area(1, area.left, LAST_ROW, area.right)
        if reach is None:
            return area
        return Area(area.top, area.left, area.bottom + reach.bottom - reach.top, area.right + reach.right - reach.left)


def depends(changed: Changed, sheets: Iterable[tuple[str, bytes, bytes]]) -> bool:
    """Whether any formula may depend on what changed. `sheets`: name, part and prefix of every sheet of the team's.

    One pass, each shape looked at once. A shape is a formula with its numbers taken out; a shape that does not depend
    on us whatever its rows are is never looked at again, which leaves the formulas that name one of our columns.
    """
    if not changed:
        return False
    exact, shapes = Dependence(changed), Dependence(changed, shapes=True)
    return any(_any_in(part, name, prefix, exact, shapes) for name, part, prefix in sheets)


def _any_in(part: bytes, sheet: str, prefix: bytes, exact: Dependence, shapes: Dependence) -> bool:
    safe: set[bytes] = set()
    shaped_sheet = _shape(sheet)
    for found in re.finditer(rb"<%s(?=[\s/>])([^>]*)>([^<]+)" % re.escape(prefix + b"f"), part):
        attrs, text = found.groups()
        blanked, reach = text.translate(_BLANKED), _reach(attrs) if attrs else None
        if reach is None and blanked in safe:
            continue
        shape = _DIGITS.sub(b"0", blanked)
        if reach is None and b"&#" not in text and not shapes.hits(unescaped(shape), shaped_sheet):
            safe.add(blanked)
        elif exact.hits(unescaped(text), sheet, reach):
            return True
    return False


def _shape(text: str) -> str:
    return re.sub("[0-9]+", "0", text)


def _sheet_of(written: str | None, sheet: str | None) -> str | None:
    if written is None:
        return sheet.casefold() if sheet is not None else None
    return written.strip("'").replace("''", "'").casefold()


def _area(found: re.Match[str]) -> Area:
    if found["left"]:
        top, left = int(found["top"]), column_number(found["left"])
        bottom = int(found["bottom"]) if found["bottom"] else top
        right = column_number(found["right"]) if found["right"] else left
    elif found["first"]:
        top, bottom = 1, LAST_ROW
        left, right = column_number(found["first"]), column_number(found["last"])
    else:
        top, bottom, left, right = int(found["above"]), int(found["below"]), 1, LAST_COLUMN
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _reach(attributes: bytes) -> Area | None:
    found = re.search(rb"\bref\s*=\s*[\"']([^\"']+)[\"']", attributes)
    return area_of(found[1].decode("ascii", "replace")) if found else None


def _uses(formula: str, table: ChangedTable) -> bool:
    """Whether a formula speaks of a table's columns of ours, or of the table as a whole."""
    for found in re.finditer(rf"(?<![\w.]){re.escape(table.name)}(?![\w.])", formula, re.IGNORECASE):
        column = _TABLE_COLUMN.match(formula, found.end())
        if column is None or (column[1] or column[2]).casefold() in table.headers:
            return True
    return False


def _words(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, names)) + r")(?![\w.])", re.IGNORECASE)
