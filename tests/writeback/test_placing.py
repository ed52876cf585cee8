"""Where our five columns go."""

from __future__ import annotations

from okrsync.cells import Area, CellValue, Grid, TableArea
from okrsync.edits import Block, Role
from okrsync.writeback.placing import free_spot, joins

TABLE = Area(1, 1, 3, 2)


def sheet(*rows: list[CellValue], **more: object) -> Grid:
    return Grid("S", [list(row) for row in rows], **more)  # type: ignore[arg-type]


PLAIN: tuple[list[CellValue], ...] = (["Objective", "Key result"], ["A", "a1"], ["A", "a2"])


def test_the_first_free_columns_are_right_beside_the_table() -> None:
    spot = free_spot(sheet(*PLAIN), TABLE)

    assert spot is not None
    assert (spot.column, spot.join) == (3, False)


def test_a_note_in_one_row_of_the_table_pushes_the_block_past_it() -> None:
    grid = sheet(["Objective", "Key result"], ["A", "a1", None, None, "ask Ana"], ["A", "a2"])

    spot = free_spot(grid, TABLE)

    assert spot is not None
    assert spot.column == 6


def test_what_stands_below_or_above_the_table_is_no_obstacle() -> None:
    grid = sheet(["Objective", "Key result"], ["A", "a1"], ["A", "a2"], [None, None, "Total", 3.0])

    spot = free_spot(grid, TABLE)

    assert spot is not None
    assert spot.column == 3


def test_merges_other_tables_drawings_and_silent_formulas_are_obstacles() -> None:
    merge = free_spot(sheet(*PLAIN, merges=(Area(2, 4, 2, 5),)), TABLE)
    table = free_spot(sheet(*PLAIN, tables=(TableArea("Rates", Area(3, 4, 9, 6)),)), TABLE)
    drawing = free_spot(sheet(*PLAIN, drawings=(Area(1, 3, 12, 9),)), TABLE)
    wide = sheet(["Objective", "Key result", None, None], ["A", "a1"], ["A", "a2"])
    formula = free_spot(Grid("S", wide.rows, formulas_of=lambda c: frozenset({2} if c == 4 else ())), TABLE)

    assert [spot.column if spot else None for spot in (merge, table, drawing, formula)] == [6, 7, 10, 5]


def test_formulas_without_a_word_beyond_the_last_value_are_not_written_over() -> None:
    quiet = Grid("S", [list(row) for row in PLAIN], formulas_of=lambda c: frozenset({3} if c in (4, 9) else ()))
    below = Grid("S", [list(row) for row in PLAIN], formulas_of=lambda c: frozenset({4} if c == 4 else ()))

    assert [spot.column if spot else None for spot in (free_spot(quiet, TABLE), free_spot(below, TABLE))] == [10, 3]


def test_a_title_merged_above_the_table_is_no_obstacle() -> None:
    grid = sheet([], *PLAIN, merges=(Area(1, 1, 1, 26),))

    spot = free_spot(grid, Area(2, 1, 4, 2))

    assert spot is not None
    assert spot.column == 3


def test_nothing_free_within_fifty_columns_is_said() -> None:
    full: list[CellValue] = ["x"] * 60

    assert free_spot(sheet(["Objective", "Key result"], full, full), TABLE) is None


def test_a_filter_or_excel_table_is_joined_when_the_columns_touch_it() -> None:
    filtered = free_spot(sheet(*PLAIN, filter=TABLE), TABLE)
    listed = free_spot(sheet(*PLAIN, tables=(TableArea("Okrs", TABLE),)), TABLE)
    apart = free_spot(sheet(["Objective", "Key result", None, "x"], ["A", "a1"], ["A", "a2"], filter=TABLE), TABLE)

    assert filtered is not None and (filtered.column, filtered.join) == (3, True)
    assert listed is not None and (listed.column, listed.join) == (3, True)
    assert apart is not None and (apart.column, apart.join) == (5, False)


def test_a_filter_wider_than_the_table_is_joined_at_its_own_edge() -> None:
    spot = free_spot(sheet(*PLAIN, filter=Area(1, 1, 3, 4)), TABLE)

    assert spot is not None
    assert (spot.column, spot.join) == (5, True)


def test_a_table_that_may_not_grow_keeps_one_column_between() -> None:
    spot = free_spot(sheet(*PLAIN, tables=(TableArea("Query", TABLE, fixed="it comes from a query"),)), TABLE)

    assert spot is not None
    assert (spot.column, spot.join) == (4, False)


def test_a_filter_set_anew_on_the_teams_columns_is_joined_again() -> None:
    columns = {role: 3 + i for i, role in enumerate(Role)}
    block = Block(1, 3, columns)

    assert joins(sheet(*PLAIN, filter=TABLE), TABLE, block)
    assert not joins(sheet(*PLAIN, filter=Area(1, 1, 3, 7)), TABLE, block)
    assert not joins(sheet(*PLAIN), TABLE, block)
    assert not joins(sheet(*PLAIN, filter=TABLE), TABLE, Block(1, 3, {**columns, Role.GAPS: 12}))
