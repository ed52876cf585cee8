"""What okrsync is measured against, each run as a process of its own: `python rivals.py script|floor FILE`."""

from __future__ import annotations

import sys
import zipfile
import zlib
from pathlib import Path


def script(path: Path) -> None:
    """The script people write instead: read with pandas, score, write columns and a summary sheet with openpyxl."""
    import openpyxl
    import pandas as pd
    from openpyxl.styles import Font

    frame = pd.read_excel(path, sheet_name=0, engine="openpyxl")
    progress = (frame["Current"] - frame["Baseline"]) / (frame["Target"] - frame["Baseline"])
    score = progress.clip(0, 1)
    expected = 0.55
    status = pd.cut(expected - progress, [-1e9, 0.10, 0.25, 1e9], labels=["on track", "at risk", "off track"])
    gaps = frame["Baseline"].isna().map({True: "no baseline", False: ""})

    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    first = sheet.max_column + 1
    for i, name in enumerate(["Progress", "Score", "Status", "Expected today", "Gaps"]):
        sheet.cell(1, first + i, name).font = Font(bold=True)
    for row, values in enumerate(zip(progress, score, status.astype(str), gaps, strict=True), start=2):
        for i, value in enumerate((values[0], values[1], values[2], expected, values[3])):
            sheet.cell(row, first + i, value)
        sheet.cell(row, first).number_format = "0%"
    summary = book.create_sheet("Summary")
    for line in score.groupby(frame["Team"]).mean().items():
        summary.append(line)
    book.save(path)


def floor(path: Path) -> None:
    """The least that any lossless writer must do: inflate and deflate the sheet part, and read the values once."""
    from python_calamine import CalamineWorkbook

    with zipfile.ZipFile(path) as package:
        part = package.read("xl/worksheets/sheet1.xml")
    zlib.compress(part, 6)
    del part
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


if __name__ == "__main__":
    {"script": script, "floor": floor}[sys.argv[1]](Path(sys.argv[2]))
