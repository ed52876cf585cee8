"""The role of each number, by the words before and behind it and by the numbers beside it."""

from __future__ import annotations

import pytest

from okrsync.language import read_metric
from okrsync.model import Kind
from tests.language.reading import placed


@pytest.mark.parametrize(
    ("text", "language", "roles"),
    [
        ("Cut the queue from 9 to 4 minutes", "en", ["from", "to"]),
        ("Cut the queue to 4 minutes (was 9)", "en", ["to", "now"]),
        ("Cut the queue by 4 minutes", "en", ["by"]),
        ("Queue: 9 → 4", "en", ["from", "to"]),
        ("Auf 18 € drücken wir die Kosten, derzeit zahlen wir 26 €", "de", ["to", "now"]),
        ("al 3 % desde el 11 %", "es", ["to", "from"]),
        ("de 7 à 5 %", "fr", ["from", "to"]),
        ("Encurtar a fila em 20 minutos", "pt", ["by"]),
        ("15 Mitglieder mehr als im Vorjahr", "de", ["by"]),
        ("20 % d'avions en moins", "fr", ["by"]),
        ("Uso de papel un 30 % menor que antes", "es", ["by"]),
        ("前期より4件増やす", "ja", ["by"]),
        ("기존보다 50곳 더 늘린다", "ko", ["by"]),
        ("在 3 天内答复 85% 的读者来信", "zh", ["aside", "bare"]),
        ("Within 24 hours of an alarm, 85 % of the roads are open", "en", ["aside", "bare"]),
        ("Despite 40 % more traffic, errors stay under 2 %", "en", ["aside", "bare"]),
        ("5000rpsでもエラー率0.05%以下", "ja", ["aside", "bare"]),
        ("Verträge mit 6 Kliniken ab 400 Betten", "de", ["aside", "sub"]),
        ("直播观众超过 300 人的活动做满 5 场", "zh", ["sub", "bare"]),
        ("Inadimplência acima de 90 dias 10% menor", "pt", ["sub", "by"]),
    ],
)
def test_words_give_numbers_their_roles(text: str, language: str, roles: list[str]) -> None:
    assert [amount.role for amount in placed(text, language)] == roles


def test_traditional_characters_are_looked_up_in_the_words_of_simplified_ones() -> None:
    simplified, traditional = read_metric("新开设两间门店"), read_metric("新開設兩間門店")

    assert (traditional.kind, traditional.target, traditional.unit) == (Kind.REACH, 2, "count")
    assert (simplified.kind, simplified.target, simplified.unit) == (Kind.REACH, 2, "count")


