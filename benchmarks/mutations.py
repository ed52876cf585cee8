"""`make mutations`: 100,000 damaged sentences of the corpus; tells which cannot be read, and which take too long."""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback

from okrsync.language import read_metric
from tests.language.corpus import FOLDER, sentences
from tests.language.mutation import mutated

SLOW = 0.020
"""Seconds that no sentence may take, the best of three."""


def took(text: str) -> float:
    """Seconds that a reading takes."""
    start = time.perf_counter()
    read_metric(text)
    return time.perf_counter() - start


def main() -> int:
    """Reads so many damaged sentences; 1 if one of them raised or was slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    corpus = [text for path in sorted(FOLDER.glob("*.txt")) for text, _ in sentences(path)]
    dice = random.Random(options.seed)
    bad = 0
    start = time.perf_counter()
    for _ in range(options.count):
        text = mutated(corpus, dice)
        try:
            slow = took(text) > SLOW and (best := min(took(text) for _ in range(3))) > SLOW
        except Exception:
            bad += 1
            print(f"raises: {text!r}\n{traceback.format_exc(limit=-3)}")
            continue
        if slow:
            bad += 1
            print(f"{1000 * best:.0f} ms: {text!r}")
    print(f"{options.count:,} damaged sentences read in {time.perf_counter() - start:.0f} s: {bad} raised or were slow")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
