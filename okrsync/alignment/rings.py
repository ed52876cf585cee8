"""Rings in a graph, each once: who contributes to whom until it comes back (pure)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node")

STEPS_PER_EDGE = 8
"""How long is looked for a ring through every member of a knot, before those found have to do."""


def rings(children: Mapping[Node, Sequence[Node]]) -> tuple[tuple[Node, ...], ...]:
    """Rings, each as its members from parent to child, that together hold every node that lies in any ring.

    A knot of many rings is covered by short ones, not by every ring there is. No recursion: chains may be deep.
    """
    found: list[tuple[Node, ...]] = []
    order = {node: place for place, node in enumerate(children)}
    for knot in _knots(children):
        members = sorted(knot, key=order.__getitem__)
        steps = STEPS_PER_EDGE * sum(len(children[node]) for node in members) + 1000
        covered: set[Node] = set()
        for node in members:
            if node in covered:
                continue
            ring, taken = _ring_through(node, children, knot)
            steps -= taken
            found.append(ring)
            covered.update(ring)
            if steps < 0:
                break
        if left := tuple(node for node in members if node not in covered):
            found.append(left)
    return tuple(found)


def _ring_through(
    start: Node, children: Mapping[Node, Sequence[Node]], knot: set[Node]
) -> tuple[tuple[Node, ...], int]:
    """The shortest ring through a member of a knot, and how many edges were looked at."""
    came_from: dict[Node, Node] = {}
    queue, steps = deque([start]), 0
    while queue:
        node = queue.popleft()
        for child in children.get(node, ()):
            steps += 1
            if child == start:
                return tuple(_path(node, start, came_from)), steps
            if child in knot and child not in came_from:
                came_from[child] = node
                queue.append(child)
    raise ValueError("not in a ring")  # a knot is strongly connected


def _path(node: Node, start: Node, came_from: Mapping[Node, Node]) -> list[Node]:
    back = [node]
    while back[-1] != start:
        back.append(came_from[back[-1]])
    return back[::-1]


def _knots(children: Mapping[Node, Sequence[Node]]) -> Iterator[set[Node]]:
    """The strongly connected components of more than one node (Tarjan's, without recursion)."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    on_stack: set[Node] = set()
    stack: list[Node] = []
    for root in children:
        if root in index:
            continue
        walk: list[tuple[Node, Iterator[Node]]] = []
        _enter(root, children, index, low, stack, on_stack, walk)
        while walk:
            node, rest = walk[-1]
            child = next((c for c in rest if c not in index or c in on_stack), None)
            if child is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == index[node]:
                    knot = _leave(node, stack, on_stack)
                    if len(knot) > 1:
                        yield knot
            elif child in index:
                low[node] = min(low[node], index[child])
            else:
                _enter(child, children, index, low, stack, on_stack, walk)


def _enter(
    node: Node,
    children: Mapping[Node, Sequence[Node]],
    index: dict[Node, int],
    low: dict[Node, int],
    stack: list[Node],
    on_stack: set[Node],
    walk: list[tuple[Node, Iterator[Node]]],
) -> None:
    index[node] = low[node] = len(index)
    stack.append(node)
    on_stack.add(node)
    walk.append((node, iter(children.get(node, ()))))


def _leave(node: Node, stack: list[Node], on_stack: set[Node]) -> set[Node]:
    """Takes the component that begins with a node off the stack."""
    at = len(stack) - 1
    while stack[at] != node:
        at -= 1
    knot = set(stack[at:])
    on_stack -= knot
    del stack[at:]
    return knot
