"""What is bought, what is bought together, and what to offer to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.patterns.basket_rules import CONFIDENCE, BasketRule, rules_from
from core.analysis.patterns.baskets import (
    LARGEST_SET,
    SUPPORT,
    Baskets,
    FrequentSet,
    TooManySets,
    baskets_of,
    frequent_sets,
    least_count,
)
from core.analysis.patterns.next_offer import (
    BoughtBoth,
    Offer,
    bought_both,
    offers_for_segment,
)
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.product_mix import category_mix, customer_mix, first_products, item_mix
from core.analysis.patterns.rfm import rfm
from core.analysis.sums import Ints
from core.progress import SILENT, Progress

FEWEST_BASKETS = 20
FEWEST_TOGETHER = 5  # baskets behind a rule, where no support was asked for
OFFERS_A_SEGMENT = 3


@dataclass(frozen=True)
class BasketChoice:
    """From which support and confidence on a rule is told; without a support the program finds one."""

    support: Fraction | None = None
    confidence: Fraction = CONFIDENCE
    largest: int = LARGEST_SET  # items in a rule


@dataclass(frozen=True, eq=False)
class BasketPatterns:
    """Rules, the highest lift first, and pairs of items, the most frequent first."""

    baskets: int
    support: Fraction  # the one used
    least: int  # baskets that reach it
    confidence: Fraction
    item_counts: Ints  # baskets with each item
    rules: tuple[BasketRule, ...]
    pairs: tuple[FrequentSet, ...]
    note: str

    def lift(self, pair: FrequentSet) -> float:
        """How much more often the two are together than chance alone would bring them."""
        one, other = (int(self.item_counts[item]) for item in pair.items)
        return pair.count * self.baskets / (one * other)


@dataclass(frozen=True)
class SegmentOffers:
    """What to offer to the customers of an RFM segment."""

    segment: str
    customers: int
    offers: tuple[Offer, ...] | NotEnough


@dataclass(frozen=True, eq=False)
class ProductPatterns:
    """The mix by category, item and customer, first products, baskets and offers."""

    categories: pd.DataFrame  # as of `category_mix`
    items: pd.DataFrame  # as of `item_mix`, a row for each item
    first: pd.DataFrame  # as of `first_products`, a row for each item
    customers: pd.DataFrame  # as of `customer_mix`, a row for each customer
    baskets: BasketPatterns | NotEnough
    offers: tuple[SegmentOffers, ...] | NotEnough
    bought_both: BoughtBoth | NotEnough  # what the offers were learned from


def product_patterns(
    facts: Facts, choice: BasketChoice | None = None, *, progress: Progress = SILENT
) -> ProductPatterns | NotEnough:
    """Look at everything that has to do with items; needs one item at least. Raises TooManySets."""
    if not len(facts.items):
        return NotEnough(0, 1, "named items")
    progress.step("Adding up what is bought")
    categories, items, first = category_mix(facts), item_mix(facts), first_products(facts)
    customers = customer_mix(facts)
    progress.step("Looking for what is bought together")
    baskets = basket_patterns(facts, choice)
    progress.step("Looking for who buys the same things")
    known = bought_both(facts)
    by_segment = offers(facts, known, progress=progress)
    return ProductPatterns(categories, items, first, customers, baskets, by_segment, known)


def basket_patterns(facts: Facts, choice: BasketChoice | None = None) -> BasketPatterns | NotEnough:
    """Find rules and pairs, over all history up to the as-of date. Raises TooManySets for a support asked for.

    Without a support, it is 1 % of the baskets and five baskets at least, and doubled until the sets can be listed;
    and there must be 20 baskets.
    """
    choice = choice or BasketChoice()
    baskets = baskets_of(facts)
    fewest = FEWEST_BASKETS if choice.support is None else 1  # who names a support wants to see it
    if baskets.count < fewest:
        return NotEnough(baskets.count, fewest, "orders with named items")
    support, sets, note = _sets(baskets, choice)
    return BasketPatterns(
        baskets=baskets.count,
        support=support,
        least=least_count(support, baskets.count),
        confidence=choice.confidence,
        item_counts=np.bincount(baskets.items, minlength=baskets.item_count).astype(np.int64),
        rules=rules_from(sets, baskets.count, choice.confidence),
        pairs=tuple(sorted((found for found in sets if len(found.items) == 2), key=_most_first)),
        note=note,
    )


def _sets(baskets: Baskets, choice: BasketChoice) -> tuple[Fraction, Sequence[FrequentSet], str]:
    if choice.support is not None:
        few = "" if baskets.count >= FEWEST_BASKETS else f"Only {baskets.count} orders: this may be chance."
        return choice.support, frequent_sets(baskets, choice.support, largest=choice.largest), few
    support = max(SUPPORT, Fraction(FEWEST_TOGETHER, baskets.count))
    note = "" if support == SUPPORT else f"Told from {FEWEST_TOGETHER} orders on: fewer may be chance."
    while True:
        try:
            return support, frequent_sets(baskets, support, largest=choice.largest), note
        except TooManySets:
            support *= 2  # ends: more than all baskets hold no set
            note = (
                f"Only what is in {float(support):.1%} of the orders: below that there is too much to list."
            )


def _most_first(pair: FrequentSet) -> tuple[int, tuple[int, ...]]:
    return -pair.count, pair.items


def offers(
    facts: Facts, known: BoughtBoth | NotEnough, *, progress: Progress = SILENT
) -> tuple[SegmentOffers, ...] | NotEnough:
    """Find a few items to offer to each RFM segment of the period, learned from all customers."""
    names = rfm(facts).segment
    present = [str(name) for name in names.dropna().unique()]
    if not present:
        return NotEnough(0, 1, "customers with an order in the period")
    if isinstance(known, NotEnough):
        return known
    found = []
    for name in sorted(present):
        progress.step(f"Looking for what to offer: {name}")
        members = (names == name).fillna(value=False).to_numpy(dtype=np.bool_)
        offered = offers_for_segment(facts, members, most=OFFERS_A_SEGMENT, known=known)
        found.append(SegmentOffers(name, int(members.sum()), offered))
    return tuple(found)
