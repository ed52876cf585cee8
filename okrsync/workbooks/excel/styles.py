"""styles.xml, only ever appended to: number formats, fonts, fills, borders, cell formats and differential formats."""

from __future__ import annotations

from okrsync.workbooks.excel.splices import Splice


class Styles:
    """An append-only editor of one styles part. Equal entries are found again and never appended twice.

    `prefix` of the part's own main namespace is used in what is appended. Indices count from 0 as in the part.
    """

    def __init__(self, data: bytes) -> None:
        raise NotImplementedError

    def number_format(self, code: str) -> int:
        """The numFmtId of a format code: built in, found, or appended (from 164 on)."""
        raise NotImplementedError

    def format_code(self, xf: int) -> str:
        """The number format code of a cell format, "General" for what is not there."""
        raise NotImplementedError

    def like(self, xf: int, *, number_format: str | None, alignment: dict[str, str], quote_prefix: bool) -> int:
        """A cell format as `xf` (font, fill, border, protection) with another number format and alignment."""
        raise NotImplementedError

    def add(self, collection: str, xml: bytes) -> int:
        """Appends one unprefixed element to "fonts", "fills", "borders", "cellXfs" or "dxfs"; its index."""
        raise NotImplementedError

    def splices(self) -> list[Splice]:
        """What has to be spliced into the part, counts included; empty when nothing was appended."""
        raise NotImplementedError
