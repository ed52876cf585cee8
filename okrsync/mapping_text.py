"""Mapping → mappings/*.toml, as a person would write it and mapping_file.py reads it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from pathlib import Path

from okrsync.cells import column_letters
from okrsync.errors import ConfigError
from okrsync.mapping import FIELDS, Archetype, Group, Mapping, check_in_periods, planned_days

_TEXTS = ("language", "locale", "team", "level", "cycle", "objectives_on")


def text(mappings: Sequence[Mapping]) -> str:
    """Mappings as the text of a mapping file."""
    return "\n".join(_as_toml(mapping) for mapping in mappings)


def write(mappings: Sequence[Mapping], path: Path) -> None:
    """Writes the file. Raises ConfigError."""
    try:
        path.write_text(text(mappings), encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigError(str(path), f"cannot be written: {error.strerror or error}", "check the folder") from None


def _as_toml(mapping: Mapping) -> str:
    lines = ["[[table]]", f"sheet = {_quoted(mapping.sheet)}", f"archetype = {_quoted(mapping.archetype.value)}"]
    across = mapping.archetype is Archetype.MATRIX
    lines += _extent(mapping, "column" if across else "row")
    values = {name: getattr(mapping, name) for name in _TEXTS}
    lines += [f"{name} = {_quoted(value)}" for name, value in values.items() if value is not None]
    if mapping.several:
        lines.append("several = true")
    places = _places(mapping.columns, across)
    by_header = {name: header for name, header in mapping.headers.items() if name not in places}
    lines += ["", "[table.rows]" if across else "[table.columns]", *_pairs(places | by_header)]
    planned = {day: mapping.headers.get(name) or places[name] for day, name in planned_days(places | by_header)}
    if planned:
        lines += ["", "[table.planned]", *(f"{day} = {_quoted(place)}" for day, place in planned.items())]
    checked = {period: places.get(name) or by_header[name] for period, name in check_in_periods(places | by_header)}
    if checked:
        lines += ["", "[table.check_ins]", *(f"{_quoted(period)} = {_quoted(at)}" for period, at in checked.items())]
    kept = {name: header for name, header in mapping.headers.items() if name in places and name in FIELDS}
    if kept:
        lines += ["", "[table.headers]", *_pairs(kept)]
    for group in mapping.groups:
        lines += ["", "[[table.key_results]]", *_group(group, across)]
    if mapping.card:
        cells = {name: f"cell {column_letters(column)}{row}" for name, (row, column) in mapping.card.items()}
        lines += ["", "[table.card]", *_pairs(cells)]
    return "\n".join(lines) + "\n"


def _extent(mapping: Mapping, unit: str) -> Iterable[str]:
    """The lines that say where the header is and how far the table reaches."""

    def shown(number: int) -> str:
        return str(number) if unit == "row" else _quoted(column_letters(number))

    if mapping.header_rows:
        yield f"header_{unit}s = [{', '.join(map(shown, mapping.header_rows))}]"
    yield f"first_{unit} = {shown(mapping.first_row)}"
    if mapping.last_row is not None:
        yield f"last_{unit} = {shown(mapping.last_row)}"


def _places(columns: MappingOf[str, int], across: bool) -> dict[str, str]:
    return {name: f"row {at}" if across else f"column {column_letters(at)}" for name, at in columns.items()}


def _group(group: Group, across: bool) -> list[str]:
    places = _places(group.columns, across)
    lines = _pairs({name: text for name, text in group.headers.items() if name not in places} | places)
    kept = [f"{name} = {_quoted(text)}" for name, text in group.headers.items() if name in places]
    return [*lines, f"headers = {{ {', '.join(kept)} }}"] if kept else lines


def _pairs(values: MappingOf[str, str]) -> list[str]:
    return [f"{name} = {_quoted(values[name])}" for name in FIELDS if name in values]


def _quoted(value: str) -> str:
    # What JSON escapes, TOML reads alike, but for a character beyond the Basic Multilingual Plane: kept as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
