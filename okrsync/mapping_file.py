"""mappings/*.toml → Mapping; the format is told in mappings/README.md."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from datetime import date
from pathlib import Path
from typing import TypeVar

from okrsync.cells import column_number
from okrsync.errors import ConfigError
from okrsync.mapping import CHECK_IN, FIELDS, PLANNED, Archetype, Group, Mapping, check_in_periods, planned_days
from okrsync.values.periods import is_period

_Given = TypeVar("_Given", int, str)
_TEXTS = ("language", "locale", "team", "level", "cycle", "objectives_on")
_SECTIONS = ("columns", "headers", "planned", "check_ins", "key_results", "card")
_KEYS = ("sheet", "archetype", "header_rows", "first_row", "last_row", *_TEXTS, "several", *_SECTIONS)
_ACROSS = {"header_columns": "header_rows", "first_column": "first_row", "last_column": "last_row", "rows": "columns"}
"""What a matrix calls the parts of a mapping, and what they are when its rows and columns are exchanged."""
_BY_LETTER = re.compile(r"\s*column\s+([A-Za-z]{1,3})\s*", re.IGNORECASE)
_BY_ROW = re.compile(r"\s*row\s+(\d{1,7})\s*", re.IGNORECASE)
_CELL = re.compile(r"\s*cell\s+([A-Za-z]{1,3})(\d{1,7})\s*", re.IGNORECASE)
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
    return mappings_in(path, raw)


def mappings_in(path: Path, raw: MappingOf[str, object]) -> tuple[Mapping, ...]:
    """The mappings of a file that is parsed. Raises ConfigError, which names `path`."""
    _known(path, raw, ("table",), "")
    tables = raw.get("table")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(str(path), "has no [[table]]", _EXAMPLE)
    return tuple(_table(path, table, f"[[table]] {number}") for number, table in enumerate(tables, 1))


def _table(path: Path, raw: MappingOf[str, object], where: str) -> Mapping:
    across = raw.get("archetype") == Archetype.MATRIX
    _known(path, raw, [_SPOKEN_ACROSS.get(key, key) for key in _KEYS] if across else _KEYS, where)
    if across:
        raw = {_ACROSS.get(key, key): _numbers_of(path, key, value, where) for key, value in raw.items()}
    sheet = _text(path, raw, "sheet", where)
    if sheet is None:
        raise ConfigError(str(path), f'{where} lacks "sheet"', 'name the sheet, as in sheet = "Q4 OKRs"')
    archetype = _text(path, raw, "archetype", where) or Archetype.FLAT.value
    if archetype not in list(Archetype):
        raise _unknown(path, f"{where} archetype", archetype, [each.value for each in Archetype])
    columns, headers = _columns(path, raw, where, across)
    several = raw.get("several", False)
    if not isinstance(several, bool):
        raise ConfigError(str(path), f"{where} several = {several!r} is neither true nor false", "write several = true")
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
        groups=_groups(path, raw.get("key_results", []), where, across),
        card=_card(path, raw.get("card", {}), where),
        several=several,
        objectives_on=texts["objectives_on"],
    )


_SPOKEN_ACROSS = {key: spoken for spoken, key in _ACROSS.items()}


def _numbers_of(path: Path, key: str, value: object, where: str) -> object:
    """The letters of a matrix' columns as the numbers they stand for; anything else as it is."""
    if key == "header_columns" and isinstance(value, list):
        return [_numbers_of(path, "", each, where) for each in value]
    if key in ("first_column", "last_column", "") and isinstance(value, str) and re.fullmatch("[A-Za-z]{1,3}", value):
        return _number(path, value, f"{where} {key}".strip())
    return value


def _groups(path: Path, raw: object, where: str, across: bool) -> tuple[Group, ...]:
    """The key results that stand side by side: `[[table.key_results]]`."""
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        raise ConfigError(
            str(path), f"{where} key_results is no list of sections", "write each as [[table.key_results]]"
        )
    groups: list[Group] = []
    for number, each in enumerate(raw, 1):
        place = f"{where} key_results {number}"
        columns = {name: value for name, value in each.items() if name != "headers"}
        found, texts = _columns(path, {"columns": columns, "headers": each.get("headers", {})}, place, across)
        groups.append(Group(found, texts))
    return tuple(groups)


def _card(path: Path, raw: object, where: str) -> dict[str, tuple[int, int]]:
    """The cells above a table that hold for all of it: `[table.card]`."""
    if not isinstance(raw, dict):
        raise ConfigError(str(path), f"{where} card is not a section", "write it as [table.card]")
    _known(path, raw, FIELDS, f"{where} card")
    cells: dict[str, tuple[int, int]] = {}
    for name, value in raw.items():
        found = _CELL.fullmatch(_string(path, value, f"{where} card.{name}"))
        if found is None:
            raise ConfigError(str(path), f'{where} card.{name} = "{value}" is no cell', 'write it as "cell B3"')
        cells[name] = int(found[2]), _number(path, found[1], f"{where} card.{name}")
    return cells


def _columns(
    path: Path, raw: MappingOf[str, object], where: str, across: bool
) -> tuple[dict[str, int], dict[str, str]]:
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
    dated = _planned(path, raw.get("planned", {}), where) | _check_ins(path, raw.get("check_ins", {}), where)
    every: dict[str, object] = {**given, **dated}
    for name, value in every.items():
        place = f"{where} {name}" if name in dated else f"{where} columns.{name}"
        text = _string(path, value, place)
        found = (_BY_ROW if across else _BY_LETTER).fullmatch(text)
        if found is None:
            texts[name] = text
        else:
            columns[name] = int(found[1]) if across else _number(path, found[1], place)
    if not {"objective", "key_result", "statement"} & given.keys() and "key_results" not in raw:
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


def _check_ins(path: Path, given: object, where: str) -> dict[str, object]:
    """The columns of `[table.check_ins]`, by the names they have in a Mapping."""
    if not isinstance(given, dict):
        raise ConfigError(str(path), f"{where} check_ins is not a section", "write it as [table.check_ins]")
    for period in given:
        if is_period(period) is None:
            problem = f'{where} check_ins "{period}" is no day, week or month'
            raise ConfigError(str(path), problem, 'write it as in 2026-10-09 = "W41"')
    return {f"{CHECK_IN}{period}": value for period, value in given.items()}


def _in_order(given: dict[str, _Given]) -> dict[str, _Given]:
    dated: list[str] = [name for _, name in planned_days(given)] + [name for _, name in check_in_periods(given)]
    names = (*FIELDS, *dated)
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
