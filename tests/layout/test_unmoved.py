"""What people do to a sheet that changes no OKR: titles, blank rows, moved columns, merges, notes, totals, hiding."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from okrsync.config import Config
from okrsync.normalise import normalise
from okrsync.reading import Read
from tests.read_sheets import TODAY, drawn

Cells = list[list[str]]
Change = Callable[[Cells], Cells]

FLAT = """
Objective | Key result | Owner | Baseline | Target | Current | Due
Bake without waste | Unsold loaves a day | Ana | 90 | 40 | 52 | @2026-12-18
Bake without waste | Flour per loaf in g | Ben | 520 | 500 | 503 | @2026-12-18
Open the north | Shops in the north | Cem | 4 | 9 | 6 | @2026-11-30
Open the north | Share of orders by app | Dee | 0.1{0%} | 0.3{0%} | 0.22{0%} | @2026-12-31
"""
MERGED = """
Objective | Key result | Owner | Baseline | Target | Current
Bake without waste | Unsold loaves a day | Ana | 90 | 40 | 52
^ | Flour per loaf in g | Ben | 520 | 500 | 503
Open the north | Shops in the north | Cem | 4 | 9 | 6
^ | Orders by app | Dee | 10 | 300 | 220
"""
NUMBERED = """
No. | OKR | Owner | Baseline | Target | Current
1 | Bake without waste | Ana | | |
1.1 | Unsold loaves a day | Ana | 90 | 40 | 52
1.2 | Flour per loaf in g | Ben | 520 | 500 | 503
2 | Open the north | Cem | | |
2.1 | Shops in the north | Cem | 4 | 9 | 6
"""
TYPED = """
Type | Title | Owner | Baseline | Target | Current
Objective | Bake without waste | Ana | | |
Key Result | Unsold loaves a day | Ana | 90 | 40 | 52
Key Result | Flour per loaf in g | Ben | 520 | 500 | 503
Objective | Open the north | Cem | | |
Key Result | Shops in the north | Cem | 4 | 9 | 6
"""
WIDE = """
Objective | Owner | KR1 | KR1 Target | KR1 Current | KR2 | KR2 Target | KR2 Current
Bake without waste | Ana | Unsold loaves a day | 40 | 52 | Flour per loaf in g | 500 | 503
Open the north | Cem | Shops in the north | 9 | 6 | Orders by app | 300 | 220
"""
WEEKLY = """
Objective | Key result | Owner | Target | W40 | W41 | W42
Bake without waste | Loaves sold on the day | Ana | 900 | 700 | 780 | 810
Open the north | Shops in the north | Cem | 9 | 4 | 5 |
"""
BANDS = """
Objective | Key result | Owner | Q3 | < | Q4 | <
| | | Target | Current | Target | Current
Bake without waste | Loaves sold on the day | Ana | 800 | 780 | 900 | 810
Open the north | Shops in the north | Cem | 4 | 4 | 9 | 6
"""
CARDS = """
Objective: | Bake without waste | |
No | Key result | Target | Current
1 | Loaves sold on the day | 900 | 810
2 | Orders by app | 300 | 220
| | |
Objective: | Open the north | |
No | Key result | Target | Current
1 | Shops in the north | 9 | 6
"""
MATRIX = """
| Objective: Bake without waste | Objective: Open the north
KR 1 | Sell 900 loaves on the day | Open 9 shops in the north
KR 2 | Use 500 g of flour per loaf | Win 12 partners
"""
SHEETS = {
    "flat": FLAT,
    "merged": MERGED,
    "numbered": NUMBERED,
    "typed": TYPED,
    "wide": WIDE,
    "weekly": WEEKLY,
    "bands": BANDS,
    "cards": CARDS,
    "matrix": MATRIX,
}
OF_ONE_ROW_EACH = ("flat", "merged", "numbered", "typed", "weekly")
"""Sheets whose columns may stand in any order and that may end in totals."""


def cells_of(drawing: str) -> Cells:
    """A drawing's cells, every row as wide as the widest."""
    rows = [[cell.strip() for cell in line.split("|")] for line in drawing.strip("\n").splitlines()]
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def text_of(cells: Cells) -> str:
    """The drawing of cells."""
    return "\n".join(" | ".join(row) for row in cells)


