"""Words: headers, labels, bullets, owners, and how they are folded."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsync.layout.context import is_generic, is_guide, level_within, level_word, team_in
from okrsync.layout.folding import fold, forms
from okrsync.layout.headers import language_of, sense
from okrsync.layout.kind_words import direction_word, hints, is_change_header
from okrsync.layout.labels import depth, is_bare_label, split_label, split_owner, without_bullet
from okrsync.layout.profile import profile
from okrsync.layout.vocabulary import read, vocabularies
from okrsync.normalise.fillers import is_placeholder, is_sample, is_total
from tests.workbooks import drawn_workbook, okrsync


def test_case_width_punctuation_and_underscores_are_folded_away() -> None:
    assert fold("Key_Results (KRs)") == fold("key results  KRS") == "key results krs"
    assert fold("目标 值：") == fold("目标值") == "目标值"
    assert fold("ＴＡＲＧＥＴ") == "target"
    assert fold("objectiveTitle") == "objective title"


def test_a_header_is_known_by_its_parts_too() -> None:
    assert forms("目标（Objective）") == ("目标 objective", "目标", "objective")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Objective", "objective"),
        ("目标（Objective）", "objective"),
        ("Objective / 目标", "objective"),
        ("Key Results (KRs)", "key_result"),
        ("关键成果（Key Results）", "key_result"),
        ("key_result", "key_result"),
        ("KR", "key_result"),
        ("Objective: what do we want to achieve?", "objective"),
        ("KR Owner", "owner"),
        ("关键结果负责人", "owner"),
        ("Objective Weight", "objective_weight"),
        ("Target Value (Q4 2026)", "target"),
        ("2026目标值", "target"),
        ("目标值(万元)", "target"),
        ("得分（0-1 分）", "score"),
        ("Progress %", "progress"),
        ("progress_pct", "progress"),
        ("Current (Nov)", "current"),
        ("Team owner", "owner"),
        ("Customer due date", "due"),
        ("最新完成率", "progress"),
        ("Aligned To (weight, Objective ID)", "contributes_to"),
        ("KR title", "key_result"),
        ("Objective progress", "objective_progress"),
        ("Objective lead", "objective_owner"),
        ("KR metric", "key_result"),
    ],
)
def test_a_header_gives_its_field(header: str, field: str) -> None:
    found = sense(header)

    assert found is not None
    assert found.fields == (field,)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Résultat clé", "key_result"),
        ("Resultats cles", "key_result"),
        ("Responsable de l'objectif", "objective_owner"),
        ("Échéance", "due"),
        ("Schlüsselergebnis", "key_result"),
        ("Istwert", "current"),
        ("Gewichtung (%)", "weight"),
        ("Resultado clave", "key_result"),
        ("Línea base", "baseline"),
        ("Linea base", "baseline"),
        ("Resultado-chave", "key_result"),
        ("Responsável", "owner"),
        ("Nível de confiança", "confidence"),
        ("主要な成果", "key_result"),
        ("担当者", "owner"),
        ("現在値", "current"),
    ],
)
def test_headers_of_other_languages_are_known_with_and_without_their_accents(header: str, field: str) -> None:
    found = sense(header)

    assert found is not None
    assert found.fields == (field,)


LANGUAGES = {
    "ar": ["الهدف", "النتيجة الرئيسية", "القيمة المستهدفة", "القيمة الحالية", "المسؤول", "الموعد النهائي", "الحالة"],
    "ca": ["Objectiu", "Resultat clau", "Valor objectiu", "Valor actual", "Propietària", "Data límit", "Estat"],
    "fa": ["هدف", "نتیجه کلیدی", "مقدار هدف", "مقدار فعلی", "مسئول", "مهلت", "وضعیت"],
    "hi": ["उद्देश्य", "मुख्य परिणाम", "लक्ष्य मान", "वर्तमान मान", "जिम्मेदार", "अंतिम तिथि", "स्थिति"],
    "id": ["Tujuan", "Hasil Kunci", "Nilai Target", "Realisasi", "Penanggung Jawab", "Tenggat", "Kesehatan"],
    "it": ["Obiettivo", "Risultato chiave", "Valore atteso", "Consuntivo", "Referente", "Scadenza", "Semaforo"],
    "ko": ["목표", "핵심 결과", "목표값", "현재값", "담당자", "마감일", "상태"],
    "nb": ["Målsetting", "Nøkkelresultat", "Målverdi", "Nåverdi", "Eier", "Frist", "Tilstand"],
    "nl": ["Doelstelling", "Kernresultaat", "Streefwaarde", "Realisatie", "Eigenaar", "Einddatum", "Stoplicht"],
    "pl": ["Cel", "Kluczowy rezultat", "Wartość docelowa", "Wykonanie", "Właściciel", "Termin", "Stan"],
    "ru": ["Цель", "Ключевой результат", "Целевое значение", "Факт", "Ответственный", "Срок", "Статус"],
    "sv": ["Målsättning", "Nyckelresultat", "Målvärde", "Utfall", "Ägare", "Slutdatum", "Läge"],
    "th": ["วัตถุประสงค์", "ผลลัพธ์หลัก", "ค่าเป้าหมาย", "ค่าปัจจุบัน", "ผู้รับผิดชอบ", "กำหนดส่ง", "สถานะ"],
    "tr": ["Amaç", "Anahtar Sonuç", "Hedef Değer", "Gerçekleşen", "Sorumlu", "Bitiş Tarihi", "Durum"],
    "uz": ["Maqsad", "Asosiy natija", "Maqsad qiymati", "Joriy qiymat", "Mas'ul", "Muddat", "Holat"],
    "vi": ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực tế", "Người phụ trách", "Hạn chót", "Trạng thái"],
}
"""What teams of a language call the objective, key result, target, current value, owner, due date and status."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_of_each_language_are_known(language: str) -> None:
    found = [sense(header) for header in LANGUAGES[language]]

    fields = ["objective", "key_result", "target", "current", "owner", "due", "status"]
    assert [each.fields[0] if each else None for each in found] == fields
    assert language_of(LANGUAGES[language]) == language


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        (["Objectif", "Résultat clé", "Cible"], "fr"),
        (["Ziel", "Schlüsselergebnis", "Istwert"], "de"),
        (["Objetivo", "Resultado clave", "Meta trimestral", "Dueño"], "es"),
        (["Objetivo", "Resultado-chave", "Responsável", "Prazo"], "pt"),
        (["目標", "主要な成果", "担当者", "期限"], "ja"),
        (["目标", "关键结果", "负责人"], "zh"),
    ],
)
def test_each_language_is_told_by_its_headers(headers: list[str], language: str) -> None:
    assert language_of(headers) == language


