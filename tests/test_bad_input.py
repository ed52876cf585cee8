"""Bad input: each kind is one error or one finding, exit code 2 where nothing could be done, never a traceback."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.excel import handmade
from tests.workbooks import TEAM, Ran, cells, drawn_workbook, edited, edits, holding, okrsync, people, synced, texts

SHEET = "xl/worksheets/sheet1.xml"


def hit(part: bytes, old: bytes, new: bytes) -> bytes:
    assert old in part
    return part.replace(old, new, 1)


def within_sheet(old: bytes, new: bytes) -> Callable[[Path], None]:
    return lambda path: edited(path, {SHEET: lambda part: hit(part, old, new)})


def bomb(path: Path) -> None:
    """A sheet of 30 MiB of spaces that packs to a few kB."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            with new.open(name, "w") as member:
                if name == SHEET:
                    for _ in range(30):
                        member.write(b" " * (1 << 20))
                member.write(old.read(name))
    path.write_bytes(made.getvalue())


def laughs(path: Path) -> None:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, 9))
    doctype = b'<!DOCTYPE lolz [<!ENTITY l0 "lol">' + entities + b"]>"
    edited(path, {SHEET: lambda part: hit(part, b"<worksheet", doctype + b"<worksheet")})


def reaching_out(path: Path) -> None:
    doctype = b'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    edited(path, {"xl/sharedStrings.xml": lambda part: hit(hit(part, b"<sst", doctype + b"<sst"), b"Ana", b"&secret;")})


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "not a zip": (holding(b"\0\1\2 nonsense " * 99), "no workbook"),
    "a truncated zip": (cut_off, "incomplete"),
    "a zip of something else": (holding(handmade.zipped({"a.txt": b"hello"})), "holds no complete workbook"),
    "a zip bomb": (bomb, "times its packed size"),
    "entities in a sheet": (laughs, "document type"),
    "entities in the texts": (reaching_out, "document type"),
    "XML that is cut off": (within_sheet(b"</sheetData>", b""), "broken"),
    "a cell beyond the sheet": (within_sheet(b'r="A2"', b'r="ZZZZ9"'), "ZZZZ9"),
    "a sheet that is missing": (
        lambda path: edited(path, {"xl/_rels/workbook.xml.rels": lambda part: hit(part, b"sheet1", b"sheet9")}),
        "no OKRs found",
    ),
}


def refused(ran: Ran, path: Path, before: bytes) -> None:
    assert ran.code == 2, ran.out + ran.err
    assert len(re.findall("^  Fix: ", ran.err, re.MULTILINE)) == 1, ran.err
    assert ran.err.startswith(path.name)
    assert "Traceback" not in ran.err + ran.out
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("command", ["sync", "read"])
@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_workbook_is_one_error(tmp_path: Path, case: str, command: str) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    change, words = BROKEN[case]
    change(path)
    before = path.read_bytes()

    ran = okrsync(command, path)

    refused(ran, path, before)
    assert words in ran.err


