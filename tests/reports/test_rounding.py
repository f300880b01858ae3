"""Whole units add up to the printed total."""

from hypothesis import given
from hypothesis import strategies as st

from core.money import divide_half_away
from reports.content import TableRow
from reports.rounding import column_sum, rounded_to_whole, whole_unit

AMOUNTS = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=30)


def test_three_thirds_of_a_dollar_are_one_dollar() -> None:
    # 33.33 + 33.33 + 33.34 = 100.00: the largest remainder takes the missing dollar.
    assert rounded_to_whole([3_333, 3_333, 3_334], 2) == [3_300, 3_300, 3_400]


def test_unknown_stays_unknown() -> None:
    # Equal remainders: the earlier row takes the missing unit.
    assert rounded_to_whole([150, None, 50], 2) == [200, None, 0]
    assert rounded_to_whole([None], 2) == [None]
    assert rounded_to_whole([], 2) == []


def test_money_without_decimals_is_left_alone() -> None:
    assert rounded_to_whole([7, -3], 0) == [7, -3]


def test_a_total_that_was_rounded_elsewhere_wins() -> None:
    assert rounded_to_whole([149, 149], 2, total=200) == [100, 100]
    assert rounded_to_whole([160, 160], 2, total=200) == [100, 100]
    # 1.60 and 1.70 printed as 2 in all: the smaller remainder gives way.
    assert rounded_to_whole([260, 270], 2, total=300) == [100, 200]


def test_half_a_unit_is_rounded_away_from_zero() -> None:
    assert (whole_unit(150, 2), whole_unit(-150, 2), whole_unit(149, 2)) == (200, -200, 100)


def test_the_sum_of_a_column_leaves_out_what_is_unknown() -> None:
    assert column_sum([TableRow(("a", 1)), TableRow(("b", None)), TableRow(("c", 4))], 1) == 5


@given(AMOUNTS, st.sampled_from([0, 2, 3]))
def test_rows_add_up_to_the_rounded_sum_and_stay_close(amounts: list[int], exponent: int) -> None:
    step = 10**exponent
    rounded = rounded_to_whole(amounts, exponent)
    assert sum(one or 0 for one in rounded) == divide_half_away(sum(amounts), step) * step
    assert all(
        abs((one or 0) - exact) < step or step == 1 for one, exact in zip(rounded, amounts, strict=True)
    )
    assert all((one or 0) % step == 0 for one in rounded)
