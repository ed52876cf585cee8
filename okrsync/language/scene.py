"""A sentence under reading: where its clauses end, which tokens its days and amounts take up, which verbs are near."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from okrsync.language.deadlines import Deadline
from okrsync.language.lexed import Amount, Lexed
from okrsync.language.tokens import MARK

FROM, TO, BY, NOW, GOAL, ASIDE, SUB, BARE = "from", "to", "by", "now", "goal", "aside", "sub", "bare"
"""What a number may be: where it starts, whereto, by how much, how it is or is to be, or beside the point."""
REACH = 200
"""How many tokens of a clause are looked at from a number: more is a list, and no clause."""
NEAR = {TO: 4, BY: 3, NOW: 5, GOAL: 3, FROM: 9}
"""How many unknown words may stand between a role word and its number; characters count as words."""
_STOPS = frozenset(",;:.!?()[]\n，；。（）、|•·")
_OPENING, _CLOSING = frozenset("([（"), frozenset(")]）")
_LABELS = frozenset((NOW, "label", GOAL, FROM, TO, "was", "weight"))


class Scene:
    """A sentence under reading: where its clauses end, which tokens days and other amounts take up."""

    def __init__(self, lexed: Lexed, amounts: list[Amount], deadlines: list[Deadline]) -> None:
        self.lexed = lexed
        self.tokens = lexed.tokens
        self.amounts = [amount for amount in amounts if not amount.why_not]
        self._taken = _taken(len(lexed.tokens), amounts, deadlines)
        self._before: dict[int, list[int]] = {}
        self.depth = [0] * len(lexed.tokens)
        self._stops: list[int] = []
        self._stopped = [False] * len(lexed.tokens)
        self.marks = frozenset[str]().union(*[token.cue.marks for token in lexed.tokens if token.cue.marks])
        """What the words of the sentence are beside numbers, all together."""
        self._find_clauses()

    def _find_clauses(self) -> None:
        """How deep in brackets each token stands, and at which of them a clause ends."""
        brackets: dict[int, int] = {}
        for at in [at for at, token in enumerate(self.tokens) if token.kind == MARK]:
            mark = self.lexed.text(at, at)
            if mark in _STOPS and self._ends_clause(at, mark):
                self._stops.append(at)
                self._stopped[at] = True
            if mark in _OPENING:
                brackets[at] = 1
            elif mark in _CLOSING and brackets:
                brackets[at] = -1
        if brackets:
            self._find_depths(brackets)

    def _find_depths(self, brackets: dict[int, int]) -> None:
        depth = 0
        for at in range(min(brackets), len(self.tokens)):
            step = brackets.get(at, 0)
            depth += step == 1
            self.depth[at] = depth
            depth -= step == -1 and depth > 0

    def _ends_clause(self, at: int, mark: str) -> bool:
        if self._taken[at] or self.tokens[at].cue.before:
            return False
        # "current: 85"
        return mark != ":" or not at or _LABELS.isdisjoint(self.tokens[at - 1].cue.before)

    @cached_property
    def leads(self) -> frozenset[str]:
        """The roles that the words of the sentence give to numbers behind them, all together."""
        return frozenset[str]().union(*[token.cue.before for token in self.tokens if token.cue.before])

    def taken(self, at: int) -> str:
        """ "amount", "date", another reason, or "" for a free token."""
        return self._taken[at]

    def is_stop(self, at: int) -> bool:
        """Whether a clause ends at a token."""
        return self._stopped[at]

    def before(self, amount: Amount) -> list[int]:
        """The tokens before an amount in its clause, the nearest first, without what stands in brackets between."""
        found = self._before.get(amount.at)
        if found is None:
            own, depth = self.depth[amount.at], self.depth
            found = self._before[amount.at] = []
            for at in range(amount.first - 1, max(amount.first - 1 - REACH, -1), -1):
                if depth[at] > own:
                    continue
                if self._stopped[at]:
                    break
                found.append(at)
        return found

    def behind(self, at: int) -> range:
        """The tokens from a place to the end of its clause."""
        place = bisect_left(self._stops, at)
        end = self._stops[place] if place < len(self._stops) else len(self.tokens)
        return range(at, min(end, at + REACH))

    def clause(self, first: int, last: int) -> range:
        """The tokens of the clause in which some stand."""
        place = bisect_left(self._stops, first)
        start = self._stops[place - 1] + 1 if place else 0
        return range(max(start, first - REACH), self.behind(last + 1).stop)


def _taken(length: int, amounts: list[Amount], deadlines: list[Deadline]) -> list[str]:
    """What takes up each token, and "" for the place behind the last."""
    taken = [""] * (length + 1)
    for amount in amounts:
        for at in range(amount.first, amount.last + 1):
            taken[at] = amount.why_not or "amount"
    for deadline in deadlines:
        for at in range(deadline.first, deadline.last + 1):
            if taken[at] != "amount":
                taken[at] = "date"
    return taken


def direction_before(scene: Scene, amount: Amount) -> bool:
    moves = ("up", "down", "better")
    return any(scene.tokens[at].cue.verb in moves and not scene.taken(at) for at in scene.before(amount))


def direction_follows(scene: Scene, at: int) -> bool:
    """Whether a verb of direction follows in the clause: 30%に上げる, and not 100人にインタビュー."""
    return any(scene.tokens[beyond].cue.verb in ("up", "down", "better", "keep") for beyond in scene.behind(at))


def parted(scene: Scene, one: Amount, other: Amount) -> bool:
    """Whether a clause ends between two amounts; brackets that open and close between them end none."""
    depth = min(scene.depth[one.at], scene.depth[other.at])
    return any(scene.is_stop(at) and scene.depth[at] <= depth for at in range(one.last + 1, other.first))
