"""Makes what is generated: the demo's output in README.md, and the pictures of a synced workbook in docs/."""

from __future__ import annotations

import re
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


def pictures(workbook: Path, targets: dict[int, tuple[Path, str]]) -> None:
    """Pages of a workbook as LibreOffice prints them: page → (PNG file, the width and height kept, "1200x520")."""
    with tempfile.TemporaryDirectory() as folder:
        profile = (Path(folder) / "profile").as_uri()
        convert = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*convert, "--outdir", folder, str(workbook)], check=True, capture_output=True)
        pdf = Path(folder) / (workbook.stem + ".pdf")
        for page, (target, size) in targets.items():
            width, _, height = size.partition("x")
            only = ["-f", str(page), "-l", str(page), "-singlefile"]
            crop = ["-x", "40", "-y", "60", "-W", width, "-H", height]
            subprocess.run(["pdftoppm", "-png", "-r", "140", *only, *crop, pdf, target.with_suffix("")], check=True)


def main() -> None:
    """Rewrites everything that is generated."""
    with tempfile.TemporaryDirectory() as folder:
        output = demo_output(Path(folder))
        readme = ROOT / "README.md"
        readme.write_text(with_output(readme.read_text(encoding="utf-8"), output), encoding="utf-8")
        docs = ROOT / "docs"
        shown = {1: (docs / "synced.png", "1480x560"), 3: (docs / "summary.png", "1520x620")}
        pictures(Path(folder) / "demo" / PICTURED, shown)


if __name__ == "__main__":
    main()
