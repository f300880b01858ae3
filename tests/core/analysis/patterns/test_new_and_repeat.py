from datetime import date
from random import Random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.patterns.full_months import full_months
from core.analysis.patterns.new_and_repeat import (
    RevenueRetention,
    customer_flow,
    flow_members,
    revenue_retention,
)
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.share import Share
from core.period import Period, parse_period
from tests.core.analysis.patterns.made_facts import CUSTOMERS, LAST, Sale, made_facts, order_days, some_sales


def months_of(days: list[date]) -> set[int]:
    return {day.year * 12 + day.month for day in days}


@settings(max_examples=25)
@given(some_sales, st.integers(1, 8))
def test_the_flow_is_what_looking_at_each_customer_gives(sales: list[Sale], silent: int) -> None:
    facts = made_facts(sales, as_of=LAST, customers=CUSTOMERS)
    found = customer_flow(facts, silent)
    ordered = [months_of(order_days(sales, who, LAST)) for who in range(CUSTOMERS)]
    covered = full_months(facts).months
    for day, row in found.iterrows():
        assert isinstance(day, date)
        now = day.year * 12 + day.month
        before = [any(now - silent <= month < now for month in months) for months in ordered]
        expected = {"new": 0, "repeat": 0, "reactivated": 0, "lost": 0, "customers": 0}
        for months, recently in zip(ordered, before, strict=True):
            if now in months:
                word = "new" if min(months) == now else "repeat" if recently else "reactivated"
                expected[word] += 1
            active = any(now - silent < month <= now for month in months)
            expected["customers"] += active
            expected["lost"] += not active and now - silent in months
        known = covered and (covered[-1].end.year * 12 + covered[-1].end.month) >= now
        for name, number in expected.items():
            if name in {"new", "repeat", "reactivated"} or known:
                assert row[name] == number, (day, name)
            else:
                assert pd.isna(row[name])
            assert len(flow_members(facts, day, name, silent)) == number


@settings(max_examples=25)
@given(some_sales, st.integers(0, 99))
def test_neither_the_order_of_rows_nor_a_credit_changes_the_flow(sales: list[Sale], seed: int) -> None:
    first = customer_flow(made_facts(sales, as_of=LAST, customers=CUSTOMERS))
    Random(seed).shuffle(sales)
    pd.testing.assert_frame_equal(first, customer_flow(made_facts(sales, as_of=LAST, customers=CUSTOMERS)))
    words = ["new", "repeat", "reactivated"]
    sales += [Sale(LAST, who, -5, "credit note") for who in range(CUSTOMERS)]
    again = customer_flow(made_facts(sales, as_of=LAST, customers=CUSTOMERS))
    pd.testing.assert_frame_equal(first[words], again[words])


def test_a_customer_who_comes_back_after_the_silence_is_lost_and_then_reactivated() -> None:
    weekly = [Sale(date(2026, month, day), 1, 1) for month in range(1, 7) for day in (1, 8, 15, 22, 28)]
    sales = [*weekly, Sale(date(2026, 1, 9), 0, 1), Sale(date(2026, 5, 9), 0, 1)]
    found = customer_flow(made_facts(sales, as_of=LAST, customers=2), 3)
    assert found["new"].tolist() == [2, 0, 0, 0, 0, 0]
    assert found["lost"].tolist() == [0, 0, 0, 1, 0, 0]
    assert found["reactivated"].tolist() == [0, 0, 0, 0, 1, 0]
    assert found["customers"].tolist() == [2, 2, 2, 1, 2, 2]
    facts, april = made_facts(sales, as_of=LAST, customers=2), date(2026, 4, 1)
    assert flow_members(facts, april, "lost", 3).tolist() == [0]
    assert flow_members(facts, april, "repeat", 3).tolist() == [1]
    assert flow_members(facts, date(2026, 5, 1), "reactivated", 3).tolist() == [0]
    assert flow_members(facts, date(2026, 6, 1), "customers", 3).tolist() == [0, 1]


def test_without_orders_there_is_no_flow() -> None:
    facts = made_facts([Sale(date(2026, 1, 9), 0, -1, "refund")], as_of=LAST, customers=1)
    assert customer_flow(facts).empty
    assert flow_members(facts, date(2026, 1, 1), "new").tolist() == []


def two_months(extra: tuple[Sale, ...] = (), period: str = "2026-02") -> RevenueRetention | NotEnough:
    """Ann 100 then 150, Bob 100 then 40, Eve 50 then nothing, Kim only later, Dan nothing but credits."""
    sales = [
        Sale(date(2026, 1, 1), 0, 100), Sale(date(2026, 2, 1), 0, 150),
        Sale(date(2026, 1, 31), 1, 100), Sale(date(2026, 2, 28), 1, 40),
        Sale(date(2026, 1, 15), 2, 50), Sale(date(2026, 2, 15), 3, 500),
        Sale(date(2026, 1, 15), 4, -30, "credit note"), Sale(date(2026, 2, 15), 4, -30, "credit note"), *extra,
    ]  # fmt: skip
    return revenue_retention(
        made_facts(sales, as_of=date(2026, 2, 28), customers=5, period=parse_period(period))
    )


def test_net_retention_counts_growth_and_gross_retention_does_not() -> None:
    found = two_months()
    assert isinstance(found, RevenueRetention)
    assert (found.net, found.gross) == (Share(190, 250), Share(140, 250))
    assert found.customers == Share(2, 3)
    assert found.before.key == "2026-01"
    assert found.gross.value == 0.56


def test_credits_beyond_sales_lower_net_retention_but_gross_no_lower_than_nothing() -> None:
    found = two_months((Sale(date(2026, 2, 20), 2, -20, "credit note"),))
    assert isinstance(found, RevenueRetention)
    assert (found.net, found.gross) == (Share(170, 250), Share(140, 250))


def test_a_period_that_the_book_does_not_cover_is_not_compared() -> None:
    assert two_months(period="2026-01") == NotEnough(1, 2, "full months")
    assert two_months(period="2026-02..2026-03") == NotEnough(2, 4, "full months")


def test_for_all_dates_the_last_year_is_compared_with_the_one_before() -> None:
    assert two_months(period="all") == NotEnough(2, 24, "full months")
    days = [month.start for month in Period(date(2024, 1, 1), date(2025, 12, 31)).months()]
    sales = [Sale(day, 0, 10 if day.year == 2024 else 8) for day in days] + [Sale(date(2025, 12, 31), 1, 5)]
    found = revenue_retention(made_facts(sales, as_of=date(2025, 12, 31), customers=2))
    assert isinstance(found, RevenueRetention)
    assert found.net == Share(96, 120)
    empty = revenue_retention(made_facts([], as_of=date(2025, 12, 31), customers=0))
    assert empty == NotEnough(0, 24, "full months")


def test_a_share_of_nothing_is_unknown() -> None:
    assert Share(0, 0).value is None
    assert Share(1, 4).value == 0.25
