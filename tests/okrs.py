"""Objectives and key results for tests, in one line each: `objective("Grow", kr("NPS", 32, 50, 41))`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import count
from typing import Any

from okrsync.alignment import Alignment, align
from okrsync.config import Scoring
from okrsync.findings import Hit
from okrsync.kinds import Change, Comparator, Kind, Mode
from okrsync.model import (
    Cycle,
    KeyResult,
    Level,
    Metric,
    Objective,
    OkrSet,
    Place,
    Thresholds,
)
from okrsync.review import Review
from okrsync.scoring import Scores, score

Q4 = Cycle(name="2026-Q4", start=date(2026, 10, 1), end=date(2026, 12, 31))
Q3 = Cycle(name="2026-Q3", start=date(2026, 7, 1), end=date(2026, 9, 30))
YEAR = Cycle(name="2026", start=date(2026, 1, 1), end=date(2026, 12, 31))
START, HALFWAY, END, AFTER = date(2026, 10, 1), date(2026, 11, 15), date(2026, 12, 31), date(2027, 1, 1)

COLUMNS: Mapping[str, int] = {
    name: column
    for column, name in enumerate(
        (
            "objective",
            "key_result",
            "contributes_to",
            "baseline",
            "target",
            "current",
            "status",
            "objective_status",
            "progress",
            "score",
            "weight",
            "due",
            "updated",
        ),
        start=1,
    )
}
"""Where the fields of a test's sheet stand: objective in A, key result in B, contributes_to in C …"""


def metric(
    kind: Kind | str = Kind.REACH,
    baseline: float | None = None,
    target: float | None = None,
    current: float | None = None,
    *,
    comparator: Comparator | None = None,
    change: tuple[Mode, float] | None = None,
    **more: Any,  # any other field of the model
) -> Metric:
    """A metric; `change` as ("relative", -20)."""
    wanted = Change(*change) if change else None
    return Metric(
        kind=Kind(kind),
        baseline=baseline,
        target=target,
        current=current,
        comparator=comparator,
        change=wanted,
        **more,
    )


def kr(
    title: str,
    baseline: float | None = None,
    target: float | None = None,
    current: float | None = None,
    *,
    kind: Kind | str | None = None,
    to: str | tuple[str, ...] = (),
    unit: str | None = None,
    yes_no: bool = False,
    metric: Metric | None = None,
    **more: Any,  # any other field of the model
) -> KeyResult:
    """A key result that still has to find its row. Without a kind: from–to when there is a baseline, else reach."""
    told = Kind(kind) if kind else Kind.INCREASE if baseline is not None else Kind.REACH
    measured = metric or Metric(kind=told, baseline=baseline, target=target, current=current, unit=unit, yes_no=yes_no)
    return KeyResult(
        id=more.pop("id", more.get("label") or f"id of {title}"),
        title=title,
        metric=measured,
        contributes_to=_references(to),
        place=Place("book.xlsx", "Q4", 0, "key_result", COLUMNS),
        **more,
    )


def objective(
    title: str | None,
    *key_results: KeyResult,
    to: str | tuple[str, ...] = (),
    level: Level | str = Level.TEAM,
    sheet: str = "Q4",
    book: str = "book.xlsx",
    cycle: Cycle = Q4,
    **more: Any,  # any other field of the model
) -> Objective:
    """An objective that still has to find its row."""
    mine = tuple(k.model_copy(update={"place": Place(book, sheet, 0, "key_result", COLUMNS)}) for k in key_results)
    return Objective(
        id=more.pop("id", more.get("label") or f"id of {title}"),
        title=title,
        level=Level(level),
        cycle=cycle,
        contributes_to=_references(to),
        key_results=mine,
        place=Place(book, sheet, 0, "objective", COLUMNS),
        **more,
    )


def okrs(*objectives: Objective) -> OkrSet:
    """The objectives in rows from 2 on, sheet by sheet: each in the row of its first key result."""
    rows: dict[tuple[str, str], count[int]] = {}
    return OkrSet(
        objectives=tuple(_placed(o, rows.setdefault((o.place.workbook, o.place.sheet), count(2))) for o in objectives)
    )


def reviews(
    *objectives: Objective,
    today: date = HALFWAY,
    complete: bool = False,
    options: Scoring | None = None,
    thresholds: Thresholds | None = None,
) -> tuple[Review, ...]:
    """Scored and aligned, one review per cycle."""
    everything = okrs(*objectives)
    limits = thresholds or Thresholds()
    alignment = align(everything, similar=limits.similar_title)
    scores = score(everything, alignment, today, options or Scoring(), limits)
    return tuple(
        Review(cycle, everything.of(cycle), everything, scores, alignment, today, limits, complete)
        for cycle in everything.cycles()
    )


def review(*objectives: Objective, **more: Any) -> Review:  # the options of `reviews`
    """The one review of objectives that share a cycle."""
    (only,) = reviews(*objectives, **more)
    return only


def scored(*objectives: Objective, today: date = HALFWAY, options: Scoring | None = None) -> Scores:
    """The scores of these objectives."""
    return reviews(*objectives, today=today, options=options)[0].scores


def links(alignment: Alignment, everything: OkrSet) -> list[str]:
    """The links as text: `Sell more → Grow (label)`."""
    titles = _titles(everything)
    return [f"{titles[link.child]} → {titles[link.parent]} ({link.how})" for link in alignment.links]


def titles(keys: Iterable[object], everything: OkrSet) -> list[str]:
    """What stands at these keys."""
    known = _titles(everything)
    return [known[key] for key in keys]


def drawn(hits: Iterable[Hit]) -> list[str]:
    """Hits as `Q4!D2 message`, with their severity where it is not the rule's own."""
    return [
        f"{hit.at if isinstance(hit.at, str) else hit.at.sheet + '!' + hit.at.a1}"
        f"{'' if hit.severity is None else ' ' + hit.severity} {hit.message}"
        for hit in hits
    ]


def _titles(everything: OkrSet) -> dict[object, str]:
    found: dict[object, str] = {o.key: o.title or "" for o in everything.objectives}
    return found | {k.key: k.title for _, k in everything.key_results()}


def _references(to: str | tuple[str, ...]) -> tuple[str, ...]:
    return (to,) if isinstance(to, str) else to


def _placed(objective: Objective, rows: count[int]) -> Objective:
    own = [(k, next(rows)) for k in objective.key_results]
    row = own[0][1] if own else next(rows)
    return objective.model_copy(
        update={
            "place": _at(objective.place, row),
            "key_results": tuple(k.model_copy(update={"place": _at(k.place, at)}) for k, at in own),
        }
    )


def _at(place: Place, row: int) -> Place:
    return Place(place.workbook, place.sheet, row, place.field, place.columns)
