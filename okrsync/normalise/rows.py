"""The rows of one table → statements: which rows are objectives, which key results, which neither and why."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from okrsync.cells import CellError, CellValue, Grid, Uncached
from okrsync.layout.columns import VALUES
from okrsync.layout.context import looks_like_team
from okrsync.layout.folding import fold, is_cjk
from okrsync.layout.labels import (
    Label,
    depth,
    has_bullet,
    kind_of,
    label_shares,
    split_label,
    split_owner,
    without_bullet,
)
from okrsync.layout.levels import heads_by_gaps
from okrsync.layout.region import EVIDENCE_ROWS
from okrsync.mapping import Archetype, Mapping
from okrsync.normalise.fillers import FILLER_TEXT, SHORT, is_note, is_note_label, is_placeholder, is_sample, is_total
from okrsync.normalise.picking import picker

LONG = 400
REMEMBERED = 50_000
"""Objectives repeat in flat tables; what so many of them came to is kept at hand."""
_TELL_APART = ("objective_id", "team", "cycle")
"""Where these differ, the same text is another objective."""
_Parts = tuple[str, str | None, str | None]


class Statement(Struct):
    """One objective or key result as its cell has it: the text without bullet, label and owner.

    `text` is "" where the cell holds only a label ("O1") that stands for an objective above.
    """

    level: str
    row: int
    text: str
    label: str | None = None
    owner: str | None = None
    whole: str = ""


class Band(Struct):
    """A row that heads those below it: a team, a cycle."""

    row: int
    text: str


class LeftOut(Struct):
    """Rows that were not read, by reason; and cells that could not be read as statements."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    faults: list[tuple[int, int, str, CellValue]] = field(default_factory=list)

    def add(self, reason: str, row: int) -> None:
        """Notes a row under its reason."""
        self.rows.setdefault(reason, []).append(row)


