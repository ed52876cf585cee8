"""What earlier runs left is found by names, however people moved, copied or broke it."""

from __future__ import annotations

import pytest

from okrsync.edits import Block, OwnSheet, Role, SheetKind
from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.book import DefinedName
from okrsync.workbooks.excel.marks import defined_names, find_marks, read_marks
from okrsync.workbooks.excel.xmltext import utf8
from tests.excel.books import MAIN, book, named, package_of, rels, sheet_xml

XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
SHEETS = ["Q4 OKRs", "It's ours", "Übersicht", "OKR Summary", "OKR Gaps"]
ROLES = dict(zip(Role, range(8, 13), strict=True))


def column(role: str, ref: str, sheet: int = 0, number: int = 1, name: str | None = None) -> DefinedName:
    where = name if name is not None else "'" + SHEETS[sheet].replace("'", "''") + "'"
    return DefinedName(f"_okrsync.{role}.{number}", f"{where}!{ref}", sheet, True)


def five(sheet: int = 0, number: int = 1) -> list[DefinedName]:
    return [
        column(role, f"${letter}$5:${letter}$20", sheet, number) for role, letter in zip(Role, "HIJKL", strict=True)
    ]


def block(*names: DefinedName) -> Block:
    (found,) = find_marks(names, SHEETS).blocks["Q4 OKRs"]
    return found


def test_five_names_are_one_block() -> None:
    assert block(*five()) == Block(5, 20, ROLES)


def test_several_tables_of_a_sheet_are_told_apart_by_their_number() -> None:
    second = [column(role, f"${c}$40:${c}$42", number=2) for role, c in zip(Role, "HIJKL", strict=True)]

    blocks = find_marks([*second, *five()], SHEETS).blocks["Q4 OKRs"]

    assert [found.header_row for found in blocks] == [5, 40]


@pytest.mark.parametrize("sheet", [1, 2])
def test_sheet_names_are_read_with_quotes_and_in_any_script(sheet: int) -> None:
    assert list(find_marks(five(sheet), SHEETS).blocks) == [SHEETS[sheet]]


def test_sheet_names_without_quotes_or_with_a_dollar_are_read() -> None:
    names = [column("score", "$I$5:$I$20", 2, name="Übersicht"), column("status", "$J$5:$J$20", 2, name="$Übersicht")]

    assert find_marks(names, SHEETS).blocks["Übersicht"][0].columns == {Role.SCORE: 9, Role.STATUS: 10}


def test_a_column_that_people_moved_is_found_where_it_is_now() -> None:
    moved = [name for name in five() if ".status." not in name.name] + [column("status", "$B$5:$B$20")]

    assert block(*moved).columns[Role.STATUS] == 2


def test_columns_that_people_pulled_apart_start_where_most_of_them_do() -> None:
    pulled = [*five()[:4], column("gaps", "$L$4:$L$25")]

    assert block(*pulled) == Block(5, 25, ROLES)


@pytest.mark.parametrize(
    "broken",
    [
        DefinedName("_okrsync.score.1", "#REF!", 0, True),
        DefinedName("_okrsync.score.1", "'Q4 OKRs'!#REF!", 0, True),
        DefinedName("_okrsync.score.1", "'OKR Summary'!$I$5:$I$20", 0, True),
        DefinedName("_okrsync.score.1", "'Q4 OKRs'!$I$5:$J$20", 0, True),
        DefinedName("_okrsync.score.1", "'Q4 OKRs'!$I$5:$I$20", 99, True),
        DefinedName("_okrsync.score.1", "'Q4 OKRs'!$I$5:$I$20", None, True),
        DefinedName("_okrsync.score.1", "SUM(1,2)", 0, True),
        DefinedName("_okrsync.colour.1", "'Q4 OKRs'!$I$5:$I$20", 0, True),
        DefinedName("_okrsync.score", "'Q4 OKRs'!$I$5:$I$20", 0, True),
        DefinedName("okrsync.score.1", "'Q4 OKRs'!$I$5:$I$20", 0, True),
    ],
)
def test_names_that_are_broken_or_point_elsewhere_mean_nothing(broken: DefinedName) -> None:
    assert find_marks([broken], SHEETS).blocks == {}


def test_a_copied_tab_has_a_block_of_its_own() -> None:
    marks = find_marks([*five(0), *five(1)], SHEETS)

    assert marks.blocks["Q4 OKRs"] == marks.blocks["It's ours"]


