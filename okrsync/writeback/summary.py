"""The layout authority of "OKR Summary": what the sheet holds, cell by cell, for one workbook (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from okrsync.cells import Area, CellRef
from okrsync.edits import SheetKind
from okrsync.model import Cycle, Key, KeyResult, Level, Objective
from okrsync.oneline import one_line
from okrsync.owncontent import OwnCell, OwnContent, Tone
from okrsync.review import Review
from okrsync.scoring import KeyResultScore
from okrsync.wording import Words
from okrsync.writeback.summary_charts import COLUMN as CHART_COLUMN
from okrsync.writeback.summary_charts import WIDTHS as CHART_WIDTHS
from okrsync.writeback.summary_charts import Side, side
from okrsync.writeback.tally import Group, Tally, groups, tally

KEY_RESULT_ROWS = 3_000
"""A sheet with more key results than this lists objectives only."""
OBJECTIVE_ROWS = 5_000

WIDTHS = (56.0, 15.0, 12.0, 11.0, 10.0, 10.0, 44.0, 16.0)
BAR_COLUMN = 4
HEADER_ROW = 6

Row = tuple[OwnCell, ...]


class Page(Struct, frozen=True):
    """What every row of the sheet is written from. `parents` are what a statement of this workbook contributes to."""

    workbook: str
    words: Words
    parents: dict[Key, list[Objective]]
    key_results: bool


def summary_content(reviews: Sequence[Review], workbook: str, today: date, words: Words) -> OwnContent:
    """All that "OKR Summary" holds: this workbook's objectives, the cycle of today first; of others, titles only."""
    held = [(review, held_in(review.okrs.objectives, workbook)) for review in _ordered(reviews, today)]
    held = [(review, objectives) for review, objectives in held if objectives]
    count = sum(len(objective.key_results) for _, objectives in held for objective in objectives)
    page = Page(workbook, words, _parents(held, workbook), count <= KEY_RESULT_ROWS)
    rows = [*_head(held, today, words), *_body(held, page)]
    if not held:
        return OwnContent(tuple(rows), WIDTHS, frozenset({3}), frozen_rows=HEADER_ROW)
    review, objectives = held[0]
    beside = side(groups(objectives), objectives, review.scores, words, HEADER_ROW + 1)
    return OwnContent(
        rows=tuple(_beside(rows, beside)),
        widths=(*WIDTHS, *CHART_WIDTHS),
        as_of_rows=frozenset({3}),
        charts=beside.charts,
        bars=(Area(HEADER_ROW + 1, BAR_COLUMN, len(rows), BAR_COLUMN),),
        statuses=words.status_colours(),
        frozen_rows=HEADER_ROW,
    )


def _ordered(reviews: Sequence[Review], today: date) -> list[Review]:
    """The cycles that hold today first, then the others, the latest first."""
    latest_first = sorted(reviews, key=lambda review: (review.cycle.end, review.cycle.start), reverse=True)
    return sorted(latest_first, key=lambda review: not review.cycle.holds(today))


def held_in(objectives: Iterable[Objective], workbook: str) -> list[Objective]:
    """The objectives of a workbook; and those of others that have key results in it, with these alone."""
    held: list[Objective] = []
    for objective in objectives:
        if objective.place.workbook == workbook:
            held.append(objective)
        elif here := tuple(k for k in objective.key_results if k.place.workbook == workbook):
            held.append(objective.model_copy(update={"key_results": here}))
    return held


def _parents(held: Sequence[tuple[Review, list[Objective]]], workbook: str) -> dict[Key, list[Objective]]:
    """What each statement of this workbook contributes to; a parent that is a key result is named by its objective."""
    if not held:
        return {}
    review = held[0][0]
    links = [link for link in review.alignment.links if link.child[0] == workbook]
    wanted = {link.parent for link in links}
    found: dict[Key, Objective] = {}
    for objective in review.everything.objectives if wanted else ():
        for key in (objective.key, *(k.key for k in objective.key_results)):
            if key in wanted:
                found[key] = objective
    parents: dict[Key, list[Objective]] = defaultdict(list)
    for link in links:
        if (parent := found.get(link.parent)) is not None and parent not in parents[link.child]:
            parents[link.child].append(parent)
    return parents


