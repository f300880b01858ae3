from datetime import date

import numpy as np
import pytest

from core.analysis.facts import Facts
from core.analysis.patterns.next_offer import (
    BoughtBoth,
    Offer,
    bought_both,
    offers_for_customer,
    offers_for_each,
    offers_for_segment,
)
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.share import Share
from tests.core.analysis.patterns.made_facts import Sale, made_facts

DAY = date(2026, 5, 4)
COFFEE, SYRUP, TEA, CUP = range(4)
NAMES = ("Coffee", "Syrup", "Tea", "Cup")
# 10 buy coffee and syrup, 5 coffee alone, 8 tea alone, 2 tea and cup; customer 25 only ever had a credit.
HABITS: list[tuple[int, ...]] = [*[(COFFEE, SYRUP)] * 10, *[(COFFEE,)] * 5, *[(TEA,)] * 8, *[(TEA, CUP)] * 2]


def shop(habits: list[tuple[int, ...]] = HABITS, *, items: int = 4) -> Facts:
    sales = [Sale(DAY, who, 100, item=item) for who, items in enumerate(habits) for item in items]
    sales.append(Sale(DAY, len(habits), -100, "credit note", item=COFFEE))
    return made_facts(sales, as_of=DAY, customers=len(habits) + 1, categories=[""] * items)


def offers(found: "tuple[Offer, ...] | NotEnough") -> tuple[Offer, ...]:
    assert not isinstance(found, NotEnough)
    return found


def test_buyers_of_both_are_counted() -> None:
    known = bought_both(shop())
    assert isinstance(known, BoughtBoth)
    assert known.both.tolist() == [[15, 10, 0, 0], [10, 10, 0, 0], [0, 0, 10, 2], [0, 0, 2, 2]]
    assert known.customers == 25


def test_a_coffee_drinker_without_syrup_is_offered_syrup_with_the_reason() -> None:
    found = offers(offers_for_customer(shop(), 10))
    assert found == (Offer(SYRUP, COFFEE, Share(10, 15), Share(10, 25), 1),)
    assert (
        found[0].reason(NAMES)
        == "10 of 15 customers who buy Coffee also buy Syrup (67%; of all customers 40%)."
    )


def test_what_is_bought_already_or_by_too_few_is_not_offered() -> None:
    assert offers(offers_for_customer(shop(), 0)) == ()
    assert offers(offers_for_customer(shop(), 15)) == ()  # two buyers of a cup are too few to go by


def test_what_chance_alone_brings_together_is_not_offered() -> None:
    # Everybody buys coffee, half of them tea: who buys coffee buys tea no more often than anybody.
    assert offers(offers_for_customer(shop([(COFFEE, TEA)] * 10 + [(COFFEE,)] * 10), 10)) == ()


def test_a_segment_is_offered_what_fits_most_of_its_members() -> None:
    members = np.array([False] * 8 + [True] * 12 + [False] * 6)
    found = offers(offers_for_segment(shop(), members))
    assert found == (Offer(SYRUP, COFFEE, Share(10, 15), Share(10, 25), 5),)


def test_only_those_who_are_alike_are_learned_from() -> None:
    like = np.array([True] * 20 + [False] * 6)
    found = offers(offers_for_customer(shop(), 10, like=like))
    assert found[0].everybody == Share(10, 20)


def test_too_few_customers_or_purchases_are_said() -> None:
    few = NotEnough(19, 20, "customers who bought named items")
    assert offers_for_customer(shop(HABITS[:19]), 0) == few
    assert offers_for_segment(shop(HABITS[:19]), np.ones(20, dtype=np.bool_)) == few
    assert offers_for_customer(shop(), 25) == NotEnough(0, 1, "named items bought by this customer")
    nobody = np.zeros(26, dtype=np.bool_)
    assert offers_for_segment(shop(), nobody) == NotEnough(0, 1, "named items bought by these customers")


@pytest.mark.parametrize("seed", range(3))
def test_offers_are_the_best_of_all_pairs(seed: int) -> None:
    chance = np.random.default_rng(seed)
    habits = [tuple(np.flatnonzero(chance.random(4) < (0.6, 0.5, 0.4, 0.5)).tolist()) for _ in range(60)]
    facts = shop(habits)
    for who in range(10):
        best: dict[int, float] = {}
        for item in set(range(4)) - set(habits[who]):
            for own in habits[who]:
                both = sum({item, own} <= set(habit) for habit in habits)
                buyers, others = (sum(each in habit for habit in habits) for each in (own, item))
                if both >= 5 and both * sum(map(bool, habits)) > buyers * others:
                    best[item] = max(best.get(item, 0), both / buyers)
        found = offers_for_customer(facts, who)
        if not habits[who]:
            assert isinstance(found, NotEnough)
            continue
        assert {offer.item: offer.like.value for offer in offers(found)} == best
        assert [offer.like.value for offer in offers(found)] == sorted(best.values(), reverse=True)


@pytest.mark.parametrize("seed", range(3))
def test_offers_for_each_are_those_for_one_after_the_other(seed: int) -> None:
    chance = np.random.default_rng(seed)
    habits = [tuple(np.flatnonzero(chance.random(4) < (0.6, 0.5, 0.4, 0.5)).tolist()) for _ in range(60)]
    facts = shop(habits)
    known = bought_both(facts)
    assert isinstance(known, BoughtBoth)
    one_by_one = {who: offers_for_customer(facts, who) for who, habit in enumerate(habits) if habit}
    assert offers_for_each(facts, known) == one_by_one


def test_of_very_many_items_those_with_the_most_buyers_are_looked_at() -> None:
    # 30 more items with one buyer each; Coffee has 15 buyers, Syrup and Tea 10, so these three are looked at.
    facts = shop([*HABITS, *((item,) for item in range(4, 34))], items=34)
    known = bought_both(facts, most_items=3)
    assert isinstance(known, BoughtBoth)
    assert known.items.tolist() == [COFFEE, SYRUP, TEA]
    assert known.customers == 55
    assert offers(offers_for_customer(facts, 10, known=known)) == (
        Offer(SYRUP, COFFEE, Share(10, 15), Share(10, 55), 1),
    )
    assert offers(offers_for_customer(facts, 30, known=known)) == ()  # owns nothing that was looked at
    nobody = np.zeros(56, dtype=np.bool_)
    nobody[30] = True
    assert offers(offers_for_segment(facts, nobody, known=known)) == ()
