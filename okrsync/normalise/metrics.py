"""One row's number columns → the Metric of its key result: single values in one unit and on one scale."""

from __future__ import annotations

from datetime import date, datetime

from okrsync.cells import CellValue, Grid
from okrsync.findings import Hit, Raised
from okrsync.layout.kind_words import Hints, direction_word, hints, is_change_header, side
from okrsync.mapping import Mapping
from okrsync.model import Change, Kind, Metric
from okrsync.normalise.building import built
from okrsync.normalise.kinds import FIELDS, Row, every_sources, fraction, metric_of, metric_with
from okrsync.normalise.numbers import REMEMBERED, NumberColumn, Raise
from okrsync.normalise.picking import picker
from okrsync.normalise.scales import Fractions, say, settle
from okrsync.normalise.sentence import bounded, completed, disagreement
from okrsync.oneline import one_line
from okrsync.values import LARGEST, Quantity, read_unit, read_yes_no
from okrsync.values.units import in_unit, is_known

_PERIODS = frozenset({"week", "month", "quarter", "year"})
"""In a header these say when, not in what: "Current (Week)" beside "Target (Month)"."""
_INCREASE, _DECREASE, _REACH = (
    Kind.INCREASE,
    Kind.DECREASE,
    Kind.REACH,
)  # asked of the enumeration itself, a name costs five times as much
_ARROWS = ("→", "->", "=>", "⇒", "➔", " to ", "至", "到")