@pytest.mark.parametrize("header", ["Deal Name", "Key Result 1", "KR1 Target", "", "Area", "x" * 500, "Eredmény"])
def test_a_header_we_do_not_know_is_not_guessed(header: str) -> None:
    assert sense(header) is None


def test_a_word_with_two_meanings_keeps_both() -> None:
    found = sense("目标")

    assert found is not None
    assert found.fields == ("objective", "target")


@pytest.mark.parametrize(
    ("header", "first"),
    [
        ("Target (Quarter)", "target"),
        ("Target\n(Quarter)", "target"),
        ("Target (FY)", "target"),
        ("Target (Team)", "target"),
        ("Goal (Quarter)", "objective"),
        ("Actual (Quarter)", "current"),
        ("Progress (Quarter)", "progress"),
        ("目标（季度）", "objective"),
        ("Ziel (Quartal)", "objective"),
        ("Period (Quarter)", "cycle"),
        ("Name (Team)", "team"),
    ],
)
def test_what_stands_in_brackets_says_when_or_whose_where_the_word_before_means_something_else(
    header: str, first: str
) -> None:
    found = sense(header)

    assert found is not None
    assert found.fields[0] == first


def test_a_target_of_the_quarter_is_a_target(tmp_path: Path) -> None:
    path = drawn_workbook(
        tmp_path / "team.xlsx",
        """
        Objective   | Key result           | Target (Quarter) | Actual (Quarter)
        Ship faster | Weekly releases      | 10               | 5
        Ship faster | Teams that deploy    | 8                | 2
        """,
    )

    read = okrsync("read", path, "--json").json

    assert [(k["target"], k["current"]) for k in read["objectives"][0]["key_results"]] == [(10, 5), (8, 2)]


def test_the_language_is_that_of_most_headers() -> None:
    assert language_of(["目标", "关键结果", "Owner"]) == "zh"
    assert language_of(["Objective", "Key result"]) == "en"
    assert language_of([]) == "en"


