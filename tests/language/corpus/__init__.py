"""Labelled sentences, reviewed as text: a sentence at column 0, its reading on the next line, indented."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from okrsync.language import StatedMetric

FOLDER = Path(__file__).parent
COUNTED = {"count", "score", "ratio"}
"""Units of things without a dimension: which of them is meant is not what a score depends on."""
_KINDS = "increase|decrease|reach|maintain_above|maintain_below|milestone|qualitative"
_READING = re.compile(
    rf"(?P<kinds>(?:{_KINDS})(?:/(?:{_KINDS}))*)"
    r"(?: (?P<baseline>-?[0-9.]+))?(?: ->(?: (?P<target>-?[0-9.]+))?)?"
    r"(?: (?P<unit>(?!by\b|times\b|[<>])[^\s|]+))?(?: (?P<comparator>>=|<=|>|<))?"
    r"(?: by (?P<by>[+-][0-9.]+)(?: (?P<by_unit>\S+))?)?(?: times (?P<times>[0-9.]+))?"
)


class Label(Struct, frozen=True):
    """What careful people read in a sentence; `kinds` and `units` the best first, the others accepted as well.

    `missed`: it is still read otherwise.
    """

    kinds: tuple[str, ...]
    baseline: float | None = None
    target: float | None = None
    change: tuple[str, float] | None = None
    units: tuple[str, ...] = ()
    comparator: str | None = None
    deadline: str | None = None
    secondary: tuple[Label, ...] = ()
    ambiguous: bool = False
    missed: bool = False


def label_of(line: str) -> Label:
    """A reading as it is written in the files."""
    head, *rest = [part.strip() for part in line.split(" | ")]
    found = _READING.fullmatch(head)
    if found is None:
        raise ValueError(f"not a reading: {line!r}")
    change, unit = None, found["unit"]
    if found["by"]:
        unit = unit or found["by_unit"]
        change = ("relative" if found["by_unit"] == "%" else "absolute", float(found["by"]))
    elif found["times"]:
        unit = unit or "x"
        change = (
            ("multiple", float(found["times"]))
            if float(found["times"]) >= 1
            else ("relative", -100 * float(found["times"]))
        )
    return Label(
        tuple(found["kinds"].split("/")),
        float(found["baseline"]) if found["baseline"] else None,
        float(found["target"]) if found["target"] else None,
        change,
        tuple(unit.split("/")) if unit and "/" in unit and not unit.endswith("/s") else (unit,) if unit else (),
        found["comparator"],
        next((part.removeprefix("due ") for part in rest if part.startswith("due ")), None),
        tuple(label_of(part.removeprefix("also ")) for part in rest if part.startswith("also ")),
        "ambiguous" in rest,
        "missed" in rest,
    )


def sentences(path: Path) -> Iterator[tuple[str, Label]]:
    """Every sentence of a file with its label."""
    text = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            yield text, label_of(line.strip())
        elif line.strip() and not line.startswith("# "):
            text = line


def agrees(found: StatedMetric, label: Label) -> bool:
    """Whether a sentence is read as its label says: kind, baseline, target, change and unit together."""
    kinds = {*label.kinds, *({"milestone", "qualitative"} if {"milestone", "qualitative"} & {*label.kinds} else ())}
    change = (found.change.mode, found.change.value) if found.change is not None else None
    numbers = _same(found.baseline, label.baseline) and _same(found.target, label.target)
    return found.kind.value in kinds and numbers and _same_change(change, label.change) and _same_unit(found, label)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return math.isclose(one, other, rel_tol=1e-9) or (other != 0 and round(one, 2) == other)


def _same_change(one: tuple[str, float] | None, other: tuple[str, float] | None) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return one[0] == other[0] and _same(one[1], other[1])


def _same_unit(found: StatedMetric, label: Label) -> bool:
    if not label.units or found.unit in label.units:
        return True
    return found.unit in COUNTED and not COUNTED.isdisjoint(label.units)
