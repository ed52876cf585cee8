"""The checks: one rule, one small module, one test file; the catalogue is an explicit tuple."""

from __future__ import annotations

from okrsync.checks.catalogue import CHECKS, catalogue_markdown, rule
from okrsync.checks.rule import Rule
from okrsync.checks.run import run_checks

__all__ = ["CHECKS", "Rule", "catalogue_markdown", "rule", "run_checks"]