def test_a_vocabulary_with_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no field 'goalz'"):
        read("xx", '[headers]\ngoalz = ["x"]\n[ambiguous]\n')


def test_every_vocabulary_names_what_the_steps_ask_for() -> None:
    english, *others = vocabularies()

    assert english.language == "en"
    for other in others:
        for section in ("metadata", "types", "levels", "rows", "sheets", "sentences", "labels"):
            assert getattr(other, section).keys() == getattr(english, section).keys(), (other.language, section)


@pytest.mark.parametrize(
    ("text", "level", "label", "rest"),
    [
        ("KR 1: Maintain 4.5/5", "key_result", "KR 1", "Maintain 4.5/5"),
        ("KR1.1 — Hedge", "key_result", "KR1.1", "Hedge"),
        ("KR-1 Grow", "key_result", "KR-1", "Grow"),
        ("KR1 新客数 +30%", "key_result", "KR1", "新客数 +30%"),
        ("KR3提升", "key_result", "KR3", "提升"),
        ("• KR1: Limit", "key_result", "KR1", "Limit"),
        ("O1-KR2: Grow", "key_result", "O1-KR2", "Grow"),
        ("关键结果1：营收", "key_result", "关键结果1", "营收"),
        ("O1 — Protect", "objective", "O1", "Protect"),
        ("Objective: Grow", "objective", "Objective", "Grow"),
        ("Objective 2:", "objective", "Objective 2", ""),
        ("目标一：提升", "objective", "目标一", "提升"),
        ("目标1 提升", "objective", "目标1", "提升"),
    ],
)
def test_a_label_is_taken_off(text: str, level: str, label: str, rest: str) -> None:
    found = split_label(text)

    assert found is not None
    assert (found.level, found.label, found.text) == (level, label, rest)


@pytest.mark.parametrize(
    "text",
    [
        "On-time delivery 95%",
        "Keep churn low",
        "OKR training for 50",
        "目标10个新客户",
        "Goal 3 new customers",
        "1.5 million",
        "",
    ],
)
def test_a_statement_that_only_begins_like_a_label_has_none(text: str) -> None:
    assert split_label(text) is None


def test_numbers_are_labels_only_where_the_column_numbers_its_statements() -> None:
    assert split_label("1.1 Grow") is None
    found = split_label("1.1 Grow", numbered=True)
    assert found is not None
    assert (found.level, found.label, found.text) == (None, "1.1", "Grow")
    assert split_label("99.9% uptime", numbered=True) is None


def test_a_code_alone_is_a_bare_label() -> None:
    assert is_bare_label("KR1")
    assert not is_bare_label("KR1: Grow")


def test_a_bullet_is_not_part_of_the_statement_and_a_minus_is() -> None:
    assert without_bullet("•  Grow") == "Grow"
    assert without_bullet("- Grow") == "Grow"
    assert without_bullet("-10% churn") == "-10% churn"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fix it. [Kai]", ("Fix it.", "Kai")),
        ("提升【张三】", ("提升", "张三")),
        ("Fix it [Owner: Kai]", ("Fix it", "Kai")),
        ("Fix it @kai", ("Fix it", "kai")),
        ("Reach [X]", ("Reach [X]", None)),
        ("Hold at [4.5]", ("Hold at [4.5]", None)),
        ("Grow [TBD]", ("Grow [TBD]", None)),
        ("[Kai]", ("[Kai]", None)),
        ("", ("", None)),
    ],
)
def test_an_owner_in_brackets_at_the_end_is_the_owner(text: str, expected: tuple[str, str | None]) -> None:
    assert split_owner(text) == expected


