"""What an average order of the period is: how much, how many lines, how much discounted and taken back."""

from dataclasses import dataclass

import numpy as np

from core.analysis.facts import Facts, span
from core.analysis.orders import orders_of
from core.analysis.patterns.share import Share
from core.analysis.profit_ladder import profit_ladder


@dataclass(frozen=True)
class OrderValue:
    """Totals of all customers in the facts' period; sales without a customer are not in them. Minor units."""

    orders: int
    revenue: Share  # net revenue by orders: the average order
    lines: Share  # lines of invoices and receipts by orders
    discounts: Share  # by gross sales
    returns: Share  # credit notes and refunds by sales after discounts


def order_value(facts: Facts) -> OrderValue:
    """Add the orders of the period up."""
    found, total = orders_of(facts), profit_ladder(facts).customers
    orders = int(found.count_in_period.sum())
    document = facts.lines["document"].to_numpy()[span(facts, facts.period).lines]
    counted = (found.is_order & (facts.documents["customer"].to_numpy() >= 0))[document]
    return OrderValue(
        orders=orders,
        revenue=Share(total.net_revenue, orders),
        lines=Share(int(np.count_nonzero(counted)), orders),
        discounts=Share(total.discounts, total.gross_sales),
        returns=Share(total.credits, total.gross_sales - total.discounts),
    )
