"""`okrsync parse`: sentences for people, JSON lines for programs, and clear words for what is no input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from okrsync.cli import main

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
        ("Raise weekly orders by 15 %", "increase by 15 %"),
        ("Shorten the queue by 3 minutes", "decrease by 3 minutes"),
        ("Double the number of demos", "increase to 2 times what it is"),
        ("At least 3 pilots", "reach at least 3"),
        ("Keep refund rate below 3%", "keep at or below 3 %"),
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


@pytest.mark.parametrize("line", ["{", "[1]", '{"id": "a"}', '{"text": 5}', '{"text": "a", "lang": 3}', "\udcff"])
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
