"""contributes_to → the tree of objectives: links, coverage, dangling and doubtful references, cycles (pure)."""

from __future__ import annotations

from okrsync.alignment.tree import Alignment, Ambiguous, Coverage, Dangling, Link, Own, align, coverage

__all__ = ["Alignment", "Ambiguous", "Coverage", "Dangling", "Link", "Own", "align", "coverage"]
