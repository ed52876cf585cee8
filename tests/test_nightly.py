"""The nightly loop on a clock of its own: every sleep moves the schedule instead of the time."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import schedule

from okrsync.errors import ConfigError, WorkbookError
from okrsync.nightly import attempt, keep_syncing, only_one


class Stop(BaseException):
    """Ends the loop, as Ctrl-C does."""


def night_after_night(run: Callable[[], object], times: list[str], *, sleeps: int) -> list[str]:
    """Runs the loop until it has slept so often; what it logged."""
    scheduler = schedule.Scheduler()
    logged: list[str] = []
    left = iter(range(sleeps))

    def sleep(seconds: float) -> None:
        assert 0 < seconds <= 30
        if next(left, None) is None:
            raise Stop
        for job in scheduler.get_jobs():
            assert job.next_run is not None
            job.next_run -= timedelta(hours=25)  # longer than a day: it is due when we wake

    with pytest.raises(Stop):
        keep_syncing(run, times, log=logged.append, sleep=sleep, bug=lambda error: f"bug {error}", scheduler=scheduler)
    return logged


def test_the_loop_runs_once_per_night_and_says_when_the_next_run_is() -> None:
    runs: list[int] = []

    logged = night_after_night(lambda: runs.append(1), ["02:00"], sleeps=3)

    assert len(runs) == 3
    assert len(logged) == 4
    assert all(re.fullmatch(r"next run at \d{4}-\d\d-\d\d 02:00", line) for line in logged)


def test_a_run_that_fails_is_logged_and_the_loop_goes_on() -> None:
    outcomes = iter([WorkbookError("a.xlsx", "is locked", "close it"), ValueError("x"), None])

    def run() -> None:
        failure = next(outcomes)
        if failure is not None:
            raise failure

    logged = night_after_night(run, ["02:00"], sleeps=3)

    assert [line for line in logged if not line.startswith("next run")] == [
        "failed: a.xlsx: is locked\n  Fix: close it",
        "failed: bug x",
    ]


def test_every_time_has_its_run_and_a_time_given_twice_only_one() -> None:
    runs: list[int] = []

    night_after_night(lambda: runs.append(1), ["02:00", "14:30", "02:00"], sleeps=1)

    assert len(runs) == 2


def test_an_interruption_is_no_failure_and_ends_the_loop() -> None:
    def run() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attempt(run, log=pytest.fail, bug=str)


def test_a_second_nightly_is_refused_and_told_who_holds_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"

    words = f"another .* is at work .process {os.getpid()}."
    with only_one(lock), pytest.raises(ConfigError, match=words) as caught, only_one(lock):
        pytest.fail("two at once")

    assert "Fix: stop that one first" in str(caught.value)


def test_the_lock_is_free_again_when_the_first_has_ended(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with only_one(lock):
        pass

    with only_one(lock):
        assert lock.read_text() == f"process {os.getpid()}\n"


def test_a_lock_file_left_behind_by_a_crash_does_not_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("process 1\n")

    with only_one(lock):
        pass


def test_a_folder_that_cannot_be_written_to_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"), only_one(tmp_path / "none" / "lock"):
        pytest.fail("no lock was taken")
