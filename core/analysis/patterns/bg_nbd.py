"""BG/NBD: how often customers order again while they are customers, and when they silently stop.

While active, a customer orders at a rate of its own (gamma with r and alpha over all customers) and stops after
an order with a probability of its own (beta with a and b). Source: Fader, Hardie and Lee, "Counting Your
Customers" the Easy Way, Marketing Science 24(2), 2005, 275-284.
"""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.special import betainc, betaincinv, betaln, digamma, expit, gammaln, hyp2f1, roots_jacobi

from core.analysis.patterns.fitting import Fit, edge_words, fitted, maximise, weighted
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.purchase_history import history_words, too_little
from core.analysis.patterns.repeat_purchases import Floats, Grouped, Histories
from core.progress import SILENT, Progress

NAMES = ("r", "alpha", "a", "b")
_STARTS = ((0.5, 0.5, 0.5, 2.0), (1.0, 1.0, 1.0, 1.0), (0.2, 0.1, 0.1, 5.0))  # factors of the scale
_NEAR_POLE = 1e-3
_HARDLY_STOP = 0.02
_NODES = 120
_NARROW = 500
_ROUGH_ROWS = 500  # tell where to look before everybody is asked

_STAY = (
    "Hardly anybody was seen to stop ordering: the chance to be still buying is close to 100% for nearly "
    "everybody, and values far ahead are too high rather than too low."
)
_EDGE = {
    "r": (
        "Most customers hardly order and a few order very often: the model's average fits nobody well.",
        "All customers order at about the same rate: the model has nothing to tell them apart by.",
    ),
    "a": ("", "Customers hardly differ in how soon they stop: that part of the model is an average only."),
    "b": (
        "Who stops does so right after the first repeat order, if at all: look at those customers first.",
        "",
    ),
}


