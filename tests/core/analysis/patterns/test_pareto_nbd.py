import numpy as np
import pytest
from numpy.polynomial.legendre import leggauss
from scipy.integrate import quad

from core.analysis.patterns.fitting import Fit
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.pareto_nbd import ParetoNbd, _alive_and_stopped, fit_pareto_nbd
from core.analysis.patterns.repeat_purchases import Histories, transactions
from tests.core.analysis.patterns.cdnow import CALIBRATION_END, cdnow_facts, summary
from tests.core.analysis.patterns.simulated import pareto_nbd_customers

ARRAY = np.array
# As the walkthrough of the R package BTYD prints them.
WALKTHROUGH = ParetoNbd(r=0.5533971, alpha=10.5801985, s=0.6060625, beta=11.6562237)


def fitted(histories: Histories) -> Fit[ParetoNbd]:
    fit = fit_pareto_nbd(histories)
    assert not isinstance(fit, NotEnough)
    return fit


def test_the_cdnow_log_gives_the_published_parameters() -> None:
    # Fader, Hardie and Lee 2005 print three decimals, the R package CLVTools the standard errors.
    fit = fitted(transactions(cdnow_facts(), until=CALIBRATION_END).histories)
    assert fit.values == pytest.approx((0.553, 10.578, 0.606, 11.669), abs=5.01e-4)
    assert fit.log_likelihood == pytest.approx(-9594.976, abs=1e-3)
    assert fit.standard_errors == pytest.approx((0.0476264, 0.8427222, 0.1872594, 6.2105448), rel=5e-4)
    assert fit.warnings == ()


def test_the_published_summary_gives_the_published_parameters() -> None:
    fit = fitted(summary()[0])
    assert fit.values == pytest.approx((0.553, 10.578, 0.606, 11.669), rel=2e-3)
    assert fit.log_likelihood == pytest.approx(-9594.976, abs=0.01)


def test_published_expectation_of_a_new_customer_and_of_customer_1516() -> None:
    assert WALKTHROUGH.expected_new(ARRAY([52.0]))[0] == pytest.approx(1.473, abs=5e-4)
    history = ARRAY([26.0]), ARRAY([216 / 7]), ARRAY([31.0])
    assert WALKTHROUGH.p_alive(*history)[0] == pytest.approx(0.9979, abs=5e-5)


@pytest.mark.parametrize(("x", "t_x", "age"), [(0, 0.0, 9.0), (1, 2.0, 30.0), (5, 12.5, 20.0)])
def test_the_likelihood_is_the_integral_over_all_rates_and_lifetimes(x: int, t_x: float, age: float) -> None:
    # Rates of gamma(2, 6) and of stopping of gamma(3, 9): densities 36 rate exp(-6 rate), 364.5 stop^2 exp(-9 stop).
    nodes, weights = leggauss(200)
    rate, stop = 8 * (1 + nodes) / 2, 6 * (1 + nodes)[:, None] / 2
    both = stop + rate
    history = rate**x * stop / both * np.exp(-both * t_x) + rate ** (x + 1) / both * np.exp(-both * age)
    density = 36 * rate * np.exp(-6 * rate) * 364.5 * stop**2 * np.exp(-9 * stop)
    expected = (3 * weights) @ (history * density) @ (4 * weights)
    found = ParetoNbd(2.0, 6.0, 3.0, 9.0).log_likelihood(ARRAY([x]), ARRAY([t_x]), ARRAY([age]))[0]
    assert found == pytest.approx(np.log(expected), rel=1e-9)


