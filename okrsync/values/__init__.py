"""Numbers, units, dates, cycles and yes/no words as people type them, in any language; data in locales/*.toml."""

from __future__ import annotations

from okrsync.values.quantities import Quantity
from okrsync.values.read import (
    LARGEST,
    guess_locale,
    read_date,
    read_level_word,
    read_quantity,
    read_unit,
    read_yes_no,
)

__all__ = [
    "LARGEST",
    "Quantity",
    "guess_locale",
    "read_date",
    "read_level_word",
    "read_quantity",
    "read_unit",
    "read_yes_no",
]
