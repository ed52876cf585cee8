"""Exports and templates of known tools (mappings/presets/*.toml), told by headers that stand together nowhere else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tomli
from msgspec import Struct
from msgspec.structs import replace

from okrsync.cells import Grid
from okrsync.layout.detect import Layout, detect
from okrsync.layout.folding import fold
from okrsync.layout.given import given
from okrsync.layout.region import header_text
from okrsync.mapping import Group, Mapping, Reason

FOLDERS = (
    Path(__file__).parents[1] / "mappings" / "presets",  # installed
    Path(__file__).parents[2] / "mappings" / "presets",  # a checkout
)
_VALUES = frozenset({"metric", "direction", "baseline", "target", "current", "unit"})
HEADER_ROWS = 20
"""A tool's headers stand at the top; templates put a title and some notes above them."""


class Preset(Struct, frozen=True):
    """`name`: the tool's; `marks`: headers, folded, of which a row that has them all is this tool's.

    `half`: the objectives or the key results alone, to be joined by ids (relations.py).
    """

    name: str
    marks: frozenset[str]
    mapping: Mapping
    half: bool


@cache
def presets() -> tuple[Preset, ...]:
    """Every preset, those with the most marks first, so that the one that says more is tried before the others."""
    from okrsync.mapping_file import mappings_in

    folder = next(folder for folder in FOLDERS if folder.is_dir())
    found: list[Preset] = []
    for path in sorted(folder.glob("*.toml")):
        raw = tomli.loads(path.read_text(encoding="utf-8"))
        said = raw.pop("preset")
        (mapping,) = mappings_in(path, raw)
        marks = frozenset(map(fold, said["headers"]))
        found.append(Preset(said["name"], marks, mapping, said.get("half", False)))
    return tuple(sorted(found, key=lambda preset: -len(preset.marks)))


def by_preset(workbook: str, grid: Grid) -> Layout | None:
    """The table of a sheet whose headers are those of a known tool, with the columns of its preset that are there."""
    for i, cells in enumerate(grid.rows[:HEADER_ROWS]):
        texts = {fold(text) for value in cells if (text := header_text(value)) is not None}
        preset = next((each for each in presets() if each.marks <= texts), None)
        if preset is None:
            continue
        headers = {name: header for name, header in preset.mapping.headers.items() if fold(header) in texts}
        row = grid.top + i
        groups = tuple(
            Group({}, group.headers)
            for group in preset.mapping.groups
            if all(fold(header) in texts for header in group.headers.values())
        )
        mapping = replace(
            preset.mapping, sheet=grid.sheet, headers=headers, groups=groups, header_rows=(row,), first_row=row + 1
        )
        (found,) = given(workbook, {grid.sheet: grid}, _completed(mapping, grid, texts))
        found = replace(found, reasons=(Reason(f"row {row} has the headers of {preset.name}", 0.99),))
        return Layout(halves=(found,)) if preset.half else Layout((found,))
    return None


def _completed(mapping: Mapping, grid: Grid, texts: set[str]) -> Mapping:
    """The mapping with columns of values that the preset does not know: not all of a tool's columns are documented."""
    if mapping.groups:
        return mapping
    layout = detect(grid)
    known = {fold(header) for header in mapping.headers.values()}
    others = {
        name: header
        for found in (*layout.tables, *layout.halves)
        for name, header in found.mapping.headers.items()
        if name in _VALUES and fold(header) in texts - known
    }
    return replace(mapping, headers=others | dict(mapping.headers))
