"""mappings/*.toml ↔ Mapping; the format is told in mappings/README.md."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from datetime import date
from pathlib import Path
from typing import TypeVar

from okrsync.cells import column_letters, column_number
from okrsync.errors import ConfigError
from okrsync.mapping import FIELDS, PLANNED, Archetype, Mapping, planned_days

_Given = TypeVar("_Given", int, str)
_TEXTS = ("language", "locale", "team", "level", "cycle")
_KEYS = ("sheet", "archetype", "header_rows", "first_row", "last_row", *_TEXTS, "columns", "headers", "planned")
_BY_LETTER = re.compile(r"\s*column\s+([A-Za-z]{1,3})\s*", re.IGNORECASE)
_LEVELS = ("company", "department", "team", "individual")
_EXAMPLE = "see mappings/README.md, or start from `okrsync mapping show --toml`"


def read(path: Path) -> tuple[Mapping, ...]:
    """The mappings of a file, one per `[[table]]`. Raises ConfigError."""
    try:
        raw = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(str(path), "there is no such mapping file", "check the name") from None
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror or error}", "check your rights to it") from None
    except UnicodeDecodeError:
        raise ConfigError(str(path), "is not UTF-8 text", "save it again with the encoding UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            str(path), f"cannot be understood: {error}", "correct that line; texts stand in quotes"
        ) from None
    _known(path, raw, ("table",), "")
    tables = raw.get("table")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(str(path), "has no [[table]]", _EXAMPLE)
    return tuple(_table(path, table, f"[[table]] {number}") for number, table in enumerate(tables, 1))


def _table(path: Path, raw: MappingOf[str, object], where: str) -> Mapping:
    _known(path, raw, _KEYS, where)
    sheet = _text(path, raw, "sheet", where)
    if sheet is None:
        raise ConfigError(str(path), f'{where} lacks "sheet"', 'name the sheet, as in sheet = "Q4 OKRs"')
    archetype = _text(path, raw, "archetype", where) or Archetype.FLAT.value
    if archetype not in list(Archetype):
        raise _unknown(path, f"{where} archetype", archetype, [each.value for each in Archetype])
    columns, headers = _columns(path, raw, where)
    header_rows = _rows(path, raw.get("header_rows", []), f"{where} header_rows")
    default = header_rows[-1] + 1 if header_rows else 1
    first_row = _row(path, raw.get("first_row", default), f"{where} first_row")
    last_row = _row(path, raw["last_row"], f"{where} last_row") if "last_row" in raw else None
    texts = {name: _text(path, raw, name, where) for name in _TEXTS}
    level = texts["level"]
    if level is not None and level not in _LEVELS:
        raise _unknown(path, f"{where} level", level, _LEVELS)
    return Mapping(
        sheet=sheet,
        archetype=Archetype(archetype),
        columns=columns,
        header_rows=header_rows,
        first_row=first_row,
        last_row=last_row,
        headers=headers,
        language=texts["language"] or "en",
        locale=texts["locale"],
        team=texts["team"],
        level=level,
        cycle=texts["cycle"],
    )


def _columns(path: Path, raw: MappingOf[str, object], where: str) -> tuple[dict[str, int], dict[str, str]]:
    """Columns given by letter, and header texts: those of `[table.headers]` and of columns given by header."""
    given, headers = raw.get("columns"), raw.get("headers", {})
    if not isinstance(given, dict) or not given:
        raise ConfigError(
            str(path), f"{where} has no columns", 'add [table.columns] with lines such as objective = "Objective"'
        )
    if not isinstance(headers, dict):
        raise ConfigError(str(path), f"{where} headers is not a section", "write it as [table.headers]")
    _known(path, given, FIELDS, f"{where} columns")
    _known(path, headers, FIELDS, f"{where} headers")
    columns: dict[str, int] = {}
    texts = {name: _string(path, headers[name], f"{where} headers.{name}") for name in headers}
    planned = _planned(path, raw.get("planned", {}), where)
    for name, value in (given | planned).items():
        place = f"{where} {name}" if name in planned else f"{where} columns.{name}"
        text = _string(path, value, place)
        letters = _BY_LETTER.fullmatch(text)
        if letters is None:
            texts[name] = text
        else:
            columns[name] = _number(path, letters[1], place)
    if not {"objective", "key_result", "statement"} & given.keys():
        raise ConfigError(
            str(path),
            f"{where} says neither where objectives nor where key results stand",
            'add a line such as key_result = "Key result" below [table.columns]',
        )
    return _in_order(columns), _in_order(texts)


def _planned(path: Path, given: object, where: str) -> dict[str, object]:
    """The columns of `[table.planned]`, by the names they have in a Mapping."""
    if not isinstance(given, dict):
        raise ConfigError(str(path), f"{where} planned is not a section", "write it as [table.planned]")
    named: dict[str, object] = {}
    for day, value in given.items():
        try:
            named[f"{PLANNED}{date.fromisoformat(day)}"] = value
        except ValueError:
            problem = f'{where} planned "{day}" is no day'
            raise ConfigError(str(path), problem, 'write it as in 2026-10-31 = "Plan October"') from None
    return named


def _in_order(given: dict[str, _Given]) -> dict[str, _Given]:
    names = (*FIELDS, *(name for _, name in planned_days(given)))
    return {name: given[name] for name in names if name in given}


def _number(path: Path, letters: str, where: str) -> int:
    number = column_number(letters)
    if number > 16384:
        raise ConfigError(str(path), f'{where} = "column {letters}": a sheet has no such column', "the last one is XFD")
    return number


def _known(path: Path, raw: Iterable[str], names: Sequence[str], where: str) -> None:
    for name in raw:
        if name not in names:
            raise _unknown(path, f"{where} key".strip(), name, names)


def _unknown(path: Path, what: str, found: str, names: Sequence[str]) -> ConfigError:
    near = difflib.get_close_matches(found, names, n=1, cutoff=0.5)
    hint = f'. Did you mean "{near[0]}"?' if near else ""
    return ConfigError(str(path), f'{what} "{found}" is unknown{hint}', f"use one of: {', '.join(names)}")


def _text(path: Path, raw: MappingOf[str, object], name: str, where: str) -> str | None:
    return _string(path, raw[name], f"{where} {name}") if name in raw else None


def _string(path: Path, value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(str(path), f"{where} = {value!r} is no text", "write a text in quotes")
    return value


def _rows(path: Path, value: object, where: str) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise ConfigError(str(path), f"{where} = {value!r} is no list of rows", "write rows in brackets, as in [3]")
    return tuple(sorted(_row(path, each, where) for each in value))


def _row(path: Path, value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 1_048_576:
        raise ConfigError(str(path), f"{where} = {value!r} is no row", "rows count from 1, as the sheet shows them")
    return value


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
    if mapping.header_rows:
        lines.append(f"header_rows = [{', '.join(map(str, mapping.header_rows))}]")
    lines.append(f"first_row = {mapping.first_row}")
    if mapping.last_row is not None:
        lines.append(f"last_row = {mapping.last_row}")
    values = {name: getattr(mapping, name) for name in _TEXTS}
    lines += [f"{name} = {_quoted(value)}" for name, value in values.items() if value is not None]
    places = {name: f"column {column_letters(column)}" for name, column in mapping.columns.items()}
    by_header = {name: header for name, header in mapping.headers.items() if name not in places}
    lines += ["", "[table.columns]", *_pairs(places | by_header)]
    planned = {day: mapping.headers.get(name) or places[name] for day, name in planned_days(places | by_header)}
    if planned:
        lines += ["", "[table.planned]", *(f"{day} = {_quoted(place)}" for day, place in planned.items())]
    kept = {name: header for name, header in mapping.headers.items() if name in places and name in FIELDS}
    if kept:
        lines += ["", "[table.headers]", *_pairs(kept)]
    return "\n".join(lines) + "\n"


def _pairs(values: MappingOf[str, str]) -> list[str]:
    return [f"{name} = {_quoted(values[name])}" for name in FIELDS if name in values]


def _quoted(value: str) -> str:
    # What JSON escapes, TOML reads alike, but for a character beyond the Basic Multilingual Plane: kept as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
