"""LibreOffice for tests that recalculate or convert a workbook: found, or skipped with a word on how to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

GET_IT = "LibreOffice is needed: apt-get install libreoffice-calc-nogui, or https://www.libreoffice.org/download"
USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
SECONDS = 180


def soffice() -> Path:
    """The program. Skips the test when there is none, and fails it where CI is set."""
    names = ("soffice", "libreoffice", "soffice.exe")
    found = next((path for name in names if (path := shutil.which(name))), None)
    found = found or next((place for place in USUAL_PLACES if Path(place).is_file()), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(GET_IT, pytrace=False)
        pytest.skip(GET_IT)
    return Path(found)


RECALCULATE_ON_LOAD = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def convert(path: Path, to: str, outdir: Path, *, recalculate: bool = True) -> Path:
    """The workbook saved as `to` ("pdf", "xlsx", "csv", or with a filter's options) in `outdir`.

    `recalculate` works every formula out anew; without it stored results are believed, as LibreOffice does by itself.
    """
    program = soffice()
    outdir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder) / "profile"
        if recalculate:
            (profile / "user").mkdir(parents=True)
            (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE_ON_LOAD, encoding="utf-8")
        command = [
            str(program),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            to,
            "--outdir",
            str(outdir),
            str(path),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    made = outdir / f"{path.stem}.{to.partition(':')[0]}"
    assert made.is_file(), f"LibreOffice made no {made.name}: {done.stdout}{done.stderr}"
    return made
