"""Numbers that are no metric are told, each with why."""

from __future__ import annotations

import pytest

from tests.language.reading import told


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        ("Pass the SOC 2 audit", "en", "name"),
        ("Runs on a Pixel 4a", "en", "name"),
        ("Every K-12 school", "en", "name"),
        ("Close #4260", "en", "name"),
        ("D+7 리텐션", "ko", "name"),
        ("Move off the AS/400", "en", "name"),
        ("Ship version 3", "en", "name"),
        ("符合 GB 50016 标准", "zh", "name"),
        ("Plan 2030 für den Umbau", "de", "date"),
        ("by 2027-06-30", "en", "date"),
        ("11月30日まで", "ja", "date"),
        ("Open at 10:30", "en", "clock"),
        ("Retention over the last 30 days", "en", "window"),
        ("every 2 weeks", "en", "cadence"),
        ("1件あたりの費用", "ja", "cadence"),
        ("Get into the top 10", "en", "rank"),
        ("our two teams", "en", "existing"),
        ("我们的两个项目", "zh", "existing"),
        ("Gewicht 30 %", "de", "weight"),
        ("一笔订单", "zh", "word"),
        ("Build the page (1/3)", "en", "progress"),
        ("Move to Node 20.9 and drop 18.3", "en", "name"),
        ("Release 3.0 in May", "en", "name"),
        ("1店舗3件", "ja", "cadence"),
        ("10月に移転", "ja", "date"),
    ],
)
def test_a_number_that_is_no_metric_is_told(text: str, language: str, why: str) -> None:
    assert why in {amount.why_not for amount in told(text, language)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("至少一项", "zh"),
        ("NPS 50", "en"),
        ("TOEIC 800点以上", "ja"),
        ("Developer-to-tester ratio of 3:1", "en"),
        ("Plant 2030 trees", "en"),
        ("Close the 8 audit findings", "en"),
        ("整改我们的 5 项问题", "zh"),
        ("3 workshops", "en"),
    ],
)
def test_a_number_to_measure_is_left(text: str, language: str) -> None:
    assert "" in {amount.why_not for amount in told(text, language)}
