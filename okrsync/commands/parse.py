"""parse: what is understood in key-result sentences, for people and for programs."""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any  # JSON as it comes

from okrsync.commands.terminal import Terminal
from okrsync.errors import ConfigError, OkrSyncError
from okrsync.language import Condition, StatedMetric, read_metric
from okrsync.language.plainwords import plain_words

_SIGNS = {"baseline": "b", "target": "t", "change": "c", "deadline": "d", "secondary": "s", "qualifier": "q"}


def parse(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync parse TEXT…` and `okrsync parse --jsonl FILE`"""
    if bool(args.texts) == bool(args.jsonl):
        raise ConfigError(
            "okrsync parse", "needs either sentences or --jsonl FILE", 'write okrsync parse "Raise NPS from 32 to 50"'
        )
    if args.jsonl:
        for row in _rows(args.jsonl):
            found = reading_json(read_metric(row["text"], row.get("lang") or args.lang))
            terminal.json(json.dumps({"id": row.get("id"), **found}, ensure_ascii=False))
        return 0
    readings = [(text, read_metric(text, args.lang)) for text in args.texts]
    if args.json:
        rows = ({"text": text, **reading_json(found)} for text, found in readings)
        terminal.json("[" + ",\n ".join(json.dumps(row, ensure_ascii=False) for row in rows) + "]")
    else:
        terminal.show("\n\n".join(_shown(text, found) for text, found in readings))
    return 0


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
    if value is None:
        return None
    exact = float(f"{value:.12g}")
    return int(exact) if exact.is_integer() and abs(exact) < 1e15 else exact


# for people


def _shown(text: str, found: StatedMetric) -> str:
    """The sentence, its parts marked underneath, and what it comes to in plain words."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    marks = "".join(_sign(found, place) * _width(letter) for place, letter in enumerate(line)).rstrip()
    said = [line, *([marks] if marks else []), f"  {plain_words(found)}"]
    parts = sorted({span.part for span in found.spans}, key=list(_SIGNS).index)
    if found.deadline:
        said.append(f"  by when: {found.deadline}")
    said += [f"  and: {plain_words(each)}" for each in found.secondary]
    if found.certainty != "sure":
        said.append(f"  {found.certainty}: {found.reason}")
    if parts:
        said.append("  (" + ", ".join(f"{_SIGNS[part]} {part}" for part in parts) + f"; read as {found.language})")
    return "\n".join(said)


def _sign(found: StatedMetric, place: int) -> str:
    return next((_SIGNS[span.part] for span in found.spans if span.start <= place < span.end), " ")


def _width(letter: str) -> int:
    """How many columns of a terminal a letter takes."""
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


# for programs


def _rows(name: str) -> Iterator[dict[str, Any]]:
    """Every line of a file of JSON objects that has a text."""
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
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        row = None
    if isinstance(row, dict):
        return row
    raise OkrSyncError(
        where, "is no JSON object in UTF-8", 'write one a line: {"id": "KR1", "text": "Raise NPS to 50"}'
    )


def _with_text(row: dict[str, Any], where: str) -> dict[str, Any]:
    lang = row.get("lang")
    if isinstance(row.get("text"), str) and (lang is None or isinstance(lang, str)):
        return row
    raise OkrSyncError(where, 'has no "text" in words', 'give it a "text": the sentence of the key result')
