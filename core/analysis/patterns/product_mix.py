"""What is bought: items an order, the mix of items and categories, and what customers begin with."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.facts import NO_ITEM, Facts, span
from core.analysis.orders import orders_of
from core.analysis.patterns.share import Share
from core.analysis.profit_ladder import profit_ladder
from core.analysis.remembered import remembered
from core.analysis.sums import Flags, Ints, counts, distinct, divide, ratio, sums, whole
from core.period import EVERYTHING, Period


@dataclass(frozen=True, eq=False)
class Purchases:
    """One row for each customer, order day and item, by customer, day and item; credits are none."""

    customer: Ints
    day: Ints
    item: Ints
    net: Ints  # minor units


@remembered
def purchases(facts: Facts) -> Purchases:
    """The named items that customers bought, over all history up to the as-of date."""
    return purchases_in(facts, EVERYTHING)


def purchases_in(facts: Facts, period: Period) -> Purchases:
    """The named items that customers bought in a period."""
    lines = facts.lines.iloc[span(facts, period).lines]
    document = lines["document"].to_numpy()
    customer = facts.documents["customer"].to_numpy()[document]
    item, net = lines["item"].to_numpy(), lines["net"].to_numpy()
    bought = orders_of(facts).is_order[document] & (customer >= 0) & (item != NO_ITEM)
    bought &= lines["gross"].to_numpy() > 0
    day = facts.documents["day"].to_numpy()[document].astype("datetime64[D]").astype(np.int64)
    customer, day, item, net = (column[bought] for column in (customer, day, item, net))
    first, last = (int(day.min()), int(day.max())) if len(day) else (0, 0)
    key = (customer * (last - first + 1) + day - first) * max(1, len(facts.items)) + item
    order = np.argsort(key, kind="stable")
    customer, day, item, net, key = (column[order] for column in (customer, day, item, net, key))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = np.diff(key) != 0
    return Purchases(customer[new], day[new], item[new], sums(net, np.cumsum(new) - 1, int(new.sum())))


def customer_mix(facts: Facts) -> pd.DataFrame:
    """A row for each customer: value and mix in the facts' period; unknown is NA.

    average_order_value: net revenue by orders, minor units; items_an_order: different named items by the order days
    that have any; discount_share: discounts by gross sales; returns_rate: credits by gross sales less discounts;
    main_category with its share of the customer's net revenue; first_item: position in `facts.items` of the item
    with the highest amount on the day of the first order.
    """
    ladder = profit_ladder(facts).by_customer
    gross, discounts, credits_, net = (
        ladder[name].to_numpy() for name in ("gross_sales", "discounts", "credits", "net_revenue")
    )
    size = len(facts.customers)
    rows = purchases_in(facts, facts.period)
    new_order = np.ones(len(rows.day), dtype=np.bool_)
    new_order[1:] = (np.diff(rows.customer) != 0) | (np.diff(rows.day) != 0)
    wallet = category_shares(facts)
    first = first_items(facts)
    return pd.DataFrame(
        {
            "average_order_value": divide(net, orders_of(facts).count_in_period),
            "items_an_order": ratio(counts(rows.customer, size), counts(rows.customer[new_order], size)),
            "discount_share": ratio(discounts, gross),
            "returns_rate": ratio(credits_, gross - discounts),
            "main_category": wallet.main_category,
            "main_category_share": wallet.main_share,
            "first_item": whole(first, first != NO_ITEM),
        }
    )


@dataclass(frozen=True, eq=False)
class CategoryShares:
    """Net revenue of each customer by category of item, in the facts' period."""

    categories: tuple[str, ...]  # "" holds items without a category; lines without an item are in none
    net_revenue: Ints  # a row for each customer, a column for each category; minor units
    total: Ints  # of each customer, lines without an item included

    def share(self, customer: int, category: str) -> Share:
        """What part of a customer's net revenue is in a category."""
        column = self.categories.index(category)
        return Share(int(self.net_revenue[customer, column]), int(self.total[customer]))

    @property
    def main_category(self) -> "pd.Series[Any]":
        """The category with the highest net revenue of each customer, the first by name among equals."""
        names = np.array([*self.categories, ""], dtype=object)
        found = names[self._best]
        found[~self._has_any] = None
        return pd.Series(found, dtype="string")

    @property
    def main_share(self) -> "pd.Series[Any]":
        """Share of that category; NA where there is none, or credits elsewhere leave the total below it."""
        known = self._has_any & (self._highest <= self.total)
        return ratio(self._highest, np.where(known, self.total, 0))

    @property
    def _best(self) -> Ints:
        if not self.categories:
            return np.zeros(len(self.total), dtype=np.int64)
        best: Ints = self.net_revenue.argmax(axis=1)
        return best

    @property
    def _highest(self) -> Ints:
        highest: Ints = self.net_revenue.max(axis=1, initial=0)
        return highest

    @property
    def _has_any(self) -> Flags:
        found: Flags = self._highest > 0
        return found


