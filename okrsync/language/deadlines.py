"""By when: the days and periods that a sentence names, so that their numbers are not taken for the metric."""

from __future__ import annotations

from msgspec import Struct

from okrsync.language.cues import NO_CUE
from okrsync.language.lexed import Amount, Lexed
from okrsync.language.namedays import (
    ASIDE,
    BY,
    DAYS,
    DURING,
    LONG,
    PLACES,
    SINCE,
    YEARS,
    core_at,
    told_by,
    whole_of,
)
from okrsync.language.tokens import MARK, NUMBER, WORD, Token
from okrsync.values.locales import is_joined

_TOLD = frozenset((BY, DURING, SINCE))


class Deadline(Struct, frozen=True):
    """Tokens `first` to `last` name a day or period with the words around it; `core` and `core_last` the day itself.

    `sort`: what those words say of it: by then, during it, since then (which is no deadline), or "" nothing.
    `is_day`: it names one day. `is_known`: its place in the calendar is known ("in summer" is not).
    """

    first: int
    last: int
    core: int
    core_last: int
    sort: str
    is_day: bool = False
    is_known: bool = True


def deadlines_of(lexed: Lexed) -> list[Deadline]:
    """Every day or period named, from left to right, with the words before and after that say by when."""
    found: list[Deadline] = []
    long = LONG if "-" in lexed.plain.low else len(lexed.plain.low)  # "mid-May"
    for at in [
        at
        for at, token in enumerate(lexed.tokens)
        if token.kind == NUMBER or token.cue.may_date or (token.cue is NO_CUE and token.end - token.start >= long)
    ]:
        if found and at <= found[-1].last:
            continue
        core = core_at(lexed, at)
        if core is not None:
            found.append(_widened(lexed, *core, found[-1] if found else None))
    return found


def _widened(lexed: Lexed, core: int, core_last: int, previous: Deadline | None) -> Deadline:
    """A day with its year, its "end of" and the prepositions around it."""
    tokens = lexed.tokens
    while core_last + 1 < len(tokens):
        more = core_at(lexed, core_last + 1)
        if more is None and not _belongs(lexed, core_last + 1):
            break
        core_last = more[1] if more else _last_of(lexed, core_last + 1)
    said: set[str] = set()
    last = _tail(lexed, core_last, said)
    first = _lead(lexed, core, previous.last + 1 if previous is not None else 0, said)
    before = first - 1 - (first > 1 and lexed.text(first - 1, first - 1) == "'")
    if before >= 0 and BY not in said and SINCE in told_by(lexed, before):
        said.add(SINCE)
    if 0 < first == core and _is_each(lexed, first - 1):
        said = {SINCE}  # 每月月底前 comes again and again
    if previous is not None and previous.sort == SINCE and first - previous.last <= 2:
        said = {SINCE}  # "from May through August"
    if core_last - core == 3 and "now" in told_by(lexed, core_last):
        said = {BY}  # "four months from now"
    tokens_of_core = tokens[core : core_last + 1]
    sort = SINCE if SINCE in said and BY not in said else next((each for each in (BY, DURING) if each in said), "")
    return Deadline(first, last, core, core_last, sort, _is_day(lexed, core, core_last), _is_known(tokens_of_core))


def _is_each(lexed: Lexed, at: int) -> bool:
    cue = lexed.tokens[at].cue
    return "each" in cue.before or ("per" in cue.marks and is_joined(lexed.plain.text[lexed.tokens[at].start]))


def _tail(lexed: Lexed, core_last: int, said: set[str]) -> int:
    tokens, last = lexed.tokens, core_last
    said.update(_own_words(lexed, core_last))
    while last + 1 < len(tokens) and "deadline" in tokens[last + 1].cue.after:
        last += 1
        said.update(told_by(lexed, last))
    return last


def _own_words(lexed: Lexed, at: int) -> frozenset[str]:
    """What a phrase that is a period says itself: "this quarter", 本季度末; "month-end" is but a noun."""
    token = lexed.tokens[at]
    if token.kind == NUMBER:
        return frozenset()
    text = lexed.plain.low[token.start : token.end]
    first = text if is_joined(text[0]) else text.split(" ")[0]
    return lexed.cues.when(first) if "-" not in first else frozenset()


