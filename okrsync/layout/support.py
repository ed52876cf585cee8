"""What must speak for OKRs where only a weak word ("Result", "Outcome") names the key results."""

from __future__ import annotations

import re
from functools import cache

from okrsync.layout.columns import Columns
from okrsync.layout.context import ABOVE
from okrsync.layout.folding import fold, is_cjk
from okrsync.layout.headers import sense
from okrsync.layout.labels import label_shares
from okrsync.layout.region import Region, cells_of
from okrsync.layout.vocabulary import lexicon

_SPEAKING = frozenset(
    {"target", "current", "baseline", "progress", "score", "objective_progress", "objective_score"}
    | {"status", "confidence", "cycle", "level", "contributes_to", "weight", "commitment"}
)
"""Fields that people keep for OKRs and not for the points of a meeting."""
_LABELLED = 0.5
LONGEST_TITLE = 200


def is_supported(columns: Columns) -> bool:
    """Whether more than header words of many meanings says that the rows are key results."""
    return (
        _is_named(columns)
        or not _SPEAKING.isdisjoint(columns.fields)
        or _is_labelled(columns)
        or names_okrs(columns.region)
    )


def _is_named(columns: Columns) -> bool:
    """Whether a header can mean nothing but key results; codes below it may have made their column the label."""
    headers = [
        columns.region.headers.get(columns.fields[name], "")
        for name in ("key_result", "label")
        if name in columns.fields
    ]
    return any((found := sense(header)) is not None and found.fields == ("key_result",) for header in headers)


def _is_labelled(columns: Columns) -> bool:
    region = columns.region
    columns_of = [columns.fields[name] for name in ("key_result", "label", "id") if name in columns.fields]
    return any(label_shares(region.cells(column)).key_results >= _LABELLED for column in columns_of)


def names_okrs(region: Region) -> bool:
    """Whether the sheet's name, a title above the header or a header speaks of OKRs."""
    grid, top = region.grid, region.header_rows[0]
    above = (value for row in range(max(grid.top, top - ABOVE), top) for value in cells_of(grid, row))
    titles = (value for value in above if isinstance(value, str) and len(value) <= LONGEST_TITLE)
    return any(_of_okrs().search(fold(text)) for text in (grid.sheet, *region.headers.values(), *titles))


@cache
def _of_okrs() -> re.Pattern[str]:
    """OKR and the words for key results, whole words where a script has spaces."""
    words = ["okrs?", *(re.escape(word) + "s?" for word, name in lexicon().scopes.items() if name == "key_result")]
    whole = "|".join(word for word in words if not is_cjk(word))
    wide = "|".join(word.removesuffix("s?") for word in words if is_cjk(word))
    return re.compile(rf"(?<![a-z])(?:{whole})(?![a-z])|{wide}")
