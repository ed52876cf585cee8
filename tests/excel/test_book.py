"""The workbook part, its relationships and the content types take our entries and keep everything else."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from okrsync.workbooks.excel.book import Book, DefinedName
from okrsync.workbooks.excel.markup import MAIN, RELATIONSHIPS, STRICT_MAIN, STRICT_RELATIONSHIPS, Unsplicable
from okrsync.workbooks.excel.package import Changes, Package
from tests.excel.handmade import members, opened, unzipped, worksheet

SHEETS = {"Q4": worksheet(""), "Notes": worksheet("")}
NAMES = (
    '<definedNames><definedName name="Owner" comment="c">\'Q4\'!$B$2</definedName>'
    '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">\'Q4\'!$A$1:$F$9</definedName>'
    '<definedName name="Empty"/></definedNames>'
)


def saved(package: Package, book: Book) -> dict[str, str]:
    changes = Changes()
    book.save(changes)
    parts = unzipped(package.rebuilt(changes))
    for data in parts.values():
        ElementTree.fromstring(data)
    return {name: data.decode() for name, data in parts.items()}


def test_names_are_told_with_their_scope() -> None:
    book = Book(opened(members(SHEETS, NAMES)))

    assert book.names() == [
        DefinedName("Owner", "'Q4'!$B$2"),
        DefinedName("_xlnm._FilterDatabase", "'Q4'!$A$1:$F$9", 0, True),
        DefinedName("Empty", ""),
    ]


def test_a_name_that_stands_gets_another_text_and_keeps_what_else_it_says() -> None:
    package = opened(members(SHEETS, NAMES))
    book = Book(package)

    book.set_name(DefinedName("_xlnm._FilterDatabase", "'Q4'!$A$1:$K$9", 0, True))
    book.set_name(DefinedName("owner", "'R&D'!$B$3"))
    book.set_name(DefinedName("Empty", "1"))

    text = saved(package, book)["xl/workbook.xml"]
    assert (
        '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">\'Q4\'!$A$1:$K$9</definedName>' in text
    )
    assert '<definedName name="Owner" comment="c">\'R&amp;D\'!$B$3</definedName>' in text
    assert '<definedName name="Empty">1</definedName>' in text


def test_new_names_are_added_last_and_the_same_name_may_live_on_two_sheets() -> None:
    package = opened(members(SHEETS, NAMES))
    book = Book(package)

    book.set_name(DefinedName("_okrsync.score.1", "'Q4'!$H$5", 0, True))
    book.set_name(DefinedName("_okrsync.score.1", "'Notes'!$H$5", 1, True))

    assert [name.sheet for name in book.names() if name.name == "_okrsync.score.1"] == [0, 1]
    assert saved(package, book)["xl/workbook.xml"].count('<definedName name="_okrsync.score.1" localSheetId=') == 2


def test_a_name_of_ours_can_be_taken_away() -> None:
    package = opened(members(SHEETS, NAMES))
    book = Book(package)

    book.drop_name("owner", None)
    book.drop_name("never there", None)

    assert [name.name for name in book.names()] == ["_xlnm._FilterDatabase", "Empty"]
    assert "Owner" not in saved(package, book)["xl/workbook.xml"]


def test_a_workbook_without_names_and_calculation_gets_both_in_their_place() -> None:
    package = opened(members(SHEETS, '<pivotCaches><pivotCache cacheId="1" r:id="rId9"/></pivotCaches><extLst/>'))
    book = Book(package)

    book.full_calc_on_load()
    book.set_name(DefinedName("_okrsync.cycle", '"2026-Q4"', None, True))

    root = ElementTree.fromstring(saved(package, book)["xl/workbook.xml"])
    assert [child.tag.rpartition("}")[2] for child in root] == [
        "sheets",
        "definedNames",
        "calcPr",
        "pivotCaches",
        "extLst",
    ]
    assert root[1][0].text == '"2026-Q4"'


def test_recalculation_is_asked_for_beside_what_calc_pr_says_already() -> None:
    package = opened(members(SHEETS, '<calcPr calcId="191029" calcMode="manual" fullCalcOnLoad="0"/>'))
    book = Book(package)

    book.full_calc_on_load()

    assert '<calcPr calcId="191029" calcMode="manual" fullCalcOnLoad="1"/>' in saved(package, book)["xl/workbook.xml"]


@pytest.mark.parametrize("said", ["1", "true"])
def test_recalculation_that_is_asked_for_already_changes_nothing(said: str) -> None:
    book, changes = Book(opened(members(SHEETS, f'<calcPr fullCalcOnLoad="{said}"/>'))), Changes()

    book.full_calc_on_load()
    book.save(changes)

    assert changes == Changes()


def test_a_sheet_is_appended_last_under_numbers_nobody_uses() -> None:
    package = opened(members(SHEETS))
    book = Book(package)

    index = book.add_sheet("R&D <1>", "xl/worksheets/sheet7.xml")

    found = saved(package, book)
    assert index == 2
    assert '<sheet name="R&amp;D &lt;1&gt;" sheetId="3" r:id="rIdOkr1"/></sheets>' in found["xl/workbook.xml"]
    assert (
        f'<Relationship Id="rIdOkr1" Type="{RELATIONSHIPS}/worksheet" Target="worksheets/sheet7.xml"/>'
        in found["xl/_rels/workbook.xml.rels"]
    )
    assert '<Override PartName="/xl/worksheets/sheet7.xml"' in found["[Content_Types].xml"]


def test_two_sheets_of_one_run_do_not_collide() -> None:
    package = opened(members(SHEETS))
    book = Book(package)

    indices = [book.add_sheet("A", "xl/worksheets/a.xml"), book.add_sheet("B", "xl/worksheets/b.xml")]

    text = saved(package, book)["xl/workbook.xml"]
    assert indices == [2, 3]
    assert re.findall(r'sheetId="(\d)" r:id="(rIdOkr\d)"', text) == [("3", "rIdOkr1"), ("4", "rIdOkr2")]


def test_a_relationship_prefix_that_the_root_lacks_is_declared_on_the_sheet() -> None:
    made = members(SHEETS)
    xml = made["xl/workbook.xml"].decode().replace(f' xmlns:r="{RELATIONSHIPS}"', "")
    made["xl/workbook.xml"] = xml.replace("<sheet ", f'<sheet xmlns:r="{RELATIONSHIPS}" ').encode()
    package = opened(made)
    book = Book(package)

    book.add_sheet("New", "xl/worksheets/new.xml")

    root = ElementTree.fromstring(saved(package, book)["xl/workbook.xml"])
    assert root[0][2].get(f"{{{RELATIONSHIPS}}}id") == "rIdOkr1"


def test_strict_and_prefixed_workbooks_are_answered_in_their_own_words() -> None:
    made = members(SHEETS, NAMES)
    for name in made:
        made[name] = made[name].replace(MAIN.encode(), STRICT_MAIN.encode())
        made[name] = made[name].replace(RELATIONSHIPS.encode(), STRICT_RELATIONSHIPS.encode())
    xml = re.sub(r"<(/?)(?=\w)", r"<\1x:", made["xl/workbook.xml"].decode()).replace("xmlns=", "xmlns:x=")
    made["xl/workbook.xml"] = xml.replace("xmlns:r=", "xmlns:rel=").replace("r:id", "rel:id").encode()
    package = opened(made)
    book = Book(package)

    book.add_sheet("New", "xl/worksheets/new.xml")
    book.set_name(DefinedName("_okrsync.cycle", "1", None, True))
    book.full_calc_on_load()

    found = saved(package, book)
    assert '<x:sheet name="New" sheetId="3" rel:id="rIdOkr1"/>' in found["xl/workbook.xml"]
    assert '<x:definedName name="_okrsync.cycle" hidden="1">1</x:definedName>' in found["xl/workbook.xml"]
    assert '<x:calcPr fullCalcOnLoad="1"/>' in found["xl/workbook.xml"]
    assert f'Type="{STRICT_RELATIONSHIPS}/worksheet"' in found["xl/_rels/workbook.xml.rels"]


def test_the_default_for_relationships_is_declared_where_the_package_has_none() -> None:
    made = members(SHEETS)
    made["[Content_Types].xml"] = re.sub(rb"<Default [^>]*>", b"", made["[Content_Types].xml"])
    package = opened(made)
    book = Book(package)

    book.add_content_type("xl/charts/chart1.xml", "application/x")
    book.drop_content_type("/xl/worksheets/sheet2.xml")

    types = saved(package, book)["[Content_Types].xml"]
    assert types.count('<Default Extension="rels"') == 1
    assert '<Override PartName="/xl/charts/chart1.xml" ContentType="application/x"/>' in types
    assert "sheet2.xml" not in types


def test_a_part_that_is_declared_already_is_not_declared_twice() -> None:
    book, changes = Book(opened(members(SHEETS))), Changes()

    book.add_content_type("XL/worksheets/sheet1.xml", "application/x")
    book.save(changes)

    assert changes == Changes()


def test_a_workbook_that_lists_no_sheets_is_refused() -> None:
    made = members(SHEETS)
    made["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}"/>'.encode()
    book = Book(opened(made))

    book.add_sheet("New", "xl/worksheets/new.xml")
    with pytest.raises(Unsplicable):
        book.save(Changes())