def read(workbook: Read) -> Sequence[object]:
    """What a workbook's OKRs say, without where they stand."""
    found = normalise([workbook], Config(), TODAY)
    return sorted(
        (
            objective.title or "",
            objective.cycle.name,
            [
                (one.title, one.owner, one.due, one.metric.baseline, one.metric.target, one.metric.current)
                for one in objective.key_results
            ],
        )
        for objective in found.okrs.objectives
    )


def plain(name: str) -> Sequence[object]:
    """What a sheet says as it was drawn; it must say something."""
    found = read(drawn(SHEETS[name]))
    assert len(found) >= 2, name
    return found


def columns(cells: Cells, order: Callable[[list[str]], list[str]]) -> Cells:
    """Every row with its cells in another order."""
    return [order(row) for row in cells]


def beside(cells: Cells, header: str, text: str, header_row: int = 0) -> Cells:
    """A column more on the right."""
    return [[*row, header if n == header_row else text if n > header_row else ""] for n, row in enumerate(cells)]


ANYWHERE: dict[str, Change] = {
    "title rows": lambda cells: [["Our plan for the bakeries"], ["Period:", "Q4 2026"], [""], *cells],
    "blank rows above": lambda cells: [[""], [""], [""], *cells],
    "a blank column left": lambda cells: columns(cells, lambda row: ["", *row]),
    "two blank columns left": lambda cells: columns(cells, lambda row: ["", "", *row]),
    "blank rows below": lambda cells: [*cells, [""], [""], [""]],
    "a note below": lambda cells: [*cells, [""], ["Please update by Friday"]],
}
BY_ROWS: dict[str, Change] = {
    "a notes column": lambda cells: beside(cells, "Notes", "talked about on Monday"),
    "a column of something else": lambda cells: beside(cells, "Parking space", "B12"),
    "columns in reverse": lambda cells: columns(cells, lambda row: row[::-1]),
    "the first column last": lambda cells: columns(cells, lambda row: [*row[1:], row[0]]),
    "a totals row": lambda cells: [*cells, ["Total", *[""] * (len(cells[0]) - 3), "1500", "700"]],
    "a blank row before the last": lambda cells: [*cells[:-1], [""], cells[-1]],
    "headers in capitals": lambda cells: [[cell.upper() for cell in cells[0]], *cells[1:]],
    "headers with colons": lambda cells: [[f"{cell}:" for cell in cells[0]], *cells[1:]],
}


@pytest.mark.parametrize("change", ANYWHERE)
@pytest.mark.parametrize("name", SHEETS)
def test_what_stands_around_a_table_changes_nothing(name: str, change: str) -> None:
    changed = ANYWHERE[change](cells_of(SHEETS[name]))

    assert read(drawn(text_of(changed))) == plain(name)


@pytest.mark.parametrize("change", BY_ROWS)
@pytest.mark.parametrize("name", OF_ONE_ROW_EACH)
def test_more_columns_and_another_order_change_nothing(name: str, change: str) -> None:
    changed = BY_ROWS[change](cells_of(SHEETS[name]))

    assert read(drawn(text_of(changed))) == plain(name)


def test_merging_the_objective_or_writing_it_once_changes_nothing() -> None:
    repeated = plain("flat")
    rows = cells_of(FLAT)
    once = [["" if n and row[0] == rows[n - 1][0] else row[0], *row[1:]] for n, row in enumerate(rows)]
    merged = [["^" if n and row[0] == rows[n - 1][0] else row[0], *row[1:]] for n, row in enumerate(rows)]

    assert read(drawn(text_of(once))) == repeated
    assert read(drawn(text_of(merged))) == repeated