# --- rows -----------------------------------------------------------------------------------------------------------


def _head(held: Sequence[tuple[Review, list[Objective]]], today: date, words: Words) -> Iterator[Row]:
    yield (OwnCell(words.notices[SheetKind.SUMMARY], Tone.NOTE),)
    yield (OwnCell(words.label("summary_title"), Tone.TITLE),)
    yield (OwnCell(f"{words.label('as_of')} {today.isoformat()}", Tone.NOTE),)
    yield (OwnCell(_headline(held, words), Tone.STRONG),)
    yield ()
    names = ("item", "owner", "status", "score", "progress", "expected", "remarks", "where")
    yield tuple(OwnCell(words.label(name), Tone.HEADER) for name in names)


def _headline(held: Sequence[tuple[Review, list[Objective]]], words: Words) -> str:
    if not held:
        return words.label("no_okrs")
    review, objectives = held[0]
    total = tally(objectives, review.scores)
    counts = f"{words.label('objectives')}: {total.objectives}  ·  {words.label('key_results')}: {total.key_results}"
    return f"{counts}  ·  {_by_status(total, words)}" if total.statuses else counts


def _by_status(counted: Tally, words: Words) -> str:
    return words.label("comma").join(f"{count} {words.statuses[status]}" for status, count in counted.statuses)


def _body(held: Sequence[tuple[Review, list[Objective]]], page: Page) -> Iterator[Row]:
    left = OBJECTIVE_ROWS
    for review, objectives in held:
        yield _cycle_row(review.cycle, tally(objectives, review.scores), page.words)
        yield from _groups(review, objectives[: max(left, 0)], page)
        left -= len(objectives)
    if left < 0:
        yield (OwnCell(page.words.label("objectives_left_out", count=-left), Tone.NOTE),)
    if not page.key_results:
        count = sum(len(objective.key_results) for _, objectives in held for objective in objectives)
        yield (OwnCell(page.words.label("left_out", count=count), Tone.NOTE),)


def _groups(review: Review, objectives: Sequence[Objective], page: Page) -> Iterator[Row]:
    """Level by level and team by team; a level with one team has one row for both."""
    by_level: dict[Level, list[Group]] = defaultdict(list)
    for group in groups(objectives):
        by_level[group.level].append(group)
    for level, members in by_level.items():
        step = 0
        if len(members) > 1:
            step = 1
            everyone = [objective for group in members for objective in group.objectives]
            yield _group_row(page.words.levels[level], tally(everyone, review.scores), page.words, 0)
        for group in members:
            name = group.name(page.words) if step == 0 else one_line(group.team) or page.words.label("no_team")
            yield _group_row(name, tally(group.objectives, review.scores), page.words, step)
            for objective in group.objectives:
                yield from _objective_rows(objective, review, page, step + 1)


def _cycle_row(cycle: Cycle, counted: Tally, words: Words) -> Row:
    name = words.label("cycle", name=one_line(cycle.name))
    days = words.label("cycle_days", start=cycle.start.isoformat(), end=cycle.end.isoformat())
    remark = words.label("cycle_assumed") if cycle.assumed else days
    return _tallied(name, counted, words, Tone.HEADING, remark, 0)


def _group_row(name: str, counted: Tally, words: Words, indent: int) -> Row:
    return _tallied(name, counted, words, Tone.GROUP, _by_status(counted, words), indent)


def _tallied(name: str, counted: Tally, words: Words, band: Tone, remark: str, indent: int) -> Row:
    status = None if counted.worst is None else words.statuses[counted.worst]
    return (
        OwnCell(name, band, indent=indent),
        OwnCell(None, band),
        OwnCell(status, Tone.STATUS),
        OwnCell(_six(counted.mean), Tone.SCORE),
        OwnCell(None, band),
        OwnCell(None, band),
        OwnCell(remark or None, band),
        OwnCell(None, band),
    )


