"""How long it takes to find out a sheet's layout, beside a bare read of its values with python-calamine."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import books

REPEATS = 3


def _seconds(work: Callable[[], object]) -> float:
    """The median CPU time of some work."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def _customers(path: Path, rows: int) -> None:
    """An export of customers: headers and texts, and no OKR."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Accounts")
        headers = ("Account", "Owner", "Stage", "Amount", "Close date", "Next step", "Goal", "Notes")
        sheet.write_row(0, 0, headers)
        for i in range(rows):
            texts = (f"Customer {i}", f"Owner {i % 97}", "Negotiation", i * 7.5, "2026-11-20", f"Call them, offer {i}")
            sheet.write_row(i + 1, 0, (*texts, f"Win {i % 13} more seats", "Target of the quarter"))


def _outline(path: Path, rows: int) -> None:
    """Objectives and key results in one column, told apart by a type and a number."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, ("No.", "Type", "Title", "Owner", "Target", "Now"))
        for i in range(rows):
            number, part = divmod(i, 4)
            if part == 0:
                sheet.write_row(i + 1, 0, (str(number + 1), "Objective", f"Serve region {number + 1} better", "Ana"))
            else:
                title = f"Raise the share of orders {i} on the promised day"
                sheet.write_row(i + 1, 0, (f"{number + 1}.{part}", "Key result", title, "Ben", 90, i % 90))


def _both(path: Path) -> tuple[float, float]:
    """CPU seconds of the bare read, and of the layout."""
    from python_calamine import CalamineWorkbook

    from okrsync.config import Limits
    from okrsync.layout.detect import detect
    from okrsync.workbooks.openers import open_workbook

    bare = _seconds(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    workbook = open_workbook(path, path.name, Limits())
    grid = workbook.read(workbook.sheet_names()[0])
    return bare, _seconds(lambda: detect(grid))


def table() -> str:
    """A Markdown table: per sheet, both times and their ratio."""
    lines = ["| sheet | rows | bare read s | layout s | layout / read |", "|---|---:|---:|---:|---:|"]
    with tempfile.TemporaryDirectory() as folder:
        sheets = (("one row per key result", books.make), ("outline", _outline), ("customers, no OKRs", _customers))
        for name, make in sheets:
            for rows in (10_000, 100_000):
                path = Path(folder) / f"{rows}.xlsx"
                make(path, rows)
                bare, layout = _both(path)
                lines.append(f"| {name} | {rows:,} | {bare:.2f} | {layout:.2f} | {layout / bare:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
