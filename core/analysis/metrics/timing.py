"""When a customer ordered, how regularly, and what that says about now."""

from typing import Any

import numpy as np
import pandas as pd

from core.analysis.facts import Facts, span
from core.analysis.metric import Metric
from core.analysis.orders import day_number, median_gaps, orders_of
from core.analysis.sums import Flags, Ints, decimal, ratio, split, sums, whole
from core.period import Period, month_of
from core.unit import Unit

FEWEST_FOR_LATENESS = 3
TREND_MONTHS = 3


def first_purchase(facts: Facts) -> "pd.Series[Any]":
    """Day of the first order."""
    orders = orders_of(facts)
    return _dates(orders.first, orders.has_any)


def last_purchase(facts: Facts) -> "pd.Series[Any]":
    """Day of the last order."""
    orders = orders_of(facts)
    return _dates(orders.last, orders.has_any)


def recency_days(facts: Facts) -> "pd.Series[Any]":
    """Days from the last order to the as-of date."""
    orders = orders_of(facts)
    return whole(day_number(facts.as_of) - orders.last, orders.has_any)


def tenure_days(facts: Facts) -> "pd.Series[Any]":
    """Days from the first order to the as-of date."""
    orders = orders_of(facts)
    return whole(day_number(facts.as_of) - orders.first, orders.has_any)


def lateness(facts: Facts) -> "pd.Series[Any]":
    """Days since the last order by the usual gap."""
    orders = orders_of(facts)
    gap = median_gaps(facts).fillna(0.0).to_numpy(dtype=np.float64)
    since, _ = split(recency_days(facts))
    known = orders.days >= FEWEST_FOR_LATENESS
    return decimal(since / np.where(known, gap, 1.0), known)


def trend(facts: Facts) -> "pd.Series[Any]":
    """Change of net revenue from three months to the next three."""
    last = _last_full_month(facts)
    recent = Period(last.shift(1 - TREND_MONTHS).start, last.end)
    base = recent.before()
    before, now = _net_revenue(facts, base), _net_revenue(facts, recent)
    days = facts.documents["day"].to_numpy()
    # A book that begins within the base would show growth that is only missing history.
    reaches_back = len(days) > 0 and bool(days[0] <= np.datetime64(next(base.months()).end, "s"))
    return ratio(now - before, np.where(reaches_back & (before > 0), before, 0))


def _last_full_month(facts: Facts) -> Period:
    end = min(facts.period.end, facts.as_of)
    month = month_of(end)
    return month if month.end == end else month.shift(-1)


def _net_revenue(facts: Facts, period: Period) -> Ints:
    lines = facts.lines.iloc[span(facts, period).lines]
    customer = facts.documents["customer"].to_numpy()[lines["document"].to_numpy()]
    return sums(lines["net"].to_numpy(), customer, len(facts.customers))


def _dates(days: Ints, known: Flags) -> "pd.Series[Any]":
    dates = days.astype("datetime64[D]").astype("datetime64[s]")
    dates[~known] = np.datetime64("NaT")
    return pd.Series(dates)


METRICS: tuple[Metric, ...] = (
    Metric(
        "first_purchase",
        "First purchase",
        Unit.DATE,
        "Day of the first order, in all history up to the as-of date.",
        first_purchase,
    ),
    Metric(
        "last_purchase",
        "Last purchase",
        Unit.DATE,
        "Day of the last order, in all history up to the as-of date.",
        last_purchase,
    ),
    Metric(
        "recency_days",
        "Days since last order",
        Unit.DAYS,
        "Days from the last order to the as-of date; credit notes do not count as orders.",
        recency_days,
    ),
    Metric(
        "tenure_days",
        "Customer for",
        Unit.DAYS,
        "Days from the first order to the as-of date.",
        tenure_days,
    ),
    Metric(
        "median_interpurchase_days",
        "Usual gap",
        Unit.DAYS,
        "The median of the days between one order day and the next, in all history up to the as-of date; "
        "unknown with fewer than two order days.",
        median_gaps,
    ),
    Metric(
        "lateness",
        "Lateness",
        Unit.NUMBER,
        "Days since the last order by the customer's own usual gap: 1 is due, 2 is twice as long as usual; "
        "unknown with fewer than three order days.",
        lateness,
    ),
    Metric(
        "trend",
        "Trend",
        Unit.RATIO,
        "Change of net revenue in the last three full months of the period against the three before; unknown "
        "where those brought nothing.",
        trend,
    ),
)
