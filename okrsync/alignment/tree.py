"""What every objective and key result contributes to, what could not be linked, and what the links come to (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct, field

from okrsync.alignment.nearest import Nearest
from okrsync.alignment.parents import Found, Node, Parents
from okrsync.alignment.rings import rings
from okrsync.layout.references import labels_in, split_references, split_titles
from okrsync.model import Key, Objective, OkrSet


class Link(Struct, frozen=True):
    """One objective or key result (child) that contributes to another (parent), and how the reference was understood.

    `how`: "id", "label", "title", or "similar" (abbreviated or misspelt: reported). `text` is as the sheet has it.
    """

    child: Key
    parent: Key
    text: str
    how: str


class Dangling(Struct, frozen=True):
    """A reference to nothing that was read; `suggestions` are titles or ids it may mean, the likeliest first."""

    child: Key
    text: str
    suggestions: tuple[str, ...] = ()


class Ambiguous(Struct, frozen=True):
    """A reference that fits several objectives."""

    child: Key
    text: str
    candidates: tuple[Key, ...]


class Own(Struct, frozen=True):
    """A reference of an objective to itself, or to a key result of its own (`named`): no link is made."""

    child: Key
    text: str
    named: Key


class Alignment(Struct, frozen=True):
    """The links of a run over all its workbooks and cycles.

    `children[objective]` are the keys of the objectives that contribute to it or to one of its key results (a
    contributing key result counts through its own objective). `cycles` are rings of objectives, each ring
    once, each member contributing to the next; what an objective says of itself is in `own`. `kept` is room for what
    others work out of it once in a run.
    """

    links: tuple[Link, ...] = ()
    dangling: tuple[Dangling, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    cycles: tuple[tuple[Key, ...], ...] = ()
    children: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)
    own: tuple[Own, ...] = ()
    kept: dict[str, object] = field(default_factory=dict)


class Coverage(Struct, frozen=True):
    """How well one objective is supported: who contributes to it, and how many of its key results somebody serves."""

    children: tuple[Key, ...]
    covered_key_results: int
    key_results: int


def align(okrs: OkrSet, *, similar: float = 0.85) -> Alignment:
    """The alignment of every objective and key result read."""
    parents, nearest = Parents(okrs, similar), Nearest()
    results = [
        result
        for child in _children(okrs)
        for text in (child.key_result or child.objective).contributes_to
        for result in _resolve(child, text, parents, nearest)
    ]
    links = tuple(dict.fromkeys(each for each in results if isinstance(each, Link)))
    children = _objective_children(okrs, links)
    return Alignment(
        links=links,
        dangling=tuple(dict.fromkeys(each for each in results if isinstance(each, Dangling))),
        ambiguous=tuple(dict.fromkeys(each for each in results if isinstance(each, Ambiguous))),
        cycles=tuple((ring[0], *reversed(ring[1:])) for ring in rings(children)),
        children=children,
        own=tuple(dict.fromkeys(each for each in results if isinstance(each, Own))),
    )


def coverage(objective: Objective, alignment: Alignment, served: frozenset[Key] | None = None) -> Coverage:
    """The coverage of one objective; `served` are the keys that links name as parents, where it is asked for many."""
    parents = served if served is not None else frozenset(link.parent for link in alignment.links)
    covered = sum(1 for k in objective.key_results if k.key in parents)
    return Coverage(alignment.children.get(objective.key, ()), covered, len(objective.key_results))


def _children(okrs: OkrSet) -> Iterator[Node]:
    """Everything that says what it contributes to."""
    for objective in okrs.objectives:
        if objective.contributes_to:
            yield Node(objective)
        for key_result in objective.key_results:
            if key_result.contributes_to:
                yield Node(objective, key_result)


Result = Link | Dangling | Ambiguous | Own


def _resolve(child: Node, text: str, parents: Parents, nearest: Nearest) -> Sequence[Result]:
    """What one reference comes to: tried as a whole first, since a comma may belong to a title; then as several."""
    whole = _choose(child, text, parents.exact(text), nearest)
    if whole is not None:
        return whole
    parts = _parts(text)
    if any(_choose(child, part, parents.exact(part), nearest) is not None for part in parts):
        return [result for part in parts for result in _resolve_part(child, part, parents, nearest)]
    whole = _choose(child, text, parents.similar(text), nearest)
    if whole is not None:
        return whole
    if any(parents.similar(part) is not None for part in parts) or labels_in(text):
        return [result for part in parts for result in _resolve_part(child, part, parents, nearest)]
    return [_nothing(child, text, parents)]


def _resolve_part(child: Node, part: str, parents: Parents, nearest: Nearest) -> Sequence[Result]:
    for found in (parents.exact, parents.similar):
        chosen = _choose(child, part, found(part), nearest)
        if chosen is not None:
            return chosen
    return [_nothing(child, part, parents)]


def _nothing(child: Node, text: str, parents: Parents) -> Dangling | Own:
    """What a reference without a link comes to: it names the child's own objective, or nothing that was read."""
    found = parents.exact(text) or parents.similar(text)
    own = [node.key for node in found.nodes if node.objective.key == child.objective.key] if found is not None else []
    if own:
        return Own(child.key, text, own[0])
    return Dangling(child.key, text, parents.suggestions(text))


@lru_cache(maxsize=50_000)
def _parts(text: str) -> tuple[str, ...]:
    """The references a text holds when it is not one; empty when there is nothing to take apart."""
    parts = tuple(part for each in split_references(text) for part in (labels_in(each) or split_titles(each)))
    return parts if len(parts) > 1 else ()


def _choose(child: Node, text: str, found: Found | None, nearest: Nearest) -> Sequence[Result] | None:
    """The link to the nearest of what was found; None where there is nothing but the child itself."""
    if found is None:
        return None
    nodes = nearest.of(child, f"{found.how}:{text}", found.nodes)
    if nodes is None:
        return None
    if len(nodes) > 1:
        return [Ambiguous(child.key, text, tuple(node.key for node in nodes))]
    return [Link(child.key, node.key, text, found.how) for node in nodes]


def _objective_children(okrs: OkrSet, links: Sequence[Link]) -> dict[Key, tuple[Key, ...]]:
    """Who contributes to each objective, key results counted through their own objective, in reading order."""
    if not links:
        return {}
    owner = {key: o.key for o in okrs.objectives for key in (o.key, *(k.key for k in o.key_results))}
    found: dict[Key, dict[Key, None]] = {}
    for link in links:
        parent, child = owner[link.parent], owner[link.child]
        if parent != child:
            found.setdefault(parent, {})[child] = None
    return {o.key: tuple(found[o.key]) for o in okrs.objectives if o.key in found}
