"""What a customer brings, rung by rung of the profit ladder."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from core.analysis.facts import Facts
from core.analysis.metric import Metric
from core.analysis.profit_ladder import profit_ladder
from core.analysis.sums import ratio, whole
from core.unit import Unit


def _rung(name: str) -> Callable[[Facts], "pd.Series[Any]"]:
    def column(facts: Facts) -> "pd.Series[Any]":
        values = profit_ladder(facts).by_customer[name]
        return whole(values.to_numpy()) if values.dtype == "int64" else values

    return column


def discount_share(facts: Facts) -> "pd.Series[Any]":
    """Discounts by gross sales."""
    ladder = profit_ladder(facts).by_customer
    return ratio(ladder["discounts"].to_numpy(), ladder["gross_sales"].to_numpy())


def returns_share(facts: Facts) -> "pd.Series[Any]":
    """Credits by sales after discounts."""
    ladder = profit_ladder(facts).by_customer
    return ratio(ladder["credits"].to_numpy(), (ladder["gross_sales"] - ladder["discounts"]).to_numpy())


METRICS: tuple[Metric, ...] = (
    Metric(
        "net_revenue",
        "Net revenue",
        Unit.MONEY,
        "Sales of the period without tax, after discounts and credits.",
        _rung("net_revenue"),
    ),
    Metric(
        "gross_sales",
        "Gross sales",
        Unit.MONEY,
        "Sales documents of the period without tax, before discounts and credits.",
        _rung("gross_sales"),
    ),
    Metric(
        "discounts",
        "Discounts",
        Unit.MONEY,
        "Discounts on the sales documents of the period.",
        _rung("discounts"),
    ),
    Metric(
        "credits",
        "Credits",
        Unit.MONEY,
        "Credit notes and refunds dated in the period, without tax.",
        _rung("credits"),
    ),
    Metric(
        "cost_of_sales",
        "Cost of sales",
        Unit.MONEY,
        "Cost of what was sold in the period, less what came back: the line's own cost, else the item's cost "
        "on the day of sale; unknown where no line has either.",
        _rung("cost_of_sales"),
    ),
    Metric(
        "cost_coverage",
        "Cost coverage",
        Unit.RATIO,
        "The share of sales lines, by size, whose cost is known; plain discounts are left out.",
        _rung("cost_coverage"),
    ),
    Metric(
        "gross_profit",
        "Gross profit",
        Unit.MONEY,
        "Net revenue less cost of sales; unknown unless every line's cost is known.",
        _rung("gross_profit"),
    ),
    Metric("gross_margin", "Gross margin", Unit.RATIO, "Gross profit by net revenue.", _rung("gross_margin")),
    Metric(
        "cost_to_serve",
        "Cost to serve",
        Unit.MONEY,
        "The customer's shares of the cost pools of the period; unknown without a pool and a ledger.",
        _rung("cost_to_serve"),
    ),
    Metric(
        "contribution",
        "Contribution",
        Unit.MONEY,
        "Gross profit less cost to serve; unknown where either is.",
        _rung("contribution"),
    ),
    Metric(
        "contribution_margin",
        "Contribution margin",
        Unit.RATIO,
        "Contribution by net revenue.",
        _rung("contribution_margin"),
    ),
    Metric(
        "discount_share",
        "Discount share",
        Unit.RATIO,
        "Discounts of the period by gross sales.",
        discount_share,
    ),
    Metric(
        "returns_share",
        "Returns share",
        Unit.RATIO,
        "Credit notes and refunds of the period by sales after discounts.",
        returns_share,
    ),
)
