"""What people name as sources, and which workbooks that means."""

from __future__ import annotations

from pathlib import Path

import pytest

from okrsync.config import Config, SourceSettings
from okrsync.errors import ConfigError
from okrsync.sources import Found, config_sources, named_sources


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def found(*texts: str) -> Found:
    return named_sources(texts, None, lambda: b"Objective,Key result\n")


def names(*texts: str) -> list[str]:
    return [source.name for source in found(*texts).sources]


def problem(*texts: str) -> str:
    result = found(*texts)
    assert result.sources == ()
    return str(result.failures[0])


def test_a_file_is_named_whatever_its_ending(here: Path) -> None:
    files(here, "okrs.dat")

    (source,) = found("okrs.dat").sources
    assert (source.name, source.named) == ("okrs.dat", True)


def test_a_folder_means_the_workbooks_directly_in_it_by_name(here: Path) -> None:
    files(here, "q/b.xlsx", "q/A.xlsm", "q/c.csv", "q/notes.docx", "q/deep/d.xlsx")

    assert names("q") == ["A.xlsm", "b.xlsx", "c.csv"]
    assert not any(source.named for source in found("q").sources)


@pytest.mark.parametrize("name", [".hidden.xlsx", "~$okrs.xlsx", ".~lock.okrs.xlsx#", ".~lock.okrs.xlsx"])
def test_folders_and_globs_skip_hidden_and_lock_files(here: Path, name: str) -> None:
    files(here, "okrs.xlsx", name)

    assert names(".") == names("*") == ["okrs.xlsx"]


def test_a_glob_may_go_deeper(here: Path) -> None:
    files(here, "a.xlsx", "teams/b.xlsx", "teams/old/c.xlsx")

    assert names("**/*.xlsx") == ["a.xlsx", "b.xlsx", "c.xlsx"]


def test_a_glob_may_be_absolute(here: Path) -> None:
    files(here, "a.xlsx")

    assert names(str(here / "*.xlsx")) == ["a.xlsx"]


def test_a_file_with_brackets_in_its_name_is_that_file(here: Path) -> None:
    files(here, "[Q4] okrs.xlsx", "Q okrs.xlsx")

    assert names("[Q4] okrs.xlsx") == ["[Q4] okrs.xlsx"]


def test_a_file_named_twice_is_read_once(here: Path) -> None:
    files(here, "q/a.xlsx", "q/b.xlsx")

    sources = found("q", "q/a.xlsx", "./q/a.xlsx").sources
    assert [(source.name, source.named) for source in sources] == [("a.xlsx", True), ("b.xlsx", False)]


def test_workbooks_of_the_same_name_are_told_apart_by_their_folders(here: Path) -> None:
    files(here, "growth/okrs.xlsx", "platform/okrs.xlsx", "own.xlsx")

    assert names("growth/okrs.xlsx", "platform", "own.xlsx") == ["growth/okrs.xlsx", "platform/okrs.xlsx", "own.xlsx"]


def test_as_much_of_the_path_is_shown_as_it_takes(here: Path) -> None:
    files(here, "a/x/okrs.xlsx", "b/x/okrs.xlsx")

    assert names("a/x/okrs.xlsx", "b/x/okrs.xlsx") == ["a/x/okrs.xlsx", "b/x/okrs.xlsx"]


def test_a_dash_is_csv_on_standard_input(here: Path) -> None:
    (source,) = found("-").sources

    assert (source.name, source.data) == ("stdin.csv", b"Objective,Key result\n")


def test_a_missing_file_is_named_with_its_nearest_neighbour(here: Path) -> None:
    files(here, "growth.xlsx")

    assert "there is no such file or folder. Did you mean 'growth.xlsx'?" in problem("grwth.xlsx")


def test_a_missing_folder_is_named(here: Path) -> None:
    assert "nor a folder" in problem("q5/okrs.xlsx")


def test_a_missing_file_without_a_neighbour_gets_no_hint(here: Path) -> None:
    assert "Did you mean" not in problem("okrs.xlsx")


def test_what_is_missing_does_not_keep_the_others_from_being_found(here: Path) -> None:
    files(here, "a.xlsx")

    result = found("none.xlsx", "a.xlsx", "*.ods")
    assert [source.name for source in result.sources] == ["a.xlsx"]
    assert [failure.where for failure in result.failures] == ["none.xlsx", "*.ods"]


def test_an_empty_folder_is_a_failure(here: Path) -> None:
    (here / "empty").mkdir()

    assert "holds no workbook" in problem("empty")


@pytest.mark.parametrize("text", ["a\0b.xlsx", "https://docs.example/spreadsheets/d/1x"])
def test_what_cannot_be_a_path_is_refused_in_words(here: Path, text: str) -> None:
    assert "Fix: " in problem(text)


def test_a_path_too_long_for_the_system_is_refused_in_words(here: Path) -> None:
    assert "Fix: " in problem("x" * 5000)


def test_a_mapping_goes_to_the_one_workbook(here: Path) -> None:
    files(here, "a.xlsx")

    result = named_sources(["a.xlsx"], Path("m.toml"), bytes)
    assert result.sources[0].mapping == Path("m.toml")


@pytest.mark.parametrize("texts", [["."], ["a.xlsx", "b.xlsx"]])
def test_a_mapping_for_several_workbooks_is_refused(here: Path, texts: list[str]) -> None:
    files(here, "a.xlsx", "b.xlsx")

    with pytest.raises(ConfigError, match="one mapping file is for one workbook, and there are 2"):
        named_sources(texts, Path("m.toml"), bytes)


def test_a_mapping_for_a_missing_workbook_leaves_the_failure_standing(here: Path) -> None:
    assert named_sources(["a.xlsx"], Path("m.toml"), bytes).failures


def test_paths_of_a_config_are_relative_to_its_folder(here: Path) -> None:
    files(here, "conf/okrs/a.xlsx", "conf/b.xlsx")
    config = Config(source=(SourceSettings(path="okrs/*.xlsx"), SourceSettings(path="b.xlsx", mapping="m/b.toml")))

    sources = config_sources(config, Path("conf")).sources
    assert [source.path for source in sources] == [Path("conf/okrs/a.xlsx"), Path("conf/b.xlsx")]
    assert sources[1].mapping == Path("conf/m/b.toml")


def test_a_missing_source_of_a_config_is_a_failure(here: Path) -> None:
    assert config_sources(Config(source=(SourceSettings(path="none.xlsx"),)), Path()).failures
