"""Mapping files: what is written is read back, and what is wrong is named."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsync.config import Config
from okrsync.errors import ConfigError
from okrsync.mapping import FIELDS, Archetype, Group, Mapping, load, save, to_toml
from okrsync.mapping_file import read
from okrsync.model import KeyResult
from okrsync.normalise import Normalised, normalise
from tests.read_sheets import TODAY, drawn

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    lambda t: t.strip() != ""
)
STATEMENTS = st.sampled_from(["objective", "key_result", "statement"])


def _ordered(names: set[str]) -> list[str]:
    return [name for name in FIELDS if name in names]


@st.composite
def groups(draw: st.DrawFn) -> Group:
    names = ["key_result", *(name for name in ("target", "current") if draw(st.booleans()))]
    return Group({name: draw(st.integers(1, 16384)) for name in names}, {"key_result": draw(TEXT)})


@st.composite
def mappings(draw: st.DrawFn) -> Mapping:
    names = _ordered(draw(st.sets(st.sampled_from(FIELDS), max_size=6)) | {draw(STATEMENTS)})
    columns = {name: draw(st.integers(1, 16384)) for name in names}
    header_rows = tuple(sorted(draw(st.sets(st.integers(1, 50), max_size=2))))
    level = draw(st.none() | st.sampled_from(["company", "team"]))
    return Mapping(
        sheet=draw(TEXT),
        archetype=draw(st.sampled_from(Archetype)),
        columns=columns,
        header_rows=header_rows,
        first_row=draw(st.integers(1, 1000)),
        last_row=draw(st.none() | st.integers(1, 1000)),
        headers={name: draw(TEXT) for name in names if draw(st.booleans())},
        language=draw(st.sampled_from(["en", "zh"])),
        locale=draw(st.none() | st.just("de")),
        team=draw(st.none() | TEXT),
        level=level,
        cycle=draw(st.none() | TEXT),
        groups=tuple(draw(st.lists(groups(), max_size=2))),
        card=draw(st.just({}) | st.just({"objective": (3, 28)})),
        several=draw(st.booleans()),
    )


@given(st.lists(mappings(), min_size=1, max_size=2))
def test_what_is_saved_is_read_back_as_it_was(some: list[Mapping]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "team.toml"
        save(some, path)
        assert load(path) == tuple(some)


def test_the_file_reads_as_a_person_would_write_it() -> None:
    mapping = Mapping("Q4", Archetype.FLAT, {"objective": 1, "key_result": 2}, (3,), 4, headers={"objective": "Goal"})

    assert to_toml([mapping]) == (
        "[[table]]\n"
        'sheet = "Q4"\n'
        'archetype = "flat"\n'
        "header_rows = [3]\n"
        "first_row = 4\n"
        'language = "en"\n'
        "\n[table.columns]\n"
        'objective = "column A"\n'
        'key_result = "column B"\n'
        "\n[table.headers]\n"
        'objective = "Goal"\n'
    )


def _written(folder: Path, text: str) -> Path:
    path = folder / "team.toml"
    path.write_text(text, encoding="utf-8")
    return path


COLUMNS = '\n[table.columns]\nobjective = "Goal"\nkey_result = "column B"\n'


def test_columns_are_given_by_header_or_by_letter(tmp_path: Path) -> None:
    (mapping,) = load(_written(tmp_path, '[[table]]\nsheet = "Q4"' + COLUMNS))

    assert mapping.columns == {"key_result": 2}
    assert mapping.headers == {"objective": "Goal"}
    assert (mapping.first_row, mapping.header_rows) == (1, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[table]]\nsheet = Q4", "cannot be understood"),
        ("", "has no [[table]]"),
        ("table = 3", "has no [[table]]"),
        ('[[tabel]]\nsheet = "Q4"', 'Did you mean "table"?'),
        ("[[table]]" + COLUMNS, 'lacks "sheet"'),
        ('[[table]]\nshet = "Q4"' + COLUMNS, 'Did you mean "sheet"?'),
        ('[[table]]\nsheet = " "' + COLUMNS, "is no text"),
        ('[[table]]\nsheet = "Q4"\narchetype = "flatt"' + COLUMNS, 'Did you mean "flat"?'),
        ('[[table]]\nsheet = "Q4"\nlevel = "boss"' + COLUMNS, 'level "boss" is unknown'),
        ('[[table]]\nsheet = "Q4"\nheader_rows = 3' + COLUMNS, "no list of rows"),
        ('[[table]]\nsheet = "Q4"\nheader_rows = [0]' + COLUMNS, "is no row"),
        ('[[table]]\nsheet = "Q4"\nlast_row = true' + COLUMNS, "is no row"),
        ('[[table]]\nsheet = "Q4"', "has no columns"),
        ('[[table]]\nsheet = "Q4"\nheaders = 3\n[table.columns]\nobjective = "A"', "headers is not a section"),
        ('[[table]]\nsheet = "Q4"\n[table.columns]\ntarget = "T"', "neither where objectives"),
        ('[[table]]\nsheet = "Q4"\n[table.columns]\nobjectiv = "T"', 'Did you mean "objective"?'),
        ('[[table]]\nsheet = "Q4"\n[table.columns]\nobjective = 3', "is no text"),
        ('[[table]]\nsheet = "Q4"\n[table.columns]\nobjective = "column ZZZ"', "no such column"),
    ],
)
def test_a_fault_names_the_file_the_key_and_what_is_right(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(_written(tmp_path, text))

    assert "team.toml" in str(error.value)
    assert words in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such mapping file"):
        load(tmp_path / "none.toml")


def test_a_folder_is_no_mapping_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)
    with pytest.raises(ConfigError, match="cannot be written"):
        save([], tmp_path)


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "team.toml"
    path.write_bytes("sheet = 'é'".encode("latin-1"))

    with pytest.raises(ConfigError, match="UTF-8"):
        read(path)


# A given mapping is obeyed

SHEET = """
== Plan
Was wir wollen | Woran wir es sehen | Soll | Ist
Nachts backen | Linien in der Nacht | 6 | 4
"""


def _with(mapping: Mapping) -> Normalised:
    return normalise([drawn(SHEET, mappings=(mapping,))], Config(), TODAY)


def test_headers_in_any_language_are_found_when_a_mapping_names_them() -> None:
    headers = {"objective": "Was wir wollen", "key_result": "Woran wir es sehen", "target": "Soll", "current": "Ist"}

    found = _with(Mapping("Plan", Archetype.FLAT, {}, headers=headers, first_row=1, team="Ofen", cycle="Q3 2026"))

    (objective,) = found.okrs.objectives
    assert (objective.title, objective.team, objective.cycle.name) == ("Nachts backen", "Ofen", "2026-Q3")
    assert objective.key_results[0].metric.target == 6
    assert found.tables[0].area.a1 == "A1:D2"


def test_columns_by_letter_need_no_header() -> None:
    found = _with(Mapping("Plan", Archetype.FLAT, {"objective": 1, "key_result": 2}, first_row=2, level="company"))

    assert [objective.level for objective in found.okrs.objectives] == ["company"]
    assert found.okrs.objectives[0].key_results[0].title == "Linien in der Nacht"


def test_a_column_that_has_moved_is_followed_by_its_header() -> None:
    mapping = Mapping(
        "Plan", Archetype.FLAT, {"objective": 3, "key_result": 2}, (1,), 2, headers={"objective": "Was wir wollen"}
    )

    assert _with(mapping).okrs.objectives[0].title == "Nachts backen"


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (Mapping("Plann", Archetype.FLAT, {"key_result": 2}), "Did you mean 'Plan'?"),
        (Mapping("Zahlen", Archetype.FLAT, {"key_result": 2}), "it has: 'Plan'"),
        (Mapping("Plan", Archetype.FLAT, {}, headers={"key_result": "Woran wir sehen"}), "none of the headers"),
        (
            Mapping("Plan", Archetype.FLAT, {}, (1,), headers={"key_result": "Woran wir sehen"}),
            'Did you mean "Woran wir es sehen"?',
        ),
        (
            Mapping("Plan", Archetype.FLAT, {"key_result": 2}, (1,), headers={"key_result": "Xyz"}),
            "team.xlsx!'Plan'!B1",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_stops_only_its_workbook(mapping: Mapping, words: str) -> None:
    broken = drawn(SHEET, mappings=(mapping,))
    good = drawn("Objective | Key result | Target\nBake | Lines | 6", name="good.xlsx")

    found = normalise([broken, good], Config(), TODAY)

    assert words in str(found.failures[0])
    assert [objective.title for objective in found.okrs.objectives] == ["Bake"]


def _examples() -> list[str]:
    """The mapping files that mappings/README.md shows."""
    readme = (Path(__file__).parents[1] / "mappings" / "README.md").read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in readme.split("```toml\n")[1:]]
    return [block for block in blocks if block.startswith("[[table]]")]


@pytest.mark.parametrize("text", _examples())
def test_the_examples_of_the_readme_are_read(tmp_path: Path, text: str) -> None:
    assert load(_written(tmp_path, text))


def test_the_readme_names_every_field_there_is() -> None:
    readme = (Path(__file__).parents[1] / "mappings" / "README.md").read_text(encoding="utf-8")

    assert [name for name in FIELDS if f"`{name}`" not in readme] == []


def _drawings() -> list[tuple[str, str]]:
    """The sheets that mappings/README.md draws, each with the mapping file shown below it."""
    readme = (Path(__file__).parents[1] / "mappings" / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```\n((?:==|   A).*?)```\n\n```toml\n(.*?)```", readme, re.S)


def _as_drawn(picture: str, sheets: list[str]) -> str:
    """A picture with letters above its columns and numbers before its rows, in the language of tests/read_sheets.py."""
    lines: list[str] = []
    starts: list[int] = []
    row = 0
    for line in picture.rstrip().splitlines():
        if line.startswith("   A"):
            starts = [at for at, letter in enumerate(line) if letter != " "]
            row = 0
            lines.append(f"== {sheets[sum(each.startswith('==') for each in lines)]}")
        elif not line.startswith("=="):
            number = int(line[: starts[0]])
            lines += [""] * (number - row - 1)
            row = number
            lines.append(" | ".join(line[a:b].strip() for a, b in pairwise([*starts, len(line) + 1])))
    return "\n".join(lines)


@pytest.mark.parametrize(("picture", "text"), _drawings())
def test_what_the_readme_draws_is_read_by_its_mapping_and_without_it(tmp_path: Path, picture: str, text: str) -> None:
    mappings = load(_written(tmp_path, text))
    sheet = _as_drawn(picture, list(dict.fromkeys(mapping.sheet for mapping in mappings)))

    given, found = (
        sorted((o.title or "", o.owner or "", o.cycle.name, [_told(k) for k in o.key_results]) for o in okrs.objectives)
        for okrs in (normalise([drawn(sheet, mappings=each)], Config(), TODAY).okrs for each in (mappings, ()))
    )
    assert given == found
    assert given[0][0] == "Bake at night"


def _told(key_result: KeyResult) -> tuple[str, float | None, float | None, float | None]:
    metric = key_result.metric
    return key_result.title, metric.baseline, metric.target, metric.current
