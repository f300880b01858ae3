from datetime import date

from core.analysis.patterns.order_value import order_value
from core.analysis.patterns.share import Share
from core.period import parse_period
from tests.core.analysis.patterns.made_facts import Sale, made_facts

MAY = date(2026, 5, 4)


def test_orders_are_added_up_before_they_are_divided() -> None:
    sales = [
        Sale(MAY, 0, 90, discount=10),
        Sale(MAY, 0, 30),  # the same day: one order of two lines
        Sale(MAY, 1, 80),
        Sale(date(2026, 5, 9), 0, -20, "credit note"),
        Sale(MAY, -1, 500),  # a counter sale is no customer's
        Sale(date(2026, 4, 9), 1, 70),  # before the period
    ]
    facts = made_facts(sales, as_of=date(2026, 5, 31), customers=2, period=parse_period("2026-05"))
    found = order_value(facts)
    assert found.orders == 2
    assert found.revenue == Share(180, 2)
    assert found.lines == Share(3, 2)
    assert found.discounts == Share(10, 210)
    assert found.returns == Share(20, 200)


def test_without_orders_there_is_no_average() -> None:
    found = order_value(made_facts([], as_of=MAY, customers=0))
    assert (found.orders, found.revenue.value, found.lines.value, found.discounts.value) == (
        0,
        None,
        None,
        None,
    )
