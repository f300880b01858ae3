"""Recency, frequency and monetary value: scores 1 to 5, equal values alike, and eleven segments."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.orders import day_number, orders_of
from core.analysis.patterns.net_revenue import net_revenue
from core.analysis.patterns.rfm_choice import RfmChoice
from core.analysis.patterns.rfm_rules import (
    BINS,
    Rule,
    Scores,
    bins_for,
    score,
    score_by_quantiles,
    spread,
)
from core.analysis.patterns.rfm_table import Cell
from core.analysis.remembered import remembered
from core.analysis.sums import Flags, Ints, counts, whole

__all__ = ["BINS", "Rfm", "RfmChoice", "Rule", "bins_for", "rfm", "rfm_with", "score", "spread"]


@dataclass(frozen=True, eq=False)
class Rfm:
    """Scores and segment of each customer, NA for those without an order in the period.

    Cut points divide the bins, worst first. Ties alike: so many days since the last order or more, so many
    orders or fewer, so many minor units of net revenue or less do not reach the next bin. Quantiles plus one:
    each is where the next bin begins, days counted from the fewest.
    """

    r: "pd.Series[Any]"
    f: "pd.Series[Any]"
    m: "pd.Series[Any]"
    segment: "pd.Series[Any]"
    bins: int
    recency_cuts: tuple[int | Fraction, ...]
    frequency_cuts: tuple[int | Fraction, ...]
    monetary_cuts: tuple[int | Fraction, ...]
    note: str  # why there are fewer bins than asked for, or ""
    rule: Rule
    # Of each customer, up to the as-of date; the two are everybody who never ordered.
    prospects: Flags  # not a single document
    credits_only: Flags  # documents, but no order: credit notes and refunds, or journal entries


@remembered
def rfm(facts: Facts) -> Rfm:
    """Score the customers with at least one order in the period, as the book has chosen."""
    return rfm_with(facts, facts.rfm_choice)


def rfm_with(facts: Facts, choice: RfmChoice) -> Rfm:
    """Score the customers with at least one order in the period, as chosen."""
    orders = orders_of(facts)
    known = counts(facts.documents["customer"].to_numpy(), len(facts.customers)) > 0
    active = orders.count_in_period > 0
    count = int(active.sum())
    bins = bins_for(count, choice.bins)
    revenue = net_revenue(facts, facts.period)
    recency = _recency(orders.last[active], day_number(facts.as_of), bins, choice.rule)
    frequency = _scored(orders.count_in_period[active], bins, choice.rule)
    monetary = _scored(revenue[active], bins, choice.rule, one=10**facts.exponent)
    r, f, m = (spread(part.scores, bins) for part in (recency, frequency, monetary))
    return Rfm(
        r=_column(r, active),
        f=_column(f, active),
        m=_column(m, active),
        segment=_segments(np.stack([r, f, m]), active, choice.table),
        bins=bins,
        recency_cuts=recency.cuts,
        frequency_cuts=frequency.cuts,
        monetary_cuts=monetary.cuts,
        note=_note(count, bins, choice.bins),
        rule=choice.rule,
        prospects=~known,
        credits_only=known & ~orders.has_any,
    )


def _recency(last: Ints, today: int, bins: int, rule: Rule) -> Scores:
    if rule is Rule.QUANTILES_PLUS_ONE:
        found = score_by_quantiles(today - last, bins)
        return Scores(bins + 1 - found.scores, found.cuts)
    # The later the last order, the better: the day itself is scored, and its cuts are told in days ago.
    found = score(last, bins)
    return Scores(found.scores, tuple(today - cut for cut in found.cuts))


def _scored(values: Ints, bins: int, rule: Rule, *, one: int = 1) -> Scores:
    if rule is Rule.QUANTILES_PLUS_ONE:
        return score_by_quantiles(values, bins, one=one)
    return score(values, bins)


def _segments(scores: Ints, active: Flags, table: Mapping[Cell, str]) -> "pd.Series[Any]":
    of_cell = np.full(6 * 36, None, dtype=object)
    for (r, f, m), name in table.items():
        of_cell[r * 36 + f * 6 + m] = name
    names = np.full(len(active), None, dtype=object)
    names[active] = of_cell[scores[0] * 36 + scores[1] * 6 + scores[2]]
    return pd.Series(names, dtype="string")


def _column(scores: Ints, active: Flags) -> "pd.Series[Any]":
    values = np.zeros(len(active), dtype=np.int64)
    values[active] = scores
    return whole(values, active)


def _note(count: int, bins: int, wanted: int) -> str:
    if bins == wanted:
        return ""
    customers = "1 customer" if count == 1 else f"{count} customers"
    return f"{customers} with an order: scored in {bins} of {wanted} bins, spread over 1 to {BINS}."
