"""Number cells: what their number format says about them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from okrsync.cells import UNCACHED, CellError, CellValue
from okrsync.values import Quantity, read_quantity


@pytest.mark.parametrize(
    ("value", "code", "meant"),
    [
        (0.45, "General", Quantity(0.45)),
        (0.45, "0%", Quantity(45, "%")),
        (0.07, "0.00%", Quantity(7, "%")),
        (0.45, "0.0\\ %", Quantity(45, "%")),
        (0.45, "[Red]0%;[Blue]-0%", Quantity(45, "%")),
        (-0.45, "0%;[Red]-0%", Quantity(-45, "%")),
        (0.05, "+0%;-0%;0%", Quantity(5, "%")),
        (0.0, '0%;-0%;"-"', Quantity(0)),
        (45.0, '0"%"', Quantity(45, "%")),
        (45.0, "0\\%", Quantity(45, "%")),
        (0.5, '0.0%" YoY"', Quantity(50, "%")),
        (9.0, '0" days"', Quantity(9, "day")),
        (1234.0, '#,##0 "€"', Quantity(1234, "EUR")),
        (5.0, "[$$-409]#,##0", Quantity(5, "USD")),
        (5.0, "#,##0.00 [$€-407]", Quantity(5, "EUR")),
        (5.0, "[$USD] 0", Quantity(5, "USD")),
        (5.0, "R$ #,##0", Quantity(5, "BRL")),
        (5.0, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', Quantity(5, "USD")),
        (-5.0, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', Quantity(-5, "USD")),
        (5.0, '#,##0"人"', Quantity(5, "人")),
        (4.5, '0.0"/5"', Quantity(4.5, of=5)),
        (3.0, '"≥ "0', Quantity(3, None, ">=")),
        (3.0, "0.0x", Quantity(3, "x")),
        (3.0, 'General" d"', Quantity(3, "day")),
        (12345.0, '0.0,"K"', Quantity(12345)),
        (2e6, '0.0,,"M"', Quantity(2e6)),
        (12.0, '0"K"', Quantity(12000)),
        (14800.0, '0"万元"', Quantity(148000000, "CNY")),
        (12345.0, '0!.0,"万"', Quantity(12345)),
        (0.5, "[<1]0%;0", Quantity(50, "%")),
        (5.0, "[<1]0%;0", Quantity(5)),
        (5.0, "[<1]0%;[<2]0%", Quantity(500, "%")),
        (5.0, "[<1.2.3]0%", Quantity(500, "%")),
        (5.0, '"Phase "0', Quantity(5)),
        (5.0, "@", Quantity(5)),
        (5.0, "0.00E+00", Quantity(5)),
        (5.0, "# ?/?", Quantity(5)),
        (5.0, "000-0000", Quantity(5)),
        (5.0, '"never closed', Quantity(5)),
        (5.0, "[never closed", Quantity(5)),
        (5.0, "", Quantity(5)),
        (5.0, "0%" * 200, Quantity(5)),
    ],
)
def test_a_number_is_what_its_format_shows(value: float, code: str, meant: Quantity) -> None:
    assert read_quantity(value, number_format=code) == meant


@pytest.mark.parametrize(
    "code", ["yyyy-mm-dd", "h:mm", "[h]:mm", "[$-409]mmm d, yyyy;@", 'yyyy"年"m"月"d"日"', "[mm]:ss"]
)
def test_a_date_format_shows_no_number(code: str) -> None:
    assert read_quantity(46000.5, number_format=code) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        date(2026, 11, 20),
        datetime(2026, 11, 20),
        CellError("#REF!"),
        UNCACHED,
        float("nan"),
        float("inf"),
        10**400,
    ],
)
def test_what_is_no_number_is_none(value: CellValue) -> None:
    assert read_quantity(value) is None
    assert read_quantity(value, number_format="0%") is None


def test_a_whole_number_and_a_duration_are_numbers() -> None:
    assert read_quantity(45) == Quantity(45)
    assert read_quantity(timedelta(days=1, hours=2)) == Quantity(26, "hour")
