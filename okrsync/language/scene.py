"""A sentence under reading: where its clauses end, which tokens its days and amounts take up, which verbs are near."""

from __future__ import annotations

from collections.abc import Iterator

from okrsync.language.amounts import Amount, Lexed
from okrsync.language.deadlines import Deadline
from okrsync.language.tokens import MARK

FROM, TO, BY, NOW, GOAL, ASIDE, SUB, BARE = "from", "to", "by", "now", "goal", "aside", "sub", "bare"
"""What a number may be: where it starts, whereto, by how much, how it is or is to be, or beside the point."""
NEAR = {TO: 4, BY: 3, NOW: 5, GOAL: 3, FROM: 9}
"""How many unknown words may stand between a role word and its number; characters count as words."""
_STOPS = frozenset(",;:.!?()[]\n，；。（）、|•·")
_LABELS = frozenset((NOW, "label", GOAL, FROM, TO, "was", "weight"))


class Scene:
    """A sentence under reading: where its clauses end, which tokens days and other amounts take up."""

    def __init__(self, lexed: Lexed, amounts: list[Amount], deadlines: list[Deadline]) -> None:
        self.lexed = lexed
        self.tokens = lexed.tokens
        self.amounts = [amount for amount in amounts if not amount.why_not]
        self._taken: dict[int, str] = {}
        for amount in amounts:
            for at in range(amount.first, amount.last + 1):
                self._taken[at] = amount.why_not or "amount"
        for deadline in deadlines:
            for at in range(deadline.first, deadline.last + 1):
                self._taken.setdefault(at, "date")
                if self._taken[at] != "amount":
                    self._taken[at] = "date"
        self.depth = self._depths()

    def _depths(self) -> list[int]:
        depth, depths = 0, []
        for at, token in enumerate(self.tokens):
            mark = self.lexed.text(at, at) if token.kind == MARK else ""
            if mark in ("(", "[", "（"):
                depth += 1
            depths.append(depth)
            if mark in (")", "]", "）") and depth:
                depth -= 1
        return depths

    def taken(self, at: int) -> str:
        """ "amount", "date", another reason, or "" for a free token."""
        return self._taken.get(at, "")

    def before(self, amount: Amount) -> Iterator[int]:
        """The tokens before an amount in its clause, the nearest first, without what stands in brackets between."""
        own = self.depth[amount.at]
        for at in range(amount.first - 1, -1, -1):
            if self.depth[at] > own:
                continue
            if self.is_stop(at):
                return
            yield at

    def is_stop(self, at: int) -> bool:
        """Whether a clause ends at a token."""
        if self.taken(at):
            return False
        token = self.tokens[at]
        if token.kind != MARK or token.cue.before:
            return False
        mark = self.lexed.text(at, at)
        if mark == ":" and at and not _LABELS.isdisjoint(self.tokens[at - 1].cue.before):
            return False  # "current: 85"
        return mark in _STOPS


def direction_before(scene: Scene, amount: Amount) -> bool:
    moves = ("up", "down", "better")
    return any(scene.tokens[at].cue.verb in moves and not scene.taken(at) for at in scene.before(amount))


def direction_follows(scene: Scene, at: int) -> bool:
    """Whether a verb of direction follows in the clause: 30%に上げる, and not 100人にインタビュー."""
    tokens = scene.tokens
    while at < len(tokens) and not scene.is_stop(at):
        if tokens[at].cue.verb in ("up", "down", "better", "keep"):
            return True
        at += 1
    return False


def parted(scene: Scene, one: Amount, other: Amount) -> bool:
    return any(scene.is_stop(at) for at in range(one.last + 1, other.first))
