"""Statements that one cell makes for several cycles, told once: for the cycle of today, else for the latest."""

from __future__ import annotations

from datetime import date

from okrsync.model import Cycle, Key, KeyResult, Objective, OkrSet, Place

Told = tuple[Objective, list[tuple[KeyResult, Cycle]]]
"""An objective with the key results told below it, each with the cycle it is told of."""


def told_once(okrs: OkrSet, today: date) -> tuple[list[Told], list[Told]]:
    """Every statement once, in the order of the sheets; and what the same cells say for other cycles."""
    same: dict[Key, list[Objective]] = {}
    for objective in okrs.objectives:
        same.setdefault(_cell(objective.place), []).append(objective)
    once: list[Told] = []
    again: list[Told] = []
    for every in same.values():
        if len(every) == 1:
            once.append((every[0], [(one, every[0].cycle) for one in every[0].key_results]))
            continue
        ranked = sorted(every, key=lambda each: _preference(each.cycle, today), reverse=True)
        first, told = _first_of(ranked)
        once.append(first)
        for each in ranked[1:]:
            rest = [(one, each.cycle) for one in each.key_results if one.key not in told]
            if rest or not each.key_results:
                again.append((each, rest))
    return once, again


def _first_of(every: list[Objective]) -> tuple[Told, set[Key]]:
    """The objective of the first cycle, with the key results of all of them, each once; and which were told."""
    found: dict[Key, tuple[KeyResult, Cycle]] = {}
    for objective in every:
        for one in objective.key_results:
            found.setdefault(_cell(one.place), (one, objective.cycle))
    rows = sorted(found.values(), key=lambda pair: (pair[0].place.row, pair[0].place.part))
    return (every[0], rows), {one.key for one, _ in rows}


def _cell(place: Place) -> Key:
    return (*place.key[:-1], place.part % Place.PARTS)


def _preference(cycle: Cycle, today: date) -> tuple[bool, date]:
    return cycle.holds(today), cycle.end
