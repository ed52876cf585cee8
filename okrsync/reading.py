"""One workbook as read: its grids, and what in it is ours."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

from okrsync.cells import Block, Grid, Marks, Workbook
from okrsync.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Read:
    """`grids` of every visible worksheet, sheets of ours included; `own_sheets` are their names.

    `blocks` are our columns per sheet: never to be read as the team's. `mappings` are given by a mapping file (one per
    table) and then obeyed, empty: found by layout/.
    """

    workbook: Workbook
    grids: MappingOf[str, Grid]
    marks: Marks = field(default_factory=Marks)
    blocks: MappingOf[str, tuple[Block, ...]] = field(default_factory=dict)
    own_sheets: frozenset[str] = frozenset()
    mappings: tuple[Mapping, ...] = ()

    @property
    def name(self) -> str:
        """The workbook's name."""
        return self.workbook.name
