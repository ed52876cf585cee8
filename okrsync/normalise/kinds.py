"""What one row says → its Metric; what kind it is follows docs/scoring.md."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import product

from msgspec import Struct

from okrsync.layout.kind_words import Hints, Side
from okrsync.model import Change, Comparator, Kind, Metric, Source
from okrsync.normalise.building import built
from okrsync.values import Quantity

FIELDS = ("baseline", "target", "current")


class Row(Struct):
    """What one row says, before its kind is decided."""

    baseline: Quantity | None
    target: Quantity | None
    current: Quantity | None
    unit: str | None
    direction: str | None
    hints: Hints
    yes_no: bool = False
    done: bool | None = None
    change: Change | None = None
    due: date | None = None
    typed_progress: float | None = None
    side: Side | None = None


def fraction(done: float) -> Metric:
    """A milestone of which a share is done."""
    return metric_with(Kind.MILESTONE, current=done, sources={"current": "cell"})


def metric_of(row: Row, change_header: bool = False) -> Metric:
    """The metric a row's quantities come to."""
    b, t, c = row.baseline, row.target, row.current
    if row.yes_no and t is None:
        done = None if row.done is None else float(row.done)
        if done is None and c is not None:
            done = _share(c)
        return metric_with(
            Kind.MILESTONE, current=done, yes_no=row.done is not None or c is None, sources={"current": "cell"}
        )
    unit = _unit_of(row)
    if t is None and row.change is not None:
        kind = Kind.DECREASE if "decrease" in (row.direction, row.hints.wanted) else Kind.INCREASE
        change = row.change
        if kind is Kind.DECREASE:
            change = Change(mode=change.mode, value=-change.value)
        level_unit = None if change.mode == "relative" and (c is None or c.unit != "%") else unit
        return metric_with(
            kind,
            b,
            None,
            c,
            unit=level_unit,
            change=change,
            current_is_change=change_header,
            sources=_sources(b, None, c),
        )
    if t is None:
        return _without_target(row, unit)
    if t.upper is not None:
        return metric_with(Kind.BETWEEN, b, t, c, upper=t.upper, unit=unit, sources=_sources(b, t, c))
    comparator = t.comparator or row.hints.comparator
    maintained = _maintained(row, b, t)
    kind = maintained or _kind(row, b, t, comparator)
    if maintained and comparator is None and row.side is not None:
        comparator = row.side.comparator
    return metric_with(
        kind,
        b,
        t,
        c,
        unit=unit,
        comparator=comparator,
        current_is_change=change_header and b is None and kind in (Kind.INCREASE, Kind.DECREASE),
        sources=_sources(b, t, c),
    )


def _without_target(row: Row, unit: str | None) -> Metric:
    b, c = row.baseline, row.current
    if c is not None and (c.of or c.unit == "%") and b is None and not row.hints.digits:
        return fraction(_share(c))
    if c is not None and c.of:
        return fraction(_share(c))
    if row.typed_progress is not None and b is None and c is None:
        return fraction(row.typed_progress / 100)
    measurable = b is not None or c is not None or row.hints.digits
    return metric_with(
        Kind.REACH if measurable else Kind.QUALITATIVE, b, None, c, unit=unit, sources=_sources(b, None, c)
    )


def _share(quantity: Quantity) -> float:
    """A fraction done: "3 of 7", "60%"."""
    if quantity.of:
        return quantity.value / quantity.of
    return quantity.value / 100 if quantity.unit == "%" else quantity.value


def _kind(row: Row, b: Quantity | None, t: Quantity, comparator: Comparator | None) -> Kind:
    """increase, decrease, reach or a bound that holds, from the numbers, then the direction column, then the words."""
    ceiling = comparator in ("<=", "<")
    wanted = row.direction or row.hints.wanted
    if b is None:
        if wanted == "decrease":
            return Kind.DECREASE
        return Kind.INCREASE if row.direction == "increase" and comparator is None else Kind.REACH
    if t.value == b.value:
        return Kind.DECREASE if wanted == "decrease" or ceiling else Kind.INCREASE
    if t.comparator is not None and _met(b.value, t.value, ceiling):
        # "≤ 15" from 10: it is there already and is to stay.
        return Kind.MAINTAIN_BELOW if ceiling else Kind.MAINTAIN_ABOVE
    return Kind.INCREASE if t.value > b.value else Kind.DECREASE


def _maintained(row: Row, b: Quantity | None, t: Quantity) -> Kind | None:
    """The kind of what is to be kept, and is: by the target cell's own comparator, then by the statement's words."""
    if (row.direction or row.hints.wanted) != "maintain":
        return None
    below = t.comparator in ("<=", "<") if t.comparator is not None or row.side is None else row.side.below
    if b is not None and b.value != t.value and not _met(b.value, t.value, below):
        return None
    return Kind.MAINTAIN_BELOW if below else Kind.MAINTAIN_ABOVE


def _met(value: float, threshold: float, ceiling: bool) -> bool:
    return value <= threshold if ceiling else value >= threshold


def _unit_of(row: Row) -> str | None:
    known = (
        each.unit for each in (row.target, row.current, row.baseline) if each is not None and each.unit is not None
    )
    return row.unit or next(known, None)


def _sources(b: Quantity | None, t: Quantity | None, c: Quantity | None) -> dict[str, Source]:
    return every_sources()[b is not None, t is not None, c is not None]


@cache
def every_sources() -> dict[tuple[bool, ...], dict[str, Source]]:
    """The same few mappings serve all metrics: of their own they would cost more memory than the numbers."""
    return {
        known: {name: "cell" for name, is_known in zip(FIELDS, known, strict=True) if is_known}
        for known in product((False, True), repeat=3)
    }


def metric_with(
    kind: Kind,
    b: Quantity | None = None,
    t: Quantity | None = None,
    c: Quantity | None = None,
    *,
    current: float | None = None,
    upper: float | None = None,
    unit: str | None = None,
    comparator: Comparator | None = None,
    change: Change | None = None,
    current_is_change: bool = False,
    yes_no: bool = False,
    sources: dict[str, Source] | None = None,
) -> Metric:
    """A Metric of parts this module has checked: validating them again would cost more than reading them."""
    return built(
        Metric,
        {
            "kind": kind,
            "baseline": b.value if b is not None else None,
            "target": t.value if t is not None else None,
            "upper": upper,
            "current": c.value if c is not None else current,
            "unit": unit,
            "comparator": comparator,
            "change": change,
            "current_is_change": current_is_change,
            "yes_no": yes_no,
            "sources": sources or {},
        },
    )
