"""docs/languages.md is what the sentences of the corpus say today."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_languages_is_not_stale() -> None:
    page = (DOCS / "languages.md").read_text(encoding="utf-8")

    made = runpy.run_path(str(DOCS / "languages.py"))["page"](page)

    assert page == made, "python docs/languages.py writes it anew"
