"""The zip container of a workbook: members found and inflated within limits, copied raw, written in their order."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from okrsync.config import Limits

STORED, DEFLATED = 0, 8

_MIB = 1 << 20
_CHUNK = 1 << 16
_LEVEL = 3  # half the time of level 6 for a part about 6 % larger
_EPOCH = 0x21  # 1980-01-01, the zip format's first day: what we add has no time of its own, so results are reproducible

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_MARK, _CENTRAL_MARK, _LOCAL_MARK, _ZIP64_MARK = b"PK\5\6", b"PK\1\2", b"PK\3\4", b"PK\6\7"
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x2041, 0x8, 0x800
_FULL = 0xFFFFFFFF


class Unreadable(Exception):  # noqa: N818 - it reads as what is said of the file
    """The bytes are no zip that may be worked on; the door of the room turns it into a WorkbookError."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.fix = fix


_SAVE_AGAIN = "open the workbook in Excel, let it repair the file, save it, and run okrsync again."


def damaged(problem: str) -> Unreadable:
    """What is said of a zip that is broken inside."""
    return Unreadable(problem, _SAVE_AGAIN)


class Member(Struct, frozen=True):
    """One member: its name as decoded and its two headers as they stand; `start` is where its packed bytes begin."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int
    local: bytes
    central: bytes


class Archive:
    """A zip held as its bytes. Raises Unreadable for what is not whole and plain."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self._end = _end_record(data)
        self.members: Mapping[str, Member] = _members(data, self._end)
        _check_sizes(self.members.values(), limits)

    def packed(self, name: str) -> memoryview:
        """A member's bytes as they stand in the zip."""
        member = self.members[name]
        return memoryview(self.data)[member.start : member.start + member.packed]

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member inflated piece by piece; more bytes than it declared, or others, are refused when they come."""
        member, crc, size = self.members[name], 0, 0
        try:
            for chunk in _inflated(self.packed(name), member.method):
                crc, size = zlib.crc32(chunk, crc), size + len(chunk)
                if size > member.size:
                    raise damaged(f'its part "{name}" unpacks to more than it declares')
                yield chunk
        except zlib.error as error:
            raise damaged(f'its part "{name}" is damaged and cannot be unpacked') from error
        if size != member.size or crc != member.crc:
            raise damaged(f'its part "{name}" is damaged (its checksum does not fit)')

    def rebuilt(
        self, changed: Mapping[str, Iterable[bytes]], added: Mapping[str, bytes], removed: frozenset[str]
    ) -> bytes:
        """The zip with some members' content changed in their places, some left out, and new ones at the end."""
        body, directory, offset = list[bytes | memoryview](), list[bytes](), 0
        for name, member in self.members.items():
            if name in removed:
                continue
            pieces = _packed_anew(member, changed[name]) if name in changed else self._copied(member)
            directory.append(_at(pieces.central, offset))
            body += (pieces.local, *pieces.content)
            offset += len(pieces.local) + sum(map(len, pieces.content))
        for name, content in added.items():
            pieces = _packed_anew(_new_member(name), (content,))
            directory.append(_at(pieces.central, offset))
            body += (pieces.local, *pieces.content)
            offset += len(pieces.local) + sum(map(len, pieces.content))
        return b"".join((*body, *directory, self._end_for(directory, offset)))

    def _copied(self, member: Member) -> _Pieces:
        """A member as it stands; where its sizes followed its content they now stand in its header."""
        return _Pieces(*_headers(member, member.crc, member.packed, member.size), (self.packed(member.name),))

    def _end_for(self, directory: list[bytes], offset: int) -> bytes:
        """The end record; the archive's comment and whatever followed stay as they are."""
        count = len(directory)
        size = sum(map(len, directory))
        if count > 0xFFFE or offset + size >= _FULL:
            raise Unreadable("it would grow beyond 4 GiB", "split it into smaller workbooks.")
        record = _END.pack(_END_MARK, 0, 0, count, count, size, offset, 0)
        return record[:20] + self.data[self._end.at + 20 :]


# --- reading the directory ------------------------------------------------------------------------------------------