def category_shares(facts: Facts) -> CategoryShares:
    """Divide each customer's net revenue of the facts' period by category of item."""
    names = sorted(set(facts.items["category"]))
    place = {name: position for position, name in enumerate(names)}
    of_item = np.array([*(place[name] for name in facts.items["category"]), -1], dtype=np.int64)
    lines = facts.lines.iloc[span(facts, facts.period).lines]
    customer = facts.documents["customer"].to_numpy()[lines["document"].to_numpy()]
    category = of_item[lines["item"].to_numpy()]
    size, count = len(facts.customers), len(names)
    cell = np.where((customer >= 0) & (category >= 0), customer * count + category, -1)
    net = lines["net"].to_numpy()
    return CategoryShares(
        tuple(names), sums(net, cell, size * count).reshape(size, count), sums(net, customer, size)
    )


def item_mix(facts: Facts, members: Flags | None = None) -> pd.DataFrame:
    """A row for each item: customers and orders that have it, net revenue, in the facts' period.

    `members` picks customers, else all of them. Net revenue includes credit notes on the item; the share of
    the members' net revenue is that by the sum of the column, unknown where this is not above 0.
    """
    meant = np.ones(len(facts.customers), dtype=np.bool_) if members is None else members
    rows = purchases_in(facts, facts.period)
    chosen = meant[rows.customer]
    customer, item = rows.customer[chosen], rows.item[chosen]
    size = len(facts.items)
    pairs = distinct(customer * max(1, size) + item) % max(1, size)
    lines = facts.lines.iloc[span(facts, facts.period).lines]
    owner = facts.documents["customer"].to_numpy()[lines["document"].to_numpy()]
    taken = np.where(np.append(meant, False)[owner], lines["item"].to_numpy(), NO_ITEM)
    net = sums(lines["net"].to_numpy(), taken, size)
    total = np.full(size, max(0, int(net.sum())))
    return pd.DataFrame(
        {
            "customers": counts(pairs, size),
            "orders": counts(item, size),
            "net_revenue": net,
            "share": ratio(net, total),
        }
    )


def category_mix(facts: Facts, members: Flags | None = None) -> pd.DataFrame:
    """Net revenue and its share by category of item, indexed by the category's name."""
    by_item = item_mix(facts, members)["net_revenue"]
    frame = by_item.groupby(facts.items["category"].to_numpy(), sort=True).sum().to_frame()
    net = frame["net_revenue"].to_numpy(dtype=np.int64)
    frame["share"] = ratio(net, np.full(len(net), max(0, int(net.sum())))).to_numpy()
    return frame


def first_items(facts: Facts) -> Ints:
    """The item with the highest amount on the day of each customer's first order; -1 where none is named."""
    rows = purchases(facts)
    on_first = rows.day == orders_of(facts).first[rows.customer]
    customer, item, net = rows.customer[on_first], rows.item[on_first], rows.net[on_first]
    order = np.lexsort((-item, net, customer))  # the last of each customer is written last, and stays
    found = np.full(len(facts.customers), NO_ITEM, dtype=np.int64)
    found[customer[order]] = item[order]
    return found


def first_products(facts: Facts) -> pd.DataFrame:
    """A row for each item: customers who began with it, and how many of them ordered again on a later day."""
    first, size = first_items(facts), len(facts.items)
    again = np.where(orders_of(facts).days > 1, first, NO_ITEM)
    began = counts(first, size)
    came = counts(again, size)
    return pd.DataFrame({"began": began, "came_again": came, "share": ratio(came, began)})
