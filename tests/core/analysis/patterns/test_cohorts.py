from collections.abc import Sequence
from datetime import date
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.patterns.cohorts import Cohorts, Step, cohort_label, cohorts
from core.analysis.patterns.share import Share
from core.period import parse_period
from tests.core.analysis.patterns.made_facts import CUSTOMERS, LAST, Sale, made_facts, order_days, some_sales


def place(day: date, step: Step) -> int:
    months = day.year * 12 + day.month - 1
    return months // 3 if step is Step.QUARTER else months


@settings(max_examples=25)
@given(some_sales, st.sampled_from(Step), st.dates(date(2025, 1, 1), LAST))
def test_every_cell_is_what_counting_by_hand_gives(sales: Sequence[Sale], step: Step, as_of: date) -> None:
    found = cohorts(made_facts(sales, as_of=as_of, customers=CUSTOMERS), step)
    days = {who: order_days(sales, who, as_of) for who in range(CUSTOMERS)}
    days = {who: found for who, found in days.items() if found}
    assert int(found.size.sum()) == len(days)
    if not days:
        assert found.periods == ()
        return
    origin = min(place(days[who][0], step) for who in days)
    assert len(found.periods) == place(as_of, step) - origin + 1
    counted = [sale for sale in sales if sale.day <= as_of]
    for cohort in range(len(found.periods)):
        members = [who for who in days if place(days[who][0], step) - origin == cohort]
        assert found.size[cohort] == len(members)
        for since in range(len(found.periods) - cohort):
            now = origin + cohort + since
            assert found.customers(cohort, since) == sum(
                any(place(day, step) == now for day in days[who]) for who in members
            )
            assert found.unbounded_retention(cohort, since) == Share(
                sum(any(place(day, step) >= now for day in days[who]) for who in members), len(members)
            )
            own = [
                sale for sale in counted
                if sale.customer in members and place(sale.day, step) == now and sale.day >= days[sale.customer][0]
            ]  # fmt: skip
            assert found.revenue(cohort, since) == sum(sale.net for sale in own)
            unknown = any(sale.cost is None for sale in own)
            profit = None if unknown else sum(sale.net - (sale.cost or 0) for sale in own)
            assert found.gross_profit(cohort, since) == profit
    all_of_them = sum(sale.net for sale in counted if sale.customer in days)
    assert int(found.net_revenue.sum()) + found.revenue_before_first_order == all_of_them


@settings(max_examples=25)
@given(some_sales, st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(sales: list[Sale], seed: int) -> None:
    first = cohorts(made_facts(sales, as_of=LAST, customers=CUSTOMERS))
    Random(seed).shuffle(sales)
    again = cohorts(made_facts(sales, as_of=LAST, customers=CUSTOMERS))
    assert np.array_equal(first.active, again.active)
    assert np.array_equal(first.net_revenue, again.net_revenue)


def three_customers(as_of: date = date(2026, 3, 15)) -> Cohorts:
    days = {0: ("2026-01-02", "2026-02-03"), 1: ("2026-01-09", "2026-03-01"), 2: ("2026-02-11",)}
    sales = [Sale(date.fromisoformat(day), who, 100) for who, all_days in days.items() for day in all_days]
    return cohorts(made_facts(sales, as_of=as_of, customers=4))


def test_classic_and_unbounded_retention_differ_by_those_who_come_back_later() -> None:
    found = three_customers()
    assert found.classic_retention(0, 1) == Share(1, 2)
    assert found.unbounded_retention(0, 1) == Share(2, 2)
    assert found.last_is_partial


def test_cells_that_are_not_reached_are_unknown() -> None:
    found = three_customers()
    assert found.classic_retention(1, 1) == Share(0, 1)
    for unknown in (
        found.classic_retention,
        found.unbounded_retention,
        found.customers,
        found.revenue,
        found.gross_profit,
    ):
        assert unknown(1, 2) is None
    assert found.customers(0, -1) is None


def test_averages_are_weighted_by_customers() -> None:
    found = three_customers()
    assert found.average_classic(1) == Share(1, 3)
    assert found.average_unbounded(1) == Share(2, 3)
    assert found.average_classic(2) == Share(1, 2)
    assert found.average_classic(3) is None
    assert found.average_unbounded(-1) is None


def test_a_customer_with_only_credits_is_in_no_cohort() -> None:
    sales = [Sale(date(2026, 1, 5), 0, -100, "credit note"), Sale(date(2026, 2, 5), 1, 100)]
    found = cohorts(made_facts(sales, as_of=LAST, customers=2))
    assert found.size.tolist()[0] == 1
    assert found.periods[0].key == "2026-02"


@pytest.mark.parametrize(
    ("key", "step", "label"), [("2026-10", Step.MONTH, "Oct 2026"), ("2026-Q4", Step.QUARTER, "2026 Q4")]
)
def test_cohorts_are_named_by_their_period(key: str, step: Step, label: str) -> None:
    assert cohort_label(parse_period(key), step) == label
