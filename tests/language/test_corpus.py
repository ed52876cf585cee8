"""Every sentence of the corpus is read as its label says, but for those marked as missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from okrsync.language import read_metric
from tests.language.corpus import FOLDER, Label, agrees, sentences

FILES = sorted(FOLDER.glob("*.txt"))
MOST_MISSED = 29
"""Sentences of all languages that are still read otherwise; only ever to be lowered."""
COMPARATORS, DEADLINES, SECONDARY = 0.92, 0.8, 0.93
"""The least share of labels of which these are read as well; only ever to be raised."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sentences_are_read_as_their_labels_say(path: Path) -> None:
    wanted = [(text, label) for text, label in sentences(path) if not label.ambiguous]

    missed = [text for text, label in wanted if not agrees(read_metric(text), label)]

    assert missed == [text for text, label in wanted if label.missed]


def every_label() -> list[tuple[str, Label]]:
    return [pair for path in FILES for pair in sentences(path)]


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def test_few_sentences_are_missed() -> None:
    assert sum(label.missed for _, label in every_label()) <= MOST_MISSED


def test_comparators_deadlines_and_further_conditions_are_read_too() -> None:
    every = [(read_metric(text), label) for text, label in every_label() if not label.ambiguous]

    assert share([said.comparator == label.comparator for said, label in every if label.comparator]) >= COMPARATORS
    assert share([said.deadline == label.deadline for said, label in every if label.deadline]) >= DEADLINES
    assert share([len(said.secondary) > 0 for said, label in every if label.secondary]) >= SECONDARY


def test_the_corpus_covers_what_people_write() -> None:
    every = [label for _, label in every_label()]

    assert len(every) >= 1_850
    assert {kind for label in every for kind in label.kinds} >= {"increase", "decrease", "reach", "milestone"}