def _lead(lexed: Lexed, core: int, floor: int, said: set[str]) -> int:
    """Walks back over "no later than the end of"; a word that says nothing of time ends it once one did."""
    first, told = core, False
    while first - 1 >= floor:
        token = lexed.tokens[first - 1]
        if _is_invisible(lexed, first - 1):
            first -= 1
            continue
        if token.kind == MARK and lexed.text(first - 1, first - 1) == ":" and first >= 2:
            said.update({BY} & told_by(lexed, first - 2))  # "Deadline: Q3"
            break
        sorts = told_by(lexed, first - 1)
        says = not sorts.isdisjoint((BY, DURING, SINCE, "coming"))
        if told and not says:
            break
        goes_with = _leads(token) or (says and ASIDE in token.cue.before) or "coming" in sorts
        if not goes_with and not (first - 2 >= floor and _is_article_after(lexed, first - 1)):
            break
        if "about" in sorts:
            said.add(SINCE)
        if "coming" in sorts:
            said.add(DURING)
        else:
            said.update(sorts)
            told = told or (says and token.cue.date != "end")
        first -= 1
    while first < core and _is_invisible(lexed, first):
        first += 1
    return first


def _is_article_after(lexed: Lexed, at: int) -> bool:
    """ "in den nächsten", "en los próximos": an article between a preposition and a period."""
    cue = lexed.tokens[at].cue
    return ("skip" in cue.marks or "definite" in cue.before) and not told_by(lexed, at - 1).isdisjoint(_TOLD)


def _is_invisible(lexed: Lexed, at: int) -> bool:
    return lexed.tokens[at].kind == MARK and not lexed.text(at, at).isprintable() and lexed.text(at, at) != "\n"


def _is_day(lexed: Lexed, core: int, last: int) -> bool:
    """Whether it is a day of a month that is named, and no whole month, quarter or year."""
    numbers = [token for token in lexed.tokens[core : last + 1] if token.kind == NUMBER]
    if any(len(lexed.plain.text[token.start : token.end].split(".")) > 2 for token in numbers):
        return True
    return sum(whole_of(token) in DAYS for token in numbers) >= (
        1 if any(token.cue.date == "month" for token in lexed.tokens[core : last + 1]) else 2
    )


def _is_known(core: list[Token]) -> bool:
    return any(
        token.kind == NUMBER
        or token.cue is NO_CUE  # mid-June
        or token.cue.period not in ("", "somewhere")
        or token.cue.unit
        or (token.cue.date and token.cue.date != "weekdays")
        for token in core
    )


def _belongs(lexed: Lexed, at: int) -> bool:
    """A year after a month, a day after a month, the end of it."""
    token = lexed.tokens[at]
    if token.cue.date in ("end", "day_mark", "suffixes"):
        return True
    if token.kind == NUMBER:
        value = whole_of(token)
        return value in YEARS or (value in DAYS and _is_day_after_month(lexed, at))
    if at + 1 >= len(lexed.tokens):
        return False
    beyond = lexed.tokens[at + 1]
    if token.kind == MARK and lexed.text(at, at) in ",.'/-":
        return beyond.kind == NUMBER and (
            whole_of(beyond) in YEARS or (lexed.text(at, at) in "'/-" and whole_of(beyond) < 46)
        )
    return token.cue.date == "filler" and beyond.kind == NUMBER and whole_of(beyond) in YEARS  # "junio de 2026"


def _last_of(lexed: Lexed, at: int) -> int:
    """The last token of what belongs: a mark or a link belongs only with the year after it."""
    return (
        at
        if lexed.tokens[at].kind == NUMBER or lexed.tokens[at].cue.date in ("end", "day_mark", "suffixes")
        else at + 1
    )


def _is_day_after_month(lexed: Lexed, at: int) -> bool:
    """ "by June 12", and not "by end of June 12 new shops": only some languages write a day there at all."""
    month, number = lexed.tokens[at - 1], lexed.tokens[at]
    if month.cue.date != "month" or number.numeral is None or lexed.cues.day_first:
        return False
    if at > 1 and not told_by(lexed, at - 2).isdisjoint(PLACES):
        return False
    if at + 1 >= len(lexed.tokens):
        return True
    following = lexed.tokens[at + 1]
    cue = following.cue
    if following.kind != WORD or cue.before or cue.verb or cue.date or "opens" in cue.marks:
        return True
    return any(token.kind == NUMBER for token in lexed.tokens[at + 2 :])  # "by June 12 we have 3 pilots"


def _leads(token: Token) -> bool:
    """Whether a word before a day goes with it: "by the end of", "bis Ende", 截至."""
    return token.kind == WORD and (
        "deadline" in token.cue.before
        or "window" in token.cue.before
        or token.cue.date in ("end", "filler", "ordinal", "fiscal")
    )


def tell_days(deadlines: list[Deadline], amounts: list[Amount]) -> None:
    """Marks the amounts that stand in a day or period."""
    for deadline in deadlines:
        for amount in amounts:
            if deadline.first <= amount.at <= deadline.last:
                amount.why_not = "date"
