from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from core.analysis.facts import Facts
from core.analysis.patterns.clusters import Clusters, Trait, _name, _note, clusters
from core.analysis.patterns.k_means import agreement, k_means, silhouette
from core.analysis.patterns.not_enough import NotEnough
from tests.core.analysis.patterns.made_facts import Sale, made_facts

AS_OF = date(2026, 6, 30)


def two_kinds(order: list[int]) -> Facts:
    """15 customers with many small orders up to now, 15 with a single large one long ago."""
    sales = []
    for place, who in enumerate(order):
        if place < 15:
            sales += [Sale(AS_OF - timedelta(days=7 * n + place % 3), who, 100 + place) for n in range(20)]
        else:
            sales.append(Sale(AS_OF - timedelta(days=500 + place), who, 90_000 + place))
    return made_facts([*sales, Sale(AS_OF, 30, -5, "refund")], as_of=AS_OF, customers=31)


def found_in(facts: Facts) -> Clusters:
    found = clusters(facts)
    assert isinstance(found, Clusters)
    return found


def test_two_kinds_of_customers_are_told_apart_and_named() -> None:
    found = found_in(two_kinds(list(range(30))))
    assert found.of_customer.tolist()[:30] == [1] * 15 + [0] * 15
    assert found.of_customer.isna().tolist() == [False] * 30 + [True]
    large, small = found.clusters
    assert (large.customers, small.customers) == (15, 15)
    assert large.net_revenue == sum(90_000 + place for place in range(15, 30))
    assert {trait.metric for trait in large.traits[:3]} <= {
        "orders",
        "average_order_value",
        "recency_days",
        "tenure_days",
    }
    assert large.name != small.name
    assert found.silhouette > 0.9
    assert (found.stability, found.note) == (1.0, "")


def test_the_order_of_customers_changes_nothing() -> None:
    order = np.random.default_rng(3).permutation(30).tolist()
    first, again = found_in(two_kinds(list(range(30)))), found_in(two_kinds(order))
    assert [again.of_customer[place] for place in order] == first.of_customer.tolist()[:30]
    assert again.clusters == first.clusters


def test_19_customers_are_not_enough() -> None:
    facts = made_facts([Sale(AS_OF, who, who + 1) for who in range(19)], as_of=AS_OF, customers=20)
    assert clusters(facts) == NotEnough(19, 20, "customers with an order in the period")


def test_customers_who_are_all_alike_are_not_divided() -> None:
    facts = made_facts([Sale(AS_OF, who, 100) for who in range(20)], as_of=AS_OF, customers=20)
    assert clusters(facts) == NotEnough(1, 2, "different kinds of customers")


def test_a_cloud_without_groups_is_called_a_first_idea_only() -> None:
    chance = np.random.default_rng(1)
    sales = [
        Sale(AS_OF - timedelta(days=int(day)), who, int(net), discount=int(discount))
        for who in range(200)
        for day, net, discount in zip(
            chance.integers(0, 700, 3),
            chance.integers(3000, 9000, 3),
            chance.integers(0, 900, 3),
            strict=True,
        )
    ]
    credits_ = [Sale(AS_OF, who, -int(chance.integers(1, 500)), "credit note") for who in range(200)]
    found = found_in(made_facts([*sales, *credits_], as_of=AS_OF, customers=200))
    assert "first idea only" in found.note
    assert len({cluster.name for cluster in found.clusters}) == len(found.clusters)
    assert sum(cluster.customers for cluster in found.clusters) == 200


def blobs(count: int) -> tuple["np.ndarray[tuple[int, int], np.dtype[np.float64]]", list[int]]:
    chance = np.random.default_rng(8)
    centres = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
    labels = [number % 3 for number in range(count)]
    return centres[labels] + chance.normal(0, 0.5, (count, 2)), labels


def test_three_heaps_are_found() -> None:
    points, labels = blobs(90)
    found = k_means(points, 3, seed=1)
    assert agreement(found.labels, np.array(labels)) == 1.0
    assert np.array_equal(found.labels, k_means(points, 3, seed=1).labels)
    spreads = [k_means(points, groups, seed=1).spread for groups in (1, 2, 3, 4)]
    assert all(more > fewer for more, fewer in pairwise(spreads))


def test_a_silhouette_by_hand() -> None:
    points = np.array([[0.0], [1.0], [10.0], [12.0], [50.0]])
    labels = np.array([0, 0, 1, 1, 2])
    # (b - a) / max: 11-1, 10-1, 9.5-2, 11.5-2 by b; the lonely last point counts nothing
    expected = (10 / 11 + 9 / 10 + 7.5 / 9.5 + 9.5 / 11.5 + 0) / 5
    assert silhouette(points, labels) == pytest.approx(expected)
    assert silhouette(points, np.zeros(5, dtype=np.int64)) == 0.0


def test_agreement_of_groupings() -> None:
    assert agreement(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0])) == 1.0
    # Pairs together: in both 0, in each 2 of 6; (0 - 2·2/6) / (2 - 2·2/6)
    assert agreement(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])) == pytest.approx(-0.5)
    assert agreement(np.array([0, 0]), np.array([0, 0])) == 1.0


def test_more_groups_than_different_points_leave_some_empty() -> None:
    points = np.array([[0.0], [0.0], [1.0], [1.0]])
    assert k_means(points, 3, seed=1).spread == 0.0


def test_large_books_are_divided_by_a_sample() -> None:
    chance = np.random.default_rng(2)
    frame = pd.DataFrame({"who": np.arange(9_000), "net": np.where(np.arange(9_000) % 2, 100, 50_000)})
    sales = [
        Sale(AS_OF - timedelta(days=int(day)), int(who), int(net))
        for who, net, day in zip(frame["who"], frame["net"], chance.integers(0, 3, 9_000), strict=True)
    ]
    found = found_in(made_facts(sales, as_of=AS_OF, customers=9_000))
    large = found.of_customer.to_numpy(dtype=np.int64)[::2]
    small = found.of_customer.to_numpy(dtype=np.int64)[1::2]
    assert not set(large.tolist()) & set(small.tolist())


def test_clusters_with_the_same_strongest_traits_take_a_third_and_then_a_number() -> None:
    traits = [
        Trait("orders", 2.0),
        Trait("recency_days", -1.5),
        Trait("tenure_days", 1.0),
        Trait("discount_share", 0.1),
    ]
    first = "Many orders, ordered lately"
    assert _name(traits, set()) == first
    longer = f"{first}, with us for long"
    assert _name(traits, {first}) == longer
    assert _name(traits, {first, longer}) == f"{longer} (2)"
    assert _name(traits, {first, longer, f"{longer} (2)"}) == f"{longer} (3)"
    assert _name([Trait("orders", 0.2)], set()) == "Average customers"


def test_doubts_about_the_groups_are_said() -> None:
    assert _note(0.5, 1.0) == ""
    assert _note(0.5, 0.4) == "Another start gives other groups: the customers do not fall into clear groups."
