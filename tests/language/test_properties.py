"""What holds for every sentence: it has a reading, always the same, and nothing around it changes what it says."""

from __future__ import annotations

import random
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsync.kinds import Kind
from okrsync.language import Condition, StatedMetric, read_metric
from okrsync.language.plainform import plain_form
from okrsync.values.wordnumbers import HAN_NUMERALS
from tests.language.corpus import FOLDER, sentences
from tests.language.mutation import mutated
from tests.language.templates import MONEY, THINGS, every_template, filled

SENTENCES = [text for path in sorted(FOLDER.glob("*.txt")) for text, _ in sentences(path)]
LANGUAGES = [None, "en", "de", "fr", "es", "pt-BR", "zh-Hant", "ja", "ko", "xx", "", "common", "☃"]
TEMPLATES = list(every_template())
WITH_THINGS = [pair for pair in TEMPLATES if "{thing}" in pair[1]]
WITH_MONEY = [pair for pair in TEMPLATES if "{money}" in pair[1]]
NUMBERS = st.integers(40, 900)
SEED = 20_261_120
MUTATED = 8_000
"""How many damaged sentences are read here; `make mutations` reads 100,000."""

Numbers = tuple[float | None, float | None, float | None]


def _numbers(of: StatedMetric | Condition) -> Numbers:
    return of.baseline, of.target, of.change.value if of.change is not None else None


def _words(of: StatedMetric | Condition) -> tuple[Kind, str | None, str | None, str | None]:
    """What is said beside the numbers."""
    return of.kind, of.change.mode if of.change is not None else None, of.unit, of.comparator


def _said(found: StatedMetric | Condition) -> tuple[object, ...]:
    return (*_words(found), *_numbers(found), found.secondary if isinstance(found, StatedMetric) else ())


def _conditions(found: StatedMetric) -> list[StatedMetric | Condition]:
    return [found, *found.secondary]


def _every_number(found: StatedMetric) -> list[float]:
    return [value for of in _conditions(found) for value in _numbers(of) if value is not None]


def _is_sound(text: str, found: StatedMetric) -> bool:
    """Whether the spans lie in the text, in order, and hold what may be a number, and all numbers are numbers."""
    inside = all(0 <= span.start < span.end <= len(text) for span in found.spans)
    finite = all(value == value and abs(value) < 1e300 for value in _every_number(found))
    return isinstance(found, StatedMetric) and inside and finite and list(found.spans) == sorted(found.spans)


# any text


@given(st.text(max_size=120), st.sampled_from(LANGUAGES))
@settings(max_examples=300, deadline=None)
def test_any_text_has_a_reading(text: str, language: str | None) -> None:
    found = read_metric(text, language)

    assert _is_sound(text, found)
    assert found == read_metric(text, language)


@given(st.lists(st.sampled_from(SENTENCES) | st.text(max_size=8), min_size=1, max_size=4), st.data())
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_sentences_and_letters_has_a_reading(parts: list[str], data: st.DataObject) -> None:
    text = "".join(part[: data.draw(st.integers(1, max(len(part), 1)))] for part in parts)

    assert _is_sound(text, read_metric(text))


def test_damaged_sentences_have_a_reading() -> None:
    dice = random.Random(SEED)
    texts = [mutated(SENTENCES, dice) for _ in range(MUTATED)]

    unsound = [text for text in texts if not _is_sound(text, read_metric(text))]

    assert not unsound


def test_a_very_long_cell_is_read_from_its_beginning() -> None:
    found = read_metric("Cut costs by 5 %. " + "7 of 9 to 12 from 3/4, " * 5_000)

    assert found.change is not None
    assert found.change.value == -5


# always the same


def test_what_was_read_before_changes_nothing() -> None:
    alone = [read_metric(text) for text in SENTENCES]
    for text in SENTENCES:
        read_metric(text.upper())
        read_metric(text.lower())

    assert [read_metric(text) for text in SENTENCES] == alone