def test_an_outline_number_tells_how_deep_it_lies() -> None:
    assert [depth(value) for value in (1.0, 1.1, "1", "1.1", "1.2.3", "2.", "一", "x", None, True)] == [
        1, 2, 1, 2, 3, 1, 1, 0, 0, 0,
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_no_text_makes_the_words_fail(text: str) -> None:
    found = split_label(text, numbered=True)

    assert found is None or len(found.text) <= len(text)
    assert len(split_owner(text)[0]) <= len(text)
    assert hints(text).wanted in (None, "maintain", "decrease", "increase")
    sense(text)
    assert profile([text]).filled == 1


@pytest.mark.parametrize("text", ["Total", "Average score", "Sub-total", "合计", "平均得分"])
def test_a_total_is_known(text: str) -> None:
    assert is_total(fold(text))


@pytest.mark.parametrize("text", ["Total revenue", "Average order value", "合计收入提升"])
def test_a_key_result_that_begins_with_total_is_none(text: str) -> None:
    assert not is_total(fold(text))


def test_samples_say_so_of_themselves() -> None:
    assert is_sample("EXAMPLE: Grow")
    assert is_sample("(e.g. grow by 10%)")
    assert is_sample("e.g. grow")
    assert is_sample("示例：提升")
    assert is_sample("CONTOH: Tumbuh")
    assert not is_sample("Example-driven documentation for 5 teams")
    assert not is_sample("Sample quality rises")
    assert not is_sample("提升示例质量")


def test_placeholders_stand_for_something_still_to_be_written() -> None:
    assert is_placeholder("[Objective]")
    assert is_placeholder("Key result 1")
    assert is_placeholder("请填写")
    assert is_placeholder("...")
    assert is_placeholder("xxx")
    assert not is_placeholder("Reach [X]% of shops")
    assert not is_placeholder("Open 3 shops")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Maintain NPS at 50", "maintain"),
        ("保持满意度 90%", "maintain"),
        ("Reduce churn to 3%", "decrease"),
        ("We will reduce churn", "decrease"),
        ("降低成本", "decrease"),
        ("Increase sales and reduce churn", "increase"),
        ("Win 3 prizes", None),
        ("Recut the film", None),
    ],
)
def test_the_first_verb_says_what_is_wanted(text: str, wanted: str | None) -> None:
    assert hints(text).wanted == wanted


def test_at_least_and_at_most_are_comparators_only_beside_a_number() -> None:
    assert hints("At least 50 shops").comparator == ">="
    assert hints("No more than 3 complaints").comparator == "<="
    assert hints("单店电费不超过 8000 元").comparator == "<="
    assert hints("At least try").comparator is None


def test_stretch_is_known_in_the_statement() -> None:
    assert hints("Win the world (stretch)").aspirational
    assert not hints("Stretch our legs").aspirational


def test_direction_words_and_signs() -> None:
    words = [direction_word(text) for text in ("↑", "↓", "Lower is better", "越高越好", "stable", "reduce", "sideways")]

    assert words == ["increase", "decrease", "decrease", "increase", "maintain", "decrease", None]


def test_a_header_may_say_that_it_counts_the_change() -> None:
    assert is_change_header("Change so far")
    assert is_change_header("同比")
    assert not is_change_header("Current")


def test_what_a_sheet_is_called() -> None:
    assert is_guide("How to use")
    assert is_guide("填写说明")
    assert not is_guide("Growth")
    assert is_generic("Sheet1")
    assert is_generic("OKR Tracker")
    assert team_in("Team Growth") == "Growth"
    assert team_in("OKRs") is None
    assert level_word("公司级") == "company"
    assert level_within("Company OKRs 2026") == "company"
    assert level_within("公司OKR") == "company"
    assert level_within("Companions") is None


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ตัวชี้วัด_ความคืบหน้า:", "ตัวชี้วัด ความคืบหน้า"),
        ("मुख्य परिणाम।", "मुख्य परिणाम"),
        ("النَّتيجـــة", fold("النتيجة")),
        ("İLERLEME", "ilerleme"),
        ("Зелёный", "зеленый"),
        ("Ko‘rsatkich", fold("Ko'rsatkich")),
    ],
)
def test_marks_that_are_letters_stay_and_those_people_leave_out_go(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Ключевой результат", "key_result"),
        ("Целевое значение (план)", "target"),
        ("Ответственный за КР", "owner"),
        ("Ед. изм.", "unit"),
        ("Срок", "due"),
        ("Отдел", "team"),
        ("핵심결과 (KR)", "key_result"),
        ("핵 심 결 과", "key_result"),
        ("목표 값", "target"),
        ("현재값 (11월)", "current"),
        ("담당 부서", "team"),
        ("마감일", "due"),
        ("진척율(%)", "progress"),
        ("Kết quả then chốt (KR)", "key_result"),
        ("Ket qua then chot", "key_result"),
        ("Giá trị hiện tại", "current"),
        ("Người phụ trách", "owner"),
        ("Hạn chót", "due"),
        ("Trọng số (%)", "weight"),
    ],
)
def test_headers_of_russian_korean_and_vietnamese_sheets_are_known(header: str, field: str) -> None:
    found = sense(header)

    assert found is not None
    assert found.fields == (field,)
