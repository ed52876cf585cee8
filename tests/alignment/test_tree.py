"""Who contributes to whom: references by id, label and title, the nearest of several, rings and what is left over."""

from __future__ import annotations

import pytest

from okrsync.alignment import Alignment, Coverage, align, coverage
from okrsync.model import Objective, OkrSet
from tests.okrs import Q3, YEAR, kr, links, okrs, titles
from tests.okrs import objective as o


def aligned(*objectives: Objective) -> tuple[Alignment, OkrSet]:
    """The alignment of these objectives, and the objectives in their rows."""
    everything = okrs(*objectives)
    return align(everything), everything


def linked(*objectives: Objective) -> list[str]:
    """The links as text; fails on references that came to nothing or to several."""
    alignment, everything = aligned(*objectives)
    assert not alignment.dangling
    assert not alignment.ambiguous
    return links(alignment, everything)


GROW = o("Grow in Asia", kr("Open 3 offices", label="KR1"), level="company", label="O1", id="OKR-7")


# how a parent is named


def test_by_id() -> None:
    assert linked(GROW, o("Sell more", to="okr-7")) == ["Sell more → Grow in Asia (id)"]


@pytest.mark.parametrize(
    "label", ["O1", "o1", "O 1", "O-1", "Objective 1", "目标1", "目标一", "1", "Ｏ１", "→ O1", "#1"]
)
def test_by_label_however_it_is_written(label: str) -> None:
    assert linked(GROW, o("Sell more", to=label)) == ["Sell more → Grow in Asia (label)"]


@pytest.mark.parametrize(
    "text", ["Company O1", "company objective 1", "公司O1", "公司目标一", "O1 (Company)", "Supports Company O1"]
)
def test_by_level_and_label(text: str) -> None:
    other = o("Sell everywhere", label="O1", team="Sales")

    assert linked(GROW, other, o("Sell more", to=text, team="Sales")) == ["Sell more → Grow in Asia (label)"]


@pytest.mark.parametrize("text", ["Growth O2", "growth: O2", "Growth team's O2", "O2 of Growth", "Growth O2: Win back"])
def test_by_team_and_label(text: str) -> None:
    growth = o("Win back", label="O2", team="Growth")
    sales = o("Call more", label="O2", team="Sales")

    (link,) = linked(growth, sales, o("Write mails", to=text, level="individual"))

    assert link.startswith("Write mails → Win back")


def test_by_sheet_or_workbook_or_owner_and_label() -> None:
    growth = o("Win back", label="O2", sheet="Growth OKRs", book="north.xlsx", owner="Ann Lee")
    others = [o(f"Other {i}", label="O2", sheet=f"Other {i}", book="south.xlsx") for i in range(2)]

    for text in ("Growth OKRs O2", "Growth O2", "north O2", "Ann Lee O2"):
        assert linked(growth, *others, o("Mails", to=text, sheet="X")) == ["Mails → Win back (label)"], text


def test_by_a_shortened_team_name_when_only_one_has_it() -> None:
    marketing = o("Be known", label="O1", team="Growth Marketing")

    assert linked(marketing, o("Mails", to="Marketing O1", team="Sales")) == ["Mails → Be known (label)"]


@pytest.mark.parametrize(
    "title", ["Grow in Asia", "grow  in asia.", "ＧＲＯＷ in Asia", "Grow-in-Asia", "Grow in Asia (Company)"]
)
def test_by_title_whatever_its_case_width_and_punctuation(title: str) -> None:
    assert linked(GROW, o("Sell more", to=title)) == ["Sell more → Grow in Asia (title)"]


@pytest.mark.parametrize(
    "text", ["O1: Grow in Asia", "O1 Grow in Asia", "Company: Grow in Asia", "Company – Grow in Asia"]
)
def test_by_label_or_level_and_title(text: str) -> None:
    assert linked(GROW, o("Sell more", to=text)) == ["Sell more → Grow in Asia (title)"]


def test_the_label_decides_among_equal_titles() -> None:
    twins = [o("Grow", label=f"O{i}", level="company", owner=f"Boss {i}") for i in (1, 2)]

    alignment, everything = aligned(*twins, o("Sell more", to="O2: Grow"))

    assert [link.parent for link in alignment.links] == [everything.objectives[1].key]


@pytest.mark.parametrize("short", ["Delight our", "Delight our cust…", "Delight our cust...", "O4: Delight our"])
def test_by_a_shortened_title_which_is_said(short: str) -> None:
    company = o("Delight our customers in every market", level="company", label="O4")

    assert linked(company, o("Sell more", to=short)) == ["Sell more → Delight our customers in every market (similar)"]