def test_another_process_reads_the_same() -> None:
    script = (
        "import sys; from okrsync.language import read_metric\n"
        "sys.stdin.reconfigure(encoding='utf-8'); sys.stdout.reconfigure(encoding='utf-8')\n"
        "print('\\n'.join(repr(read_metric(line)) for line in sys.stdin.read().split('\\n')))"
    )
    some = [text.upper() for text in SENTENCES[::-7]]

    done = subprocess.run(
        [sys.executable, "-c", script], input="\n".join(some), capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.splitlines() == [repr(read_metric(text)) for text in some]


# numbers and units


@given(st.sampled_from(TEMPLATES), NUMBERS, NUMBERS)
@settings(max_examples=400, deadline=None)
def test_the_numbers_are_those_of_the_sentence_and_spans_show_them(pair: tuple[str, str], a: int, b: int) -> None:
    sentence = filled(*pair, a, b)

    found = read_metric(sentence)

    written = [a, b] if "{b}" in pair[1] else [a]
    assert sorted(map(abs, _every_number(found))) == sorted(written)
    for span in found.spans:
        change = found.change.value if found.change is not None else None
        value = {"baseline": found.baseline, "target": found.target, "change": change}[span.part]
        assert value is not None
        assert f"{abs(value):.0f}" in sentence[span.start : span.end]


@given(st.sampled_from(TEMPLATES), NUMBERS, NUMBERS)
@settings(max_examples=400, deadline=None)
def test_doubled_numbers_are_doubled_in_the_reading_and_nothing_else(pair: tuple[str, str], a: int, b: int) -> None:
    once, twice = read_metric(filled(*pair, a, b)), read_metric(filled(*pair, 2 * a, 2 * b))

    assert _numbers(twice) == _doubled(_numbers(once))
    assert _words(twice) == _words(once)
    assert twice.secondary == once.secondary == ()


def _doubled(numbers: Numbers) -> Numbers:
    baseline, target, change = (None if value is None else 2 * value for value in numbers)
    return baseline, target, change


_NOT_PLAIN = re.compile(r"\d[.,' ]\d|\d\s?[kKMmWw万亿億萬千/:]|[a-zA-Z]-?\d")
NO_METRIC = {"1スプリントで30ストーリーポイントを消化できている"}
"""Sentences with a number that is a metric only when it is doubled: per sprint, in two sprints."""


def test_doubled_numbers_of_the_corpus_are_doubled_in_the_reading() -> None:
    checked = 0
    for sentence in SENTENCES:
        once, written = read_metric(sentence), re.findall(r"\d+", sentence)
        if _NOT_PLAIN.search(sentence) or sentence in NO_METRIC:
            continue
        if not written or sorted(map(abs, _every_number(once))) != sorted(map(float, written)):
            continue

        twice = read_metric(re.sub(r"\d+", lambda digits: str(2 * int(digits[0])), sentence))

        checked += 1
        assert [_words(of) for of in _conditions(twice)] == [_words(of) for of in _conditions(once)]
        for doubled, single in zip(_conditions(twice), _conditions(once), strict=True):
            assert _numbers(doubled) == pytest.approx(_doubled(_numbers(single))), sentence
    assert checked > 300


@pytest.mark.parametrize(("language", "template"), WITH_MONEY)
def test_another_currency_changes_only_the_unit(language: str, template: str) -> None:
    read = {sign: read_metric(filled(language, template, 640, 310, money=sign)) for sign in MONEY[language]}

    assert {sign: found.unit for sign, found in read.items()} == MONEY[language]
    assert len({(found.kind, found.comparator, _numbers(found)) for found in read.values()}) == 1


@pytest.mark.parametrize(("language", "template"), WITH_THINGS)
def test_another_thing_counted_changes_nothing(language: str, template: str) -> None:
    read = [read_metric(filled(language, template, 640, 310, thing=thing)) for thing in THINGS[language]]

    assert len({_said(found) for found in read}) == 1


# around the sentence


AROUND = [
    *("  {}  ", "\t{}\n", "{}.", "{}。", "{} ;", "{}!", "\u3000{}\u00a0", "\u200b{}"),
    *("- {}", "• {}", "* {}", "– {}", "1. {}", "2) {}", "(3) {}", "a) {}", "①{}", "① {}", "☐ {}", "[ ] {}"),
    *("KR1: {}", "KR 2 - {}", "kr3：{}", "KR1.2 {}", "- KR4: {}"),
]


@pytest.mark.parametrize("around", AROUND)
def test_white_space_list_markers_and_full_stops_change_nothing(around: str) -> None:
    plain = [text for text in SENTENCES if text[0] not in "+-–−"]  # a dash behind "KR1.2" would be a separator

    changed = [text for text in plain if _said(read_metric(around.format(text))) != _said(read_metric(text))]

    assert not changed


@pytest.mark.parametrize("around", ["  {}", "1. {}", "KR1: {}", "①{}", "\u200b{}"])
def test_spans_move_with_the_sentence(around: str) -> None:
    before = around.index("{")
    for text in SENTENCES:
        if text[0] in "+-–−":
            continue
        moved = [(span.start - before, span.end - before, span.part) for span in read_metric(around.format(text)).spans]
        assert moved == [(span.start, span.end, span.part) for span in read_metric(text).spans], text


_WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}
_HALF = {wide: code for code, wide in _WIDE.items()}


@pytest.mark.parametrize("forms", [_WIDE, _HALF], ids=["full-width", "half-width"])
def test_full_and_half_width_forms_change_nothing(forms: dict[int, int]) -> None:
    changed = [text for text in SENTENCES if _said(read_metric(text.translate(forms))) != _said(read_metric(text))]

    assert not changed


# spans


def test_spans_show_where_each_part_was_taken_from() -> None:
    sentence = "Cut p95 latency from 800 ms to under 300 ms by June"

    found = read_metric(sentence)

    assert {span.part: sentence[span.start : span.end] for span in found.spans} == {
        "baseline": "800 ms",
        "target": "under 300 ms",
        "deadline": "by June",
    }


def test_spans_of_the_corpus_hold_their_numbers() -> None:
    for text in SENTENCES:
        for span in read_metric(text).spans:
            piece = plain_form(text[span.start : span.end]).text
            if span.part != "deadline" and not (HAN_NUMERALS & {*piece}):
                assert re.search(r"\d", piece) or _is_spelt(piece), f"{piece!r} of {text!r}"


def _is_spelt(piece: str) -> bool:
    """Whether a piece without digits says a number or a multiple in words, in some language."""
    readings = (read_metric(piece, language) for language in ("en", "de", "fr", "es", "pt", "ja", "ko", "zh"))
    return any(found.target is not None or found.change is not None for found in readings)
