"""What a row's columns leave open, taken from the sentence of its key result; and where the two disagree."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from okrsync.language import StatedMetric, read_metric
from okrsync.language.lexed import TIMES
from okrsync.language.shapes import shape_of
from okrsync.layout.kind_words import side
from okrsync.model import Kind, Metric, Source
from okrsync.normalise.building import built
from okrsync.values import Quantity
from okrsync.values.units import in_unit, is_known

_MOVES = frozenset((Kind.INCREASE, Kind.DECREASE, Kind.REACH))
_OPEN = frozenset((*_MOVES, Kind.QUALITATIVE))
_COUNTED = frozenset((None, "count", "score", "ratio"))
_SCALES = frozenset((2, 3, 4, 6, 8, 9))
"""Powers of ten by which a column may count differently: percent, thousands, 万, millions, 亿, billions."""
_MUCH = 100
"""How many times as much a sentence may say as a cell, where it writes a magnitude and the cell does not."""
_PERCENT = ("%", "％", "percent", "prozent", "por ciento", "por cento", "pour cent", "百分")
_REMEMBERED = 64
_LESS = re.compile(r"(?:[<＜]=?|≤)\s*[$€£¥]?\s*[0-9]+(?:[.,][0-9]+)*")
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@lru_cache(_REMEMBERED)
def reading(title: str, language: str | None) -> StatedMetric:
    """What a sentence states; the last few are remembered, as a row asks more than once."""
    return read_metric(title, language)


def completed(metric: Metric, title: str, language: str | None, *, baseline_cell: bool, target_cell: bool) -> Metric:
    """The metric with target and baseline of the sentence where the row's cells for them are blank.

    What two careful people read differently is not taken; nor is a number that cannot be compared with the row's own.
    """
    if metric.kind not in _OPEN:
        return metric
    if metric.target is None and metric.change is None:
        return metric if target_cell else _with_target(metric, title, language)
    if metric.baseline is None and metric.target is not None and not baseline_cell:
        return _with_baseline(metric, title, language)
    return metric


def _with_target(metric: Metric, title: str, language: str | None) -> Metric:
    """A row without a target takes what its sentence states."""
    said = reading(title, language)
    if said.certainty == "ambiguous" or (said.target is None and said.change is None):
        return metric
    if not _comparable(metric, said) or not _fits_cells(metric, said, title):
        return metric
    sources: dict[str, Source] = dict(metric.sources)
    baseline = metric.baseline
    if baseline is None and (start := _start_of(said)) is not None:
        baseline, sources["baseline"] = start, "sentence"
    if said.target is not None:
        sources["target"] = "sentence"
    if said.change is not None:
        sources["change"] = "sentence"
    is_level = said.change is None or said.change.mode == "absolute"
    is_level = is_level or said.target is not None or said.baseline is not None
    unit = metric.unit
    if unit is None and is_level and said.unit not in ("count", None):  # "by 20 %" tells nothing of what is counted
        unit, sources["unit"] = said.unit, "sentence"
    kind = said.kind
    if baseline is not None and said.target is not None and kind in _MOVES:
        kind = Kind.DECREASE if said.target < baseline else Kind.INCREASE
    return _changed(
        metric,
        kind=kind,
        baseline=baseline,
        target=said.target,
        change=said.change,
        comparator=said.comparator,
        unit=unit,
        sources=sources,
    )


def _with_baseline(metric: Metric, title: str, language: str | None) -> Metric:
    """A row takes the baseline of its sentence, on the scale of its own target."""
    target = metric.target
    if target is None or len(_DIGITS.findall(title)) < 2:
        return metric
    said = reading(title, language)
    start = _start_of(said)
    if start is None or said.target is None or said.certainty != "sure":
        return metric
    scaled = _on_another_scale(said.target, target)
    if not scaled and not _comparable(metric, said):
        return metric
    if scaled:
        start = start * target / said.target  # a column in millions, a share as a fraction
    elif not _same(said.target, target) and (start < said.target) != (start < target):
        return metric
    kind = metric.kind if start == target else Kind.DECREASE if target < start else Kind.INCREASE
    sources: dict[str, Source] = {**metric.sources, "baseline": "sentence"}
    return _changed(metric, kind=kind, baseline=start, sources=sources)


def bounded(metric: Metric, title: str, language: str | None) -> Metric:
    """A row that is to reach its target is to stay below it where its sentence says so of that very number."""
    if metric.kind is not Kind.REACH or metric.comparator is not None or metric.target is None:
        return metric
    if (symbol := _LESS.search(title)) is not None:
        near, comparator = symbol[0], "<=" if "≤" in symbol[0] or "=" in symbol[0] else "<"
    elif side(title).comparator == "<=":
        said = reading(title, language)
        if said.comparator not in ("<", "<=") or said.target is None:
            return metric
        near, comparator = f"{said.target:.12g}", said.comparator
    else:
        return metric
    is_it = any(_is_written(digits, metric.target) for digits in _DIGITS.findall(near))
    return _changed(metric, comparator=comparator) if is_it else metric


def _start_of(said: StatedMetric) -> float | None:
    """Where a sentence says that the number stands; "by 10 points to 45" says it too."""
    if said.baseline is not None or said.target is None or said.change is None:
        return said.baseline
    value = said.change.value
    if said.change.mode == "absolute":
        return said.target - value
    factor = value if said.change.mode == "multiple" else 1 + value / 100
    return said.target / factor if factor > 0 else None


def _fits_cells(metric: Metric, said: StatedMetric, title: str) -> bool:
    """Whether the row's bare numbers can be what the sentence counts.

    No: beside another baseline than that of the sentence; in one of two units of time; counts beside "8 of 10"; numbers
    that may be counted in millions as the sentence is.
    """
    if metric.baseline is not None and said.baseline is not None and not _same(said.baseline, metric.baseline):
        return False
    own = [value for value in (metric.baseline, metric.current) if value is not None]
    if not own or metric.unit is not None:
        return True
    if said.unit in TIMES and said.baseline is not None and not _is_shown(title, said.baseline):
        return False
    stated = [abs(value) for value in (said.baseline, said.target) if value]
    if stated and max(map(abs, own)) * _MUCH < min(stated) and not _is_shown(title, min(stated)):
        return False  # 7.5 beside "from $6M to $10M": in millions?
    return said.unit != "%" or any(sign in title.lower() for sign in _PERCENT)


def _is_shown(title: str, value: float) -> bool:
    return any(_is_written(digits, value) for digits in _DIGITS.findall(title))


def _changed(metric: Metric, **values: object) -> Metric:
    return built(Metric, {**{name: getattr(metric, name) for name in Metric.model_fields}, **values})


def with_due(metric: Metric) -> Metric:
    """The metric of a key result whose due date its sentence names."""
    sources: dict[str, Source] = {**metric.sources, "due": "sentence"}
    return _changed(metric, sources=sources)


def _comparable(metric: Metric, said: StatedMetric) -> bool:
    """Whether the row's own numbers count what the sentence counts, in the same unit and on the same scale."""
    own = [value for value in (metric.baseline, metric.current) if value is not None]
    if metric.unit in _COUNTED:
        # 0.45 beside "to 60 %" may be 45 % or less than one
        return not (said.unit == "%" and any(0 < abs(value) <= 1 for value in own))
    if said.unit == metric.unit or said.unit in _COUNTED:
        return True
    return not own and not is_known(metric.unit) and not is_known(said.unit)


