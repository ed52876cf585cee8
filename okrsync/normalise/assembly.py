"""The statements of one table, with the other columns of their rows → Objectives with their KeyResults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from okrsync.cells import CellValue, Grid, text_of
from okrsync.layout.context import level_word, looks_like_team
from okrsync.layout.detect import Found
from okrsync.layout.folding import fold
from okrsync.layout.kind_words import is_aspirational
from okrsync.layout.references import split_references
from okrsync.layout.vocabulary import lexicon
from okrsync.mapping import Archetype
from okrsync.model import CheckIn, Commitment, Cycle, KeyResult, Level, Objective, Place
from okrsync.normalise.building import built, complete
from okrsync.normalise.checkins import CheckIns
from okrsync.normalise.deadline import stated_due
from okrsync.normalise.identifiers import Identifiers
from okrsync.normalise.metrics import MetricReader
from okrsync.normalise.numbers import Raise, is_blank_word, locale_of
from okrsync.normalise.periods import Calendar, Whose
from okrsync.normalise.planned import PlannedValues
from okrsync.normalise.rowcells import RowCells
from okrsync.normalise.rows import Band, RowReader, Statement
from okrsync.normalise.sentence import with_due
from okrsync.normalise.stated import StatedValues
from okrsync.normalise.wholes import only_beside_objectives, teams_return

_BESIDE = ("progress", "weight", "confidence", "status", "score")
"""What a row says of its key result, unless the cell is merged over several rows: then it is the objective's."""


_OF_A_ROW = ("id", "label", "owner", "contributes_to", "start", "due", "updated", "status", "commitment", "type")
"""What is taken out of a key result's row at once."""
_OF_OBJECTIVES = {f"objective_{name}" for name in _BESIDE}
_Beside = tuple[float | None, str | None, float | None, float | None]
_NOTHING_BESIDE = (None, None, None, None)
_COMMITMENTS = {True: Commitment.ASPIRATIONAL, False: Commitment.COMMITTED}


class Draft(Struct):
    """An objective while its key results are still being read."""

    statement: Statement | None
    row: int
    id: str
    own_id: str | None
    team: str | None
    level: Level
    cycle: Cycle
    own_cycle: bool
    key_results: list[KeyResult] = []


