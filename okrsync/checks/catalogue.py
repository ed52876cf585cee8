"""The catalogue: every rule in order of its code, and the reference that is made of it."""

from __future__ import annotations

from okrsync.checks.al001_dangling_parent import dangling_parent
from okrsync.checks.al002_ambiguous_parent import ambiguous_parent
from okrsync.checks.al003_alignment_cycle import alignment_cycle
from okrsync.checks.al004_orphan import orphan
from okrsync.checks.al005_unsupported import unsupported
from okrsync.checks.cy001_off_pace import off_pace
from okrsync.checks.cy002_stale import stale
from okrsync.checks.cy005_status_contradicts_number import status_contradicts_number
from okrsync.checks.in001_unreadable_number import unreadable_number
from okrsync.checks.in002_unreadable_date import unreadable_date
from okrsync.checks.in003_uncached_formula import uncached_formula
from okrsync.checks.in004_error_value import error_value
from okrsync.checks.in005_scale_unclear import scale_unclear
from okrsync.checks.in006_text_and_column_disagree import text_and_column_disagree
from okrsync.checks.in007_duplicate_id import duplicate_id
from okrsync.checks.in008_own_progress_differs import own_progress_differs
from okrsync.checks.in009_rows_left_out import rows_left_out
from okrsync.checks.in010_cycle_assumed import cycle_assumed
from okrsync.checks.kr001_unmeasurable import unmeasurable
from okrsync.checks.kr002_no_baseline import no_baseline
from okrsync.checks.kr005_flat_target import flat_target
from okrsync.checks.ob001_no_key_results import no_key_results
from okrsync.checks.ob005_number_in_objective import number_in_objective
from okrsync.checks.rule import Rule

CHECKS: tuple[Rule, ...] = (
    unreadable_number,
    unreadable_date,
    uncached_formula,
    error_value,
    scale_unclear,
    text_and_column_disagree,
    duplicate_id,
    own_progress_differs,
    rows_left_out,
    cycle_assumed,
    no_key_results,
    number_in_objective,
    unmeasurable,
    no_baseline,
    flat_target,
    dangling_parent,
    ambiguous_parent,
    alignment_cycle,
    orphan,
    unsupported,
    off_pace,
    stale,
    status_contradicts_number,
)

FAMILIES = {
    "IN": "Input: what a sheet says",
    "OB": "Objectives",
    "KR": "Key results",
    "AL": "Alignment: who contributes to what",
    "CY": "Cadence: where it stands today",
}


def rule(code: str) -> Rule | None:
    """The rule of a code or name, in any case; None when there is none."""
    wanted = code.strip().casefold()
    return next((one for one in CHECKS if wanted in (one.code.casefold(), one.name)), None)


def catalogue_markdown() -> str:
    """docs/checks.md, made of the catalogue."""
    parts = [_HEAD]
    for family, title in FAMILIES.items():
        parts.append(f"## {title}\n")
        parts.extend(_section(one) for one in CHECKS if one.code.startswith(family))
    return "\n".join(parts)


def _section(one: Rule) -> str:
    prose, examples = _examples(one.doc)
    shown = f"\n```text\n{examples}\n```\n" if examples else ""
    return f"### {one.code} {one.name}\n\n*{one.severity}*\n\n{prose}\n{shown}\nFix: {one.fix}\n"


def _examples(doc: str) -> tuple[str, str]:
    """A docstring's prose, and its Weak and Strong lines."""
    lines = doc.splitlines()
    examples = [line for line in lines if line.startswith(("Weak:", "Strong:"))]
    prose = [line for line in lines if line not in examples]
    return "\n".join(prose).strip(), "\n".join(examples)


_HEAD = """# The checks

Made from the catalogue by `okrsync.checks.catalogue_markdown`; `okrsync checks` lists it and `okrsync explain CODE`
prints one. Codes never change. Errors make `okrsync audit` end with exit code 1; warnings and hints do not, unless
`--fail-on` says so. A check that is not wanted is named in the config, with the reason, which the report shows:

```toml
[checks]
ignore = { KR005 = "our service levels are meant to stay where they are" }
```
"""
