"""What is bought, bought together and worth offering, in JSON."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pandas as pd

from core.analysis.facts import Facts
from core.analysis.patterns.next_offer import Offer, offers_for_each
from core.analysis.patterns.not_enough import NotEnough
from core.money import plain
from core.usecases.patterns_products import BasketPatterns, ProductPatterns, SegmentOffers
from ui.cli_patterns_cells import (
    by_name,
    column,
    customer_names,
    item_names,
    or_missing,
    share_json,
)


def products_json(facts: Facts, found: ProductPatterns) -> dict[str, Any]:
    """Baskets, offers and the mix."""
    return {
        "baskets": or_missing(found.baskets, partial(_baskets, facts)),
        "offers": or_missing(found.offers, lambda offers: [_segment(facts, one) for one in offers]),
        "mix": {
            "categories": _categories(facts, found.categories),
            "items": _items(facts, found),
            "customers": _customers(facts, found),
        },
    }


def _baskets(facts: Facts, found: BasketPatterns) -> dict[str, Any]:
    names = item_names(facts)
    return {
        "count": found.baskets,
        "support": float(found.support),
        "least_count": found.least,
        "confidence": float(found.confidence),
        "note": found.note,
        "rules": [
            {
                "if": [names[item] for item in rule.antecedent],
                "then": names[rule.consequent],
                "support": rule.support,
                "confidence": rule.confidence,
                "lift": rule.lift,
                "count": rule.count,
                "if_count": rule.antecedent_count,
                "then_count": rule.consequent_count,
            }
            for rule in found.rules
        ],
        "pairs": [
            {
                "items": [names[item] for item in pair.items],
                "count": pair.count,
                "support": pair.count / found.baskets,
                "lift": found.lift(pair),
            }
            for pair in found.pairs
        ],
    }


def _segment(facts: Facts, found: SegmentOffers) -> dict[str, Any]:
    return {
        "segment": found.segment,
        "customers": found.customers,
        "offers": or_missing(found.offers, partial(_offers, facts)),
    }


def _offers(facts: Facts, found: Iterable[Offer]) -> list[dict[str, Any]]:
    names = item_names(facts)
    return [
        {
            "item": names[offer.item],
            "because": names[offer.because],
            "like": share_json(offer.like),
            "everybody": share_json(offer.everybody),
            "members": offer.members,
            "reason": offer.reason(names),
        }
        for offer in found
    ]


def _categories(facts: Facts, frame: pd.DataFrame) -> list[dict[str, Any]]:
    share = column(frame["share"])
    amounts = column(frame["net_revenue"], exponent=facts.exponent)
    return [
        {"category": str(name), "net_revenue": amounts[row], "share": share[row]}
        for row, name in enumerate(frame.index)
    ]


def _items(facts: Facts, found: ProductPatterns) -> list[dict[str, Any]]:
    names, mix, first = item_names(facts), found.items, found.first
    revenue: list[int] = mix["net_revenue"].tolist()
    columns = {name: column(mix[name]) for name in ("customers", "orders", "share")}
    began, again = column(first["began"]), column(first["came_again"])
    return [
        {
            "item": names[row],
            "net_revenue": plain(revenue[row], facts.exponent),
            **{name: cells[row] for name, cells in columns.items()},
            "first_product_of": began[row],
            "of_those_came_again": again[row],
        }
        for row in sorted(range(len(names)), key=lambda row: (-revenue[row], names[row], row))
    ]


def _customers(facts: Facts, found: ProductPatterns) -> list[dict[str, Any]]:
    frame, to_each = found.customers, _offers_to_each(facts, found)
    names, items = customer_names(facts), item_names(facts)
    money = column(frame["average_order_value"], exponent=facts.exponent)
    first = column(frame["first_item"])
    others = ("items_an_order", "discount_share", "returns_rate", "main_category", "main_category_share")
    columns = {name: column(frame[name]) for name in others}
    return [
        {
            "customer": names[row],
            "average_order_value": money[row],
            **{name: cells[row] for name, cells in columns.items()},
            "first_item": None if first[row] is None else items[first[row]],
            "offers": to_each(row),
        }
        for row in by_name(facts)
    ]


def _offers_to_each(facts: Facts, found: ProductPatterns) -> Callable[[int], Any]:
    if isinstance(found.bought_both, NotEnough):
        missing = or_missing(found.bought_both, list)
        return lambda _row: missing
    offers = offers_for_each(facts, found.bought_both)
    return lambda row: _offers(facts, offers.get(row, ()))