@pytest.mark.parametrize(
    ("text", "kind", "baseline", "target", "change"),
    [
        ("Reduction in support calls: 20%", Kind.DECREASE, None, None, -20),
        ("Crecimiento de ventas: 10%", Kind.INCREASE, None, None, 10),
        ("Renewals: +40,000 €", Kind.INCREASE, None, None, 40_000),
        ("40 choirs sing along (2025: 31)", Kind.INCREASE, 31, 40, None),
        ("Call the branch twice a week", Kind.REACH, None, 2, None),
        ("Add 14 more cooks", Kind.REACH, None, 14, None),
        ("Serve 14 more guests", Kind.INCREASE, None, None, 14),
        ("Grow the pipeline to 3x quota", Kind.INCREASE, None, 3, None),
        ("Grow the pipeline to 3x", Kind.INCREASE, None, None, 3),
        ("Keep the build time under 12m", Kind.MAINTAIN_BELOW, None, 12, None),
        ("Reach 5m readers", Kind.REACH, None, 5e6, None),
        ("Nothing waits longer than 3 days", Kind.REACH, None, 3, None),
        ("Certified shops at 33%, was 12%", Kind.INCREASE, 12, 33, None),
        ("Close the till in 5 minutes instead of 9", Kind.DECREASE, 9, 5, None),
        ("Secure 12 more months of rent", Kind.REACH, None, 12, None),
        ("Handle 3 times today's guests", Kind.INCREASE, None, None, 3),
        ("Eat out no more than once a week", Kind.REACH, None, 1, None),
        ("Save $600 a month", Kind.REACH, None, 600, None),
        ("Save $600 a month on hosting", Kind.DECREASE, None, None, -600),
        ("渠道数量由5个拓展到8个", Kind.INCREASE, 5, 8, None),
        ("月間PV数100万を達成", Kind.REACH, None, 1e6, None),
        ("每周组织一次分享会", Kind.REACH, None, 1, None),
        ("Uptime of the till never drops below 99 %", Kind.MAINTAIN_ABOVE, None, 99, None),
        ("Die Frischequote fällt nie unter 90 %", Kind.MAINTAIN_ABOVE, None, 90, None),
        ("Bake over 500 loaves without waste", Kind.REACH, None, 500, None),
        ("Grow sales from 1.5 to 2 million euros", Kind.INCREASE, 1_500_000, 2_000_000, None),
        ("Umsatz von 800 auf 950 TEUR steigern", Kind.INCREASE, 800_000, 950_000, None),
        ("从800家提升到1.2万家", Kind.INCREASE, 800, 12_000, None),
        ("Grow from 800 to 1.2k readers", Kind.INCREASE, 800, 1_200, None),
        ("We have 12 bakers and want 20", Kind.INCREASE, 12, 20, None),
        ("El reparto dura 9 días; reducirlo a 4", Kind.DECREASE, 9, 4, None),
        ("売上400万円を500万円にする", Kind.INCREASE, 4_000_000, 5_000_000, None),
        ("Cut our $20k flour bill by 25%", Kind.DECREASE, 20_000, None, -25),
        ("Die Miete von 2.000 € um 10 % senken", Kind.DECREASE, 2_000, None, -10),
        ("Réduire la facture de gaz de 900 € de 20 %", Kind.DECREASE, 900, None, -20),
        ("将20万元的租金降低25%", Kind.DECREASE, 200_000, None, -25),
        ("Increase repeat orders from 20% to TBD", Kind.QUALITATIVE, None, None, None),
        ("Aumentar el ticket en 5 € hasta 47 €", Kind.INCREASE, None, 47, 5),
        ("Surpass 2025 sales of $4M", Kind.REACH, None, 4_000_000, None),
        ("Gagner 5 partenaires sous 6 semaines", Kind.REACH, None, 5, None),
        ("Grow cover from 2.5x to 4x", Kind.INCREASE, 2.5, 4, None),
        ("Halve the waste from 60 %", Kind.DECREASE, 60, None, -50),
        ("-3 days from oven to shelf", Kind.DECREASE, None, None, -3),
        ("+5 bakers from 10", Kind.INCREASE, 10, None, 5),
        ("Keep yearly growth at 5%", Kind.MAINTAIN_ABOVE, None, 5, None),
        ("Loaves x3", Kind.INCREASE, None, None, 3),
        ("Diviser par 4 le temps d'attente", Kind.DECREASE, None, None, -75),
        ("40 shops answered letters within 2 days", Kind.REACH, None, 40, None),
        ("Launch the stall within 30 days", Kind.MILESTONE, None, None, None),
        ("Precio medio: $ 1,850 MXN (hoy $1,420)", Kind.INCREASE, 1420, 1850, None),
        ("Das Backen um zwei Tage beschleunigen", Kind.DECREASE, None, None, -2),
        ("25家门店中20家上线", Kind.REACH, None, 80, None),
        ("25개 매장 중 20개 도입", Kind.REACH, None, 80, None),
        ("Orders answered within 1 hour from 40% to 70%", Kind.INCREASE, 40, 70, None),
        ("売上20%増", Kind.INCREASE, None, None, 20),
        ("Move the last shops over (34 left at the start; goal is under 5)", Kind.DECREASE, 34, 5, None),
    ],
)
def test_whole_sentences_say_what_they_say(
    text: str, kind: Kind, baseline: float | None, target: float | None, change: float | None
) -> None:
    found = read_metric(text)

    assert (found.kind, found.baseline, found.target) == (kind, baseline, target)
    assert (found.change.value if found.change else None) == change


@pytest.mark.parametrize(
    "text",
    ["Rust guide is reviewed (2/3 approvals so far)", "【进行中 2/5】上线新系统", "Sign the lease (3 offers so far)"],
)
def test_how_far_it_is_in_brackets_is_no_target(text: str) -> None:
    assert read_metric(text).target is None
