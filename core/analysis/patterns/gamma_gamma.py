"""Gamma-Gamma: what an order of each customer is worth, between its own average and that of everybody.

The value of an order varies around a customer's own mean (gamma with shape p), the means vary over customers
(inverse gamma with shape q and scale v). Source: Fader and Hardie, The Gamma-Gamma Model of Monetary Value,
note 025, 2013. It assumes that how often somebody orders says nothing about how much.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln

from core.analysis.patterns.fitting import Fit, edge_words, fitted, maximise, weighted
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.repeat_purchases import Floats
from core.progress import SILENT, Progress

NAMES = ("p", "q", "v")
LEAST_REPEATERS = 20
HIGH_CORRELATION = 0.3
_ROUGH_ROWS = 500  # tell where to look before everybody is asked
_STARTS = ((5.0, 4.0, 0.5), (1.0, 2.0, 1.0), (20.0, 10.0, 0.5))  # factors of the scale

_NO_AVERAGE = (
    "A few customers spend so much that there is no average of all: what an order of those who ordered once is "
    "worth is unknown."
)
_EDGE = {
    "p": (
        "Orders of one and the same customer differ wildly in value: its average says little about the next.",
        "Every order of a customer has nearly the same value: the model adds nothing to its own average.",
    ),
    "q": ("", "All customers spend about the same an order: the model has nothing to tell them apart by."),
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
            f"The number of repeat orders and their mean value correlate by {_signed(self.correlation)}, {judgement} "
            "a model that takes them as independent."
        )


def fit_gamma_gamma(
    x: Floats,
    mean_value: Floats,
    *,
    money: Callable[[float], str] = "{:.3g}".format,
    progress: Progress = SILENT,
) -> SpendFit | NotEnough:
    """Fit to the customers who ordered again: how often, and the mean value of those orders.

    `money` writes such a value where a sentence needs it.
    """
    x, mean_value = np.asarray(x, dtype=np.float64), np.asarray(mean_value, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        used = (x > 0) & (mean_value > 0)
    if used.sum() < LEAST_REPEATERS:
        return NotEnough(int(used.sum()), LEAST_REPEATERS, "customers with a known value of repeat orders")
    order = np.lexsort((mean_value[used], x[used]))  # the same sum whatever the order of the rows
    orders, mean = x[used][order], mean_value[used][order]
    scale = (1.0, 1.0, float(mean.mean()))
    every = slice(len(orders) // _ROUGH_ROWS // 2, None, 1 + len(orders) // _ROUGH_ROWS)
    rows, part = _Rows.of(orders, mean), _Rows.of(orders[every], mean[every])
    optimum = maximise(
        lambda logs: _objective(np.exp(logs), rows),
        _STARTS,
        scale,
        rough=lambda logs: _objective(np.exp(logs), part),
        progress=progress,
    )
    correlation = _correlation(orders, mean)
    model = GammaGamma(*optimum.values.tolist())
    warnings = edge_words(optimum, NAMES, scale=scale, words=_EDGE, written={"v": money})
    if model.average is None:
        warnings += (_NO_AVERAGE,)
    if correlation is not None and abs(correlation) > HIGH_CORRELATION:
        warnings += (_correlation_words(correlation),)
    fit = fitted(model, NAMES, optimum, customers=len(orders), warnings=warnings)
    return SpendFit(fit, correlation, left_out=int((x > 0).sum()) - len(orders))


def _correlation(orders: Floats, mean: Floats) -> float | None:
    if np.ptp(orders) == 0 or np.ptp(mean) == 0:
        return None
    return float(np.corrcoef(orders, mean)[0, 1])


def _signed(number: float) -> str:
    return f"{number:.2f}".replace("-", "\u2212")


def _correlation_words(correlation: float) -> str:
    more = "more" if correlation > 0 else "less"
    return (
        f"Who orders more often spends {more} an order (correlation {_signed(correlation)}): the model takes the two "
        "as independent, so the values of the busiest customers are off."
    )


def _log_density(p: float, q: float, v: float, x: Floats, mean: Floats) -> Floats:
    found: Floats = (
        gammaln(p * x + q) - gammaln(p * x) - gammaln(q)
        + q * np.log(v) + (p * x - 1) * np.log(mean) + p * x * np.log(x)
        - (p * x + q) * np.log(x * mean + v)
    )  # fmt: skip
    return found


@dataclass(frozen=True, eq=False)
class _Rows:
    """What does not change while parameters are looked for; `sizes[place]` is the number of orders."""

    total: Floats  # orders times their mean
    sizes: Floats
    place: NDArray[np.intp]
    count: Floats  # customers of each size
    fixed: float  # sum over customers of -ln(mean)

    @classmethod
    def of(cls, x: Floats, mean: Floats) -> Self:
        sizes, place, count = np.unique(x, return_inverse=True, return_counts=True)
        return cls(x * mean, sizes, place, count.astype(np.float64), -float(np.log(mean).sum()))


def _objective(values: Floats, rows: _Rows) -> tuple[float, Floats]:
    """Log-likelihood of everybody, and its gradient by the logarithms of the parameters."""
    p, q, v = values.tolist()
    sizes, count, customers = rows.sizes, rows.count, float(len(rows.place))
    beyond = rows.total + v
    of_total = np.bincount(rows.place, np.log(rows.total), len(sizes))
    of_beyond = np.bincount(rows.place, np.log(beyond), len(sizes))
    both, own = p * sizes + q, p * sizes
    powers = digamma(both)
    value = (
        weighted(count, gammaln(both) - gammaln(own) - gammaln(q) + q * np.log(v))
        + weighted(own, of_total)
        - weighted(both, of_beyond)
        + rows.fixed
    )
    gradient = np.array(
        [
            weighted(count, sizes * (powers - digamma(own))) + weighted(sizes, of_total - of_beyond),
            weighted(count, powers) + customers * (np.log(v) - digamma(q)) - of_beyond.sum(),
            customers * q / v - weighted(both, np.bincount(rows.place, 1 / beyond, len(sizes))),
        ]
    )
    return value, gradient * values