def test_our_sheets_are_found_by_name_and_deleted_ones_are_known() -> None:
    marks = find_marks(
        [
            DefinedName("_okrsync.summary", "'OKR Summary'!$A$1", None, True),
            DefinedName("_okrsync.gaps", "#REF!$A$1", None, True),
            DefinedName("_okrsync.summary", "'It''s ours'!$A$1", 1, True),  # a copy of our sheet brought it along
        ],
        SHEETS,
    )

    assert marks.sheets == {SheetKind.SUMMARY: OwnSheet("OKR Summary"), SheetKind.GAPS: None}


@pytest.mark.parametrize("text", ["#REF!", "'OKR Gaps'!#REF!", "'Gone'!$A$1"])
def test_a_sheet_of_ours_that_people_deleted_is_not_forgotten(text: str) -> None:
    assert find_marks([DefinedName("_okrsync.gaps", text, None, True)], SHEETS).sheets == {SheetKind.GAPS: None}


def test_a_sheet_mark_that_is_no_reference_means_nothing() -> None:
    assert find_marks([DefinedName("_okrsync.gaps", "42", None, True)], SHEETS).sheets == {}


@pytest.mark.parametrize(
    ("text", "cycle"), [('"2026-Q4"', "2026-Q4"), ('="2026-Q4"', "2026-Q4"), ('"a ""b"""', 'a "b"'), ("2026", None)]
)
def test_the_kept_cycle_is_a_text(text: str, cycle: str | None) -> None:
    assert find_marks([DefinedName("_okrsync.cycle", text, None, True)], SHEETS).cycle == cycle


# --- from a workbook ------------------------------------------------------------------------------------------------


def own_book(**parts: str) -> bytes:
    return book(
        {"T": sheet_xml(""), "OKR Summary": sheet_xml("")},
        names=named("_okrsync.summary", "'OKR Summary'!$A$1")
        + named("_okrsync.score.1", "T!$B$1:$B$3", 0)
        + named("_okrsync.cycle", '"2026-Q4"'),
        more={name.replace("__", "/"): content for name, content in parts.items()},
    )


def test_the_marks_of_a_workbook_are_read_from_its_names() -> None:
    marks = read_marks(package_of(own_book()))

    assert marks.blocks == {"T": (Block(1, 3, {Role.SCORE: 2}),)}
    assert marks.sheets == {SheetKind.SUMMARY: OwnSheet("OKR Summary")}
    assert marks.cycle == "2026-Q4"


def anchored(name: str) -> str:
    shape = f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="{name}"/></xdr:nvSpPr></xdr:sp>'
    return f'<xdr:wsDr xmlns:xdr="{XDR}"><xdr:absoluteAnchor>{shape}</xdr:absoluteAnchor></xdr:wsDr>'


@pytest.mark.parametrize(
    ("kinds", "drawing", "words"),
    [
        ((), "", ""),
        (("drawing",), "okrsync chart 1", ""),
        (("drawing",), "Picture 1", "a drawing"),
        (("comments", "threadedComment", "vmlDrawing"), "", "a comment"),
        (("comments", "drawing", "table"), "Picture 1", "a comment and a table and a drawing"),
        (("pivotTable",), "", "a pivot table"),
    ],
)
def test_what_people_put_on_our_sheets_is_told(kinds: tuple[str, ...], drawing: str, words: str) -> None:
    targets = [(kind, f"../{kind}/{kind}1.xml") for kind in kinds]
    parts = {f"xl__{kind}__{kind}1.xml": anchored(drawing) if kind == "drawing" else "<x/>" for kind in kinds}

    marks = read_marks(package_of(own_book(**{"xl__worksheets___rels__sheet2.xml.rels": rels(targets)}, **parts)))

    assert marks.sheets == {SheetKind.SUMMARY: OwnSheet("OKR Summary", words)}


def test_names_are_read_as_they_stand_in_the_part() -> None:
    xml = (
        f'<workbook xmlns="{MAIN}"><definedNames><definedName name="A" localSheetId="1"> S!$A$1 </definedName>'
        '<definedName name="B" hidden="true">&quot;x&quot;</definedName></definedNames></workbook>'
    )

    assert defined_names(utf8(xml.encode())) == [DefinedName("A", "S!$A$1", 1), DefinedName("B", '"x"', None, True)]


def test_a_workbook_part_that_is_broken_is_an_error_of_the_workbook() -> None:
    package = package_of(own_book())
    package.workbook_part = "xl/missing.xml"

    with pytest.raises(WorkbookError):
        read_marks(package)
