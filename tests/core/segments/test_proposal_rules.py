from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.metric_shelf import all_metrics
from core.analysis.patterns.clusters import FIGURES
from core.analysis.patterns.decision_tree import grow, leaves, within
from core.segments.field import fields_of
from core.segments.membership import apply_scheme
from core.segments.method import Definition, MethodInput, SegmentSpec
from core.segments.proposal_rules import DEPTH, least_in_a_leaf, rules_for, steps_of
from core.segments.rule import Comparison, Condition, Group, Quantifier, all_of, any_of
from core.segments.scheme import Scheme, check_scheme

FIELDS = fields_of(all_metrics())
KEYS = tuple(FIGURES)


def customers(columns: dict[str, list[Any]], *, currency: str = "USD", exponent: int = 2) -> MethodInput:
    """Customers with these figures; money in minor units, shares as fractions, None where unknown."""
    size = len(next(iter(columns.values())))
    usual: dict[str, list[Any]] = {key: [1] * size for key in KEYS} | columns
    metrics = pd.DataFrame(
        {
            key: pd.array(values, dtype="Float64" if key.endswith("share") else "Int64")
            for key, values in usual.items()
        }
    )
    names = pd.DataFrame(
        {"customer_id": range(size), "name": [f"Customer {number}" for number in range(size)]}
    )
    return MethodInput(
        metrics, pd.DataFrame(index=range(size)), names, FIELDS, exponent, currency, date(2026, 10, 31)
    )


def ruled(given_: MethodInput, labels: list[int]) -> list[tuple[int, Group | None]]:
    return rules_for(given_, np.array(labels), np.ones(len(labels), np.bool_), KEYS)


def placed(given_: MethodInput, rules: list[tuple[int, Group | None]]) -> list[int]:
    """The group into which the rule engine puts each customer."""
    segments = tuple(SegmentSpec(f"Group {label}", label, rule=rule) for label, rule in rules)
    scheme = Scheme("made", "Made", "rules", Definition(segments))
    check_scheme(scheme, given_.fields, exponent=given_.exponent)
    found = apply_scheme(scheme, given_, judged=np.ones(len(given_), np.bool_))
    return [rules[code][0] for code in found.codes.tolist()]


shares = st.one_of(st.none(), st.sampled_from([0.0, 0.29, 0.07, 1 / 3, 0.9999999]), st.floats(-1, 2))
a_customer = st.tuples(
    st.integers(0, 900),
    st.integers(1, 60),
    st.integers(-(10**4), 10**7),
    st.integers(0, 2000),
    shares,
    shares,
    st.integers(0, 4),
)


@given(st.lists(a_customer, min_size=20, max_size=60), st.sampled_from([("JPY", 0), ("USD", 2), ("KWD", 3)]))
@settings(max_examples=60, deadline=None)
def test_the_rule_engine_puts_everybody_where_the_tree_does(
    rows: list[tuple[Any, ...]], currency: tuple[str, int]
) -> None:
    made = customers(
        {key: [row[place] for row in rows] for place, key in enumerate(KEYS)},
        currency=currency[0],
        exponent=currency[1],
    )
    labels = [row[-1] for row in rows]
    unknown = {key: int(made.column(key).isna().sum()) for key in KEYS}
    asked = [key for key in KEYS if unknown[key] * 20 <= len(rows)]
    known = np.logical_and.reduce([made.column(key).notna().to_numpy(np.bool_) for key in asked])
    figures = np.stack([steps_of(made.column(key)[known], FIELDS[key]) for key in asked], axis=1)
    tree = grow(figures, np.array(labels)[known], depth=DEPTH, least=least_in_a_leaf(len(figures)))
    expected = np.full(len(figures), -1)
    for leaf, box in leaves(tree):
        expected[within(box, figures)] = leaf.label
    rules = ruled(made, labels)
    assert np.array(placed(made, rules))[known].tolist() == expected.tolist()
    assert {label for label, _ in rules} == set(expected.tolist())
    assert [rule is None for _, rule in rules] == [False] * (len(rules) - 1) + [True]
    for _, rule in rules[:-1]:  # what the editor can show: conditions, and one level of groups
        assert rule is not None
        inner = [one for member in rule.members if isinstance(member, Group) for one in member.members]
        assert all(isinstance(one, Condition) for one in inner)


