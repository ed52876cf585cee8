"""parse: what is understood in key-result sentences, for people and for programs."""

from __future__ import annotations

import argparse
import json
import math
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import groupby
from pathlib import Path
from typing import Any, NoReturn  # Any: JSON as it comes

from okrsync.commands.terminal import Terminal
from okrsync.errors import ConfigError, OkrSyncError
from okrsync.language import Condition, StatedMetric, read_metric
from okrsync.language.cues import known_languages
from okrsync.language.plainwords import plain_words
from okrsync.values.locales import split_locale

_SIGNS = {"baseline": "b", "target": "t", "change": "c", "deadline": "d", "secondary": "s", "qualifier": "q"}
_COLOURS = {"b": "yellow", "t": "green", "c": "green", "d": "cyan", "s": "magenta", "q": "bright_black"}

Pieces = list[tuple[str, str]]
"""A line as pieces of text, each with its style."""


def parse(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync parse TEXT…` and `okrsync parse --jsonl FILE`"""
    if bool(args.texts) == bool(args.jsonl):
        raise ConfigError(
            "okrsync parse", "needs either sentences or --jsonl FILE", 'write okrsync parse "Raise NPS from 32 to 50"'
        )
    _check(args.texts, args.lang)
    if args.jsonl:
        for row in _rows(args.jsonl):
            found = reading_json(read_metric(row["text"], row.get("lang") or args.lang))
            terminal.json(_dumped({"id": row["id"], **found} if "id" in row else found))
        return 0
    readings = [(text, read_metric(text, args.lang)) for text in args.texts]
    if args.json:
        rows = ({"text": text, **reading_json(found)} for text, found in readings)
        terminal.json("[" + ",\n ".join(map(_dumped, rows)) + "]")
    else:
        terminal.show(_page(readings, terminal))
    return 0


def _check(texts: list[str], language: str | None) -> None:
    """Raises a ConfigError for what is no sentence, and for a language that is not read."""
    if "-" in texts:
        raise ConfigError("okrsync parse", "has - for a sentence", "use --jsonl - for JSON lines on standard input")
    if any(not text.strip() for text in texts):
        raise ConfigError("okrsync parse", "has an empty sentence", 'write okrsync parse "Raise NPS from 32 to 50"')
    known = sorted(name for names in known_languages().values() for name in names)
    if language is not None and split_locale(language)[0] not in known:
        raise ConfigError("--lang", f'"{language}" is no language that is read', f"use one of {', '.join(known)}")


def reading_json(found: StatedMetric) -> dict[str, Any]:
    """One reading for programs; the names are a promise (docs/commands.md)."""
    return {
        **_condition(found),
        "deadline": found.deadline,
        "qualifiers": list(found.qualifiers),
        "secondary": [_condition(each) for each in found.secondary],
        "spans": [{"start": span.start, "end": span.end, "part": span.part} for span in found.spans],
        "certainty": found.certainty,
        "reason": found.reason,
        "language": found.language,
    }


def _condition(found: StatedMetric | Condition) -> dict[str, Any]:
    change = found.change
    return {
        "kind": found.kind.value,
        "baseline": _number(found.baseline),
        "target": _number(found.target),
        "change": {"mode": change.mode, "value": _number(change.value)} if change is not None else None,
        "unit": found.unit,
        "comparator": found.comparator,
    }


def _number(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    exact = float(f"{value:.12g}")
    return int(exact) if exact.is_integer() and abs(exact) < 1e15 else exact


def _dumped(row: dict[str, Any]) -> str:
    """JSON in one line; what cannot be seen is written as its escape, so that it cannot drive a terminal."""
    text = json.dumps(row, ensure_ascii=False, allow_nan=False)
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)


# for people


def _page(readings: list[tuple[str, StatedMetric]], terminal: Terminal) -> str:
    """Every reading, with a blank line between them; in colours and as wide as the window on a terminal."""
    if not terminal.out.isatty():  # rich would take longer to come than all the rest
        return "\n\n".join(_plain(_shown(text, found)) for text, found in readings)
    from rich.text import Text

    from okrsync.reports.page import Page

    look = terminal.look()
    with Page(look) as page:
        for text, found in readings:
            page.gap()
            for line in _shown(text, found, look.width):
                page.console.print(Text.assemble(*line), soft_wrap=True)
    return page.text


def _plain(lines: Iterator[Pieces]) -> str:
    return "\n".join("".join(text for text, _ in line).rstrip() for line in lines)


def _shown(text: str, found: StatedMetric, width: int | None = None) -> Iterator[Pieces]:
    """The sentence, its parts marked underneath, and what it comes to in plain words."""
    yield from _marked(_harmless(text), found, width)
    yield [(f"  {_harmless(plain_words(found))}", "bold")]
    if found.deadline:
        yield [("  deadline: ", ""), (_harmless(found.deadline), _COLOURS["d"])]
    for each in found.secondary:
        yield [("  and: ", ""), (_harmless(plain_words(each)), _COLOURS["s"])]
    if found.certainty != "sure":
        yield [(f"  {found.certainty}{_harmless(f': {found.reason}' if found.reason else '')}", "yellow")]
    if found.spans:
        yield _legend(found)


def _marked(line: str, found: StatedMetric, width: int | None) -> Iterator[Pieces]:
    """The sentence in lines of so many columns, each over its line of markers."""
    signs = _signs(found, len(line))
    for start, end in _lines(line, width):
        sentence, marks = Pieces(), Pieces()
        for sign, run in groupby(zip(signs[start:end], line[start:end], strict=True), lambda pair: pair[0]):
            letters = "".join(letter for _, letter in run)  # in one piece, or accents would come off their letters
            sentence.append((letters, _COLOURS.get(sign, "")))
            marks.append((sign * sum(map(_width, letters)), _COLOURS.get(sign, "")))
        yield sentence
        if signs[start:end].strip():
            yield marks


def _legend(found: StatedMetric) -> Pieces:
    parts = {span.part for span in found.spans}
    pieces: Pieces = [("  (", "")]
    for part, sign in _SIGNS.items():
        if part in parts:
            pieces += [(f"{sign} {part}", _COLOURS[sign]), (", ", "")]
    return [*pieces[:-1], (f"; read as {_harmless(found.language)})", "")]


def _signs(found: StatedMetric, length: int) -> str:
    """For every letter of the sentence the sign of the part it belongs to, or a space."""
    signs = [" "] * length
    for span in reversed(found.spans):  # of two over one another the first is seen
        end = min(span.end, length)
        signs[span.start : end] = _SIGNS.get(span.part, " ") * max(end - span.start, 0)
    return "".join(signs)


def _lines(line: str, width: int | None) -> Iterator[tuple[int, int]]:
    """Where the lines of so many columns start and end; the whole is one line where nothing limits it."""
    start = used = 0
    for place, letter in enumerate(line):
        columns = _width(letter)
        if width is not None and used + columns > width:
            yield start, place
            start, used = place, 0
        used += columns
    yield start, len(line)


def _harmless(text: str) -> str:
    """The text letter for letter, with a space for what would drive the terminal or cannot be seen."""
    return text if text.isprintable() else "".join(letter if letter.isprintable() else " " for letter in text)


def _width(letter: str) -> int:
    """How many columns of a terminal a letter takes."""
    if letter.isascii():
        return 1
    if unicodedata.category(letter) in ("Mn", "Me"):  # accents, vowel signs, variation selectors
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


# for programs


def _rows(name: str) -> Iterator[dict[str, Any]]:
    """Every line of a file of JSON objects that has a text."""
    if name == "-" and sys.stdin is None:
        raise ConfigError("standard input", "is closed", "name a file, or send JSON lines to standard input")
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as lines:
            for count, line in enumerate(lines, start=1):
                if line.strip():
                    row = _row(line, f"{name}:{count}")
                    if row.get("record", "kr") == "kr" or "text" in row:
                        yield _with_text(row, f"{name}:{count}")
    except OSError as error:
        raise ConfigError(name, f"cannot be read: {error.strerror or error}", "name a file of JSON lines") from None


def _row(line: bytes, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        row = None
    if isinstance(row, dict):
        return row
    raise OkrSyncError(
        where, "is no JSON object in UTF-8", 'write one a line: {"id": "KR1", "text": "Raise NPS to 50"}'
    )


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are no JSON, though Python would read them


def _with_text(row: dict[str, Any], where: str) -> dict[str, Any]:
    if not isinstance(row.get("text"), str):
        raise OkrSyncError(where, 'has no "text" in words', 'give it a "text": the sentence of the key result')
    if not isinstance(row.get("lang"), str | None):
        raise OkrSyncError(where, 'has a "lang" that is no text', 'write it as "de" or "pt-BR", or leave it out')
    name = row.get("id")
    if not isinstance(name, str | int | None) and not (isinstance(name, float) and math.isfinite(name)):
        raise OkrSyncError(where, 'has an "id" that is neither text nor a number', 'write it as "KR1", or leave it out')
    return row
