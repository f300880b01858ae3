"""The grid of recency by frequency: who stands in each cell and what they bring."""

from dataclasses import dataclass

import numpy as np

from core.analysis.facts import Facts
from core.analysis.orders import day_number, orders_of
from core.analysis.patterns.net_revenue import net_revenue
from core.analysis.patterns.rfm import BINS, Rfm, rfm
from core.analysis.patterns.share import Share
from core.analysis.sums import Ints, counts, split, sums


@dataclass(frozen=True)
class Bounds:
    """Lowest and highest value that really occur in a row or column; None where it is empty."""

    lowest: int | None
    highest: int | None


@dataclass(frozen=True)
class RfmCell:
    """The customers with one recency and one frequency score."""

    r: int
    f: int
    customers: int
    net_revenue: int  # minor units
    revenue_share: Share  # of all customers with an order in the period


@dataclass(frozen=True)
class RfmGrid:
    """25 cells, recency 5 first, then frequency 1 to 5; rows and columns carry their days and orders."""

    cells: tuple[RfmCell, ...]
    recency_days: tuple[Bounds, ...]  # of scores 1 to 5
    orders: tuple[Bounds, ...]
    note: str


def rfm_grid(facts: Facts, scored: Rfm | None = None) -> RfmGrid:
    """Count customers and add up their net revenue by recency and frequency score."""
    scored = scored or rfm(facts)
    r, known = split(scored.r)
    f, _ = split(scored.f)
    revenue = net_revenue(facts, facts.period)
    place = np.where(known, (r - 1) * BINS + f - 1, -1)
    customers, money = counts(place, BINS * BINS), sums(revenue, place, BINS * BINS)
    total = int(money.sum())
    orders = orders_of(facts)
    cells = tuple(
        RfmCell(row, column, int(customers[at]), int(money[at]), Share(int(money[at]), total))
        for row in range(BINS, 0, -1)
        for column in range(1, BINS + 1)
        for at in [(row - 1) * BINS + column - 1]
    )
    since = day_number(facts.as_of) - orders.last
    return RfmGrid(cells, _bounds(since, r), _bounds(orders.count_in_period, f), scored.note)


def cell_customers(scored: Rfm, r: int, f: int) -> Ints:
    """Row positions in `facts.customers` of those who stand in a cell."""
    of_r, _ = split(scored.r)
    of_f, _ = split(scored.f)
    return np.flatnonzero((of_r == r) & (of_f == f))


def _bounds(values: Ints, scores: Ints) -> tuple[Bounds, ...]:
    found = []
    for wanted in range(1, BINS + 1):
        chosen = values[scores == wanted]
        empty = not len(chosen)
        found.append(Bounds(None, None) if empty else Bounds(int(chosen.min()), int(chosen.max())))
    return tuple(found)
