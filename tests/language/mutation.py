"""Sentences damaged at random, as cells are: letters lost, doubled, swapped, two sentences in one, odd characters."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

ODD = (
    *("\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u0301", "\u0000", "\ud800", "\U0001f600", "İ", "ß"),
    *("ﬁ", "Ǆ", "½", "²", "Ⅻ", "٣", "५", "①", "㍿", "㎡", "ｶﾞ", "％", "−", "’", "\u2028", "\r", "\n", "\t", "\u3000"),
    *(
        "(",
        ")",
        "（",
        "】",
        "/",
        "%",
        "‰",
        "±",
        "→",
        "~",
        "–",
        "万",
        "百分之",
        "半",
        "翻番",
        "double",
        " of ",
        "1e9",
        "#",
    ),
)
"""What nobody expects in a sentence, and what carries weight in one."""

Mutation = Callable[[str, random.Random, Sequence[str]], str]


def _delete(text: str, dice: random.Random, others: Sequence[str]) -> str:
    place = dice.randrange(len(text) + 1)
    return text[:place] + text[place + dice.randint(1, 4) :]


def _insert(text: str, dice: random.Random, others: Sequence[str]) -> str:
    place = dice.randrange(len(text) + 1)
    return text[:place] + dice.choice(ODD) + text[place:]


def _swap(text: str, dice: random.Random, others: Sequence[str]) -> str:
    place = dice.randrange(len(text) + 1)
    return text[:place] + text[place : place + 2][::-1] + text[place + 2 :]


def _duplicate(text: str, dice: random.Random, others: Sequence[str]) -> str:
    start = dice.randrange(len(text) + 1)
    piece = text[start : start + dice.randint(1, 12)]
    return text[:start] + piece * dice.choice((2, 3, 40)) + text[start + len(piece) :]


def _splice(text: str, dice: random.Random, others: Sequence[str]) -> str:
    other = dice.choice(others)
    return (
        text[: dice.randrange(len(text) + 1)] + dice.choice(("", " ", "; ", "\n")) + other[dice.randrange(len(other)) :]
    )


def _change_case(text: str, dice: random.Random, others: Sequence[str]) -> str:
    return dice.choice((text.upper(), text.lower(), text.swapcase(), text.title()))


def _digits(text: str, dice: random.Random, others: Sequence[str]) -> str:
    place = dice.randrange(len(text) + 1)
    digits = "".join(dice.choice("0123456789") for _ in range(dice.choice((1, 4, 18, 400))))
    return text[:place] + dice.choice(("", "-", ".", "1,", "1e")) + digits + text[place:]


MUTATIONS: tuple[Mutation, ...] = (_delete, _insert, _swap, _duplicate, _splice, _change_case, _digits)


def mutated(sentences: Sequence[str], dice: random.Random) -> str:
    """One of the sentences, damaged one to four times."""
    text = dice.choice(sentences)
    for _ in range(dice.randint(1, 4)):
        text = dice.choice(MUTATIONS)(text, dice, sentences)
    return text
