"""CY005 status-contradicts-number: what people say of a key result against what its numbers say."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import tomli

from okrsync.checks.rule import cell_of, check, quoted
from okrsync.findings import Hit, Severity
from okrsync.model import KeyResult, Objective
from okrsync.review import Review
from okrsync.scoring import Status

GOOD = frozenset({Status.ON_TRACK, Status.ACHIEVED})
BAD = frozenset({Status.OFF_TRACK, Status.MISSED})


@check(
    "CY005",
    "status-contradicts-number",
    severity=Severity.WARNING,
    fix="correct the status or the current value; okrsync leaves the team's own status as it is.",
)
def status_contradicts_number(review: Review) -> Iterator[Hit]:
    """People call a key result green and its numbers say red, or the other way round.

    Only plain words count (green, on track, done; red, delayed, missed), so a note such as "waiting for legal" is no
    contradiction.

    Weak:   status green, 10 % done in the last month
    Strong: status red, 10 % done in the last month
    """
    scores = review.scores
    for objective in review.okrs.objectives:
        if objective.status is not None:
            ours = scores.objectives[objective.key].status
            yield from _contradictions(objective, objective.status, ours, ("objective_status", "status"))
        for k in objective.key_results:
            if k.status is not None:
                yield from _contradictions(k, k.status, scores.key_results[k.key].status, ("status",))


def _contradictions(item: Objective | KeyResult, called: str, ours: Status, fields: tuple[str, ...]) -> Iterator[Hit]:
    said = _verdict(called)
    if (said == "good" and ours in BAD) or (said == "bad" and ours in GOOD):
        message = f"{quoted(item.title)} is called {quoted(called)} and its numbers say {ours}."
        yield Hit(cell_of(item.place, *fields), message)


@lru_cache(maxsize=1_000)  # people have few words for a status
def _verdict(called: str) -> str | None:
    return _verdicts().get(_plain(called))


@cache
def _verdicts() -> Mapping[str, str]:
    """Every word of status_words.toml → "good" or "bad"."""
    text = (files("okrsync.checks") / "status_words.toml").read_text(encoding="utf-8")
    languages: dict[str, dict[str, list[str]]] = tomli.loads(text)
    return {_plain(word): name for sections in languages.values() for name, words in sections.items() for word in words}


def _plain(text: str) -> str:
    words = unicodedata.normalize("NFKC", text).casefold().replace("-", " ").split()
    return " ".join(words).strip(" .!。！")