class MetricReader:
    """Reads the metrics of one table; what its columns as a whole say is found out once."""

    def __init__(self, workbook: str, grid: Grid, mapping: Mapping, locale: str | None, out: Raise) -> None:
        self._grid, self._mapping = grid, mapping
        self._language, self._out = mapping.language, out
        self.columns = {
            name: NumberColumn(workbook, grid, mapping, name, locale, out) for name in FIELDS if name in mapping.columns
        }
        self._list = list(self.columns.values())
        self._names = list(self.columns)
        self._unit_column = mapping.columns.get("unit")
        self._direction_column = mapping.columns.get("direction")
        units = [self.columns[name].unit for name in ("target", "baseline", "current") if name in self.columns]
        self._header_unit = next((unit for unit in units if unit is not None), None)
        self._mixed_headers = len({*units} - _PERIODS - {None}) > 1
        self._units: dict[CellValue, str | None] = {}
        self._says: list[Fractions] | None = None
        self._change_header = is_change_header(mapping.headers.get("current", ""))
        self._rows, self._top = grid.rows, grid.top
        self._plain_cells = picker(grid, mapping, (*FIELDS, "unit"))
        self._all_bare = all(column.all_bare() for column in self._list)
        self._mostly_plain = (
            "target" in self.columns
            and self._direction_column is None
            and not self._change_header
            and not self._mixed_headers
        )

    def read(self, row: int, title: str, progress: float | None) -> tuple[Metric, date | None, Hints]:
        """The metric of a row's key result, a due date found in its target cell, and the hints of its words.

        `progress` (0–100) is what the sheet's own progress column says, if anything.
        """
        said = hints(title)
        plain = self._plain(row, said) if self._mostly_plain else None
        if plain is not None:
            return self._beside(row, title, plain, said), None, said
        values = {name: column.value(row) for name, column in self.columns.items()}
        if all(value is None for value in values.values()):
            metric, due = self._without_numbers(row, said, progress), None
        else:
            found = self._read_cells(row, values, said)
            if "maintain" in (found.direction, said.wanted):
                found.side = side(title)
            found.typed_progress = progress
            metric, due = metric_of(found, self._change_header), found.due
        return self._beside(row, title, metric, said), due, said

    def _beside(self, row: int, title: str, metric: Metric, said: Hints) -> Metric:
        """The metric with what its sentence adds to the columns; where they disagree, columns win and it is told."""
        is_open = metric.target is None and metric.change is None
        if not is_open and not said.digits:
            return metric
        if is_open or metric.baseline is None:
            baseline, target = self._is_filled(row, "baseline"), self._is_filled(row, "target")
            metric = completed(metric, title, self._language, baseline_cell=baseline, target_cell=target)
        if not said.digits:
            return metric
        metric = bounded(metric, title, self._language)
        differing = disagreement(metric, title, self._language)
        if differing is not None:
            self._differs(row, title, *differing)
        return metric

    def _is_filled(self, row: int, name: str) -> bool:
        column = self.columns.get(name)
        return column is not None and column.value(row) is not None

    def _differs(self, row: int, title: str, name: str, stated: float, cell: float) -> None:
        column = self.columns[name]
        message = (
            f'"{one_line(title, 80)}" says {stated:.12g}, and column "{column.header}" says {cell:.12g}, which counts.'
        )
        fix = "correct the sentence or the column, whichever is out of date."
        self._out(Raised("IN006", Hit(column.at(row), message, fix)))

    def _plain(self, row: int, said: Hints) -> Metric | None:
        """The commonest row, read without detours: plain numbers up or down to a target; None for any other row."""
        b, t, c, text = self._plain_cells(self._rows[row - self._top])
        if type(c) is str:
            c = self.columns["current"].value(row)
        if type(t) is not float or (type(b) is not float and b is not None) or (type(c) is not float and c is not None):
            return None
        unit = self._header_unit
        if text is not None:
            unit = self._units[text] if text in self._units else self._unit(row)
        if not self._all_bare and not all(column.is_bare(row) for column in self._list):
            percent = self._percentages(row, b, t, c) if unit is None or unit == "%" else None
            if percent is None:
                return None
            (b, t, c), unit = percent, "%"
        elif unit == "%" and any(value is not None and abs(value) <= 1 for value in (b, t, c)):
            return None
        if b == t or said.wanted == "maintain" or not -LARGEST < (b or 0.0) + t + (c or 0.0) < LARGEST:
            return None
        falls = said.wanted == "decrease" if b is None else t < b
        return built(
            Metric,
            {
                "kind": _DECREASE if falls else _REACH if b is None else _INCREASE,
                "baseline": b,
                "target": t,
                "upper": None,
                "current": c,
                "unit": unit,
                "comparator": said.comparator,
                "change": None,
                "current_is_change": False,
                "yes_no": False,
                "sources": every_sources()[b is not None, True, c is not None],
            },
        )

    def _percentages(
        self, row: int, b: float | None, t: float, c: float | None
    ) -> tuple[float | None, float, float | None] | None:
        """The numbers as percentages where all their cells are shown as such, else None."""
        found: dict[str, float] = {}
        for name, value in zip(FIELDS, (b, t, c), strict=True):
            if value is None:
                continue
            counted = self.columns[name].counted(row, value)
            if counted is None or counted[1] != "%":
                return None
            found[name] = counted[0]
        return found.get("baseline"), found["target"], found.get("current")

    def _without_numbers(self, row: int, said: Hints, progress: float | None) -> Metric:
        unit = self._unit(row)
        if progress is not None:
            return fraction(progress / 100)
        return metric_with(Kind.REACH if said.digits else Kind.QUALITATIVE, unit=unit)

    def _unit(self, row: int) -> str | None:
        if self._unit_column is None:
            return self._header_unit
        text = self._grid.value(row, self._unit_column)
        if type(text) is not str:
            return self._header_unit
        if text not in self._units:
            if len(self._units) > REMEMBERED:
                self._units.clear()
            self._units[text] = read_unit(text.strip()) if text.strip() else self._header_unit
        return self._units[text]

    def _read_cells(self, row: int, values: dict[str, CellValue], said: Hints) -> Row:
        unit = self._unit(row)
        found = Row(None, None, None, unit, self._direction(row), said)
        values = dict(values)
        self._take_words(row, values, found)
        quantities = self._comparable(row, values, found)
        if unit == "%" or any(each is not None and each.unit == "%" for each in quantities):
            quantities = settle(row, self._list, quantities, self._fractions)
        by_name = dict(zip(self._names, quantities, strict=True))
        found.baseline, found.target, found.current = (by_name.get(name) for name in FIELDS)
        self._split_arrow(values, found)
        return found

    def _comparable(self, row: int, values: dict[str, CellValue], found: Row) -> list[Quantity | None]:
        """The quantities of a row as far as they can be compared: single values, one whole, one unit."""
        read = {name: column.read(row, values[name]) for name, column in self.columns.items()}
        target = read.get("target")
        for name in ("baseline", "current"):
            each = read.get(name)
            if each is None or not isinstance(values[name], str):
                continue
            if not each.is_single:
                self.columns[name].bounded(row, values[name])
                read[name] = None
            elif each.of is not None and target is not None:
                read[name] = _share(each, target, target.unit or found.unit)
                if read[name] is None:
                    self.columns[name].of_another_whole(row, values[name], target.value)
        wanted, beside = self._wanted_unit(read, found)
        if wanted is None:
            return list(read.values())
        return [self._in_unit(row, name, each, found, wanted, beside) for name, each in read.items()]

    def _wanted_unit(self, read: dict[str, Quantity | None], found: Row) -> tuple[str | None, str]:
        """The unit a row's numbers have to come in, and where it stands."""
        target, baseline = read.get("target"), read.get("baseline")
        if found.change is not None and found.change.mode == "relative":
            unit = baseline.unit if baseline is not None else None
            return (unit if is_known(unit) else None), f"a baseline in {unit}"
        if target is None and found.change is None:
            return None, ""
        if is_known(found.unit) and not (found.unit == self._header_unit and found.unit in _PERIODS):
            own = target.unit if target is not None else None
            return found.unit, f"a target in {found.unit}" if own in (None, found.unit) else f"the unit {found.unit}"
        unit = target.unit if target is not None else None
        return (unit if is_known(unit) else None), f"a target in {unit}"

    def _in_unit(
        self, row: int, name: str, each: Quantity | None, found: Row, wanted: str, beside: str
    ) -> Quantity | None:
        if each is None:
            return None
        own = each.unit
        if own is None and self._mixed_headers and found.unit == self._header_unit:
            header = self.columns[name].unit
            own = None if header in _PERIODS else header
        same = in_unit(each, own, wanted)
        if same is None and own is not None:
            self.columns[name].in_another_unit(row, each, own, beside)
        return same

    def _direction(self, row: int) -> str | None:
        if self._direction_column is None:
            return None
        text = self._grid.value(row, self._direction_column)
        return direction_word(text) if isinstance(text, str) else None

    def _take_words(self, row: int, values: dict[str, CellValue], found: Row) -> None:
        """Takes out of the cells what is no number and still says something: yes and no, a day, "+20 %"."""
        target, current = values.get("target"), values.get("current")
        if isinstance(target, date | datetime):
            found.due = target.date() if isinstance(target, datetime) else target
            values["target"] = target = None
        elif isinstance(target, str) and target.strip().startswith("+"):
            quantity = self.columns["target"].text(target)
            if quantity is not None:
                found.change = _change(quantity)
                found.unit = found.unit or quantity.unit
                values["target"] = None
        yes_no_target = self._is_answer("target", target)
        if (target is None or yes_no_target) and self._is_answer("current", current):
            found.yes_no, found.done = True, read_yes_no(current)
            values["current"] = values["target"] = None
            if _is_yes_no(values.get("baseline")):
                values["baseline"] = None
        elif yes_no_target:
            found.yes_no = True
            values["target"] = None
            if _is_yes_no(values.get("baseline")):
                values["baseline"] = None

    def _is_answer(self, name: str, value: CellValue) -> bool:
        """Whether a cell says yes or no, and no number; whether it is a number is known already, mostly."""
        if isinstance(value, str) and self.columns[name].text(value) is not None:
            return False
        return _is_yes_no(value)

    def _split_arrow(self, values: dict[str, CellValue], found: Row) -> None:
        """ "300 → 900" in the target cell is from and to."""
        text, target = values.get("target"), found.target
        if (
            isinstance(text, str)
            and target is not None
            and target.upper is not None
            and any(a in text for a in _ARROWS)
        ):
            if found.baseline is None:
                found.baseline = Quantity(target.value, target.unit)
            found.target = Quantity(target.upper, target.unit, target.comparator)

    def _fractions(self) -> list[Fractions]:
        """What each column's plain numbers in percent rows say about their scale, found out when first asked."""
        if self._says is None:
            rows = range(self._mapping.first_row, (self._mapping.last_row or self._grid.bottom) + 1)
            percent = [row for row in rows if self._is_percent_row(row)]
            self._says = [
                say(value for row in percent if isinstance(value := column.value(row), float) and column.is_plain(row))
                for column in self._list
            ]
        return self._says

    def _is_percent_row(self, row: int) -> bool:
        if self._unit(row) == "%":
            return True
        for column in self._list:
            value = column.value(row)
            if isinstance(value, str) and ("%" in value or "％" in value):
                return True
            if isinstance(value, float) and not column.is_plain(row) and "%" in self._grid.format(row, column.column):
                return True
        return False


def _share(each: Quantity, target: Quantity, unit: str | None) -> Quantity | None:
    """ "3 of 7" as the target counts: 3 where it is 7, 42.9 % where it is a percentage; None beside any other."""
    if unit == "%" and each.of:
        return Quantity(round(100 * each.value / each.of, 9), "%")
    return Quantity(each.value, each.unit) if each.of == target.value else None


def _is_yes_no(value: CellValue) -> bool:
    if isinstance(value, bool):
        return True
    return isinstance(value, str) and read_yes_no(value) is not None


def _change(quantity: Quantity) -> Change:
    if quantity.unit == "%":
        return Change(mode="relative", value=abs(quantity.value))
    return Change(mode="absolute", value=abs(quantity.value))
