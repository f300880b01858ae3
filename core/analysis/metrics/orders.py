"""How often and how much a customer orders."""

from typing import Any

import numpy as np
import pandas as pd

from core.analysis.facts import Facts, span
from core.analysis.metric import Metric
from core.analysis.orders import orders_of
from core.analysis.profit_ladder import profit_ladder
from core.analysis.sums import counts, divide, ratio, whole
from core.unit import Unit


def orders(facts: Facts) -> "pd.Series[Any]":
    """Orders in the period."""
    return whole(orders_of(facts).count_in_period)


def average_order_value(facts: Facts) -> "pd.Series[Any]":
    """Net revenue by orders, rounded half away from zero to the minor unit."""
    revenue = profit_ladder(facts).by_customer["net_revenue"].to_numpy()
    return divide(revenue, orders_of(facts).count_in_period)


def lines_per_order(facts: Facts) -> "pd.Series[Any]":
    """Lines of invoices and receipts by orders."""
    found = orders_of(facts)
    document = facts.lines["document"].to_numpy()[span(facts, facts.period).lines]
    customer = np.where(found.is_order, facts.documents["customer"].to_numpy(), -1)[document]
    return ratio(counts(customer, len(facts.customers)), found.count_in_period)


METRICS: tuple[Metric, ...] = (
    Metric(
        "orders",
        "Orders",
        Unit.COUNT,
        "Invoices and sales receipts of the period, those of the same day being one order; credit notes, "
        "refunds and journal entries are none.",
        orders,
    ),
    Metric(
        "average_order_value",
        "Average order value",
        Unit.MONEY,
        "Net revenue of the period by orders of the period; unknown for a customer without orders.",
        average_order_value,
    ),
    Metric(
        "lines_per_order",
        "Lines an order",
        Unit.NUMBER,
        "Lines on the invoices and sales receipts of the period by orders of the period.",
        lines_per_order,
    ),
)
