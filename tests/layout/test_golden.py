"""Every folder of tests/golden: the workbook drawn in sheet.txt is read as okrs.json says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from okrsync.config import Config
from okrsync.model import KeyResult, Objective
from okrsync.normalise import Normalised, normalise
from tests.read_sheets import TODAY, drawn

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "sheet.txt").exists())


@pytest.mark.parametrize("case", CASES)
def test_the_sheet_is_read_as_the_golden_file_says(case: str, update_golden: bool) -> None:
    folder = GOLDEN / case
    read = drawn((folder / "sheet.txt").read_text(encoding="utf-8"))

    text = json.dumps(_shown(normalise([read], Config(), TODAY)), ensure_ascii=False, indent=1) + "\n"

    if update_golden:
        (folder / "okrs.json").write_text(text, encoding="utf-8", newline="\n")
    assert text == (folder / "okrs.json").read_text(encoding="utf-8")


def _shown(normalised: Normalised) -> dict[str, object]:
    return {
        "objectives": [_objective(objective) for objective in normalised.okrs.objectives],
        "tables": [f"{t.mapping.sheet}!{t.area.a1} {t.mapping.archetype}" for t in normalised.tables],
        "raised": [f"{raised.code} {raised.hit.at}: {raised.hit.message}" for raised in normalised.raised],
        "without": [f"{name}: {looked_for}" for name, looked_for in normalised.without],
    }


def _objective(objective: Objective) -> dict[str, object]:
    said = objective.model_dump(mode="json", exclude={"key_results", "cycle"}, exclude_none=True)
    key_results = [_key_result(each) for each in objective.key_results]
    return _filled(said) | {"title": objective.title, "cycle": objective.cycle.name, "key_results": key_results}


def _key_result(key_result: KeyResult) -> dict[str, object]:
    said = key_result.model_dump(mode="json", exclude={"metric"}, exclude_none=True)
    metric = key_result.metric.model_dump(mode="json", exclude={"sources"}, exclude_none=True)
    return _filled(said) | {"at": key_result.at().a1, "metric": _filled(metric)}


def _filled(said: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in said.items() if value is not False and value not in ([], "committed")}
