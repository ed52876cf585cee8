"""Outcomes made by hand, as people and as programs read them."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any  # JSON as it comes

import pytest

from okrsync.alignment import Alignment
from okrsync.cells import UNCACHED, Area, CellError, CellRef, CellValue
from okrsync.edits import Block, BlockEdit, CellEdit, Edit, Look, MarkEdit, Role, SheetEdit, SheetKind
from okrsync.errors import OkrSyncError, WorkbookError
from okrsync.findings import Finding, Severity
from okrsync.model import (
    Change,
    Commitment,
    Cycle,
    KeyResult,
    Kind,
    Level,
    Metric,
    Objective,
    OkrSet,
    Place,
    Thresholds,
)
from okrsync.owncontent import OwnContent
from okrsync.reports import page, text
from okrsync.reports.figures import amount, bar, goal, now, number, percent, printable, rounded
from okrsync.reports.json import outcome_json
from okrsync.reports.words import count, findings_tally
from okrsync.review import Outcome, Review
from okrsync.scoring import KeyResultScore, ObjectiveScore, Scores, Status

Q4 = Cycle(name="2026-Q4", start=date(2026, 10, 1), end=date(2026, 12, 31))
COLUMNS = {"objective": 2, "key_result": 3, "target": 5}
REACH_5 = Metric(kind=Kind.REACH, target=5)


def place(row: int, field: str = "key_result", book: str = "team.xlsx") -> Place:
    return Place(book, "Q4", row, field, COLUMNS)


def key_result(row: int, title: str, metric: Metric = REACH_5, **more: Any) -> KeyResult:
    return KeyResult(id=f"KR{row}", title=title, metric=metric, place=place(row), **more)


def objective(row: int, title: str | None, *key_results: KeyResult, book: str = "team.xlsx", **more: Any) -> Objective:
    defaults: dict[str, Any] = {"id": f"O{row}", "cycle": Q4, "place": place(row, "objective", book)}
    return Objective(title=title, key_results=key_results, **{**defaults, **more})


DEPLOYS = key_result(
    4,
    "Shorten deploys from 45 to 30 minutes",
    Metric(kind=Kind.DECREASE, baseline=45, target=30, current=38, unit="minute", sources={"target": "cell"}),
    label="KR1",
    owner="Ana",
    updated=date(2026, 11, 18),
    confidence=0.7,
    status="green",
)
TALKS = key_result(5, "Give 5 talks")
FAST = objective(4, "Ship faster", DEPLOYS, TALKS, label="O1", owner="Ben", team="Platform", contributes_to=("C1",))
SCORES = Scores(
    {
        DEPLOYS.key: KeyResultScore(7 / 15, 7 / 15, Status.ON_TRACK, 0.549451),
        TALKS.key: KeyResultScore(None, None, Status.NO_DATA, 0.549451, ("baseline 0",), 0.0),
    },
    {FAST.key: ObjectiveScore(7 / 30, Status.NO_DATA)},
)
NO_BASELINE = Finding(
    "KR002",
    "no-baseline",
    Severity.WARNING,
    CellRef("team.xlsx", "Q4", 5, 4),
    "nobody knows how far there is to go",
    "fill the Baseline column",
)
UNREADABLE = Finding(
    "IN001", "unreadable-number", Severity.ERROR, CellRef("team.xlsx", "Q4", 5, 6), '"abt 4" is not a number', "type 4"
)
LEFT_OUT = Finding("IN009", "rows-left-out", Severity.INFO, "team.xlsx!'Notes'", "hidden sheet", "nothing to do")


def outcome(
    *objectives: Objective,
    scores: Scores = SCORES,
    alignment: Alignment | None = None,
    findings: Sequence[Finding] = (),
    edits: dict[str, tuple[Edit, ...]] | None = None,
    failures: Sequence[OkrSyncError] = (),
) -> Outcome:
    everything = OkrSet(objectives=objectives)
    reviews = tuple(
        Review(one, everything.of(one), everything, scores, alignment or Alignment(), date(2026, 11, 20), Thresholds())
        for one in everything.cycles()
    )
    return Outcome(reviews, (), tuple(findings), edits or {}, tuple(failures))


def read(made: Outcome, **more: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(outcome_json(made, **more), parse_constant=pytest.fail)
    return loaded


def test_an_objective_in_json_has_the_promised_fields_in_their_order() -> None:
    (one,) = read(outcome(FAST))["objectives"]

    promised = ["id", "title", "label", "owner", "team", "level", "cycle", "commitment", "contributes_to", "at"]
    assert [name for name in one if name in promised] == promised
    assert list(one)[-1] == "key_results"
    assert one["cycle"] == "2026-Q4"
    assert one["contributes_to"] == ["C1"]
    assert one["at"] == "team.xlsx!'Q4'!B4"
    assert one["score"] == 0.233333


def test_a_key_result_in_json_has_the_promised_fields_in_their_order() -> None:
    one = read(outcome(FAST))["objectives"][0]["key_results"][0]

    promised = (
        "id title label owner kind baseline target current unit comparator change assumed sources weight confidence "
    )
    promised += "start due updated commitment contributes_to status progress score computed_status at"
    assert [name for name in one if name in promised.split()] == promised.split()
    assert (one["kind"], one["baseline"], one["target"], one["unit"]) == ("decrease", 45, 30, "minute")
    assert one["progress"] == one["score"] == 0.466667
    assert (one["updated"], one["start"], one["weight"]) == ("2026-11-18", None, None)
    assert (one["status"], one["computed_status"], one["at"]) == ("green", "on track", "team.xlsx!'Q4'!C4")


def test_what_is_not_known_is_null_in_json() -> None:
    one = read(outcome(FAST))["objectives"][0]["key_results"][1]

    assert one["progress"] is one["score"] is one["current"] is one["owner"] is None
    assert one["assumed"] == ["baseline 0"]


def test_what_is_no_number_is_null_in_json() -> None:
    strange = key_result(4, "Grow", Metric(kind=Kind.REACH, target=math.inf, current=math.nan))
    scores = Scores({strange.key: KeyResultScore(math.nan, None, Status.NO_DATA, None)})

    one = read(outcome(objective(4, "Grow", strange), scores=scores))["objectives"][0]["key_results"][0]
    assert one["target"] is one["current"] is one["progress"] is None


def test_json_numbers_are_without_binary_noise() -> None:
    share = key_result(4, "Raise", Metric(kind=Kind.REACH, target=0.468 * 100, unit="%"))

    assert '"target": 46.8,' in outcome_json(outcome(objective(4, "Raise", share)))


def test_key_results_without_an_objective_have_a_null_title_in_json() -> None:
    assert read(outcome(objective(4, None, TALKS)))["objectives"][0]["title"] is None


def test_a_wanted_change_in_json_says_how_it_is_meant() -> None:
    more = key_result(9, "Grow by 20%", Metric(kind=Kind.INCREASE, change=Change(mode="relative", value=20)))

    one = read(outcome(objective(4, "Grow", more)))["objectives"][0]["key_results"][0]
    assert one["change"] == {"mode": "relative", "value": 20}
    assert one["computed_status"] is None


def test_objectives_of_several_cycles_stand_in_the_sheets_order() -> None:
    q3 = Cycle(name="2026-Q3", start=date(2026, 7, 1), end=date(2026, 9, 30))

    made = outcome(objective(2, "Q4 first"), objective(3, "Q3 second", cycle=q3), objective(4, "Q4 third"))
    assert [one["title"] for one in read(made)["objectives"]] == ["Q4 first", "Q3 second", "Q4 third"]


def test_nothing_read_is_an_empty_list_in_json() -> None:
    assert read(outcome()) == {"objectives": [], "findings": []}


def test_findings_in_json_name_place_and_fix() -> None:
    assert read(outcome(FAST, findings=[NO_BASELINE, LEFT_OUT]))["findings"] == [
        {
            "code": "KR002",
            "name": "no-baseline",
            "severity": "warning",
            "at": "team.xlsx!'Q4'!D5",
            "message": "nobody knows how far there is to go",
            "fix": "fill the Baseline column",
        },
        {
            "code": "IN009",
            "name": "rows-left-out",
            "severity": "info",
            "at": "team.xlsx!'Notes'",
            "message": "hidden sheet",
            "fix": "nothing to do",
        },
    ]


def test_failures_in_json_say_what_and_how_to_mend_it() -> None:
    made = outcome(failures=[WorkbookError("a.xlsx", "is encrypted", "take the password away")])

    assert read(made)["failures"] == [{"where": "a.xlsx", "problem": "is encrypted", "fix": "take the password away"}]


def edit(before: CellValue, after: CellValue) -> CellEdit:
    return CellEdit(CellRef("team.xlsx", "Q4", 7, 8), before, after, Look.TEXT)


BLOCK = Block(3, 5, {Role.PROGRESS: 8})
BLOCK_EDIT = BlockEdit("Q4", BLOCK, Area(3, 1, 5, 7), False, {}, True)
SHEET_EDIT = SheetEdit(SheetKind.GAPS, "OKR Gaps", OwnContent((), ()))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        ("on track", "on track"),
        (True, True),
        (0.46666666, 0.466667),
        (3.0, 3),
        (math.nan, None),
        (date(2026, 11, 20), "2026-11-20"),
        (datetime(2026, 11, 20, 8, 30), "2026-11-20T08:30:00"),
        (timedelta(hours=2), "2:00:00"),
        (CellError("#REF!"), "#REF!"),
        (UNCACHED, "formula without a stored result"),
    ],
)
def test_every_kind_of_value_has_its_json(value: CellValue, shown: object) -> None:
    (one,) = read(outcome(edits={"team.xlsx": (edit(value, value),)}), edits=True)["edits"]

    assert one == {"at": "team.xlsx!'Q4'!H7", "before": shown, "after": shown}


def test_edits_of_whole_columns_and_sheets_say_in_words_what_they_do() -> None:
    made = read(outcome(edits={"team.xlsx": (BLOCK_EDIT, SHEET_EDIT, MarkEdit("2026-Q4"))}), edits=True)

    assert made["edits"] == [
        {"at": "team.xlsx!'Q4'", "what": "'Q4': add our columns for rows 3 to 5: progress H"},
        {"at": "team.xlsx!'OKR Gaps'", "what": "'OKR Gaps': add our sheet (0 rows)"},
        {"at": "team.xlsx", "what": "keep the cycle 2026-Q4 with our marks"},
    ]
    assert made["failures"] == []


def test_json_keeps_every_character_and_none_that_drives_a_terminal() -> None:
    hostile = "目标 🚢 \x1b[31mred\x9b2J \u202eback \ud800"

    printed = outcome_json(outcome(objective(4, hostile)))
    assert "目标 🚢" in printed
    assert not set("\x1b\x9b\u202e\ud800") & set(printed)
    assert json.loads(printed)["objectives"][0]["title"] == hostile


NARROW = page.Look(width=80, unicode=False)


def test_read_shows_objectives_with_their_key_results_beneath() -> None:
    shown = text.read_text(outcome(FAST), page.Look())

    lines = [line.split() for line in shown.splitlines()]
    assert shown.startswith("2026-Q4 · 2026-10-01 to 2026-12-31 · as of 2026-11-20")
    assert "team.xlsx · 'Q4'" in shown
    assert ["O1", "Ship", "faster", "Ben", "0.23", "no", "data"] in lines
    assert "45 → 30 minutes" in shown
    assert "38 minutes" in shown
    assert "████▋░░░░░   47 %" in shown
    assert "\x1b" not in shown


def test_a_narrow_terminal_without_unicode_gets_plain_signs() -> None:
    shown = text.read_text(outcome(FAST), NARROW)

    assert "45 -> 30 minutes" in shown
    assert shown.isascii()
    assert max(map(len, shown.splitlines())) <= 80


def test_colours_are_used_where_the_terminal_has_them() -> None:
    assert "\x1b[32mon track" in text.read_text(outcome(FAST), page.Look(colour=True))


def test_cell_text_is_neither_markup_nor_escape() -> None:
    hostile = objective(4, "[red]Sell[/red] \x1b[2J :ship:\nmore", TALKS)

    shown = text.read_text(outcome(hostile), page.Look(colour=True))
    assert "[red]Sell[/red]  [2J :ship: more" in shown
    assert "\x1b[2J" not in shown


def test_read_shows_what_could_not_be_read_and_no_other_finding() -> None:
    shown = text.read_text(outcome(FAST, findings=[NO_BASELINE, UNREADABLE]), page.Look())

    assert "Errors (1)" in shown
    assert "team.xlsx!'Q4'!F5  IN001 unreadable-number" in shown
    assert "KR002" not in shown


def test_audit_shows_findings_by_severity_with_place_and_fix() -> None:
    shown = text.audit_text(outcome(FAST, findings=[LEFT_OUT, NO_BASELINE, UNREADABLE]), page.Look())

    assert shown.index("Errors (1)") < shown.index("Warnings (1)") < shown.index("For information (1)")
    assert (
        "  team.xlsx!'Q4'!D5  KR002 no-baseline\n    nobody knows how far there is to go\n    Fix: fill the B" in shown
    )


def test_audit_shows_objectives_under_those_they_contribute_to() -> None:
    top = objective(2, "Win", level=Level.COMPANY, book="company.xlsx")
    scores = Scores(SCORES.key_results, {**SCORES.objectives, top.key: ObjectiveScore(0.25, Status.ON_TRACK, True)})
    below = Alignment(children={top.key: (FAST.key,)})

    shown = text.audit_text(outcome(FAST, top, scores=scores, alignment=below), page.Look())
    assert shown.index("Win") < shown.index("└ O1 Ship faster")
    assert "0.25*" in shown
    assert "2 objectives, 2 key results: 1 no data, 1 on track (* from the objectives that contribute to it)" in shown


def test_audit_shows_a_ring_of_objectives_once() -> None:
    one, two = objective(2, "Chicken"), objective(3, "Egg")
    ring = Alignment(children={one.key: (two.key,), two.key: (one.key,)})

    shown = text.audit_text(outcome(one, two, alignment=ring), page.Look())
    assert (shown.count("Chicken"), shown.count("Egg")) == (1, 1)


def test_a_verbose_audit_shows_the_key_results_too() -> None:
    assert "Give 5 talks" in text.audit_text(outcome(FAST), page.Look(), key_results=True)
    assert "Give 5 talks" not in text.audit_text(outcome(FAST), page.Look())


def test_an_assumed_cycle_is_said_to_be_one() -> None:
    assumed = Q4.model_copy(update={"assumed": True})

    assert "2026-Q4 (assumed)" in text.read_text(outcome(objective(4, "Win", cycle=assumed)), page.Look())


def test_what_is_too_long_to_read_is_cut_and_said_to_be() -> None:
    many = [objective(row, f"Aim {row}", key_result(row, f"Result {row}")) for row in range(4, 10)]

    shown = text.read_text(outcome(*many), page.Look(rows=4))
    assert "Result 5" in shown
    assert "Aim 6" not in shown
    assert "… and 4 more objectives: -v shows all of them, --json too" in shown
    assert "… and 2 more objectives" in text.audit_text(outcome(*many), page.Look(rows=4))
    assert "more objective" not in text.audit_text(outcome(*many), page.Look())


def test_sync_says_how_much_it_wrote_and_where_things_stand() -> None:
    made = outcome(FAST, findings=[NO_BASELINE], edits={"team.xlsx": (edit(None, 0.47), SHEET_EDIT), "b.xlsx": ()})

    shown = text.sync_text(made, page.Look(), dry_run=False, edits=False)
    assert shown.startswith("team.xlsx: made 2 edits\nb.xlsx: nothing to change\n")
    assert "1 no data, 1 on track" in shown
    assert "1 warning; `okrsync audit` lists them" in shown
    assert "blank" not in shown


def test_sync_does_not_claim_what_failed() -> None:
    made = outcome(
        FAST, edits={"team.xlsx": (edit(None, 0.47),)}, failures=[WorkbookError("team.xlsx", "open", "close")]
    )

    assert "made" not in text.sync_text(made, page.Look(), dry_run=False, edits=True)


def test_a_dry_run_prints_the_very_edits() -> None:
    made = outcome(edits={"team.xlsx": (edit(None, 0.47), edit("\x1b[1mBad", None))})

    shown = text.sync_text(made, page.Look(), dry_run=True, edits=False)
    assert shown == "team.xlsx: would make 2 edits\n  'Q4'!H7: blank → 0.47\n  'Q4'!H7: \"[1mBad\" → blank\n".replace(
        '"[1m', '" [1m'
    )


def test_long_edits_are_not_cut_off() -> None:
    shown = text.sync_text(outcome(edits={"team.ods": (edit(None, "x" * 300),)}), NARROW, dry_run=True, edits=False)

    assert shown.count("x") == 300


def metric(**given: Any) -> Metric:
    return Metric(**{"kind": Kind.REACH, **given})


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (metric(baseline=45, target=30, unit="day"), "45 → 30 days"),
        (metric(target=0.95, unit="USD"), "0.95 USD"),
        (metric(target=95, unit="%", comparator=">="), ">= 95 %"),
        (metric(target=4, upper=6, unit="day"), "4 to 6 days"),
        (metric(target=1, yes_no=True), "done"),
        (metric(yes_no=True), "done"),
        (metric(), ""),
        (metric(change=Change(mode="relative", value=20)), "+20 %"),
        (metric(baseline=8, change=Change(mode="multiple", value=3)), "8, × 3"),
        (metric(change=Change(mode="absolute", value=-2), unit="hour"), "-2 hours"),
    ],
)
def test_a_goal_is_short(given: Metric, shown: str) -> None:
    assert goal(given) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (metric(current=1, unit="day"), "1 day"),
        (metric(), ""),
        (metric(kind=Kind.MILESTONE, current=0.6), "60 %"),
        (metric(kind=Kind.MILESTONE, current=1, yes_no=True), "done"),
        (metric(kind=Kind.MILESTONE, current=0, yes_no=True), "open"),
        (metric(kind=Kind.MILESTONE, current=0.5, yes_no=True), "50 %"),
    ],
)
def test_where_a_key_result_stands_is_short(given: Metric, shown: str) -> None:
    assert now(given) == shown


def test_numbers_are_shown_as_people_write_them() -> None:
    assert [number(value) for value in (2_000_000.0, 4.5, 0.0, -1234.5678901, 1e20, 0.00001)] == [
        "2,000,000",
        "4.5",
        "0",
        "-1,234.5679",
        "1e+20",
        "1e-05",
    ]
    assert amount(None, "day") == ""
    assert amount(3, "家") == "3 家"


def test_halves_are_rounded_away_from_zero_as_excel_does() -> None:
    assert [rounded(value, 2) for value in (0.125, -0.125, 1.005, -0.001, 2.0)] == [
        "0.13",
        "-0.13",
        "1.01",
        "0.00",
        "2.00",
    ]
    assert [percent(value) for value in (0.465, -0.2, 1.25, None, 1e30)] == [
        "47 %",
        "-20 %",
        "125 %",
        "",
        "1.000e+32 %",
    ]


def test_a_bar_is_as_long_as_the_share() -> None:
    assert [bar(share, 4, unicode=False) for share in (0.0, 0.5, 1.2, -1.0, None)] == [
        "....",
        "##..",
        "####",
        "....",
        "    ",
    ]
    assert bar(0.53, 4, unicode=True) == "██▏░"


def test_text_is_made_printable_on_one_line() -> None:
    assert (
        printable("\x1b]0;evil\x07 a\r\nb \u202etxt\u200b 目标 👩\u200d🚀\ud83d")
        == "]0;evil  a b  txt  目标 👩\u200d🚀"
    )


def test_counts_are_said_in_words() -> None:
    assert [count(n, "error") for n in (0, 1, 2)] == ["no errors", "1 error", "2 errors"]
    assert findings_tally([UNREADABLE, NO_BASELINE, NO_BASELINE, LEFT_OUT]) == "1 error, 2 warnings, 1 for information"
    assert findings_tally([]) == "no findings"


def test_an_aspirational_objective_is_one_in_json() -> None:
    assert read(outcome(objective(4, "Moon", commitment=Commitment.ASPIRATIONAL)))["objectives"][0]["commitment"] == (
        "aspirational"
    )
