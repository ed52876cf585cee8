"""Progress, score and status of every key result, rolled up to objectives (pure; docs/scoring.md is the table)."""

from __future__ import annotations

from okrsync.model import Status
from okrsync.scoring.rounding import rounded
from okrsync.scoring.scores import (
    KeyResultScore,
    ObjectiveScore,
    Scores,
    score,
    score_colour,
    score_key_result,
    together,
)

__all__ = [
    "KeyResultScore",
    "ObjectiveScore",
    "Scores",
    "Status",
    "rounded",
    "score",
    "score_colour",
    "score_key_result",
    "together",
]
