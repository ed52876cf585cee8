"""The words okrsync writes into sheets: every language whole, English where there is none."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from okrsync.edits import Role, SheetKind
from okrsync.findings import Severity
from okrsync.model import Level
from okrsync.scoring import Status
from okrsync.wording import COLOURS, Words, all_words, languages, words

PLACE = re.compile(r"\{(\w+)\}")


def test_english_and_chinese_are_there_with_english_first() -> None:
    assert languages()[0] == "en"
    assert "zh" in languages()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_name_has_a_word(language: str) -> None:
    own = words(language)

    assert own.language == language
    assert set(own.headers) == set(Role)
    assert set(own.statuses) == set(Status)
    assert set(own.levels) == set(Level)
    assert set(own.severities) == set(Severity)
    assert set(own.sheet_names) == set(own.notices) == set(SheetKind)


@pytest.mark.parametrize("language", languages())
def test_a_language_has_the_labels_and_codes_that_english_has_and_no_others(language: str) -> None:
    own, english = (
        tomllib.loads((files("okrsync") / "wording" / f"{name}.toml").read_text(encoding="utf-8"))
        for name in (language, "en")
    )

    assert {section: set(texts) for section, texts in own.items()} == {
        section: set(texts) for section, texts in english.items()
    }


@pytest.mark.parametrize("language", languages())
def test_a_label_has_the_same_places_to_fill_in_every_language(language: str) -> None:
    english = words("en").labels

    for name, text in words(language).labels.items():
        assert set(PLACE.findall(text)) == set(PLACE.findall(english[name])), name


@pytest.mark.parametrize("own", all_words(), ids=lambda own: own.language)
def test_the_words_of_one_list_differ_from_each_other(own: Words) -> None:
    for name in ("headers", "statuses", "sheet_names", "notices"):
        texts = list(getattr(own, name).values())
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("own", all_words(), ids=lambda own: own.language)
def test_sheet_names_are_allowed_in_excel(own: Words) -> None:
    for name in own.sheet_names.values():
        assert len(name) <= 28  # room for a number behind it
        assert not set(name) & set("[]:*?/\\'")


@pytest.mark.parametrize("own", all_words(), ids=lambda own: own.language)
def test_short_words_of_a_code_can_be_told_apart_in_the_gaps_column(own: Words) -> None:
    for text in own.codes.values():
        assert ";" not in text


def test_a_region_does_not_matter() -> None:
    assert words("zh-CN") == words("zh_TW")
    assert words("ZH").headers[Role.PROGRESS] == "进度"


def test_an_unknown_language_gets_english() -> None:
    assert words("xx").headers[Role.EXPECTED] == "Expected today"


def test_words_are_kept() -> None:
    assert words("en") is words("en")


def test_every_status_has_a_colour_by_its_word() -> None:
    assert set(COLOURS) == set(Status)
    assert words("en").status_colours() == {
        "achieved": "green",
        "missed": "red",
        "not started": "grey",
        "no data": "grey",
        "off track": "red",
        "at risk": "amber",
        "stale": "amber",
        "on track": "green",
    }
    assert words("zh").status_colours()["落后"] == "red"


def test_the_gaps_column_says_short_words_with_their_codes() -> None:
    assert words("en").gaps_text(["KR002", "AL004"]) == "no baseline KR002; contributes to nothing AL004"
    assert words("zh").gaps_text(["KR002"]) == "缺基线 KR002"


def test_the_gaps_column_is_blank_without_findings_and_shows_an_unknown_code_bare() -> None:
    assert words("en").gaps_text([]) is None
    assert words("en").gaps_text(["XX999"]) == "XX999"


def test_a_label_is_filled() -> None:
    assert words("en").label("cycle", name="2026-Q4") == "Cycle 2026-Q4"


def test_what_was_assumed_names_its_field_in_the_language() -> None:
    assert words("en").assumed("baseline 0") == "baseline 0"
    assert words("zh").assumed("baseline 0") == "基线 0"
    assert words("zh").assumed("something") == "something"