class _End(Struct, frozen=True):
    """Where the directory of a zip stands."""

    at: int
    count: int
    size: int
    offset: int


def _end_record(data: bytes) -> _End:
    at = data.rfind(_END_MARK, max(0, len(data) - _END.size - 0xFFFF))
    if at < 0 or at + _END.size > len(data):
        raise _cut_off()
    _, disk, start_disk, here, count, size, offset, _ = _END.unpack_from(data, at)
    if data[at - 20 : at - 16] == _ZIP64_MARK or _FULL in (size, offset) or count == 0xFFFF:
        raise Unreadable(
            "it is a zip of the kind made for more than 4 GiB (zip64)",
            "open the workbook in Excel, save it there, and run okrsync again.",
        )
    if disk or start_disk or here != count or offset + size > at:
        raise _cut_off()
    return _End(at, count, size, offset)


def _cut_off() -> Unreadable:
    return Unreadable(
        "the file is incomplete: its end is missing, as after a broken download or copy",
        "copy or download the workbook again, or restore an earlier version of it.",
    )


def _members(data: bytes, end: _End) -> dict[str, Member]:
    """Every member in the directory's order, checked against its own header; the directory is read exactly once."""
    members: dict[str, Member] = {}
    seen: set[str] = set()
    at = end.offset
    for _ in range(end.count):
        if at + _CENTRAL.size > end.at or data[at : at + 4] != _CENTRAL_MARK:
            raise _cut_off()
        fields = _CENTRAL.unpack_from(data, at)
        length = _CENTRAL.size + sum(fields[10:13])
        if at + length > end.at:
            raise _cut_off()
        member = _member(data, data[at : at + length], end)
        key = plain(member.name).casefold()
        if key in seen:
            raise damaged(f'it holds the part "{member.name}" twice')
        seen.add(key)
        members[member.name] = member
        at += length
    _check_no_overlap(members.values())
    return members


def _member(data: bytes, central: bytes, end: _End) -> Member:
    _, _, _, flags, method, _, _, crc, packed, size, length, _, _, _, _, _, offset = _CENTRAL.unpack_from(central)
    raw = central[_CENTRAL.size : _CENTRAL.size + length]
    name = _decoded(raw, flags)
    _check_kind(name, flags, method)
    if _FULL in (packed, size, offset):
        raise damaged(f'its part "{name}" is of a kind made for more than 4 GiB (zip64)')
    if offset + _LOCAL.size > end.offset or data[offset : offset + 4] != _LOCAL_MARK:
        raise damaged(f'its part "{name}" is not where the directory says')
    name_length, extra_length = _LOCAL.unpack_from(data, offset)[9:11]
    start = offset + _LOCAL.size + name_length + extra_length
    local = data[offset:start]
    if start + packed > end.offset or local[_LOCAL.size : _LOCAL.size + name_length] != raw:
        raise damaged(f'its part "{name}" is not where the directory says')
    return Member(name, method, crc, packed, size, start, local, central)


