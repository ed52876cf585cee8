"""Sentences in plain form, and what stands before them in a list."""

from __future__ import annotations

import pytest

from okrsync.language.plainform import list_mark, plain_form


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "- ",
        "* ",
        "• ",
        "1. ",
        "2) ",
        "2.1. ",
        "(3) ",
        "a) ",
        "kr1: ",
        "kr 2.1 – ",
        "kr3：",
        "o2 ",
        "① ",
        "[ ] ",
        "- [x] ",
        "3、",
    ],
)
def test_a_list_mark_is_no_part_of_the_sentence(mark: str) -> None:
    low = plain_form(f"{mark}open 3 shops").low

    assert low[list_mark(low) :] == "open 3 shops"


@pytest.mark.parametrize(
    "text", ["3.5 points more", "10 pilots", "10 - 20 pilots", "1.5x", "100% done", "o 2 lugar", "30: 20"]
)
def test_a_number_that_begins_a_sentence_is_no_list_mark(text: str) -> None:
    assert list_mark(text) == 0


def test_a_piece_of_the_plain_form_is_found_in_the_sentence() -> None:
    sentence = "\u200b解約率を３％以下"
    plain = plain_form(sentence)
    start, end = plain.span(*(plain.text.index("3"), plain.text.index("3") + 2))

    assert sentence[start:end] == "３％"
