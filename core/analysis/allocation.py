"""Cost pools of ledger accounts, shared out to customers by a driver, to the cent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.facts import Facts, span
from core.analysis.orders import orders_of
from core.analysis.sums import Ints, counts, sums, whole
from core.money import allocate

_SAFE = 2**62


@dataclass(frozen=True)
class PoolResult:
    """What one pool cost in the ledger, and where it went. ledger = given + unassigned."""

    name: str
    driver: str
    ledger_minor: int
    given_minor: int

    @property
    def unassigned_minor(self) -> int:
        """What stays with nobody, because no customer has the driver."""
        return self.ledger_minor - self.given_minor


@dataclass(frozen=True, eq=False)
class Allocation:
    """The cost to serve of the period: `shares` has a row a customer and a column a pool, int64."""

    pools: tuple[PoolResult, ...]
    shares: Ints

    @property
    def is_known(self) -> bool:
        """Whether there is any pool; without one the cost to serve is unknown, not 0."""
        return bool(self.pools)

    @property
    def cost_to_serve(self) -> "pd.Series[Any]":
        """What each customer was given; unknown without a pool."""
        total: Ints = self.shares.sum(axis=1, dtype=np.int64)
        return whole(total, np.full(len(total), self.is_known))


def share_out(total: int, weights: Ints) -> Ints:
    """Share an amount by whole-number weights, to the cent; nothing where no weight is above 0.

    The same parts as `core.money.allocate`, but a column at once where 64 bits suffice.
    """
    weights = np.maximum(weights, 0)
    size, heaviest = abs(total), int(weights.max(initial=0))
    if not heaviest:
        return np.zeros(len(weights), dtype=np.int64)
    if size * heaviest >= _SAFE or heaviest * len(weights) >= _SAFE:
        return np.array(allocate(total, [int(weight) for weight in weights]), dtype=np.int64)
    by = int(weights.sum())
    parts, rests = np.divmod(weights * size, by)
    most = np.argsort(-rests, kind="stable")[: size - int(parts.sum())]
    parts[most] += 1
    shared: Ints = parts if total >= 0 else -parts
    return shared


def allocate_pools(facts: Facts) -> Allocation:
    """Share every pool of the book out by its driver; nothing is known without a pool and a ledger."""
    size = len(facts.customers)
    if not len(facts.pools) or not facts.has_ledger:
        return Allocation((), np.zeros((size, 0), dtype=np.int64))
    spent = _spent(facts)
    results, columns = [], []
    for position, (name, driver) in enumerate(zip(facts.pools["name"], facts.pools["driver"], strict=True)):
        shares = share_out(int(spent[position]), DRIVERS[driver](facts))
        columns.append(shares)
        results.append(PoolResult(name, driver, int(spent[position]), int(shares.sum())))
    return Allocation(tuple(results), np.column_stack(columns))


def _spent(facts: Facts) -> Ints:
    """Postings of the period on each pool's accounts, debit positive."""
    postings = facts.postings.iloc[span(facts, facts.period).postings]
    pool = facts.accounts["pool"].to_numpy()[postings["account"].to_numpy()]
    return sums(postings["amount"].to_numpy(), pool, len(facts.pools))


def _revenue(facts: Facts) -> Ints:
    """Net revenue in the period; a customer with more credits than sales carries nothing."""
    part = span(facts, facts.period)
    lines = facts.lines.iloc[part.lines]
    customer = facts.documents["customer"].to_numpy()[lines["document"].to_numpy()]
    return np.maximum(sums(lines["net"].to_numpy(), customer, len(facts.customers)), 0)


def _orders(facts: Facts) -> Ints:
    """Orders in the period."""
    return orders_of(facts).count_in_period


def _lines(facts: Facts) -> Ints:
    """Lines on the orders of the period."""
    orders = orders_of(facts)
    document = facts.lines["document"].to_numpy()[span(facts, facts.period).lines]
    customer = np.where(orders.is_order, facts.documents["customer"].to_numpy(), -1)
    return counts(customer[document], len(facts.customers))


def _equal(facts: Facts) -> Ints:
    """One share for each customer with an order in the period."""
    return (orders_of(facts).count_in_period > 0).astype(np.int64)


DRIVERS: dict[str, Callable[[Facts], Ints]] = {
    "revenue": _revenue,
    "orders": _orders,
    "lines": _lines,
    "equal": _equal,
}
