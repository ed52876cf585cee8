"""Text of parts: encodings, escapes, and XML that is none."""

from __future__ import annotations

import pytest

from okrsync.workbooks.excel.strings import shared_strings
from okrsync.workbooks.excel.xmltext import BrokenPart, parse, text_of, utf8


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-8-sig", "utf-8"])
def test_every_encoding_becomes_utf_8(encoding: str) -> None:
    declared = {"cp1252": "windows-1252", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    xml = f'<?xml version="1.0" encoding="{declared}"?><a>é</a>'.encode(encoding)

    assert utf8(xml).endswith("<a>é</a>".encode())


@pytest.mark.parametrize(
    "xml", [b'<?xml version="1.0" encoding="klingon"?><a/>', b'<?xml version="1.0" encoding="utf-16-be"?><a/>x']
)
def test_an_encoding_that_does_not_fit_is_said(xml: bytes) -> None:
    with pytest.raises(BrokenPart, match="cannot be read"):
        utf8(xml)


def test_document_types_and_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

    with pytest.raises(BrokenPart, match="document type"):
        parse(bomb, lambda name, said: None)


def test_broken_bytes_and_entities_do_not_break_a_text() -> None:
    assert text_of(b"a\xffb") == "a\ufffdb"
    assert text_of(b"&#xD83D; &#x110000; &unknown;") == "\ufffd \ufffd &unknown;"


def test_strings_in_another_order_of_marks_are_read_by_the_parser() -> None:
    xml = b'<sst><!-- one --><si><t>a</t><rPh sb="0" eb="1"><t>kana</t></rPh></si><si/><si ><r><t> b</t></r></si></sst>'

    assert shared_strings(xml) == ["a", "", "b"]
    assert shared_strings(xml.replace(b"<!-- one -->", b"")) == ["a", "", "b"]
    assert shared_strings(b"<nothing/>") == []