TRANSLATED = {
    "de": ("Ziel", "Schlüsselergebnis", "Verantwortlich", "Ausgangswert", "Zielwert", "Istwert", "Fällig"),
    "fr": ("Objectif", "Résultat clé", "Responsable", "Valeur de départ", "Cible", "Valeur actuelle", "Échéance"),
    "es": ("Objetivo", "Resultado clave", "Responsable", "Línea base", "Meta", "Valor actual", "Fecha límite"),
    "pt": ("Objetivo", "Resultado-chave", "Responsável", "Linha de base", "Meta", "Valor atual", "Prazo"),
    "it": ("Obiettivo", "Risultato chiave", "Responsabile", "Valore iniziale", "Target", "Valore attuale", "Scadenza"),
    "nl": ("Doelstelling", "Kernresultaat", "Eigenaar", "Beginwaarde", "Streefwaarde", "Huidige waarde", "Deadline"),
    "pl": (
        "Cel",
        "Kluczowy rezultat",
        "Właściciel",
        "Wartość początkowa",
        "Wartość docelowa",
        "Wartość bieżąca",
        "Termin",
    ),
    "sv": ("Mål", "Nyckelresultat", "Ansvarig", "Startvärde", "Målvärde", "Nuvarande värde", "Deadline"),
    "tr": ("Amaç", "Anahtar Sonuç", "Sorumlu", "Başlangıç Değeri", "Hedef Değer", "Güncel Değer", "Bitiş Tarihi"),
    "ru": ("Цель", "Ключевой результат", "Ответственный", "Базовое значение", "Целевое значение", "Факт", "Срок"),
    "vi": (
        "Mục tiêu",
        "Kết quả then chốt",
        "Người phụ trách",
        "Giá trị ban đầu",
        "Chỉ tiêu",
        "Thực tế",
        "Hạn hoàn thành",
    ),
    "id": ("Tujuan", "Hasil Kunci", "Penanggung Jawab", "Nilai Awal", "Nilai Target", "Nilai Saat Ini", "Tenggat"),
    "ko": ("목표", "핵심결과", "담당자", "시작값", "목표값", "현재값", "마감일"),
    "ja": ("目標", "主要な成果", "担当者", "開始値", "目標値", "現在値", "期限"),
    "zh": ("目标", "关键结果", "负责人", "基线值", "目标值", "当前值", "截止日期"),
    "zh-Hant": ("目標", "關鍵結果", "負責人", "起始值", "目標值", "目前值", "截止日"),
}


@pytest.mark.parametrize("language", TRANSLATED)
def test_headers_in_another_language_change_nothing(language: str) -> None:
    rows = cells_of(FLAT)

    assert read(drawn(text_of([list(TRANSLATED[language]), *rows[1:]]))) == plain("flat")


@pytest.mark.parametrize("name", SHEETS)
def test_an_instruction_sheet_changes_nothing(name: str) -> None:
    guide = """
Read me
Column | What to write there
Objective | What we want to reach, in words
Key result | What we measure
Target | The number at the end of the quarter
Current | The number today
"""

    assert read(drawn(f"== Instructions\n{guide}\n== OKRs Q4 2026\n{SHEETS[name]}")) == [
        *read(drawn(f"== OKRs Q4 2026\n{SHEETS[name]}"))
    ]


@pytest.mark.parametrize("name", SHEETS)
def test_hiding_rows_and_columns_changes_nothing(name: str) -> None:
    workbook = drawn(SHEETS[name])
    hidden = {
        sheet: replace(grid, hidden_columns=frozenset({2}), hidden_rows=frozenset({3}))
        for sheet, grid in workbook.grids.items()
    }

    assert read(Read(workbook.workbook, hidden, workbook.marks, {}, frozenset(), ())) == plain(name)
