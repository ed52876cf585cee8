"""One header cell → the fields it may mean and how sure that is."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from msgspec import Struct

from okrsync.layout.folding import fold, forms, is_cjk
from okrsync.layout.vocabulary import Lexicon, lexicon
from okrsync.values.cycles import find_named

EXACT, PART, TAIL = 3, 2, 1
_LONGEST_HEAD = 8
_FEW_WORDS = 3
LONGEST = 120
_LONGEST_WITH_PERIOD = 40
_ANY_DAY = date(2024, 1, 1)
_DIGIT = re.compile(r"\d")
_FIRST_LINES = 50
_CELLS = re.compile(r'[,;\t|$"]+')
_PERIOD = re.compile(
    r"\b(?:q[1-4]|h[12]|fy ?\d{2,4}|20\d\d|y20\d\d|[1-4]q ?\d{0,4}|\d{2} ?q[1-4])\b"
    r"|第?[一二三四1-4]季度?|[上下]半年|20\d\d ?年?度?"
)
_AND = re.compile(r"\s*[/&+、|]\s*|\s+(?:and|und|et|y|e|ve|og|och|en|i|dan|và|и|or|oder|ou|o)\s+", re.IGNORECASE)
_OBJECTIVES_OWN = {
    "owner": "objective_owner",
    "weight": "objective_weight",
    "progress": "objective_progress",
    "score": "objective_score",
    "status": "objective_status",
    "id": "objective_id",
    "label": "objective_id",
}
_MEASURED = frozenset({"baseline", "target", "current", "progress", "score"})
_OF_A_CARD = frozenset({"owner", "team", "cycle", "level"})
_WHOSE = frozenset({"team", "level"})
_IS_THE_STATEMENT = frozenset({"statement", "notes"})  # what "title", "name", "description" mean alone


class Sense(Struct, frozen=True):
    """What a header may mean: fields in the order they are tried, and how the word was known (EXACT, PART or TAIL)."""

    fields: tuple[str, ...]
    strength: int
    word: str


@lru_cache(maxsize=20_000)
def sense(header: str) -> Sense | None:
    """The sense of a header in any language we read; None for words we do not know."""
    if len(header) > LONGEST * 3:
        return None
    return _sense(header, lexicon())


def is_header(text: str) -> bool:
    """Whether a text can be a header; one that only ends in a word of headers ("paid on time") must be short."""
    found = sense(text)
    return found is not None and (found.strength > TAIL or len(text.split()) <= _FEW_WORDS)


def _sense(header: str, words: Lexicon) -> Sense | None:
    if _names_both(header, words):
        return Sense(("statement",), EXACT, "")
    spellings = forms(header)
    known = [form for form in spellings if form in words.headers]
    if known:
        head = words.headers[known[0]]
        single = (form for form in known if len(words.headers[form]) == 1)
        best = next((form for form in single if not _qualifies(words.headers[form][0], head)), known[0])
        strength = EXACT if best == spellings[0] or len(spellings) == 1 else PART
        return Sense(words.headers[best], strength, best)
    for form in spellings:
        if (found := _composed(form, words)) is not None:
            return found
    if not spellings or len(header) > LONGEST:
        return None
    return _tail(spellings[0], words) or _head(spellings[0], words)


def _names_both(header: str, words: Lexicon) -> bool:
    """Whether a header names both levels: "Objective / KR", "Objectifs et résultats clés"."""
    parts = _AND.split(header)
    if len(parts) != 2:
        return False
    meant = {words.headers.get(fold(part), ())[:1] for part in parts}
    return meant == {("objective",), ("key_result",)}


def _qualifies(name: str, head: tuple[str, ...]) -> bool:
    """Whether a word beside another says only when or whose: "Target (Quarter)", "Actual (Team)", "Type (OKR)"."""
    if name in head:
        return False
    return name in ("cycle", "statement") or (name in _WHOSE and not _MEASURED.isdisjoint(head))


def _composed(form: str, words: Lexicon) -> Sense | None:
    """A header put together: a period ("Target Q3"), whose it is ("KR owner", "bobot KR"), a word that says little."""
    timeless = " ".join(_PERIOD.sub(" ", form).split())
    if timeless == form and len(form) <= _LONGEST_WITH_PERIOD and _DIGIT.search(form) is not None:
        named = find_named(form, _ANY_DAY)
        timeless = fold(named.rest) if named is not None else form
    if timeless != form and timeless in words.headers:
        return Sense(words.headers[timeless], PART, timeless)
    before = _before(words)
    for word in before.scopes if timeless.startswith(before.scopes) else ():
        rest = _after(timeless, word) if timeless.startswith(word) else None
        if rest is not None and rest in words.headers:
            return _of_scope(words.scopes[word], words.headers[rest], form)
    for word in before.scopes if timeless.endswith(before.scopes) else ():
        rest = timeless.removesuffix(f" {word}")
        if rest != timeless and rest in words.headers:
            return _of_scope(words.scopes[word], words.headers[rest], form)
    for noise in before.noise if timeless.startswith(before.noise) else ():
        bare = _after(timeless, noise) if timeless.startswith(noise) else None
        if bare is not None and bare in words.headers:
            return Sense(words.headers[bare], PART, bare)
    return None


class _Before(Struct, frozen=True):
    """The words that stand before others in a header, in the order they are tried."""

    scopes: tuple[str, ...]
    noise: tuple[str, ...]


@cache
def _sorted() -> _Before:
    return _order(lexicon())


def _before(words: Lexicon) -> _Before:
    return _sorted() if words is lexicon() else _order(words)


def _order(words: Lexicon) -> _Before:
    return _Before(tuple(sorted(words.scopes, key=lambda word: -len(word))), tuple(sorted(words.noise)))


def _after(form: str, word: str) -> str | None:
    """What follows a word at the start of a header, None where the header does not start with it."""
    if not form.startswith(word) or len(form) <= len(word):
        return None
    rest = form[len(word) :]
    if rest.startswith(" ") or is_cjk(rest) or is_cjk(word[-1]):
        return rest.strip() or None
    return None


def _of_scope(scope: str, fields: tuple[str, ...], form: str) -> Sense:
    if fields[0] in _IS_THE_STATEMENT or fields == ("metric",):
        return Sense((scope,), PART, form)
    if scope == "objective":
        fields = tuple(_OBJECTIVES_OWN.get(name, name) for name in fields)
    return Sense(fields, PART, form)


_NEVER_BY_TAIL = frozenset(
    {
        "objective",
        "key_result",
        "statement",
        "type",
        "number",
        "id",
        "label",
        "unit",
        "cycle",
        "level",
        "contributes_to",
    }
)


def _tail(form: str, words: Lexicon) -> Sense | None:
    """The last words of a longer header ("Sales target" → target); statements and ids are never known so loosely."""
    tokens = form.split()
    if 2 <= len(tokens) <= 5:
        for cut in range(1, len(tokens)):
            rest = " ".join(tokens[cut:])
            fields = words.headers.get(rest, ())
            if fields and not _NEVER_BY_TAIL & set(fields) and rest not in words.noise:
                return Sense(fields, TAIL, rest)
    if is_cjk(form) and len(form) <= 10:
        for cut in range(1, len(form) - 1):
            fields = words.headers.get(form[cut:], ())
            if fields and not _NEVER_BY_TAIL & set(fields):
                return Sense(fields, TAIL, form[cut:])
    return None


def _head(form: str, words: Lexicon) -> Sense | None:
    """The first words of a longer header ("Objective it is linked to"), where they mean a statement alone."""
    tokens = form.split()
    if any(token.isdigit() for token in tokens):
        return None
    for cut in range(min(len(tokens), _LONGEST_HEAD) - 1, 0, -1):
        fields = words.headers.get(" ".join(tokens[:cut]), ())
        if len(fields) == 1 and fields[0] in ("objective", "key_result"):
            rest = tokens[cut:]
            known = any(" ".join(rest[i:]) in words.headers for i in range(len(rest)))
            return None if known else Sense(fields, TAIL, " ".join(tokens[:cut]))
    return None


def metadata_of(text: str) -> str | None:
    """What a label beside its value speaks of: "owner", "team", "cycle" …; None for other texts."""
    known = lexicon().metadata.get(fold(text))
    meant = sense(text) if known is None and len(text) <= LONGEST else None
    exact = meant is not None and meant.strength == EXACT and meant.fields[0] in _OF_A_CARD
    return meant.fields[0] if meant is not None and exact else known


def language_of(headers: list[str]) -> str:
    """The language most of the headers are in; English where that is open."""
    votes: dict[str, int] = {}
    for header in headers:
        found = sense(header)
        if found is not None:
            for language in lexicon().languages.get(found.word, _script(header)):
                votes[language] = votes.get(language, 0) + 1
    return max(votes, key=lambda name: (votes[name], name == "en"), default="en")


def _script(header: str) -> frozenset[str]:
    return frozenset({"zh"}) if any(is_cjk(letter) for letter in fold(header)) else frozenset({"en"})


def known_headers(text: str) -> int:
    """How many cells in the first lines of a CSV text are headers that are known, those beyond ASCII counted alone.

    A text that was decoded as what it is not has none of them.
    """
    cells = (cell for line in text.splitlines()[:_FIRST_LINES] for cell in _CELLS.split(line))
    return sum(1 for cell in cells if not cell.isascii() and len(cell) <= LONGEST and fold(cell) in lexicon().headers)