@dataclass(frozen=True)
class BgNbd:
    """The model with its parameters; alpha is a time, in the unit of the histories it was fitted to."""

    r: float
    alpha: float
    a: float
    b: float

    def log_likelihood(self, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Logarithm of the likelihood of each history."""
        rows = Histories(x, t_x, age)
        before = _before_stopping(self, rows.x)
        return before + np.logaddexp(*_alive_and_stopped(self, rows.x, rows.t_x, rows.age))

    def p_alive(self, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Probability that a customer of this history still buys; always 1 without a repeat order."""
        alive, stopped = _alive_and_stopped(self, *np.broadcast_arrays(x, t_x, age))
        found: Floats = expit(alive - stopped)
        return found

    def expected(self, time: float, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Orders expected in the time that follows, of a customer of this history."""
        return self.p_alive(x, t_x, age) * self._while_alive(np.asarray(time, dtype=np.float64), x, age)

    def expected_new(self, time: Floats) -> Floats:
        """Repeat orders expected of anybody in the time from the first order on."""
        nothing = np.zeros_like(np.asarray(time, dtype=np.float64))
        return self._while_alive(time, nothing, nothing)

    def chance_of(self, count: int, time: Floats) -> Floats:
        """Probability of so many repeat orders in the time from the first order on."""
        r, a, b = self.r, self.a, self.b
        time = np.asarray(time, dtype=np.float64)
        passed = time / (self.alpha + time)
        never = betaln(a, b + count) - betaln(a, b)
        ways = gammaln(r + count) - gammaln(r) - gammaln(count + 1)
        with np.errstate(divide="ignore"):
            tail = count * np.log(passed) if count else 0.0
        chance: Floats = np.exp(never + ways - r * np.log1p(time / self.alpha) + tail)
        if count:
            # The negative binomial's upper tail in one function, free of the cancellation of its sum.
            chance = chance + np.exp(betaln(a + 1, b + count - 1) - betaln(a, b)) * betainc(count, r, passed)
        return chance

    def _while_alive(self, time: Floats, x: Floats, age: Floats) -> Floats:
        """Orders expected in a time, given that the customer has not stopped yet."""
        time, x, age = (np.asarray(part, dtype=np.float64) for part in np.broadcast_arrays(time, x, age))
        pole = np.minimum(np.abs(self.a - 1), self.a + self.b + x - 1) < _NEAR_POLE
        found = np.full(time.shape, np.nan)
        with np.errstate(all="ignore"):  # far beyond the history the series may fail: it is checked below
            found[~pole] = _closed_form(self, time[~pole], x[~pole], age[~pole])
        pole = ~np.isfinite(found)
        found[pole] = _by_quadrature(self, time[pole], x[pole], age[pole])
        return found


def fit_bg_nbd(
    histories: Histories, *, days_in_unit: int = 7, progress: Progress = SILENT
) -> Fit[BgNbd] | NotEnough:
    """Find the parameters that make the histories most likely, or say how much history is missing."""
    missing = too_little(histories, days_in_unit)
    if missing is not None:
        return missing
    rows = histories.grouped()
    scale = (1.0, float(histories.age.mean()), 1.0, 1.0)
    part = rows.thinned(_ROUGH_ROWS)
    optimum = maximise(
        lambda logs: _objective(np.exp(logs), rows),
        _STARTS,
        scale,
        rough=lambda logs: _objective(np.exp(logs), part),
        progress=progress,
    )
    model = BgNbd(*optimum.values.tolist())
    stay = (_STAY,) if model.a / (model.a + model.b) < _HARDLY_STOP else ()
    words = (*stay, *edge_words(optimum, NAMES, scale=scale, words=_EDGE))
    return fitted(
        model,
        NAMES,
        optimum,
        customers=len(histories.x),
        warnings=(*words, *history_words(histories, days_in_unit)),
    )


def _before_stopping(model: BgNbd, x: Floats) -> Floats:
    r, a, b = model.r, model.a, model.b
    found: Floats = gammaln(r + x) - gammaln(r) + r * np.log(model.alpha) + betaln(a, b + x) - betaln(a, b)
    return found


def _alive_and_stopped(model: BgNbd, x: Floats, t_x: Floats, age: Floats) -> tuple[Floats, Floats]:
    """Logarithms of the two ways a history comes about: still buying, or stopped after the last order."""
    alive = -(model.r + x) * np.log(model.alpha + age)
    stopped = (
        np.log(model.a) - np.log(model.b + np.maximum(x, 1) - 1) - (model.r + x) * np.log(model.alpha + t_x)
    )
    return alive, np.where(x > 0, stopped, -np.inf)


def _objective(values: Floats, rows: Grouped) -> tuple[float, Floats]:
    """Log-likelihood of everybody, and its gradient by the logarithms of the parameters."""
    r, alpha, a, b = values.tolist()
    model = BgNbd(r, alpha, a, b)
    sizes, place, weight = rows.sizes, rows.place, rows.weight
    log_age, log_last = np.log(alpha + rows.age), np.log(alpha + rows.t_x)
    power = r + rows.x
    alive = -power * log_age
    stop = np.where(sizes > 0, np.log(a) - np.log(b + np.maximum(sizes, 1) - 1), -np.inf)[place]
    stopped = stop - power * log_last
    both = np.logaddexp(alive, stopped)
    gone = np.exp(stopped - both)
    here = 1.0 - gone
    of_size = np.bincount(place, weight, len(sizes))
    gone_of_size = np.bincount(place, weight * gone, len(sizes))
    value = weighted(of_size, _before_stopping(model, sizes)) + weighted(weight, both)
    together = digamma(a + b) - digamma(a + b + sizes)
    customers = of_size.sum()
    slowing = weighted(weight, power * (here / (alpha + rows.age) + gone / (alpha + rows.t_x)))
    gradient = np.array(
        [
            weighted(of_size, digamma(r + sizes) - digamma(r) + np.log(alpha))
            - weighted(weight, here * log_age + gone * log_last),
            customers * r / alpha - slowing,
            weighted(of_size, together) + gone_of_size.sum() / a,
            weighted(of_size, together + digamma(b + sizes) - digamma(b))
            - weighted(gone_of_size, 1 / (b + np.maximum(sizes, 1) - 1)),
        ]
    )
    return value, gradient * values


def _closed_form(model: BgNbd, time: Floats, x: Floats, age: Floats) -> Floats:
    """The paper's equation (10) after Euler's transformation, which keeps large x from overflowing."""
    r, a, b = model.r, model.a, model.b
    share = time / (model.alpha + age + time)
    series = hyp2f1(a - 1, a + b - 1 - r, a + b + x - 1, share)
    found: Floats = (a + b + x - 1) / (a - 1) * (1 - (1 - share) ** (a - 1) * series)
    return found


def _by_quadrature(model: BgNbd, time: Floats, x: Floats, age: Floats) -> Floats:
    """The same as a mean over the probability p to stop after an order, where the closed form divides by 0."""
    found = np.empty(len(x))
    for size in np.unique(x):
        p, weights = _stopping_chances(model.a, model.b + size)
        chosen = x == size
        reach = time[chosen] / (model.alpha + age[chosen])
        by_p = -np.expm1(-(model.r + size) * np.log1p(np.outer(reach, p))) / p
        found[chosen] = (by_p * weights).sum(axis=1)
    return found


def _stopping_chances(a: float, b: float) -> tuple[Floats, Floats]:
    """Places and weights that take the mean over a beta distribution."""
    if a + b > _NARROW:  # the weights of Jacobi's polynomials overflow, but hardly anything varies any more
        nodes, weights = leggauss(_NODES)
        return betaincinv(a, b, (1 + nodes) / 2), weights / 2
    with np.errstate(invalid="ignore"):  # scipy computes a first term by a formula that it then replaces
        nodes, weights = roots_jacobi(_NODES, b - 1, a - 1)
    return (1 + nodes) / 2, weights / weights.sum()
