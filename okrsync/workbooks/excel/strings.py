"""The shared strings of a workbook."""

from __future__ import annotations

import re

from okrsync.workbooks.excel.xmltext import Attributes, Runs, parse, run_text, utf8

_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*<((?:[\w.-]+:)?)sst[\s>/]")
_SI = rb"<@si(?:>((?:[^<]++|<(?!/@si>))*+)</@si>| ?/>)"
_SPACE = "http://www.w3.org/XML/1998/namespace space"


def shared_strings(part: bytes) -> list[str]:
    """Every shared string in order, rich text as plain text."""
    data = utf8(part)
    found = _scanned(data)
    return _parsed(data) if found is None else found


def _scanned(data: bytes) -> list[str] | None:
    """The strings by regular expressions, None where the part has not the form that programs write."""
    root = _ROOT.match(data)
    if root is None or data.find(b"<!") >= 0 or data.find(b"<?", root.start(1)) >= 0:
        return None
    bodies = re.compile(_SI.replace(b"@", re.escape(root[1])))
    found: list[bytes] = bodies.findall(data)
    if len(found) != data.count(b"<" + root[1] + b"si"):
        return None
    runs = Runs(root[1])
    return [runs.text(body) for body in found]


def _parsed(data: bytes) -> list[str]:
    strings: list[str] = []
    runs: list[str] = []
    heard: list[str] = []
    path: list[str] = []
    preserved = False

    def start(name: str, said: Attributes) -> None:
        nonlocal preserved
        path.append(name)
        if name == "si":
            runs.clear()
        elif name == "t":
            preserved = said.get(_SPACE) == "preserve"
            heard.clear()

    def end(name: str) -> None:
        path.pop()
        if name == "t" and "rPh" not in path:
            runs.append(run_text("".join(heard), preserved))
        elif name == "si":
            strings.append("".join(runs))

    def text(text: str) -> None:
        if path[-1] == "t":
            heard.append(text)

    parse(data, start, end, text)
    return strings
