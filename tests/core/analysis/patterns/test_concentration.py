from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.patterns.concentration import abc_classes, gini, whale_curve


def whole(*values: int | None) -> "pd.Series[int]":
    return pd.Series(values, dtype="Int64")


def test_the_whale_curve_rises_to_its_peak_and_falls_with_the_loss_makers() -> None:
    curve = whale_curve(whole(10, -30, 100, None, 20))
    assert curve.customers.tolist() == [2, 4, 0, 1]
    assert curve.cumulative.tolist() == [100, 120, 130, 100]
    assert (curve.peak_index, curve.peak_minor, curve.total_minor) == (2, 130, 100)
    assert (curve.loss_makers, curve.loss_minor, curve.unknown) == (1, -30, 1)
    assert (curve.top_count, curve.top_share) == (1, 1.0)


def test_only_those_who_take_part_are_on_the_curve() -> None:
    curve = whale_curve(whole(5, 7, None), np.array([True, False, False]))
    assert (curve.customers.tolist(), curve.total_minor, curve.unknown) == ([0], 5, 0)


@pytest.mark.parametrize(("values", "total"), [((), 0), ((-5, -1), -6), ((0, 0), 0)])
def test_a_curve_without_profit_has_no_peak_and_no_share(values: tuple[int, ...], total: int) -> None:
    curve = whale_curve(whole(*values))
    assert (curve.peak_index, curve.peak_minor, curve.top_share, curve.total_minor) == (None, 0, None, total)


@given(st.lists(st.integers(-(10**13), 10**13), max_size=40))
def test_the_curve_ends_at_the_total_and_peaks_at_the_sum_of_profits(values: list[int]) -> None:
    curve = whale_curve(whole(*values))
    assert curve.total_minor == sum(values)
    assert curve.peak_minor == sum(value for value in values if value > 0)
    assert curve.peak_minor + curve.loss_minor == curve.total_minor


def test_classes_follow_cumulative_revenue() -> None:
    revenue = np.array([500, 300, 100, 50, 30, 20, 0, -10, 0])
    taking_part = np.array([True] * 8 + [False])
    # 500 of 1,000 is below 80 %, and so is what stands before the 300; 80 % is reached before the 100.
    classes = abc_classes(revenue, taking_part).tolist()
    assert classes[:8] == ["A", "A", "B", "B", "C", "C", "C", "C"]
    assert classes[8] is pd.NA


def test_equal_revenue_is_of_equal_class_and_thresholds_can_be_moved() -> None:
    everybody = np.ones(4, dtype=bool)
    assert abc_classes(np.array([25, 25, 25, 25]), everybody).tolist() == ["A"] * 4
    moved = abc_classes(np.array([40, 30, 20, 10]), everybody, a_percent=40, b_percent=70)
    assert moved.tolist() == ["A", "B", "C", "C"]
    assert abc_classes(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)).tolist() == []


def test_gini_of_known_distributions() -> None:
    assert gini(np.array([7, 7, 7, 7])) == 0
    assert gini(np.array([0, 0, 0, 10])) == 0.75
    assert gini(np.array([1, 2, 3, 4])) == 0.25
    assert gini(np.array([0, -5])) is None


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any))
def test_gini_is_half_the_mean_difference_by_the_mean(values: list[int]) -> None:
    differences = sum(abs(a - b) for a in values for b in values)
    assert gini(np.array(values)) == pytest.approx(
        float(Fraction(differences, 2 * len(values) * sum(values)))
    )
