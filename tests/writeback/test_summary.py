"""What "OKR Summary" and "OKR Gaps" hold, reviewed as text: one line per row, cells between bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import dedent

from okrsync.alignment import Alignment, Link
from okrsync.cells import Area, CellRef
from okrsync.findings import Finding, Severity
from okrsync.model import Cycle, Key, KeyResult, Kind, Level, Metric, Objective, OkrSet, Place, Thresholds
from okrsync.owncontent import OwnCell, OwnContent, Tone
from okrsync.review import Review
from okrsync.scoring import KeyResultScore, ObjectiveScore, Scores, Status
from okrsync.wording import words
from okrsync.writeback.gaps import gaps_content
from okrsync.writeback.summary import KEY_RESULT_ROWS, OBJECTIVE_ROWS, summary_content

TODAY = date(2026, 11, 20)
Q4 = Cycle(name="2026-Q4", start=date(2026, 10, 1), end=date(2026, 12, 31))
Q3 = Cycle(name="2026-Q3", start=date(2026, 7, 1), end=date(2026, 9, 30))
EN = words("en")
COLUMNS = {"objective": 1, "key_result": 2}
SCORES = {Status.ON_TRACK: 0.6, Status.AT_RISK: 0.4, Status.OFF_TRACK: 0.2, Status.ACHIEVED: 1.0, Status.NO_DATA: None}


def kr(
    title: str, status: Status, row: int, book: str = "team.xlsx", label: str | None = None
) -> tuple[KeyResult, Status]:
    place = Place(book, "Q4", row, "key_result", COLUMNS)
    return KeyResult(id=f"K{row}", title=title, label=label, metric=Metric(kind=Kind.REACH), place=place), status


def objective(
    title: str | None,
    row: int,
    *key_results: tuple[KeyResult, Status],
    team: str | None = None,
    level: Level = Level.TEAM,
    owner: str | None = None,
    cycle: Cycle = Q4,
    book: str = "team.xlsx",
    label: str | None = None,
) -> tuple[Objective, dict[Key, Status]]:
    made = Objective(
        id=f"O{row}",
        title=title,
        label=label,
        team=team,
        level=level,
        owner=owner,
        cycle=cycle,
        key_results=tuple(each for each, _ in key_results),
        place=Place(book, "Q4", row, "objective", COLUMNS),
    )
    return made, {each.key: status for each, status in key_results}


def reviews(*made: tuple[Objective, dict[Key, Status]], links: Sequence[Link] = ()) -> tuple[Review, ...]:
    """One review per cycle; a key result's score follows from its status, an objective's is the mean."""
    everything = OkrSet(objectives=tuple(o for o, _ in made))
    by_key_result: dict[Key, KeyResultScore] = {}
    by_objective: dict[Key, ObjectiveScore] = {}
    for o, statuses in made:
        found = [SCORES[s] for s in statuses.values()]
        known = [score for score in found if score is not None]
        mean = sum(known) / len(found) if found else None
        worst = max(statuses.values(), key=lambda s: -(SCORES[s] or 0.0), default=Status.NO_DATA)
        by_objective[o.key] = ObjectiveScore(mean, worst)
        for key, status in statuses.items():
            score = SCORES[status]
            assumed = ("baseline 0",) if status is Status.OFF_TRACK else ()
            by_key_result[key] = KeyResultScore(score, score, status, 0.55, assumed)
    scores = Scores(by_key_result, by_objective)
    alignment = Alignment(links=tuple(links))
    return tuple(
        Review(cycle, everything.of(cycle), everything, scores, alignment, TODAY, Thresholds())
        for cycle in everything.cycles()
    )


def drawn(content: OwnContent, columns: int = 7) -> str:
    """The left part of a sheet as text."""
    lines = []
    for row in content.rows:
        cells = [f"{'. ' * cell.indent}{'' if cell.value is None else cell.value}" for cell in row[:columns]]
        lines.append(" | ".join(cells).rstrip(" |"))
    return "\n".join(lines).strip()


COMPANY = (
    objective(
        "Delight our customers",
        2,
        kr("Raise NPS from 32 to 50", Status.ON_TRACK, 2, label="KR1"),
        kr("Cut response time from 9 to 4 hours", Status.OFF_TRACK, 3, label="KR2"),
        level=Level.COMPANY,
        owner="Ann",
        label="O1",
    ),
    objective("Ship weekly", 4, kr("100 % of teams on CI", Status.ACHIEVED, 4), team="Platform", owner="Bo"),
    objective("Sell more", 5, kr("Win 20 logos", Status.AT_RISK, 5), kr("=1+1", Status.NO_DATA, 6), team="Sales"),
)


def lines(content: OwnContent, columns: int = 7) -> list[str]:
    return drawn(content, columns).split("\n")


def test_the_summary_lists_levels_teams_objectives_and_key_results() -> None:
    content = summary_content(reviews(*COMPANY), "team.xlsx", TODAY, EN)

    assert drawn(content) == dedent("""\
        okrsync rewrites this sheet; notes belong elsewhere.
        Where our OKRs stand
        As of 2026-11-20
        Objectives: 3  ·  Key results: 5  ·  1 achieved, 1 on track, 1 at risk, 1 no data, 1 off track

        Objective / key result | Owner | Status | Score | Progress | Expected today | Remarks
        Cycle 2026-Q4 |  | off track | 0.533333 |  |  | 2026-10-01 to 2026-12-31
        Company |  | off track | 0.4 |  |  | 1 on track, 1 off track
        . O1: Delight our customers | Ann | off track | 0.4 |  |  | 1 on track, 1 off track
        . . KR1: Raise NPS from 32 to 50 |  | on track | 0.6 | 0.6 | 0.55
        . . KR2: Cut response time from 9 to 4 hours |  | off track | 0.2 | 0.2 | 0.55 | assumed: baseline 0
        Team |  | no data | 0.6 |  |  | 1 achieved, 1 at risk, 1 no data
        . Platform |  | achieved | 1.0 |  |  | 1 achieved
        . . Ship weekly | Bo | achieved | 1.0 |  |  | 1 achieved
        . . . 100 % of teams on CI |  | achieved | 1.0 | 1.0 | 0.55
        . Sales |  | no data | 0.2 |  |  | 1 at risk, 1 no data
        . . Sell more | no owner | no data | 0.2 |  |  | 1 at risk, 1 no data
        . . . Win 20 logos |  | at risk | 0.4 | 0.4 | 0.55
        . . . =1+1 |  | no data |  |  | 0.55""")


def test_the_summary_speaks_chinese() -> None:
    content = summary_content(reviews(COMPANY[1]), "team.xlsx", TODAY, words("zh"))

    assert drawn(content) == dedent("""\
        本表由 okrsync 自动重写，备注请写在别处。
        OKR 进展总览
        截至 2026-11-20
        目标: 1  ·  关键结果: 1  ·  1 已达成

        目标 / 关键结果 | 负责人 | 状态 | 得分 | 进度 | 今日应达 | 备注
        周期 2026-Q4 |  | 已达成 | 1.0 |  |  | 2026-10-01 至 2026-12-31
        团队 · Platform |  | 已达成 | 1.0 |  |  | 1 已达成
        . Ship weekly | Bo | 已达成 | 1.0 |  |  | 1 已达成
        . . 100 % of teams on CI |  | 已达成 | 1.0 | 1.0 | 0.55""")


def test_each_statement_links_to_its_cell() -> None:
    content = summary_content(reviews(COMPANY[0]), "team.xlsx", TODAY, EN)

    links = {row[0].value: row[7].link.in_workbook for row in content.rows if len(row) > 7 and row[7].link}
    assert links == {
        "O1: Delight our customers": "'Q4'!A2",
        "KR1: Raise NPS from 32 to 50": "'Q4'!B2",
        "KR2: Cut response time from 9 to 4 hours": "'Q4'!B3",
    }


def test_scores_have_bars_and_statuses_have_colours() -> None:
    content = summary_content(reviews(*COMPANY), "team.xlsx", TODAY, EN)

    assert [area.a1 for area in content.bars] == ["D7:D19"]
    assert content.statuses["off track"] == "red"
    assert content.rows[6][2] == OwnCell("off track", Tone.STATUS)
    assert content.frozen_rows == 6
    assert len(content.widths) >= max(len(row) for row in content.rows)


def test_only_the_as_of_row_differs_from_day_to_day() -> None:
    one, other = (summary_content(reviews(*COMPANY), "team.xlsx", day, EN) for day in (TODAY, date(2026, 11, 21)))

    assert {i for i, (a, b) in enumerate(zip(one.rows, other.rows, strict=True), 1) if a != b} == one.as_of_rows == {3}


def test_charts_are_drawn_from_figures_on_the_sheet_itself() -> None:
    content = summary_content(reviews(*COMPANY), "team.xlsx", TODAY, EN)

    scores, statuses = content.charts
    assert values(content, scores.labels) == ["O1: Delight our customers", "Ship weekly", "Sell more"]
    assert values(content, scores.series[0][1]) == [0.4, 1.0, 0.2]
    assert values(content, statuses.labels) == ["Company", "Team · Platform", "Team · Sales"]
    assert {name: values(content, area) for name, area, _ in statuses.series} == {
        "achieved": [None, 1.0, None],
        "on track": [1.0, None, None],
        "at risk": [None, None, 1.0],
        "no data": [None, None, 1.0],
        "off track": [1.0, None, None],
    }
    assert statuses.stacked


def values(content: OwnContent, area: Area) -> list[object]:
    return [content.rows[row - 1][area.left - 1].value for row in range(area.top, area.bottom + 1)]


def test_charts_do_not_cover_each_other_or_their_figures() -> None:
    content = summary_content(reviews(*COMPANY), "team.xlsx", TODAY, EN)

    first, second = content.charts
    assert first.corner[0] > content.frozen_rows
    assert first.corner[0] + first.size[0] <= second.corner[0]
    assert second.corner[0] + second.size[0] < first.labels.top


def test_many_objectives_are_charted_per_team() -> None:
    made = [objective(f"Objective {i}", i + 2, team=f"Team {i % 2}") for i in range(40)]

    content = summary_content(reviews(*made), "team.xlsx", TODAY, EN)

    assert values(content, content.charts[0].labels) == ["Team · Team 0", "Team · Team 1"]
    assert content.charts[0].title == "Mean score per team"


def test_what_is_contributed_to_is_named_with_its_owner_and_nothing_else_of_other_workbooks_shows() -> None:
    theirs = objective(
        "Grow worldwide",
        2,
        kr("Secret key result", Status.ON_TRACK, 2, "company.xlsx"),
        owner="Cy",
        book="company.xlsx",
    )
    secret = objective("Secret objective", 9, owner="Dee", book="company.xlsx")
    ours = objective("Sell more", 2, kr("Win 20 logos", Status.AT_RISK, 2))
    links = [Link(ours[0].key, theirs[0].key, "O1", "label")]

    content = summary_content(reviews(theirs, secret, ours, links=links), "team.xlsx", TODAY, EN)

    assert ". . contributes to: Grow worldwide (Cy)" in lines(content)
    assert "Secret" not in drawn(content, 20)
    assert not any(cell.link.workbook != "team.xlsx" for row in content.rows for cell in row if cell.link)


def test_a_key_result_that_is_contributed_to_is_named_by_its_objective() -> None:
    theirs = objective("Grow worldwide", 2, kr("Secret", Status.ON_TRACK, 2, "company.xlsx"), book="company.xlsx")
    ours = objective("Sell more", 2, kr("Win 20 logos", Status.AT_RISK, 2))
    links = [Link(ours[0].key_results[0].key, theirs[0].key_results[0].key, "KR1", "label")]

    content = summary_content(reviews(theirs, ours, links=links), "team.xlsx", TODAY, EN)

    assert ". . . contributes to: Grow worldwide" in lines(content)
    assert "Secret" not in drawn(content, 20)


def test_a_parent_in_this_workbook_is_linked() -> None:
    links = [Link(COMPANY[1][0].key, COMPANY[0][0].key, "O1", "label")]

    content = summary_content(reviews(*COMPANY, links=links), "team.xlsx", TODAY, EN)

    (cell,) = [row[0] for row in content.rows if row and str(row[0].value).startswith("contributes to")]
    assert cell.link == CellRef("team.xlsx", "Q4", 2, 1)
    assert cell.value == "contributes to: O1: Delight our customers (Ann)"


def test_the_cycle_of_today_stands_first_then_the_latest() -> None:
    q2 = Cycle(name="2026-Q2", start=date(2026, 4, 1), end=date(2026, 6, 30), assumed=True)
    made = [objective(f"In {cycle.name}", i + 2, cycle=cycle) for i, cycle in enumerate((q2, Q3, Q4))]

    content = summary_content(reviews(*made), "team.xlsx", TODAY, EN)

    headings = [(row[0].value, row[6].value) for row in content.rows if row and row[0].tone is Tone.HEADING]
    assert headings == [
        ("Cycle 2026-Q4", "2026-10-01 to 2026-12-31"),
        ("Cycle 2026-Q3", "2026-07-01 to 2026-09-30"),
        ("Cycle 2026-Q2", "assumed: the sheet names no cycle"),
    ]


def test_key_results_without_an_objective_are_listed_under_a_name_of_their_own() -> None:
    content = summary_content(
        reviews(objective(None, 2, kr("Win 20 logos", Status.AT_RISK, 2))), "team.xlsx", TODAY, EN
    )

    assert lines(content)[8] == ". (key results without an objective) |  | at risk | 0.4 |  |  | 1 at risk"
    assert lines(content)[3].startswith("Objectives: 0  ·  Key results: 1")
    assert [chart.title for chart in content.charts] == ["Key results by status"]


def test_a_derived_score_says_so() -> None:
    made = objective("Grow", 2)
    (review,) = reviews(made)
    derived = Scores({}, {made[0].key: ObjectiveScore(0.5, Status.ON_TRACK, derived=True)})
    changed = Review(Q4, review.okrs, review.everything, derived, review.alignment, TODAY, review.thresholds)

    content = summary_content((changed,), "team.xlsx", TODAY, EN)

    assert content.rows[8][6].value == "score derived from contributing objectives"


def test_what_was_not_scored_is_listed_without_figures() -> None:
    (review,) = reviews(COMPANY[1])
    unscored = Review(Q4, review.okrs, review.everything, Scores(), review.alignment, TODAY, review.thresholds)

    content = summary_content((unscored,), "team.xlsx", TODAY, EN)

    assert lines(content)[8:10] == [". Ship weekly | Bo", ". . 100 % of teams on CI"]


def test_without_objectives_of_this_workbook_the_sheet_says_so() -> None:
    content = summary_content(reviews(*COMPANY), "other.xlsx", TODAY, EN)

    assert lines(content)[3] == "No objectives in this cycle."
    assert content.charts == ()


def test_text_of_cells_is_one_short_line() -> None:
    made = objective("Win\nthe\x07 market " + "x" * 1_000_000, 2, owner=" \t ", label="O1\n")

    content = summary_content(reviews(made), "team.xlsx", TODAY, EN)

    assert str(content.rows[8][0].value).startswith("O1: Win the market xxx")
    assert len(str(content.rows[8][0].value)) == len("O1: ") + 200
    assert content.rows[8][1].value == "no owner"


def test_a_large_workbook_gets_objectives_without_their_key_results_and_a_row_that_says_so() -> None:
    many = [
        objective(f"O {i}", i * 10 + 2, *(kr("KR", Status.ON_TRACK, i * 10 + j) for j in range(4))) for i in range(800)
    ]
    assert KEY_RESULT_ROWS < 800 * 4

    content = summary_content(reviews(*many), "team.xlsx", TODAY, EN)

    assert len(content.rows) < 900
    assert lines(content)[-1].startswith("3200 key results are not listed one by one")


def test_a_huge_workbook_gets_as_many_objectives_as_people_can_scroll() -> None:
    many = [objective(f"O {i}", i + 2) for i in range(OBJECTIVE_ROWS + 5)]

    content = summary_content(reviews(*many), "team.xlsx", TODAY, EN)

    assert lines(content)[-1] == "5 further objectives are not listed."
    assert len(content.rows) < OBJECTIVE_ROWS + 20


def finding(code: str, severity: Severity, at: CellRef | str, message: str = "It is so.") -> Finding:
    return Finding(code, "some-name", severity, at, message, "change it.")


def test_the_gaps_stand_by_severity_then_by_place() -> None:
    found = [
        finding("KR002", Severity.WARNING, CellRef("team.xlsx", "Q4", 9, 2)),
        finding("IN009", Severity.INFO, "team.xlsx!'Old notes'"),
        finding("AL004", Severity.WARNING, CellRef("team.xlsx", "Q4", 3, 1)),
        finding("IN001", Severity.ERROR, CellRef("team.xlsx", "Q4", 20, 4), '"abt 40%" is not a number.'),
        finding("IN010", Severity.WARNING, "team.xlsx"),
        finding("KR002", Severity.ERROR, CellRef("other.xlsx", "Q4", 1, 1)),
        finding("KR002", Severity.ERROR, "other.xlsx"),
    ]

    content = gaps_content(found, "team.xlsx", TODAY, EN)

    assert drawn(content) == dedent("""\
        okrsync rewrites this list; notes belong elsewhere.
        What the OKRs still need
        As of 2026-11-20
        Errors: 1  ·  Warnings: 3  ·  Hints: 1

        Severity | Code | Finding | Where | What okrsync saw | How to fix it
        error | IN001 | unreadable number | 'Q4'!D20 | "abt 40%" is not a number. | change it.
        warning | IN010 | cycle assumed | team.xlsx | It is so. | change it.
        warning | AL004 | contributes to nothing | 'Q4'!A3 | It is so. | change it.
        warning | KR002 | no baseline | 'Q4'!B9 | It is so. | change it.
        info | IN009 | rows left out | Old notes | It is so. | change it.""")
    assert content.statuses == {"error": "red", "warning": "amber", "info": "grey"}
    assert content.filter == Area(6, 1, 11, 6)
    assert [row[3].link and row[3].link.in_workbook for row in content.rows[6:]] == [
        "'Q4'!D20",
        None,
        "'Q4'!A3",
        "'Q4'!B9",
        "'Old notes'!A1",
    ]


def test_a_code_without_short_words_shows_its_name() -> None:
    content = gaps_content([finding("ZZ001", Severity.INFO, "team.xlsx")], "team.xlsx", TODAY, words("zh"))

    assert lines(content)[-1] == "提示 | ZZ001 | some name | team.xlsx | It is so. | change it."


def test_a_workbook_without_findings_gets_a_friendly_line() -> None:
    content = gaps_content([], "team.xlsx", TODAY, EN)

    assert lines(content)[-1] == "Nothing to fix: no findings in this workbook."
    assert content.filter is None


def test_more_findings_than_people_read_are_counted_in_a_last_row() -> None:
    found = [finding("KR002", Severity.WARNING, CellRef("team.xlsx", "Q4", row, 2)) for row in range(1, 5_100)]

    content = gaps_content(found, "team.xlsx", TODAY, EN)

    assert lines(content)[-1] == "99 further findings are not listed; the most severe stand above."
    assert len(content.rows) == 6 + 5_000 + 1


def test_a_sheet_name_with_a_quote_is_linked_as_it_is() -> None:
    content = gaps_content([finding("IN009", Severity.INFO, "team.xlsx!'Ann''s'")], "team.xlsx", TODAY, EN)

    assert content.rows[6][3].value == "Ann's"
    assert content.rows[6][3].link == CellRef("team.xlsx", "Ann's", 1, 1)


def test_a_workbook_whose_name_begins_alike_is_another() -> None:
    content = gaps_content([finding("IN009", Severity.INFO, "team.xlsx.old")], "team.xlsx", TODAY, EN)

    assert lines(content)[-1].startswith("Nothing to fix")