class Assembler:
    """Turns one table into objectives. `taken` are the ids of the sheet so far, over all its tables."""

    def __init__(
        self,
        workbook: str,
        grid: Grid,
        found: Found,
        cycle: Cycle,
        whose: Whose,
        calendar: Calendar,
        out: Raise,
        ids: dict[str, int] | None = None,
    ) -> None:
        mapping = found.mapping
        self.reader = RowReader(grid, mapping)
        self._workbook, self._sheet, self._mapping = workbook, grid.sheet, mapping
        self._calendar, self._out, self._whose, self._cycle = calendar, out, whose, cycle
        self._section_team: str | None = None
        self._section_cycle: Cycle | None = None
        locale = locale_of(grid, mapping)
        self._stated = StatedValues(workbook, grid, mapping, locale, out)
        self._planned = PlannedValues(workbook, grid, mapping, locale, out)
        self._check_ins = CheckIns(workbook, grid, mapping, locale, out)
        self._metrics = MetricReader(workbook, grid, mapping, locale, out)
        self._drafts: list[Draft] = []
        self._by_key: dict[tuple[str, str | None, str], Draft] = {}
        self._by_label: dict[str, Draft] = {}
        self._current: Draft | None = None
        self._columns = dict(mapping.columns)
        if "statement" in self._columns:
            self._columns |= dict.fromkeys(("objective", "key_result"), self._columns["statement"])
        self._outline = mapping.archetype is Archetype.OUTLINE
        self._cells = RowCells(grid, mapping, _OF_A_ROW)
        self._commitments = tuple(name for name in ("commitment", "type") if name in mapping.columns)
        self._has_cycles = "cycle" in mapping.columns
        self._team_of_key_results = teams_return(grid, mapping, self.reader.last)
        self._weighs_objectives = only_beside_objectives(grid, mapping, self.reader.last, "weight")
        self._of_rows = {name for name in _BESIDE if name in mapping.columns}
        if self._weighs_objectives:
            self._of_rows.discard("weight")
        self._states_objectives = bool(
            self._outline or self._cells.merged or self._weighs_objectives or _OF_OBJECTIVES & mapping.columns.keys()
        )
        self._ids = Identifiers(workbook, grid.sheet, mapping.columns, out, ids)

    # the rows

    def objectives(self) -> Iterator[Objective]:
        """Every objective of the table, in the sheet's order."""
        for statement in self.reader.statements():
            if isinstance(statement, Band):
                self._enter(statement)
            elif statement.level == "objective":
                self._current = self._objective(statement)
            else:
                self._key_result(statement)
        for draft in self._drafts:
            yield self._finished(draft)

    def _enter(self, band: Band) -> None:
        """A row that heads those below it: a cycle, a team, or a title that says neither."""
        cycle = self._calendar.wholly(band.text)
        if cycle is not None:
            self._section_cycle = cycle
        elif looks_like_team(band.text) or (self._outline and not self._drafts):
            self._section_team = None if level_word(band.text) == "company" else band.text
        self._current = None if not self._outline else self._current

    def _objective(self, statement: Statement) -> Draft:
        if not statement.text and statement.label is not None:
            known = self._by_label.get(fold(statement.label))
            if known is not None:
                return known
            statement.text = statement.whole.strip()
        team, cycle, own_cycle = self._team(statement.row), self._cycle_of(statement.row), self._has_cycle
        spelled = " ".join(statement.text.split())
        own_id = self._cells.text(statement.row, "objective_id")
        if own_id is None and self._outline:
            own_id = self._cells.text(statement.row, "id")
        key = (own_id or statement.label or "", None if self._team_of_key_results else team, f"{cycle.name}\n{spelled}")
        known = None if self._explicit() else self._by_key.get(key)
        if known is not None:
            return known
        if self._team_of_key_results:
            team = self._whose.team
        draft = self._draft(statement, statement.row, own_id, team, cycle, own_cycle)
        self._by_key[key] = draft
        if statement.label is not None:
            self._by_label.setdefault(fold(statement.label), draft)
        return draft

    def _explicit(self) -> bool:
        """Whether every objective row is an objective of its own (outlines): the same text again is another one."""
        return "statement" in self._mapping.columns

    def _draft(
        self, statement: Statement | None, row: int, own_id: str | None, team: str | None, cycle: Cycle, own: bool
    ) -> Draft:
        label = statement.label if statement is not None else None
        made = (
            self._ids.unique(label or self._ids.next("O"), "")
            if own_id is None
            else self._ids.own(own_id, row, "objective_id")
        )
        draft = Draft(statement, row, made, own_id, team, self._level(row, team), cycle, own)
        self._drafts.append(draft)
        return draft

    def _team(self, row: int) -> str | None:
        own = self._cells.text(row, "team")
        if own is None and self._mapping.archetype is Archetype.MERGED and "team" in self._mapping.columns:
            own = self._drafts[-1].team if self._drafts else None
        return own or self._section_team or self._whose.team

    def _cycle_of(self, row: int) -> Cycle:
        own = self._calendar.of_cell(self._cells.value(row, "cycle")) if self._has_cycles else None
        self._has_cycle = own is not None
        if own is None and self._mapping.archetype is Archetype.MERGED and self._drafts and self._drafts[-1].own_cycle:
            return self._drafts[-1].cycle
        return own or self._section_cycle or self._cycle

    def _level(self, row: int, team: str | None) -> Level:
        own = self._cells.text(row, "level")
        word = level_word(own) if own is not None else None
        if word is None and team is not None:
            word = "company" if level_word(team) == "company" else None
        if (
            word is None
            and self._mapping.columns.get("level") is None
            and (kind := self._cells.text(row, "type")) is not None
        ):
            word = level_word(kind)
        if word is not None:
            return Level(word)
        if self._whose.level is not None and team == self._whose.team:
            return self._whose.level
        return Level.TEAM

    def _key_result(self, statement: Statement) -> None:
        row = statement.row
        draft = self._current
        if draft is None:
            draft = self._orphans(row)
        if self._outline and self._has_cycles and not draft.own_cycle:
            cycle = self._cycle_of(row)
            if self._has_cycle and not draft.key_results:
                draft.cycle, draft.own_cycle = cycle, True
        draft.key_results.append(self._built(statement, draft))

    def _orphans(self, row: int) -> Draft:
        """The objective without a title that holds key results for which the table names none."""
        team, cycle = self._team(row), self._cycle_of(row)
        key = ("", team, f"{cycle.name}\n\n")
        if key not in self._by_key:
            self._by_key[key] = self._draft(None, row, None, team, cycle, self._has_cycle)
        return self._by_key[key]

    def _links(self, row: int, draft: Draft) -> tuple[str, ...]:
        text = self._cells.text(row, "contributes_to")
        if text is None:
            return ()
        own: set[str] = set()
        if self._outline and row != draft.row:
            # On the key-result rows of an outline the parent column often names the objective they stand under.
            statement = draft.statement
            known = (draft.own_id, statement.label, statement.text) if statement is not None else ()
            own = {fold(name) for name in known if name}
        return tuple(part for part in split_references(text) if fold(part) not in own)

    def _built(self, statement: Statement, draft: Draft) -> KeyResult:
        row, own = statement.row, self._stated
        own_id, label, owner, links, start, due, updated, status, commitment, kind = self._cells.several(row)
        own_cells = self._of_rows
        if self._cells.merged:
            own_cells = {name for name in own_cells if not self._cells.of_objective(row, name)}
        progress = own.progress(row) if "progress" in own_cells else None
        metric, target_day, said = self._metrics.read(row, statement.text, progress)
        label = statement.label or text_of(label)
        due_day = self._day(row, "due", due, draft) or target_day
        start_day = self._day(row, "start", start, draft)
        if due_day is None and (due is None or (type(due) is str and is_blank_word(due))):
            due_day = stated_due(statement.text, draft.cycle, start_day, self._mapping.language, self._mapping.locale)
            metric = with_due(metric) if due_day is not None else metric
        typed = commitment is not None or kind is not None
        check_ins = self._check_ins.of(row, metric, draft.cycle)
        return built(
            KeyResult,
            {
                "id": self._key_result_id(row, text_of(own_id), label, draft),
                "title": statement.text,
                "label": label,
                "metric": metric,
                "owner": text_of(owner) or statement.owner,
                "weight": own.weight(row) if "weight" in own_cells else None,
                "confidence": own.confidence(row) if "confidence" in own_cells else None,
                "start": start_day,
                "due": due_day,
                "updated": self._day(row, "updated", updated, draft) or self._last_day(check_ins),
                "commitment": self._commitment(row, said.aspirational) if typed else _COMMITMENTS[said.aspirational],
                "contributes_to": self._links(row, draft) if links is not None else (),
                "status": text_of(status) if "status" in own_cells else None,
                "own_progress": progress,
                "own_score": own.score(row) if "score" in own_cells else None,
                "waypoints": self._planned.of(row, metric),
                "check_ins": check_ins,
                "place": Place(self._workbook, self._sheet, row, "key_result", self._columns),
            },
        )

    def _last_day(self, check_ins: Sequence[CheckIn]) -> date | None:
        """The day of the last check-in; a week that is not over yet counts up to today."""
        days = [each.day for each in check_ins if each.day is not None]
        return min(max(days), self._calendar.today) if days else None

    def _key_result_id(self, row: int, own_id: str | None, label: str | None, draft: Draft) -> str:
        if own_id is not None:
            return self._ids.own(own_id, row, "id")
        stem = f"KR{draft.id[1:]}." if re.fullmatch(r"O\d+", draft.id) else f"{draft.id}."
        return self._ids.unique(label or f"{stem}{len(draft.key_results) + 1}", draft.id)

    def _day(self, row: int, name: str, value: CellValue, draft: Draft) -> date | None:
        if value is None or type(value) is date:
            return value
        return self._stated.day(row, name, value, draft.cycle)

    def _commitment(self, row: int, aspirational: bool) -> Commitment:
        for name in self._commitments:
            if (text := self._cells.text(row, name)) is not None:
                word = lexicon().types.get(fold(text))
                if word in ("aspirational", "committed"):
                    return Commitment(word)
        return _COMMITMENTS[aspirational]

    # the end

    def _finished(self, draft: Draft) -> Objective:
        statement, row = draft.statement, draft.row
        states = statement is not None and self._states_objectives
        weight, status, progress, score = self._beside(row) if states else _NOTHING_BESIDE
        return built(
            Objective,
            {
                "id": draft.id,
                "title": statement.text if statement is not None else None,
                "label": statement.label if statement is not None else None,
                "owner": self._owner(draft),
                "team": draft.team,
                "level": draft.level,
                "cycle": draft.cycle,
                "commitment": self._objective_commitment(draft),
                "contributes_to": self._shared_links(draft),
                "weight": weight,
                "status": status,
                "own_progress": progress,
                "own_score": score,
                "key_results": tuple(draft.key_results),
                "place": Place(self._workbook, self._sheet, row, "objective", self._columns),
            },
        )

    def _beside(self, row: int) -> _Beside:
        """The weight, status, progress and score of its own that an objective's row states."""
        of_it = {
            name: self._outline or self._cells.of_objective(row, name)
            for name in ("weight", "status", "progress", "score")
        }
        own = self._stated
        weighs = of_it["weight"] or self._weighs_objectives
        status = self._cells.text(row, "objective_status")
        if status is None and of_it["status"]:
            status = self._cells.text(row, "status")
        return (
            own.weight(row) if weighs else own.objective_weight(row),
            status,
            own.objective_progress(row, of_it["progress"]),
            own.objective_score(row, of_it["score"]),
        )

    def _objective_commitment(self, draft: Draft) -> Commitment:
        statement = draft.statement
        if statement is None:
            return Commitment.COMMITTED
        said = is_aspirational(statement.text)
        if self._outline:
            return self._commitment(draft.row, said)
        every = {each.commitment for each in draft.key_results}
        return Commitment.ASPIRATIONAL if said or every == {Commitment.ASPIRATIONAL} else Commitment.COMMITTED

    def _shared_links(self, draft: Draft) -> tuple[str, ...]:
        """What every row of an objective contributes to is the objective's; what differs is the key results' own."""
        own = self._links(draft.row, draft) if draft.statement is not None else ()
        if self._outline or not own:
            return own
        if any(each.contributes_to not in ((), own) for each in draft.key_results):
            return ()
        for each in draft.key_results:
            complete(each, "contributes_to", ())
        return own

    def _owner(self, draft: Draft) -> str | None:
        statement = draft.statement
        if statement is None:
            return None
        own = self._cells.text(draft.row, "objective_owner") or statement.owner
        if own is None and (self._outline or not draft.key_results):
            own = self._cells.text(draft.row, "owner")
        owners = {each.owner for each in draft.key_results}
        if own is None and len(owners - {None}) == 1 and not self._outline and "owner" in self._mapping.columns:
            own = next(iter(owners - {None}))
        return own
