"""The language of one sentence, by its script, its letters, its small words and the endings of its long ones."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from okrsync.language.detect import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Cut the churn of new customers", "en"),
        ("Collect opt-ins, no dark patterns", "en"),
        ("缩短交付周期", "zh"),
        ("縮短交付週期 with Jira", "zh"),
        ("納期を短縮する", "ja"),
        ("배포 주기 단축", "ko"),
        ("Null meldepflichtige Datenpannen", "de"),
        ("Réduire les délais de livraison", "fr"),
        ("Reducir las devoluciones de la tienda", "es"),
        ("Reduzir as devoluções da loja", "pt"),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str) -> None:
    assert language_of(text.lower()) == language


def test_where_small_words_are_wanting_words_that_mean_something_tell() -> None:
    assert language_of("nps membres : 42 (actuellement 31)") == "fr"
    assert language_of("zero sev1s") == "en"


def test_a_hint_decides_where_the_words_do_not() -> None:
    assert language_of("nps 50", "de") == "de"
    assert language_of("nps 50", "xx") == "en"
    assert language_of("缩短交付周期", "de") == "zh"


def test_english_shares_no_small_word_with_another_language() -> None:
    folder = files("okrsync.language.cues")
    words = {
        language: set(tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))["detect"]["words"])
        for language in ("en", "de", "fr", "es", "pt")
    }

    for language in ("de", "fr", "es", "pt"):
        assert not words["en"] & words[language], language
