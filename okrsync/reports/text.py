"""Outcome → text for a terminal: the OKRs as they stand, the tree of objectives, and findings by severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from okrsync.cells import quoted
from okrsync.edits import Edit
from okrsync.findings import Finding, Severity
from okrsync.reports.figures import bar, goal, now, percent, rounded
from okrsync.reports.page import COLOURS, Look, Page, status_of, table_of, text_of
from okrsync.reports.words import count, findings_tally
from okrsync.scoring import Status
from okrsync.wording import FALLBACK, Words

if TYPE_CHECKING:
    from okrsync.model import Key, KeyResult, Objective
    from okrsync.review import Outcome, Review

_NAMES = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}
_WIDE = 110
"""From this width on owners have a column of their own."""


def read_text(outcome: Outcome, look: Look) -> str:
    """Every objective with its key results in the sheet's order, and what could not be read."""
    with Page(look) as page:
        for review in outcome.reviews:
            page.heading(_cycle_heading(review, look))
            shown = _as_many_as(review.okrs.objectives, look.rows)
            for (workbook, sheet), objectives in groupby(shown, lambda o: (o.key[0], o.key[1])):
                page.table(_okr_table(list(objectives), review, f"{workbook} {look.dash} {quoted(sheet)}", look))
            _legend(page, shown)
            _left_out(page, len(review.okrs.objectives) - len(shown))
        unread = [finding for finding in outcome.findings if finding.code.startswith("IN")]
        _findings(page, unread)
    return page.text


def audit_text(outcome: Outcome, look: Look, *, key_results: bool = False) -> str:
    """The tree of objectives with score and status, the counts, and every finding with its place and fix."""
    with Page(look) as page:
        for review in outcome.reviews:
            page.heading(_cycle_heading(review, look))
            page.table(_tree_table(review, look))
            _left_out(page, len(review.okrs.objectives) - (look.rows or len(review.okrs.objectives)))
            page.gap()
            page.line(_counts(review, look.words))
            if key_results:
                title = look.words.label("key_results")
                shown = _as_many_as(review.okrs.objectives, look.rows)
                page.table(_okr_table(shown, review, title, look))
                _legend(page, shown)
        _findings(page, outcome.findings)
    return page.text


def sync_text(outcome: Outcome, look: Look, *, dry_run: bool, edits: bool) -> str:
    """What was written where (`edits`: every one of them), where things stand, and how many findings there are."""
    with Page(look) as page:
        for workbook, planned in _edits(outcome).items():
            page.line(f"{workbook}: {_written(planned, dry_run=dry_run)}", style="bold")
            for edit in planned if edits or dry_run else ():
                page.line(str(edit), indent=2)
        for review in outcome.reviews:
            page.heading(_cycle_heading(review, look))
            page.table(_workbook_table(review, look))
        _tally(page, outcome.findings)
    return page.text


def _as_many_as(objectives: Sequence[Objective], rows: int | None) -> Sequence[Objective]:
    """The first objectives, as many as with their key results take so many rows."""
    if rows is None:
        return objectives
    taken = 0
    for at, objective in enumerate(objectives):
        if taken >= rows:
            return objectives[:at]
        taken += 1 + len(objective.key_results)
    return objectives


def _is_marked(one: KeyResult) -> bool:
    """Whether a baseline or a target was read from the sentence; due dates are not shown here."""
    return not {"baseline", "target", "change"}.isdisjoint(one.metric.from_sentence)


def _legend(page: Page, shown: Sequence[Objective]) -> None:
    if any(_is_marked(one) for objective in shown for one in objective.key_results):
        page.line(f"{page.look.mark} {page.look.words.label('report_from_sentence')}")


def _left_out(page: Page, objectives: int) -> None:
    if objectives > 0:
        page.gap()
        page.line(f"… and {count(objectives, 'more objective')}: -v shows all of them, --json too")


def _cycle_heading(review: Review, look: Look) -> str:
    cycle, own = review.cycle, look.words
    assumed = f" ({own.label('report_assumed')})" if cycle.assumed else ""
    days = own.label("cycle_days", start=cycle.start, end=cycle.end)
    return f"{cycle.name}{assumed} {look.dash} {days} {look.dash} {own.label('as_of').lower()} {review.today}"


