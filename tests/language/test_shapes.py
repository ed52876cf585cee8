"""Sentences of one shape are read once; what they state, but for its numbers, is what the sentence states."""

from __future__ import annotations

from okrsync.language import read_metric
from okrsync.language.shapes import shape_of
from okrsync.model import Kind
from tests.language.corpus import FOLDER, sentences

MOVES = {Kind.INCREASE, Kind.DECREASE}


def test_a_shape_states_what_the_sentence_states_but_for_its_numbers() -> None:
    differing = 0
    for path in sorted(FOLDER.glob("*.txt")):
        for text, _ in sentences(path):
            said, shape = read_metric(text), shape_of(text)
            same = (said.kind in MOVES) == (shape.kind in MOVES) and said.comparator == shape.comparator
            differing += not (same and (said.target is None) == (shape.target is None))

    assert differing <= 1


def test_sentences_of_one_shape_are_one() -> None:
    assert shape_of("Open 4711 shops") is shape_of("Open 4712 shops")
    assert shape_of("Open 12 shops") is not shape_of("Open 13 shops")
    assert shape_of("Be ready for 2026").target is None


def test_a_cell_that_holds_a_document_is_read_itself() -> None:
    assert shape_of("Open 4711 shops " + "and so on " * 50).target == 4711
