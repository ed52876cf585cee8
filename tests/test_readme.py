"""What the README shows is what okrsync prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from okrsync.cli import main

README = Path(__file__).parent.parent / "README.md"


def test_the_demos_output_is_the_one_okrsync_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`make docs` brings the README up to date."""
    monkeypatch.chdir(tmp_path)

    code = main(["demo", "demo", "--today", "2026-11-20"])

    shown = re.search(r"<!-- demo -->\n(.*?)\n<!-- /demo -->", README.read_text(encoding="utf-8"), re.S)
    assert code == 0
    assert shown is not None
    assert capsys.readouterr().out.rstrip() == shown[1]


def test_every_document_the_readme_points_to_is_there() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8"))

    assert [target for target in targets if not (README.parent / target).exists()] == []
    assert len(targets) > 8
