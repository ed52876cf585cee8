"""The fields that columns hold, and what a field's cells look like."""

from __future__ import annotations

from msgspec import Struct, field

from okrsync.cells import column_letters
from okrsync.layout.headers import EXACT, PART, TAIL
from okrsync.layout.profile import Profile
from okrsync.layout.region import Region
from okrsync.mapping import Reason

NUMBERS = frozenset({"baseline", "target", "current", "progress", "score", "objective_progress", "objective_score"})
VALUES = ("baseline", "target", "current", "progress", "score")
"""What a key result has and an objective above key results need not have."""
DATES = frozenset({"start", "due", "updated"})
TEXTS = frozenset({"objective", "key_result", "statement"})
_HALF_TEXTS = frozenset({"objective", "statement", "key_result", "notes"})
_HALF_IDS = frozenset({"objective_id", "id", "number", "label", "contributes_to"})
_SURE = {EXACT: 0.95, PART: 0.8, TAIL: 0.6}
"""How sure a column is by the way its header is known."""


class Columns(Struct):
    """The fields found so far, why, and the columns left out because another of that name was taken."""

    region: Region
    fields: dict[str, int] = field(default_factory=dict)
    strengths: dict[str, int] = field(default_factory=dict)
    why: dict[str, Reason] = field(default_factory=dict)
    remarks: list[Reason] = field(default_factory=list)
    doubles: list[tuple[int, str]] = field(default_factory=list)
    recognised: int = 0

    def take(self, name: str, column: int, strength: int, why: str, sure: float | None = None) -> None:
        """Gives a field to a column; how sure that is comes from how well its header is known, where not given."""
        self.fields[name] = column
        self.strengths[name] = strength
        header = " ".join(self.region.headers.get(column, "").split())
        text = f'column {column_letters(column)} "{header[:40]}" is {name}: {why}'
        self.why[name] = Reason(text, _SURE[strength] if sure is None else sure)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why each field has its column, then what else was noticed."""
        return (*(self.why[name] for name in self.fields if name in self.why), *self.remarks)

    def free(self, column: int) -> bool:
        """Whether no field has the column yet."""
        return column not in self.fields.values()


def fits(name: str, seen: Profile) -> bool:
    """Whether a column's cells can be a field's values; an empty column can be anything."""
    if not seen.filled:
        return name not in ("type", "level", "commitment", "statement")
    if name in ("target", "baseline", "current"):
        return seen.numbers + seen.yes_no >= 0.3 and seen.dates <= seen.numbers
    if name in NUMBERS:
        return seen.numbers >= 0.3
    if name in DATES:
        return seen.dates >= 0.3
    if name in TEXTS:
        return seen.statements and seen.codes < 0.8
    shares = {
        "type": seen.kinds,
        "commitment": seen.commitments,
        "level": seen.levels,
        "id": max(seen.codes, seen.numbers if seen.distinct == 1 else 0),
        "label": seen.codes,
        "objective_id": seen.codes,
        "cycle": seen.cycles,
    }
    if name == "status":
        return seen.numbers < 0.3 and seen.length <= 30
    return shares.get(name, 1.0) >= 0.5


def may_be_half(columns: Columns) -> bool:
    """Whether a table has texts and ids, and may so be objectives or key results alone that ids join to others."""
    return not _HALF_TEXTS.isdisjoint(columns.fields) and not _HALF_IDS.isdisjoint(columns.fields)
