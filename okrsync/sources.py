"""What people name as sources → the workbooks meant: paths, folders, globs, standard input, the config's entries."""

from __future__ import annotations

import difflib
import glob
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from okrsync.errors import ConfigError, OkrSyncError, WorkbookError

if TYPE_CHECKING:
    from okrsync.config import Config

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv")
"""What counts as a workbook in a folder or glob; a file named by itself may end in anything."""

SKIPPED_STARTS = (".", "~$", ".~lock")
STANDARD_INPUT = "-"
_GLOB = re.compile(r"[*?[]")
_ENDINGS_IN_WORDS = ", ".join(WORKBOOK_ENDINGS)


class Source(Struct, frozen=True):
    """One workbook to read. `name` is how it is shown, different for each workbook of a run.

    `named`: a person named this very file, it did not come out of a folder or glob. `data` is what came on standard
    input instead of a file.
    """

    path: Path
    name: str
    mapping: Path | None
    named: bool
    data: bytes | None = None


class Found(Struct, frozen=True):
    """The workbooks meant, each once, and what could not be found; the others are worked on all the same."""

    sources: tuple[Source, ...]
    failures: tuple[OkrSyncError, ...] = ()


def named_sources(texts: Sequence[str], mapping: Path | None, stdin: Callable[[], bytes]) -> Found:
    """The workbooks that words of the command line mean, relative to the current folder.

    Raises ConfigError where a mapping is given for more or fewer than one workbook.
    """
    found = _all(texts, Path(), stdin)
    if mapping is None or (not found.sources and found.failures):
        return found
    if len(found.sources) != 1 or len(texts) != 1:
        names = ", ".join(source.name for source in found.sources)
        raise ConfigError(
            "--mapping",
            f"one mapping file is for one workbook, and there are {len(found.sources)}: {names}",
            "name one workbook, or give each its own by `mapping = …` under [[source]] in config.toml",
        )
    return Found((replace(found.sources[0], mapping=mapping),), found.failures)


def config_sources(config: Config, folder: Path) -> Found:
    """The workbooks of the config's `[[source]]` entries, relative to its folder."""
    sources: list[Source] = []
    failures: list[OkrSyncError] = []
    for entry in config.source:
        found = _expanded(entry.path, folder)
        mapping = folder / entry.mapping if entry.mapping is not None else None
        sources += [replace(source, mapping=mapping) for source in found.sources]
        failures += found.failures
    return Found(_told_apart(sources), tuple(failures))


def _all(texts: Iterable[str], folder: Path, stdin: Callable[[], bytes]) -> Found:
    sources: list[Source] = []
    failures: list[OkrSyncError] = []
    for text in texts:
        if text == STANDARD_INPUT:
            sources.append(Source(Path("stdin.csv"), "stdin.csv", None, True, stdin()))
            continue
        found = _expanded(text, folder)
        sources += found.sources
        failures += found.failures
    return Found(_told_apart(sources), tuple(failures))


def _expanded(text: str, folder: Path) -> Found:
    """One word → its workbooks; a path that is there wins over reading it as a glob ("[Q4] okrs.xlsx")."""
    if "://" in text:
        return _nothing(
            text,
            "sources on the web are not read by this version",
            "download it as .xlsx (File, Download, Microsoft Excel) and name that file",
        )
    try:
        return _expanded_path(text, folder)
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        reason = getattr(error, "strerror", None) or str(error)
        return _nothing(text, f"cannot be looked up: {reason}", "check the path and your rights to it")


def _expanded_path(text: str, folder: Path) -> Found:
    path = folder / text
    if path.is_dir():
        inside = [entry for entry in path.iterdir() if _is_workbook(entry)]
        return _matched(text, inside, "holds no workbook")
    if path.exists():
        return Found((Source(path, path.name, None, named=True),))
    if _GLOB.search(text):
        found = glob.glob(text, root_dir=folder, recursive=True)  # noqa: PTH207 (the pattern may be absolute)
        hits = (folder / hit for hit in found)
        return _matched(text, [hit for hit in hits if _is_workbook(hit)], "matches no workbook")
    return _nothing(text, "there is no such file or folder" + _did_you_mean(path), _MISSING_FIX)


_MISSING_FIX = "check the name and the folder; put a name with blanks in quotes"


def _matched(text: str, paths: Iterable[Path], problem: str) -> Found:
    ordered = sorted(paths, key=lambda path: str(path).casefold())
    if not ordered:
        return _nothing(text, problem, f"name a workbook, or a folder that holds some ({_ENDINGS_IN_WORDS})")
    return Found(tuple(Source(path, path.name, None, named=False) for path in ordered))


def _nothing(text: str, problem: str, fix: str) -> Found:
    return Found((), (WorkbookError(text or '""', problem, fix),))


def _is_workbook(path: Path) -> bool:
    return path.suffix.casefold() in WORKBOOK_ENDINGS and not path.name.startswith(SKIPPED_STARTS) and path.is_file()


def _did_you_mean(path: Path) -> str:
    """The nearest name in the same folder, as the end of a sentence; "" when nothing there comes near."""
    if not path.parent.is_dir():
        return f" (nor a folder {path.parent})"
    names = [entry.name for entry in path.parent.iterdir() if not entry.name.startswith(SKIPPED_STARTS)]
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.6)
    return f". Did you mean '{near[0]}'?" if near else ""


def _told_apart(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Each file once, in the order given, under names that differ: more of the folder where base names are equal."""
    once: dict[str, Source] = {}
    for source in sources:
        identity = source.name if source.data is not None else os.path.normcase(source.path.resolve())
        known = once.get(identity)
        if known is None or (source.named and not known.named):
            once[identity] = source
    named = list(once.values())
    parts = 1
    while parts < 64 and (twice := {name for name, n in Counter(s.name.casefold() for s in named).items() if n > 1}):
        parts += 1
        named = [
            replace(s, name="/".join(s.path.resolve().parts[-parts:])) if s.name.casefold() in twice else s
            for s in named
        ]
    return tuple(named)
