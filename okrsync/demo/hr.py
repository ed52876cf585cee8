"""人力资源.xlsx: the human resources department's OKRs in Chinese, objectives merged over their rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from okrsync.demo.book import Book
from okrsync.demo.quarter import Quarter

_HEADER = (
    "目标",
    "关键结果",
    "负责人",
    "起始值",
    "目标值",
    "当前值",
    "单位",
    "权重",
    "支撑目标",
    "截止日期",
    "更新日期",
)
_FIRST = 3

Figures = tuple[float | None, float | str, float | str | None, str]
Row = tuple[tuple[str, str], Figures, tuple[str, float, int]]


def write_hr(path: Path, quarter: Quarter) -> None:
    """Writes the workbook."""
    with Book(path, "人力资源部 OKR", quarter.today) as book:
        sheet = book.sheet("人力资源部", (26, 40, 10, 10, 10, 10, 8, 8, 12, 16, 16), frozen=_FIRST, colour="#C55A11")
        book.band(sheet, 0, len(_HEADER) - 1, f"人力资源部 {quarter.chinese} OKR")
        for column, text in enumerate(("层级", "部门级", "部门负责人", "陈岚")):
            sheet.write_string(1, column, text, book.formats["label" if column % 2 == 0 else "subtitle"])
        book.header(sheet, _FIRST - 1, _HEADER)
        row = _FIRST
        for objective, parent, key_results in _blocks(quarter):
            end = row + len(key_results) - 1
            sheet.merge_range(row, 0, end, 0, objective, book.formats["objective"])
            sheet.merge_range(row, 8, end, 8, parent, book.formats["center"])
            for one in key_results:
                _row(book, sheet, row, one, quarter)
                row += 1
        sheet.autofilter(_FIRST - 1, 0, row - 1, len(_HEADER) - 1)
        sheet.conditional_format(_FIRST, 7, row - 1, 7, {"type": "data_bar", "bar_color": "#F4B183"})


def _blocks(q: Quarter) -> tuple[tuple[str, str, tuple[Row, ...]], ...]:
    """Objective, what it supports, its key results: (text, owner), (from, target, now, look), (unit, weight, days)."""
    return (
        (
            "让优秀的伙伴愿意长期留下",
            "O3",
            (
                (
                    ("主动离职率由14%降至9%", "陈岚"),
                    (0.14, 0.09, q.reached(0.14, 0.09, -0.02, 3), "percent1"),
                    ("", 0.4, 7),
                ),
                (
                    ("新员工试用期通过率由82%提升至92%", "周敏"),
                    (0.82, 0.92, q.reached(0.82, 0.92, -0.18, 3), "percent1"),
                    ("", 0.3, 7),
                ),
                (("完成12场管理者辅导培训", "周敏"), (0, 12, q.reached(0, 12, 0.05), "whole"), ("场", 0.3, 3)),
            ),
        ),
        (
            "更快地请到合适的人",
            "O3",
            (
                (
                    ("关键岗位平均招聘周期由48天缩短至30天", "李想"),
                    (48, 30, q.reached(48, 30, -0.33), "whole"),
                    ("天", 0.5, 5),
                ),
                (("内部推荐入职占比由18%提高到35%", "李想"), (0.18, 0.35, 0.36, "percent"), ("", 0.3, 5)),
                (("上线新的面试评估系统", "王一鸣"), (None, "是", "否", "center"), ("", 0.2, 19)),
            ),
        ),
    )


def _row(book: Book, sheet: Any, at: int, one: Row, quarter: Quarter) -> None:
    (text, owner), (start, target, current, look), (unit, weight, days) = one
    sheet.set_row(at, 24)
    cells: tuple[tuple[int, object, str], ...] = (
        (1, text, "text"),
        (2, owner, "short"),
        (3, start, look),
        (4, target, look),
        (5, current, look),
        (6, unit or None, "center"),
        (7, weight, "percent"),
        (9, quarter.end, "chinese day"),
        (10, quarter.ago(days), "chinese day"),
    )
    for column, value, form in cells:
        book.put(sheet, at, column, value, form)
