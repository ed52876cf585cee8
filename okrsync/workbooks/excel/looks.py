"""How a cell of ours looks: the format of its neighbour with our number format, found or made in styles.xml."""

from __future__ import annotations

from okrsync.edits import Look
from okrsync.workbooks.excel.styles import Styles

_FORMATS = {Look.PERCENT: "0%", Look.SCORE: "0.00", Look.TEXT: "General"}
_ALIGNMENT = {
    Look.PERCENT: {"horizontal": "right"},
    Look.SCORE: {"horizontal": "right"},
    # A step in from the number on its left, which ends where the text would start.
    Look.TEXT: {"horizontal": "left", "indent": "1", "wrapText": "1"},
}


class Looks:
    """Chooses cell formats for our cells. Asking twice costs a look-up."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self._chosen: dict[tuple[Look, int, int, bool], int] = {}

    def style(self, look: Look, own: int, base: int, quote: bool) -> int:
        """The format of a cell that has `own` (0: none worth keeping) beside a neighbour that has `base`.

        `quote` says that the text looks like a formula and must stay text when somebody edits the cell.
        """
        asked = (look, own, base, quote)
        if asked not in self._chosen:
            self._chosen[asked] = self._choose(look, own, base, quote)
        return self._chosen[asked]

    def _choose(self, look: Look, own: int, base: int, quote: bool) -> int:
        styles = self.styles
        if look is Look.BLANK:
            return own
        if look is Look.HEADER:
            return styles.like(own or base, number_format=None, alignment={}, quote_prefix=quote)
        if own and (look is Look.TEXT or styles.format_code(own) != "General"):
            return styles.like(own, number_format=None, alignment={}, quote_prefix=quote)
        return styles.like(own or base, number_format=_FORMATS[look], alignment=_ALIGNMENT[look], quote_prefix=quote)
