"""Numbers with what belongs to them: sign, magnitude, unit, comparator, scale, whole, range."""

from __future__ import annotations

import pytest

from okrsync.language.amounts import amounts_of
from okrsync.language.lexed import Amount
from tests.language.reading import lexed


def _only(text: str, language: str) -> Amount:
    (amount,) = amounts_of(lexed(text, language))
    return amount


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("1,250 orders", "en", 1250, None),
        ("1.250 Bestellungen", "de", 1250, None),
        ("3 000 repas", "fr", 3000, None),
        ("61,5 %", "de", 61.5, "%"),
        ("７５％", "ja", 75, "%"),
        ("−4 %", "en", -4, "%"),
        ("$1.2M", "en", 1_200_000, "USD"),
        ("R$ 3,5 milhões", "pt", 3_500_000, "BRL"),
        ("1,4 Mio. €", "de", 1_400_000, "EUR"),
        ("3 lakh rupees", "en", 300_000, "INR"),
        ("74 万美元", "zh", 740_000, "USD"),
        ("1億2千万円", "ja", 120_000_000, "JPY"),
        ("3억 5천만 원", "ko", 350_000_000, "KRW"),
        ("百分之三十", "zh", 30, "%"),
        ("三分之一", "zh", 100 / 3, "%"),
        ("两家", "zh", 2, None),
        ("三百二十人", "ja", 320, None),
        ("fünfundzwanzig Filialen", "de", 25, None),
        ("twenty-five shops", "en", 25, None),
        ("half an hour", "en", 0.5, "hour"),
        ("이틀", "ko", 2, "day"),
        ("2.5x", "en", 2.5, "x"),
        ("1.5 times quicker", "en", 1.5, "x"),
        ("3 percentage points", "en", 3, "pp"),
        ("250 ms", "en", 250, "ms"),
        ("9 Werktage", "de", 9, "day"),
        ("40 kWh", "en", 40, "kWh"),
    ],
)
def test_a_number_is_read_with_its_magnitude_and_unit(text: str, language: str, value: float, unit: str | None) -> None:
    amount = _only(text, language)

    assert amount.value == pytest.approx(value)
    assert amount.unit == unit


@pytest.mark.parametrize(
    ("text", "language", "comparator"),
    [
        ("at least 40 shops", "en", ">="),
        ("40+ shops", "en", ">="),
        ("40 shops or more", "en", ">="),
        ("no more than 3 hours", "en", "<="),
        ("under 2 %", "en", "<"),
        ("over 2 %", "en", ">"),
        ("höchstens 3 Tage", "de", "<="),
        ("moins de 3 jours", "fr", "<"),
        ("90% 以上", "zh", ">="),
        ("超过 300 人", "zh", ">"),
        ("0.05%以下", "ja", "<="),
        ("2일 이내", "ko", "<="),
    ],
)
def test_a_comparator_is_read_where_one_is_written(text: str, language: str, comparator: str | None) -> None:
    assert _only(text, language).comparator == comparator


def test_a_rating_keeps_its_scale() -> None:
    amount = _only("4.6 of 5 stars", "en")

    assert (amount.value, amount.unit, amount.scale) == (4.6, "score", 5)


@pytest.mark.parametrize(
    ("text", "language"),
    [("3 in 4 users", "en"), ("3 von 4 Kunden", "de"), ("4명 중 3명", "ko"), ("4 人中有 3 人", "zh")],
)
def test_a_part_is_read_with_its_whole(text: str, language: str) -> None:
    amount = _only(text, language)

    assert (amount.value, amount.whole) == (3, 4)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("20–30 %", "en"),
        ("between 20 and 30 %", "en"),
        ("zwischen 20 und 30 %", "de"),
        ("20~30%", "ko"),
        ("20 or 30 %", "en"),
        ("20 oder 30 %", "de"),
    ],
)
def test_a_range_is_read_with_its_end(text: str, language: str) -> None:
    amount = _only(text, language)

    assert (amount.value, amount.upper, amount.unit) == (20, 30, "%")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Win 4 to 6 pilots", "en"),
        ("Interview about 4 to 6 bakers", "en"),
        ("4 bis 6 Läden eröffnen", "de"),
        ("Ouvrir 4 à 6 boutiques", "fr"),
        ("Abrir 4 a 6 tiendas", "es"),
        ("Abrir 4 a 6 lojas", "pt"),
        ("开设4至6家门店", "zh"),
    ],
)
def test_so_many_to_so_many_things_to_be_done_are_a_range(text: str, language: str) -> None:
    amount = _only(text, language)

    assert (amount.value, amount.upper) == (4, 6)


@pytest.mark.parametrize("text", ["Grow the team 4 to 6 people", "NPS 4 to 6", "Bring refunds 6 to 4", "Win 4 to $6"])
def test_what_moves_from_number_to_number_is_no_range(text: str) -> None:
    assert len(amounts_of(lexed(text))) == 2


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("Passer sous 2h30", "fr", 150, "minute"),
        ("1 hour 20 minutes", "en", 80, "minute"),
        ("1 Std. 20 Min.", "de", 80, "minute"),
        ("2分30秒", "zh", 150, "second"),
        ("七成五", "zh", 75, "%"),
        ("7割5分", "ja", 75, "%"),
        ("half a dozen bakers", "en", 6, None),
        ("se multiplica por 8", "es", 8, "x"),
        ("multiply the orders by 2.5", "en", 2.5, "x"),
    ],
)
def test_what_is_written_in_two_parts_is_one_amount(text: str, language: str, value: float, unit: str | None) -> None:
    amount = _only(text, language)

    assert (amount.value, amount.unit) == (value, unit)


def test_the_weeks_of_a_year_are_no_whole() -> None:
    three, weeks = amounts_of(lexed("3 in 4 weeks"))

    assert three.whole is None
    assert weeks.unit == "week"
