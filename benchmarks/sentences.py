"""Reading key-result sentences: how many a second, beside a library that finds quantities, and what a start costs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from tests.language.corpus import FOLDER, sentences

_RUNS = 5
_LONG = 100_000
"""Letters of a cell that somebody pasted a document into."""
OKRSYNC = "from okrsync.language import read_metric as read"
RIVAL = "import warnings; warnings.simplefilter('ignore'); from quantulum3.parser import parse as read"


def table() -> str:
    """The results as Markdown."""
    english = [text for text, _ in sentences(FOLDER / "en.txt")]
    every = [text for path in sorted(FOLDER.glob("*.txt")) for text, _ in sentences(path)]
    own, rival = _reader(OKRSYNC), _reader(RIVAL)
    rows = [
        ("okrsync, eight languages", len(every), _rate(own, every), _import_ms(OKRSYNC)),
        ("okrsync, English", len(english), _rate(own, english), _import_ms(OKRSYNC)),
        ("quantulum3, English", len(english), _rate(rival, english), _import_ms(RIVAL)),
    ]
    lines = ["| reading sentences | sentences | a second | import ms |", "|---|---:|---:|---:|"]
    lines += [f"| {name} | {count:,} | {rate:,.0f} | {start:.0f} |" for name, count, rate, start in rows]
    lines += ["", f"A cell of {_LONG:,} letters full of numbers takes {1000 * _long_cell(own):.0f} ms."]
    return "\n".join(lines)


def _reader(code: str) -> Callable[[str], object]:
    names: dict[str, Callable[[str], object]] = {}
    exec(code, names)
    return names["read"]


def _rate(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Sentences a second on one core, the best of some runs over all of them; the first warms up."""
    best = float("inf")
    for _ in range(_RUNS + 1):
        start = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - start)
    return len(texts) / best


def _import_ms(code: str) -> float:
    """Milliseconds that an import adds to the start of the interpreter, the best of some runs."""
    return 1000 * (_start(code) - _start("pass"))


def _start(code: str) -> float:
    best = float("inf")
    for _ in range(2 * _RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        best = min(best, time.perf_counter() - start)
    return best


def _long_cell(read: Callable[[str], object]) -> float:
    text = ("from 3 % to 5 %, by 7 days; 1,234.5 → 2/3 " * (_LONG // 40))[:_LONG]
    start = time.perf_counter()
    read(text)
    return time.perf_counter() - start


if __name__ == "__main__":
    print(table())
