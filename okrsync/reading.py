"""Opening the sources and reading every sheet: one bad workbook stops only itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf

from msgspec import Struct, field

from okrsync.cells import Grid
from okrsync.config import Config
from okrsync.edits import Block, Marks, Workbook
from okrsync.errors import OkrSyncError
from okrsync.mapping import Mapping, load
from okrsync.ownership import hidden_own_sheets, own_blocks, own_sheets
from okrsync.sources import Source
from okrsync.workbooks.files import Keep


class Read(Struct, frozen=True):
    """One workbook as read. `grids` are of every visible worksheet and of our own sheets, whose names are `own_sheets`.

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


def read_all(
    sources: Sequence[Source],
    config: Config,
    keep: Keep | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    known: Callable[[str], int] | None = None,
) -> tuple[tuple[Read, ...], tuple[OkrSyncError, ...]]:
    """Every source that could be read, and why the others could not.

    `known` counts the headers in a text whose words are known; by them the encoding of a CSV file is told.
    """
    reads: list[Read] = []
    failures: list[OkrSyncError] = []
    for done, source in enumerate(sources):
        if progress is not None:
            progress(source.name, done, len(sources))
        try:
            reads.append(read(source, config, keep, known))
        except OkrSyncError as error:
            failures.append(error)
    return tuple(reads), tuple(failures)


def read(source: Source, config: Config, keep: Keep | None = None, known: Callable[[str], int] | None = None) -> Read:
    """One source opened, its visible worksheets read, and what in it is ours told apart."""
    from okrsync.workbooks.openers import no_words, open_workbook

    workbook = open_workbook(
        source.path, source.name, config.limits, keep=keep, data=source.data, known=known or no_words
    )
    return read_workbook(workbook, load(source.mapping) if source.mapping is not None else ())


def read_workbook(workbook: Workbook, mappings: tuple[Mapping, ...] = ()) -> Read:
    """A workbook that is open already, read."""
    marks = workbook.marks()
    names = [*workbook.sheet_names(), *hidden_own_sheets(workbook, marks)]
    grids = {name: workbook.read(name) for name in names}
    marks, ours = own_sheets(grids, marks)
    blocks = {name: own_blocks(grid, marks.blocks.get(name, ())) for name, grid in grids.items() if name not in ours}
    return Read(workbook, grids, marks, {name: found for name, found in blocks.items() if found}, ours, mappings)