def _okr_table(objectives: Sequence[Objective], review: Review, title: str, look: Look) -> Table:
    """Objective rows with their key results beneath, one column per thing a person asks about."""
    wide, label = look.width >= _WIDE, look.words.label
    table = table_of(title)
    table.add_column(label("item"), ratio=1, min_width=20, overflow="fold")
    if wide:
        table.add_column(label("owner"), width=14, no_wrap=True, overflow="ellipsis")
    table.add_column(label("report_goal"), width=18, overflow="fold")
    table.add_column(label("report_now"), width=11, overflow="fold")
    table.add_column(label("progress" if wide else "report_done"), width=17 if wide else 6, no_wrap=True)
    table.add_column(label("score"), width=5, no_wrap=True)
    table.add_column(label("status"), width=11, no_wrap=True)
    for objective in objectives:
        table.add_row(*_objective_cells(objective, review, look, wide=wide))
        for one in objective.key_results:
            table.add_row(*_key_result_cells(one, review, look, wide=wide))
    return table


def _objective_cells(objective: Objective, review: Review, look: Look, *, wide: bool) -> Iterator[Text]:
    score = review.scores.objectives.get(objective.key)
    yield text_of(_titled(objective), "bold")
    if wide:
        yield text_of(objective.owner or objective.team or "")
    yield from (text_of(""), text_of(""), text_of(""))
    yield text_of(_score(score.score if score else None), "bold")
    yield status_of(score.status if score else None, look.words)


def _key_result_cells(one: KeyResult, review: Review, look: Look, *, wide: bool) -> Iterator[RenderableType]:
    score = review.scores.key_results.get(one.key)
    progress = score.progress if score else None
    colour = COLOURS.get(score.status, "") if score else ""
    label = f"{one.label} " if one.label else ""
    yield Padding(text_of(label + one.title), (0, 0, 0, 2))
    if wide:
        yield text_of(one.owner or "")
    yield text_of(goal(one.metric, look.arrow) + (f" {look.mark}" if _is_marked(one) else ""))
    yield text_of(now(one.metric))
    shown = percent(progress).rjust(6)
    yield _bar(bar(progress, 10, unicode=look.unicode), shown, colour) if wide else Text(shown)
    yield text_of(_score(score.score if score else None))
    yield status_of(score.status if score else None, look.words)


def _bar(blocks: str, shown: str, colour: str) -> Text:
    return Text.assemble((blocks, colour), " ", shown)


def _titled(objective: Objective) -> str:
    label = f"{objective.label} " if objective.label else ""
    return label + (objective.title or "(no objective named)")


def _score(score: float | None) -> str:
    return "" if score is None else rounded(score, 2)


def _tree_table(review: Review, look: Look) -> Table:
    """Objectives under the objectives they contribute to."""
    table, label = table_of(""), look.words.label
    table.add_column(label("report_objective"), ratio=1, min_width=24, overflow="fold")
    table.add_column(label("report_level"), width=10, no_wrap=True)
    table.add_column(label("report_whose"), width=18, no_wrap=True, overflow="ellipsis")
    table.add_column(label("report_key_results"), width=3, justify="right")
    table.add_column(label("score"), width=5, no_wrap=True)
    table.add_column(label("status"), width=11, no_wrap=True)
    for objective, depth in islice(_tree(review), look.rows):
        table.add_row(*_tree_cells(objective, depth, review, look))
    return table


def _tree_cells(objective: Objective, depth: int, review: Review, look: Look) -> Iterator[RenderableType]:
    score = review.scores.objectives.get(objective.key)
    step = ("└ " if look.unicode else "- ") if depth else ""
    yield Padding(text_of(step + _titled(objective), "" if depth else "bold"), (0, 0, 0, 2 * max(depth - 1, 0)))
    yield text_of(look.words.levels[objective.level].lower())
    yield text_of(objective.team or objective.owner or "")
    yield text_of(str(len(objective.key_results)))
    yield text_of(_score(score.score if score else None) + ("*" if score and score.derived else ""))
    yield status_of(score.status if score else None, look.words)


