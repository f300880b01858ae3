from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from random import Random
from statistics import median
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.patterns.cadence import (
    Lateness,
    Rhythm,
    by_lateness,
    by_rhythm,
    cadence,
    next_order_missing,
)
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.share import Share
from tests.core.analysis.patterns.made_facts import CUSTOMERS, LAST, Sale, made_facts, order_days, some_sales

START = date(2026, 1, 1)


def customer_with(*gaps: int, as_of: date = date(2026, 6, 30)) -> "pd.Series[Any]":
    """The row of a single customer with orders so many days apart from the first of January on."""
    days = [START + timedelta(days=sum(gaps[:count])) for count in range(len(gaps) + 1)]
    facts = made_facts([Sale(day, 0, 100) for day in days], as_of=as_of, customers=1)
    return cadence(facts).customers.iloc[0]


def type_seven(values: Sequence[int], share: Fraction) -> Fraction:
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


@settings(max_examples=25)
@given(some_sales)
def test_every_column_is_what_a_calculation_by_hand_gives(sales: list[Sale]) -> None:
    frame = cadence(made_facts(sales, as_of=LAST, customers=CUSTOMERS)).customers
    for who in range(CUSTOMERS):
        days = order_days(sales, who, LAST)
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        row = frame.iloc[who]
        assert row["orders"] == len(days)
        if not days:
            assert row.drop("orders").isna().all()
            continue
        assert (row["tenure_days"], row["recency_days"]) == ((LAST - days[0]).days, (LAST - days[-1]).days)
        assert pd.isna(row["median_gap"]) if not gaps else row["median_gap"] == median(gaps)
        assert pd.isna(row["next_expected"]) == (len(days) < 3)
        assert pd.isna(row["rhythm"]) == (len(days) < 4)
        assert pd.isna(row["gap_trend"]) == (len(days) < 5)
        if len(days) >= 3:
            lower, upper = type_seven(gaps, Fraction(1, 4)), type_seven(gaps, Fraction(3, 4))
            assert (row["lower_gap"], row["upper_gap"], row["spread_days"]) == (lower, upper, upper - lower)
            assert row["lateness"] == pytest.approx((LAST - days[-1]).days / median(gaps))


@settings(max_examples=25)
@given(some_sales, st.integers(0, 99))
def test_neither_the_order_of_rows_nor_a_credit_changes_the_cadence(sales: list[Sale], seed: int) -> None:
    first = cadence(made_facts(sales, as_of=LAST, customers=CUSTOMERS)).customers
    Random(seed).shuffle(sales)
    sales += [Sale(LAST, who, -5, "credit note") for who in range(CUSTOMERS)]
    again = cadence(made_facts(sales, as_of=LAST, customers=CUSTOMERS)).customers
    pd.testing.assert_frame_equal(first, again)


def test_the_next_order_is_expected_in_a_band_around_the_usual_gap() -> None:
    row = customer_with(10, 20, 30, 21)  # sorted 10 20 21 30; quartiles 17.5 and 23.25, median 20.5
    last = pd.Timestamp(START + timedelta(days=81))
    assert (row["median_gap"], row["lower_gap"], row["upper_gap"]) == (20.5, 17.5, 23.25)
    assert row["next_expected"] == last + pd.Timedelta(days=21)
    assert row["next_earliest"] == last + pd.Timedelta(days=17)
    assert row["next_latest"] == last + pd.Timedelta(days=24)
    assert row["gap_trend"] == pytest.approx(0.7)  # 30 + 21 days against 10 + 20


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, "not due yet"),
        (16, "not due yet"),
        (17, "due"),
        (24, "due"),
        (25, "late"),
        (40, "late"),
        (41, "long overdue"),
    ],
)
def test_lateness_is_told_by_the_own_band(days: int, state: str) -> None:
    as_of = START + timedelta(days=81 + days)
    assert customer_with(10, 20, 30, 21, as_of=as_of)["state"] == state


def test_a_steady_customer_is_regular_and_a_bursty_one_is_not() -> None:
    assert customer_with(7, 7, 8, 7)["rhythm"] == "regular"
    assert customer_with(1, 1, 40, 50)["rhythm"] == "irregular"


def test_an_odd_gap_in_the_middle_is_in_neither_half_of_the_trend() -> None:
    assert customer_with(10, 10, 99, 20, 20)["gap_trend"] == 1.0


def test_too_few_orders_say_how_many_would_be_enough() -> None:
    sales = [Sale(START, 0, 100), Sale(START + timedelta(days=9), 0, 100), Sale(START, 1, -100, "refund")]
    facts = made_facts(sales, as_of=LAST, customers=2)
    missing = next_order_missing(facts, 0)
    assert missing == NotEnough(2, 3, "order days")
    assert missing is not None
    assert missing.text == "Not enough history: 3 order days are needed, there are 2."
    assert next_order_missing(facts, 1) == NotEnough(0, 3, "order days")
    assert cadence(facts).note == "1 customer has fewer than 3 order days: no next order is expected of them."
    again = made_facts([*sales, Sale(START + timedelta(days=12), 0, 1)], as_of=LAST, customers=2)
    assert next_order_missing(again, 0) is None
    assert cadence(again).note == ""


def test_a_book_without_customers_has_an_empty_cadence() -> None:
    assert len(cadence(made_facts([], as_of=LAST, customers=0)).customers) == 0


def test_customers_are_divided_by_rhythm_and_by_where_their_next_order_stands() -> None:
    # The first orders every ten days until 31 January, the second in bursts, the third twice, the fourth never.
    weeks = [Sale(START + timedelta(days=10 * number), 0, 100) for number in range(4)]
    bursts = [Sale(START + timedelta(days=day), 1, 50) for day in (0, 1, 2, 60, 130)]
    sales = [
        *weeks,
        *bursts,
        Sale(START, 2, 30),
        Sale(START + timedelta(days=9), 2, 20),
        Sale(START, 3, -7, "refund"),
    ]
    facts = made_facts(sales, as_of=START + timedelta(days=131), customers=4)
    assert [(group.kind, group.customers.tolist(), group.revenue) for group in by_rhythm(facts)] == [
        (Rhythm.REGULAR, [0], Share(400, 700)),
        (Rhythm.IRREGULAR, [1], Share(250, 700)),
        (None, [2], Share(50, 700)),
    ]
    assert [(group.kind, group.customers.tolist()) for group in by_lateness(facts)] == [
        (Lateness.NOT_DUE, []),
        (Lateness.DUE, [1]),  # its gaps are 1, 1, 58 and 70 days: the band begins a day after the last
        (Lateness.LATE, []),
        (Lateness.LONG_OVERDUE, [0]),
        (None, [2]),
    ]
