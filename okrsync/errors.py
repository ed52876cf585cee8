"""What stops a workbook or a run, in words a spreadsheet user can act on."""

from __future__ import annotations


class OkrSyncError(Exception):
    """Stops one workbook or one run; the message names the place and quotes what was found, `fix` says what to do.

    `where` is as a user knows the place: `team.xlsx`, `team.xlsx!'Q4 OKRs'!E7`, `config.toml`.
    """

    def __init__(self, where: str, problem: str, fix: str) -> None:
        super().__init__(f"{where}: {problem}\n  Fix: {fix}")
        self.where = where
        self.problem = problem
        self.fix = fix


class ConfigError(OkrSyncError):
    """The config, a mapping file or the command line cannot be used as it is."""


class WorkbookError(OkrSyncError):
    """A workbook cannot be read, or must not be written."""
