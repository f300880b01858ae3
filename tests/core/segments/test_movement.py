"""Movement between two days ties to opening and closing."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.segments.membership import apply_scheme
from core.segments.method import Definition, SegmentSpec
from core.segments.movement import Movement, Standing, movement_between, standing_of
from core.segments.scheme import Scheme
from tests.core.segments.frames import customers

SPECS = (SegmentSpec("Lost", 7, rank=2), SegmentSpec("Best", 0, rank=0), SegmentSpec("Fair", 1, rank=1))
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)


def standing(day: date, members: dict[int, str], money: dict[int, int]) -> Standing:
    return Standing(day, SPECS, members, money)


BEFORE = standing(
    SEPTEMBER, {1: "Best", 2: "Fair", 3: "Fair", 4: "Lost", 5: "Best"}, {1: 100, 2: 20, 3: 30, 4: 4, 5: 50}
)
AFTER = standing(
    OCTOBER, {1: "Best", 2: "Best", 3: "Lost", 4: "Fair", 6: "Fair"}, {1: 110, 2: 90, 3: 25, 4: 6, 6: 60}
)


def test_a_matrix_worked_out_by_hand() -> None:
    found = movement_between(BEFORE, AFTER)
    assert [segment.name for segment in found.segments] == ["Best", "Fair", "Lost"]
    matrix = [
        [found.customers(start, end) for end in ("Best", "Fair", "Lost", "")]
        for start in ("Best", "Fair", "Lost", "")
    ]
    assert matrix == [[1, 0, 0, 1], [1, 0, 1, 0], [0, 1, 0, 0], [0, 1, 0, 0]]
    assert found.cells["Fair", "Lost"] == (3,)
    assert found.sentence == "2 moved up, 1 moved down, 1 joined, 1 left, 1 stayed"
    assert (found.total_before, found.total_after) == (5, 5)
    assert (found.before, found.after) == (SEPTEMBER, OCTOBER)


def test_money_ties_to_opening_and_closing() -> None:
    found = movement_between(BEFORE, AFTER)
    assert [found.opening_money(name) for name in ("Best", "Fair", "Lost")] == [150, 50, 4]
    assert [found.closing_money(name) for name in ("Best", "Fair", "Lost")] == [200, 66, 25]
    assert found.money_before["Fair", "Best"] == 20
    assert found.money_after["Fair", "Best"] == 90
    assert found.money_before["", "Fair"] == 0


def test_joining_and_leaving_is_neither_up_nor_down() -> None:
    found = movement_between(BEFORE, AFTER)
    assert [found.direction("", "Best"), found.direction("Best", ""), found.direction("Best", "Best")] == [
        0,
        0,
        0,
    ]
    assert [found.direction("Lost", "Fair"), found.direction("Best", "Fair")] == [1, -1]


def test_a_segment_that_only_the_past_knew_keeps_its_row() -> None:
    old = Standing(
        SEPTEMBER, (SegmentSpec("Old name", 3, rank=9),), {1: "Old name", 2: "Never described"}, {}
    )
    found = movement_between(old, AFTER)
    assert [segment.name for segment in found.segments] == [
        "Best",
        "Fair",
        "Lost",
        "Never described",
        "Old name",
    ]
    assert found.customers("Old name", "Best") == 1


def test_customers_without_orders_take_no_part() -> None:
    scheme = Scheme("all", "All", "rules", Definition((SegmentSpec("Everyone", 0),)))
    table = customers(3, {"net_revenue": [700, 0, 50]})
    membership = apply_scheme(scheme, table, judged=np.array([True, False, True]))
    found = standing_of(membership, table.metrics)
    assert dict(found.members) == {101: "Everyone", 103: "Everyone"}
    assert dict(found.money) == {101: 700, 103: 50}
    assert [segment.name for segment in found.segments] == ["Everyone"]


MEMBERS = st.dictionaries(st.integers(1, 12), st.sampled_from(["Best", "Fair", "Lost"]))
MONEY = st.dictionaries(st.integers(1, 12), st.integers(-1000, 1000))


def ties(found: Movement, before: Standing, after: Standing) -> bool:
    names = [segment.name for segment in found.segments]
    moved = found.moved_up + found.moved_down + found.stayed
    return (
        found.total_before == len(before.members) == moved + found.left
        and found.total_after == len(after.members) == moved + found.joined
        and sum(found.opening_money(name) for name in names)
        == sum(before.money.get(c, 0) for c in before.members)
        and sum(found.closing_money(name) for name in names)
        == sum(after.money.get(c, 0) for c in after.members)
    )


@given(MEMBERS, MEMBERS, MONEY, MONEY)
def test_opening_and_moves_and_closing_always_tie(
    first: dict[int, str], second: dict[int, str], then: dict[int, int], now: dict[int, int]
) -> None:
    before, after = standing(SEPTEMBER, first, then), standing(OCTOBER, second, now)
    assert ties(movement_between(before, after), before, after)
