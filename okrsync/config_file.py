"""config.toml on disk → Config, with errors that name the setting; and config.example.toml, made from the settings."""

from __future__ import annotations

import difflib
import json
import re
import textwrap
import tomllib
import zoneinfo
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ValidationError

from okrsync.config import Config
from okrsync.errors import ConfigError

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_EXAMPLE_FIX = "correct or remove that line; `okrsync config example` lists every setting"
_WIDTH = 110
_WANTED = {
    "int": "it should be a whole number",
    "float": "it should be a number",
    "bool": "it should be true or false",
    "string": "it should be text in quotes",
    "tuple": "it should be a list",
    "model": "it should be a section",
}


def load(path: Path) -> Config:
    """The settings of a config file; `backup.dir` is made relative to the file's folder, sources stay as written.

    Raises ConfigError naming the file, the setting, its value and what would be right.
    """
    text = _text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            str(path),
            f"cannot be understood: {error}",
            'correct that line; text stands in quotes, as in name = "2026-Q4"',
        ) from None
    try:
        config = Config.model_validate(raw)
    except ValidationError as error:
        raise _as_config_error(path, text, error) from None
    _check_words(path, config)
    if config.backup.dir is None:
        return config
    folder = str(path.parent / config.backup.dir)
    return config.model_copy(update={"backup": config.backup.model_copy(update={"dir": folder})})


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            str(path), "there is no such file", "check the name, or make one from `okrsync config example`"
        ) from None
    except OSError as error:
        raise ConfigError(
            str(path), f"cannot be read: {error.strerror or error}", "check the name and your rights to it"
        ) from None
    except UnicodeDecodeError:
        raise ConfigError(str(path), "is not UTF-8 text", "save it again with the encoding UTF-8") from None


def _as_config_error(path: Path, text: str, error: ValidationError) -> ConfigError:
    """Every fault in one error: the first with its fix, the others in lines of their own."""
    faults = [_fault(details, text) for details in error.errors(include_url=False)]
    return ConfigError(str(path), "\n  ".join(faults), _EXAMPLE_FIX)


def _fault(details: ErrorDetails, text: str) -> str:
    """One fault as a sentence: where, what stands there, what is wrong with it, and the nearest right name."""
    *above, last = details["loc"]
    section = "".join(f"[{word}] " for word in above if isinstance(word, str))
    line = _line_of(text, str(last))
    if details["type"] == "extra_forbidden":
        names = _settings_at(above)
        near = difflib.get_close_matches(str(last), names, n=1, cutoff=0.5)
        hint = f'. Did you mean "{near[0]}"?' if near else f" (there are: {', '.join(names)})"
        what = f'no setting "{last}" in {section.strip()}' if section else f'no section or setting "{last}"'
        return f"{line}there is {what}{hint}"
    if details["type"] == "missing":
        return f'{section}lacks "{last}"'
    kind = details["type"].partition("_")[0]
    wanted = _WANTED.get(kind) or details["msg"].replace("Input should be", "it should be")
    return f"{line}{section}{last} = {_toml(details['input'])}: {wanted}"


def _line_of(text: str, name: str) -> str:
    """`line 7: ` of the only line that sets or opens `name`, "" where that is not one line."""
    pattern = re.compile(rf"""\s*(?:"?{re.escape(name)}"?\s*=|\[\[?\s*{re.escape(name)}\s*\])""")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)]
    return f"line {lines[0]}: " if len(lines) == 1 else ""


def _settings_at(place: Iterable[str | int]) -> list[str]:
    """The names that may stand at a place of the config."""
    model: type[BaseModel] = Config
    for word in place:
        if isinstance(word, str):
            model = _model_of(model.model_fields[word]) or model
    return list(model.model_fields)


def _model_of(field: FieldInfo) -> type[BaseModel] | None:
    """The section a field of Config opens (also in `tuple[SourceSettings, ...]`)."""
    candidates = (field.annotation, *get_args(field.annotation))
    return next((c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)), None)


def _check_words(path: Path, config: Config) -> None:
    """What types cannot say: that a time zone exists, a time is one, and that ignoring a check has a reason."""
    if config.run.timezone is not None:
        _zone(str(path), config.run.timezone)
    for time in config.nightly.at:
        check_time(f"{path}: [nightly] at", time)
    for code, reason in config.checks.ignore.items():
        if not reason.strip():
            raise ConfigError(
                str(path),
                f"[checks.ignore] {code} has no reason",
                f'write why, as in {code} = "kept in another system"',
            )


def check_time(where: str, text: str) -> None:
    """Raises ConfigError for what is no time of day such as 02:00."""
    if not _TIME.fullmatch(text):
        raise ConfigError(where, f'"{text}" is no time of day', "write hours and minutes, from 00:00 to 23:59")


def _zone(where: str, name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        known = zoneinfo.available_timezones()
    if not known:
        raise ConfigError(
            where, f'[run] timezone = "{name}": this computer has no list of time zones', "pip install tzdata"
        )
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f'. Did you mean "{near[0]}"?' if near else ""
    raise ConfigError(
        where,
        f'[run] timezone = "{name}": there is no such time zone{hint}',
        'name one as in timezone = "Europe/Berlin"',
    )


def local_day(timezone: str | None, now: datetime) -> date:
    """The day it is at the moment `now` (with an offset) in a time zone, None: this computer's."""
    return now.astimezone(_zone("config.toml", timezone) if timezone is not None else None).date()


def example() -> str:
    """config.example.toml: every section and setting with its description and default, all settings commented out."""
    sections = [
        "# Settings of okrsync. Copy this file to config.toml and take the # away from what you want to change;",
        "# what stands behind it is the default, or an example where there is none. Paths are relative to the file.",
    ]
    for name, field in Config.model_fields.items():
        model = _model_of(field)
        if model is not None:
            sections += ["", f"[{name}]" if name != "source" else "# [[source]]", *_section_lines(model)]
    return "\n".join(sections) + "\n"


def _section_lines(model: type[BaseModel]) -> list[str]:
    lines: list[str] = []
    for name, field in model.model_fields.items():
        value = field.examples[0] if field.examples else field.get_default(call_default_factory=False)
        lines += _comment(field.description or "")
        lines.append(f"# {name} = {_toml(value)}")
    return lines


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="## ", subsequent_indent="## ")


def _toml(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
