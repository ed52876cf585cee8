"""Makes docs/languages.md: what is read per language, with figures over the project's own labelled sentences."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "languages.md"
sys.path.insert(0, str(ROOT))

from okrsync.language import read_metric  # noqa: E402
from okrsync.language.cues import cues, known_languages  # noqa: E402
from okrsync.language.plainwords import plain_words  # noqa: E402
from tests.language.corpus import FOLDER, Label, agrees, sentences  # noqa: E402

NAMES = {
    "de": ("German", "Senkt die Rüstzeit bis Ende März von 50 auf 20 Minuten"),
    "en": ("English", "Cut checkout time to under 90 seconds by June, currently 2 minutes"),
    "es": ("Spanish", "Al menos 40 panaderías usan la app cada semana (hoy 12)"),
    "fr": ("French", "Faire passer le délai de livraison de 9 à 4 jours d'ici fin mars"),
    "ja": ("Japanese", "会員数を1,200人から2,000人に増やす"),
    "ko": ("Korean", "장바구니 이탈률을 3분기 말까지 10%p 낮춘다"),
    "pt": ("Portuguese", "Dobrar o número de leitores da newsletter até junho"),
    "zh": ("Chinese, simplified and traditional", "第二季度末前将退货率从 6% 降到 3% 以下"),
}
SORTS = {
    "from–to": lambda label: label.baseline is not None and label.target is not None,
    "by so much": lambda label: label.change is not None,
    "to a number": lambda label: label.target is not None and label.baseline is None and label.change is None,
    "no number": lambda label: label.target is None and label.change is None,
}


def page(stale: str) -> str:
    """The page with the figures and examples between its marks as they should be."""
    made = "\n".join([*_table(), "", *_examples()])
    return re.sub(r"(<!-- figures -->\n).*?(<!-- /figures -->)", lambda m: m[1] + made + "\n" + m[2], stale, flags=re.S)


def _table() -> Iterator[str]:
    yield "| language | file | words and phrases | read as labelled | " + " | ".join(SORTS) + " | deadlines |"
    yield "|---|---|---:|---:|" + "---:|" * len(SORTS) + "---:|"
    for language in sorted(name for names in known_languages().values() for name in names):
        labelled = [(text, label) for text, label in sentences(FOLDER / f"{language}.txt") if not label.ambiguous]
        right = [(text, label, agrees(read_metric(text), label)) for text, label in labelled]
        shares = [_share([ok for _, label, ok in right if is_sort(label)]) for is_sort in SORTS.values()]
        due = [_has_deadline(text, label) for text, label in labelled if label.deadline]
        cells = [NAMES[language][0], f"`{language}.toml`", f"{len(cues(language)) // 100 * 100:,}"]
        yield "| " + " | ".join([*cells, _share([ok for *_, ok in right]), *shares, _share(due)]) + " |"


def _share(right: Sequence[bool]) -> str:
    return f"{100 * sum(right) / len(right):.1f} % of {len(right)}" if right else ""


def _has_deadline(text: str, label: Label) -> bool:
    return read_metric(text).deadline == label.deadline


def _examples() -> Iterator[str]:
    for language, (name, text) in NAMES.items():
        said = read_metric(text)
        due = f"; due “{said.deadline}”" if said.deadline else ""
        yield f"- {name} (`{language}`): “{text}” is read as *{plain_words(said)}*{due}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
