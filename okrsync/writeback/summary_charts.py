"""The charts of "OKR Summary" and the figures they are drawn from, to the right of the list (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from okrsync.cells import Area
from okrsync.model import Objective
from okrsync.oneline import one_line
from okrsync.owncontent import OwnCell, OwnChart, Tone
from okrsync.scoring import Scores, Status
from okrsync.wording import Words
from okrsync.writeback.tally import BEST_FIRST, Group, tally

COLUMN = 10
"""Where the figures begin; the column before it stays free."""
WIDTHS = (3.0, 36.0, *(10.0,) * len(Status))
SPAN = 5
"""How many columns a chart covers."""
MOST_BARS = 16

BAR_COLOUR = "#4F81BD"
# Two statuses of one colour must be told apart side by side, so charts use shades where cells use four colours.
SHADES: Mapping[Status, str] = {
    Status.ACHIEVED: "#2E7D4F",
    Status.ON_TRACK: "#7CBF8E",
    Status.NOT_STARTED: "#D0D5DB",
    Status.STALE: "#F6DC9A",
    Status.AT_RISK: "#EDB54A",
    Status.NO_DATA: "#9AA3AE",
    Status.OFF_TRACK: "#DB7B6C",
    Status.MISSED: "#A93B32",
}


class Side(Struct, frozen=True):
    """What stands right of the list: cells by row, from COLUMN on, and the charts above them."""

    cells: Mapping[int, tuple[OwnCell, ...]]
    charts: tuple[OwnChart, ...]

    @property
    def last_row(self) -> int:
        """The last row that holds a figure, 0 when none does."""
        return max(self.cells, default=0)


def side(grouped: Sequence[Group], objectives: Sequence[Objective], scores: Scores, words: Words, top: int) -> Side:
    """Both charts from row `top` on, one below the other, and under them their figures."""
    names, bars = _bars(grouped, objectives, scores, words)
    teams = [(group.name(words), tally(group.objectives, scores)) for group in grouped[:MOST_BARS]]
    occurring = [status for status in BEST_FIRST if any(status in dict(t.statuses) for _, t in teams)]
    heights = (_height(len(bars)), _height(len(teams)) + 2)
    first = top + sum(heights) + 2
    second = first + len(bars) + 2
    cells: dict[int, tuple[OwnCell, ...]] = {}
    cells[first] = (OwnCell(words.label(names), Tone.HEADER), OwnCell(words.label("score"), Tone.HEADER))
    for i, (name, mean) in enumerate(bars, 1):
        cells[first + i] = (OwnCell(name), OwnCell(mean, Tone.SCORE))
    heads = (words.label("chart_statuses"), *(words.statuses[status] for status in occurring))
    cells[second] = tuple(OwnCell(head, Tone.HEADER) for head in heads)
    for i, (name, counted) in enumerate(teams, 1):
        counts = dict(counted.statuses)
        numbers = (OwnCell(float(counts[s]) if s in counts else None, Tone.COUNT) for s in occurring)
        cells[second + i] = (OwnCell(name), *numbers)
    return Side(cells, tuple(_charts(words, names, (top, first, len(bars)), (heights, second, len(teams)), occurring)))


def _charts(
    words: Words,
    names: str,
    scores: tuple[int, int, int],
    statuses: tuple[tuple[int, int], int, int],
    occurring: Sequence[Status],
) -> Iterator[OwnChart]:
    top, first, bars = scores
    heights, second, teams = statuses
    if bars:
        series = (words.label("score"), _column(COLUMN + 1, first, bars), BAR_COLOUR)
        labels = _column(COLUMN, first, bars)
        size = (heights[0], SPAN)
        yield OwnChart(words.label(names), labels, (series,), (top, COLUMN), size=size, maximum=1.0)
    if occurring:
        several = tuple(
            (words.statuses[status], _column(COLUMN + i, second, teams), SHADES[status])
            for i, status in enumerate(occurring, 1)
        )
        corner = (top + heights[0] + 1, COLUMN)
        labels = _column(COLUMN, second, teams)
        size = (heights[1], SPAN)
        yield OwnChart(words.label("chart_statuses"), labels, several, corner, stacked=True, size=size)


def _bars(
    grouped: Sequence[Group], objectives: Sequence[Objective], scores: Scores, words: Words
) -> tuple[str, list[tuple[str, float | None]]]:
    """A bar per objective, or per team where there are too many; the label of the chart, then names and scores."""
    titled = [objective for objective in objectives if objective.title is not None]
    if len(titled) <= MOST_BARS or len(grouped) == 1:
        return "chart_scores", [_objective_bar(objective, scores) for objective in titled[:MOST_BARS]]
    shown = grouped[:MOST_BARS]
    return "chart_team_scores", [(g.name(words), _six(tally(g.objectives, scores).mean)) for g in shown]


def _objective_bar(objective: Objective, scores: Scores) -> tuple[str, float | None]:
    label, title = one_line(objective.label, 20), one_line(objective.title, 30) or "…"
    scored = scores.objectives.get(objective.key)
    return f"{label}: {title}" if label else title, None if scored is None else _six(scored.score)


def _six(number: float | None) -> float | None:
    return None if number is None else round(number, 6) + 0.0


def _column(column: int, header: int, count: int) -> Area:
    return Area(header + 1, column, header + count, column)


def _height(bars: int) -> int:
    """Rows a chart covers so that its bars are neither threads nor beams."""
    return 5 + max(4, round(bars * 1.3))