def _tree(review: Review) -> Iterator[tuple[Objective, int]]:
    """Every objective of the cycle once with its depth, parents first; rings are entered at their first objective."""
    here = {objective.key: objective for objective in review.okrs.objectives}
    children = review.alignment.children
    below = {child for parent in here for child in children.get(parent, ())}
    seen: set[Key] = set()
    roots = [key for key in here if key not in below]
    for root in (*roots, *here):
        waiting = [(root, 0)]
        while waiting:
            key, depth = waiting.pop()
            if key in seen or key not in here:
                continue
            seen.add(key)
            yield here[key], depth
            waiting += [(child, depth + 1) for child in reversed(children.get(key, ()))]


def _workbook_table(review: Review, look: Look) -> Table:
    """One line per workbook: how much it holds and where it stands."""
    table = table_of("")
    table.add_column("Workbook", ratio=1, min_width=16, overflow="fold")
    table.add_column("Objectives", justify="right")
    table.add_column("Key results", justify="right")
    table.add_column("Where they stand", ratio=2)
    held: dict[str, list[Objective]] = {}
    for objective in review.okrs.objectives:
        held.setdefault(objective.key[0], []).append(objective)
    for workbook, objectives in held.items():
        ones = [one for objective in objectives for one in objective.key_results]
        stand = _stand(ones, review, look.words)
        table.add_row(text_of(workbook), str(len(objectives)), str(len(ones)), stand)
    return table


def _stand(ones: Sequence[KeyResult], review: Review, own: Words) -> Text:
    scores = review.scores.key_results
    counts = Counter(scores[one.key].status for one in ones if one.key in scores)
    parts = [(f"{counts[status]} {own.statuses[status]}", COLOURS[status]) for status in Status if counts[status]]
    return Text(own.label("comma")).join(Text(shown, style=colour) for shown, colour in parts)


def _counts(review: Review, own: Words) -> str:
    objectives, ones = review.okrs.objectives, [one for _, one in review.okrs.key_results()]
    derived = any(score.derived for score in review.scores.objectives.values())
    stand = _stand(ones, review, own).plain
    if own.language != FALLBACK:  # English alone counts in words that change with the number
        total = f"{own.label('objectives')} {len(objectives)} · {own.label('key_results')} {len(ones)}"
        return f"{total}: {stand}" + (f" (* {own.label('derived')})" if derived else "")
    total = f"{count(len(objectives), 'objective')}, {count(len(ones), 'key result')}"
    return f"{total}: {stand}" + (" (* from the objectives that contribute to it)" if derived else "")


def _edits(outcome: Outcome) -> dict[str, Sequence[Edit]]:
    """Every workbook that holds OKRs and did not fail, with its edits, also where there are none."""
    failed = {failure.where.partition("!")[0] for failure in outcome.failures}
    held = dict.fromkeys(table.workbook for table in outcome.tables)
    return {name: outcome.edits.get(name, ()) for name in (held | outcome.edits) if name not in failed}


def _written(planned: Sequence[Edit], *, dry_run: bool) -> str:
    if not planned:
        return "nothing to change"
    return f"{'would make' if dry_run else 'made'} {count(len(planned), 'edit')}"


def _findings(page: Page, findings: Sequence[Finding]) -> None:
    """Findings under their severity, the worst first; each with its place, code, message and fix."""
    for severity in Severity:
        some = [finding for finding in findings if finding.severity is severity]
        if not some:
            continue
        page.heading(f"{page.look.words.label(_NAMES[severity])} ({len(some)})")
        for finding in some:
            page.line(f"{finding.at}  {finding.code} {finding.name}", style=COLOURS[severity], indent=2)
            page.line(finding.message, indent=4)
            page.line(f"Fix: {finding.fix}", indent=4)


def _tally(page: Page, findings: Sequence[Finding]) -> None:
    if findings:
        page.gap()
        page.line(findings_tally(findings) + "; `okrsync audit` lists them, the OKR Gaps sheets too")