def _objective_rows(objective: Objective, review: Review, page: Page, indent: int) -> Iterator[Row]:
    scored = review.scores.objectives.get(objective.key)
    counted = tally((objective,), review.scores)
    titled = objective.title is not None
    remark = _by_status(counted, page.words)
    if scored is not None and scored.derived:
        remark = page.words.label("derived")
    yield (
        OwnCell(title_of(objective, page.words), Tone.STRONG, indent=indent),
        OwnCell(one_line(objective.owner, 60) or (page.words.label("nobody") if titled else None)),
        OwnCell(None if scored is None else page.words.statuses[scored.status], Tone.STATUS),
        OwnCell(None if scored is None else _six(scored.score), Tone.SCORE),
        OwnCell(None),
        OwnCell(None),
        OwnCell(remark or None, Tone.NOTE),
        _where(objective.at(), page) if titled else OwnCell(None),
    )
    yield from _contributes(objective.key, page, indent + 1)
    for key_result in objective.key_results if page.key_results else ():
        yield _key_result_row(key_result, review, page, indent + 1)
        yield from _contributes(key_result.key, page, indent + 2)


def _contributes(child: Key, page: Page, indent: int) -> Iterator[Row]:
    """A line naming what a statement contributes to: of another workbook no more than title and owner."""
    parents = page.parents.get(child)
    if not parents:
        return
    named = [(title_of(parent, page.words, 80), one_line(parent.owner, 60)) for parent in parents]
    texts = [page.words.label("and_owner", title=title, owner=owner) if owner else title for title, owner in named]
    here = next((parent.at() for parent in parents if parent.place.workbook == page.workbook), None)
    text = page.words.label("contributes_to", titles="; ".join(texts))
    yield (OwnCell(text, Tone.NOTE, here, indent),)


def _key_result_row(key_result: KeyResult, review: Review, page: Page, indent: int) -> Row:
    scored = review.scores.key_results.get(key_result.key)
    text = labelled(key_result.label, key_result.title)
    if scored is None:
        return (OwnCell(text, indent=indent), *(OwnCell(None),) * 6, _where(key_result.at(), page))
    return (
        OwnCell(text, indent=indent),
        OwnCell(one_line(key_result.owner, 60)),
        OwnCell(page.words.statuses[scored.status], Tone.STATUS),
        OwnCell(_six(scored.score), Tone.SCORE),
        OwnCell(_six(scored.progress), Tone.PERCENT),
        OwnCell(None if scored.expected is None else round(scored.expected, 2), Tone.PERCENT),
        OwnCell(_taken(key_result, scored, page.words), Tone.NOTE),
        _where(key_result.at(), page),
    )


def _taken(key_result: KeyResult, scored: KeyResultScore, words: Words) -> str | None:
    """What no cell says: taken for granted, or from the sentence."""
    pieces = []
    if scored.assumed:
        assumed = words.label("comma").join(map(words.assumed, scored.assumed))
        pieces.append(words.label("assumed", what=assumed))
    if key_result.metric.from_sentence:
        pieces.append(words.stated(key_result.metric.from_sentence))
    return "; ".join(pieces) or None


def _where(at: CellRef, page: Page) -> OwnCell:
    """The cell people click to get there; the title itself bears no link, since LibreOffice would not wrap it."""
    if at.workbook != page.workbook:
        return OwnCell(one_line(str(at), 60))
    return OwnCell(one_line(at.in_workbook, 60), link=at)


def title_of(objective: Objective, words: Words, longest: int = 200) -> str:
    """An objective as one line: its label and its title, or a name for key results that have no objective."""
    if objective.title is None:
        return words.label("untitled")
    return labelled(objective.label, objective.title, longest)


def labelled(label: str | None, title: str, longest: int = 200) -> str:
    """`O1: Delight customers`, in one line and no longer than asked for."""
    text = one_line(title, longest) or "…"
    named = one_line(label, 20)
    return f"{named}: {text}" if named else text


def _six(number: float | None) -> float | None:
    # + 0.0 turns a negative zero into zero
    return None if number is None else round(number, 6) + 0.0


def _beside(rows: Sequence[Row], beside: Side) -> Iterator[Row]:
    """The rows with the figures of the charts to their right, a free column between."""
    for i in range(max(len(rows), beside.last_row)):
        row = rows[i] if i < len(rows) else ()
        right = beside.cells.get(i + 1)
        yield row if right is None else (*row, *(OwnCell(None),) * (CHART_COLUMN - 1 - len(row)), *right)
