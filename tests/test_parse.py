"""`okrsync parse`: sentences for people, JSON lines for programs, and clear words for what is no input."""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from pathlib import Path

import pytest

from okrsync.cli import main
from okrsync.commands.parse import parse
from okrsync.commands.terminal import Terminal

Captured = pytest.CaptureFixture[str]


def test_a_sentence_is_shown_with_its_parts_marked(capsys: Captured) -> None:
    assert main(["parse", "Cut build time from 12 to 5 minutes"]) == 0

    line, marks, words, *_ = capsys.readouterr().out.splitlines()
    assert line == "Cut build time from 12 to 5 minutes"
    assert marks == "                    bb    ttttttttt"
    assert words == "  decrease from 12 minutes to 5 minutes"


def test_marks_stand_under_wide_characters(capsys: Captured) -> None:
    assert main(["parse", "将构建时间从 12 分钟缩短到 5 分钟"]) == 0

    line, marks, *_ = capsys.readouterr().out.splitlines()
    assert marks.index("b") == sum(2 if ord(letter) > 255 else 1 for letter in line[: line.index("12")])


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Cut time to hire from 45 days to 30 days", "decrease from 45 days to 30 days"),
        ("Raise weekly orders by 15 %", "increase by 15 %"),
        ("Shorten the queue by 3 minutes", "decrease by 3 minutes"),
        ("Double the number of demos", "increase to 2 times what it is"),
        ("At least 3 pilots", "reach at least 3"),
        ("Keep refund rate below 3%", "keep below 3 %"),
        ("Publish the handbook", "done or not done"),
        ("Improve teamwork", "a direction without a number"),
        ("Grow ARR to $1.5M", "increase to 1,500,000 USD"),
    ],
)
def test_a_reading_is_said_in_plain_words(sentence: str, words: str, capsys: Captured) -> None:
    assert main(["parse", sentence]) == 0

    assert words in capsys.readouterr().out


def test_json_has_one_object_a_sentence(capsys: Captured) -> None:
    assert main(["parse", "--json", "Raise NPS from 32 to 50", "Publish the handbook"]) == 0

    first, second = json.loads(capsys.readouterr().out)
    assert (first["kind"], first["baseline"], first["target"], first["unit"]) == ("increase", 32, 50, "score")
    assert [first["text"][span["start"] : span["end"]] for span in first["spans"]] == ["32", "50"]
    assert (second["kind"], second["target"], second["unit"]) == ("milestone", None, None)


