"""What a model that was fitted to the time before a day expects of each customer after it, and what came."""

from dataclasses import dataclass

from core.analysis.facts import Facts
from core.analysis.orders import day_number, orders_of
from core.analysis.patterns.fitting import PurchaseModel
from core.analysis.patterns.repeat_purchases import Floats, RepeatPurchases
from core.analysis.sums import Ints, counts


@dataclass(frozen=True, eq=False)
class HoldOutOrders:
    """A row for each customer of `purchases`: the chance to still buy on its last day, and orders after it."""

    purchases: RepeatPurchases
    time: float  # from the end of the purchases to the facts' as-of date, in their unit
    p_alive: Floats
    expected: Floats
    actual: Ints


def hold_out_orders(model: PurchaseModel, purchases: RepeatPurchases, facts: Facts) -> HoldOutOrders:
    """Compare customer by customer, from the day after the purchases end to the facts' as-of date."""
    seen = purchases.histories
    time = (facts.as_of - purchases.end).days / purchases.days_in_unit
    orders = orders_of(facts)
    later = orders.day > day_number(purchases.end)
    return HoldOutOrders(
        purchases,
        time,
        p_alive=model.p_alive(seen.x, seen.t_x, seen.age),
        expected=model.expected(time, seen.x, seen.t_x, seen.age),
        actual=counts(orders.customer[later], len(facts.customers))[purchases.customer],
    )
