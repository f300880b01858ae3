from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.patterns.rfm import bins_for, rfm, score, spread
from core.analysis.patterns.rfm_table import SEGMENTS, TABLE, segment_of
from tests.core.builders import BookBuilder


def test_ten_customers_make_five_bins_of_two() -> None:
    found = score(np.array([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]), 5)
    assert found.scores.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert found.cuts == (20, 40, 60, 80)


def test_equal_values_score_alike() -> None:
    found = score(np.array([1, 1, 1, 1, 1, 1, 2, 2, 3, 9]), 5)
    # Six share the lowest score; 60 % are below 2, 80 % below 3, 90 % below 9.
    assert found.scores.tolist() == [1, 1, 1, 1, 1, 1, 4, 4, 5, 5]
    assert found.cuts == (1, 1, 1, 2)


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=60), st.integers(1, 5))
def test_a_score_is_one_more_than_the_cuts_below_the_value(values: list[int], bins: int) -> None:
    found = score(np.array(values), bins)
    assert len(found.cuts) == bins - 1
    assert found.scores.tolist() == [1 + sum(cut < value for cut in found.cuts) for value in values]
    for k, cut in enumerate(found.cuts, 1):
        assert sum(value <= cut for value in values) * bins >= k * len(values)
        assert sum(value < cut for value in values) * bins < k * len(values)


@pytest.mark.parametrize(("count", "bins"), [(0, 1), (1, 1), (3, 1), (4, 2), (9, 4), (10, 5), (20_000, 5)])
def test_few_customers_fill_fewer_bins(count: int, bins: int) -> None:
    assert bins_for(count) == bins


@pytest.mark.parametrize(
    ("bins", "scores"), [(1, [3]), (2, [1, 5]), (3, [1, 3, 5]), (4, [1, 2, 4, 5]), (5, [1, 2, 3, 4, 5])]
)
def test_fewer_bins_are_spread_over_the_whole_scale(bins: int, scores: list[int]) -> None:
    assert spread(np.arange(1, bins + 1), bins).tolist() == scores


def test_the_table_has_125_cells_and_uses_all_eleven_names() -> None:
    assert len(TABLE) == 125
    assert set(Counter(TABLE.values())) == set(SEGMENTS)
    assert len(SEGMENTS) == 11
    assert (segment_of(5, 5, 5), segment_of(1, 1, 1), segment_of(5, 1, 1), segment_of(1, 5, 5)) == (
        "Champions",
        "Lost",
        "New customers",
        "Cannot lose them",
    )


def test_customers_are_scored_by_last_order_orders_and_revenue(builder: BookBuilder) -> None:
    # Customer n of ten ordered n times, the last one n days before the end of October, for n each time.
    for n in range(1, 11):
        customer = builder.customer(f"Customer {n:02d}")
        for order in range(n):
            day = date(2026, 10, 31) - timedelta(days=n + 10 * order)
            builder.document(day.isoformat(), customer, (n, None))
    builder.customer("Nobody")
    found = rfm(builder.facts("2026", as_of="2026-10-31"))
    assert found.r.tolist()[:10] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert found.f.tolist()[:10] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert found.m.tolist()[:10] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert found.recency_cuts == (9, 7, 5, 3)
    assert found.frequency_cuts == (2, 4, 6, 8)
    assert found.monetary_cuts == (4, 16, 36, 64)
    assert found.segment.iloc[0] == "New customers"
    assert found.segment.iloc[9] == "Cannot lose them"
    assert [column.isna().sum() for column in (found.r, found.f, found.m, found.segment)] == [1, 1, 1, 1]
    assert found.note == ""


def test_a_single_customer_is_in_the_middle_and_it_is_said(builder: BookBuilder) -> None:
    builder.document("2026-10-01", builder.customer("Ann"), (100, None))
    found = rfm(builder.facts())
    assert (found.r[0], found.f[0], found.m[0], found.segment[0]) == (3, 3, 3, "Need attention")
    assert found.note == "1 customer with an order: scored in 1 of 5 bins, spread over 1 to 5."


def test_without_orders_there_is_nothing_to_score(builder: BookBuilder) -> None:
    builder.document("2026-10-01", builder.customer("Ann"), (-100, None), kind="credit note")
    found = rfm(builder.facts())
    assert found.segment.isna().all()
    assert (found.recency_cuts, found.note[:12]) == ((), "0 customers ")