@pytest.mark.parametrize(
    ("currency", "exponent", "limit"), [("JPY", 0, "5500"), ("USD", 2, "55.00"), ("KWD", 3, "5.500")]
)
def test_money_is_written_in_whole_units_of_the_currency(currency: str, exponent: int, limit: str) -> None:
    # Halfway between 1,000 and 10,000 minor units: 5,500.
    made = customers(
        {"average_order_value": [10_000] * 6 + [1_000] * 6}, currency=currency, exponent=exponent
    )
    rules = ruled(made, [0] * 6 + [1] * 6)
    assert rules == [(0, all_of(Condition("average_order_value", Comparison.AT_LEAST, (limit,)))), (1, None)]
    assert placed(made, rules) == [0] * 6 + [1] * 6


def test_shares_are_asked_in_whole_hundredths_of_a_per_cent() -> None:
    made = customers({"discount_share": [0.29] * 6 + [0.07] * 6})
    assert ruled(made, [0] * 6 + [1] * 6)[0] == (
        0,
        all_of(Condition("discount_share", Comparison.AT_LEAST, ("0.18",))),
    )
    # 0.29 × 10,000 is 2,899.99… in floating point, and still 2,900 hundredths.
    steps = steps_of(pd.Series([0.29, 0.07, -0.00005, 1 / 3], dtype="Float64"), FIELDS["discount_share"])
    assert steps.tolist() == [2900, 700, -1, 3333]


def test_a_group_in_two_places_is_any_of_two_lists() -> None:
    # The best buy much and lately or at least very often; the largest group is everyone else.
    columns = {
        "recency_days": [5] * 6 + [5] * 9 + [200] * 9 + [200] * 6,
        "orders": [9] * 6 + [2] * 9 + [2] * 9 + [50] * 6,
    }
    labels = [0] * 6 + [1] * 9 + [2] * 9 + [0] * 6
    made = customers(columns)
    rules = ruled(made, labels)
    assert placed(made, rules) == labels
    assert [label for label, _ in rules] == [0, 2, 1]
    rule = rules[0][1]
    assert rule is not None
    assert rule == all_of(Condition("orders", Comparison.AT_LEAST, ("6",)))  # 5.5


def test_rules_do_not_repeat_what_the_ones_before_have_settled() -> None:
    # Lately ordered: everyone else. Long ago: the best with many orders, the others with few.
    columns = {"recency_days": [5] * 20 + [100] * 14, "orders": [3] * 20 + [20] * 6 + [1] * 8}
    labels = [2] * 20 + [0] * 6 + [1] * 8
    made = customers(columns)
    rules = ruled(made, labels)
    long_ago = Condition("recency_days", Comparison.AT_LEAST, ("53",))  # 52.5
    assert rules == [
        (0, all_of(long_ago, Condition("orders", Comparison.AT_LEAST, ("11",)))),  # 10.5
        (1, all_of(long_ago)),  # and fewer than 11 orders, but those with more are gone
        (2, None),
    ]
    assert placed(made, rules) == labels


def test_alternatives_are_any_of() -> None:
    # Few orders or very many belong to the best, between them stands everyone else.
    columns = {"orders": [1] * 6 + [10] * 9 + [80] * 6}
    labels = [0] * 6 + [1] * 9 + [0] * 6
    rules = ruled(customers(columns), labels)
    assert rules[0] == (
        0,
        any_of(
            Condition("orders", Comparison.LESS, ("6",)), Condition("orders", Comparison.AT_LEAST, ("45",))
        ),
    )
    rule = rules[0][1]
    assert rule is not None
    assert rule.quantifier is Quantifier.ANY


def test_a_figure_that_many_lack_is_not_asked_about() -> None:
    columns = {"discount_share": [0.5] * 9 + [None] + [0.0] * 10, "orders": [5] * 10 + [1] * 10}
    labels = [0] * 10 + [1] * 10
    assert ruled(customers(columns), labels)[0][1] == all_of(Condition("orders", Comparison.AT_LEAST, ("3",)))
    columns["orders"] = [1] * 20
    one_lacks_it = ruled(customers(columns), labels)
    assert one_lacks_it[0][1] == all_of(Condition("discount_share", Comparison.AT_LEAST, ("0.25",)))
    assert placed(customers(columns), one_lacks_it) == [0] * 9 + [1] * 11  # the one is with everyone else
    columns["discount_share"] = [0.5] * 8 + [None] * 2 + [0.0] * 10
    assert len(ruled(customers(columns), labels)) == 1


def test_a_leaf_has_five_customers_or_one_in_a_hundred() -> None:
    assert [least_in_a_leaf(count) for count in (20, 500, 501, 19_235)] == [5, 5, 6, 193]
