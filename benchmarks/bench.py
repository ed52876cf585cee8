"""`make bench`: okrsync sync beside the script people write instead and the floor, as ratios of CPU time and memory."""

from __future__ import annotations

import argparse
import compileall
import itertools
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import books, layouts, sentences

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process cost: CPU seconds (user and system), peak resident memory in MiB."""

    cpu: float
    memory: float


def measure(command: Sequence[str]) -> Cost:
    """Runs a command to its end. On systems without rusage the wall clock stands in for CPU, and memory is 0."""
    try:
        import resource
    except ImportError:
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return Cost(time.perf_counter() - start, 0.0)
    probe = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "u = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(u.ru_utime + u.ru_stime, u.ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", probe, *command], check=True, capture_output=True, text=True)
    cpu, peak = done.stdout.split()
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    del resource
    return Cost(float(cpu), float(peak) / unit)


def contenders(path: Path) -> dict[str, list[str]]:
    """The commands measured, by name; each gets its own fresh copy of the workbook."""
    okrsync = [sys.executable, "-m", "okrsync", "sync", str(path), "--today", books.TODAY.isoformat()]
    rivals = [sys.executable, str(HERE / "rivals.py")]
    return {
        "okrsync sync": okrsync,
        "pandas + openpyxl": [*rivals, "script", str(path)],
        "floor": [*rivals, "floor", str(path)],
    }


def run(rows: int, repeats: int, folder: Path) -> dict[str, Cost]:
    """The median cost of each contender on a workbook of `rows` key results, measured in turn."""
    original = folder / f"okrs-{rows}.xlsx"
    books.make(original, rows)
    costs: dict[str, list[Cost]] = {}
    for _ in range(repeats):
        for name in contenders(original):
            work = Path(tempfile.mkdtemp(dir=folder))
            copy = work / original.name
            shutil.copy(original, copy)
            costs.setdefault(name, []).append(measure(contenders(copy)[name]))
            shutil.rmtree(work)
    return {
        name: Cost(statistics.median(c.cpu for c in runs), statistics.median(c.memory for c in runs))
        for name, runs in costs.items()
    }


def table(results: dict[int, dict[str, Cost]]) -> str:
    """The results as a Markdown table, ratios beside the figures."""
    lines = [
        "| key results | what | CPU s | peak MiB | CPU: times okrsync | memory: times okrsync |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    for rows, costs in results.items():
        ours = costs["okrsync sync"]
        for name, cost in costs.items():
            ratios = f"{cost.cpu / ours.cpu:.1f} | {cost.memory / ours.memory if ours.memory else 0:.1f}"
            lines.append(f"| {rows:,} | {name} | {cost.cpu:.2f} | {cost.memory:.0f} | {ratios} |")
    growth = [(rows, costs["okrsync sync"].cpu) for rows, costs in results.items()]
    for (small, before), (large, after) in itertools.pairwise(growth):
        lines.append("")
        lines.append(f"From {small:,} to {large:,} key results okrsync's CPU time grows {after / before:.1f} times.")
    return "\n".join(lines)


def main() -> None:
    """Measures, prints the table, and with --write keeps it in docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="rewrite docs/performance.md")
    options = parser.parse_args()
    compileall.compile_dir(HERE.parent / "okrsync", quiet=1)  # as pip does when it installs, ours and the rivals'
    with tempfile.TemporaryDirectory() as folder:
        results = {rows: run(rows, options.repeats, Path(folder)) for rows in options.rows}
    parts = (table(results), f"## Finding the layout\n\n{layouts.table()}", f"## Sentences\n\n{sentences.table()}")
    text = "\n\n".join(parts)
    print(text)
    if options.write:
        machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
        command = "`make bench` (`python -m benchmarks.bench --write`)"
        (HERE.parent / "docs" / "performance.md").write_text(
            f"# Performance\n\nMeasured by {command} on {machine}; median of {options.repeats}, each run a\n"
            "process of its own on a fresh copy of the workbook (20 columns, 3 of them formulas, styles, a filter).\n"
            "Ratios hold, absolute times drift. The floor is what any lossless writer must do: inflate and\n"
            f"deflate the sheet part, and read the values once with python-calamine.\n\n{text}\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
