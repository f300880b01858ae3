"""Money without a float: sharing out, rounding, writing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import allocate, divide_half_away, exponent_of, is_currency, plain, to_decimal, to_minor

AMOUNTS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(("currency", "decimals"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("EUR", 2)])
def test_currencies_have_their_own_number_of_decimals(currency: str, decimals: int) -> None:
    assert exponent_of(currency) == decimals


def test_only_real_currency_codes_are_currencies() -> None:
    assert is_currency("GBP")
    assert not is_currency("XYZW")


@pytest.mark.parametrize(
    ("amount", "exponent", "minor"),
    [
        ("0.005", 2, 1),
        ("-0.005", 2, -1),
        ("2.344", 2, 234),
        ("12", 0, 12),
        ("0.5", 0, 1),
        ("1.0005", 3, 1001),
    ],
)
def test_amounts_round_half_away_from_zero(amount: str, exponent: int, minor: int) -> None:
    assert to_minor(Decimal(amount), exponent) == minor


def test_an_amount_of_forty_digits_is_not_cut_short() -> None:
    digits = "1" * 40
    assert to_minor(Decimal(f"{digits}.25"), 2) == int(digits + "25")


@pytest.mark.parametrize(
    ("minor", "exponent", "text"),
    [(1234567, 2, "12345.67"), (-5, 2, "-0.05"), (0, 2, "0.00"), (-1200, 0, "-1200"), (1, 3, "0.001")],
)
def test_minor_units_are_written_as_plain_decimals(minor: int, exponent: int, text: str) -> None:
    assert plain(minor, exponent) == text


@given(AMOUNTS, st.sampled_from([0, 2, 3]))
def test_writing_and_reading_an_amount_gives_it_back(minor: int, exponent: int) -> None:
    assert to_minor(Decimal(plain(minor, exponent)), exponent) == minor
    assert to_minor(to_decimal(minor, exponent), exponent) == minor


@pytest.mark.parametrize(
    ("over", "under", "result"), [(7, 2, 4), (-7, 2, -4), (7, -2, -4), (1, 3, 0), (2, 3, 1), (-1, 3, 0)]
)
def test_integers_divide_half_away_from_zero(over: int, under: int, result: int) -> None:
    assert divide_half_away(over, under) == result


def test_the_largest_remainders_get_the_last_cents() -> None:
    # 100 by 1:1:1 is 33.33 each; the one cent that is left goes to the first.
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]
    # 10 by 2:3:1 is 3.33, 5.00, 1.67: the third has the largest remainder.
    assert allocate(10, [2, 3, 1]) == [3, 5, 2]
    assert allocate(-10, [2, 3, 1]) == [-3, -5, -2]


@given(AMOUNTS, st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any))
def test_parts_always_add_up_to_the_whole(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@pytest.mark.parametrize("weights", [[0, 0], [1, -1], []])
def test_nothing_is_shared_out_by_weights_that_say_nothing(weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"weights|empty"):
        allocate(100, weights)
