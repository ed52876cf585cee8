"""Every folder of tests/golden: the workbook drawn in sheet.txt is understood as mapping.toml and read as okrs.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from okrsync.config import Config
from okrsync.mapping import load, to_toml
from okrsync.model import KeyResult, Objective
from okrsync.normalise import Normalised, normalise
from tests.read_sheets import TODAY, drawn

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "sheet.txt").exists())


@pytest.mark.parametrize("case", CASES)
def test_the_sheet_is_understood_and_read_as_the_golden_files_say(case: str, update_golden: bool) -> None:
    folder = GOLDEN / case
    sheet = (folder / "sheet.txt").read_text(encoding="utf-8")

    found = normalise([drawn(sheet)], Config(), TODAY)

    okrs = json.dumps(_shown(found), ensure_ascii=False, indent=1) + "\n"
    mapping = to_toml([table.mapping for table in found.tables])
    if update_golden:
        (folder / "okrs.json").write_text(okrs, encoding="utf-8", newline="\n")
        (folder / "mapping.toml").write_text(mapping, encoding="utf-8", newline="\n")
    assert okrs == (folder / "okrs.json").read_text(encoding="utf-8")
    assert mapping == (folder / "mapping.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_the_sheet_is_read_the_same_when_its_mapping_is_given(case: str) -> None:
    folder = GOLDEN / case
    sheet = (folder / "sheet.txt").read_text(encoding="utf-8")
    found = normalise([drawn(sheet)], Config(), TODAY)
    if not found.tables:
        return

    given = normalise([drawn(sheet, mappings=load(folder / "mapping.toml"))], Config(), TODAY)

    assert given.failures == ()
    assert [_objective(o) for o in given.okrs.objectives] == [_objective(o) for o in found.okrs.objectives]


@pytest.mark.parametrize("case", CASES)
def test_no_two_statements_of_a_workbook_are_taken_for_one(case: str) -> None:
    sheet = (GOLDEN / case / "sheet.txt").read_text(encoding="utf-8")

    objectives = normalise([drawn(sheet)], Config(), TODAY).okrs.objectives

    keys = [key for o in objectives for key in (o.key, *(k.key for k in o.key_results))]
    assert len(set(keys)) == len(keys)


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
