"""contributes_to → the tree of objectives: links, coverage, dangling and doubtful references, cycles (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from okrsync.model import Key, OkrSet


@dataclass(frozen=True, slots=True)
class Link:
    """One objective or key result (child) that contributes to another (parent), and how the reference was understood.

    `how`: "id", "label", "title", or "similar" (abbreviated or misspelt: reported). `text` is as the sheet has it.
    """

    child: Key
    parent: Key
    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Dangling:
    """A reference to nothing that was read; `suggestions` are titles or ids it may mean, the likeliest first."""

    child: Key
    text: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A reference that fits several objectives."""

    child: Key
    text: str
    candidates: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The links of a run over all its workbooks and cycles.

    `children[objective]` are the keys of the objectives that contribute to it or to one of its key results (a
    contributing key result counts through its own objective). `cycles` are rings of objectives, each ring once.
    """

    links: tuple[Link, ...] = ()
    dangling: tuple[Dangling, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    cycles: tuple[tuple[Key, ...], ...] = ()
    children: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)


def align(okrs: OkrSet, *, similar: float = 0.85) -> Alignment:
    """The alignment of every objective and key result read."""
    raise NotImplementedError
