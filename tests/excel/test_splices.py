"""Splices: applied, taken back, and refused where they do not fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsync.workbooks.excel.splices import Splice, apply, in_order, undo, undone

PART = b"<row><c/><c/></row>"


@st.composite
def parts_with_splices(draw: st.DrawFn) -> tuple[bytes, list[Splice]]:
    data = draw(st.binary(max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=12)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    return data, [Splice(start, data[start:end], draw(st.binary(max_size=5))) for start, end in spans]


@given(parts_with_splices(), st.integers(1, 7))
def test_undoing_what_was_applied_gives_the_original_back(case: tuple[bytes, list[Splice]], size: int) -> None:
    data, splices = case

    changed = apply(data, splices)

    assert undo(changed, splices) == data
    chunks = [changed[at : at + size] for at in range(0, len(changed), size)]
    assert b"".join(undone(chunks, splices)) == data


def test_cells_are_replaced_and_put_in() -> None:
    splices = [Splice(5, b"<c/>", b"<c>1</c>"), Splice(13, b"", b"<c>3</c>")]

    assert apply(PART, splices) == b"<row><c>1</c><c/><c>3</c></row>"


def test_insertions_at_one_place_come_in_the_order_given() -> None:
    splices = in_order([Splice(9, b"", b"2"), Splice(5, b"", b"1"), Splice(9, b"", b"3")])

    assert apply(PART, splices) == b"<row>1<c/>23<c/></row>"
    assert undo(apply(PART, splices), splices) == PART


@pytest.mark.parametrize(
    "splices",
    [
        [Splice(5, b"<d/>", b"")],
        [Splice(5, b"<c/>", b""), Splice(6, b"c", b"")],
        [Splice(9, b"", b"1"), Splice(5, b"", b"2")],
        [Splice(99, b"", b"1")],
        [Splice(99, b"<c/>", b"1")],
    ],
    ids=["not what stands there", "overlapping", "out of order", "behind the end", "behind the end, not there"],
)
def test_a_splice_that_does_not_fit_is_refused(splices: list[Splice]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        apply(PART, splices)


@pytest.mark.parametrize(
    ("changed", "splices"),
    [
        (b"<row><c>2</c><c/></row>", [Splice(5, b"<c/>", b"<c>1</c>")]),
        (b"<row>", [Splice(5, b"<c/>", b"<c>1</c>")]),
        (b"abcdef", [Splice(3, b"", b"de"), Splice(2, b"", b"c")]),
    ],
    ids=["something else", "cut off", "out of order"],
)
def test_a_splice_that_was_not_made_cannot_be_taken_back(changed: bytes, splices: list[Splice]) -> None:
    with pytest.raises(ValueError, match="cannot be taken back"):
        undo(changed, splices)


def test_large_parts_come_through_whole() -> None:
    data = bytes(range(256)) * 10_000
    splices = [Splice(2_000_000, b"", b"new")]

    assert apply(data, splices) == data[:2_000_000] + b"new" + data[2_000_000:]
    assert undo(apply(data, splices), splices) == data
