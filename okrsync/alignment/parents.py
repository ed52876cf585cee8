"""Everything that can be contributed to, indexed: a reference → the objectives and key results it may mean (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import PurePath

from msgspec import Struct

from okrsync.alignment.similar import Titles, misspelt
from okrsync.layout.folding import fold, without_brackets
from okrsync.layout.references import LONGEST_CELL, Labelled, Number, after_lead, labelled, number_of, scope
from okrsync.layout.vocabulary import lexicon
from okrsync.model import Key, KeyResult, Level, Objective, OkrSet

SUGGESTED = 0.6
"""How alike a title must be to be suggested."""
MOST_SUGGESTIONS = 3
LONGEST_SCOPE = 40
MOST_LOOKED_AT = 20


class Node(Struct, frozen=True):
    """An objective, or one of its key results."""

    objective: Objective
    key_result: KeyResult | None = None

    @property
    def key(self) -> Key:
        """Its key."""
        return self.objective.key if self.key_result is None else self.key_result.key

    @property
    def title(self) -> str:
        """What it says."""
        return (self.objective.title if self.key_result is None else self.key_result.title) or ""


class Found(Struct, frozen=True):
    """What a reference may mean, and how it was understood: "id", "label", "title" or "similar"."""

    nodes: tuple[Node, ...]
    how: str


class Parents:
    """The indexes. What only some runs need is built when it is first asked for."""

    def __init__(self, okrs: OkrSet, similar: float) -> None:
        self._objectives = tuple(o for o in okrs.objectives if o.title is not None)
        self._all = okrs.objectives
        self._similar = similar
        self._exact: dict[str, Found | None] = {}
        self._close: dict[str, Found | None] = {}
        self._hints: dict[str, tuple[str, ...]] = {}

    def exact(self, text: str) -> Found | None:
        """What a text names by id, label or title; None when there is nothing of that name."""
        if text not in self._exact:
            self._exact[text] = self._named(text)
        return self._exact[text]

    def similar(self, text: str) -> Found | None:
        """What a text means that shortens or misspells a title."""
        if text not in self._close:
            self._close[text] = self._nearly(text)
        return self._close[text]

    def suggestions(self, text: str) -> tuple[str, ...]:
        """What a text that names nothing may have meant, the likeliest first."""
        if text not in self._hints:
            self._hints[text] = self._suggested(text)
        return self._hints[text]

    def _nearly(self, text: str) -> Found | None:
        if len(text) > LONGEST_CELL:
            return None
        folded = fold(text)
        for titles, nodes_of in ((self._titles, self._by_title), (self._kr_titles, self._kr_by_title)):
            best: Sequence[str] = titles.beginning_with(text, folded)
            if not best:
                likest = [(t, how) for t, how in titles.like(folded, self._similar) if misspelt(folded, t)]
                best = [t for t, how in likest if how >= likest[0][1] - 1e-9]
            if best:
                return Found(tuple(node for title in best for node in nodes_of[title]), "similar")
        return None

    def _suggested(self, text: str) -> tuple[str, ...]:
        if len(text) > LONGEST_CELL:
            return ()
        found = labelled(text)
        if found is not None and not found.title:
            return tuple(self._suggested_labels(found))
        of = scope(text) if len(text) <= LONGEST_SCOPE else ""
        named = [o.title for o in self._in_scope(of) if o.title] if of else []
        titles = [self._by_title[title][0].title for title, _ in self._titles.like(fold(text), SUGGESTED)]
        return tuple(dict.fromkeys([*titles, *named]))[:MOST_SUGGESTIONS]

    def _named(self, text: str) -> Found | None:
        folded = fold(text)
        if len(text) > LONGEST_CELL:
            return _found(self._of_title(folded), "title")
        ids = self._by_id.get(folded, [])
        label = labelled(text)
        if label is not None and not label.title:
            nodes = self._labelled(label)
            if not nodes:
                return _found(ids, "id") or self._titled(text, folded)
            return _found([*nodes, *(node for node in ids if _has_own_id(node))], "label")
        return (
            _found(ids, "id")
            or self._titled(text, folded)
            or self._label_and_title(label)
            or self._lead_and_title(text)
        )

    def _titled(self, text: str, folded: str) -> Found | None:
        return _found(self._of_title(folded) or self._of_title(fold(without_brackets(text))), "title")

    def _lead_and_title(self, text: str) -> Found | None:
        """ "Company: Grow": whose it is decides among equal titles."""
        lead = after_lead(text)
        if lead is None:
            return None
        nodes = self._of_title(fold(lead[1]))
        within = {o.key for o in self._in_scope(lead[0])}
        return _found([node for node in nodes if node.objective.key in within] or nodes, "title")

    def _of_title(self, folded: str) -> list[Node]:
        return [*self._by_title.get(folded, ()), *self._kr_by_title.get(folded, ())] if folded else []

    def _label_and_title(self, label: Labelled | None) -> Found | None:
        """ "O1: Grow": the label decides among equal titles; a title that is only like it must not contradict it."""
        if label is None:
            return None
        nodes = self._of_title(label.title)
        if nodes:
            return _found([node for node in nodes if _bears(node, label.number)] or nodes, "title")
        close = self.similar(label.title)
        return None if close is None else _found([n for n in close.nodes if _bears(n, label.number)], "similar")

    def _labelled(self, label: Labelled) -> list[Node]:
        kind, number = label.number
        nodes: list[Node] = []
        if kind != "kr":
            objectives = self._in_scope(label.scope) if label.scope else self._by_number.get(number, ())
            nodes = [Node(o) for o in objectives if number_of(o.label) == number]
        if kind == "kr" or (not kind and not nodes):
            if label.scope:
                nodes = [
                    Node(o, k) for o in self._in_scope(label.scope) for k in o.key_results if number in _numbers(o, k)
                ]
            else:
                nodes = list(self._krs_by_number.get(number, ()))
        return nodes

    def _in_scope(self, name: str) -> Sequence[Objective]:
        level = lexicon().levels.get(name)
        by_level = self._by_level.get(Level(level), ()) if level is not None else ()
        return by_level or self._by_scope.get(name, ()) or self._by_scope.get(self._longer_scope(name), ())

    def _longer_scope(self, name: str) -> str:
        """The one scope that contains a shortened one: "growth marketing" for "growth"; "" for none or several."""
        wanted = f" {name} " if name.isascii() else name
        at = self._scope_names.find(wanted) if len(name) > 1 else -1
        if at < 0:
            return ""
        start, end = self._scope_names.rfind("\n", 0, at + 1) + 1, self._scope_names.find("\n", at)
        return "" if wanted in self._scope_names[end:] else self._scope_names[start:end].strip()

    def _suggested_labels(self, label: Labelled) -> Iterator[str]:
        kind, number = label.number
        same = [Node(o) for o in self._by_number.get(number, ())[:MOST_LOOKED_AT]] if kind != "kr" else []
        if not same and kind != "o":
            same = list(self._krs_by_number.get(number, ())[:MOST_LOOKED_AT])
        names = [f"{_scope_name(node.objective)} {_label(node)}" for node in same]
        if not names and label.scope:
            near = self._in_scope(label.scope)[:MOST_LOOKED_AT]
            names = [f"{_scope_name(o)} {o.label}" for o in near if o.label]
        yield from list(dict.fromkeys(names))[:MOST_SUGGESTIONS]

    @cached_property
    def _scope_names(self) -> str:
        """Every scope on a line of its own between spaces, so that one search looks at all of them."""
        return "".join(f" {name} \n" for name in self._by_scope)

    @cached_property
    def _by_id(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for objective in self._objectives:
            found[fold(objective.id)].append(Node(objective))
        for objective in self._all:
            for key_result in objective.key_results:
                found[fold(key_result.id)].append(Node(objective, key_result))
        return found

    @cached_property
    def _by_number(self) -> dict[str, list[Objective]]:
        found: dict[str, list[Objective]] = defaultdict(list)
        for objective in self._objectives:
            number = number_of(objective.label)
            if number is not None:
                found[number].append(objective)
        return found

    @cached_property
    def _krs_by_number(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for objective in self._all:
            for key_result in objective.key_results:
                for number in _numbers(objective, key_result):
                    found[number].append(Node(objective, key_result))
        return found

    @cached_property
    def _by_level(self) -> dict[Level, list[Objective]]:
        found: dict[Level, list[Objective]] = defaultdict(list)
        for objective in self._objectives:
            found[objective.level].append(objective)
        return found

    @cached_property
    def _by_scope(self) -> dict[str, list[Objective]]:
        found: dict[str, list[Objective]] = defaultdict(list)
        for objective in self._objectives:
            for name in _scopes(objective):
                found[name].append(objective)
        return found

    @cached_property
    def _by_title(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for objective in self._objectives:
            found[fold(objective.title or "")].append(Node(objective))
        return found

    @cached_property
    def _kr_by_title(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for objective in self._all:
            for key_result in objective.key_results:
                found[fold(key_result.title)].append(Node(objective, key_result))
        return found

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self._by_title)

    @cached_property
    def _kr_titles(self) -> Titles:
        return Titles(self._kr_by_title)


def _found(nodes: Iterable[Node], how: str) -> Found | None:
    unique = {node.key: node for node in nodes}
    return Found(tuple(unique.values()), how) if unique else None


def _has_own_id(node: Node) -> bool:
    """Whether the sheet gave it its id; one that was counted out for it is no match for a label of the sheet."""
    columns = node.objective.place.columns
    return "id" in columns or "objective_id" in columns


def _bears(node: Node, number: Number) -> bool:
    """Whether a label is a node's own."""
    kind, digits = number
    if node.key_result is None:
        return kind != "kr" and number_of(node.objective.label) == digits
    return kind != "o" and digits in _numbers(node.objective, node.key_result)


def _numbers(objective: Objective, key_result: KeyResult) -> tuple[str, ...]:
    """The numbers a key result goes by: its own, and with its objective's before it ("1.2")."""
    own, of = number_of(key_result.label), number_of(objective.label)
    if own is None:
        return ()
    return (own, f"{of}.{own}") if of is not None and "." not in own else (own,)


def _scopes(objective: Objective) -> set[str]:
    """The names under which people say whose an objective is."""
    place = objective.place
    names = (objective.team, objective.owner, place.sheet, PurePath(place.workbook).stem)
    return {found for name in names if name and (found := scope(name))}


def _scope_name(objective: Objective) -> str:
    return objective.team or (
        objective.level.capitalize() if objective.level is Level.COMPANY else objective.place.sheet
    )


def _label(node: Node) -> str:
    return (node.objective.label if node.key_result is None else node.key_result.label) or ""
