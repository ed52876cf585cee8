"""Workbooks for the benchmark: a realistic OKR sheet of any length, with formulas, styles, a filter and a chart."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

HEADERS = (
    "ID",
    "Team",
    "Objective",
    "Key Result",
    "Owner",
    "Contributes to",
    "Baseline",
    "Target",
    "Current",
    "Unit",
    "Weight",
    "Start date",
    "Due date",
    "Confidence",
    "Done so far",
    "Still to go",
    "Share of target",
    "Budget",
    "Comment",
    "Link",
)

TODAY = date(2026, 11, 20)


def make(path: Path, rows: int) -> None:
    """Writes a workbook with `rows` key results under rows / 4 objectives, 20 columns, 3 of them formulas."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        header = book.add_format({"bold": True, "bg_color": "#1F4E78", "font_color": "white", "border": 1})
        text = book.add_format({"border": 1, "text_wrap": True})
        number = book.add_format({"border": 1, "num_format": "#,##0.0"})
        share = book.add_format({"border": 1, "num_format": "0%"})
        day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("2026-Q4")
        sheet.freeze_panes(1, 4)
        sheet.set_column(2, 3, 40)
        sheet.autofilter(0, 0, rows, len(HEADERS) - 1)
        sheet.write_row(0, 0, HEADERS, header)
        for i in range(rows):
            r, excel_row = i + 1, i + 2
            baseline, target = 40.0 + i % 7, 90.0 + i % 11
            current = baseline + (target - baseline) * ((i * 37) % 100) / 90
            sheet.write_string(r, 0, f"KR-{i + 1}", text)
            sheet.write_string(r, 1, f"Team {i // 40 + 1}", text)
            sheet.write_string(r, 2, f"Serve customers of region {i // 4 + 1} better than anyone", text)
            sheet.write_string(r, 3, f"Raise the share of orders {i + 1} delivered on the promised day", text)
            sheet.write_string(r, 4, f"Owner {i % 97}", text)
            sheet.write_blank(r, 5, None, text)
            sheet.write_number(r, 6, baseline, number)
            sheet.write_number(r, 7, target, number)
            sheet.write_number(r, 8, round(current, 3), number)
            sheet.write_string(r, 9, "orders", text)
            sheet.write_number(r, 10, 1 + i % 3, number)
            sheet.write_datetime(r, 11, date(2026, 10, 1) + timedelta(days=i % 5), day)
            sheet.write_datetime(r, 12, date(2026, 12, 31) - timedelta(days=i % 9), day)
            sheet.write_number(r, 13, (i % 10) / 10, share)
            sheet.write_formula(r, 14, f"=I{excel_row}-G{excel_row}", number, round(current - baseline, 3))
            sheet.write_formula(r, 15, f"=H{excel_row}-I{excel_row}", number, round(target - current, 3))
            sheet.write_formula(r, 16, f"=I{excel_row}/H{excel_row}", share, round(current / target, 6))
            sheet.write_number(r, 17, 1000.0 * (i % 50), number)
            sheet.write_string(r, 18, "on plan, next review with the regional leads" if i % 3 else "", text)
            sheet.write_string(r, 19, f"https://example.com/kr/{i + 1}", text)
        notes = book.add_worksheet("Notes")
        notes.write_column(0, 0, [3, 5, 8, 13])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Notes!$A$1:$A$4"})
        notes.insert_chart("C2", chart)
