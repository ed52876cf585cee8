"""demo: a small company in workbooks, synced, and what to look at."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from okrsync.commands.job import Job, known_language
from okrsync.commands.okrs import finish, synced
from okrsync.commands.terminal import Terminal, clock
from okrsync.config import Config
from okrsync.config_file import local_day
from okrsync.demo import DemoBook, write_demo
from okrsync.reports.text import sync_text
from okrsync.sources import Found, Source


def demo(args: argparse.Namespace, terminal: Terminal) -> int:
    """`okrsync demo`"""
    started = time.perf_counter()
    folder, language = Path(args.dir), known_language(args.output_lang)
    today = args.today or local_day(None, clock())
    books = write_demo(folder, today)
    terminal.show(_written(folder, books))
    sources = tuple(Source(book.path, book.path.name, None, named=True) for book in books)
    job = Job(Config(), Found(sources), today, args.cycle, args.fail_on or "never", language)
    outcome = synced(job, terminal)
    terminal.show("\nThen it did what `okrsync sync` does:\n\n")
    terminal.show(sync_text(outcome, terminal.look(), dry_run=False, edits=False))
    terminal.show(_what_to_open(folder))
    return finish(outcome, job, terminal, "synced", started)


def _written(folder: Path, books: Sequence[DemoBook]) -> str:
    from rich.cells import cell_len, set_cell_size

    width = max(cell_len(book.path.name) for book in books)
    lines = (f"  {set_cell_size(book.path.name, width)}  {book.holds}" for book in books)
    return f"okrsync wrote the OKRs of a small made-up company into {folder}:\n" + "\n".join(lines) + "\n"


def _what_to_open(folder: Path) -> str:
    shown = f'"{folder}"' if " " in str(folder) else str(folder)
    return f"""
What to look at:
  {folder / "company.xlsx"}  five new columns beside the table; the sheets OKR Summary and OKR Gaps at the end
  {folder / "growth-team.xlsx"}  the Excel table has grown by our columns, so that sorting takes them along
  {folder / "人力资源.xlsx"}  the same in Chinese, because the sheet is
What to try next:
  okrsync audit {shown}        everything that is wrong, and how to mend it
  okrsync sync {shown}         nothing to change: the second run makes no edits
  okrsync undo {shown} --list  the runs that can be taken back
"""
