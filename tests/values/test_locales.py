"""Every language file is held to what is read out of it."""

from __future__ import annotations

import pytest

from okrsync.values.locales import COMMON, Word, Words, date_order, decimal_of, languages, lexicon, split_locale

COMPARATORS = {">=", "<=", ">", "<"}
TABLES = {
    "decimal", "decimal_varies", "regions", "own_currencies", "magnitudes", "money_magnitudes", "compounds", "units",
    "currencies", "currency_codes", "before", "after", "links", "answers", "levels", "dates", "numbers", "fractions",
    "times",
}  # fmt: skip
LANGUAGES = sorted(languages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_file_has_only_what_is_read(language: str) -> None:
    raw = languages()[language]

    assert set(raw) <= TABLES
    assert set(raw.get("before", {})) <= {"comparators", "signs", "units", "words"}
    assert set(raw.get("after", {})) <= {"comparators", "words"}
    assert set(raw.get("before", {}).get("words", {})) <= {"hedge", "neutral", "from", "between"}
    assert set(raw.get("after", {}).get("words", {})) <= {"hedge", "per", "aside", "ordinal", "date_mark", "counter"}
    assert set(raw.get("links", {})) <= {"of", "among", "to", "and", "dash", "arrow"}
    assert set(raw.get("answers", {})) <= {"yes", "no"}
    assert set(raw.get("levels", {})) <= {"high", "medium", "low"}
    for side in ("before", "after"):
        assert set(raw.get(side, {}).get("comparators", {})) <= COMPARATORS
    for name in ("magnitudes", "money_magnitudes"):
        assert all(float(factor) > 1 for factor in raw.get(name, {}))


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != COMMON])
def test_a_language_knows_its_separator_order_and_months(language: str) -> None:
    raw = languages()[language]

    assert raw["decimal"] in (".", ",")
    assert raw["dates"]["order"] in ("dmy", "mdy", "ymd")
    assert len(raw["dates"].get("months", [[]] * 12)) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_language_is_blank_or_given_twice_in_one_table(language: str) -> None:
    def lists(table: object) -> list[list[str]]:
        if isinstance(table, dict):
            return [found for each in table.values() for found in lists(each)]
        return [table] if isinstance(table, list) and all(isinstance(each, str) for each in table) else []

    for words in lists(dict(languages()[language])):
        assert len(set(words)) == len(words)
        assert all(word == word.strip() and word for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_that_ends_a_number_also_links_two(language: str) -> None:
    raw = languages()[language]
    links = {word for words in raw.get("links", {}).values() for word in words}

    ends = raw.get("after", {}).get("words", {})
    assert links.isdisjoint([*ends.get("per", ()), *ends.get("aside", ()), *ends.get("hedge", ())])


def test_a_locale_is_a_language_with_perhaps_a_region() -> None:
    assert split_locale("pt-BR") == ("pt", "BR")
    assert split_locale("zh_Hant_TW") == ("zh", "TW")
    assert split_locale("tlh") == (None, "")
    assert split_locale("common") == (None, "")
    assert (decimal_of("de-CH"), decimal_of("de"), decimal_of("tlh")) == (".", ",", None)
    assert (date_order("en"), date_order("en-GB"), date_order("tlh")) == ("mdy", "dmy", None)


def test_the_longest_word_is_found_and_no_part_of_a_longer_one() -> None:
    words = Words(
        [
            Word("d", "unit", "day"),
            Word("days", "unit", "day"),
            Word("天", "unit", "day"),
            Word("=M", "magnitude", "1e6"),
        ]
    )

    def found(text: str) -> str | None:
        at = words.at(text, text.lower(), 0)
        return text[: at[1]] if at is not None else None

    assert [found(text) for text in ("days", "day", "d", "d7", "天天", "M", "m", "")] == [
        "days",
        None,
        "d",
        None,
        "天",
        "M",
        None,
        None,
    ]


def test_a_language_s_own_words_go_before_those_of_others() -> None:
    word, other = lexicon("ja").after.whole("分"), lexicon().after.whole("分")

    assert word is not None and other is not None
    assert (word.value, other.value) == ("minute", "score")
