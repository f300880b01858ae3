"""Which customers a rule matches."""

import time
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.segments.rule import Comparison, Condition, Group, Quantifier, Rule, all_of, any_of, none_of
from core.segments.rule_match import judge, matches
from tests.core.segments.frames import customers


def rows(rule: Rule, **metrics: list[Any]) -> list[int]:
    size = len(next(iter(metrics.values())))
    return np.flatnonzero(matches(rule, customers(size, metrics))).tolist()


@pytest.mark.parametrize(
    ("comparison", "wanted", "expected"),
    [
        (Comparison.MORE, ("30",), [3]),
        (Comparison.AT_LEAST, ("30",), [2, 3]),
        (Comparison.LESS, ("30",), [0, 1]),
        (Comparison.NO_MORE, ("30",), [0, 1, 2]),
        (Comparison.BETWEEN, ("10", "30"), [1, 2]),
        (Comparison.BETWEEN, ("30", "10"), [1, 2]),
        (Comparison.IS, ("10",), [1]),
        (Comparison.IS_NOT, ("10",), [0, 2, 3]),
        (Comparison.ONE_OF, ("0", "31"), [0, 3]),
        (Comparison.KNOWN, (), [0, 1, 2, 3]),
        (Comparison.UNKNOWN, (), [4]),
        (Comparison.MORE, ("29.5",), [2, 3]),
    ],
)
def test_every_comparison_of_numbers(
    comparison: Comparison, wanted: tuple[str, ...], expected: list[int]
) -> None:
    rule = Condition("recency_days", comparison, wanted)
    assert rows(rule, recency_days=[0, 10, 30, 31, None]) == expected


@pytest.mark.parametrize(
    ("comparison", "wanted", "expected"),
    [
        (Comparison.IS, ("café",), [0, 1]),
        (Comparison.IS_NOT, ("Café",), [2]),
        (Comparison.ONE_OF, ("hotel", "CAFÉ"), [0, 1, 2]),
        (Comparison.CONTAINS, ("OT",), [2]),
        (Comparison.KNOWN, (), [0, 1, 2]),
        (Comparison.UNKNOWN, (), [3, 4]),
    ],
)
def test_every_comparison_of_words(
    comparison: Comparison, wanted: tuple[str, ...], expected: list[int]
) -> None:
    given_customers = customers(5, attributes={"Type": ["Café", "CAFÉ ", "Hotel", None, " "]})
    found = matches(Condition("attribute.Type", comparison, wanted), given_customers)
    assert np.flatnonzero(found).tolist() == expected


def test_money_is_compared_in_minor_units() -> None:
    rule = Condition("contribution", Comparison.LESS, ("-0.01",))
    assert rows(rule, contribution=[-1, -2, 0, None]) == [1]


def test_yen_have_no_minor_unit() -> None:
    given_customers = customers(2, {"net_revenue": [1250, 1251]}, currency="JPY", exponent=0)
    assert matches(Condition("net_revenue", Comparison.MORE, ("1250",)), given_customers).tolist() == [
        False,
        True,
    ]


def test_dates_are_compared_as_days() -> None:
    rule = Condition("first_purchase", Comparison.AT_LEAST, ("2026-08-02",))
    assert rows(rule, first_purchase=["2026-08-01", "2026-08-02", None, "2026-08-03"]) == [1, 3]


def test_ratios_are_compared_as_fractions() -> None:
    assert rows(Condition("trend", Comparison.AT_LEAST, ("0.20",)), trend=[0.19, 0.2, None, -0.5]) == [1]


def test_silence_is_measured_by_the_own_gap() -> None:
    # 2 × 7 = 14 days: 14 is not more, 15 is; without a gap nothing can be said
    rule = Condition("recency_days", Comparison.MORE, ("2.0",), times="median_interpurchase_days")
    assert rows(rule, recency_days=[14, 15, 15, None], median_interpurchase_days=[7, 7, None, 7]) == [1]


def test_a_multiple_is_exact_where_floats_are_not() -> None:
    # 1.1 × 10 is 11.000000000000002 in floats
    rule = Condition("tenure_days", Comparison.AT_LEAST, ("1.1",), times="median_interpurchase_days")
    assert rows(rule, tenure_days=[11], median_interpurchase_days=[10.0]) == [0]
    whole = Condition("net_revenue", Comparison.AT_LEAST, ("1.1",), times="gross_profit")
    assert rows(whole, net_revenue=[11, 10], gross_profit=[10, 10]) == [0]


