"""Key results that name their objective by its id → below the objective of that id, which another table holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from okrsync.layout.folding import fold
from okrsync.mapping import Mapping
from okrsync.model import Objective
from okrsync.normalise.building import complete


class Part(Struct, frozen=True):
    """The objectives of one table."""

    workbook: str
    mapping: Mapping
    objectives: Sequence[Objective]


def joined(parts: Iterable[Part]) -> set[int]:
    """Puts key results below their objectives; which objectives (by `id()`) only stood for one and are gone."""
    every = list(parts)
    gone: set[int] = set()
    for part in every:
        wanted = part.mapping.objectives_on
        if wanted is None:
            continue
        homes = _homes(every, part, wanted)
        for objective in part.objectives:
            names = (objective.title, objective.label, objective.id)
            home = next((homes[fold(name)] for name in names if name and fold(name) in homes), None)
            if home is None:
                complete(objective, "title", None)  # no sheet says what is meant by this id
            else:
                complete(home, "key_results", (*home.key_results, *objective.key_results))
                gone.add(id(objective))
    return gone


def _homes(every: Sequence[Part], part: Part, wanted: str) -> dict[str, Objective]:
    """The objectives of the table that is meant, by id, label and title."""
    found: dict[str, Objective] = {}
    for other in every:
        here = other.workbook == part.workbook and other.mapping.sheet == wanted
        if other is part or not (here or other.workbook == wanted) or other.mapping.objectives_on is not None:
            continue
        for objective in other.objectives:
            for name in (objective.id, objective.label, objective.title):
                if name:
                    found.setdefault(fold(name), objective)
    return found
