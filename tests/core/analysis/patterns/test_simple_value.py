from datetime import date, timedelta

import numpy as np
import pytest

from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.simple_value import (
    SimpleValue,
    historic_value,
    observed_lifespan,
    simple_value,
)
from tests.core.builders import BookBuilder


def worked_out(found: SimpleValue | NotEnough) -> SimpleValue:
    assert isinstance(found, SimpleValue)
    return found


def with_lost_customers(builder: BookBuilder, count: int) -> None:
    """Customers who ordered 100 days apart in 2024, then never again."""
    for number in range(count):
        gone = builder.customer(f"Gone {number}")
        builder.document("2024-02-01", gone, (10_00, None))
        builder.document((date(2024, 2, 1) + timedelta(days=100)).isoformat(), gone, (10_00, None))


def test_the_formula_worked_out_by_hand(builder: BookBuilder) -> None:
    ann = builder.customer("Ann")
    for day in ("2025-11-01", "2026-02-01", "2026-05-01", "2026-08-01"):
        builder.document(day, ann, (120_00, 90_00))
    found = worked_out(simple_value(builder.facts("2025-11..2026-10"), lifespan_months=24))
    # 4 orders of 120 in 365 days, which are 365 / 30.4375 months; margin 25 %.
    assert found.average_order_minor == 120_00
    assert found.orders_a_month == pytest.approx(4 * 30.4375 / 365)
    assert found.margin == 0.25
    assert "100%" in found.margin_text
    assert found.value_minor == round(480_00 * 30.4375 / 365 * 24 * 0.25)
    assert found.lifespan.text == "as entered"


def test_a_customer_counts_from_its_first_order_on(builder: BookBuilder) -> None:
    builder.document("2026-10-22", builder.customer("Ann"), (50_00, None))
    found = worked_out(simple_value(builder.facts("2026-10"), lifespan_months=1))
    assert found.orders_a_month == pytest.approx(30.4375 / 10)  # 22 to 31 October
    assert (found.margin, found.margin_text) == (None, "no cost is known: this is revenue, not profit")


def test_contribution_comes_before_gross_profit(builder: BookBuilder) -> None:
    ann = builder.customer("Ann")
    builder.document("2026-10-01", ann, (100_00, 60_00))
    account = builder.account("6200", "expense")
    builder.pool("Delivery", "orders", account)
    builder.posting("2026-10-31", account, 10_00)
    found = worked_out(simple_value(builder.facts(), lifespan_months=1))
    assert (found.margin, found.margin_text) == (0.3, "contribution by net revenue")


def test_lifespan_is_time_there_by_customers_lost(builder: BookBuilder) -> None:
    with_lost_customers(builder, 10)
    stays = builder.customer("Stays")
    builder.document("2026-09-01", stays, (10_00, None))
    found = observed_lifespan(builder.facts(as_of="2026-10-01"))
    assert not isinstance(found, NotEnough)
    # Ten were there for 101 days, the first and the last one counted; one is there for 31 so far.
    assert found.months == pytest.approx((10 * 101 + 31) / 10 / 30.4375)
    assert found.text.startswith("1,041 days of all customers")
    assert not found.warning  # under four months, of 32 that the book has seen
    value = worked_out(simple_value(builder.facts("2026-09", as_of="2026-10-01")))
    assert value.lifespan == found


def test_over_all_history_the_value_is_revenue_by_customers_lost(builder: BookBuilder) -> None:
    # Orders a month and lifespan run on the same clock, so the days cancel out: 20 orders and 1 of 10.00 by 10 lost.
    with_lost_customers(builder, 10)
    builder.document("2026-09-01", builder.customer("Stays"), (10_00, None))
    found = worked_out(simple_value(builder.facts("all", as_of="2026-10-01")))
    assert found.value_minor == 21_00
    assert found.orders_a_month == pytest.approx(21 / (1041 / 30.4375))


def test_a_lifespan_beyond_what_the_book_has_seen_is_said(builder: BookBuilder) -> None:
    with_lost_customers(builder, 10)
    for number in range(90):
        builder.document("2024-02-01", builder.customer(f"Stays {number}"), (10_00, None))
    for number in range(90):
        builder.document("2026-09-30", number + 11, (10_00, None))
    found = observed_lifespan(builder.facts(as_of="2026-10-01"))
    assert not isinstance(found, NotEnough)
    # 90 customers for 974 days and 10 for 101, by 10 lost: 8,867 days are 291 months; the book has seen 32.
    assert found.months == pytest.approx((90 * 974 + 10 * 101) / 10 / 30.4375)
    assert found.warning.startswith(
        "A lifespan of 291 months is more than the 32 months that this book has seen"
    )


def test_fewer_than_ten_lost_customers_are_not_enough_history(builder: BookBuilder) -> None:
    with_lost_customers(builder, 9)
    builder.document("2026-10-01", builder.customer("Stays"), (10_00, None))
    found = simple_value(builder.facts())
    assert found == NotEnough(9, 10, "customers without an order for 365 days")


def test_a_period_without_orders_has_no_value(builder: BookBuilder) -> None:
    builder.document("2026-10-01", builder.customer("Ann"), (-5_00, None), kind="credit note")
    assert simple_value(builder.facts()) == NotEnough(0, 1, "orders in Oct 2026")


def test_the_formula_works_for_chosen_customers_alone(builder: BookBuilder) -> None:
    for name, price in (("Ann", 10_00), ("Bob", 90_00)):
        builder.document("2026-10-01", builder.customer(name), (price, None))
    found = worked_out(simple_value(builder.facts(), lifespan_months=1, chosen=np.array([False, True])))
    assert found.average_order_minor == 90_00


def test_historic_value_is_that_of_all_history(builder: BookBuilder) -> None:
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    builder.document("2024-01-01", ann, (100_00, 60_00))
    builder.document("2026-10-01", ann, (50_00, 20_00))
    builder.document("2026-10-02", ann, (-10_00, -4_00), kind="credit note")
    builder.document("2026-10-01", bob, (5_00, None))
    found = historic_value(builder.facts())
    assert found["net_revenue"].tolist() == [140_00, 5_00]
    assert found["gross_profit"].iloc[0] == 64_00
    assert found["gross_profit"].isna().tolist() == [False, True]
    assert found["contribution"].isna().all()