def test_a_file_of_json_lines_is_answered_line_by_line(tmp_path: Path, capsys: Captured) -> None:
    rows = [{"id": "a", "text": "Hire 4 nurses"}, {"id": "b", "text": "Umsatz auf 3 Mio. € steigern", "lang": "de"}]
    path = tmp_path / "krs.jsonl"
    path.write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")

    assert main(["parse", "--jsonl", str(path)]) == 0

    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], first["kind"], first["target"]) == ("a", "reach", 4)
    assert second["id"] == "b"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        '{"id": "a"}',
        '{"text": 5}',
        '{"text": "a", "lang": 3}',
        '{"text": "a", "id": NaN}',
        '{"text": "a", "id": 1e999}',
        '{"text": "a", "id": [1]}',
        '{"record": "objective", "text": null}',
        "[" * 100_000,
        "\udcff",
    ],
)
def test_a_line_that_is_no_key_result_is_named(line: str, tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "krs.jsonl"
    path.write_bytes(b'{"text": "Hire 4 nurses"}\n' + line.encode("utf-8", "surrogateescape"))

    assert main(["parse", "--jsonl", str(path)]) == 2

    said = capsys.readouterr().err
    assert "krs.jsonl:2" in said
    assert "Fix: " in said


@pytest.mark.parametrize("argv", [["parse"], ["parse", "a", "--jsonl", "b"], ["parse", "--jsonl", "not/there.jsonl"]])
def test_what_cannot_be_parsed_is_said_with_a_fix(argv: list[str], capsys: Captured) -> None:
    assert main(argv) == 2

    assert "Fix: " in capsys.readouterr().err


def test_no_control_character_reaches_the_terminal(capsys: Captured) -> None:
    assert main(["parse", "Grow \x1b[31mNPS\x07 to 50"]) == 0

    assert "\x1b" not in capsys.readouterr().out


def test_neither_deadline_nor_condition_carry_control_characters(capsys: Captured) -> None:
    assert main(["parse", "Grow NPS to 50 by end of\x1b[31m Q4\x9b 2026\u202e"]) == 0

    assert not set(capsys.readouterr().out) & {"\x1b", "\x9b", "\u202e"}


def test_json_escapes_what_cannot_be_seen_and_keeps_every_letter(capsys: Captured) -> None:
    sentence = "将 NPS\x1b\x9b 提升到\u202e 50 \udcff"

    assert main(["parse", "--json", sentence]) == 0

    out = capsys.readouterr().out
    assert not set(out) & {"\x1b", "\x9b", "\u202e", "\udcff"}
    assert "提升到" in out
    assert json.loads(out)[0]["text"] == sentence


def test_json_numbers_are_short_and_whole_numbers_are_whole(capsys: Captured) -> None:
    assert main(["parse", "--json", "Raise the share from 1.1% to 3%", f"Grow to 1{'0' * 400} users"]) == 0

    out = capsys.readouterr().out
    assert '"baseline": 1.1, "target": 3,' in out
    assert "Infinity" not in out


def test_conditions_and_doubts_are_said_beneath(capsys: Captured) -> None:
    assert main(["parse", "Grow MRR to $1.5M with NPS at least 40 by 31 March", "3"]) == 0

    out = capsys.readouterr().out
    assert "  deadline: " in out
    assert "  and: reach at least 40" in out
    assert re.search("^  (assumed|ambiguous): .+", out, re.MULTILINE)


def test_lines_without_an_id_have_none_and_other_records_are_read_where_they_have_a_text(
    tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "krs.jsonl"
    path.write_text('\ufeff{"text": "Hire 4"}\n{"record": "objective"}\n{"record": "objective", "text": "Hire 5"}\n')

    assert main(["parse", "--jsonl", str(path)]) == 0

    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert "id" not in first
    assert second["target"] == 5


def test_json_lines_are_read_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": 7, "text": "Hire 4 nurses"}\n[')))

    assert main(["parse", "--jsonl", "-"]) == 2

    said = capsys.readouterr()
    assert json.loads(said.out)["id"] == 7
    assert "-:2: " in said.err


class Window(io.StringIO):
    """A terminal somebody looks at."""

    def isatty(self) -> bool:
        return True


def on_a_terminal(*texts: str, **environ: str) -> str:
    out = Window()
    args = argparse.Namespace(texts=texts, jsonl=None, json=False, lang=None)
    parse(args, Terminal(out, Window(), environ))
    return out.getvalue()


def test_a_terminal_shows_the_parts_in_colours() -> None:
    shown = on_a_terminal("Cut build time from 12 to 5 minutes\x1b[2J")

    assert "Cut build time from \x1b[33m12\x1b[0m to \x1b[32m5 minutes\x1b[0m" in shown
    assert "\x1b[2J" not in shown


def test_a_long_sentence_is_broken_with_its_markers_beneath_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")

    shown = on_a_terminal("在全公司范围内" * 5 + "将构建时间从 12 分钟缩短到 5 分钟", NO_COLOR="1").splitlines()

    assert shown[0] == ("在全公司范围内" * 5)[:30]
    assert shown[1].startswith("在全公司范围内"[2:] + "将构建时间从 12 分钟")
    assert shown[2].index("b") == 2 * len("在全公司范围内"[2:] + "将构建时间从") + 1


def test_accents_that_take_no_room_move_no_marker(capsys: Captured) -> None:
    assert main(["parse", "Raise cafe\u0301 visits to 50"]) == 0

    _, marks, *_ = capsys.readouterr().out.splitlines()
    assert marks.index("t") == len("Raise cafe visits to ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-"], "use --jsonl -"),
        (["  "], "has an empty sentence"),
        (["--lang", "klingon", "Raise NPS to 50"], "is no language that is read"),
    ],
)
def test_what_is_no_sentence_and_no_language_is_refused(arguments: list[str], words: str, capsys: Captured) -> None:
    assert main(["parse", *arguments]) == 2

    assert words in capsys.readouterr().err


def test_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert main(["parse", "--jsonl", "-"]) == 2
    assert "is closed" in capsys.readouterr().err
