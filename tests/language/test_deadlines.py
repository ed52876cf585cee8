"""The deadline of a sentence, letter for letter, in every language; and days that are none."""

from __future__ import annotations

import pytest

from okrsync.language import read_metric

STATED = {
    "en": {
        "Open 3 new stores by the end of the quarter": "by the end of the quarter",
        "Reach 40 partners by year end": "by year end",
        "Ship the beta no later than 15 March": "no later than 15 March",
        "Cut churn to 3% by mid-June": "by mid-June",
        "Launch in early March": "in early March",
        "Hire 5 nurses within 3 months": "within 3 months",
        "Grow revenue by 20% over the next 18 months": "over the next 18 months",
        "Migrate everything by 31 December 2026": "by 31 December 2026",
        "Migrate everything by Dec 31, 2026": "by Dec 31, 2026",
        "Reduce cost 10% by FY27": "by FY27",
        "Deadline: Q3. Publish the atlas": "Q3",
        "Publish the atlas (by end of May)": "by end of May",
        "Sign 12 contracts before the end of next quarter": "before the end of next quarter",
        "Publish 6 essays this quarter": "this quarter",
        "By 2027, 50% of trips are by rail": "By 2027",
        "Complete SOC 2 by Q2 2027": "by Q2 2027",
        "Answer 95% of calls within 30 seconds by June": "by June",
        "Reduce time to hire to 30 days by Q4": "by Q4",
        "Raise NPS to 50 in H1": "in H1",
        "Win 3 pilots in 6 weeks": "in 6 weeks",
        "Ship by Friday": "by Friday",
        "10 demos until 30 Nov": "until 30 Nov",
        "Have the 2026 budget approved by 1/31/2026": "by 1/31/2026",
        "Reduce incidents from 12 in Q3 to 4 in Q4": "in Q4",
        "Run 5 interviews a week through the end of May": "through the end of May",
        "By June 12 we have 3 pilots": "By June 12",
        "Publish the handbook before the summer fair": "before the summer fair",
        "Have the parser ready before KubeCon on 12 November": "before KubeCon on 12 November",
        "Bus factor of the core crates: 1 today, 3 by PyCon": "by PyCon",
        "By end of June 12 new shops sell our tea": "By end of June",
    },
    "de": {
        "Bis Ende Juni 12 neue Händler gewinnen": "Bis Ende Juni",
        "12 Händler bis zum 30.06. gewinnen": "bis zum 30.06.",
        "12 Händler bis zum 30. Juni 2027 gewinnen": "bis zum 30. Juni 2027",
        "Umsatz bis Jahresende um 10 % steigern": "bis Jahresende",
        "Umsatz innerhalb von 8 Wochen um 10 % steigern": "innerhalb von 8 Wochen",
        "In den nächsten 6 Monaten 4 Filialen eröffnen": "In den nächsten 6 Monaten",
        "Bis Mitte Oktober drei Studien abschließen": "Bis Mitte Oktober",
        "Prototyp Anfang November fertig": "Anfang November",
        "Spätestens im dritten Quartal 5 Kunden": "Spätestens im dritten Quartal",
        "Quote bis Ende des Quartals auf 80 % heben": "bis Ende des Quartals",
        "Bis KW 48 alle Server umziehen": "Bis KW 48",
        "Bis zum Ende des Geschäftsjahres 3 Mio. € Umsatz": "Bis zum Ende des Geschäftsjahres",
        "Handbuch vor dem 1. Dezember veröffentlichen": "vor dem 1. Dezember",
    },
    "fr": {
        "Ouvrir 3 magasins d'ici fin juin": "d'ici fin juin",
        "Ouvrir 3 magasins d'ici la fin du trimestre": "d'ici la fin du trimestre",
        "Réduire le délai à 5 jours avant le 30 septembre 2026": "avant le 30 septembre 2026",
        "Recruter 4 ingénieurs dans les 6 prochains mois": "dans les 6 prochains mois",
        "Recruter 4 ingénieurs en 3 mois": "en 3 mois",
        "Porter le taux à 80 % au T3 2026": "au T3 2026",
        "Lancement mi-octobre": "mi-octobre",
        "Signer 10 contrats d'ici fin d'année": "d'ici fin d'année",
        "Publier le rapport au plus tard le 15/11": "au plus tard le 15/11",
        "Livrer la bêta début novembre": "début novembre",
        "Lire 24 livres dans l'année": "dans l'année",
    },
    "es": {
        "Abrir 3 tiendas antes de fin de año": "antes de fin de año",
        "Abrir 3 tiendas para el 30 de junio": "para el 30 de junio",
        "Aumentar ventas un 20% en 18 meses": "en 18 meses",
        "Reducir la mora al 3% a finales de marzo de 2027": "a finales de marzo de 2027",
        "Lograr 50 socios al cierre del trimestre": "al cierre del trimestre",
        "Contratar 4 personas en los próximos 6 meses": "en los próximos 6 meses",
        "Publicar el manual a mediados de octubre": "a mediados de octubre",
        "Terminar la app antes del 15/12": "antes del 15/12",
        "Llegar a 100 clientes en el T4": "en el T4",
    },
    "pt": {
        "Abrir 3 lojas até o fim do ano": "até o fim do ano",
        "Abrir 3 lojas até 30 de junho": "até 30 de junho",
        "Aumentar vendas em 20% em 18 meses": "em 18 meses",
        "Reduzir o churn para 3% até meados de outubro": "até meados de outubro",
        "Contratar 4 pessoas nos próximos 6 meses": "nos próximos 6 meses",
        "Chegar a 100 clientes no 4º trimestre": "no 4º trimestre",
        "Entregar o app até 15/12/2026": "até 15/12/2026",
        "Lançar o portal no início de novembro": "no início de novembro",
        "Contratar duas pessoas até 30/09": "até 30/09",
        "Datacenter desligado até dez/2027": "até dez/2027",
    },
    "zh": {
        "在三个月内完成 5 次培训": "在三个月内",
        "年底前签约 20 家客户": "年底前",
        "到6月底转化率提升至 8%": "到6月底",
        "本季度末新增 30 家门店": "本季度末",
        "截至2026年12月31日，上线率达到 95%": "截至2026年12月31日",
        "12月15日前发布新版本": "12月15日前",
        "未来六个月内招聘 4 名工程师": "未来六个月内",
        "第三季度完成 3 个试点": "第三季度",
        "11月中旬上线小程序": "11月中旬",
        "10月上旬完成调研": "10月上旬",
        "2027年之前碳排放降低 20%": "2027年之前",
        "明年3月前交付样机": "明年3月前",
        "Q2 结束前完成迁移": "Q2 结束前",
        "两周内发布测试版": "两周内",
        "6 月 18 日前完成灰度发布": "6 月 18 日前",
        "双碳报告在博览会前发布": "博览会前",
        "2026年内将比例提升至 85%": "2026年内",
        "完成复述 12 次（截止：第48周）": "第48周",
    },
    "ja": {
        "年度末までに会員数を500人に増やす": "年度末までに",
        "3か月以内に新店舗を5つ開く": "3か月以内に",
        "6月末までに解約率を2%に下げる": "6月末までに",
        "12月15日までにマニュアルを公開": "12月15日までに",
        "第3四半期中に10社と契約": "第3四半期中に",
        "今期末までにNPSを50に": "今期末までに",
        "今後6か月でエンジニア4名を採用": "今後6か月で",
        "11月中旬に新アプリを公開": "11月中旬に",
        "2027年3月までに売上を20%伸ばす": "2027年3月までに",
    },
    "ko": {
        "연말까지 신규 매장 5개 개점": "연말까지",
        "6주 안에 MVP 출시": "6주 안에",
        "3분기 말까지 이탈률을 2%로 낮춘다": "3분기 말까지",
        "12월 15일까지 매뉴얼 공개": "12월 15일까지",
        "이번 분기 안에 파트너 10곳 확보": "이번 분기 안에",
        "앞으로 6개월 동안 엔지니어 4명 채용": "앞으로 6개월 동안",
        "11월 중순까지 앱 공개": "11월 중순까지",
        "2027년 3월까지 매출 20% 증가": "2027년 3월까지",
        "3개월 내에 베트남어 버전 출시": "3개월 내에",
    },
}
NONE = {
    "en": [
        "Forecasts for the next 30 days are right in 90 % of shops",
        "Answer 20 letters within 2 weeks",
        "Publish the minutes by the end of each quarter",
        "Starting in March, 10 visits a week",
        "Since January answer 90% of mails",
        "Reach 2027 members",
        "Refunds are paid within 2 weeks",
        "Sell 900 seats, up from 610 in March",
        "Enterprise pipeline for H2 is 3.5x quota",
        "Churn falls three points compared with Q1",
        "Solar output stays at 1.3x demand from May through August",
        "90 % of tickets are closed within 2 weeks",
        "Shorten the month-end close by 4 days, from 11 to 7",
    ],
    "de": [
        "Ab März wöchentlich 2 Beiträge",
        "Wir halten die Temperatur unter 24 Grad, auch im Sommer",
    ],
    "fr": [
        "À partir de mars, 2 visites par semaine",
    ],
    "es": [
        "Desde enero, 2 visitas por semana",
        "Lograr 1.200 inscripciones en el curso de verano",
    ],
    "pt": [
        "A partir de março, 2 visitas por semana",
    ],
    "zh": [
        "每月月底前发布2份报告",
        "从3月开始每周拜访2家客户",
        "深夜退单比例回落到 4%（六月是 9%）",
    ],
    "ja": [
        "4月から毎週2回訪問",
        "注文から発送まで3営業日以内",
    ],
    "ko": [
        "3월부터 매주 2회 방문",
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "deadline"), [(k, *pair) for k, each in STATED.items() for pair in each.items()]
)
def test_the_deadline_is_taken_as_written(language: str, text: str, deadline: str) -> None:
    found = read_metric(text, language)

    assert found.deadline == deadline
    assert [text[span.start : span.end] for span in found.spans if span.part == "deadline"] == [deadline]


