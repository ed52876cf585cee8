"""The demo's five workbooks, written into an empty folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct

from okrsync.demo.company import write_company
from okrsync.demo.growth import write_growth
from okrsync.demo.hr import write_hr
from okrsync.demo.people import write_people
from okrsync.demo.platform import write_platform
from okrsync.demo.quarter import Quarter
from okrsync.errors import ConfigError

_BOOKS: tuple[tuple[str, str, Callable[[Path, Quarter], None]], ...] = (
    ("company.xlsx", "the company: merged objectives, formulas, colours, a chart", write_company),
    ("growth-team.xlsx", "the growth team: an Excel table, links to the company by label", write_growth),
    ("platform-team.xlsx", "the platform team: an outline numbered 1, 1.1, 1.2", write_platform),
    ("人力资源.xlsx", "human resources, in Chinese: merged objectives and weights", write_hr),
    ("people.xlsx", "three people, a sheet each", write_people),
)


class DemoBook(Struct, frozen=True):
    """One workbook written, and what it holds in a few words."""

    path: Path
    holds: str


def write_demo(folder: Path, today: date) -> tuple[DemoBook, ...]:
    """Writes the workbooks as they stand on `today`, whose quarter is their cycle.

    Raises ConfigError for a folder that holds something, or that cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ConfigError(str(folder), "is not empty; nothing was written", "name an empty or a new folder")
        for name, _, write in _BOOKS:
            write(folder / name, Quarter(today))
    except OSError as error:
        raise ConfigError(
            str(folder), f"cannot be written to: {error.strerror or error}", "name a folder you may write to"
        ) from None
    return tuple(DemoBook(folder / name, holds) for name, holds, _ in _BOOKS)
