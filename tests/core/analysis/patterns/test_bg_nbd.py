import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.polynomial.legendre import leggauss
from scipy.integrate import quad
from scipy.special import betaln

from core.analysis.patterns.bg_nbd import BgNbd, _objective, fit_bg_nbd
from core.analysis.patterns.fitting import Fit
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.repeat_purchases import Floats, Histories, transactions
from tests.core.analysis.patterns.cdnow import CALIBRATION_END, cdnow_facts, summary
from tests.core.analysis.patterns.simulated import bg_nbd_customers

# As printed by the walkthrough of the R package BTYD, section 4.
WALKTHROUGH = BgNbd(r=0.2425967, alpha=4.413659, a=0.7929869, b=2.426164)
PUBLISHED = (0.2425945, 4.4136019, 0.7929199, 2.4258881)
ARRAY = np.array


def fitted(histories: Histories) -> Fit[BgNbd]:
    fit = fit_bg_nbd(histories)
    assert not isinstance(fit, NotEnough)
    return fit


def whole_range(end: float) -> tuple[Floats, Floats]:
    """Places and weights that integrate over 0 to an end."""
    nodes, weights = leggauss(200)
    return end * (1 + nodes) / 2, end * weights / 2


def test_the_cdnow_log_gives_the_published_parameters() -> None:
    fit = fitted(transactions(cdnow_facts(), until=CALIBRATION_END).histories)
    assert fit.values == pytest.approx(PUBLISHED, rel=1e-3)
    assert fit.log_likelihood == pytest.approx(-9582.429, abs=0.01)
    assert (fit.customers, fit.warnings) == (2357, ())


def test_the_published_summary_gives_the_published_parameters_and_standard_errors() -> None:
    fit = fitted(summary()[0])
    assert fit.values == pytest.approx(PUBLISHED, rel=2e-3)
    assert fit.log_likelihood == pytest.approx(-9582.4256, abs=0.01)
    assert fit.standard_errors == pytest.approx((0.012557, 0.378221, 0.185719, 0.705345), rel=1e-4)


def test_customer_1516_of_cdnow() -> None:
    purchases = transactions(cdnow_facts(), until=CALIBRATION_END)
    place = cdnow_facts().customers["name"].tolist().index("1516")
    row = purchases.customer.tolist().index(place)
    seen = purchases.histories
    assert (seen.x[row], seen.t_x[row], seen.age[row]) == pytest.approx((26, 30.857142857, 31.0))
    history = seen.x[[row]], seen.t_x[[row]], seen.age[[row]]
    assert WALKTHROUGH.expected(52, *history)[0] == pytest.approx(25.75659, rel=1e-6)
    assert WALKTHROUGH.p_alive(*history)[0] == pytest.approx(0.9688523, rel=1e-6)


def by_terms_of_the_series(time: float, terms: int) -> float:
    """The paper's equation (9) for the parameters of the walkthrough, so many terms of it."""
    r, alpha, a, b = 0.2425967, 4.413659, 0.7929869, 2.426164
    share, term, total = time / (alpha + time), 1.0, 1.0
    for number in range(terms):
        term *= (r + number) * (b + number) / (a + b - 1 + number) * share / (number + 1)
        total += term
    return float((a + b - 1) / (a - 1) * (1 - (alpha / (alpha + time)) ** r * total))


def test_published_expectations() -> None:
    assert WALKTHROUGH.expected_new(ARRAY([52.0]))[0] == pytest.approx(1.444004, rel=1e-6)
    curve = WALKTHROUGH.expected_new(ARRAY([0.1429, 1.0, 3.0, 31.8571, 32.0, 78.0]))
    assert curve[:5] == pytest.approx([0.0078, 0.0532, 0.1506, 1.0405, 1.0437], abs=5e-5)
    # The printed 1.8576 is what the first 150 terms of the series come to; those who quote it ask for 3 decimals.
    assert curve[5] == pytest.approx(1.8576, abs=5e-4)
    assert by_terms_of_the_series(78.0, 150) == pytest.approx(1.8576, abs=5e-5)
    assert curve[5] == pytest.approx(by_terms_of_the_series(78.0, 1000), rel=1e-9)
    assert WALKTHROUGH.expected(39, ARRAY([2.0]), ARRAY([30.43]), ARRAY([38.86]))[0] == pytest.approx(
        1.226, abs=5e-4
    )


