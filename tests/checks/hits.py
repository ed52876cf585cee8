"""What one rule finds in objectives drawn in a test."""

from __future__ import annotations

from typing import Any

from okrsync.checks import Rule
from okrsync.model import Objective
from tests.okrs import drawn, reviews


def hits(rule: Rule, *objectives: Objective, **more: Any) -> list[str]:  # the options of `reviews`
    """Its hits as `Q4!D2 message`, in every cycle, on 15 November where no day is given."""
    assert rule.find is not None
    return [line for review in reviews(*objectives, **more) for line in drawn(rule.find(review))]