@pytest.mark.parametrize(
    ("r", "alpha", "s", "beta", "x", "t_x", "age"),
    [
        (0.5, 10.0, 0.6, 11.0, 3, 20.0, 38.0),
        (2.0, 0.2, 6.2, 15.0, 117, 5.1, 87.0),  # busy, alpha far below beta
        (15.0, 40.0, 16.0, 0.3, 0, 0.0, 48.0),  # beta far below alpha
        (0.3, 5.0, 4.0, 5.0, 250, 80.0, 80.5),  # the two alike
    ],
)
def test_the_part_of_the_stopped_is_an_integral_over_the_moment(
    r: float, alpha: float, s: float, beta: float, x: int, t_x: float, age: float
) -> None:
    def at_moment(y: float) -> float:
        fall = np.exp(-(r + x) * np.log((alpha + y) / (alpha + t_x)))
        return float(fall * np.exp(-(s + 1) * np.log((beta + y) / (beta + t_x))))

    edges = np.append(t_x + np.geomspace(1e-4, 1, 40) * (age - t_x), t_x)
    edges.sort()
    parts = [quad(at_moment, *edges[n : n + 2], epsabs=0, epsrel=1e-10)[0] for n in range(len(edges) - 1)]
    expected = np.log(s * sum(parts)) - (r + x) * np.log(alpha + t_x) - (s + 1) * np.log(beta + t_x)
    model = ParetoNbd(r, alpha, s, beta)
    _, stopped = _alive_and_stopped(model, ARRAY([float(x)]), ARRAY([t_x]), ARRAY([age]))
    assert stopped[0] == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("s", [0.6, 1.0, 2.5])
def test_the_chances_of_all_numbers_of_orders_add_up_to_one_and_to_the_expectation(s: float) -> None:
    time = ARRAY([0.0, 1.0, 38.86])
    model = ParetoNbd(0.9, 6.0, s, 8.0)
    chances = np.array([model.chance_of(count, time) for count in range(250)])
    assert chances.sum(axis=0) == pytest.approx(np.ones(3), abs=1e-9)
    assert np.arange(250) @ chances == pytest.approx(model.expected_new(time), abs=1e-7)


def test_simulated_customers_order_on_as_expected_of_their_history() -> None:
    rng = np.random.default_rng(21)
    model = ParetoNbd(0.9, 6.0, 0.7, 9.0)
    count = 20_000
    whole = pareto_nbd_customers(rng, np.full(count, 40.0), r=0.9, alpha=6.0, s=0.7, beta=9.0)
    assert whole.x.mean() == pytest.approx(
        model.expected_new(ARRAY([40.0]))[0], abs=4 * whole.x.std() / np.sqrt(count)
    )
    # Nobody without an order so far: the next 20 weeks of them all, by the law of total expectation.
    first_half = model.expected_new(ARRAY([20.0]))[0]
    seen = pareto_nbd_customers(rng, np.full(count, 20.0), r=0.9, alpha=6.0, s=0.7, beta=9.0)
    later = model.expected(20.0, seen.x, seen.t_x, seen.age)
    expected = model.expected_new(ARRAY([40.0]))[0] - first_half
    assert later.mean() == pytest.approx(expected, abs=4 * later.std() / np.sqrt(count))


def test_known_parameters_are_recovered_within_three_standard_errors() -> None:
    rng = np.random.default_rng(2)
    true = {"r": 0.9, "alpha": 8.0, "s": 0.8, "beta": 20.0}
    fit = fitted(pareto_nbd_customers(rng, rng.uniform(30, 104, 3000), **true))
    assert fit.standard_errors is not None
    for value, error, expected in zip(fit.values, fit.standard_errors, true.values(), strict=True):
        assert abs(value - expected) < 3 * error
        assert error < expected


def test_an_order_on_the_last_day_means_still_buying() -> None:
    assert WALKTHROUGH.p_alive(ARRAY([3.0]), ARRAY([20.0]), ARRAY([20.0])).tolist() == [1.0]


def test_a_thousand_repeat_orders_overflow_nothing() -> None:
    history = ARRAY([1000.0]), ARRAY([100.0]), ARRAY([104.0])
    assert np.isfinite(WALKTHROUGH.log_likelihood(*history))[0]
    assert 0 <= WALKTHROUGH.expected(52, *history)[0] < 1000


def test_customers_who_never_stop_are_said_to_be_the_edge_of_the_model() -> None:
    rng = np.random.default_rng(8)
    fit = fitted(pareto_nbd_customers(rng, np.full(60, 40.0), r=3.0, alpha=9.0, s=1.0, beta=1e9))
    assert any("Hardly anybody was seen to stop" in sentence for sentence in fit.warnings)


def test_one_time_buyers_alone_are_not_enough_history() -> None:
    nothing = np.zeros(500)
    found = fit_pareto_nbd(Histories(nothing, nothing, np.full(500, 52.0)))
    assert found == NotEnough(0, 20, "customers who ordered again")