@pytest.mark.parametrize(
    ("x", "t_x", "age"), [(0, 0.0, 9.0), (1, 2.0, 30.0), (4, 12.5, 20.0), (7, 20.0, 20.0)]
)
def test_the_likelihood_is_the_integral_over_all_rates_and_stopping_chances(
    x: int, t_x: float, age: float
) -> None:
    # Rates of gamma(2, 6) and stopping chances of beta(2, 3): densities 36 rate exp(-6 rate), 12 p (1 - p)^2.
    p, of_p = whole_range(1.0)
    rate, of_rate = whole_range(8.0)
    alive = np.outer((1 - p) ** x, rate**x * np.exp(-rate * age))
    stopped = np.outer(p * (1 - p) ** (x - 1), rate**x * np.exp(-rate * t_x)) if x else 0.0
    density = np.outer(12 * p * (1 - p) ** 2, 36 * rate * np.exp(-6 * rate))
    expected = of_p @ ((alive + stopped) * density) @ of_rate
    found = BgNbd(2.0, 6.0, 2.0, 3.0).log_likelihood(ARRAY([x]), ARRAY([t_x]), ARRAY([age]))[0]
    assert found == pytest.approx(np.log(expected), rel=1e-9)


@pytest.mark.parametrize("a", [0.3, 1.0, 1.0005, 2.5])
@pytest.mark.parametrize("x", [0, 3, 60])
def test_orders_expected_while_active_are_the_mean_over_stopping_chances(a: float, x: int) -> None:
    r, alpha, b, age, time = 0.8, 5.0, 0.7, 40.0, 52.0
    model = BgNbd(r, alpha, a, b)

    def with_chance(p: float) -> float:
        orders = -np.expm1(-(r + x) * np.log1p(p * time / (alpha + age))) / p
        return float(orders * np.exp(-betaln(a, b + x)) * p ** (a - 1) * (1 - p) ** (b + x - 1))

    # In two parts, since the density may have no bound at either end.
    expected = sum(
        quad(with_chance, *part, epsabs=0, epsrel=1e-9, limit=400)[0] for part in ((0, 0.02), (0.02, 1))
    )
    history = ARRAY([float(x)]), ARRAY([20.0 if x else 0.0]), ARRAY([age])
    found = model.expected(time, *history) / model.p_alive(*history)
    assert found[0] == pytest.approx(expected, rel=1e-5)


def test_where_hardly_anything_varies_the_mean_is_that_of_the_one_chance_to_stop() -> None:
    # a and b in millions: everybody stops with p = 0.25 after an order; r and alpha too: everybody orders at 0.5.
    found = BgNbd(5e6, 1e7, 1e6, 3e6).expected_new(ARRAY([12.0]))[0]
    assert found == pytest.approx((1 - np.exp(-0.25 * 0.5 * 12)) / 0.25, rel=1e-5)


def test_expectations_are_finite_where_two_terms_of_the_formula_vanish() -> None:
    # a + b = 1 without a repeat order, and a = 1: the printed formula divides 0 by 0 there.
    nothing = np.zeros(1)
    vanishing = BgNbd(0.5, 4.0, 0.4, 0.6).expected_new(ARRAY([30.0]))
    beside = [BgNbd(0.5, 4.0, 0.4, b).expected_new(ARRAY([30.0]))[0] for b in (0.59, 0.61)]
    assert min(beside) < vanishing[0] < max(beside)
    assert np.isfinite(BgNbd(0.5, 4.0, 1.0, 2.0).expected(52, nothing, nothing, ARRAY([10.0])))[0]


def test_the_chances_of_all_numbers_of_orders_add_up_to_one_and_to_the_expectation() -> None:
    time = ARRAY([0.0, 1.0, 20.0])
    model = BgNbd(r=0.9, alpha=6.0, a=0.8, b=2.5)
    chances = np.array([model.chance_of(count, time) for count in range(300)])
    assert chances.sum(axis=0) == pytest.approx(np.ones(3), abs=1e-9)
    assert np.arange(300) @ chances == pytest.approx(model.expected_new(time), abs=1e-7)


def test_simulated_customers_order_as_often_as_expected() -> None:
    rng = np.random.default_rng(11)
    model = BgNbd(r=0.9, alpha=6.0, a=0.8, b=2.5)
    count = 20_000
    x = bg_nbd_customers(rng, np.full(count, 40.0), r=0.9, alpha=6.0, a=0.8, b=2.5).x
    assert x.mean() == pytest.approx(model.expected_new(ARRAY([40.0]))[0], abs=4 * x.std() / np.sqrt(count))
    for orders in range(4):
        chance = model.chance_of(orders, ARRAY([40.0]))[0]
        spread = np.sqrt(chance * (1 - chance) / count)
        assert (x == orders).mean() == pytest.approx(chance, abs=4 * spread)


def test_the_gradient_is_the_slope_of_the_likelihood() -> None:
    rows = bg_nbd_customers(
        np.random.default_rng(3), np.linspace(5, 60, 200), r=0.7, alpha=5, a=0.9, b=2
    ).grouped()
    logs = np.log([0.5, 7.0, 0.4, 3.0])
    _, gradient = _objective(np.exp(logs), rows)
    for place, step in enumerate(np.eye(4) * 1e-5):
        slope = (_objective(np.exp(logs + step), rows)[0] - _objective(np.exp(logs - step), rows)[0]) / 2e-5
        assert gradient[place] == pytest.approx(slope, rel=1e-5, abs=1e-4)


