"""Byte splices: the only way a part of a workbook is ever changed, and the journal that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Splice:
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
    changed = _Stream(chunks)
    shift = 0
    for splice in splices:
        before = splice.offset + shift - changed.position
        if before < 0:
            raise ValueError(f"splice at {splice.offset} cannot be taken back")
        yield from changed.take(before)
        if b"".join(changed.take(len(splice.new))) != splice.new:
            raise ValueError(f"splice at {splice.offset} cannot be taken back")
        yield splice.old
        shift += len(splice.new) - len(splice.old)
    yield from changed.rest()


def in_order(splices: Iterable[Splice]) -> list[Splice]:
    """Splices by offset, insertions at one place in the order given."""
    return sorted(splices, key=lambda s: s.offset)


_SLICE = 1 << 20


def _slices(data: bytes, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        yield data[start : min(end, start + _SLICE)]
        start += _SLICE


class _Stream:
    """Chunks read as one run of bytes."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._chunk = b""
        self._at = 0
        self.position = 0

    def take(self, length: int) -> Iterator[bytes]:
        """The next bytes, piece by piece; fewer where the chunks end."""
        while length > 0:
            if self._at == len(self._chunk):
                following = next(self._chunks, None)
                if following is None:
                    return
                self._chunk, self._at = following, 0
                continue
            piece = self._chunk[self._at : self._at + length]
            self._at += len(piece)
            self.position += len(piece)
            length -= len(piece)
            yield piece

    def rest(self) -> Iterator[bytes]:
        """Everything that is left."""
        yield self._chunk[self._at :]
        yield from self._chunks
