"""styles.xml is only appended to, equal entries are found again, and the part's own prefix is spoken."""

from __future__ import annotations

import contextlib
from xml.etree import ElementTree

import pytest

from okrsync.workbooks.excel.markup import MAIN, Unsplicable
from okrsync.workbooks.excel.splices import apply, undo
from okrsync.workbooks.excel.styles import Styles, empty_styles

STYLES = b"""<?xml version="1.0"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:x14ac="urn:x14ac">
<numFmts count="1"><numFmt numFmtId="170" formatCode="0.0&quot; k&quot;"/></numFmts>
<fonts count="2" x14ac:knownFonts="1"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3">
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="170" fontId="1" fillId="1" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment
 horizontal="center" vertical="top" wrapText="1" indent="2" textRotation="90"/><protection locked="0"/></xf>
<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
<dxfs count="0"/>
</styleSheet>"""


def entries(data: bytes, collection: str) -> list[ElementTree.Element]:
    found = ElementTree.fromstring(data).find(f"{{{MAIN}}}{collection}")
    assert found is not None
    assert found.get("count") == str(len(found))
    return list(found)


def saved(styles: Styles, data: bytes) -> bytes:
    splices = styles.splices()
    result = apply(data, splices)
    assert undo(result, splices) == data
    return result


def test_a_format_code_is_found_among_the_built_in_and_the_parts_own() -> None:
    styles = Styles(STYLES)

    assert styles.number_format("0%") == 9
    assert styles.number_format('0.0" k"') == 170
    assert styles.splices() == []


def test_a_new_format_code_gets_the_next_free_number_once() -> None:
    styles = Styles(STYLES)

    assert [styles.number_format('0 "<&>"'), styles.number_format('0 "<&>"')] == [171, 171]
    assert entries(saved(styles, STYLES), "numFmts")[1].attrib == {"numFmtId": "171", "formatCode": '0 "<&>"'}


def test_the_format_code_of_a_cell_format_is_told() -> None:
    styles = Styles(STYLES)

    assert [styles.format_code(xf) for xf in (0, 1, 2, 99)] == ["General", '0.0" k"', "0%", "General"]


def test_a_look_alike_keeps_font_fill_border_and_protection_and_takes_our_format_and_alignment() -> None:
    styles = Styles(STYLES)

    index = styles.like(1, number_format="0%", alignment={"horizontal": "right"}, quote_prefix=False)

    made = entries(saved(styles, STYLES), "cellXfs")[index]
    assert index == 3
    assert {name: made.get(name) for name in ("numFmtId", "fontId", "fillId", "borderId")} == {
        "numFmtId": "9",
        "fontId": "1",
        "fillId": "1",
        "borderId": "0",
    }
    assert [child.attrib for child in made] == [
        {"horizontal": "right", "vertical": "top", "wrapText": "1"},
        {"locked": "0"},
    ]


def test_a_look_alike_that_is_there_already_is_not_made_again() -> None:
    styles = Styles(STYLES)
    again = styles.like(0, number_format="0%", alignment={}, quote_prefix=False)

    assert again == 2
    assert styles.splices() == []


def test_asked_for_nothing_a_look_alike_is_the_format_itself() -> None:
    assert Styles(STYLES).like(1, number_format=None, alignment={}, quote_prefix=False) == 1


def test_text_that_looks_like_a_formula_gets_a_quote_prefix() -> None:
    styles = Styles(STYLES)

    index = styles.like(2, number_format=None, alignment={}, quote_prefix=True)

    made = entries(saved(styles, STYLES), "cellXfs")[index]
    assert (made.get("quotePrefix"), made.get("numFmtId")) == ("1", "9")


def test_a_second_run_over_its_own_result_appends_nothing() -> None:
    first = Styles(STYLES)
    asked = {"number_format": "0.00", "alignment": {"horizontal": "left"}, "quote_prefix": True}
    index = first.like(1, **asked)  # type: ignore[arg-type]
    green = first.add("dxfs", b"<dxf><fill><patternFill><bgColor rgb='FFC6EFCE'/></patternFill></fill></dxf>")
    second = Styles(saved(first, STYLES))

    assert second.like(1, **asked) == index  # type: ignore[arg-type]
    assert second.add("dxfs", b'<dxf><fill><patternFill><bgColor rgb="FFC6EFCE"/></patternFill></fill></dxf>') == green
    assert second.splices() == []


