"""AL002: references that fit several."""

from __future__ import annotations

from okrsync.checks.al002_ambiguous_parent import ambiguous_parent
from tests.checks.hits import hits
from tests.okrs import objective


def test_a_label_that_two_teams_have_is_a_warning_that_names_both_and_where_they_stand() -> None:
    sheet = (
        objective("Sell", label="O1", team="Sales"),
        objective("Build", label="O1", team="Product"),
        objective("Help", to="O1", level="individual"),
    )

    assert hits(ambiguous_parent, *sheet) == ['Q4!C4 "O1" may be O1 "Sell" (\'Q4\'!A2) or O1 "Build" (\'Q4\'!A3).']


def test_of_many_the_first_few_are_named() -> None:
    many = [objective(f"Aim {i}", label="O1", team=f"T{i}") for i in range(9)]

    (line,) = hits(ambiguous_parent, *many, objective("Help", to="O1", level="individual"))

    assert line.count('O1 "Aim') == 3
    assert line.endswith(" and others.")


def test_a_name_before_the_label_decides() -> None:
    sheet = (
        objective("Sell", label="O1", team="Sales"),
        objective("Build", label="O1", team="Product"),
        objective("Help", to="Sales O1", level="individual"),
    )

    assert hits(ambiguous_parent, *sheet) == []
