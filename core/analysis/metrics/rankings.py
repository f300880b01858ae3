"""Where a customer stands among the others."""

from typing import Any

import pandas as pd

from core.analysis.facts import Facts
from core.analysis.metric import Metric
from core.analysis.patterns.concentration import abc_classes
from core.analysis.patterns.dependence import buyers
from core.analysis.patterns.rfm import rfm
from core.analysis.profit_ladder import profit_ladder
from core.unit import Unit


def recency_score(facts: Facts) -> "pd.Series[Any]":
    """Score of the last order's day."""
    return rfm(facts).r


def frequency_score(facts: Facts) -> "pd.Series[Any]":
    """Score of the orders."""
    return rfm(facts).f


def monetary_score(facts: Facts) -> "pd.Series[Any]":
    """Score of the net revenue."""
    return rfm(facts).m


def rfm_segment(facts: Facts) -> "pd.Series[Any]":
    """Name of the segment."""
    return rfm(facts).segment


def abc_class(facts: Facts) -> "pd.Series[Any]":
    """Class by cumulative net revenue of the customers who bought in the period."""
    revenue = profit_ladder(facts).by_customer["net_revenue"].to_numpy()
    choice = facts.abc_choice
    return abc_classes(revenue, buyers(facts), a_percent=choice.a_percent, b_percent=choice.b_percent)


_AMONG = "among the customers with an order in the period; equal values score alike."
METRICS: tuple[Metric, ...] = (
    Metric(
        "r", "Recency score", Unit.SCORE, f"Days since the last order, 5 the fewest, {_AMONG}", recency_score
    ),
    Metric(
        "f", "Frequency score", Unit.SCORE, f"Orders of the period, 5 the most, {_AMONG}", frequency_score
    ),
    Metric(
        "m", "Monetary score", Unit.SCORE, f"Net revenue of the period, 5 the most, {_AMONG}", monetary_score
    ),
    Metric(
        "rfm_segment",
        "RFM segment",
        Unit.TEXT,
        "One of eleven names for the combination of recency, frequency and monetary score.",
        rfm_segment,
    ),
    Metric(
        "abc_class",
        "ABC class",
        Unit.TEXT,
        "A: the customers who together bring the first 80% of net revenue, B: up to 95%, C: the rest; "
        "a book can set other shares.",
        abc_class,
    ),
)
