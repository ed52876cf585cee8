"""What holds for every sentence: it has a reading, always the same, and nothing around it changes what it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsync.language import StatedMetric, read_metric
from tests.language.corpus import FOLDER, sentences

SENTENCES = [text for path in sorted(FOLDER.glob("*.txt")) for text, _ in sentences(path)]
PLAIN = [
    "Cut p95 latency from 800 ms to under 300 ms by June",
    "Raise weekly orders by 15 %",
    "把首页跳出率从 40% 降低到 25% 以下",
    "每月至少举办 2 场读书会",
    "Keep refund rate below 3%",
]


def _said(found: StatedMetric) -> tuple[object, ...]:
    return found.kind, found.baseline, found.target, found.change, found.unit, found.comparator, found.secondary


@given(st.text(max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_has_a_reading(text: str) -> None:
    found = read_metric(text)

    assert found == read_metric(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found.spans)


@given(st.sampled_from(SENTENCES), st.integers(0, 200), st.text("0123456789.,/%-+:()→到从 x万", max_size=6))
@settings(max_examples=400, deadline=None)
def test_any_mutated_sentence_has_a_reading(sentence: str, place: int, piece: str) -> None:
    read_metric(sentence[:place] + piece + sentence[place:])


@pytest.mark.parametrize("sentence", PLAIN)
@pytest.mark.parametrize("around", ["  {}  ", "{}.", "- {}", "\t{}\n", "{}。", "• {}"])
def test_white_space_list_markers_and_full_stops_change_nothing(sentence: str, around: str) -> None:
    assert _said(read_metric(around.format(sentence))) == _said(read_metric(sentence))


@pytest.mark.parametrize("sentence", PLAIN)
def test_full_width_forms_change_nothing(sentence: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in sentence)

    assert _said(read_metric(wide)) == _said(read_metric(sentence))


def test_a_very_long_cell_is_read_from_its_beginning() -> None:
    found = read_metric("Cut costs by 5 %. " + "7 of 9 to 12 from 3/4, " * 5_000)

    assert found.change is not None
    assert found.change.value == -5


def test_spans_show_where_each_part_was_taken_from() -> None:
    sentence = "Cut p95 latency from 800 ms to under 300 ms by June"

    found = read_metric(sentence)

    assert {span.part: sentence[span.start : span.end] for span in found.spans} == {
        "baseline": "800 ms",
        "target": "under 300 ms",
        "deadline": "by June",
    }