def test_by_a_shortened_chinese_title() -> None:
    company = o("提升客户满意度与续约率", level="company")

    assert linked(company, o("电话回访", to="提升客户满意")) == ["电话回访 → 提升客户满意度与续约率 (similar)"]


@pytest.mark.parametrize("misspelt", ["Delight our custmers", "Deligth our customers", "Delight your customers"])
def test_by_a_misspelt_title_which_is_said(misspelt: str) -> None:
    company = o("Delight our customers", level="company")

    assert linked(company, o("Sell more", to=misspelt)) == ["Sell more → Delight our customers (similar)"]


def test_how_alike_a_misspelt_title_must_be_is_an_option() -> None:
    everything = okrs(o("Delight our customers", level="company"), o("Sell more", to="Delight our custmers"))

    assert align(everything, similar=0.99).links == ()


def test_a_title_with_another_number_is_no_slip() -> None:
    alignment, _ = aligned(o("Grow revenue to 20 million", level="company"), o("Sell", to="Grow revenue to 30 million"))

    assert alignment.links == ()
    assert alignment.dangling[0].suggestions == ("Grow revenue to 20 million",)


@pytest.mark.parametrize("text", ["Gr", "Grow", "O"])
def test_a_few_letters_mean_nothing(text: str) -> None:
    alignment, _ = aligned(GROW, o("Sell more", to=text))

    assert [each.text for each in alignment.dangling] == [text]


def test_a_label_of_the_sheet_goes_before_an_id_that_was_counted_out() -> None:
    counted = o("First of the sheet", id="O1", sheet="Team")

    assert linked(o("Grow", label="O1", sheet="Other"), counted, o("Sell", to="O1", sheet="Team")) == [
        "Sell → Grow (label)"
    ]
    assert linked(counted, o("Sell", to="O1", sheet="Team")) == ["Sell → First of the sheet (id)"]


# several in one cell


@pytest.mark.parametrize("text", ["O1, O2", "O1; O2", "O1、O2", "O1 and O2", "O1\nO2", "O1/O2", "O1 & O2", "O1，O2"])
def test_several_labels_in_one_cell(text: str) -> None:
    second = o("Be loved", level="company", label="O2")

    assert linked(GROW, second, o("Sell more", to=text)) == [
        "Sell more → Grow in Asia (label)",
        "Sell more → Be loved (label)",
    ]


def test_several_titles_in_one_cell() -> None:
    second = o("Be loved", level="company")

    assert linked(GROW, second, o("Sell", to="Grow in Asia, Be loved")) == [
        "Sell → Grow in Asia (title)",
        "Sell → Be loved (title)",
    ]


def test_a_title_with_a_comma_stays_whole() -> None:
    company = o("Faster, cheaper and better", level="company")

    assert linked(company, o("Sell", to="Faster, cheaper and better")) == ["Sell → Faster, cheaper and better (title)"]
    assert linked(company, o("Sell", to="Faster, cheaper and bettr")) == ["Sell → Faster, cheaper and better (similar)"]


def test_of_several_each_stands_for_itself() -> None:
    alignment, everything = aligned(GROW, o("Sell", to="O1, Walk on the moon, Grow in Asiia"))

    assert links(alignment, everything) == ["Sell → Grow in Asia (label)", "Sell → Grow in Asia (similar)"]
    assert [each.text for each in alignment.dangling] == ["Walk on the moon"]


def test_several_titles_that_are_all_slips() -> None:
    second = o("Be loved by all", level="company")

    assert linked(GROW, second, o("Sell", to="Grow in Asiia, Be lovd by all")) == [
        "Sell → Grow in Asia (similar)",
        "Sell → Be loved by all (similar)",
    ]


def test_labels_of_which_none_is_there_dangle_one_by_one() -> None:
    alignment, _ = aligned(GROW, o("Sell", to="O8, O9"))

    assert [each.text for each in alignment.dangling] == ["O8", "O9"]


def test_a_text_that_is_nothing_at_all_dangles_as_a_whole() -> None:
    alignment, _ = aligned(GROW, o("Sell", to="Walk on the moon, and back again"))

    assert [each.text for each in alignment.dangling] == ["Walk on the moon, and back again"]


# key results


