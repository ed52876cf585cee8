"""Makes what is generated in README.md and docs/: the demo's output, the picture of a synced workbook, the catalogues."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-20"
PICTURED = "company.xlsx"


def demo_output(folder: Path) -> str:
    """What `okrsync demo demo` prints on a fixed day, run in `folder`."""
    command = [sys.executable, "-m", "okrsync", "demo", "demo", "--today", TODAY]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout.rstrip()


def with_output(readme: str, output: str) -> str:
    """The README with the demo's output between its marks."""
    return re.sub(r"(<!-- demo -->\n).*?(<!-- /demo -->)", lambda m: m[1] + output + "\n" + m[2], readme, flags=re.S)


def picture(workbook: Path, target: Path) -> None:
    """The first page of a workbook as LibreOffice prints it, as a PNG."""
    with tempfile.TemporaryDirectory() as folder:
        profile = (Path(folder) / "profile").as_uri()
        convert = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*convert, "--outdir", folder, str(workbook)], check=True, capture_output=True)
        pdf = Path(folder) / (workbook.stem + ".pdf")
        stem = Path(folder) / "page"
        subprocess.run(["pdftoppm", "-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile", pdf, stem], check=True)
        shutil.copy(stem.with_suffix(".png"), target)


def main() -> None:
    """Rewrites everything that is generated."""
    with tempfile.TemporaryDirectory() as folder:
        output = demo_output(Path(folder))
        readme = ROOT / "README.md"
        readme.write_text(with_output(readme.read_text(encoding="utf-8"), output), encoding="utf-8")
        picture(Path(folder) / "demo" / PICTURED, ROOT / "docs" / "synced.png")


if __name__ == "__main__":
    main()
