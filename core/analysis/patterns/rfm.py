"""Recency, frequency and monetary value: scores 1 to 5, equal values alike, and eleven segments."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.orders import day_number, orders_of
from core.analysis.patterns.rfm_table import segment_of
from core.analysis.profit_ladder import profit_ladder
from core.analysis.remembered import remembered
from core.analysis.sums import Flags, Ints, whole

BINS = 5
_FEWEST_IN_A_BIN = 2


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of one figure; `cuts` are the highest values of every bin but the last."""

    scores: Ints
    cuts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Rfm:
    """Scores and segment of each customer, NA for those without an order in the period.

    Cut points divide the bins, worst first: so many days since the last order or more, so many orders or
    fewer, so many minor units of net revenue or less do not reach the next bin.
    """

    r: "pd.Series[Any]"
    f: "pd.Series[Any]"
    m: "pd.Series[Any]"
    segment: "pd.Series[Any]"
    bins: int
    recency_cuts: tuple[int, ...]
    frequency_cuts: tuple[int, ...]
    monetary_cuts: tuple[int, ...]
    note: str  # why there are fewer bins than five, or ""


@remembered
def rfm(facts: Facts) -> Rfm:
    """Score the customers with at least one order in the period."""
    orders = orders_of(facts)
    active = orders.count_in_period > 0
    count = int(active.sum())
    bins = bins_for(count)
    # The later the last order, the better: the day itself is scored, and its cuts are told in days ago.
    recency = score(orders.last[active], bins)
    frequency = score(orders.count_in_period[active], bins)
    revenue: Ints = profit_ladder(facts).by_customer["net_revenue"].to_numpy()
    monetary = score(revenue[active], bins)
    today = day_number(facts.as_of)
    r, f, m = (spread(part.scores, bins) for part in (recency, frequency, monetary))
    return Rfm(
        r=_column(r, active),
        f=_column(f, active),
        m=_column(m, active),
        segment=_segments(np.stack([r, f, m]), active),
        bins=bins,
        recency_cuts=tuple(today - cut for cut in recency.cuts),
        frequency_cuts=frequency.cuts,
        monetary_cuts=monetary.cuts,
        note=_note(count, bins),
    )


def bins_for(count: int) -> int:
    """Return how many bins so many customers fill: five from ten customers on, fewer below."""
    return max(1, min(BINS, count // _FEWEST_IN_A_BIN))


def score(values: Ints, bins: int) -> Scores:
    """Score 1 (lowest) to `bins` by the share of customers with a lower value; equal values score alike."""
    ordered = np.sort(values)
    lower = np.searchsorted(ordered, values, side="left")
    # The k-th cut is the smallest value that at least k/bins of the customers do not exceed.
    places = [-(-k * len(values) // bins) - 1 for k in range(1, bins)] if len(values) else []
    return Scores(lower * bins // max(1, len(values)) + 1, tuple(int(ordered[place]) for place in places))


def spread(scores: Ints, bins: int) -> Ints:
    """Bring scores of fewer bins onto the scale of 1 to 5: three bins score 1, 3 and 5, a single one 3."""
    if bins == 1:
        return np.full(len(scores), 3, dtype=np.int64)
    return (2 * (scores - 1) * (BINS - 1) + bins - 1) // (2 * (bins - 1)) + 1


def _segments(scores: Ints, active: Flags) -> "pd.Series[Any]":
    names = np.full(len(active), None, dtype=object)
    names[active] = [segment_of(r, f, m) for r, f, m in scores.T.tolist()]
    return pd.Series(names, dtype="string")


def _column(scores: Ints, active: Flags) -> "pd.Series[Any]":
    values = np.zeros(len(active), dtype=np.int64)
    values[active] = scores
    return whole(values, active)


def _note(count: int, bins: int) -> str:
    if bins == BINS:
        return ""
    customers = "1 customer" if count == 1 else f"{count} customers"
    return f"{customers} with an order: scored in {bins} of {BINS} bins, spread over 1 to {BINS}."
