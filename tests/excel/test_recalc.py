"""Stored results of formulas that may depend on cells of ours are marked for recalculation, others are not."""

from __future__ import annotations

import pytest

from okrsync.cells import Area
from okrsync.workbooks.excel.markup import escaped
from okrsync.workbooks.excel.recalc import Changed, ChangedTable, depends

OURS = Changed({"Q4 OKRs": [Area(5, 8, 20, 8), Area(5, 9, 20, 12)]}, sheets=frozenset({"OKR Summary"}))


def part(*formulas: str) -> bytes:
    cells = "".join(f'<c r="A{i}"><f>{escaped(formula)}</f><v>1</v></c>' for i, formula in enumerate(formulas, 1))
    return f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()


def marked(formula: str, sheet: str = "Q4 OKRs", changed: Changed = OURS) -> bool:
    return depends(changed, [(sheet, part(formula), b"")])


@pytest.mark.parametrize(
    "formula",
    [
        "H5",
        "$H$5*2",
        "SUM(A1:H5)",
        "SUM(G4:M30)",
        "AVERAGE(H:H)",
        "SUM(A:Z)",
        "SUM($A:$XFD)",
        "COUNTA(7:7)",
        "COUNTA($1:$9)",
        "h5+1",
        "H5#",
        "H19:INDEX(H:H,3)",
        "INDIRECT(A1)",
        "SUM(OFFSET(A1,0,1))",
        "'OKR Summary'!B2",
        "Jan:Dec!H6",
        "SUM('Q1 OKRs:Q9 OKRs'!A1:Z99)",
        "1" + "+1" * 5_000,
    ],
)
def test_what_may_depend_on_our_cells_is_marked(formula: str) -> None:
    assert marked(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "G5",
        "H4",
        "H21",
        "SUM(A1:G99)",
        "SUM(H1:L4)",
        "M5",
        "SUM(A:G)",
        "COUNTA(1:4)",
        "Other!H5",
        "'Q3 OKRs'!H5",
        "[1]Q4!H5",
        "LOG10(5)",
        "H5(1)",
        "TODAY()",
        "SUM(Jan:Dec!A1)",
        "SomethingH5",
    ],
)
def test_what_cannot_depend_on_our_cells_is_not_marked(formula: str) -> None:
    assert not marked(formula)


@pytest.mark.parametrize("formula", ["'Q4 OKRs'!H5", "'q4 okrs'!A1:Z9", "SUM('Q4 OKRs'!H:H)"])
def test_formulas_on_other_sheets_are_seen(formula: str) -> None:
    assert marked(formula, "Dashboard")
    assert not marked("H5", "Dashboard")


def test_sheets_whose_names_need_escaping_are_seen() -> None:
    changed = Changed({"R&D's": [Area(1, 8, 9, 8)]})

    assert marked("'R&D''s'!H5", "Dashboard", changed)
    assert depends(changed, [("D", b"<worksheet><f>'R&#38;D''s'!H5</f></worksheet>", b"")])
    assert not marked("'R&D'!H5", "Dashboard", changed)


def test_a_shared_formula_reaches_as_far_as_it_is_filled() -> None:
    down = b'<worksheet><f t="shared" ref="N1:N30" si="0">H1</f><f t="shared" si="0"/></worksheet>'
    right = b'<worksheet><f>F6</f><f t="shared" ref="N6:P6" si="0">F6</f></worksheet>'
    short = b'<worksheet><f t="shared" ref="N1:N3" si="0">H1</f></worksheet>'

    assert [depends(OURS, [("Q4 OKRs", data, b"")]) for data in (down, right, short)] == [True, True, False]


def test_names_that_speak_of_our_cells_count_where_a_formula_uses_them() -> None:
    names = {
        "Progress": "'Q4 OKRs'!$H$5:$H$20",
        "Twice": "Progress*2",
        "Owner": "'Q4 OKRs'!$B$5:$B$20",
        "Dynamic": "OFFSET(Other!$A$1,0,0)",
    }
    changed = Changed(OURS.areas, names=names)

    assert [marked(f, "D", changed) for f in ("SUM(Progress)", "Twice", "Owner", "Dynamic", "MyProgress")] == [
        True,
        True,
        False,
        True,
        False,
    ]


def test_structured_references_count_when_they_mean_our_columns_or_the_whole_table() -> None:
    changed = Changed({}, tables=(ChangedTable("Okrs2", frozenset({"Score"})),))
    formulas = {
        "SUM(Okrs2[Score])": True,
        "Okrs2[[#This Row],[score]]": True,
        "COUNTA(Okrs2[#All])": True,
        "ROWS(Okrs2)": True,
        "SUM(Okrs2[[Target]:[Score]])": True,
        "SUM(Okrs2[Target])": False,
        "Okrs2[[#This Row],[Target]]*2": False,
        "SUM(Okrs21[Score])": False,
    }

    assert {formula: marked(formula, "D", changed) for formula in formulas} == formulas


def test_a_prefixed_part_is_read_too() -> None:
    data = b"<x:worksheet><x:f>H5</x:f></x:worksheet>"

    assert depends(OURS, [("Q4 OKRs", data, b"x:")])


def test_nothing_changed_means_nothing_depends() -> None:
    assert not marked("INDIRECT(A1)", changed=Changed({}))


def test_formulas_of_one_shape_are_told_apart_by_their_rows() -> None:
    rows = [f"H{row}" for row in range(21, 400)]

    assert not depends(OURS, [("Q4 OKRs", part(*rows), b"")])
    assert depends(OURS, [("Q4 OKRs", part(*rows, "H20"), b"")])


def test_a_name_that_reaches_our_cells_over_other_names_counts() -> None:
    names = {"aa": "'Q4 OKRs'!$H$6", "bb": "aa+1", "cc": "bb+1", "dd": "cc+1", "other": "$A$1"}
    changed = Changed(OURS.areas, names=names)

    assert marked("dd*2", "Elsewhere", changed)
    assert not marked("other*2", "Elsewhere", changed)