@pytest.mark.parametrize(("language", "text"), [(k, text) for k, each in NONE.items() for text in each])
def test_beginnings_earlier_days_and_times_of_a_process_are_no_deadlines(language: str, text: str) -> None:
    assert read_metric(text, language).deadline is None


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("By end of June 12 new shops sell our tea", 12),
        ("Bis Ende Juni 12 neue Händler gewinnen", 12),
        ("Antes de junio 40 socios nuevos", 40),
        ("Até o fim de junho 40 novas lojas", 40),
        ("D'ici fin juin 40 nouveaux clients", 40),
        ("Win 3 pilots in 6 weeks", 3),
        ("在三个月内完成 5 次培训", 5),
        ("6주 안에 파트너 10곳 확보", 10),
        ("3か月以内に新店舗を5つ開く", 5),
        ("Incidents: 4 by 31.12.2026", 4),
    ],
)
def test_the_number_of_a_deadline_is_never_the_metric_nor_the_other_way_round(text: str, target: float) -> None:
    assert read_metric(text).target == target


@pytest.mark.parametrize("text", ["Ship it by end\x07of Q4", "Ship it by  end  of  Q4", "Ship it by\u200b end of Q4"])
def test_what_cannot_be_seen_within_a_deadline_does_not_part_it(text: str) -> None:
    found = read_metric(text).deadline

    assert found is not None
    assert found.startswith("by")
    assert found.endswith("Q4")


def test_a_span_that_is_the_deadline_is_no_condition_as_well() -> None:
    found = read_metric("Grow bookings by 20 % within 18 months")

    assert (found.deadline, found.qualifiers, found.secondary) == ("within 18 months", (), ())


def test_of_two_days_the_one_of_the_metric_counts() -> None:
    assert read_metric("Launch the shop in May and win 200 users in July").deadline == "in July"
    assert read_metric("Q3 results are out; 40 partners by 15 November").deadline == "by 15 November"
