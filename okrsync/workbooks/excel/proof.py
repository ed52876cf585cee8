"""The proof before a workbook is replaced: the new bytes hold what was there, and nothing else but our changes.

It reads the new bytes with another reader (zipfile) than the one that wrote them. What the cells then say is not proved
here: whoever wrote them reads them back through the adapter.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from okrsync.errors import WorkbookError
from okrsync.workbooks.excel.package import Changes, Package
from okrsync.workbooks.excel.splices import undone
from okrsync.workbooks.excel.tags import Malformed, check_well_formed, is_xml, well_formed

_PIECE = 1 << 20
_LOCAL_SIZE = 30


class _Disproved(Exception):  # noqa: N818 - it reads as what was found
    """What was found; `prove` puts it into the words of a WorkbookError."""


_FAILURES = (_Disproved, Malformed, ValueError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


def prove(original: Package, changes: Changes, result: bytes) -> None:
    """Returns when the result is the original with exactly these changes; else raises WorkbookError."""
    try:
        with zipfile.ZipFile(BytesIO(result)) as book:
            _prove(original, _by_member(original, changes), book, result)
    except _FAILURES as error:
        raise WorkbookError(
            original.name,
            f"the proof failed: {error}; nothing was written",
            "run okrsync again; if it happens again, report it, with the workbook if you may share it.",
        ) from error


def _by_member(original: Package, changes: Changes) -> Changes:
    """The changes with every part by the name of its member."""

    def member(part: str) -> str:
        return original.find(part) or part

    return Changes(
        {member(part): splices for part, splices in changes.splices.items()},
        {member(part): content for part, content in changes.replaced.items()},
        changes.added,
        {member(part) for part in changes.removed},
    )


def _prove(original: Package, changes: Changes, book: zipfile.ZipFile, result: bytes) -> None:
    wanted = [name for name in original.members() if name not in changes.removed] + list(changes.added)
    infos = book.infolist()
    if [info.orig_filename for info in infos] != wanted:
        raise _Disproved("parts are missing, doubled or out of order")
    ours = {**changes.replaced, **changes.added}
    for info in infos:
        name = info.orig_filename
        if name in changes.splices:
            _prove_spliced(original, changes, book, info)
        elif name in ours:
            _prove_ours(ours[name], book.read(info), name)
        else:
            _prove_untouched(original, info, result)


def _prove_untouched(original: Package, info: zipfile.ZipInfo, result: bytes) -> None:
    member = original.member(info.orig_filename)
    if (info.CRC, info.file_size, info.compress_size) != (member.crc, member.size, member.packed):
        raise _Disproved(f'the part "{member.name}" is not what it was')
    lengths = struct.unpack_from("<2H", result, info.header_offset + 26)
    start = info.header_offset + _LOCAL_SIZE + sum(lengths)
    if not result.startswith(original.packed(member.name), start):
        raise _Disproved(f'the part "{member.name}" is not what it was')


def _prove_spliced(original: Package, changes: Changes, book: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    before, at = original.read(name), 0
    for piece in undone(well_formed(_pieces(book, info)), changes.splices[name]):
        if not before.startswith(piece, at):
            raise _Disproved(f'the part "{name}" without our changes is not what it was')
        at += len(piece)
    if at != len(before):
        raise _Disproved(f'the part "{name}" without our changes is not what it was')


def _prove_ours(wanted: bytes, content: bytes, name: str) -> None:
    if content != wanted:
        raise _Disproved(f'the part "{name}" is not what was to be written')
    if is_xml(content):
        check_well_formed((content,))


def _pieces(book: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with book.open(info) as part:
        while piece := part.read(_PIECE):
            yield piece
