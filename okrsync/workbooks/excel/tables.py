"""Excel tables that grow over our columns: the ref, the filter inside, and one table column per header."""

from __future__ import annotations

from collections.abc import Sequence

from okrsync.cells import Area
from okrsync.workbooks.excel.content import escaped_text
from okrsync.workbooks.excel.markup import Part, Unsplicable
from okrsync.workbooks.excel.sheetparts import area_of, ref_of
from okrsync.workbooks.excel.splices import Splice


class TablePart(Part):
    """One table part: its name and area, and the splices that make it wider."""

    @property
    def table_name(self) -> str:
        """The name that formulas use."""
        return self.root.get("displayName") or self.root.get("name") or ""

    @property
    def area(self) -> Area | None:
        """The whole table, header and totals rows included."""
        return area_of(self.root.get("ref") or "")

    def headers(self) -> list[str]:
        """The names of its columns, from left to right."""
        box = self.child("tableColumns")
        return [] if box is None else [column.get("name") or "" for column in self.inside(box)]

    def grown(self, headers: Sequence[str]) -> list[Splice]:
        """Splices that add a column per header at the right end."""
        area, box = self.area, self.child("tableColumns")
        if area is None or box is None or not headers:
            return []
        standing = self.inside(box)
        names = {(column.get("name") or "").casefold() for column in standing}
        splices = self.set_attribute(self.root, "ref", ref_of(_wider(area, len(headers))))
        inner = self.child("autoFilter")
        filtered = area_of((inner.get("ref") or "") if inner is not None else "")
        if inner is not None and filtered is not None:
            splices += self.set_attribute(inner, "ref", ref_of(_wider(filtered, len(headers))))
        splices += self.set_attribute(box, "count", str(len(standing) + len(headers)))
        identifier = max((int(column.get("id") or 0) for column in standing), default=0)
        made = ""
        for header in headers:
            if header.casefold() in names:
                raise Unsplicable(
                    f'the table "{self.table_name}" already has a column "{header}"', "rename one of the two columns."
                )
            names.add(header.casefold())
            identifier += 1
            # Excel compares this with the header cell; line breaks are spelt out here and nowhere else.
            name = escaped_text(header).replace("\n", "_x000a_").replace('"', "&quot;")
            made += f'<tableColumn id="{identifier}" name="{name}"/>'
        return splices + self.append(box, self.prefixed(made))


def _wider(area: Area, columns: int) -> Area:
    return Area(area.top, area.left, area.bottom, area.right + columns)
