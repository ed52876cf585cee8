"""config.toml: what can be said in it, and the words for what is wrong."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from okrsync.config import Config
from okrsync.config_file import example, load, local_day
from okrsync.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent


def config(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(config(folder, text))
    assert caught.value.where.endswith("config.toml") or "config.toml: " in caught.value.where
    assert caught.value.fix
    return caught.value


def test_a_setting_that_is_given_replaces_its_default_and_no_other(tmp_path: Path) -> None:
    read = load(config(tmp_path, "[thresholds]\nstale_days = 21\n"))

    assert read.thresholds.stale_days == 21
    assert read.thresholds.off_track_gap == Config().thresholds.off_track_gap


def test_an_empty_file_is_every_default(tmp_path: Path) -> None:
    assert load(config(tmp_path, "")) == Config()


def test_a_file_saved_by_notepad_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf[run]\r\nfail_on = 'error'\r\n")

    assert load(path).run.fail_on == "error"


def test_sources_keep_their_order_and_mappings(tmp_path: Path) -> None:
    read = load(config(tmp_path, '[[source]]\npath = "b.xlsx"\nmapping = "m.toml"\n[[source]]\npath = "a*.xlsx"\n'))

    assert [(one.path, one.mapping) for one in read.source] == [("b.xlsx", "m.toml"), ("a*.xlsx", None)]


def test_the_backup_folder_is_relative_to_the_config(tmp_path: Path) -> None:
    read = load(config(tmp_path, '[backup]\ndir = "kept"\n'))

    assert read.backup.dir == str(tmp_path / "kept")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "[thresholds]\nstale_day = 4",
            'line 2: there is no setting "stale_day" in [thresholds]. Did you mean "stale_d',
        ),
        ("[treshold]", 'line 1: there is no section or setting "treshold". Did you mean "thresholds"?'),
        ("sources = 3", 'there is no section or setting "sources". Did you mean "source"?'),
        ('[thresholds]\nstale_days = "soon"', 'line 2: [thresholds] stale_days = "soon": it should be a whole number'),
        (
            "[thresholds]\noff_track_gap = -1",
            "[thresholds] off_track_gap = -1: it should be greater than or equal to 0",
        ),
        ('[scoring]\nmissing = "zer"', "[scoring] missing = \"zer\": it should be 'zero' or 'skip'"),
        ('[[source]]\nmapping = "a"', '[source] lacks "path"'),
        ("source = 3", "source = 3: it should be a list"),
        ("run = true", "run = true: it should be a section"),
        ("[run]\nfail_on = [1]", "fail_on = [1]: it should be 'error', 'warning' or 'never'"),
        ('[run]\ntimezone = "Europe/Berln"', 'there is no such time zone. Did you mean "Europe/Berlin"?'),
        ('[run]\ntimezone = "../etc"', "there is no such time zone"),
        ('[nightly]\nat = ["25:00"]', '"25:00" is no time of day'),
        ('[checks]\nignore = { KR002 = " " }', "[checks.ignore] KR002 has no reason"),
        ("x = ", "cannot be understood"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_its_value(tmp_path: Path, text: str, words: str) -> None:
    assert words in str(refused(tmp_path, text))


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    error = str(refused(tmp_path, "[backup]\nkeep = 0\n[limits]\nratio = 1\n"))

    assert "[backup] keep = 0" in error
    assert "[limits] ratio = 1" in error


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load(tmp_path / "none.toml")


def test_a_folder_is_no_config(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_a_file_that_is_not_utf8_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("[run]\nfail_on = 'é'".encode("latin-1"))

    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        load(path)


def test_a_computer_without_time_zones_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoneinfo.available_timezones", set)

    assert refused(tmp_path, '[run]\ntimezone = "Mars/Olympus"').fix == "pip install tzdata"


def test_the_day_is_the_one_of_the_time_zone() -> None:
    late_evening_in_london = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)

    assert local_day("Europe/London", late_evening_in_london) == date(2026, 11, 20)
    assert local_day("Asia/Shanghai", late_evening_in_london) == date(2026, 11, 21)


def test_without_a_time_zone_the_day_is_this_computers() -> None:
    now = datetime(2026, 11, 20, 12, 0).astimezone()

    assert local_day(None, now) == date(2026, 11, 20)


def test_the_example_in_the_repository_is_what_the_settings_say(update_golden: bool) -> None:
    path = ROOT / "config.example.toml"
    if update_golden:
        path.write_text(example(), encoding="utf-8", newline="\n")

    assert path.read_text(encoding="utf-8") == example()


def test_the_example_as_it_is_changes_nothing(tmp_path: Path) -> None:
    assert load(config(tmp_path, example())) == Config()


def test_every_line_of_the_example_may_be_taken_into_use(tmp_path: Path) -> None:
    in_use = re.sub(r"(?m)^# (?=\w+ = |\[)", "", example())

    read = load(config(tmp_path, in_use))

    assert set(tomllib.loads(in_use)) == set(Config.model_fields)
    assert read.scoring == Config().scoring
    assert read.source[0].path == "okrs/*.xlsx"
