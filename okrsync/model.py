"""The normalised OKRs: what every layout, language and file format is turned into."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Struct
from msgspec.structs import force_setattr
from pydantic import BaseModel, ConfigDict, Field

from okrsync.cells import CellRef
from okrsync.kinds import Change, Comparator, Kind

__all__ = [
    "Change",
    "Commitment",
    "Comparator",
    "Cycle",
    "Frozen",
    "Key",
    "KeyResult",
    "Kind",
    "Level",
    "Metric",
    "Objective",
    "OkrSet",
    "Place",
    "Source",
    "Status",
    "Thresholds",
]

Source = Literal["cell", "sentence", "assumed"]
STATED = ("baseline", "target", "change", "due")
"""What a sentence may give where no cell does, in the order people read it."""


class Commitment(enum.StrEnum):
    """Committed: to be reached in full. Aspirational: 0.7 is a good result."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


class Level(enum.StrEnum):
    """Whose objective it is, the widest first."""

    COMPANY = "company"
    DEPARTMENT = "department"
    TEAM = "team"
    INDIVIDUAL = "individual"


class Status(enum.StrEnum):
    """Where a key result or objective stands on a day; exactly one always."""

    ACHIEVED = "achieved"
    MISSED = "missed"
    NOT_STARTED = "not started"
    NO_DATA = "no data"
    OFF_TRACK = "off track"
    AT_RISK = "at risk"
    STALE = "stale"
    ON_TRACK = "on track"


Key = tuple[str, str, int, int, str, int]
"""What identifies an objective or key result within a run: workbook, sheet, row, field, part of the cell."""


class Place(Struct, frozen=True, eq=False):
    """Where an objective or key result stands: a row, and which column holds which field.

    `columns` is shared by all rows of a table, so a place costs little. `field` is the field its statement stands in
    ("objective" or "key_result"); `part` counts several statements in one cell from 0. `key` tells this statement from
    every other of the run, and places are compared by it; it is kept, because it is asked for a dozen times. `rows` are
    the rows of fields that stand in another row than the statement (cards, matrices).
    """

    workbook: str
    sheet: str
    row: int
    field: str
    columns: Mapping[str, int]
    part: int = 0
    key: Key = ("", "", 0, 0, "", 0)
    rows: Mapping[str, int] | None = None

    PARTS: ClassVar[int] = 1000
    """A cell that is read in several cycles counts its parts in each from another thousand."""

    def __post_init__(self) -> None:
        force_setattr(self, "key", (self.workbook, self.sheet, self.row, self._column, self.field, self.part))

    def __eq__(self, other: object) -> bool:
        return self.key == other.key if isinstance(other, Place) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return "Place(workbook={!r}, sheet={!r}, row={!r}, column={!r}, field={!r}, part={!r})".format(*self.key)

    @property
    def _column(self) -> int:
        return self.columns.get(self.field) or min(self.columns.values(), default=1)

    def at(self, name: str) -> CellRef:
        """The cell of a field in this row; the statement's own cell for a field that has no column."""
        column = self.columns.get(name) or self._column
        row = self.rows.get(name, self.row) if self.rows is not None and name in self.columns else self.row
        return CellRef(self.workbook, self.sheet, row, column)


class Frozen(BaseModel):
    """Base of the domain models: immutable, nothing unknown let in."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Cycle(Frozen):
    """The period a set of OKRs is for, ends included. `assumed`: nothing in the sheet named it.

    The same period is the same cycle, whether a sheet names it or it had to be assumed.
    """

    name: str
    start: date
    end: date
    assumed: bool = False

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.start <= day <= self.end

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cycle):
            return NotImplemented
        return (self.name, self.start, self.end) == (other.name, other.start, other.end)

    def __hash__(self) -> int:
        return hash((self.name, self.start, self.end))


class Metric(Frozen):
    """The machine's reading of one key result. Percentages are on the 0–100 scale with unit `%`.

    A milestone's `current` is the fraction done, 0 to 1. For `between`, `target` is the lower and `upper` the upper
    bound. `current_is_change`: the current cell counts the change achieved, not the level. `sources` tells where each
    of baseline, target, current, unit came from, and the key result's due date where its sentence names it.
    """

    kind: Kind
    baseline: float | None = None
    target: float | None = None
    upper: float | None = None
    current: float | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    change: Change | None = None
    current_is_change: bool = False
    yes_no: bool = False
    sources: Mapping[str, Source] = Field(default_factory=dict)

    @property
    def from_sentence(self) -> tuple[str, ...]:
        """Which of baseline, target, change and due date no cell says but the key result's sentence."""
        return tuple(name for name in STATED if self.sources.get(name) == "sentence")