def test_a_key_result_contributes_for_itself_and_its_objective_counts_as_a_child() -> None:
    sell = o("Sell more", kr("Win 20 logos", to="O1"))
    alignment, everything = aligned(GROW, sell)

    assert links(alignment, everything) == ["Win 20 logos → Grow in Asia (label)"]
    grow, team = everything.objectives
    assert alignment.children == {grow.key: (team.key,)}


@pytest.mark.parametrize(
    "text", ["KR1.1", "Company KR1.1", "O1 KR1", "O1-KR1", "1.1", "公司KR1.1", "Company KR1", "Open 3 offices"]
)
def test_a_key_result_can_be_a_parent(text: str) -> None:
    alignment, everything = aligned(GROW, o("Sell more", kr("Win 20 logos"), to=text))

    assert links(alignment, everything)[0].startswith("Sell more → Open 3 offices")
    grow, team = everything.objectives
    assert alignment.children == {grow.key: (team.key,)}


def test_a_shortened_key_result_can_be_a_parent() -> None:
    assert linked(GROW, o("Sell", to="Open 3 off…")) == ["Sell → Open 3 offices (similar)"]


def test_a_key_result_that_names_its_own_objective_makes_no_link_and_no_fault() -> None:
    own = o("Sell more", kr("Win 20 logos", to=("Sell more", "O3")), label="O3")

    assert linked(own, o("Other", label="O3", team="Other")) == []


# which of several


def test_an_objective_never_contributes_to_itself() -> None:
    alignment, _ = aligned(o("Sell more", to="O1", label="O1"))

    assert alignment.links == ()
    assert [each.text for each in alignment.own] == ["O1"]
    assert alignment.dangling == ()


def test_a_wider_level_goes_before_the_same() -> None:
    team = [o("Sell", label="O1", team="Sales"), o("Sell abroad", label="O2", team="Sales", to="O1")]

    assert linked(GROW, *team) == ["Sell abroad → Grow in Asia (label)"]


def test_the_same_sheet_goes_before_the_same_workbook_and_that_before_any_other() -> None:
    here = o("Here", label="O1", level="company", sheet="Team")
    beside = o("Beside", label="O1", level="company", sheet="Company")
    afar = o("Afar", label="O1", level="company", book="other.xlsx")
    child = o("Sell", to="O1", sheet="Team")

    assert linked(afar, beside, here, child) == ["Sell → Here (label)"]
    assert linked(afar, beside, child) == ["Sell → Beside (label)"]
    assert linked(afar, child) == ["Sell → Afar (label)"]


def test_a_cycle_that_overlaps_goes_before_a_nearer_place() -> None:
    past = o("Past", label="O1", level="company", cycle=Q3, sheet="Team")
    now = o("Now", label="O1", level="company", cycle=YEAR, sheet="Company")

    assert linked(past, now, o("Sell", to="O1", sheet="Team")) == ["Sell → Now (label)"]
    assert linked(past, o("Sell", to="O1")) == ["Sell → Past (label)"]


def test_the_very_cycle_goes_before_one_that_overlaps() -> None:
    year = o("Year", label="O1", level="company", cycle=YEAR)
    now = o("Now", label="O1", level="company")

    assert linked(year, now, o("Sell", to="O1")) == ["Sell → Now (label)"]


def test_at_the_same_level_the_own_team_goes_first() -> None:
    others = [o(f"Other {i}", label="O1", team=f"T{i}") for i in range(3)]

    assert linked(*others, o("More", to="O1", team="T1", label="O2")) == ["More → Other 1 (label)"]


def test_a_narrower_level_is_the_last_resort() -> None:
    person = o("Call ten", label="O7", level="individual")

    assert linked(person, o("Sell", to="O7")) == ["Sell → Call ten (label)"]


def test_an_objective_goes_before_a_key_result_of_the_same_title() -> None:
    both = o("Grow", kr("Grow"), level="company")

    alignment, everything = aligned(both, o("Sell", to="Grow"))

    assert [link.parent for link in alignment.links] == [everything.objectives[0].key]


def test_several_that_are_equally_near_are_ambiguous() -> None:
    alignment, everything = aligned(
        o("Sell", label="O1", team="Sales"),
        o("Build", label="O1", team="Product"),
        o("Help", to="O1", level="individual"),
    )

    assert alignment.links == ()
    (found,) = alignment.ambiguous
    assert (found.text, titles(found.candidates, everything)) == ("O1", ["Sell", "Build"])


def test_of_very_many_candidates_some_are_kept() -> None:
    many = [o(f"Aim {i}", label="O1", team=f"T{i}") for i in range(40)]

    alignment, _ = aligned(*many, o("Help", to="O1", level="individual"))

    assert len(alignment.ambiguous[0].candidates) == 12


