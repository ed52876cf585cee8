"""The workbook part and what hangs on it: sheets, defined names, calcPr, content types and relationships."""

from __future__ import annotations

from dataclasses import dataclass

from okrsync.workbooks.excel.package import Changes, Package


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A defined name: `sheet` is the index of its sheet among all sheets, None for the whole workbook."""

    name: str
    text: str
    sheet: int | None = None
    hidden: bool = False


class Book:
    """An editor of the workbook part, [Content_Types].xml and the workbook's .rels; nothing changes until `save`."""

    def __init__(self, package: Package) -> None:
        raise NotImplementedError

    def names(self) -> list[DefinedName]:
        """Every defined name as it stands."""
        raise NotImplementedError

    def set_name(self, name: DefinedName) -> None:
        """Adds a name, or replaces the one of the same name and scope."""
        raise NotImplementedError

    def drop_name(self, name: str, sheet: int | None) -> None:
        """Takes a name of ours away."""
        raise NotImplementedError

    def add_sheet(self, name: str, part: str) -> int:
        """Appends a visible worksheet last (sheetId, rId, content type, relationship); its index among all sheets."""
        raise NotImplementedError

    def add_content_type(self, part: str, content_type: str) -> None:
        """Declares a new part by Override (and the `rels` Default where the package has none)."""
        raise NotImplementedError

    def full_calc_on_load(self) -> None:
        """Asks the spreadsheet program to recalculate when it opens the file; other calcPr attributes stay."""
        raise NotImplementedError

    def save(self, changes: Changes) -> None:
        """Puts the splices of the workbook part, content types and relationships into `changes`."""
        raise NotImplementedError