def _decoded(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError as error:
        raise damaged("the name of one of its parts cannot be read") from error


def _check_kind(name: str, flags: int, method: int) -> None:
    if flags & _ENCRYPTED:
        raise Unreadable(
            f'its part "{name}" is locked with a zip password',
            "unpack the file with its password, pack it again without one, or save the workbook in Excel.",
        )
    if method not in (STORED, DEFLATED):
        raise Unreadable(
            f'its part "{name}" is packed in a way spreadsheet programs do not use (method {method})',
            "open the workbook in Excel or LibreOffice, save it there as .xlsx, and run okrsync again.",
        )


def _check_no_overlap(members: Iterable[Member]) -> None:
    """Members that share bytes are how small files unpack to enormous ones."""
    end = 0
    for member in sorted(members, key=lambda m: m.start):
        if member.start - len(member.local) < end:
            raise damaged(f'its part "{member.name}" shares its bytes with another part')
        end = member.start + member.packed


def _check_sizes(members: Iterable[Member], limits: Limits) -> None:
    """What the members declare; `chunks` holds every one of them to its word."""
    total = 0
    for member in members:
        total += member.size
        if member.size > _MIB and member.size > limits.ratio * max(member.packed, 1):
            raise Unreadable(
                f'its part "{member.name}" unpacks to more than {limits.ratio} times its packed size',
                "if you trust the workbook, raise `ratio` under [limits] in config.toml.",
            )
    if total > limits.inflated_mib * _MIB:
        raise Unreadable(
            f"it unpacks to more than {limits.inflated_mib} MiB",
            "if you trust the workbook, raise `inflated_mib` under [limits] in config.toml.",
        )


def plain(name: str) -> str:
    """A member's name as parts are named: forward slashes, none in front."""
    return name.replace("\\", "/").lstrip("/")


# --- inflating, deflating, headers ----------------------------------------------------------------------------------


def _inflated(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == STORED:
        yield from (bytes(packed[at : at + _MIB]) for at in range(0, len(packed), _MIB))
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _CHUNK):
        left: bytes | memoryview = packed[at : at + _CHUNK]
        while left and not inflater.eof:
            yield inflater.decompress(left, _MIB)
            left = inflater.unconsumed_tail
    yield inflater.flush()
    if not inflater.eof:
        raise zlib.error("incomplete")


class _Pieces(Struct, frozen=True):
    local: bytes
    central: bytes
    content: tuple[bytes | memoryview, ...]


def _packed_anew(member: Member, content: Iterable[bytes]) -> _Pieces:
    """A member with other content, deflated; name, dates and attributes stay."""
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    crc = size = 0
    packed: list[bytes | memoryview] = []
    for piece in _gathered(content):
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        packed.append(deflater.compress(piece))
    packed.append(deflater.flush())
    return _Pieces(*_headers(member, crc, sum(map(len, packed)), size, DEFLATED), tuple(packed))


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Small pieces joined to some tens of kilobytes, so that each is worth a call."""
    waiting, size = list[bytes](), 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _headers(member: Member, crc: int, packed: int, size: int, method: int | None = None) -> tuple[bytes, bytes]:
    """The local and the central header for some content; everything else in them stays as it is."""
    if packed >= _FULL or size >= _FULL:
        raise Unreadable("it would grow beyond 4 GiB", "split it into smaller workbooks.")
    local, central = list(_LOCAL.unpack_from(member.local)), list(_CENTRAL.unpack_from(member.central))
    extra_at = _LOCAL.size + local[9]
    extra = member.local[extra_at:]
    if local[2] & _SIZES_FOLLOW or local[6:9] != [crc, packed, size]:
        extra = _without_zip64(extra)
    local[2], central[3] = local[2] & ~_SIZES_FOLLOW, central[3] & ~_SIZES_FOLLOW
    local[6:9], central[7:10], local[10] = (crc, packed, size), (crc, packed, size), len(extra)
    if method is not None:
        local[3] = central[4] = method
    return (
        _LOCAL.pack(*local) + member.local[_LOCAL.size : extra_at] + extra,
        _CENTRAL.pack(*central) + member.central[_CENTRAL.size :],
    )


def _without_zip64(extra: bytes) -> bytes:
    """Extra fields without the one for sizes beyond 4 GiB: it must not stand beside sizes that need it not."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        identifier, length = struct.unpack_from("<HH", extra, at)
        if identifier != 1:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept + extra[at:]


def _at(central: bytes, offset: int) -> bytes:
    return central[:42] + struct.pack("<L", offset) + central[46:]


def _new_member(name: str) -> Member:
    raw = name.encode()
    flags = 0 if name.isascii() else _UTF8
    local = _LOCAL.pack(_LOCAL_MARK, 20, flags, DEFLATED, 0, _EPOCH, 0, 0, 0, len(raw), 0) + raw
    central = (
        _CENTRAL.pack(_CENTRAL_MARK, 20, 20, flags, DEFLATED, 0, _EPOCH, 0, 0, 0, len(raw), 0, 0, 0, 0, 0, 0) + raw
    )
    return Member(name, DEFLATED, 0, 0, 0, 0, local, central)