@pytest.mark.parametrize("seed", [1, 2])
def test_known_parameters_are_recovered_within_three_standard_errors(seed: int) -> None:
    rng = np.random.default_rng(seed)
    true = {"r": 0.8, "alpha": 8.0, "a": 0.6, "b": 2.5}
    fit = fitted(bg_nbd_customers(rng, rng.uniform(30, 104, 4000), **true))
    assert fit.standard_errors is not None
    for value, error, expected in zip(fit.values, fit.standard_errors, true.values(), strict=True):
        assert abs(value - expected) < 3 * error
        assert error < expected  # or being within three of them would say nothing


HUNDRED = bg_nbd_customers(np.random.default_rng(5), np.linspace(30, 80, 100), r=1.0, alpha=6.0, a=0.7, b=2.0)
FIT_OF_HUNDRED = fitted(HUNDRED)


@settings(max_examples=5)
@given(st.permutations(range(100)))
def test_the_order_of_customers_changes_nothing(order: list[int]) -> None:
    again = fitted(Histories(HUNDRED.x[order], HUNDRED.t_x[order], HUNDRED.age[order]))
    assert (again.values, again.log_likelihood) == (FIT_OF_HUNDRED.values, FIT_OF_HUNDRED.log_likelihood)


def test_the_likelihood_of_the_fit_is_the_sum_over_customers() -> None:
    each = FIT_OF_HUNDRED.model.log_likelihood(HUNDRED.x, HUNDRED.t_x, HUNDRED.age)
    assert each.sum() == pytest.approx(FIT_OF_HUNDRED.log_likelihood, rel=1e-12)


def test_a_thousand_repeat_orders_overflow_nothing() -> None:
    history = ARRAY([1000.0]), ARRAY([100.0]), ARRAY([104.0])
    assert np.isfinite(WALKTHROUGH.log_likelihood(*history))[0]
    assert 0 < WALKTHROUGH.expected(52, *history)[0] < 1000
    assert WALKTHROUGH.p_alive(ARRAY([1000.0]), ARRAY([1.0]), ARRAY([104.0]))[0] == pytest.approx(
        0, abs=1e-12
    )


def test_a_customer_without_a_repeat_order_counts_as_active() -> None:
    assert WALKTHROUGH.p_alive(np.zeros(1), np.zeros(1), ARRAY([500.0])).tolist() == [1.0]


def test_customers_who_never_stop_are_said_to_be_the_edge_of_the_model() -> None:
    steady = bg_nbd_customers(np.random.default_rng(8), np.full(300, 60.0), r=3.0, alpha=9.0, a=0.0, b=1.0)
    warnings = fitted(steady).warnings
    assert any("Hardly anybody was seen to stop" in sentence for sentence in warnings)


def test_customers_who_order_at_one_rate_are_said_to_be_the_edge_of_the_model() -> None:
    rng = np.random.default_rng(9)
    alike = bg_nbd_customers(rng, np.full(600, 60.0), r=4000.0, alpha=20_000.0, a=0.8, b=4.0)
    assert any("about the same rate" in sentence for sentence in fitted(alike).warnings)


def test_few_repeaters_and_a_short_history_are_said() -> None:
    few = bg_nbd_customers(np.random.default_rng(4), np.full(60, 20.0), r=1.0, alpha=10.0, a=0.8, b=2.0)
    assert 20 <= few.repeaters < 60
    said = fitted(few).warnings
    assert f"Only {few.repeaters} customers ordered again; from 100 on the figures become firm." in said
    assert any("covers 140 days" in sentence for sentence in said)


def test_a_selection_of_repeaters_is_said() -> None:
    chosen = HUNDRED.x > 0
    fit = fitted(Histories(HUNDRED.x[chosen], HUNDRED.t_x[chosen], HUNDRED.age[chosen]))
    assert any("looks like a selection" in sentence for sentence in fit.warnings)


def test_one_time_buyers_alone_are_not_enough_history() -> None:
    nothing = np.zeros(500)
    found = fit_bg_nbd(Histories(nothing, nothing, np.full(500, 52.0)))
    assert found == NotEnough(0, 20, "customers who ordered again")


def test_a_few_weeks_are_not_enough_history() -> None:
    found = fit_bg_nbd(Histories(np.ones(50), np.full(50, 3.0), np.full(50, 10.0)))
    assert found == NotEnough(70, 91, "days from the first order on")


def test_no_customer_at_all_is_not_enough_history() -> None:
    nothing = np.zeros(0)
    assert isinstance(fit_bg_nbd(Histories(nothing, nothing, nothing)), NotEnough)
