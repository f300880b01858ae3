"""Who came back, when, and for how much: what the models of lifetime value are fitted to."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.analysis.facts import Facts
from core.analysis.orders import day_number, orders_of
from core.analysis.profit_ladder import profit_ladder
from core.analysis.sums import Flags, Ints, counts, split, sums

Floats = NDArray[np.float64]
TimeUnit = Literal["days", "weeks"]
Basis = Literal["revenue", "gross_profit", "contribution"]

DAYS_IN: dict[TimeUnit, int] = {"days": 1, "weeks": 7}
_MARGIN_COLUMN: dict[Basis, str] = {"gross_profit": "gross_profit", "contribution": "contribution"}
_BASIS_WORDS: dict[Basis, str] = {
    "revenue": "net revenue",
    "gross_profit": "gross profit",
    "contribution": "contribution",
}


@dataclass(frozen=True, eq=False)
class Histories:
    """The three figures of each customer that the purchase models look at; times in one unit.

    x: repeat purchases; t_x: from the first order to the last; age: from the first order to the day it ends.
    """

    x: Floats
    t_x: Floats
    age: Floats

    def __post_init__(self) -> None:
        """Refuse what cannot be a history (ValueError)."""
        for name in ("x", "t_x", "age"):
            object.__setattr__(self, name, np.atleast_1d(np.asarray(getattr(self, name), dtype=np.float64)))
        if np.any((self.x < 0) | (self.t_x < 0) | (self.t_x > self.age) | ((self.x == 0) & (self.t_x > 0))):
            message = "a history has x of 0 or more, 0 <= t_x <= age, and t_x of 0 where x is 0"
            raise ValueError(message)

    @property
    def repeaters(self) -> int:
        """How many customers ordered again."""
        return int((self.x > 0).sum())

    def grouped(self) -> "Grouped":
        """Put customers of the same history together."""
        order = np.lexsort((self.age, self.t_x, self.x))
        sorted_rows = np.stack([self.x[order], self.t_x[order], self.age[order]])
        starts = np.ones(len(order), dtype=np.bool_)
        starts[1:] = np.any(sorted_rows[:, 1:] != sorted_rows[:, :-1], axis=0)
        first = np.flatnonzero(starts)
        weight = np.diff(np.append(first, len(order))).astype(np.float64)
        x, t_x, age = sorted_rows[:, first]
        sizes, place = np.unique(x, return_inverse=True)
        return Grouped(x, t_x, age, weight, sizes, place)


@dataclass(frozen=True, eq=False)
class Grouped:
    """Different histories, and how many customers have each; `sizes[place]` is `x`."""

    x: Floats
    t_x: Floats
    age: Floats
    weight: Floats
    sizes: Floats
    place: NDArray[np.intp]

    def thinned(self, most: int) -> "Grouped":
        """Take evenly spread rows, no more than this many."""
        step = -(-len(self.x) // most)
        if step <= 1:
            return self
        x, t_x, age, weight = (part[step // 2 :: step] for part in (self.x, self.t_x, self.age, self.weight))
        sizes, place = np.unique(x, return_inverse=True)
        return Grouped(x, t_x, age, weight, sizes, place)


@dataclass(frozen=True, eq=False)
class RepeatPurchases:
    """The histories of all customers who ever ordered, up to the end of a day.

    customer: row positions in `facts.customers`, rising
    mean_value: minor units an order, of the repeat orders only; NaN without one, or where it is not known
    """

    unit: TimeUnit
    end: date
    basis: Basis
    customer: Ints
    histories: Histories
    mean_value: Floats
    notes: tuple[str, ...]  # what was taken as what, in words

    @property
    def days_in_unit(self) -> int:
        """How many days one unit of time has."""
        return DAYS_IN[self.unit]


def transactions(
    facts: Facts, unit: TimeUnit = "weeks", *, basis: Basis = "revenue", until: date | None = None
) -> RepeatPurchases:
    """Find the repeat purchases of every customer up to the as-of date, or to an earlier day.

    Documents of the same day are one purchase; credit notes, refunds and journal entries are none, and do not
    lower the value of one. On gross profit or contribution, an order counts with the customer's own margin of
    the facts' period, with the margin of all customers where the customer has none, and never below 0.
    """
    end = facts.as_of if until is None else until
    if end > facts.as_of:
        message = f"the facts end on {facts.as_of}, which is before {end}"
        raise ValueError(message)
    orders, size = orders_of(facts), len(facts.customers)
    inside = orders.day <= day_number(end)
    owner, day = orders.customer[inside], orders.day[inside]
    days = counts(owner, size)
    last = np.zeros(size, dtype=np.int64)
    last[owner] = day  # in date order: the last one written is the latest
    known = np.flatnonzero(days)
    first = orders.first[known]
    scale = DAYS_IN[unit]
    histories = Histories(
        (days[known] - 1).astype(np.float64), (last[known] - first) / scale, (day_number(end) - first) / scale
    )
    mean = _mean_revenue(facts, end, days)
    share, notes = _margins(facts, basis)
    return RepeatPurchases(unit, end, basis, known, histories, (mean * share)[known], notes)


def _mean_revenue(facts: Facts, end: date, days: Ints) -> Floats:
    """Net revenue an order of each customer's repeat orders up to a day, NaN without one."""
    orders, size = orders_of(facts), len(facts.customers)
    customer = facts.documents["customer"].to_numpy()
    day = facts.documents["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    after_first = day > np.append(orders.first, 0)[customer]  # no customer (-1) finds the last place
    repeat: Flags = orders.is_order & (customer >= 0) & after_first & (day <= day_number(end))
    groups = np.where(repeat, customer, -1)[facts.lines["document"].to_numpy()]
    total = sums(facts.lines["net"].to_numpy(), groups, size)
    return np.where(days > 1, total / np.maximum(days - 1, 1), np.nan)


def _margins(facts: Facts, basis: Basis) -> tuple[Floats, tuple[str, ...]]:
    """What part of its revenue each customer's order is worth, and how that was decided."""
    if basis == "revenue":
        return np.ones(len(facts.customers)), ()
    ladder, words = profit_ladder(facts), _BASIS_WORDS[basis]
    profit, known = split(ladder.by_customer[_MARGIN_COLUMN[basis]])
    revenue: Ints = ladder.by_customer["net_revenue"].to_numpy()
    own = known & (revenue > 0)
    everybody = getattr(ladder.customers, _MARGIN_COLUMN[basis])
    total = ladder.customers.net_revenue
    usual = everybody / total if everybody is not None and total > 0 else np.nan
    share = np.where(own, profit / np.where(own, revenue, 1), usual)
    notes = _margin_notes(words, usual=float(usual), borrowed=int((~own).sum()), below=int((share < 0).sum()))
    return np.maximum(share, 0.0), notes  # NaN stays NaN


def _margin_notes(words: str, *, usual: float, borrowed: int, below: int) -> tuple[str, ...]:
    notes = []
    if borrowed and np.isnan(usual):
        notes.append(f"The {words} of {_customers(borrowed)} is not known, so their orders have no value.")
    elif borrowed:
        notes.append(
            f"{_customers(borrowed)} without a known margin in the period: the margin of all customers, "
            f"{usual:.1%}, stands in."
        )
    if below:
        notes.append(f"{_customers(below)} with {words} below 0: their orders count as 0.")
    return tuple(notes)


def _customers(count: int) -> str:
    return "1 customer" if count == 1 else f"{count} customers"
