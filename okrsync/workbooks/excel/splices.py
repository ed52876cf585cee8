"""Byte splices: the only way a part of a workbook is ever changed, and the journal that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct


class Splice(Struct, frozen=True):
    """At `offset` of the original part, `old` is replaced by `new`; `old` empty: an insertion."""

    offset: int
    old: bytes
    new: bytes


def apply(data: bytes, splices: Sequence[Splice]) -> bytes:
    """The part with every splice applied. Splices must be in ascending order and must not overlap.

    Several insertions at one offset are written in the order given. Raises ValueError where `old` does not stand there.
    """
    return b"".join(pieces(data, splices))


def pieces(data: bytes, splices: Iterable[Splice]) -> Iterator[bytes]:
    """What `apply` joins, piece by piece, so that a large part need not stand in memory twice."""
    at = 0
    for splice in splices:
        if splice.offset < at or not data.startswith(splice.old, splice.offset) or splice.offset > len(data):
            raise ValueError(f"splice at {splice.offset} does not fit the part")
        yield from _slices(data, at, splice.offset)
        yield splice.new
        at = splice.offset + len(splice.old)
    yield from _slices(data, at, len(data))


def undo(data: bytes, splices: Sequence[Splice]) -> bytes:
    """The original part, worked out from the changed one by taking every splice back."""
    return b"".join(undone((data,), splices))


def undone(chunks: Iterable[bytes], splices: Iterable[Splice]) -> Iterator[bytes]:
    """What `undo` joins, worked out from a changed part that comes in chunks.

    Raises ValueError where what a splice put there does not stand there.
    """
    following = iter(chunks)
    held, start, at, shift = b"", 0, 0, 0  # what is held begins at `start` of the changed part and is given up to `at`
    for splice in splices:
        begin = splice.offset + shift - start
        end = begin + len(splice.new)
        if end > len(held):
            given = min(begin, len(held))
            yield held[at:given]
            held, start, at = _more(held[given:], following, end - given), start + given, 0
            begin, end = begin - given, end - given
        if begin < at or held[begin:end] != splice.new:
            raise ValueError(f"splice at {splice.offset} cannot be taken back")
        yield held[at:begin]
        yield splice.old
        at = end
        shift += len(splice.new) - len(splice.old)
    yield held[at:]
    yield from following


def _more(held: bytes, following: Iterator[bytes], length: int) -> bytes:
    """What is held, with as many chunks as make it that long; shorter where they end."""
    gathered, size = [held], len(held)
    while size < length and (chunk := next(following, None)) is not None:
        gathered.append(chunk)
        size += len(chunk)
    return b"".join(gathered)


def in_order(splices: Iterable[Splice]) -> list[Splice]:
    """Splices by offset, insertions at one place in the order given."""
    return sorted(splices, key=lambda s: s.offset)


_SLICE = 1 << 20


def _slices(data: bytes, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        yield data[start : min(end, start + _SLICE)]
        start += _SLICE
