from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.patterns import baskets as module
from core.analysis.patterns.basket_rules import basket_rules
from core.analysis.patterns.baskets import (
    Baskets,
    TooManySets,
    baskets_of,
    frequent_sets,
    least_count,
    make_baskets,
)
from tests.core.analysis.patterns.made_facts import Sale, made_facts

ITEMS = 7
some_baskets = st.lists(st.sets(st.integers(0, ITEMS - 1), min_size=1), max_size=80)
shares = st.fractions(Fraction(1, 20), 1, max_denominator=20)


def made(contents: Sequence[set[int]]) -> Baskets:
    pairs = [(basket, item) for basket, items in enumerate(contents) for item in sorted(items)]
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return make_baskets(columns[0], columns[1], ITEMS)


def counted(contents: Sequence[set[int]], items: tuple[int, ...]) -> int:
    return sum(set(items) <= basket for basket in contents)


@given(some_baskets, shares, st.integers(1, ITEMS))
def test_frequent_sets_are_all_sets_that_reach_the_support(
    contents: list[set[int]], support: Fraction, largest: int
) -> None:
    expected = {
        items: times
        for size in range(1, largest + 1)
        for items in combinations(range(ITEMS), size)
        if (times := counted(contents, items)) and Fraction(times, len(contents)) >= support
    }
    found = frequent_sets(made(contents), support, largest=largest)
    assert {each.items: each.count for each in found} == expected
    assert len(found) == len(expected)


@given(some_baskets, shares, shares)
def test_rules_are_all_that_reach_both_shares(
    contents: list[set[int]], support: Fraction, confidence: Fraction
) -> None:
    size = len(contents)
    expected = {}
    for length in range(2, ITEMS + 1):
        for items in combinations(range(ITEMS), length):
            times = counted(contents, items)
            if not times or Fraction(times, size) < support:
                continue
            for then in items:
                before = tuple(item for item in items if item != then)
                if Fraction(times, counted(contents, before)) >= confidence:
                    expected[before, then] = (times, counted(contents, before), counted(contents, (then,)))
    rules = basket_rules(made(contents), support, confidence)
    assert {
        (rule.antecedent, rule.consequent): (rule.count, rule.antecedent_count, rule.consequent_count)
        for rule in rules
    } == expected
    lifts = [rule.exact_lift for rule in rules]
    assert lifts == sorted(lifts, reverse=True)
    assert all(rule.lift == pytest.approx(float(rule.exact_lift)) for rule in rules)


def test_eight_of_ten_is_eighty_percent() -> None:
    contents = [{0, 1}] * 8 + [{0}] * 2
    found = basket_rules(made(contents), Fraction("0.8"), Fraction("0.8"))
    assert [(rule.antecedent, rule.consequent) for rule in found] == [((0,), 1), ((1,), 0)]
    assert (found[0].support, found[0].confidence, found[0].lift) == (0.8, 0.8, 1.0)
    assert [rule.antecedent for rule in basket_rules(made(contents), Fraction("0.8"), Fraction("0.81"))] == [
        (1,)
    ]


def test_a_tenth_of_a_percent_of_9835_baskets_is_ten() -> None:
    assert least_count(Fraction("0.001"), 9835) == 10
    assert least_count(Fraction("0.001"), 9000) == 9
    assert least_count(Fraction(0), 0) == 1


def test_more_than_a_word_of_baskets_is_counted_right() -> None:
    contents = [{0, 1, 2}] * 130 + [{0, 2}] * 5
    assert {each.items: each.count for each in frequent_sets(made(contents))}[0, 1, 2] == 130


@given(some_baskets, st.integers(0, 99))
def test_neither_the_order_of_rows_nor_an_item_twice_changes_anything(
    contents: list[set[int]], seed: int
) -> None:
    rows = [(basket, item) for basket, items in enumerate(contents) for item in items] * 2
    Random(seed).shuffle(rows)
    columns = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    again = make_baskets(columns[0], columns[1], ITEMS)
    assert frequent_sets(again, Fraction(1, 10)) == frequent_sets(made(contents), Fraction(1, 10))


def test_too_many_sets_are_said_and_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SETS", 6)
    contents = [{0, 1, 2}] * 3
    with pytest.raises(TooManySets, match="raise the support"):
        frequent_sets(made(contents))
    monkeypatch.setattr(module, "MOST_SETS", 7)
    assert len(frequent_sets(made(contents))) == 7


DAY, NEXT = date(2026, 5, 4), date(2026, 5, 5)
SALES = [
    Sale(DAY, 0, 100, item=0),
    Sale(DAY, 0, 100, item=1),  # the same customer on the same day: one order
    Sale(NEXT, 0, 100, item=2),
    Sale(DAY, -1, 100, item=0),  # counter sales are an order each
    Sale(DAY, -1, 100, item=1),
    Sale(DAY, 1, -100, "credit note", item=1),
    Sale(DAY, 1, 100, item=-1),
    Sale(DAY, 1, 0, item=2),  # given away
]


def contents_of(found: Baskets) -> list[list[int]]:
    edges = zip(found.starts, found.starts[1:], strict=False)
    return sorted(found.items[start:end].tolist() for start, end in edges)


def test_orders_become_baskets() -> None:
    facts = made_facts(SALES, as_of=NEXT, customers=2, categories=["", "", ""])
    assert contents_of(baskets_of(facts)) == [[0], [0, 1], [1], [2]]


def test_where_the_book_says_so_each_document_is_a_basket() -> None:
    facts = made_facts(SALES, as_of=NEXT, customers=2, categories=["", "", ""], merge_same_day=False)
    assert contents_of(baskets_of(facts)) == [[0], [0], [1], [1], [2]]


def test_baskets_of_some_customers_only() -> None:
    facts = made_facts(SALES, as_of=NEXT, customers=2, categories=["", "", ""])
    assert contents_of(baskets_of(facts, np.array([True, False]))) == [[0, 1], [2]]
    assert contents_of(baskets_of(facts, np.array([False, True]))) == []


def test_without_sales_there_is_no_basket_and_no_rule() -> None:
    facts = made_facts([], as_of=NEXT, customers=0)
    assert baskets_of(facts).count == 0
    assert basket_rules(baskets_of(facts)) == ()
