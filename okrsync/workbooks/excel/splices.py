"""Byte splices: the only way a part of a workbook is ever changed, and the journal that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    out: list[bytes] = []
    at = 0
    for splice in splices:
        end = splice.offset + len(splice.old)
        if splice.offset < at or data[splice.offset : end] != splice.old:
            raise ValueError(f"splice at {splice.offset} does not fit the part")
        out += (data[at : splice.offset], splice.new)
        at = end
    out.append(data[at:])
    return b"".join(out)


def undo(data: bytes, splices: Sequence[Splice]) -> bytes:
    """The original part, worked out from the changed one by taking every splice back."""
    out: list[bytes] = []
    at = shift = 0
    for splice in splices:
        start = splice.offset + shift
        end = start + len(splice.new)
        if start < at or data[start:end] != splice.new:
            raise ValueError(f"splice at {splice.offset} cannot be taken back")
        out += (data[at:start], splice.old)
        at = end
        shift += len(splice.new) - len(splice.old)
    out.append(data[at:])
    return b"".join(out)


def in_order(splices: Iterable[Splice]) -> list[Splice]:
    """Splices by offset, insertions at one place in the order given."""
    return sorted(splices, key=lambda s: s.offset)
