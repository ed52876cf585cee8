"""Our columns beside a table: named, coloured, widened and joined, and never twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from okrsync.cells import Area, CellRef, column_letters
from okrsync.edits import Block, BlockEdit, CellEdit, Look, Role
from okrsync.workbooks.excel.markup import MAIN, Unsplicable
from okrsync.workbooks.excel.package import Changes
from okrsync.workbooks.excel.tables import TablePart
from okrsync.workbooks.excel.writing import changes_for
from tests.excel.handmade import members, opened, unzipped, worksheet

STATUSES = {"on track": "green", "at risk": "amber", "off track": "red", 'so "so"': "grey"}
COLUMNS = {role: 3 + i for i, role in enumerate(Role)}
HEADERS = {role: role.value.title() for role in Role}


def block_edit(
    last_row: int = 4, new: bool = True, join: bool = False, columns: Mapping[Role, int] = COLUMNS, header_row: int = 1
) -> BlockEdit:
    table = Area(header_row, 1, last_row, 2)
    return BlockEdit("Q4", Block(header_row, last_row, columns), table, join, STATUSES, new)


def header_edits(row: int = 1) -> list[CellEdit]:
    return [
        CellEdit(CellRef("team.xlsx", "Q4", row, column), None, HEADERS[role], Look.HEADER, 1)
        for role, column in COLUMNS.items()
    ]


def written(made: dict[str, bytes], *edits: BlockEdit | CellEdit) -> dict[str, bytes]:
    package = opened(made)
    headers = {(edit.at.row, edit.at.column): edit.after for edit in header_edits()}
    changes = changes_for(package, edits, lambda _sheet, row, column: headers.get((row, column)))
    parts = unzipped(package.rebuilt(changes))
    for data in parts.values():
        ElementTree.fromstring(data)
    return parts


def sheet_of(parts: Mapping[str, bytes]) -> str:
    return parts["xl/worksheets/sheet1.xml"].decode()


def names_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    root = ElementTree.fromstring(parts["xl/workbook.xml"])
    return {name.attrib["name"]: name.text or "" for name in root.iter(f"{{{MAIN}}}definedName")}


def order_of(parts: Mapping[str, bytes]) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in ElementTree.fromstring(sheet_of(parts))]


# --- names ----------------------------------------------------------------------------------------------------------


def test_every_column_gets_a_hidden_name_of_its_sheet() -> None:
    parts = written(members({"Q4": worksheet("")}), block_edit())

    assert names_of(parts) == {
        f"_okrsync.{role}.1": f"'Q4'!${column_letters(column)}$1:${column_letters(column)}$4"
        for role, column in COLUMNS.items()
    }
    assert parts["xl/workbook.xml"].count(b' localSheetId="0" hidden="1"') == 5


def test_two_tables_of_a_sheet_have_different_numbers() -> None:
    parts = written(members({"Q4": worksheet("")}), block_edit(), block_edit(header_row=10, last_row=14))

    assert sorted({name[-1] for name in names_of(parts)}) == ["1", "2"]


def test_a_block_keeps_its_number_when_it_grows_and_columns_that_are_gone_lose_their_name() -> None:
    first = written(members({"Q4": worksheet("")}), block_edit(header_row=10, last_row=14), block_edit())
    fewer: dict[Role, int] = {role: column for role, column in COLUMNS.items() if role is not Role.GAPS}

    parts = written(first, block_edit(last_row=6, new=False, columns=fewer))

    assert {n: t for n, t in names_of(parts).items() if n.endswith("2")} == {
        f"_okrsync.{role}.2": f"'Q4'!${column_letters(column)}$1:${column_letters(column)}$6"
        for role, column in fewer.items()
    }
    assert names_of(parts)["_okrsync.gaps.1"] == "'Q4'!$G$10:$G$14"


# --- conditional formats --------------------------------------------------------------------------------------------


def test_statuses_are_coloured_and_progress_gets_a_bar() -> None:
    parts = written(members({"Q4": worksheet("", after="<pageMargins/>")}), block_edit())

    xml = sheet_of(parts)
    assert re.findall(r'<conditionalFormatting sqref="(\S+)"><cfRule type="(\w+)"', xml) == [
        ("E2:E4", "cellIs"),
        ("C2:C4", "dataBar"),
    ]
    assert "<formula>&quot;so &quot;&quot;so&quot;&quot;&quot;</formula>" in xml
    assert re.findall(r'priority="(\d)"', xml) == ["1", "2", "3", "4", "5"]
    assert "<xm:sqref>C2:C4</xm:sqref>" in xml
    assert order_of(parts)[-3:] == ["conditionalFormatting", "pageMargins", "extLst"]
    assert len(re.findall("<dxf>", parts["xl/styles.xml"].decode())) == 4


def test_marking_again_changes_nothing() -> None:
    first = written(members({"Q4": worksheet("")}), block_edit())

    changes = changes_for(opened(first), [block_edit(new=False)], lambda *_: None)

    assert changes == Changes()


def test_when_the_table_grows_our_formats_follow_and_those_of_others_stay() -> None:
    theirs = (
        '<conditionalFormatting sqref="C2:C4"><cfRule type="top10" dxfId="0" priority="7" rank="3"/>'
        "</conditionalFormatting>"
        '<conditionalFormatting sqref="A1:Z9"><cfRule type="dataBar" priority="8"/></conditionalFormatting>'
    )
    bars = (
        '<extLst><ext uri="{78C0D931-6437-407D-A8EE-F0AAD7539E65}" xmlns:x14="x14"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting><x14:cfRule type="dataBar" priority="20" id="{A}"/></x14:conditionalFormatting>'
        "</x14:conditionalFormattings></ext></extLst>"
    )
    first = written(members({"Q4": worksheet("", after=theirs + bars)}), block_edit())

    parts = written(first, block_edit(last_row=9, new=False))

    xml = sheet_of(parts)
    assert theirs in xml
    assert 'id="{A}"' in xml
    assert re.findall(r'sqref="(\S+)"', xml) == ["C2:C4", "A1:Z9", "E2:E9", "C2:C9"]
    assert re.findall(r"<xm:sqref>(\S+)</xm:sqref>", xml) == ["C2:C9"]
    assert xml.count("<extLst>") == 2  # the sheet's and our bar's own
    assert min(map(int, re.findall(r'type="cellIs" dxfId="\d" priority="(\d+)"', xml))) > 20


def test_our_rule_in_an_element_shared_with_a_rule_of_theirs_goes_alone() -> None:
    first = written(members({"Q4": worksheet("")}), block_edit())
    rule = '<cfRule type="aboveAverage" dxfId="0" priority="99"/>'
    xml = sheet_of(first).replace(
        '<conditionalFormatting sqref="C2:C4">', f'<conditionalFormatting sqref="C2:C4">{rule}'
    )
    first["xl/worksheets/sheet1.xml"] = xml.encode()

    result = sheet_of(written(first, block_edit(last_row=6, new=False)))

    assert f'<conditionalFormatting sqref="C2:C4">{rule}</conditionalFormatting>' in result
    assert result.count('type="dataBar"') == 2  # one and its extension


def test_a_language_change_repaints_our_colours() -> None:
    first = written(members({"Q4": worksheet("")}), block_edit())
    edit = BlockEdit("Q4", Block(1, 4, COLUMNS), Area(1, 1, 4, 2), False, {"正常": "green"}, False)

    xml = sheet_of(written(first, edit))

    assert re.findall("<formula>(.*?)</formula>", xml) == ["&quot;正常&quot;"]


def test_formats_of_another_block_further_down_are_not_ours_to_replace() -> None:
    first = written(members({"Q4": worksheet("")}), block_edit(), block_edit(header_row=10, last_row=14))

    xml = sheet_of(written(first, block_edit(last_row=5, new=False)))

    assert sorted(re.findall(r'sqref="(\S+)"', xml)) == ["C11:C14", "C2:C5", "E11:E14", "E2:E5"]
    assert len(set(re.findall(r'x14:cfRule type="dataBar" id="(\S+)"', xml))) == 2


def test_a_block_without_rows_gets_names_only() -> None:
    parts = written(members({"Q4": worksheet("")}), block_edit(last_row=1))

    assert "conditionalFormatting" not in sheet_of(parts)
    assert len(names_of(parts)) == 5


# --- widths ---------------------------------------------------------------------------------------------------------


def columns_of(parts: Mapping[str, bytes]) -> list[tuple[str, str, str | None, str | None]]:
    root = ElementTree.fromstring(sheet_of(parts))
    return [(c.attrib["min"], c.attrib["max"], c.get("width"), c.get("style")) for c in root.iter(f"{{{MAIN}}}col")]


def test_our_columns_get_widths_and_ranges_of_theirs_are_split() -> None:
    cols = (
        '<cols><col min="1" max="1" width="40"/><col min="2" max="4" width="8" style="1"/>'
        '<col min="6" max="16384" hidden="1" width="0" customWidth="1"/></cols>'
    )

    parts = written(members({"Q4": worksheet("", before=cols)}), block_edit())

    assert columns_of(parts) == [
        ("1", "1", "40", None),
        ("2", "2", "8", "1"),
        ("3", "3", "10.7", "1"),
        ("4", "4", "9.7", "1"),
        ("5", "5", "13.7", None),
        ("6", "6", "10.7", None),
        ("7", "7", "36.7", None),
        ("8", "16384", "0", None),
    ]
    assert sheet_of(parts).count('hidden="1"') == 1


@pytest.mark.parametrize(
    "before", ["", "<cols/>", '<sheetFormatPr defaultRowHeight="15"/>', '<cols><col min="1" max="2" width="9"/></cols>']
)
def test_widths_stand_in_order_whatever_was_there(before: str) -> None:
    parts = written(members({"Q4": worksheet("", before=before)}), block_edit())

    numbers = [int(first) for first, *_ in columns_of(parts)]
    assert numbers == sorted(numbers)
    assert numbers[-5:] == [3, 4, 5, 6, 7]
    assert order_of(parts).index("cols") < order_of(parts).index("sheetData")


def test_widths_that_people_set_later_stay() -> None:
    cols = '<cols><col min="3" max="7" width="3" customWidth="1" hidden="1"/></cols>'

    assert cols in sheet_of(written(members({"Q4": worksheet("", before=cols)}), block_edit(new=False)))


def test_overlapping_ranges_are_left_alone() -> None:
    cols = '<cols><col min="1" max="9" width="3"/><col min="5" max="6" width="4"/></cols>'

    assert cols in sheet_of(written(members({"Q4": worksheet("", before=cols)}), block_edit()))


# --- filters and tables ---------------------------------------------------------------------------------------------

FILTERED = '<autoFilter ref="A1:B4"><filterColumn colId="1"/></autoFilter>'
FILTER_NAMES = (
    '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Q4!$A$1:$B$4</definedName>'
    "</definedNames>"
)


def test_the_filter_and_its_hidden_name_grow_over_our_columns() -> None:
    made = members({"Q4": worksheet("", after=FILTERED)}, FILTER_NAMES)

    parts = written(made, block_edit(join=True))

    assert '<autoFilter ref="A1:G4"><filterColumn colId="1"/></autoFilter>' in sheet_of(parts)
    assert names_of(parts)["_xlnm._FilterDatabase"] == "Q4!$A$1:$G$4"


@pytest.mark.parametrize(("join", "ref"), [(False, "A1:B4"), (True, "A20:B24")])
def test_a_filter_that_is_not_to_be_joined_or_lies_elsewhere_stays(join: bool, ref: str) -> None:
    made = members({"Q4": worksheet("", after=f'<autoFilter ref="{ref}"/>')}, FILTER_NAMES)

    parts = written(made, block_edit(join=join))

    assert f'<autoFilter ref="{ref}"/>' in sheet_of(parts)
    assert names_of(parts)["_xlnm._FilterDatabase"] == "Q4!$A$1:$B$4"


def table(
    ref: str = "A1:B5", columns: tuple[str, ...] = ("Objective", "Done"), extra: str = ' totalsRowCount="1"'
) -> str:
    inner = "".join(f'<tableColumn id="{i * 3}" name="{name}"/>' for i, name in enumerate(columns, 1))
    return (
        f'<table xmlns="{MAIN}" id="1" name="T" displayName="Okrs" ref="{ref}"{extra}><autoFilter ref="A1:B4"/>'
        f'<tableColumns count="{len(columns)}">{inner}</tableColumns><tableStyleInfo/></table>'
    )


def test_an_excel_table_grows_by_a_column_per_header() -> None:
    parts = written(members({"Q4": worksheet("")}, tables={"table1": table()}), block_edit(join=True), *header_edits())

    assert parts["xl/tables/table1.xml"].decode() == (
        f'<table xmlns="{MAIN}" id="1" name="T" displayName="Okrs" ref="A1:G5" totalsRowCount="1">'
        '<autoFilter ref="A1:G4"/>'
        '<tableColumns count="7"><tableColumn id="3" name="Objective"/><tableColumn id="6" name="Done"/>'
        '<tableColumn id="7" name="Progress"/><tableColumn id="8" name="Score"/><tableColumn id="9" name="Status"/>'
        '<tableColumn id="10" name="Expected"/><tableColumn id="11" name="Gaps"/></tableColumns>'
        "<tableStyleInfo/></table>"
    )


def test_headers_that_stand_already_name_the_new_table_columns() -> None:
    parts = written(members({"Q4": worksheet("")}, tables={"table1": table()}), block_edit(join=True, new=False))

    assert b'name="Progress"' in parts["xl/tables/table1.xml"]


@pytest.mark.parametrize("ref", ["A1:A5", "A1:B2", "J1:K5"])
def test_a_table_that_our_columns_do_not_follow_on_stays(ref: str) -> None:
    made = members({"Q4": worksheet("")}, tables={"table1": table(ref)})
    edit = BlockEdit("Q4", Block(3, 9, COLUMNS), Area(3, 1, 9, 2), True, STATUSES, True)

    assert written(made, edit)["xl/tables/table1.xml"] == made["xl/tables/table1.xml"]


def test_two_table_columns_never_share_a_name() -> None:
    made = members({"Q4": worksheet("")}, tables={"table1": table(columns=("Objective", "PROGRESS"))})

    with pytest.raises(Unsplicable, match='already has a column "Progress"'):
        written(made, block_edit(join=True), *header_edits())


def test_a_header_is_spelt_as_the_table_part_spells_it() -> None:
    part = TablePart(table().encode())

    made = b"".join(splice.new for splice in part.grown(['a\n"b" & <c>']))

    assert b'name="a_x000a_&quot;b&quot; &amp; &lt;c&gt;"' in made
    assert part.headers() == ["Objective", "Done"]
