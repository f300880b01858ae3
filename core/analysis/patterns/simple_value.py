"""Lifetime value without a model: what was earned so far, and a formula that fits on one line."""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.orders import day_number, orders_of
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.profit_ladder import profit_ladder
from core.analysis.sums import Flags, split
from core.money import divide_half_away
from core.period import EVERYTHING, Period

FORMULA = "Average order value × orders a month × lifespan in months × margin"
LOST_AFTER_DAYS = 365
LEAST_LOST = 10
_MONTH = Fraction(1461, 48)  # days: 365.25 by 12


@dataclass(frozen=True)
class Lifespan:
    """How long customers stay, from the first order on."""

    months: float
    text: str  # how it was found, in words
    warning: str = ""  # where it says more than the book has seen


@dataclass(frozen=True)
class SimpleValue:
    """The factors of the formula and what comes out; money in minor units of one customer."""

    average_order_minor: int
    orders_a_month: float
    lifespan: Lifespan
    margin: float | None  # None: no cost is known, the value is one of revenue
    margin_text: str
    value_minor: int


def historic_value(facts: Facts) -> pd.DataFrame:
    """Net revenue, gross profit and contribution of all history up to the as-of date, a row a customer."""
    everything = profit_ladder(replace(facts, period=EVERYTHING)).by_customer
    return everything[["net_revenue", "gross_profit", "contribution"]].copy()


def observed_lifespan(facts: Facts, chosen: Flags | None = None) -> Lifespan | NotEnough:
    """Time that customers were there, by the number of those lost: who is still there counts with its time too.

    Lost is who has not ordered for a year; the time of a lost customer ends with its last order.
    """
    orders = orders_of(facts)
    meant = orders.has_any if chosen is None else orders.has_any & chosen
    count = int((meant & _lost(facts)).sum())
    if count < LEAST_LOST:
        return NotEnough(count, LEAST_LOST, f"customers without an order for {LOST_AFTER_DAYS} days")
    there = _days_there(facts, meant, EVERYTHING)
    months = Fraction(there, count) / _MONTH
    text = (
        f"{there:,} days of all customers from the first order on, by {count:,} customers lost "
        f"(no order for {LOST_AFTER_DAYS} days)"
    )
    seen = Fraction(day_number(facts.as_of) - int(orders.first[orders.has_any].min()) + 1) / _MONTH
    warning = _extrapolated(months, seen, count) if months > seen else ""
    return Lifespan(float(months), text, warning)


def _extrapolated(months: Fraction, seen: Fraction, lost: int) -> str:
    return (
        f"A lifespan of {float(months):.0f} months is more than the {float(seen):.0f} months that this book has seen: "
        f"{lost:,} customers were lost so far, and the value rests on the guess that it goes on like this."
    )


def simple_value(
    facts: Facts, *, lifespan_months: float | None = None, chosen: Flags | None = None
) -> SimpleValue | NotEnough:
    """Work the formula out for the customers who ordered in the facts' period, or for the chosen ones of them.

    `lifespan_months` is what the bookkeeper knows better; without it, it is taken from the book.
    """
    orders = orders_of(facts)
    active = orders.count_in_period > 0
    meant = active if chosen is None else active & chosen
    count = int(orders.count_in_period[meant].sum())
    if not count:
        return NotEnough(0, 1, f"orders in {facts.period.label}")
    lifespan = (
        observed_lifespan(facts, chosen)
        if lifespan_months is None
        else Lifespan(lifespan_months, "as entered")
    )
    if isinstance(lifespan, NotEnough):
        return lifespan
    ladder = profit_ladder(facts).by_customer.loc[meant]
    revenue = int(ladder["net_revenue"].sum())
    months = Fraction(_days_there(facts, meant, facts.period)) / _MONTH
    margin, margin_text = _margin(ladder)
    stays = Fraction(lifespan.months)
    value = Fraction(revenue) / months * stays * (1 if margin is None else margin)
    return SimpleValue(
        average_order_minor=divide_half_away(revenue, count),
        orders_a_month=float(count / months),
        lifespan=lifespan,
        margin=None if margin is None else float(margin),
        margin_text=margin_text,
        value_minor=divide_half_away(value.numerator, value.denominator),
    )


def _lost(facts: Facts) -> Flags:
    found: Flags = day_number(facts.as_of) - orders_of(facts).last > LOST_AFTER_DAYS
    return found


def _days_there(facts: Facts, meant: Flags, period: Period) -> int:
    """Days of a period that these customers were there, both ends included: from the first order on, and
    of a lost customer up to the last one. The same clock for orders a month and for the lifespan.
    """
    orders = orders_of(facts)
    ends = np.where(_lost(facts), orders.last, day_number(facts.as_of))[meant]
    begins = orders.first[meant]
    if not period.is_everything:
        begins = np.maximum(begins, day_number(period.start))
        ends = np.minimum(ends, day_number(period.end))
    return int((ends - begins + 1).sum())


def _margin(ladder: pd.DataFrame) -> tuple[Fraction | None, str]:
    """Contribution by revenue where it is known of all; else gross profit of what has a cost; else None."""
    revenue = int(ladder["net_revenue"].sum())
    contribution, known = split(ladder["contribution"])
    if known.all() and revenue > 0:
        return Fraction(int(contribution.sum()), revenue), "contribution by net revenue"
    covered = int(ladder["covered_net_revenue"].sum())
    if covered > 0 and ladder["goods_covered"].sum() > 0:
        share = ladder["goods_covered"].sum() / ladder["goods"].sum()
        text = f"gross profit by net revenue of the {share:.0%} of sales whose cost is known"
        return Fraction(covered - int(ladder["covered_cost"].sum()), covered), text
    return None, "no cost is known: this is revenue, not profit"
