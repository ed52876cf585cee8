"""Objectives in one table and key results in another, joined by an id: on two sheets, or in two files."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from okrsync.cells import Grid, text_of
from okrsync.layout.detect import Found
from okrsync.layout.references import ids_in
from okrsync.mapping import FIELDS, Archetype, Mapping

_IDS = ("objective_id", "id", "number", "label", "objective")
_REFERENCES = ("objective_id", "contributes_to", "objective")
KNOWN = 0.5
"""Of the objectives that key results name, how many must be there."""


class Half(Struct, frozen=True):
    """A table that may hold objectives or key results alone; `whole`: it was found to be a table by itself."""

    workbook: str
    grid: Grid
    found: Found
    whole: bool = False

    @property
    def mapping(self) -> Mapping:
        """How it is read so far."""
        return self.found.mapping


class Join(Struct, frozen=True):
    """Objectives and key results that belong together: as they were, and as they are to be read."""

    halves: tuple[Half, Half]
    objectives: Half
    key_results: Half


def joins(halves: Sequence[Half]) -> list[Join]:
    """Key results joined to the objectives whose ids they name; each table is used once."""
    found: list[Join] = []
    taken: set[int] = set()
    for i, child in enumerate(halves):
        best: tuple[int, Join, int] | None = None
        for j, parent in enumerate(halves):
            if i == j or i in taken or (parent.workbook, parent.mapping.sheet) == (child.workbook, child.mapping.sheet):
                continue
            known = _join(parent, child)
            if known is not None and (best is None or known[0] > best[0]):
                best = (known[0], known[1], j)
        if best is not None:
            found.append(best[1])
            taken |= {i}
    return found


def _join(parent: Half, child: Half) -> tuple[int, Join] | None:
    """How many references of a child meet an id of a parent, with both as they are to be read."""
    for name in _IDS:
        every = [text for _, text in _texts(parent, name)]
        ids = set(every)
        if not ids or len(ids) < len(every):
            continue  # what names several rows is no id of any
        for reference in _REFERENCES:
            if reference == name and child.mapping.columns == parent.mapping.columns:
                continue
            named = [text for _, text in _texts(child, reference)]
            known = sum(1 for text in named if ids_in(text, ids))
            if not named or known < KNOWN * len(named):
                continue
            objectives, key_results = _objectives(parent, name), _key_results(child, reference, parent)
            if objectives is not None and key_results is not None:
                return known, Join((parent, child), objectives, key_results)
    return None


def _texts(half: Half, name: str) -> list[tuple[int, str]]:
    column = half.mapping.columns.get(name)
    if column is None:
        return []
    last = min(half.mapping.last_row or half.grid.bottom, half.grid.bottom)
    cells = ((row, text_of(half.grid.value(row, column))) for row in range(half.mapping.first_row, last + 1))
    return [(row, text) for row, text in cells if text is not None]


def _objectives(parent: Half, ids: str) -> Half | None:
    """The parent as objectives alone, by their ids."""
    columns = dict(parent.mapping.columns)
    column = columns.pop(ids)
    if ids == "objective":  # joined by the objective's own words
        columns["objective"] = column
    text = next((columns.pop(name) for name in ("objective", "statement") if name in columns), None)
    if text is None or "key_result" in columns:
        return None
    if text == column:
        return _half(parent, {**columns, "objective": text}, Archetype.FLAT, None)
    return _half(parent, {**columns, "objective": text, "objective_id": column}, Archetype.FLAT, None)


def _key_results(child: Half, reference: str, parent: Half) -> Half | None:
    """The child as key results, each below the objective that it names."""
    columns = dict(child.mapping.columns)
    column = columns.pop(reference)
    names = ("key_result", "statement", "metric")
    text = next((columns.pop(name) for name in names if name in columns), None)
    if text is None:
        return None
    own = parent.mapping.sheet if parent.workbook == child.workbook else parent.workbook
    return _half(child, {**columns, "key_result": text, "objective": column}, Archetype.FLAT, own)


def _half(half: Half, columns: dict[str, int], archetype: Archetype, objectives_on: str | None) -> Half:
    ordered = {name: columns[name] for name in FIELDS if name in columns}
    texts = {
        at: half.mapping.headers[name] for name, at in half.mapping.columns.items() if name in half.mapping.headers
    }
    headers = {name: texts[at] for name, at in ordered.items() if at in texts}
    mapping = replace(
        half.mapping, columns=ordered, headers=headers, archetype=archetype, card={}, objectives_on=objectives_on
    )
    return replace(half, found=replace(half.found, mapping=mapping))
