"""The catalogue polices itself: order, documentation, a test file for every rule, and the reference made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import okrsync.checks
from okrsync.checks import CHECKS, Rule, catalogue_markdown, rule
from okrsync.checks.catalogue import FAMILIES
from okrsync.findings import Severity

REFERENCE = Path(__file__).parents[2] / "docs" / "checks.md"
FIRST_VERSION = """
IN001 unreadable-number error, IN002 unreadable-date warning, IN003 uncached-formula error, IN004 error-value error,
IN005 scale-unclear warning, IN006 text-and-column-disagree warning, IN007 duplicate-id error,
IN008 own-progress-differs warning, IN009 rows-left-out info, IN010 cycle-assumed warning,
OB001 no-key-results error, OB005 number-in-objective info,
KR001 unmeasurable warning, KR002 no-baseline warning, KR005 flat-target warning,
AL001 dangling-parent error, AL002 ambiguous-parent warning, AL003 alignment-cycle error, AL004 orphan warning,
AL005 unsupported warning, CY001 off-pace warning, CY002 stale warning, CY005 status-contradicts-number warning
"""


def module_of(one: Rule) -> str:
    """The name of the module a rule lives in."""
    return f"{one.code.lower()}_{one.name.replace('-', '_')}"


def test_codes_names_and_severities_stay_what_they_are() -> None:
    known = [tuple(each.split()) for each in FIRST_VERSION.replace("\n", " ").split(",")]

    assert [(one.code, one.name, str(one.severity)) for one in CHECKS] == known


def test_rules_stand_in_the_order_of_their_families_and_codes() -> None:
    families = list(FAMILIES)

    assert [one.code for one in CHECKS] == sorted(
        (one.code for one in CHECKS), key=lambda code: (families.index(code[:2]), code)
    )


def test_every_module_of_a_rule_is_in_the_catalogue() -> None:
    folder = Path(okrsync.checks.__file__).parent
    modules = {
        path.stem for path in folder.glob("*.py") if path.stem[:2].upper() in FAMILIES and path.stem[2:5].isdigit()
    }

    assert modules == {module_of(one) for one in CHECKS}


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: one.code)
def test_every_rule_has_a_test_file_of_its_name(one: Rule) -> None:
    assert (Path(__file__).parent / f"test_{module_of(one)}.py").is_file()


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: one.code)
def test_every_rule_is_documented_with_a_weak_and_a_strong_example(one: Rule) -> None:
    assert one.doc.splitlines()[0].endswith((".", ":"))
    assert "\nWeak:   " in one.doc
    assert "\nStrong: " in one.doc


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: one.code)
def test_every_fix_is_one_sentence_that_a_person_can_follow(one: Rule) -> None:
    assert one.fix[0].islower() or one.fix.startswith("Cycle")
    assert one.fix.endswith(".")
    assert "\n" not in one.fix


@pytest.mark.parametrize("word", ["KR002", "kr002", "no-baseline", " No-Baseline "])
def test_a_rule_is_found_by_code_or_name(word: str) -> None:
    found = rule(word)

    assert found is not None
    assert (found.code, found.severity) == ("KR002", Severity.WARNING)


def test_a_code_that_does_not_exist_is_no_rule() -> None:
    assert rule("KR999") is None


def test_the_reference_is_made_of_the_catalogue(update_golden: bool) -> None:
    if update_golden:
        REFERENCE.write_text(catalogue_markdown(), encoding="utf-8", newline="\n")

    assert REFERENCE.read_text(encoding="utf-8") == catalogue_markdown()
