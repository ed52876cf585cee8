"""What a cell that names parents says."""

from __future__ import annotations

import pytest

from okrsync.alignment.rings import rings
from okrsync.alignment.similar import Titles
from okrsync.layout.references import Labelled, labelled, number_of, split_references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O1", ("O1",)),
        ("O1, O3", ("O1", "O3")),
        ("O1; Company O3", ("O1", "Company O3")),
        ("- O1\n- O2", ("O1", "O2")),
        ("• Grow\n• Win, and win again", ("Grow", "Win, and win again")),
        ("O1、O2和KR1.2", ("O1", "O2", "KR1.2")),
        ("Faster, cheaper and better", ("Faster, cheaper and better",)),
        ("Research and development", ("Research and development",)),
        ("O1, O1", ("O1",)),
        ("", ()),
        ("n/a", ()),
        ("-", ()),
        ("无", ()),
        ("O1\n—", ("O1",)),
    ],
)
def test_a_cell_is_split_where_no_title_could_be_cut(text: str, expected: tuple[str, ...]) -> None:
    assert split_references(text) == expected


def test_a_megabyte_in_a_cell_is_one_reference() -> None:
    assert len(split_references("O1, " * 250_000)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O1", Labelled(("o", "1"))),
        ("Objective 12", Labelled(("o", "12"))),
        ("目标三", Labelled(("o", "3"))),
        ("KR 1.2", Labelled(("kr", "1.2"))),
        ("O2.KR1", Labelled(("kr", "2.1"))),
        ("1.2", Labelled(("", "1.2"))),
        ("O1 of Growth", Labelled(("o", "1"), scope="growth")),
        ("支撑公司O1", Labelled(("o", "1"), scope="公司")),
        ("O1: Grow", Labelled(("o", "1"), title="grow")),
        ("K8s in production", None),
        ("O2O 业务", None),
        ("Grow by 20 %", None),
        ("Okay", None),
        ("x" * 100_000, None),
    ],
)
def test_a_label_is_told_from_a_title(text: str, expected: Labelled | None) -> None:
    assert labelled(text) == expected


@pytest.mark.parametrize(
    ("label", "number"), [("O1", "1"), ("1.1", "1.1"), ("KR 3", "3"), ("Growth", None), (None, None)]
)
def test_a_label_of_the_sheet_has_a_number(label: str | None, number: str | None) -> None:
    assert number_of(label) == number


def test_a_knot_too_tangled_to_walk_is_given_as_it_is() -> None:
    hub = 0
    spokes = range(1, 3_000)
    knot = {hub: list(spokes), **{spoke: [hub] for spoke in spokes}}

    found = rings(knot)

    assert {node for ring in found for node in ring} == set(knot)


def test_titles_are_found_among_many_that_share_their_words() -> None:
    many = Titles([*(f"raise the number of users in region {i}" for i in range(3_000)), "raise the joy of cooks"])

    assert many.like("raise the joi of cooks", 0.85)[0][0] == "raise the joy of cooks"


def test_nothing_is_like_anything_where_there_is_nothing() -> None:
    assert Titles([]).like("grow", 0.5) == []
