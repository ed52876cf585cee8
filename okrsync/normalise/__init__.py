"""Grid + Mapping → OKRs and what was raised while reading; layouts and languages end here."""

from __future__ import annotations

from okrsync.normalise.run import Normalised, normalise

__all__ = ["Normalised", "normalise"]
