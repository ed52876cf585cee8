"""Outcome → JSON for other programs: names and shapes are a promise (docs/commands.md), one key result a line."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from okrsync.cells import quoted
from okrsync.edits import CellEdit, Edit, MarkEdit
from okrsync.reports.once import told_once

if TYPE_CHECKING:
    from okrsync.errors import OkrSyncError
    from okrsync.findings import Finding
    from okrsync.model import Cycle, KeyResult, Objective
    from okrsync.review import Outcome
    from okrsync.scoring import Scores

Json = str | float | bool | None | list["Json"] | dict[str, "Json"]

_UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def outcome_json(outcome: Outcome, *, edits: bool = False) -> str:
    """The day, objectives and findings, failures where there are some, edits where asked for; ends with a line feed."""
    parts = [
        *_by_cycle(outcome),
        _list("findings", (_dumped(finding_json(finding)) for finding in outcome.findings)),
    ]
    if edits:
        parts.append(_list("edits", (_dumped(row) for row in _edits(outcome.edits))))
    if outcome.failures or edits:
        parts.append(_list("failures", (_dumped(failure_json(failure)) for failure in outcome.failures)))
    return "{" + ",\n ".join(parts) + "}\n"


def finding_json(finding: Finding) -> dict[str, Json]:
    """One finding."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "at": str(finding.at),
        "message": finding.message,
        "fix": finding.fix,
    }


def failure_json(failure: OkrSyncError) -> dict[str, Json]:
    """What stopped a workbook."""
    return {"where": failure.where, "problem": failure.problem, "fix": failure.fix}


def _by_cycle(outcome: Outcome) -> Iterator[str]:
    """Every statement once, and what tables with columns per cycle say of it in other cycles, where any does."""
    if not outcome.reviews:
        yield _list("objectives", ())
        return
    review = outcome.reviews[0]
    once, again = told_once(review.everything, review.today)
    yield f'"today": "{review.today.isoformat()}"'
    yield _list("objectives", (_with_key_results(each, own, review.scores) for each, own in once))
    if again:
        yield _list("other_cycles", (_with_key_results(each, own, review.scores) for each, own in again))


def _with_key_results(objective: Objective, own: Sequence[tuple[KeyResult, Cycle]], scores: Scores) -> str:
    """An objective with its key results, each on a line."""
    rows = ",\n     ".join(_dumped({**_key_result(one, scores), "cycle": cycle.name}) for one, cycle in own)
    head = _dumped(_objective(objective, scores))
    return f'{head[:-1]},\n   "key_results": [' + (f"\n     {rows}" if rows else "") + "]}"


def _objective(objective: Objective, scores: Scores) -> dict[str, Json]:
    score = scores.objectives.get(objective.key)
    return {
        "id": objective.id,
        "title": objective.title,
        "label": objective.label,
        "owner": objective.owner,
        "team": objective.team,
        "level": objective.level.value,
        "cycle": objective.cycle.name,
        "commitment": objective.commitment.value,
        "contributes_to": list(objective.contributes_to),
        "status": objective.status,
        "score": _share(score.score if score else None),
        "computed_status": score.status.value if score else None,
        "derived": score.derived if score else False,
        "cycle_start": objective.cycle.start.isoformat(),
        "cycle_end": objective.cycle.end.isoformat(),
        "at": str(objective.at()),
    }


def _key_result(one: KeyResult, scores: Scores) -> dict[str, Json]:
    score = scores.key_results.get(one.key)
    metric = one.metric
    change = metric.change
    return {
        "id": one.id,
        "title": one.title,
        "label": one.label,
        "owner": one.owner,
        "kind": metric.kind.value,
        "baseline": _number(metric.baseline),
        "target": _number(metric.target),
        "current": _number(metric.current),
        "unit": metric.unit,
        "comparator": metric.comparator,
        "change": {"mode": change.mode, "value": _number(change.value)} if change else None,
        "assumed": list(score.assumed) if score else [],
        "sources": dict(metric.sources),
        "weight": _number(one.weight),
        "confidence": _number(one.confidence),
        "start": one.start.isoformat() if one.start else None,
        "due": one.due.isoformat() if one.due else None,
        "updated": one.updated.isoformat() if one.updated else None,
        "commitment": one.commitment.value,
        "contributes_to": list(one.contributes_to),
        "status": one.status,
        "progress": _share(score.progress if score else None),
        "score": _share(score.score if score else None),
        "computed_status": score.status.value if score else None,
        "expected": _share(score.expected if score else None),
        "upper": _number(metric.upper),
        "check_ins": [
            {
                "period": each.period,
                "day": each.day.isoformat() if each.day else None,
                "value": _number(each.value),
                "unit": each.unit,
            }
            for each in one.check_ins
        ],
        "at": str(one.at()),
    }


def _edits(edits: dict[str, tuple[Edit, ...]]) -> Iterator[dict[str, Json]]:
    for workbook, planned in edits.items():
        for edit in planned:
            if isinstance(edit, CellEdit):
                yield {"at": str(edit.at), "before": _cell(edit.before), "after": _cell(edit.after)}
            else:
                place = workbook if isinstance(edit, MarkEdit) else f"{workbook}!{quoted(edit.sheet)}"
                yield {"at": place, "what": str(edit)}


def _cell(value: object) -> Json:
    """A cell's value: text, number, true or false, null; dates as ISO, errors as the sheet shows them."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, float | int):
        return _share(value)
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat is not None else str(value)


def _share(value: float | None) -> float | None:
    """Six decimals; null for what is no number."""
    return _whole(round(value, 6)) if value is not None and math.isfinite(value) else None


def _number(value: float | None) -> float | None:
    """A number without the noise of binary fractions: 12 significant digits."""
    return _whole(float(f"{value:.12g}")) if value is not None and math.isfinite(value) else None


def _whole(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _list(name: str, items: Iterable[str]) -> str:
    body = ",\n  ".join(items)
    return f'"{name}": [' + (f"\n  {body}" if body else "") + "]"


def _dumped(row: dict[str, Json]) -> str:
    text = json.dumps(row, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