class RowReader:
    """Reads the statements of one table, row by row; `left_out` fills while it goes."""

    def __init__(self, grid: Grid, mapping: Mapping) -> None:
        self.grid = grid
        self.mapping = mapping
        self.left_out = LeftOut()
        self.first = max(mapping.first_row, grid.top)
        self.last = min(mapping.last_row or grid.bottom, grid.bottom)
        columns = mapping.columns
        self._at = {name: column - grid.left for name, column in columns.items()}
        self._headers = {name: " ".join(text.split()).casefold() for name, text in mapping.headers.items()}
        self._loose = not mapping.header_rows and mapping.archetype is Archetype.OUTLINE
        self._numbered = {name: self._is_numbered(name) for name in ("objective", "key_result", "statement")}
        self._last_text, self._last_numbered = "", False
        self._last_label: Label | None = None
        self._known: dict[str, _Parts] = {}
        self._no_sample: str | None = None
        merged = {area.left for area in grid.merges if area.bottom > area.top}
        self._flat = mapping.archetype is Archetype.FLAT and merged.isdisjoint(columns.values())
        self._wide = {
            area.top
            for area in grid.merges
            if area.right > area.left + 1 and area.left <= min(columns.values(), default=1)
        }
        if "statement" in columns:
            self._learn_levels()

    # what the columns say as a whole

    def _evidence(self, name: str) -> list[CellValue]:
        last = min(self.last, self.first + EVIDENCE_ROWS - 1)
        column = self.mapping.columns.get(name)
        return [] if column is None else [self.grid.value(row, column) for row in range(self.first, last + 1)]

    def _is_numbered(self, name: str) -> bool:
        return label_shares(self._evidence(name)).numbered >= 0.6

    def _learn_levels(self) -> None:
        shares = label_shares(self._evidence("statement"))
        self._labelled = shares.objectives > 0
        self._bullets = self._labelled and shares.key_results == 0
        depths = {depth(value) for value in self._evidence("number")} - {0}
        if not depths and self._numbered["statement"]:
            found = (split_label(value, True) for value in self._evidence("statement") if isinstance(value, str))
            depths = {depth(each.label) for each in found if each is not None and each.level is None} - {0}
        self._depths = depths
        kinds = set(map(kind_of, self._evidence("type")))
        self._typed = bool({"objective", "key_result"} & kinds)
        told = self._typed or self._labelled or shares.key_results > 0 or len(depths) > 1
        values = [self._evidence(name) for name in VALUES if name in self.mapping.columns]
        self._headed = not told and heads_by_gaps(self._evidence("statement"), values)

    # row by row

    def statements(self) -> Iterator[Statement | Band]:
        """Every statement and band, from top to bottom."""
        if "statement" in self._at:
            yield from self._outline()
        else:
            yield from self._rows()

    def cell(self, i: int, name: str) -> CellValue:
        """What stands in a field's column in the i-th row of the grid."""
        j = self._at.get(name)
        cells = self.grid.rows[i]
        return cells[j] if j is not None and 0 <= j < len(cells) else None

    def _rows(self) -> Iterator[Statement | Band]:
        """Tables with a column per level: a row holds an objective, a key result, or both."""
        tail = self._tail(self._at.get("objective"), self._at.get("key_result"))
        take = picker(self.grid, self.mapping, ("key_result", "objective", *_TELL_APART))
        rows, top = self.grid.rows, self.grid.top
        flat, last = self._flat, None
        for row in range(self.first, self.last + 1):
            k, *said = take(rows[row - top])
            o = said[0]
            if o is None and k is None:
                continue
            o_text = (o.strip() or None) if type(o) is str else self._text(row, o, "objective")
            k_text = (k.strip() or None) if type(k) is str else self._text(row, k, "key_result")
            if o_text is None and k_text is None:
                continue
            if k_text is not None and len(k_text) <= SHORT and self._is_bare(k_text):
                k_text = self._with_metric(row - top, k_text)
            if (reason := self._why_left_out(o_text, k_text)) is not None:
                if reason:
                    self.left_out.add(reason, row)
                continue
            if o_text is not None and k_text is None:
                if (row > tail and split_label(o_text) is None) or is_note(o_text):
                    self.left_out.add("text below the table", row)
                    continue
                if self._is_band(row, rows[row - top], o_text):
                    last = None
                    yield Band(row, o_text)
                    continue
            if o_text is not None and (not flat or said != last):
                last = said
                yield self._statement("objective", row, o_text)
            if k_text is not None:
                yield self._statement("key_result", row, k_text)

    def _tail(self, o_at: int | None, k_at: int | None) -> int:
        """The last row before a blank row after which no key result stands: what follows are people's notes."""
        if o_at is None or k_at is None:
            return self.last
        row = self.last
        blank = None
        while row >= self.first:
            cells = self.grid.rows[row - self.grid.top]
            if 0 <= k_at < len(cells) and cells[k_at] is not None:
                break
            if all(value is None for value in cells):
                blank = row
            row -= 1
        return blank - 1 if blank is not None else self.last

    def _text(self, row: int, value: CellValue, name: str) -> str | None:
        """A cell as a statement, None where it holds none."""
        if isinstance(value, str):
            return value.strip() or None
        if value is None or isinstance(value, bool):
            return None
        if isinstance(value, CellError | Uncached):
            self.left_out.faults.append((row, self.mapping.columns[name], name, value))
            return None
        return f"{value:.15g}" if isinstance(value, float) else str(value)

    def _with_metric(self, i: int, label: str) -> str:
        """A label alone takes the metric beside it for its statement, where there is one."""
        metric = self.cell(i, "metric")
        return f"{label.rstrip(' :：')}: {metric.strip()}" if isinstance(metric, str) and metric.strip() else label

    def _statement(self, level: str, row: int, text: str) -> Statement:
        if level != "objective" or len(text) > LONG:
            bare, label, owner = self._parts(level, text)
        elif text in self._known:
            bare, label, owner = self._known[text]
        else:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            bare, label, owner = self._known[text] = self._parts(level, text)
        return Statement(level, row, bare, label, owner, text)

    def _parts(self, level: str, text: str) -> _Parts:
        """The text without bullet, label and owner; the label; the owner."""
        label = self._label(text, self._numbered.get(level, False))
        if label is None:
            bare, owner = split_owner(without_bullet(text))
            return bare, None, owner
        bare, owner = split_owner(label.text)
        return bare, label.name, owner

    def _label(self, text: str, numbered: bool) -> Label | None:
        """The label of a text; that of the last one is kept, since it is asked for up to three times."""
        if text is not self._last_text or numbered is not self._last_numbered:
            self._last_text, self._last_numbered = text, numbered
            self._last_label = split_label(text, numbered)
        return self._last_label

    def _is_bare(self, text: str) -> bool:
        found = self._label(text, False)
        return found is not None and not found.text

    # rows that are no statements

    def _why_left_out(self, o_text: str | None, k_text: str | None) -> str | None:
        """Why a row holds no OKR: a reason, "" for a repeated header, None when it is one."""
        statement = k_text or o_text or ""
        if len(statement) <= SHORT:
            folded = fold(statement)
            name = "key_result" if k_text is not None else "objective"
            if " ".join(statement.split()).casefold() == self._headers.get(name):
                return ""
            if is_total(folded) or (o_text is not None and k_text is not None and is_total(fold(o_text))):
                return "totals"
        if is_sample(statement) or (o_text is not None and o_text != self._no_sample and is_sample(o_text)):
            return "samples"
        self._no_sample = o_text  # most rows repeat the objective of the row above
        if is_placeholder(statement):
            alone = o_text is None or k_text is None or is_placeholder(o_text)
            if alone or FILLER_TEXT.fullmatch(statement) is None:
                return "placeholders"
        if k_text is not None and len(k_text) <= SHORT and (self._is_bare(k_text) or is_note_label(k_text)):
            return "labels without a statement"
        return None

    def _is_band(self, row: int, cells: object, text: str) -> bool:
        """Whether a text alone in its row heads the rows below: it is merged across, or names a team or a period."""
        if self.mapping.archetype is Archetype.OUTLINE and row not in self._wide:
            return False
        filled = sum(1 for value in cells if value is not None) if isinstance(cells, list | tuple) else 1
        if filled > 1 or split_label(text) is not None or len(text) > SHORT:
            return False
        return row in self._wide if self.mapping.archetype is not Archetype.OUTLINE else looks_like_team(text)

    # both levels in one column

    def _outline(self) -> Iterator[Statement | Band]:
        """Objectives and key results in one column, told apart by type, number, label or bullet."""
        current: Statement | None = None
        for i in range(self.first - self.grid.top, self.last - self.grid.top + 1):
            row = self.grid.top + i
            text = self._text(row, self.cell(i, "statement"), "statement")
            if text is None:
                # A blank line ends a statement that runs over several lines.
                if current is not None and self._loose and current.row < row:
                    yield current
                    current = None
                continue
            if (reason := self._why_left_out(None, text)) is not None:
                if reason:
                    self.left_out.add(reason, row)
                continue
            level = self._level(i, text)
            if level in ("objective", "key_result"):
                if current is not None:
                    yield current
                current = self._of_level(i, level, row, text)
                continue
            if current is not None and self._loose and level is None:
                self._continue(current, text)
            elif self._loose and len(text) <= SHORT:
                yield Band(row, text)
            elif level is not None:
                self.left_out.add(level, row)
            else:
                self.left_out.add("neither objective nor key result", row)
        if current is not None:
            yield current

    def _of_level(self, i: int, level: str, row: int, text: str) -> Statement:
        found = self._statement(level, row, text)
        if self._numbered["statement"] and found.label is None:
            label = split_label(text, numbered=True)
            if label is not None:
                found.label, found.text = label.name, label.text
        beside = self.cell(i, "label")
        if found.label is None and isinstance(beside, str):
            found.label = beside.strip(" :：.") or None
        return found

    def _continue(self, current: Statement, text: str) -> None:
        """Joins a wrapped line to the statement above it."""
        if current.owner is not None:
            current.text, current.owner = f"{current.text} [{current.owner}]", None
        gap = "" if is_cjk(current.text[-1:]) and is_cjk(text) else " "
        current.text, current.owner = split_owner(current.text + gap + text)
        current.whole += gap + text

    def _level(self, i: int, text: str) -> str | None:
        """The level of a row, a reason to leave it out, or None where nothing tells."""
        if self._typed:
            word = kind_of(self.cell(i, "type"))
            if word in ("objective", "key_result"):
                return word
            if word == "initiative":
                return "initiatives"
        label = self._label(text, self._numbered["statement"])
        if label is None and (beside := self.cell(i, "label")) is not None:
            label = split_label(str(beside))
        if label is not None and label.level is not None:
            return label.level
        if len(self._depths) >= 2:
            deep = depth(self.cell(i, "number")) or (depth(label.label) if label is not None else 0)
            return self._by_depth(deep)
        if self._headed:
            return "objective" if all(self.cell(i, name) is None for name in VALUES) else "key_result"
        if self._labelled:
            return "key_result" if self._bullets and has_bullet(text) else None
        return "key_result" if not self._typed else None

    def _by_depth(self, deep: int) -> str | None:
        top = min(self._depths)
        if deep == 0:
            return None
        return "objective" if deep == top else "key_result" if deep == top + 1 else "initiatives"