def test_a_self_closed_collection_is_opened_and_counted() -> None:
    styles = Styles(STYLES)

    assert styles.add("dxfs", b"<dxf><font><b/></font></dxf>") == 0
    assert styles.add("fonts", b"<font><i/></font>") == 2

    result = saved(styles, STYLES)
    assert len(entries(result, "dxfs")) == 1
    assert b"knownFonts" not in result


def test_a_missing_collection_is_made_where_the_schema_wants_it() -> None:
    data = STYLES.replace(b'<dxfs count="0"/>', b"").replace(b"</styleSheet>", b"<extLst/></styleSheet>")
    styles = Styles(data)

    styles.add("dxfs", b"<dxf/>")

    names = [child.tag.rpartition("}")[2] for child in ElementTree.fromstring(saved(styles, data))]
    assert names[-3:] == ["cellStyles", "dxfs", "extLst"]


@pytest.mark.parametrize("data", [empty_styles(False), b'<x:styleSheet xmlns:x="' + MAIN.encode() + b'"/>'])
def test_an_empty_part_gets_what_every_index_zero_means(data: bytes) -> None:
    styles = Styles(data)

    assert styles.like(0, number_format="0%", alignment={}, quote_prefix=False) == 1

    result = saved(styles, data)
    assert [len(entries(result, name)) for name in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs")] == [
        1,
        2,
        1,
        1,
        2,
    ]


def test_a_prefixed_part_is_answered_with_its_prefix() -> None:
    data = STYLES.replace(b"<styleSheet xmlns=", b"<x:styleSheet xmlns:x=").replace(b"</styleSheet", b"</x:styleSheet")
    for name in ("numFmts", "numFmt", "fonts", "font", "cellXfs", "xf", "alignment", "protection", "dxfs"):
        data = data.replace(f"<{name} ".encode(), f"<x:{name} ".encode()).replace(
            f"</{name}>".encode(), f"</x:{name}>".encode()
        )
    data = data.replace(b"<font>", b"<x:font>")
    styles = Styles(data)

    index = styles.like(1, number_format="0%", alignment={"wrapText": "1"}, quote_prefix=False)

    made = entries(saved(styles, data), "cellXfs")[index]
    assert [child.tag for child in made] == [f"{{{MAIN}}}alignment", f"{{{MAIN}}}protection"]


def test_a_number_format_hidden_in_alternate_content_is_seen() -> None:
    choice = (
        b'<mc:AlternateContent><mc:Choice><numFmt numFmtId="180" formatCode="0.000"/></mc:Choice></mc:AlternateContent>'
    )
    data = STYLES.replace(b"</numFmts>", choice + b"</numFmts>")

    assert Styles(data).number_format("0.000") == 180
    assert Styles(data).number_format("0.0000") == 181


def test_more_cell_formats_than_excel_can_bear_are_refused() -> None:
    xfs = b"".join(b'<xf numFmtId="%d"/>' % number for number in range(64_000))
    data = b'<styleSheet xmlns="%s"><cellXfs count="64000">%s</cellXfs></styleSheet>' % (MAIN.encode(), xfs)

    with pytest.raises(Unsplicable, match="cell formats"):
        Styles(data).like(0, number_format="0.00", alignment={"horizontal": "right"}, quote_prefix=False)


@pytest.mark.parametrize(
    "inside", [b"<b>" * 20_000 + b"</b>" * 20_000, b"<!--" * 100_000, b"<![CDATA[" * 50_000, b"<?" * 100_000]
)
def test_a_part_made_to_take_forever_does_not(inside: bytes) -> None:
    data = b'<styleSheet xmlns="%s"><fonts>%s</fonts></styleSheet>' % (MAIN.encode(), inside)

    with contextlib.suppress(Unsplicable):
        assert Styles(data).add("fonts", b"<font><b/></font>") == 1


@pytest.mark.parametrize("data", ["<styleSheet/>".encode("utf-16"), b"", b"<styleSheet>", b"<a><b></a>"])
def test_what_cannot_be_spliced_is_refused(data: bytes) -> None:
    with pytest.raises(Unsplicable):
        Styles(data).splices()