def disagreement(metric: Metric, title: str, language: str | None) -> tuple[str, float, float] | None:
    """The field, what the sentence says and what its cell says, where the two name different numbers; None: they agree.

    The sentence is read only where its digits do not already show the numbers of the columns.
    """
    if metric.target is None or metric.sources.get("target") != "cell" or _shows(title, metric):
        return None
    shape = shape_of(title, language)
    if shape.target is None or (shape.kind is Kind.REACH and shape.comparator is None):
        return None  # a count of things may be a condition
    said = reading(title, language)
    if said.certainty != "sure" or said.target is None or (said.kind is Kind.REACH and said.comparator is None):
        return None
    if _differs(metric, said, said.target, metric.target):
        return "target", said.target, metric.target
    if said.baseline is None or metric.baseline is None or metric.sources.get("baseline") != "cell":
        return None
    if _differs(metric, said, said.baseline, metric.baseline):
        return "baseline", said.baseline, metric.baseline
    return None


def _differs(metric: Metric, said: StatedMetric, stated: float, cell: float) -> bool:
    """Whether two numbers differ however they are counted: in another unit, or on another scale."""
    if _same(stated, cell) or _on_another_scale(stated, cell):
        return False
    converted = in_unit(Quantity(stated, said.unit), said.unit, metric.unit)
    if converted is None or _same(converted.value, cell):
        return False
    return (said.unit in _COUNTED) == (metric.unit in _COUNTED)


def _shows(title: str, metric: Metric) -> bool:
    """Whether the digits of a sentence end with the target and hold the baseline; most rows do, and are done with."""
    numbers = _DIGITS.findall(title)
    if not numbers or metric.target is None or not _is_written(numbers[-1], metric.target):
        return False
    own = metric.baseline if metric.sources.get("baseline") == "cell" else None
    return own is None or len(numbers) == 1 or any(_is_written(digits, own) for digits in numbers)


def _is_written(digits: str, value: float) -> bool:
    written = f"{value:.12g}"
    return digits == written or digits.replace(",", "") == written


def _same(one: float, other: float | None) -> bool:
    return other is not None and math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _on_another_scale(one: float, other: float) -> bool:
    """Whether two numbers differ by a power of ten only: a column in thousands, a share as a fraction."""
    if not one or not other or (one < 0) != (other < 0):
        return False
    power = abs(math.log10(one / other))
    return abs(power - round(power)) < 1e-9 and round(power) in _SCALES
