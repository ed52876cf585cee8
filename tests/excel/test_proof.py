"""The proof: it lets through what was to be written, and nothing else."""

from __future__ import annotations

import pytest

from okrsync.config import Limits
from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.package import Changes, Package
from okrsync.workbooks.excel.proof import prove
from okrsync.workbooks.excel.splices import Splice
from tests.excel.zips import SHEET, OneWay, parts, zipped

SHEET1 = "xl/worksheets/sheet1.xml"
BOOK = {**parts(), "xl/media/image1.png": b"\x89PNG"}
NEW = SHEET.replace(b"<v>1<", b"<v>47<")
CHANGES = Changes(
    splices={"/xl/worksheets/Sheet1.xml": [Splice(SHEET.index(b"1</v>"), b"1", b"47")]},
    replaced={"xl/media/image1.png": b"\x89PNG2"},
    added={"xl/new.xml": b"<a/>", "xl/new.bin": b"\0"},
    removed=set(),
)
WANTED = {**BOOK, SHEET1: NEW, "xl/media/image1.png": b"\x89PNG2", "xl/new.xml": b"<a/>", "xl/new.bin": b"\0"}


def original(data: bytes | None = None) -> Package:
    return Package("okrs.xlsx", data or zipped(BOOK), Limits())


@pytest.mark.parametrize("data", [zipped(BOOK), zipped(BOOK, stream=OneWay(), comment=b"by hand")])
def test_what_was_to_be_written_is_proved(data: bytes) -> None:
    book = original(data)

    prove(book, CHANGES, book.rebuilt(CHANGES))
    prove(book, Changes(removed={"xl/media/image1.png"}), book.rebuilt(Changes(removed={"xl/media/image1.png"})))
    prove(original(), CHANGES, zipped(WANTED))


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({k: v for k, v in WANTED.items() if k != "xl/workbook.xml"}, "missing"),
        ({**WANTED, "xl/extra.xml": b"<a/>"}, "missing, doubled or out of order"),
        (dict(reversed(WANTED.items())), "out of order"),
        ({**WANTED, "xl/workbook.xml": b"<workbook/>"}, '"xl/workbook.xml" is not what it was'),
        ({**WANTED, SHEET1: NEW.replace(b"A1", b"A2")}, "without our changes is not what it was"),
        ({**WANTED, SHEET1: SHEET}, "cannot be taken back"),
        ({**WANTED, SHEET1: NEW[:-1]}, "cannot be read"),
        ({**WANTED, "xl/media/image1.png": b"\x89PNG"}, '"xl/media/image1.png" is not what was to be written'),
        ({**WANTED, "xl/new.xml": b"<b/>"}, '"xl/new.xml" is not what was to be written'),
    ],
)
def test_anything_else_is_not_proved(written: dict[str, bytes], problem: str) -> None:
    with pytest.raises(WorkbookError) as caught:
        prove(original(), CHANGES, zipped(written))

    assert problem in caught.value.problem
    assert caught.value.problem.endswith("; nothing was written")
    assert caught.value.problem.startswith("the proof failed: ")


def test_the_same_content_packed_otherwise_is_not_untouched() -> None:
    """Raw bytes are compared: a checksum alone could be met by other content."""
    data = zipped(BOOK)
    at = data.index(b"xl/workbook.xml") + len("xl/workbook.xml") + 20
    written = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    with pytest.raises(WorkbookError, match=r'"xl/workbook\.xml" is not what it was'):
        prove(original(data), Changes(), written)


def test_a_part_of_ours_that_does_not_parse_is_not_proved() -> None:
    changes = Changes(added={"xl/new.xml": b"<a>"})

    with pytest.raises(WorkbookError, match="the proof failed"):
        prove(original(), changes, original().rebuilt(changes))


@pytest.mark.parametrize("cut", [-5, 40, 0])
def test_a_result_that_is_no_zip_is_not_proved(cut: int) -> None:
    with pytest.raises(WorkbookError, match="the proof failed"):
        prove(original(), CHANGES, original().rebuilt(CHANGES)[:cut])


def test_a_result_whose_packed_bytes_are_broken_is_not_proved() -> None:
    book = original()
    result = bytearray(book.rebuilt(CHANGES))
    start = result.index(SHEET1.encode()) + len(SHEET1)
    result[start : start + 20] = b"\xff" * 20

    with pytest.raises(WorkbookError, match="the proof failed"):
        prove(book, CHANGES, bytes(result))
