"""Packages: what is refused and in which words, what is found in them, and what a rebuilt one keeps."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsync.config import Limits
from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.blocking import STRUCTURE_PROTECTED, blocked_because, warnings_of
from okrsync.workbooks.excel.package import Changes, Package, Relationship
from okrsync.workbooks.excel.splices import Splice
from tests.excel.zips import OFFICE, PACKAGE, SHEET, OneWay, central, parts, patched, rel, rels, workbook, zipped

SHEET1 = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def package(data: bytes, **limits: int) -> Package:
    return Package("okrs.xlsx", data, Limits(**limits))


def refusal(data: bytes, **limits: int) -> WorkbookError:
    with pytest.raises(WorkbookError) as caught:
        package(data, **limits).read(SHEET1)
    assert caught.value.where == "okrs.xlsx"
    assert caught.value.fix.endswith(".")
    return caught.value


# --- what is no workbook --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (bytes(4096), "the file is empty"),
        (b"Objective,Key result\n", "it is not a workbook"),
        (b"\xef\xbb\xbf\n<html><table></table></html>", "it is a web page or an XML file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "it is protected with a password"),
        (OLE + "Workbook".encode("utf-16-le"), "old Excel 97-2003 kind"),
        (OLE + "WordDocument".encode("utf-16-le"), "another Office program"),
        (zipped(parts())[:-100], "the file is incomplete"),
        (zipped(parts())[:-10], "the file is incomplete"),
        (b"PK", "the file is incomplete"),
        (zipped({"notes.txt": b"hello"}), "holds no complete workbook"),
        (zipped({k: v for k, v in parts().items() if k != "_rels/.rels"}), "holds no complete workbook"),
        (zipped(parts(root=rels(rel("a", "officeDocument", "xl/gone.xml")))), "holds no complete workbook"),
    ],
)
def test_what_is_no_workbook_is_told_as_what_it_is(data: bytes, problem: str) -> None:
    assert problem in refusal(data).problem


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "binary workbook"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "a document"),
    ],
)
def test_another_kind_of_document_is_named(kind: str, problem: str) -> None:
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    )

    assert problem in refusal(zipped(parts(types=types.encode()))).problem


def test_a_file_that_is_not_there_or_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="no such file"):
        Package.open(tmp_path / "okrs.xlsx", "okrs.xlsx", Limits())
    with pytest.raises(WorkbookError, match="cannot be read"):
        Package.open(tmp_path, "okrs.xlsx", Limits())


# --- what is broken, odd or hostile ---------------------------------------------------------------------------------


def test_a_wrong_checksum_is_refused() -> None:
    data = zipped(parts())

    assert "checksum" in refusal(patched(data, central(data, SHEET1) + 16, "L", 7)).problem


def test_bytes_that_do_not_unpack_are_refused() -> None:
    data = zipped(parts())
    start = data.index(SHEET1.encode()) + len(SHEET1)
    broken = data[:start] + b"\xff" * 20 + data[start + 20 :]
    cut_short = patched(data, central(data, SHEET1) + 20, "L", 20)

    assert "cannot be unpacked" in refusal(broken).problem
    assert "cannot be unpacked" in refusal(cut_short).problem


def test_a_part_that_unpacks_to_more_than_it_declares_is_refused_before_it_fills_the_memory() -> None:
    data = zipped({**parts(), SHEET1: b"<a>" + b" " * 9_000_000})

    assert "more than it declares" in refusal(patched(data, central(data, SHEET1) + 24, "L", 1000)).problem


def test_a_part_that_unpacks_to_very_much_more_than_its_size_is_refused() -> None:
    assert "more than 400 times" in refusal(zipped({**parts(), SHEET1: b"<a>" + b" " * 2_000_000}), ratio=400).problem


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused() -> None:
    book = zipped({**parts(), "xl/media/image1.png": bytes(range(256)) * 5000})

    assert "it unpacks to more than 1 MiB" in refusal(book, inflated_mib=1).problem
    assert "inflated_mib" in refusal(book, inflated_mib=1).fix
    assert package(book, inflated_mib=2).read(SHEET1) == SHEET


@pytest.mark.parametrize("twin", [SHEET1, "xl/worksheets/SHEET1.xml", "/xl/worksheets/sheet1.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused(twin: str) -> None:
    out = io.BytesIO(zipped(parts()))
    with zipfile.ZipFile(out, "a") as book:
        book.writestr(twin, b"<other/>")

    assert "twice" in refusal(out.getvalue()).problem


@pytest.mark.parametrize(
    ("field", "form", "value", "problem"),
    [
        (8, "H", 1, "zip password"),
        (8, "H", 0x40, "zip password"),
        (10, "H", 14, "method 14"),
        (20, "L", 0xFFFFFFFF, "zip64"),
        (42, "L", 0x00FFFFFF, "not where the directory says"),
        (42, "L", 1, "not where the directory says"),
        (20, "L", 0x00FFFFFF, "not where the directory says"),
        (0, "L", 0, "incomplete"),
        (28, "H", 0x7FFF, "incomplete"),
    ],
)
def test_a_directory_that_tells_of_odd_things_is_refused(field: int, form: str, value: int, problem: str) -> None:
    data = zipped(parts())

    assert problem in refusal(patched(data, central(data, SHEET1) + field, form, value)).problem


@pytest.mark.parametrize(
    ("field", "form", "value", "problem"),
    [
        (10, "H", 0xFFFF, "zip64"),
        (16, "L", 0xFFFFFFFF, "zip64"),
        (4, "H", 1, "incomplete"),
        (12, "L", 9**9, "incomplete"),
    ],
)
def test_an_end_record_that_tells_of_odd_things_is_refused(field: int, form: str, value: int, problem: str) -> None:
    data = zipped(parts())

    assert problem in refusal(patched(data, len(data) - 22 + field, form, value)).problem


def test_parts_that_share_their_bytes_are_refused() -> None:
    """The same packed bytes listed under many names are how a small zip unpacks to petabytes."""
    book = zipped({**parts(), "xl/a.bin": zlib.compress(b"x" * 100), "xl/b.bin": b"y"})
    entry = central(book, "xl/b.bin")
    at = int.from_bytes(book[central(book, "xl/a.bin") + 42 :][:4], "little")
    # b is said to begin inside of a: a header of b's stands in a's bytes
    header = book[int.from_bytes(book[entry + 42 :][:4], "little") :][:38]
    inside = zipped({**parts(), "xl/a.bin": b"", "xl/b.bin": b"y"})
    stored = io.BytesIO(inside)
    with zipfile.ZipFile(stored, "a", zipfile.ZIP_STORED) as more:
        more.writestr("xl/c.bin", header + book[at : at + 40])
    data = stored.getvalue()
    data = patched(data, central(data, "xl/b.bin") + 42, "L", data.index(header, data.index(b"xl/c.bin")))

    assert "shares its bytes" in refusal(data).problem


def test_a_name_that_is_no_utf8_is_refused() -> None:
    data = zipped({**parts(), "xl/é.xml": b"<a/>"}).replace("é".encode(), b"\xff\xff")

    assert "name of one of its parts" in refusal(data).problem


@pytest.mark.parametrize(
    "sheet",
    [
        b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>',
        b"<?xml version='1.0'?><!--" + b" " * 9000 + b"--><!DOCTYPE a><worksheet/>",
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><worksheet/>'.encode("utf-16"),
    ],
)
def test_a_part_with_a_document_type_is_refused(sheet: bytes) -> None:
    assert "document type (DTD)" in refusal(zipped(parts(sheet=sheet))).problem


@pytest.mark.parametrize("name", ["types", "root", "workbook", "rels"])
def test_small_parts_that_do_not_parse_or_bear_a_document_type_are_refused(name: str) -> None:
    def opened(content: bytes) -> str:
        with pytest.raises(WorkbookError) as caught:
            package(zipped(parts(**{name: content}))).sheets()
        return caught.value.problem

    assert "cannot be read" in opened(b"<a><b></a>")
    assert "cannot be read" in opened(b'<?xml version="1.0" encoding="klingon"?><a/>')
    assert "DTD" in opened(b"<!DOCTYPE a><a/>")


@pytest.mark.parametrize(
    ("sheet", "problem"),
    [
        (b"<", "no element"),
        (b"<?xml?>", "cannot"),
        (b"<!-- -->", "no element"),
        (b'<?xml version="1.0" encoding="klingon"?><worksheet/>', "cannot be read"),
    ],
)
def test_a_part_that_is_no_xml_is_refused(sheet: bytes, problem: str) -> None:
    assert problem in refusal(zipped(parts(sheet=sheet))).problem


def test_what_comes_after_the_first_element_is_left_to_those_who_read_it() -> None:
    assert package(zipped(parts(sheet=b"<a></b>"))).read(SHEET1) == b"<a></b>"


@given(st.integers(0, 2000), st.integers(0, 255), st.integers(0, 9))
def test_whatever_is_broken_is_refused_or_harmless(at: int, letter: int, cut: int) -> None:
    data = zipped(parts())
    at %= len(data)
    broken = data[:at] + bytes([letter]) + data[at + 1 + cut :]

    try:
        book = package(broken)
        found = {sheet.part: book.read(sheet.part) for sheet in book.sheets() if sheet.part is not None}
    except WorkbookError as error:
        found = {SHEET1: SHEET}
        assert error.problem.isprintable()

    assert found == {SHEET1: SHEET}


# --- what is found --------------------------------------------------------------------------------------------------


def test_sheets_come_in_order_with_their_kinds() -> None:
    kinds = ("worksheet", "chartsheet", "dialogsheet")
    macro = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    book = package(
        zipped(
            parts(
                workbook=workbook(
                    sheets='<sheet r:id="d" sheetId="4" name="Dialog"/><sheet name="M &amp; M" sheetId="3" r:id="m"/>'
                    "<sheet name='Chart' sheetId='x' state='hidden' r:id='c'/><sheet name='Q4' sheetId='1' r:id='w'/>"
                    '<sheet name="Gone" sheetId="9" r:id="no" state="veryHidden"/>'
                ),
                rels=rels(*(rel(kind[0], kind, "worksheets/sheet1.xml") for kind in kinds), rel("m", macro, "m.xml")),
            )
        )
    )

    found = [(s.name, s.sheet_id, s.rel_id, s.state, s.kind, s.part) for s in book.sheets()]

    assert found == [
        ("Dialog", 4, "d", "visible", "dialogsheet", SHEET1),
        ("M & M", 3, "m", "visible", "xlMacrosheet", None),
        ("Chart", 0, "c", "hidden", "chartsheet", SHEET1),
        ("Q4", 1, "w", "visible", "worksheet", SHEET1),
        ("Gone", 9, "no", "veryHidden", "", None),
    ]


def test_prefixes_and_the_strict_namespaces_do_not_matter() -> None:
    strict = "http://purl.oclc.org/ooxml"
    book = package(
        zipped(
            parts(
                root=rels(rel("a", f"{strict}/officeDocument/relationships/officeDocument", "/xl/workbook.xml")),
                workbook=f"<x:workbook xmlns:x='{strict}/spreadsheetml/main'><x:sheets><x:sheet name='Q4' sheetId='1' "
                f"q:id='rId1' xmlns:q='{strict}/officeDocument/relationships'/></x:sheets></x:workbook>".encode(),
                rels=rels(rel("rId1", f"{strict}/officeDocument/relationships/worksheet", "worksheets/sheet1.xml")),
            )
        )
    )

    assert book.strict
    assert [(s.name, s.kind, s.part) for s in book.sheets()] == [("Q4", "worksheet", SHEET1)]
    assert not package(zipped(parts())).strict


@pytest.mark.parametrize("name", ["xl/Book.xml", "xl\\Book.xml", "/xl/Book.xml", "XL/BOOK.XML"])
@pytest.mark.parametrize("target", ["xl/book.xml", "/xl/book.xml", "xl\\book.xml", "./xl/x/../book.xml"])
def test_the_workbook_is_found_however_its_name_is_written(name: str, target: str) -> None:
    content = parts(root=rels(rel("a", "officeDocument", target)))
    content = {"x": b"", name: content.pop("xl/workbook.xml"), **content}

    book = package(zipped(content))

    assert book.workbook_part == name
    assert book.find("\\xl/BOOK.xml") == name
    assert book.members()[1] == name
    assert book.rels_part(name).casefold() == "xl/_rels/book.xml.rels"


def test_relationships_tell_what_is_external_and_what_is_missing() -> None:
    book = package(
        zipped(
            {
                **parts(
                    rels=rels(
                        rel("a", "hyperlink", "https://example.com/?a=1&amp;b=2", ' TargetMode="External"'),
                        rel("b", "styles", "styles.xml"),
                        rel("c", "drawing", "my%20drawing.xml"),
                        rel("d", "hyperlink", "#Q4!A1"),
                    )
                ),
                "xl/my drawing.xml": b"<a/>",
            }
        )
    )

    assert book.relationships("xl/workbook.xml") == (
        Relationship("a", "hyperlink", None),
        Relationship("b", "styles", None),
        Relationship("c", "drawing", "xl/my drawing.xml"),
        Relationship("d", "hyperlink", None),
    )
    assert book.related("xl/workbook.xml", "drawing") == "xl/my drawing.xml"
    assert book.related("xl/workbook.xml", "styles") is None
    assert book.relationships(SHEET1) == ()
    assert book.rels_part("") == "_rels/.rels"


def test_content_types_are_by_part_and_else_by_ending() -> None:
    book = package(zipped(parts()))

    assert (book.content_type("/XL/worksheets/sheet1.xml") or "").endswith("worksheet+xml")
    assert book.content_type("xl/other.xml") == "application/xml"
    assert book.content_type("xl/media/image1.png") is None


def test_a_part_that_is_missing_is_named() -> None:
    book = package(zipped(parts()))

    with pytest.raises(WorkbookError, match=r'its part "xl/styles\.xml" is missing'):
        book.read("/xl/styles.xml")


# --- what is blocked ------------------------------------------------------------------------------------------------

SIGNED = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (parts(root=rels(rel("a", "officeDocument", "xl/workbook.xml"), rel("b", SIGNED, "o"))), "digital signature"),
        ({**parts(), "_xmlsignatures/sig1.xml": b"<a/>"}, "digital signature"),
        (parts(rels=rels(rel("a", "revisionHeaders", "revisions/h.xml"))), "logs every change"),
        ({**parts(), "xl/revisions/revisionHeaders.xml": b"<a/>"}, "logs every change"),
        (parts(workbook=workbook('<fileSharing reservationPassword="CC1A"/>')), "asks for a password"),
        (parts(workbook=workbook('<workbookProtection lockStructure="1"/>')), STRUCTURE_PROTECTED),
    ],
)
def test_what_must_not_be_written_is_told_with_a_fix(content: dict[str, bytes], problem: str) -> None:
    blocked = blocked_because(package(zipped(content)))

    assert [problem in found for found in blocked] == [True]
    assert all(fix.endswith(".") for fix in blocked.values())


def test_a_hash_of_nothing_is_no_password() -> None:
    shared = '<fileSharing readOnlyRecommended="1" userName="jo" reservationPassword="0000"/>'

    blocked = blocked_because(package(zipped(parts(workbook=workbook(shared)))))

    assert not blocked


def test_a_plain_workbook_is_not_blocked() -> None:
    book = package(zipped({**parts(workbook=workbook('<workbookProtection lockWindows="1"/>')), "xl/revisions/": b""}))

    assert blocked_because(book) == {}
    assert warnings_of(book) == ()


def test_a_wish_not_to_be_changed_is_a_warning() -> None:
    custom = rel("b", f"{OFFICE}/custom-properties", "docProps/custom.xml")
    book = package(
        zipped(
            {
                **parts(
                    root=rels(rel("a", "officeDocument", "xl/workbook.xml"), custom),
                    workbook=workbook('<fileSharing readOnlyRecommended="1"/>'),
                ),
                "docProps/custom.xml": b'<Properties><property name="_MarkAsFinal"/></Properties>',
            }
        )
    )

    assert warnings_of(book) == ("it recommends to be opened read-only", "it is marked as final")
    assert blocked_because(book) == {}


# --- what a rebuilt package keeps -----------------------------------------------------------------------------------


def headers(data: bytes) -> list[tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        return [
            (i.orig_filename, i.date_time, i.external_attr, i.create_system, i.extra, i.comment, i.CRC, i.compress_type)
            for i in book.infolist()
        ]


def content(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {info.orig_filename: book.read(info) for info in book.infolist()}


def test_no_changes_give_the_very_bytes() -> None:
    data = zipped(parts(), comment=b"by hand")

    assert package(data).rebuilt(Changes()) == data


def test_a_changed_part_keeps_its_place_and_date_and_new_ones_come_last() -> None:
    data = zipped({"first.bin": b"\0\1", **parts(), "xl/last.bin": b"\2"}, comment=b"by hand")
    at = SHEET.index(b"<v>") + 3

    result = package(data).rebuilt(
        Changes(
            splices={"/xl/Worksheets/sheet1.xml": [Splice(at, b"1", b"47")]},
            replaced={"xl/last.bin": b"new"},
            added={"xl/worksheets/sheet2.xml": b"<a/>", "xl/ö.xml": b"<b/>"},
            removed={"first.bin"},
        )
    )

    assert content(result) == {
        **parts(),
        SHEET1: SHEET.replace(b"<v>1<", b"<v>47<"),
        "xl/last.bin": b"new",
        "xl/worksheets/sheet2.xml": b"<a/>",
        "xl/ö.xml": b"<b/>",
    }
    assert list(content(result)) == [*parts(), "xl/last.bin", "xl/worksheets/sheet2.xml", "xl/ö.xml"]
    assert [h[1:3] for h in headers(result)[:-2]] == [((2021, 3, 4, 5, 6, 8), 0o640 << 16)] * 6
    assert [h[1] for h in headers(result)[-2:]] == [(1980, 1, 1, 0, 0, 0)] * 2
    assert result.endswith(b"by hand")


def test_untouched_members_keep_their_packed_bytes_and_headers() -> None:
    data = zipped(parts())

    result = package(data).rebuilt(Changes(replaced={"xl/workbook.xml": b"<a/>"}))

    changed = [n for n, (old, new) in enumerate(zip(headers(data), headers(result), strict=True)) if old != new]
    assert changed == [2]
    start = data.index(SHEET1.encode()) - 30
    assert data[start : data.index(b"PK\1\2")] in result


def test_sizes_that_followed_a_member_stand_in_its_header_afterwards() -> None:
    data = zipped(parts(), stream=OneWay())
    assert data[6] & 8

    result = package(data).rebuilt(Changes())

    assert content(result) == parts()
    assert b"PK\7\x08" in data
    assert b"PK\7\x08" not in result
    assert result[6] & 8 == 0
    assert int.from_bytes(result[18:22], "little") == package(data).member("[Content_Types].xml").packed
    assert [h[:4] for h in headers(result)] == [h[:4] for h in headers(data)]


def test_a_hint_of_enormous_sizes_goes_when_the_sizes_are_written() -> None:
    """Writers that do not know the size beforehand leave room for 4 GiB; Excel refuses that beside real sizes."""
    out = OneWay()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts().items():
            info = zipfile.ZipInfo(name)
            info.extra = b"\x99\x99\x02\x00ab"
            with book.open(info, "w", force_zip64=True) as member:
                member.write(part)
    data = out.getvalue()
    assert b"\1\0\x10\0" in data

    result = package(data).rebuilt(Changes())

    assert content(result) == parts()
    assert b"\1\0\x10\0" not in result
    assert b"\x99\x99\x02\x00ab" in result


def test_stored_members_and_names_with_backslashes_stay_as_they_are() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as book:
        for name, part in parts().items():
            info = zipfile.ZipInfo("placeholder")
            info.filename = info.orig_filename = name.replace("/", "\\")
            book.writestr(info, part)
    data = out.getvalue()

    result = package(data).rebuilt(Changes(splices={SHEET1: [Splice(0, b"", b"<!---->")]}))

    assert content(result)["xl\\worksheets\\sheet1.xml"] == b"<!---->" + SHEET
    assert [h[-1] for h in headers(result)] == [0, 0, 0, 0, 8]


def test_the_same_changes_give_the_same_bytes() -> None:
    changes = Changes(added={"xl/new.xml": b"<a/>"})

    assert package(zipped(parts())).rebuilt(changes) == package(zipped(parts())).rebuilt(changes)


def test_a_part_in_utf16_is_read_but_never_spliced() -> None:
    sheet = '<?xml version="1.0" encoding="UTF-16"?><worksheet/>'.encode("utf-16")
    book = package(zipped(parts(sheet=sheet)))

    assert book.read(SHEET1) == sheet
    with pytest.raises(WorkbookError, match="UTF-16"):
        book.rebuilt(Changes(splices={SHEET1: [Splice(0, b"", b" ")]}))


@pytest.mark.parametrize(
    "changes",
    [
        Changes(splices={SHEET1: []}, replaced={SHEET1: b""}),
        Changes(replaced={SHEET1: b""}, removed={SHEET1}),
        Changes(added={"XL/worksheets/sheet1.xml": b""}),
    ],
)
def test_changes_that_contradict_each_other_are_a_bug(changes: Changes) -> None:
    with pytest.raises(ValueError, match="part"):
        package(zipped(parts())).rebuilt(changes)


def test_a_removed_part_may_be_added_anew() -> None:
    result = package(zipped(parts())).rebuilt(Changes(removed={SHEET1}, added={SHEET1: b"<a/>"}))

    assert content(result)[SHEET1] == b"<a/>"


def test_large_parts_come_through_whole() -> None:
    sheet = SHEET.replace(b"</sheetData>", b"".join(b'<row r="%d"/>' % n for n in range(2, 90_000)) + b"</sheetData>")
    at = sheet.index(b'<row r="70000"')

    result = package(zipped(parts(sheet=sheet))).rebuilt(Changes(splices={SHEET1: [Splice(at, b"", b"<!---->")]}))

    assert content(result)[SHEET1] == sheet[:at] + b"<!---->" + sheet[at:]


def test_names_that_would_garble_a_terminal_are_shown_harmlessly() -> None:
    data = zipped({**parts(), "xl/\x1b[31m.xml": b"<a/>"})

    assert refusal(patched(data, central(data, "xl/\x1b[31m.xml") + 8, "H", 1)).problem.isprintable()
