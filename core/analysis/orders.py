"""When customers ordered: the days of their invoices and receipts, same-day documents being one order."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.analysis.facts import ORDER_KINDS, Facts, is_kind, span
from core.analysis.remembered import remembered
from core.analysis.sums import Flags, Ints, counts, decimal, distinct
from core.period import Period

_SPAN = 4_000_000  # more days than there are: keeps customers apart in one sorted column
_EARLIEST = -800_000  # before the year 1, in days since 1970


@dataclass(frozen=True, eq=False)
class Orders:
    """Order days of all history, by customer and day, and what follows from them. Days count from 1970."""

    is_order: Flags  # for each document: an invoice or sales receipt
    customer: Ints  # of each order day: no two with the same customer and day
    day: Ints
    first: Ints  # of each customer: day of the first order, 0 without one
    last: Ints
    days: Ints  # of each customer: how many order days
    count_in_period: Ints  # of each customer: orders in the facts' period

    @property
    def has_any(self) -> Flags:
        """Whether each customer ever ordered."""
        return self.days > 0


@remembered
def orders_of(facts: Facts) -> Orders:
    """Find the orders of every customer; credit notes, refunds and journal entries are none."""
    size = len(facts.customers)
    is_order = is_kind(facts.documents, ORDER_KINDS)
    keys = distinct(_keys(facts, is_order))
    customer, day = keys // _SPAN, keys % _SPAN + _EARLIEST
    days = counts(customer, size)
    first, last = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    first[customer[::-1]] = day[::-1]  # keys are sorted: the last one written is the smallest
    last[customer] = day
    return Orders(is_order, customer, day, first, last, days, order_counts(facts, facts.period, is_order))


def order_counts(facts: Facts, period: Period, is_order: Flags | None = None) -> Ints:
    """Count the orders of each customer in a period."""
    if is_order is None:
        is_order = orders_of(facts).is_order
    part = span(facts, period).documents
    inside = np.zeros(len(is_order), dtype=np.bool_)
    inside[part] = is_order[part]
    keys = _keys(facts, inside)
    customer = (distinct(keys) if facts.merge_same_day else keys) // _SPAN
    return counts(customer, len(facts.customers))


@remembered
def median_gaps(facts: Facts) -> "pd.Series[Any]":
    """Median days between consecutive order days of all history; unknown with fewer than two order days."""
    orders = orders_of(facts)
    same = orders.customer[1:] == orders.customer[:-1]
    customer, gap = orders.customer[1:][same], np.diff(orders.day)[same]
    order = np.lexsort((gap, customer))
    gap = gap[order]
    count = counts(customer, len(facts.customers))
    start = np.cumsum(count) - count
    known = count > 0
    middle = np.zeros(len(count), dtype=np.float64)
    low, high = (start + (count - 1) // 2)[known], (start + count // 2)[known]
    middle[known] = (gap[low] + gap[high]) / 2
    return decimal(middle, known)


def day_number(moment: object) -> int:
    """Days since 1970 of a date."""
    return int(np.datetime64(moment, "D").astype(np.int64))  # type: ignore[call-overload]


def _keys(facts: Facts, chosen: Flags) -> Ints:
    """Customer and day of the chosen documents in one number; documents without a customer are left out."""
    customer: Ints = facts.documents["customer"].to_numpy()
    chosen = chosen & (customer >= 0)
    day: NDArray[Any] = facts.documents["day"].to_numpy()[chosen]
    keys: Ints = customer[chosen] * _SPAN + day.astype("datetime64[D]").astype(np.int64) - _EARLIEST
    return keys
