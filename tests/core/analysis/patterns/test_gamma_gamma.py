import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import gamma as gamma_distribution

from core.analysis.patterns.gamma_gamma import GammaGamma, SpendFit, _objective, _Rows, fit_gamma_gamma
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.repeat_purchases import Floats, transactions
from tests.core.analysis.patterns.cdnow import CALIBRATION_END, cdnow_facts, summary

ARRAY = np.array
WITH_VALUES = "cdnow_customers_summary_with_transactions.csv"


def fitted(x: Floats, mean: Floats) -> SpendFit:
    found = fit_gamma_gamma(x, mean)
    assert not isinstance(found, NotEnough)
    return found


def simulated(seed: int, count: int, *, p: float, q: float, v: float) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    x = rng.integers(1, 8, count).astype(np.float64)
    rate = rng.gamma(q, 1 / v, count)
    return x, rng.gamma(p * x, 1 / rate) / x


def test_the_published_summary_gives_the_published_model() -> None:
    histories, mean = summary(WITH_VALUES)
    found = fitted(histories.x, mean)
    assert found.fit.values == pytest.approx((6.2488, 3.7446, 15.4477), rel=2e-3)
    assert found.fit.values == pytest.approx((6.25, 3.74, 15.44), rel=2e-3)
    assert found.fit.log_likelihood == pytest.approx(-4055.9177, abs=0.01)
    assert (found.fit.customers, found.fit.warnings, found.left_out) == (946, (), 0)


def test_published_values_expected_of_the_first_ten_customers_and_of_all() -> None:
    histories, mean = summary(WITH_VALUES)
    expected = fitted(histories.x, mean).fit.model.expected_value(histories.x, mean)
    assert expected[:10] == pytest.approx(
        [
            24.658619,
            18.911489,
            35.170981,
            35.170981,
            35.170981,
            71.462843,
            18.911489,
            35.170981,
            27.282408,
            35.170981,
        ],
        abs=0.01,
    )
    assert expected.mean() == pytest.approx(35.2529588, abs=0.01)


def test_published_correlation_of_frequency_and_value() -> None:
    histories, mean = summary(WITH_VALUES)
    found = fitted(histories.x, mean)
    assert found.correlation == pytest.approx(0.113884, abs=1e-6)
    assert "correlate by 0.11, little enough" in found.note


def test_the_cdnow_log_gives_the_published_model_in_cents() -> None:
    purchases = transactions(cdnow_facts(), until=CALIBRATION_END)
    found = fitted(purchases.histories.x, purchases.mean_value)
    assert found.fit.values == pytest.approx((6.25, 3.74, 1544), rel=2e-3)
    # The density of cents is a hundredth of that of dollars, for each of 946 customers.
    assert found.fit.log_likelihood + 946 * np.log(100) == pytest.approx(-4055.9177, abs=0.01)


def test_the_density_is_the_integral_over_all_customers_rates() -> None:
    def at_rate(rate: float) -> float:
        average = gamma_distribution.pdf(20.0, 4.0 * 3, scale=1 / (3 * rate))
        return float(average * gamma_distribution.pdf(rate, 2.5, scale=1 / 12.0))

    expected, _ = quad(at_rate, 0, 5, epsabs=0, epsrel=1e-10)
    found = GammaGamma(4.0, 2.5, 12.0).log_likelihood(ARRAY([3.0]), ARRAY([20.0]))[0]
    assert found == pytest.approx(np.log(expected), rel=1e-8)


def test_the_expected_value_lies_between_the_own_average_and_that_of_all() -> None:
    # p = 2, q = 3, v = 10: the average of all is 2 × 10 / 2 = 10; after 4 orders of 30 each it is
    # 2 × (10 + 4 × 30) / (2 × 4 + 3 - 1) = 26.
    model = GammaGamma(2.0, 3.0, 10.0)
    assert model.average == 10.0
    assert model.expected_value(ARRAY([0.0, 4.0]), ARRAY([np.nan, 30.0])).tolist() == [10.0, 26.0]


def test_without_an_average_of_all_a_single_order_is_worth_nobody_knows_what() -> None:
    model = GammaGamma(2.0, 0.9, 10.0)
    assert model.average is None
    found = model.expected_value(ARRAY([0.0, 1.0]), ARRAY([0.0, 30.0]))
    assert np.isnan(found[0])
    assert found[1] == pytest.approx(2 * 40 / 1.9)


def test_the_gradient_is_the_slope_of_the_likelihood() -> None:
    rows = _Rows.of(*simulated(3, 100, p=5.0, q=3.0, v=20.0))
    logs = np.log([4.0, 2.0, 30.0])
    _, gradient = _objective(np.exp(logs), rows)
    for place, step in enumerate(np.eye(3) * 1e-5):
        slope = (_objective(np.exp(logs + step), rows)[0] - _objective(np.exp(logs - step), rows)[0]) / 2e-5
        assert gradient[place] == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_known_parameters_are_recovered_within_three_standard_errors(seed: int) -> None:
    true = {"p": 5.0, "q": 4.0, "v": 2000.0}
    fit = fitted(*simulated(seed, 3000, **true)).fit
    assert fit.standard_errors is not None
    for value, error, expected in zip(fit.values, fit.standard_errors, true.values(), strict=True):
        assert abs(value - expected) < 3 * error
        assert error < expected / 2


FIFTY = simulated(6, 50, p=5.0, q=4.0, v=2000.0)
FIT_OF_FIFTY = fitted(*FIFTY)


@settings(max_examples=5)
@given(st.permutations(range(50)))
def test_the_order_of_customers_changes_nothing(order: list[int]) -> None:
    assert fitted(FIFTY[0][order], FIFTY[1][order]).fit.values == FIT_OF_FIFTY.fit.values


def test_customers_without_a_repeat_order_or_value_are_left_out() -> None:
    x, mean = FIFTY
    found = fitted(np.append(x, [0.0, 2.0, 3.0]), np.append(mean, [np.nan, 0.0, np.nan]))
    assert found.fit.values == FIT_OF_FIFTY.fit.values
    assert (found.fit.customers, found.left_out) == (50, 2)


def test_a_high_correlation_is_said() -> None:
    x, mean = simulated(4, 200, p=5.0, q=4.0, v=2000.0)
    found = fitted(x, mean * x)
    assert found.correlation is not None
    assert found.correlation > 0.3
    assert "too much for" in found.note
    assert any("spends more an order" in sentence for sentence in found.fit.warnings)


def test_customers_of_one_frequency_cannot_be_compared() -> None:
    found = fitted(np.full(50, 2.0), FIFTY[1])
    assert found.correlation is None
    assert "could not be compared" in found.note


def test_a_tail_without_an_average_is_said() -> None:
    fit = fitted(*simulated(7, 400, p=5.0, q=0.7, v=2000.0)).fit
    assert any("no average of all" in sentence for sentence in fit.warnings)


def test_fewer_than_twenty_repeaters_are_not_enough_history() -> None:
    found = fit_gamma_gamma(np.append(np.ones(19), 0), np.append(np.full(19, 5.0), np.nan))
    assert found == NotEnough(19, 20, "customers with a known value of repeat orders")