def test_a_limit_in_the_config_refuses_what_unpacks_to_more(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    edited(path, {SHEET: lambda part: hit(part, b"<sheetData>", b"<sheetData>" + b" " * (3 << 20))})
    (tmp_path / "config.toml").write_text("[limits]\ninflated_mib = 2\nratio = 100000\n")

    ran = okrsync("read", path)

    assert ran.code == 2
    assert "2 MiB" in ran.err and "inflated_mib" in ran.err


NO_OKRS: dict[str, tuple[str, str]] = {
    "no table": ("Shopping\nBread\nMilk", "no OKRs found"),
    "an empty sheet": ("", "no OKRs found"),
    "a header without a key-result column": (
        """
        Goal        | Owner | Target | Current
        Ship faster | Ana   | 10     | 3
        """,
        "key-result",
    ),
    "a header without a row": ("Objective | Key result | Target | Current", ""),
}


@pytest.mark.parametrize("case", NO_OKRS)
def test_a_workbook_without_okrs_is_one_error(tmp_path: Path, case: str) -> None:
    drawing, words = NO_OKRS[case]
    path = drawn_workbook(tmp_path / "team.xlsx", drawing)
    before = path.read_bytes()

    ran = okrsync("sync", path)

    refused(ran, path, before)
    assert words in ran.err


MAPPING = """
[[table]]
sheet = "{sheet}"
archetype = "flat"
header_rows = [1]

[table.columns]
objective = "A"
key_result = "B"
target = "E"
current = "F"
"""


def test_a_sheet_that_the_mapping_names_and_the_workbook_has_not_is_one_error(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    before = path.read_bytes()
    mapping = tmp_path / "team.toml"
    mapping.write_text(MAPPING.format(sheet="Q4 OKR"))

    ran = okrsync("sync", path, "--mapping", str(mapping))

    assert ran.code == 2
    assert "no sheet 'Q4 OKR'" in ran.err and "'Q4'" in ran.err and ran.err.count("Fix: ") == 1
    assert path.read_bytes() == before


def test_a_mapping_that_is_no_toml_is_one_error(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    mapping = tmp_path / "team.toml"
    mapping.write_text("sheet = ")

    ran = okrsync("sync", path, "--mapping", str(mapping))

    assert ran.code == 2
    assert "team.toml" in ran.err and ran.err.count("Fix: ") == 1


def test_duplicate_headers_are_read_once_and_said(tmp_path: Path) -> None:
    path = drawn_workbook(
        tmp_path / "team.xlsx",
        """
        Objective   | Key result                         | Baseline | Target | Current | Current
        Ship faster | Raise weekly releases from 2 to 10 | 2        | 10     | 6       | 9
        """,
    )

    ran = okrsync("sync", path, "--json")

    assert ran.code == 0
    (objective,) = ran.json["objectives"]
    assert objective["key_results"][0]["current"] == 6
    assert any(found["message"].startswith("column F was left out") for found in ran.json["findings"])
    assert cells(path)[0][:6] == ["Objective", "Key result", "Baseline", "Target", "Current", "Current"]
    assert edits(path) == []


def test_a_million_empty_rows_with_a_style_cost_little(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % row for row in range(5, 1_000_001))
    edited(path, {SHEET: lambda part: hit(part, b"</sheetData>", rows + b"</sheetData>")})
    started = time.process_time()

    ran = okrsync("sync", path)

    assert ran.code == 0
    assert time.process_time() - started < 8
    assert "Progress" in texts(path, "Q4")


def test_a_million_empty_cells_with_a_style_cost_little(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/><c r="F%d" s="0"/></row>' % (n, n, n) for n in range(5, 500_001))
    edited(path, {SHEET: lambda part: hit(part, b"</sheetData>", rows + b"</sheetData>")})
    started = time.process_time()

    ran = okrsync("sync", path)

    assert ran.code == 0
    assert time.process_time() - started < 12
    assert "Progress" in texts(path, "Q4")


def test_a_cell_at_the_far_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    edited(path, {SHEET: lambda part: hit(part, b"</sheetData>", far)})

    ran = okrsync("sync", path)

    assert ran.code == 0
    assert cells(path, columns="G")[:2] == [["Progress"], [0.466667]]


def test_a_megabyte_of_text_in_a_cell_is_read_and_shown_short(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    long = b"very " * 200_000
    edited(path, {"xl/sharedStrings.xml": lambda part: hit(part, b"Raise NPS", b"Raise " + long + b"NPS")})

    ran = okrsync("sync", path)

    assert ran.code == 0
    assert max(map(len, texts(path, "OKR Summary") + texts(path, "OKR Gaps"))) <= 32_767
    assert len(ran.out + ran.err) < 20_000
    assert edits(path) == []


def test_an_unreadable_number_is_one_finding_that_quotes_it(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx", TEAM.replace("| 3\n", "| abt three\n"))

    ran = okrsync("sync", path, "--json")

    assert ran.code == 0
    (found,) = [found for found in ran.json["findings"] if found["code"] == "IN001"]
    assert "abt three" in found["message"] and found["at"] == "team.xlsx!'Q4'!F3"


def test_names_with_quotes_and_emoji_are_written_as_references(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "O'Hara 🚀.xlsx", {'Ana\'s 🚀 "Q4"': TEAM})

    assert "'Ana''s 🚀 \"Q4\"'!G2: blank → 0.466667" in synced(path)
    assert edits(path) == []


@pytest.mark.parametrize("ending", [".xls", ".xlsb", ".ods", ".csv", ".xlsx", ".xlsm", ".txt", ""])
@pytest.mark.parametrize(
    "content", [b"", b"\0" * 9, b"PK\3\4" + b"x" * 60, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"y" * 999]
)
def test_whatever_a_file_is_called_and_holds_there_is_no_traceback(tmp_path: Path, ending: str, content: bytes) -> None:
    path = tmp_path / f"team{ending}"
    path.write_bytes(content)

    refused(okrsync("sync", path), path, content)


def test_a_file_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    ran = okrsync("sync", tmp_path / "nowhere.xlsx")

    assert ran.code == 2
    assert "nowhere.xlsx" in ran.err and ran.err.count("Fix: ") == 1


def test_formulas_never_calculated_are_findings_and_no_zeros(tmp_path: Path) -> None:
    path = drawn_workbook(tmp_path / "team.xlsx")
    with people(path) as book:
        book["Q4"]["F2"] = "=1+37"

    ran = okrsync("sync", path, "--json")

    assert "IN003" in {found["code"] for found in ran.json["findings"]}
    assert cells(path, columns="G")[1] == [None]
