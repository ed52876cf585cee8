"""A fault of okrsync itself → a log to paste: where it happened and on what, without anything a sheet holds."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from okrsync import __version__

_DEPENDENCIES = ("openpyxl", "pydantic", "python-calamine", "rapidfuzz", "rich", "schedule", "xlsxwriter")


def write_log(error: BaseException, command: str) -> Path | None:
    """The log's place in the temp folder; None where even that cannot be written."""
    text = "\n".join(_lines(error, command)) + "\n"
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="okrsync-bug-", suffix=".log", delete=False
        ) as file:
            file.write(text)
    except OSError:
        return None
    return Path(file.name)


def _lines(error: BaseException, command: str) -> Iterator[str]:
    yield f"okrsync {__version__}, command: {command or '?'}"
    yield f"Python {sys.version.split()[0]} on {platform.system()} {platform.release()} {platform.machine()}"
    yield ", ".join(f"{name} {_version(name)}" for name in _DEPENDENCIES)
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        # The message is left out: it may quote a cell. The frames show code, never values.
        yield f"\n{type(cause).__module__}.{type(cause).__qualname__} (message left out: it may quote a sheet)"
        yield from (
            line.rstrip("\n")
            for line in traceback.StackSummary.extract(
                traceback.walk_tb(cause.__traceback__), capture_locals=False
            ).format()
        )
        cause = cause.__cause__ or cause.__context__


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"
