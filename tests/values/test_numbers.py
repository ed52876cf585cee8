"""Quantities as people type them, one cell after another."""

from __future__ import annotations

import pytest

from okrsync.model import Comparator
from okrsync.values import Quantity, guess_locale, read_quantity

PLAIN = {
    "45": Quantity(45),
    "1.5": Quantity(1.5),
    "1,5": Quantity(1.5),
    ".5": Quantity(0.5),
    "1.234,5": Quantity(1234.5),
    "1,234.5": Quantity(1234.5),
    "1 234,5": Quantity(1234.5),
    "1\u00a0234,5": Quantity(1234.5),
    "1\u202f234,5": Quantity(1234.5),
    "12 345 678": Quantity(12345678),
    "1'234": Quantity(1234),
    "1’234.5": Quantity(1234.5),
    "1,00,000": Quantity(100000),
    "12,34,567.5": Quantity(1234567.5),
    "1.234.567": Quantity(1234567),
    "1,234,567": Quantity(1234567),
    "0,123": Quantity(0.123),
    "1234,567": Quantity(1234.567),
    "1.5e3": Quantity(1500),
    "2E-2": Quantity(0.02),
    "5.": Quantity(5),
    "１２３": Quantity(123),
    "٤٥": Quantity(45),
}
SIGNED = {
    "–3": Quantity(-3),
    "-3": Quantity(-3),
    "\u22123": Quantity(-3),
    "－３": Quantity(-3),
    "+20 %": Quantity(20, "%"),
    "± 5.2%": Quantity(5.2, "%"),
    "(3)": Quantity(-3),
    "（３）": Quantity(-3),
    "($1,200.50)": Quantity(-1200.5, "USD"),
    "-$5": Quantity(-5, "USD"),
    "$-5": Quantity(-5, "USD"),
}
PERCENT = {
    "45%": Quantity(45, "%"),
    "45 %": Quantity(45, "%"),
    "45 percent": Quantity(45, "%"),
    "60 Prozent": Quantity(60, "%"),
    "45 pour cent": Quantity(45, "%"),
    "45 por ciento": Quantity(45, "%"),
    "45 por cento": Quantity(45, "%"),
    "45パーセント": Quantity(45, "%"),
    "45 процентов": Quantity(45, "%"),
    "百分之45": Quantity(45, "%"),
    "%45": Quantity(45, "%"),
    "４５％": Quantity(45, "%"),
    "61,5 %": Quantity(61.5, "%"),
    "5 pp": Quantity(5, "pp"),
    "5个百分点": Quantity(5, "pp"),
    "2 percentage points": Quantity(2, "pp"),
    "3 Prozentpunkte": Quantity(3, "pp"),
}
UNITS = {
    "9 days": Quantity(9, "day"),
    "0d": Quantity(0, "day"),
    "5-day": Quantity(5, "day"),
    "30d CATL": Quantity(30, "day"),
    "10 business days": Quantity(10, "day"),
    "3 个月": Quantity(3, "month"),
    "2 weeks": Quantity(2, "week"),
    "800 ms": Quantity(800, "ms"),
    "10分钟": Quantity(10, "minute"),
    "24小时": Quantity(24, "hour"),
    "5 Jahre": Quantity(5, "year"),
    "3.5x": Quantity(3.5, "x"),
    "x3": Quantity(3, "x"),
    "3倍": Quantity(3, "x"),
    "4.5分": Quantity(4.5, "score"),
    "NPS 50": Quantity(50, "score"),
    "18 家": Quantity(18, "家"),
    "7个": Quantity(7, "个"),
    "100MB": Quantity(100, "MB"),
    "12 users": Quantity(12, "users"),
    "3 new customers": Quantity(3, "new customers"),
    "1 (CATL)": Quantity(1),
    "≥ 3 (EVE, LG)": Quantity(3, None, ">="),
    "320/month": Quantity(320),
    "320 users/month": Quantity(320, "users"),
    "5 per user": Quantity(5),
    "5 €/Monat": Quantity(5, "EUR"),
    "20 t CO2": Quantity(20, "t CO2"),
    "5 by Friday": Quantity(5),
    "45 done": Quantity(45),
    "达到95%": Quantity(95, "%"),
    "Target: 45%": Quantity(45, "%"),
    "CSAT 90%": Quantity(90, "%"),
    "0% coberto": Quantity(0, "%"),
    "5% in Q3": Quantity(5, "%"),
    "45日": Quantity(45, "day"),
}
MONEY = {
    "74 万美元": Quantity(740000, "USD"),
    "1.2亿元": Quantity(120000000, "CNY"),
    "4.35亿": Quantity(435000000),
    "3萬": Quantity(30000),
    "3 lakh": Quantity(300000),
    "2 crore": Quantity(20000000),
    "5k": Quantity(5000),
    "5M users": Quantity(5000000, "users"),
    "$5m": Quantity(5000000, "USD"),
    "5m USD": Quantity(5000000, "USD"),
    "5W元": Quantity(50000, "CNY"),
    "$2.0M": Quantity(2000000, "USD"),
    "$1.85M": Quantity(1850000, "USD"),
    "US$3": Quantity(3, "USD"),
    "USD3": Quantity(3, "USD"),
    "NT$500": Quantity(500, "TWD"),
    "2.500 €": Quantity(2500, "EUR"),
    "$1,200": Quantity(1200, "USD"),
    "500 kr": Quantity(500, "kr"),
    "$5 CAD": Quantity(5, "CAD"),
    "5 eur": Quantity(5, "EUR"),
    "500 RMB": Quantity(500, "CNY"),
    "R$ 6,43 bi": Quantity(6430000000, "BRL"),
    "R$ 3.000": Quantity(3000, "BRL"),
    "3 Mio. €": Quantity(3000000, "EUR"),
    "12 TEUR": Quantity(12000, "EUR"),
    "2,5 Mrd. Euro": Quantity(2500000000, "EUR"),
    "3 mil": Quantity(3000),
    "5 тыс. руб.": Quantity(5000, "RUB"),
    "500만원": Quantity(5000000, "KRW"),
    "3億円": Quantity(300000000, "JPY"),
    "2 tỷ đồng": Quantity(2000000000, "VND"),
    "¥300": Quantity(300, "¥"),
    "¥3万円": Quantity(30000, "JPY"),
}
COMPARED: dict[str, tuple[float, str | None, Comparator]] = {
    "≥ 50% exposição coberta": (50, "%", ">="),
    "≤ R$ 1,5 bi": (1500000000, "BRL", "<="),
    "< 5": (5, None, "<"),
    "> 10": (10, None, ">"),
    ">=5": (5, None, ">="),
    "＜５": (5, None, "<"),
    "at least 5": (5, None, ">="),
    "min. 5": (5, None, ">="),
    "mindestens 5": (5, None, ">="),
    "至少 5": (5, None, ">="),
    "5以上": (5, None, ">="),
    "5 家以上": (5, "家", ">="),
    "5개 이상": (5, "개", ">="),
    "5+": (5, None, ">="),
    "5 or more": (5, None, ">="),
    "no more than 3": (3, None, "<="),
    "up to 3": (3, None, "<="),
    "不超过3天": (3, "day", "<="),
    "30日以内": (30, "day", "<="),
    "30일 이내": (30, "day", "<="),
    "24 小时以内": (24, "hour", "<="),
    "5%未満": (5, "%", "<"),
    "超过 5": (5, None, ">"),
    "plus de 5": (5, None, ">"),
    "não mais de 5 dias": (5, "day", "<="),
}
TWO = {
    "3 of 7": Quantity(3, of=7),
    "3/7": Quantity(3, of=7),
    "4/15": Quantity(4, of=15),
    "0/5": Quantity(0, of=5),
    "4.5/5": Quantity(4.5, of=5),
    "4/5": Quantity(4, of=5),
    "3 out of 7 teams": Quantity(3, "teams", of=7),
    "3 von 7": Quantity(3, of=7),
    "3 sur 7": Quantity(3, of=7),
    "3 de 7": Quantity(3, of=7),
    "3 из 7": Quantity(3, of=7),
    "7个中的3个": Quantity(3, "个", of=7),
    "7件中3件": Quantity(3, "件", of=7),
    "300 → 900": Quantity(300, upper=900),
    "900 -> 300": Quantity(900, upper=300),
    "$300k → $900k": Quantity(300000, "USD", upper=900000),
    "从 5% 提升到 10%": Quantity(5, "%", upper=10),
    "from 9 to 5": Quantity(9, upper=5),
    "20–30%": Quantity(20, "%", upper=30),
    "20% - 30%": Quantity(20, "%", upper=30),
    "10 bis 20 Tage": Quantity(10, "day", upper=20),
    "between 20 and 30": Quantity(20, upper=30),
    "1.2-1.5 亿": Quantity(120000000, upper=150000000),
    "$3-5M": Quantity(3000000, "USD", upper=5000000),
    "500-1k": Quantity(500, upper=1000),
}
NO_NUMBER = [
    "",
    "   ",
    "SOC 2",
    "Q3",
    "Lançamento Q3",
    "S&P 500 + STOXX 600",
    "≤ 5 % (achieved: 4.4 %)",
    "3 2 1",
    "2 x 3",
    "X%",
    "[3]",
    "3 [KR]",
    "[4.5]/5",
    "TBD",
    "n/a",
    "-",
    "–",
    "待定",
    "v1.2",
    "1.2.3",
    "1,2,3",
    "1.234.5",
    "0,123.4",
    "00 123",
    "4G",
    "1st",
    "第3",
    "top 5",
    "5m",
    "5 m",
    "5 m users",
    "6,43 bi",
    "3 days left",
    "1½",
    "5²",
    "2026-Q4",
    "2026-11-20",
    "2026-11",
    "11/2026",
    "2024–2026",
    "20.11.2026",
    "20.11.",
    "11/20/2026",
    "Nov 20",
    "20 Nov",
    "20 de noviembre",
    "11月20日",
    "3月",
    "30日",
    "2026年",
    "W52",
    "10:30",
    "3 pm",
    "24/7",
    "5/0",
    "45%/60%",
    "5-3",
    "≥ 30 - 20",
    "10 → 15万",
    "5 to",
    "5 and 6",
    "from 5",
    "5 – -3",
    "5 days – 10 %",
    "(9 days)",
    "(≥ 3)",
    "(3 of 7)",
    "1,00,000,5",
    "İ 5",
    "3)",
    "13800138000138000138",
    "1e999",
    "1e250万亿",
    "3 customers have signed so far and more of them will",
    "5 %%",
    "x" * 500,
    "1" * 300,
]
HEDGED = [
    "abt 40%",
    "approx. 40",
    "~40",
    "约40",
    "40左右",
    "40?",
    "10多家",
    "ca. 5",
    "environ 5",
    "5 oder so ~",
    "40 tbc",
    "40 users approx",
    "40程度",
]


