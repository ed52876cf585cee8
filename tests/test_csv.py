"""CSV in the encodings and with the separators that people's programs write."""

from __future__ import annotations

import pytest

from okrsync.errors import WorkbookError
from okrsync.layout.headers import known_headers
from okrsync.workbooks.csv import open_csv
from okrsync.workbooks.openers import no_words

LINES = [["Ziel", "KR", "Stand"], ["Größer werden", "Kunden, neue", "1,5"], ["", "NPS; Trend", "45 %"]]


def rows(data: bytes | str) -> list[list[object]]:
    raw = data.encode() if isinstance(data, str) else data
    return [list(row) for row in open_csv("okrs.csv", raw, known_headers).read("okrs").rows]


def text(separator: str) -> str:
    return "\r\n".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in line) for line in LINES)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "$"])
def test_every_separator_is_found_out(separator: str) -> None:
    assert rows(text(separator)) == [[cell or None for cell in line] for line in LINES]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_is_found_out(encoding: str) -> None:
    assert rows(text(";").encode(encoding))[1] == ["Größer werden", "Kunden, neue", "1,5"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_chinese_is_read(encoding: str) -> None:
    sheet = "目标,关键结果,当前值\n提升客户满意度,客户净推荐值达到五十,45\n降低流失率,流失率降到百分之三,5%\n"

    assert rows(sheet.encode(encoding))[1] == ["提升客户满意度", "客户净推荐值达到五十", "45"]


@pytest.mark.parametrize(
    ("encoding", "headers", "cell"),
    [
        ("cp932", "目標,主要な成果,担当,目標値,現在値", "焼きたてを届ける"),
        ("euc_jp", "目標,主要な成果,担当,目標値,現在値", "焼きたてを届ける"),
        ("cp949", "목표,핵심결과,담당자,목표값,현재값", "갓 구운 빵"),
        ("big5", "目標,關鍵結果,負責人,目標值,目前值", "每天出爐"),
        ("cp1251", "Цель,Ключевой результат,Ответственный,План,Факт", "Свежий хлеб"),
        ("koi8_r", "Цель,Ключевой результат,Ответственный,План,Факт", "Свежий хлеб"),
        ("cp1250", "Cel,Kluczowy rezultat,Właściciel,Wartość docelowa,Wartość bieżąca", "Świeży chleb źle"),
        ("iso8859_2", "Cel,Kluczowy rezultat,Właściciel,Wartość docelowa,Wartość bieżąca", "Świeży chleb"),
        ("cp1254", "Hedef,Anahtar Sonuç,Sorumlu,Hedef Değer,Güncel Değer", "Taze ekmek, Şişli"),
        ("cp1252", "Objectif,Résultat clé,Responsable,Cible,Réalisé", "Du pain à midi, naïf"),
        ("cp874", "วัตถุประสงค์,ผลลัพธ์หลัก,ผู้รับผิดชอบ,ค่าเป้าหมาย", "ขนมปังสด"),
        ("cp1256", "الهدف,النتيجة الرئيسية,المسؤول,القيمة المستهدفة", "خبز طازج"),
        ("cp1252", "Objective,Key result,Owner,Target", "Café für alle, señor"),
    ],
)
def test_the_encodings_of_old_programs_are_told_by_their_headers(encoding: str, headers: str, cell: str) -> None:
    data = f'{headers}\n"{cell}",x,y,1,2\n'.encode(encoding)

    assert rows(data)[:2] == [headers.split(","), [cell, "x", "y", "1", "2"]]


def test_letters_alone_tell_the_encoding_where_no_word_does() -> None:
    sheet = "Objective;Key result\nСвежий хлеб каждому покупателю;Снизить остаток хлеба в день до сорока\n"

    assert rows(sheet.encode("cp1251"))[1][0] == "Свежий хлеб каждому покупателю"


def test_accents_of_western_europe_are_not_taken_for_chinese() -> None:
    sheet = "Objectif;Résultat clé;Réalisé\nÊtre présent à l'étranger;Créer 3 marchés;1\n"

    assert rows(sheet.encode("cp1252"))[1][0] == "Être présent à l'étranger"


def test_commas_in_sentences_do_not_beat_the_separator_of_the_lines() -> None:
    sheet = "Objective;KR;Now\nGrow, fast, now;Reach 5,000 users;12\nLast, but not least;Hire, train;3\n"

    assert [len(row) for row in rows(sheet)] == [3, 3, 3]


def test_a_line_break_within_quotes_stays_in_its_cell() -> None:
    assert rows('a,b\n"one\ntwo",x\n') == [["a", "b"], ["one\ntwo", "x"]]


def test_a_title_above_the_table_does_not_mislead() -> None:
    sheet = "OKRs of the platform team\n\nObjective;KR;Now\nA;B;1\nC;D;2\n"

    assert rows(sheet)[2:] == [["Objective", "KR", "Now"], ["A", "B", "1"], ["C", "D", "2"]]


def test_lines_that_are_quoted_as_a_whole_are_taken_apart() -> None:
    assert rows('"Objective,KR,Now"\n"Grow,""NPS, up"",45"\n"Keep,Churn,3"\n')[1] == ["Grow", "NPS, up", "45"]


def test_the_line_that_excel_understands_names_the_separator() -> None:
    assert rows("sep=|\nObjective|a,b,c\nGrow|d,e,f\n") == [["Objective", "a,b,c"], ["Grow", "d,e,f"]]


def test_one_column_is_one_column() -> None:
    assert rows("Reach 100 users\nCut churn\n") == [["Reach 100 users"], ["Cut churn"]]


def test_numbers_stay_text_and_blank_lines_count() -> None:
    grid = open_csv("a/b/Q4 OKRs.csv", b"\nx,1.50\n\ny,007\n\n", no_words).read("Q4 OKRs")

    assert grid.value(2, 2) == "1.50"
    assert grid.value(4, 2) == "007"
    assert (grid.top, grid.bottom) == (2, 4)


def test_a_cell_of_a_megabyte_is_read() -> None:
    assert rows("a,b\n" + "x" * 1_000_000 + ",y\n")[1][1] == "y"


def test_a_quote_that_never_closes_far_into_the_file_is_read_as_well_as_can_be() -> None:
    assert rows("a,b\n" * 300 + '"open,x\n' * 300)[0] == ["a", "b"]


@pytest.mark.parametrize("data", [b"a,b\n\0\0\0\0\x01", bytes(range(256)) * 4])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(WorkbookError, match="no text"):
        open_csv("okrs.csv", data, no_words)


def test_broken_utf_16_is_refused() -> None:
    with pytest.raises(WorkbookError, match="encoding"):
        open_csv("okrs.csv", b"\xff\xfea\0b", no_words)


def test_text_between_the_quotes_of_a_sample_is_not_cut() -> None:
    long = "\n".join(f"line {i}; more" for i in range(250))

    assert [len(row) for row in rows(f'a,b,c\n1,"{long}",3\n4,5,6\n')] == [3, 3, 3]


def test_nothing_but_line_ends_is_an_empty_sheet() -> None:
    assert rows("\n\n\n") == []
    assert rows("caf\xe9,b\n\x81,c\n".encode("latin-1")) == [["café", "b"], ["\x81", "c"]]
