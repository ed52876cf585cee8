"""What holds for every text and every number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsync.model import Cycle
from okrsync.values import guess_locale, read_date, read_level_word, read_quantity, read_unit, read_yes_no
from okrsync.values.numerals import find_numerals, plain

Q4 = Cycle(name="2026-Q4", start=date(2026, 10, 1), end=date(2026, 12, 31))
PIECES = [
    "1",
    "45",
    "2026",
    "1.234",
    "1,5",
    "%",
    " ",
    "-",
    "/",
    "–",
    "of",
    "to",
    "≥",
    "$",
    "万",
    "月",
    "日",
    "k",
    "(",
    ")",
    ".",
    "Nov",
    "Q",
    "W",
    "🟢",
]
cells = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
locales = st.sampled_from([None, "en", "zh", "de", "fr", "es-MX", "pt", "ja", "ru", "ko", "vi", "xx"])
STYLES = {
    "en": (",", "."),
    "de": (".", ","),
    "fr": ("\u202f", ","),
    "pt-BR": (".", ","),
    "de-CH": ("’", "."),
    "ru": ("\u00a0", ","),
    "zh": (",", "."),
}


@given(cells, locales)
def test_no_text_raises_and_the_same_text_reads_the_same(text: str, locale: str | None) -> None:
    first = read_quantity(text, locale=locale)

    assert read_quantity(text, locale=locale) == first
    read_date(text, locale=locale, cycle=Q4)
    read_unit(text)
    read_yes_no(text)
    read_level_word(text)
    guess_locale([text])


@given(cells, st.sampled_from(["", " ", "\u00a0", "\u3000", "\n", "\t "]))
def test_white_space_around_changes_nothing(text: str, space: str) -> None:
    assert read_quantity(space + text + space) == read_quantity(text)
    assert read_date(space + text + space, cycle=Q4) == read_date(text, cycle=Q4)


@given(st.text(alphabet="0123456789.,%-+/ ()$kd", max_size=15))
def test_full_width_forms_change_nothing(text: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter != " " else "\u3000" for letter in text)

    assert read_quantity(wide) == read_quantity(text)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4), st.sampled_from(sorted(STYLES)))
def test_a_number_written_in_a_locale_is_read_back(digits: int, places: int, locale: str) -> None:
    group, point = STYLES[locale]
    number = digits / 10**places
    text = f"{number:,.{places}f}".replace(",", "\0").replace(".", point).replace("\0", group)

    quantity = read_quantity(text, locale=locale)

    assert quantity is not None
    assert quantity.value == pytest.approx(number, abs=10**-places / 2)
    assert quantity.scale_sure


@given(st.dates(date(1980, 1, 1), date(2150, 1, 1)))
def test_a_day_written_in_any_order_is_read_back(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day:%d.%m.%Y}") == day
    assert read_date(f"{day:%m/%d/%Y}", locale="en-US") == day
    assert read_date(f"{day:%d/%m/%Y}", locale="en-GB") == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert read_date(f"{day:%B} {day.day}, {day.year}") == day


@given(st.floats(-1e6, 1e6), st.text(alphabet='0#?.,%;[]"\\_*@$€-<>=dmyhs E+', max_size=12))
def test_no_number_format_raises(value: float, code: str) -> None:
    read_quantity(value, number_format=code)


@given(cells)
def test_numerals_stand_apart_and_in_order(text: str) -> None:
    bare = plain(text)
    end = 0
    for numeral in find_numerals(bare):
        assert end <= numeral.start < numeral.end <= len(bare)
        end = numeral.end