class CheckIn(Frozen):
    """What a sheet says was measured in one period of its header ("W40"); `day`: the period's last, None where open.

    `value` is in `unit`: that of the key result, or `%` where the sheet counts the way done.
    """

    period: str
    day: date | None
    value: float
    unit: str | None = None


class KeyResult(Frozen):
    """One key result. `title` has no label ("KR1:") and no bullet.

    `status`, `own_progress` (0–100) and `own_score` (0–1) are as the sheet says them. `confidence` is people's belief,
    0–1. `waypoints` are dated planned progress values, 0–1, of the sheet.
    """

    id: str
    title: str
    label: str | None = None
    metric: Metric
    owner: str | None = None
    weight: float | None = None
    confidence: float | None = None
    start: date | None = None
    due: date | None = None
    updated: date | None = None
    commitment: Commitment = Commitment.COMMITTED
    contributes_to: tuple[str, ...] = ()
    status: str | None = None
    own_progress: float | None = None
    own_score: float | None = None
    waypoints: tuple[tuple[date, float], ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    place: Annotated[Place, Field(exclude=True)]

    @property
    def key(self) -> Key:
        """What identifies it within a run."""
        return self.place.key

    def at(self, name: str = "key_result") -> CellRef:
        """The cell a field was read from."""
        return self.place.at(name)


class Objective(Frozen):
    """One objective with its key results in the sheet's order. `title` None: the sheet names no objective for them."""

    id: str
    title: str | None
    label: str | None = None
    owner: str | None = None
    team: str | None = None
    level: Level = Level.TEAM
    cycle: Cycle
    commitment: Commitment = Commitment.COMMITTED
    contributes_to: tuple[str, ...] = ()
    weight: float | None = None
    status: str | None = None
    own_progress: float | None = None
    own_score: float | None = None
    key_results: tuple[KeyResult, ...] = ()
    place: Annotated[Place, Field(exclude=True)]

    @property
    def key(self) -> Key:
        """What identifies it within a run."""
        return self.place.key

    def at(self, name: str = "objective") -> CellRef:
        """The cell a field was read from."""
        return self.place.at(name)


class OkrSet(Frozen):
    """Every objective of a run, over all workbooks, sheets and cycles, in the order they were read."""

    objectives: tuple[Objective, ...] = ()

    def cycles(self) -> tuple[Cycle, ...]:
        """The cycles that occur, in the order they are met, each once."""
        return tuple(dict.fromkeys(o.cycle for o in self.objectives))

    def by_cycle(self) -> dict[Cycle, OkrSet]:
        """The objectives of each cycle, cycles in the order they are met."""
        parts: dict[Cycle, list[Objective]] = {}
        for objective in self.objectives:
            parts.setdefault(objective.cycle, []).append(objective)
        return {cycle: OkrSet.model_construct(objectives=tuple(part)) for cycle, part in parts.items()}

    def of(self, cycle: Cycle) -> OkrSet:
        """Only the objectives of one cycle."""
        return self.by_cycle().get(cycle, OkrSet())

    def key_results(self) -> Iterator[tuple[Objective, KeyResult]]:
        """Every key result with its objective, in order."""
        for objective in self.objectives:
            for key_result in objective.key_results:
                yield objective, key_result


class Thresholds(Frozen):
    """Every number a rule uses. Set in `[thresholds]` of the config."""

    off_track_gap: float = Field(0.25, ge=0, description="off track when behind the pace by more than this share")
    at_risk_gap: float = Field(0.10, ge=0, description="at risk when behind the pace by more than this share")
    grace_days: int = Field(7, ge=0, description="days after the start in which no value is not yet a fault")
    stale_days: int = Field(14, ge=0, description="stale when the last check-in is older than this many days")
    milestone_days: int = Field(14, ge=0, description="an open yes/no milestone is at risk in its last days")
    aspirational_pace: float = Field(
        0.7, gt=0, le=1, description="what an aspirational key result is expected to reach"
    )
    amber_from: float = Field(0.7, ge=0, le=1, description="committed scores are amber from here, green at 1")
    aspirational_green_from: float = Field(0.7, ge=0, le=1, description="aspirational scores are green from here")
    aspirational_amber_from: float = Field(0.4, ge=0, le=1, description="aspirational scores are amber from here")
    own_progress_points: float = Field(1.0, ge=0, description="the sheet's own progress may differ by this many points")
    similar_title: float = Field(0.85, ge=0, le=1, description="how alike a misspelt title must be to count as a link")