@pytest.mark.parametrize(
    ("text", "meant"), [*PLAIN.items(), *SIGNED.items(), *PERCENT.items(), *UNITS.items(), *MONEY.items(), *TWO.items()]
)
def test_a_quantity_is_read_as_typed(text: str, meant: Quantity) -> None:
    assert read_quantity(text) == meant


@pytest.mark.parametrize(("text", "meant"), COMPARED.items())
def test_a_bound_is_read_with_its_comparator(text: str, meant: tuple[float, str | None, Comparator]) -> None:
    value, unit, comparator = meant

    assert read_quantity(text) == Quantity(value, unit, comparator)


@pytest.mark.parametrize("text", NO_NUMBER)
def test_no_number_is_invented(text: str) -> None:
    assert read_quantity(text) is None


@pytest.mark.parametrize("text", HEDGED)
def test_a_hedged_number_is_not_taken_for_a_sure_one(text: str) -> None:
    assert read_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("1.234", "de", 1234),
        ("1.234", "en", 1.234),
        ("1,234", "en", 1234),
        ("1,234", "de", 1.234),
        ("1,234", "pt-BR", 1.234),
        ("1,234", "es_MX", 1234),
        ("1.234", "de-CH", 1.234),
        ("3.000 Tage", None, 3000),
        ("1,234 家", None, 1234),
        ("12.345 руб.", None, 12345),
    ],
)
def test_a_separator_that_may_be_either_follows_the_locale_and_the_words(
    text: str, locale: str | None, value: float
) -> None:
    quantity = read_quantity(text, locale=locale)

    assert quantity is not None
    assert (quantity.value, quantity.scale_sure) == (value, True)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,234", (1234.0, 1.234)),
        ("1.234", (1.234, 1234.0)),
        ("1.234 users", (1.234, 1234.0)),
        ("-1,234k", (-1234000.0, -1234.0)),
        ("1.234 días", (1.234, 1234.0)),
    ],
)
def test_without_a_locale_both_readings_are_there_the_customary_first(text: str, readings: tuple[float, ...]) -> None:
    quantity = read_quantity(text)

    assert quantity is not None
    assert (quantity.value, quantity.scale_sure, quantity.readings) == (readings[0], False, readings)


def test_two_linked_numbers_that_may_be_others_are_none() -> None:
    assert read_quantity("1.234 – 2.345") is None
    assert read_quantity("1.234 – 2.345", locale="de") == Quantity(1234, upper=2345)
    assert read_quantity("1.234 of 2.345") is None


def test_a_sign_or_word_that_languages_share_follows_the_locale() -> None:
    assert read_quantity("¥300", locale="ja") == Quantity(300, "JPY")
    assert read_quantity("5分", locale="ja") == Quantity(5, "minute")
    assert read_quantity("5分", locale="zh") == Quantity(5, "score")


@pytest.mark.parametrize(
    ("texts", "locale"),
    [
        (["1,5", "3,25", "1.234"], "de"),
        (["1.234,5"], "de"),
        (["1.234.567"], "de"),
        (["1 234,5", "7"], "fr"),
        (["1.5", "1,234"], "en"),
        (["1,234,567"], "en"),
        (["45%", "3"], None),
        (["1,234", "1.234"], None),
        (["1,5", "1.5"], None),
        (["20.11.2026", "x" * 300], None),
        ([], None),
    ],
)
def test_a_column_s_sure_numbers_tell_its_locale(texts: list[str], locale: str | None) -> None:
    assert guess_locale(texts) == locale