def test_amounts_beyond_64_bits_are_still_exact() -> None:
    rule = Condition("net_revenue", Comparison.MORE, ("1.000000000001",), times="gross_profit")
    largest = 9_000_000_000_000_000
    assert rows(rule, net_revenue=[largest + 9001, largest + 9000], gross_profit=[largest, largest]) == [0]


def test_the_opposite_of_unknown_is_unknown() -> None:
    dormant = Condition("recency_days", Comparison.MORE, ("150",))
    assert rows(none_of(dormant), recency_days=[10, 200, None]) == [0]
    truth = judge(none_of(dormant), customers(3, {"recency_days": [10, 200, None]}))
    assert [truth.at(row) for row in range(3)] == [True, False, None]


def test_one_true_is_enough_beside_unknown_and_one_false_too() -> None:
    late, few = (
        Condition("recency_days", Comparison.MORE, ("150",)),
        Condition("orders", Comparison.LESS, ("3",)),
    )
    values: dict[str, list[Any]] = {"recency_days": [None, None, None], "orders": [1, 9, None]}
    truth = judge(any_of(late, few), customers(3, values))
    assert [truth.at(row) for row in range(3)] == [True, None, None]
    truth = judge(all_of(late, few), customers(3, values))
    assert [truth.at(row) for row in range(3)] == [None, False, None]


def test_a_book_without_customers_matches_nobody() -> None:
    rule = all_of(Condition("net_revenue", Comparison.MORE, ("1",)), Condition("abc_class", Comparison.KNOWN))
    assert matches(rule, customers(0)).tolist() == []


# An independent judge: one customer at a time, with fractions and None.

NUMBERS = st.one_of(st.none(), st.integers(-5, 5))
WRITTEN = st.decimals(-5, 5, places=1).map(str)
NUMERIC = st.builds(
    Condition,
    field=st.sampled_from(["orders", "r"]),
    comparison=st.sampled_from(
        [
            Comparison.MORE,
            Comparison.AT_LEAST,
            Comparison.LESS,
            Comparison.NO_MORE,
            Comparison.IS,
            Comparison.IS_NOT,
        ]
    ),
    wanted=st.tuples(WRITTEN),
)
TREES = st.recursive(
    st.one_of(NUMERIC, st.just(Condition("orders", Comparison.UNKNOWN))),
    lambda inner: st.builds(
        Group, st.sampled_from(Quantifier), st.lists(inner, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=6,
)


def slow_judge(rule: Rule, customer: dict[str, int | None]) -> bool | None:
    if isinstance(rule, Condition):
        value = customer[rule.field]
        if rule.comparison is Comparison.UNKNOWN:
            return value is None
        if value is None:
            return None
        limit = Fraction(rule.wanted[0])
        return {
            "is more than": value > limit,
            "is at least": value >= limit,
            "is less than": value < limit,
            "is no more than": value <= limit,
            "is": value == limit,
            "is not": value != limit,
        }[rule.comparison]
    members = [slow_judge(member, customer) for member in rule.members]
    if rule.quantifier is Quantifier.ALL:
        return False if False in members else None if None in members else True
    anybody = True if True in members else None if None in members else False
    if rule.quantifier is Quantifier.ANY or anybody is None:
        return anybody
    return not anybody


@given(TREES, st.lists(st.tuples(NUMBERS, NUMBERS), max_size=8))
def test_all_customers_at_once_are_judged_as_one_by_one(
    rule: Rule, values: list[tuple[int | None, int | None]]
) -> None:
    table = customers(len(values), {"orders": [a for a, _ in values], "r": [b for _, b in values]})
    truth = judge(rule, table)
    assert [truth.at(row) for row in range(len(values))] == [
        slow_judge(rule, {"orders": a, "r": b}) for a, b in values
    ]


def test_twenty_thousand_customers_are_judged_while_one_types() -> None:
    size = 20_000
    random = np.random.default_rng(5)
    table = customers(
        size,
        {
            "recency_days": random.integers(0, 700, size).tolist(),
            "median_interpurchase_days": random.integers(1, 60, size).tolist(),
            "net_revenue": random.integers(0, 9_000_000, size).tolist(),
        },
        {"Type": [f"Type {number}" for number in random.integers(0, 9, size)]},
    )
    rule = all_of(
        Condition("recency_days", Comparison.MORE, ("2.0",), times="median_interpurchase_days"),
        Condition("recency_days", Comparison.BETWEEN, ("30", "150")),
        Condition("net_revenue", Comparison.MORE, ("125.50",)),
        Condition("attribute.Type", Comparison.ONE_OF, ("Type 1", "Type 2")),
    )
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        matches(rule, table)
        taken.append(time.perf_counter() - started)
    assert min(taken) < 0.05
