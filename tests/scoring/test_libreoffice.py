"""The same progress, written as spreadsheet formulas and worked out by LibreOffice, agrees with ours."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from okrsync.kinds import Change, Comparator, Kind, Mode
from okrsync.model import Metric
from okrsync.scoring.progress import progress
from tests.libreoffice import convert

ROWS_PER_RULE = 45
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false"  # full precision: values as stored

Rule = tuple[str, Callable[[random.Random], Metric]]


def number(dice: random.Random) -> float:
    return round(dice.uniform(-1000, 1000), dice.choice((0, 1, 2)))


def positive(dice: random.Random) -> float:
    return round(dice.uniform(1, 1000), dice.choice((0, 1, 2)))


def from_to(kind: Kind) -> Callable[[random.Random], Metric]:
    def made(dice: random.Random) -> Metric:
        baseline = number(dice)
        target = baseline + positive(dice) * (1 if kind is Kind.INCREASE else -1)
        return Metric(kind=kind, baseline=baseline, target=target, current=number(dice))

    return made


def flat(kind: Kind) -> Callable[[random.Random], Metric]:
    def made(dice: random.Random) -> Metric:
        level = number(dice)
        return Metric(kind=kind, baseline=level, target=level, current=level + dice.choice((-1.5, 0, 1.5)))

    return made


def by(mode: Mode) -> Callable[[random.Random], Metric]:
    def made(dice: random.Random) -> Metric:
        value = round(dice.uniform(1.5, 5), 1) if mode == "multiple" else positive(dice) * dice.choice((-1, 1))
        wanted = Change(mode, value)
        return Metric(kind=Kind.INCREASE, baseline=positive(dice), current=number(dice), change=wanted)

    return made


def achieved(mode: Mode) -> Callable[[random.Random], Metric]:
    def made(dice: random.Random) -> Metric:
        return by(mode)(dice).model_copy(update={"baseline": None, "current_is_change": True})

    return made


def towards(kind: Kind, comparator: Comparator | None = None) -> Callable[[random.Random], Metric]:
    def made(dice: random.Random) -> Metric:
        target = positive(dice)
        current = dice.choice((target, number(dice), number(dice)))
        return Metric(kind=kind, target=target, current=current, comparator=comparator)

    return made


def between(dice: random.Random) -> Metric:
    lower = number(dice)
    upper = lower + positive(dice)
    return Metric(kind=Kind.BETWEEN, target=lower, upper=upper, current=dice.choice((lower, upper, number(dice))))


def milestone(dice: random.Random) -> Metric:
    return Metric(kind=Kind.MILESTONE, current=dice.choice((0, 1, dice.randint(0, 7) / 7)))


def qualitative(dice: random.Random) -> Metric:
    return Metric(kind=Kind.QUALITATIVE, current=number(dice))


# Columns of the sheet: A baseline, B target, C upper, D current, E change.
RULES: tuple[Rule, ...] = (
    ("(D{r}-A{r})/(B{r}-A{r})", from_to(Kind.INCREASE)),
    ("(D{r}-A{r})/(B{r}-A{r})", from_to(Kind.DECREASE)),
    ("IF(D{r}>=B{r},1,0)", flat(Kind.INCREASE)),
    ("IF(D{r}<=B{r},1,0)", flat(Kind.DECREASE)),
    ("(D{r}-A{r})/(A{r}+ABS(A{r})*E{r}/100-A{r})", by("relative")),
    ("(D{r}-A{r})/E{r}", by("absolute")),
    ("(D{r}-A{r})/(A{r}*E{r}-A{r})", by("multiple")),
    ("D{r}/E{r}", achieved("relative")),
    ("(D{r}-1)/(E{r}-1)", achieved("multiple")),
    ("D{r}/B{r}", towards(Kind.INCREASE)),
    ('IF(D{r}<=B{r},1,"")', towards(Kind.DECREASE)),
    ("D{r}/B{r}", towards(Kind.REACH)),
    ("IF(D{r}<=B{r},1,0)", towards(Kind.REACH, "<=")),
    ("IF(D{r}<B{r},1,0)", towards(Kind.REACH, "<")),
    ("IF(D{r}>=B{r},1,0)", towards(Kind.MAINTAIN_ABOVE)),
    ("IF(D{r}>B{r},1,0)", towards(Kind.MAINTAIN_ABOVE, ">")),
    ("IF(D{r}<=B{r},1,0)", towards(Kind.MAINTAIN_BELOW)),
    ("IF(AND(D{r}>=B{r},D{r}<=C{r}),1,0)", between),
    ("D{r}", milestone),
    ('""', qualitative),
)


def rows() -> Iterator[tuple[str, Metric]]:
    """Every rule with its generated metrics, the same on every run."""
    dice = random.Random(2026)
    for formula, made in RULES:
        for _ in range(ROWS_PER_RULE):
            yield formula, made(dice)


@pytest.mark.libreoffice
def test_a_spreadsheet_comes_to_the_same_progress(tmp_path: Path) -> None:
    metrics = _scratch_workbook(tmp_path / "progress.xlsx")

    with convert(tmp_path / "progress.xlsx", CSV, tmp_path / "out").open(encoding="utf-8", newline="") as file:
        theirs = [row[5] for row in csv.reader(file)]

    assert len(theirs) == len(metrics) >= 500
    assert {metric.kind for metric in metrics} == set(Kind)
    wrong = [(m, text) for m, text in zip(metrics, theirs, strict=True) if not _agree(progress(m).value, text)]
    assert wrong == []


def _scratch_workbook(path: Path) -> list[Metric]:
    import xlsxwriter

    metrics = []
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, (formula, metric) in enumerate(rows()):
            change = metric.change.value if metric.change else None
            for column, value in enumerate((metric.baseline, metric.target, metric.upper, metric.current, change)):
                if value is not None:
                    sheet.write_number(row, column, value)
            sheet.write_formula(row, 5, "=" + formula.format(r=row + 1), None, "not calculated")
            metrics.append(metric)
    return metrics


def _agree(ours: float | None, theirs: str) -> bool:
    if ours is None or not theirs:
        return ours is None and not theirs
    return abs(ours - float(theirs)) <= 1e-9 * max(1.0, abs(ours))