# what comes to nothing


def test_a_label_that_only_others_have_is_suggested_with_their_names() -> None:
    alignment, _ = aligned(GROW, o("Win", label="O1", team="Growth"), o("Sell", to="Compny O1"))

    assert alignment.dangling[0].suggestions == ("Company O1", "Growth O1")


def test_a_label_past_the_last_suggests_those_there_are() -> None:
    alignment, _ = aligned(GROW, o("Sell", to="Company O9"))

    assert alignment.dangling[0].suggestions == ("Company O1",)


def test_a_name_alone_suggests_what_bears_it() -> None:
    alignment, _ = aligned(GROW, o("Sell", to="Company"))

    assert alignment.dangling[0].suggestions == ("Grow in Asia",)


def test_a_label_with_another_title_is_not_believed() -> None:
    alignment, _ = aligned(GROW, o("Sell", to="O1: Walk on the moon"))

    assert [each.text for each in alignment.dangling] == ["O1: Walk on the moon"]


@pytest.mark.parametrize("piece", ["(", "O1, ", " ", "a, ", "目标", "1,"])
def test_a_megabyte_in_a_cell_costs_nothing_and_means_nothing(piece: str) -> None:
    alignment, _ = aligned(GROW, o("Sell", to=piece * (1_000_000 // len(piece)) + "x"))

    assert alignment.links == ()
    assert len(alignment.dangling) == 1


def test_a_very_long_title_is_still_a_title() -> None:
    long = "Grow in every market we know of " * 200

    assert linked(o(long, level="company"), o("Sell", to=long.upper())) == [f"Sell → {long} (title)"]


def test_key_results_without_an_objective_are_children_but_no_parents() -> None:
    alone = o(None, kr("Win 20 logos", to="O1"), label="O9")

    assert linked(GROW, alone) == ["Win 20 logos → Grow in Asia (label)"]


# rings


def ring_titles(*objectives: Objective) -> list[list[str]]:
    """The rings as titles."""
    alignment, everything = aligned(*objectives)
    return [titles(ring, everything) for ring in alignment.cycles]


def test_a_ring_is_found_once_in_the_order_of_contribution() -> None:
    assert ring_titles(o("Sales", to="Product"), o("Product", to="Support"), o("Support", to="Sales")) == [
        ["Sales", "Product", "Support"]
    ]


def test_a_ring_through_key_results_is_a_ring_of_their_objectives() -> None:
    one = o("Sales", kr("Win 20 logos", to="Ship weekly"))
    two = o("Product", kr("Ship weekly", to="Sales"))

    assert ring_titles(one, two) == [["Sales", "Product"]]


def test_two_rings_that_share_a_member_are_two() -> None:
    rings = ring_titles(o("Hub", to=("Left", "Right")), o("Left", to="Hub"), o("Right", to="Hub"))

    assert rings == [["Hub", "Left"], ["Right", "Hub"]]


def test_a_tree_has_no_rings() -> None:
    assert ring_titles(GROW, o("Sell", to="O1"), o("Call", to=("Sell", "O1"), level="individual")) == []


def test_a_deep_chain_does_not_overflow() -> None:
    chain = [o(f"Aim number {i}", to=f"Aim number {i + 1}") for i in range(5_000)]

    alignment, _ = aligned(*chain, o("Aim number 5000", to="Aim number 0"))

    assert [len(ring) for ring in alignment.cycles] == [5_001]


def test_a_knot_of_many_rings_is_covered_without_listing_them_all() -> None:
    names = [f"Knot {chr(65 + i)} of the web" for i in range(14)]
    alignment, everything = aligned(*(o(name, to=tuple(other for other in names if other != name)) for name in names))

    assert {key for ring in alignment.cycles for key in ring} == {each.key for each in everything.objectives}
    assert len(alignment.cycles) <= len(names)


# coverage


def test_coverage_counts_children_and_served_key_results() -> None:
    company = o("Grow", kr("Win 20 logos", label="KR1"), kr("Open 3 offices", label="KR2"), level="company", label="O1")
    alignment, everything = aligned(company, o("Sell", to="KR1.1"), o("Call", to="Company O1"))
    grow, sell, call = everything.objectives

    assert coverage(grow, alignment) == Coverage((sell.key, call.key), 1, 2)
    assert coverage(sell, alignment) == Coverage((), 0, 0)


def test_nothing_read_is_aligned_with_nothing() -> None:
    assert align(OkrSet()) == Alignment()
