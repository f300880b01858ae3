"""Gamma-Gamma: what an order of each customer is worth, between its own average and that of everybody.

The value of an order varies around a customer's own mean (gamma with shape p), the means vary over customers
(inverse gamma with shape q and scale v). Source: Fader and Hardie, The Gamma-Gamma Model of Monetary Value,
note 025, 2013. It assumes that how often somebody orders says nothing about how much.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, gammaln

from core.analysis.patterns.fitting import Fit, edge_words, fitted, maximise
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.repeat_purchases import Floats

NAMES = ("p", "q", "v")
LEAST_REPEATERS = 20
HIGH_CORRELATION = 0.3
_STARTS = ((5.0, 4.0, 0.5), (1.0, 2.0, 1.0), (20.0, 10.0, 0.5))  # factors of the scale

_EDGE = {
    "p": (
        "Orders of one and the same customer differ wildly in value: its average says little about the next.",
        "Every order of a customer has nearly the same value: the model adds nothing to its own average.",
    ),
    "q": (
        "A few customers spend so much that there is no average of all: values without a repeat order are unknown.",
        "All customers spend about the same an order: the model has nothing to tell them apart by.",
    ),
}


@dataclass(frozen=True)
class GammaGamma:
    """The model with its parameters; v is money, in the unit of the averages it was fitted to."""

    p: float
    q: float
    v: float

    @property
    def average(self) -> float | None:
        """Value of an order of anybody; None where the tail is so heavy (q of 1 or less) that there is none."""
        return self.p * self.v / (self.q - 1) if self.q > 1 else None

    def log_likelihood(self, x: Floats, mean_value: Floats) -> Floats:
        """Logarithm of the density of each average of x orders."""
        return _log_density(self.p, self.q, self.v, np.asarray(x), np.asarray(mean_value))

    def expected_value(self, x: Floats, mean_value: Floats) -> Floats:
        """Value expected of the next orders; without a repeat order the average of all, NaN where there is none."""
        x = np.asarray(x, dtype=np.float64)
        own = np.where(x > 0, x * np.nan_to_num(np.asarray(mean_value, dtype=np.float64)), 0.0)
        weight = self.p * x + self.q - 1
        return np.where(weight > 0, self.p * (self.v + own) / np.where(weight > 0, weight, 1.0), np.nan)


@dataclass(frozen=True, eq=False)
class SpendFit:
    """A fitted model, and whether it may be used: frequency and value should have nothing to do with each other."""

    fit: Fit[GammaGamma]
    correlation: float | None  # of repeat orders and their mean value; None where either never varies
    left_out: int  # repeaters whose orders are worth 0 or less, or have no known value

    @property
    def note(self) -> str:
        """The sentence to print beside the values."""
        if self.correlation is None:
            return "How often customers order and how much they spend could not be compared."
        judgement = "too much for" if abs(self.correlation) > HIGH_CORRELATION else "little enough for"
        return (
            f"The number of repeat orders and their mean value correlate by {self.correlation:.2f}, {judgement} "
            "a model that takes them as independent."
        )


def fit_gamma_gamma(x: Floats, mean_value: Floats) -> SpendFit | NotEnough:
    """Fit to the customers who ordered again: how often, and the mean value of those orders."""
    x, mean_value = np.asarray(x, dtype=np.float64), np.asarray(mean_value, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        used = (x > 0) & (mean_value > 0)
    if used.sum() < LEAST_REPEATERS:
        return NotEnough(int(used.sum()), LEAST_REPEATERS, "customers with a known value of repeat orders")
    order = np.lexsort((mean_value[used], x[used]))  # the same sum whatever the order of the rows
    orders, mean = x[used][order], mean_value[used][order]
    scale = (1.0, 1.0, float(mean.mean()))
    optimum = maximise(lambda logs: _objective(np.exp(logs), orders, mean), _STARTS, scale)
    correlation = _correlation(orders, mean)
    warnings = edge_words(optimum, NAMES, scale=scale, words=_EDGE)
    if correlation is not None and abs(correlation) > HIGH_CORRELATION:
        warnings += (_correlation_words(correlation),)
    fit = fitted(
        GammaGamma(*optimum.values.tolist()), NAMES, optimum, customers=len(orders), warnings=warnings
    )
    return SpendFit(fit, correlation, left_out=int((x > 0).sum()) - len(orders))


def _correlation(orders: Floats, mean: Floats) -> float | None:
    if np.ptp(orders) == 0 or np.ptp(mean) == 0:
        return None
    return float(np.corrcoef(orders, mean)[0, 1])


def _correlation_words(correlation: float) -> str:
    more = "more" if correlation > 0 else "less"
    return (
        f"Who orders more often spends {more} an order (correlation {correlation:.2f}): the model takes the two as "
        "independent, so the values of the busiest customers are off."
    )


def _log_density(p: float, q: float, v: float, x: Floats, mean: Floats) -> Floats:
    found: Floats = (
        gammaln(p * x + q) - gammaln(p * x) - gammaln(q)
        + q * np.log(v) + (p * x - 1) * np.log(mean) + p * x * np.log(x)
        - (p * x + q) * np.log(x * mean + v)
    )  # fmt: skip
    return found


def _objective(values: Floats, x: Floats, mean: Floats) -> tuple[float, Floats]:
    """Log-likelihood of everybody, and its gradient by the logarithms of the parameters."""
    p, q, v = values.tolist()
    sizes, place, count = np.unique(x, return_inverse=True, return_counts=True)
    total = x * mean
    log_total = np.log(total + v)
    both, own = p * sizes + q, p * sizes
    powers = digamma(both)
    customers = float(len(x))
    value = (
        count @ (gammaln(both) - gammaln(own) - gammaln(q) + q * np.log(v))
        + (own[place] - 1) @ np.log(mean)
        + count @ (own * np.log(sizes))
        - both[place] @ log_total
    )
    gradient = np.array(
        [
            count @ (sizes * (powers - digamma(own))) + x @ (np.log(total) - log_total),
            count @ powers + customers * (np.log(v) - digamma(q)) - log_total.sum(),
            customers * q / v - both[place] @ (1 / (total + v)),
        ]
    )
    return float(value), gradient * values
