"""The rows of a tree (one node a row, each naming its parent by id or title) in the order of an outline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from okrsync.cells import Grid, text_of
from okrsync.layout.labels import kind_of
from okrsync.layout.references import ids_in
from okrsync.normalise.origins import Origin

_WORDS = {"objective": "objective", "key_result": "key result", "initiative": "initiative"}


class Node(Struct):
    """A row of a tree. `parents` are the ids (or titles) it names that other rows have."""

    origin: Origin
    kind: str | None
    parents: list[str]
    children: list[int] = field(default_factory=list)


def in_tree_order(grid: Grid, origins: Sequence[Origin]) -> list[Origin]:
    """Every objective followed by its key results; key results without a parent come first.

    What a type column does not tell, the tree does: what has children, or neither those nor a parent, is an objective.
    """
    filled = [origin for origin in origins if _text(grid, origin, "statement") is not None]
    named = "id" if any("id" in origin.cells for origin in filled) else "statement"
    ids = {key: i for i, origin in enumerate(filled) if (key := _text(grid, origin, named)) is not None}
    nodes = [Node(origin, _kind(grid, origin), _parents(grid, origin, ids)) for origin in filled]
    for i, node in enumerate(nodes):
        for parent in node.parents:
            if ids[parent] != i:
                nodes[ids[parent]].children.append(i)
    levels = [node.kind or _by_place(node) for node in nodes]
    home = [_home(i, nodes, levels, ids) for i in range(len(nodes))]
    below: dict[int | None, list[int]] = defaultdict(list)
    for i, level in enumerate(levels):
        if level != "objective":
            below[home[i]].append(i)
    ordered = [_told(nodes[i].origin, levels[i]) for i in below[None]]
    for i, level in enumerate(levels):
        if level == "objective":
            ordered.append(_told(nodes[i].origin, level))
            ordered += [_told(nodes[each].origin, levels[each]) for each in below[i]]
    return ordered


def _text(grid: Grid, origin: Origin, name: str) -> str | None:
    at = origin.cells.get(name)
    return text_of(grid.value(*at)) if at is not None else None


def _kind(grid: Grid, origin: Origin) -> str | None:
    word = kind_of(_text(grid, origin, "type"))
    return word if word in _WORDS else None


def _parents(grid: Grid, origin: Origin, ids: Mapping[str, int]) -> list[str]:
    said = _text(grid, origin, "contributes_to")
    return ids_in(said, ids) if said is not None else []


def _by_place(node: Node) -> str:
    return "objective" if node.children or not node.parents else "key_result"


def _home(i: int, nodes: Sequence[Node], levels: Sequence[str], ids: Mapping[str, int]) -> int | None:
    """The nearest objective above a node; None where there is none."""
    seen = {i}
    while nodes[i].parents:
        i = ids[nodes[i].parents[0]]
        if i in seen:
            return None
        if levels[i] == "objective":
            return i
        seen.add(i)
    return None


def _told(origin: Origin, level: str) -> Origin:
    """The row with its level told, and without the parent of a key result, whose place tells it."""
    texts = {"type": _WORDS[level]} | ({} if level == "objective" else {"contributes_to": ""})
    return replace(origin, texts={**origin.texts, **texts})
