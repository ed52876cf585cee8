"""Headers that count the key results of a row: "KR1", "KR 2 Target", "key_result_1_title", 关键结果3目标值."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from msgspec import Struct

from okrsync.layout.headers import sense
from okrsync.layout.vocabulary import lexicon

_MARKS = re.compile(r"(?<!\d)[.]|[.](?!\d)|[^\w.%#]+|_")
LONGEST = 80
_IS_THE_STATEMENT = frozenset({"statement", "notes", "key_result"})


class Numbered(Struct, frozen=True):
    """Which key result a header speaks of ("1", "1.2"), and the fields it may hold; none: the statement itself."""

    index: str
    fields: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def numbered(header: str) -> Numbered | None:
    """What a numbered header says, None for any other text."""
    if len(header) > LONGEST or not any(letter.isdigit() for letter in header):
        return None
    plain = " ".join(_MARKS.sub(" ", unicodedata.normalize("NFKC", header).casefold()).split())
    for pattern in _patterns():
        found = pattern.fullmatch(plain)
        if found is None:
            continue
        rest = found["rest"].strip()
        if not rest:
            return Numbered(found["index"])
        meant = sense(rest)
        if meant is None:
            return None
        return Numbered(found["index"], () if _IS_THE_STATEMENT & {meant.fields[0]} else meant.fields)
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The number behind the word, at the start ("KR1 target") or end ("target KR1"), or before it ("1st KR")."""
    labels = {word.casefold() for word in lexicon().labels["key_result"]}
    words = labels | {word for word, name in lexicon().scopes.items() if name == "key_result"}
    every = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if len(word) > 1)
    number = r"(?P<index>\d{1,2}(?:\.\d{1,2})?)"
    before = r"(?:(?:o|obj|objective) ?\d{1,2} )?"
    return (
        re.compile(rf"{before}(?:{every}) ?#?{number}(?P<rest>(?: .*|[^\d\s.].*)?)"),
        re.compile(rf"(?P<rest>.*?)(?: |(?<=[\u3040-\u9fff]))(?:of |for |de |do |du |von )?(?:{every}) ?#?{number}"),
        re.compile(rf"{number} ?(?:st|nd|rd|th|\.|º|ª)? ?(?:{every})(?P<rest>(?: .*)?)"),
    )
