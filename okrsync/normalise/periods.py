"""Which cycle and which team a table's rows belong to, in the order of places of docs/scoring.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from msgspec import Struct, field

from okrsync.cells import CellValue
from okrsync.layout.context import is_generic, level_within, level_word, looks_like_team, team_in
from okrsync.layout.detect import Found
from okrsync.model import Cycle, Level
from okrsync.values.cycles import Named, find_named, quarter_of

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|(?:FY|CY|')\s?\d\d(?!\d)", re.IGNORECASE)


class Calendar(Struct):
    """What a run knows about cycles: today, the fiscal year, the names that stand in where a sheet names none."""

    today: date
    fiscal_year_start: int
    defaults: tuple[str | None, ...]

    _found: dict[str, Named | None] = field(default_factory=dict)

    def named(self, text: str) -> Named | None:
        """The cycle a text names, with its place in the text."""
        if text not in self._found:
            if len(self._found) > 10_000:
                self._found.clear()
            self._found[text] = find_named(text[:300], self.today, self.fiscal_year_start)
        return self._found[text]

    def of_cell(self, value: CellValue) -> Cycle | None:
        """The cycle a cell of a cycle column or metadata row names."""
        if isinstance(value, float):
            value = f"{value:g}"
        found = self.named(value) if isinstance(value, str) else None
        return found.cycle if found is not None else None

    def wholly(self, text: str) -> Cycle | None:
        """The cycle where a text says nothing else."""
        found = self.named(text)
        return found.cycle if found is not None and is_generic(found.rest) else None

    def of_table(self, found: Found, workbook: str, kept: str | None, one_of_several: bool = False) -> Cycle:
        """The cycle of rows that name none themselves: the first place that names one, else this quarter, assumed.

        One of several cycles of a table, named without its year ("Q3"), is of the year that another place names, else
        of this one.
        """
        for text in self._with_year(found, workbook) if one_of_several else self._places(found, workbook):
            named = self.named(text) if text else None
            if named is not None:
                return named.cycle
        for text in self.defaults:
            named = self.named(text) if text else None
            if named is not None:
                return named.cycle
        # What an earlier run assumed stays assumed: it is kept so that it never rolls on, not because a sheet says so.
        before = self.named(kept) if kept else None
        assumed = before.cycle if before is not None else quarter_of(self.today)
        return assumed.model_copy(update={"assumed": True})

    def _with_year(self, found: Found, workbook: str) -> Iterator[str | None]:
        name, *places = self._places(found, workbook)
        if name is not None and _YEAR.search(name) is None:
            named = (self.named(text) for text in places if text and _YEAR.search(text) is not None)
            start = self.fiscal_year_start
            this_year = self.today.year + (start > 1 and self.today.month >= start)
            year = next((str(each.cycle.end.year) for each in named if each is not None), str(this_year))
            yield f"{name} {year}"
        yield name
        yield from places

    def _places(self, found: Found, workbook: str) -> Iterator[str | None]:
        yield found.mapping.cycle
        yield found.around.metadata.get("cycle")
        names = {named.cycle for h in found.mapping.headers.values() if (named := self.named(h)) is not None}
        if len(names) == 1:
            yield next(h for h in found.mapping.headers.values() if self.named(h) is not None)
        yield found.mapping.sheet
        yield from reversed(found.around.titles)
        yield PurePath(workbook).stem


class Whose(Struct, frozen=True):
    """The team and level of rows that name none themselves."""

    team: str | None
    level: Level | None


def whose(found: Found, calendar: Calendar, many_sheets: bool) -> Whose:
    """Team and level of a table: the mapping, metadata rows, the sheet's name, and titles for the company level."""
    mapping, metadata = found.mapping, found.around.metadata
    level = mapping.level or level_word(metadata.get("level", ""))
    team = mapping.team or metadata.get("team")
    if team is not None and level is None:
        level = level_word(team)
    if team is None:
        team, level = _of_sheet(mapping.sheet, level, calendar, many_sheets)
    if level is None and team is None:
        level = next((word for title in found.around.titles if (word := level_within(title)) is not None), None)
    return Whose(team, Level(level) if level is not None else None)


def _of_sheet(sheet: str, level: str | None, calendar: Calendar, many_sheets: bool) -> tuple[str | None, str | None]:
    """What a sheet's name says, its cycle taken away: a level ("Company"), or a team ("Team Growth")."""
    named = calendar.named(sheet)
    rest = named.rest if named is not None else sheet
    said = level_word(rest) or level_within(rest)
    if said is not None:
        return None, level or said
    if is_generic(rest) or not (many_sheets or looks_like_team(rest)):
        return None, level
    return team_in(rest), level
