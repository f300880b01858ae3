from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from core.analysis.patterns.bg_nbd import BgNbd, fit_bg_nbd
from core.analysis.patterns.fitting import Fit
from core.analysis.patterns.gamma_gamma import SpendFit, fit_gamma_gamma
from core.analysis.patterns.lifetime_terms import Horizon
from core.analysis.patterns.lifetime_value import LifetimeValue, discounted_value, lifetime_value
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.pareto_nbd import ParetoNbd
from core.analysis.patterns.repeat_purchases import Histories
from tests.core.analysis.patterns.cdnow import CALIBRATION_END, cdnow_facts, summary
from tests.core.builders import BookBuilder


def worked_out(found: LifetimeValue | NotEnough) -> LifetimeValue:
    assert isinstance(found, LifetimeValue)
    return found


def test_published_discounted_values_by_their_own_convention() -> None:
    # The printed run steps 30 weeks where it says month: a check of the formula, never a business figure.
    histories, mean = summary("cdnow_customers_summary_with_transactions.csv")
    orders, spend = fit_bg_nbd(histories), fit_gamma_gamma(histories.x, mean)
    assert isinstance(orders, Fit)
    assert isinstance(spend, SpendFit)
    value = spend.fit.model.expected_value(histories.x, mean)
    found = discounted_value(orders.model, histories, value, steps=12, step=30, rate=0.01)
    assert found[:10] == pytest.approx(
        [
            140.096211,
            18.943467,
            38.180574,
            38.180574,
            38.180574,
            1003.868107,
            28.109683,
            38.180574,
            167.418216,
            38.180574,
        ],
        rel=1e-4,
    )


def test_each_step_is_discounted_by_its_own_number_of_steps() -> None:
    model = BgNbd(0.9, 6.0, 0.8, 2.5)
    seen = Histories(np.array([3.0]), np.array([20.0]), np.array([30.0]))
    first, second = (model.expected(time, seen.x, seen.t_x, seen.age)[0] for time in (4.0, 8.0))
    found = discounted_value(model, seen, np.array([50.0]), steps=2, step=4.0, rate=0.1)
    assert found[0] == pytest.approx(50 * (first / 1.1 + (second - first) / 1.21))


def test_without_a_rate_the_value_is_orders_times_value_of_an_order() -> None:
    facts = replace(cdnow_facts(CALIBRATION_END))
    found = worked_out(lifetime_value(facts, horizon=Horizon(months=6, yearly_rate=0.0)))
    product = found.expected_orders * found.order_value
    assert found.value.to_numpy(dtype=float) == pytest.approx(product.to_numpy(dtype=float), abs=60)


def test_a_month_is_a_month_in_weeks_and_in_days() -> None:
    facts = cdnow_facts(CALIBRATION_END)
    weeks, days = (worked_out(lifetime_value(facts, unit=unit)) for unit in ("weeks", "days"))
    assert days.expected_orders.to_numpy(dtype=float) == pytest.approx(
        weeks.expected_orders.to_numpy(dtype=float), rel=1e-4
    )
    # 52.18 weeks of a customer with one order more than 26 weeks ago stay below the published 1.444 of 52 weeks of
    # a new one, and all of them together above 0.
    one_order = weeks.purchases.histories.x == 0
    assert 0 < weeks.expected_orders[weeks.purchases.customer[one_order]].max() < 1.444


def test_twelve_monthly_rates_make_the_yearly_rate() -> None:
    assert (1 + Horizon(yearly_rate=0.1).monthly_rate) ** 12 == pytest.approx(1.1)


def test_everything_is_said_that_a_reader_must_know() -> None:
    found = worked_out(lifetime_value(cdnow_facts(CALIBRATION_END), horizon=Horizon(months=24)))
    assert any("Who ordered once counts as still buying" in note for note in found.notes)
    assert any("correlate by 0.11" in note for note in found.notes)
    assert found.warnings == ("The value looks 24 months ahead, the history only 9 months back.",)


def test_the_alternative_model_gives_similar_values_of_all() -> None:
    facts = cdnow_facts(CALIBRATION_END)
    usual, other = worked_out(lifetime_value(facts)), worked_out(lifetime_value(facts, model="pareto_nbd"))
    assert isinstance(other.orders.model, ParetoNbd)
    assert other.value.sum() == pytest.approx(usual.value.sum(), rel=0.05)
    assert other.p_alive.min() < 1  # here also who never came back may have stopped
    assert not any("ordered once" in note for note in other.notes)


def regulars(builder: BookBuilder, count: int) -> None:
    """Customers who order every 20 to 60 days, each for its own price; half of them stopped."""
    with builder.book.transaction():
        for number in range(count):
            customer = builder.customer(f"Regular {number}")
            gap, orders = 20 + number % 41, 2 + number % 5
            for order in range(orders):
                day = date(2025, 11, 1) + timedelta(days=number % 30 + gap * order)
                price = 50_00 + 700 * (number % 13) + 100 * order
                builder.document(day.isoformat(), customer, (price, price // 2))


def test_values_stand_beside_their_customers(builder: BookBuilder) -> None:
    builder.customer("Never ordered")
    regulars(builder, 40)
    facts = builder.facts("2025-11..2026-10")
    revenue, profit = (
        worked_out(lifetime_value(facts)),
        worked_out(lifetime_value(facts, basis="gross_profit")),
    )
    for series in (revenue.p_alive, revenue.expected_orders, revenue.order_value, revenue.value):
        assert len(series) == 41
        assert series.isna().tolist() == [True] + [False] * 40
    assert revenue.p_alive.dropna().between(0, 1).all()
    # Every order earns half its price, so everything is worth half.
    halves = profit.value.dropna().to_numpy(dtype=float) * 2
    assert halves == pytest.approx(revenue.value.dropna().to_numpy(dtype=float), rel=1e-3, abs=3)
    assert any("Only 40 customers ordered again" in sentence for sentence in revenue.warnings)


def test_without_a_known_contribution_orders_are_expected_but_have_no_value(builder: BookBuilder) -> None:
    regulars(builder, 25)
    found = worked_out(lifetime_value(builder.facts("2025-11..2026-10"), basis="contribution"))
    assert found.spend == NotEnough(0, 20, "customers with a known value of repeat orders")
    assert found.value.isna().all()
    assert found.expected_orders.notna().all()
    assert found.spend.text in found.notes
    assert all("Gamma" not in warning for warning in found.warnings)


def test_too_few_customers_are_not_enough_history(builder: BookBuilder) -> None:
    regulars(builder, 19)
    assert lifetime_value(builder.facts()) == NotEnough(19, 20, "customers who ordered again")
