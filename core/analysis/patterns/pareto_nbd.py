"""Pareto/NBD: like BG/NBD, but customers stop at any moment, not only after an order.

While active, a customer orders at a rate of its own (gamma with r and alpha over all customers) and has a lifetime
of its own (exponential; its rate gamma with s and beta). Sources: Schmittlein, Morrison and Colombo, Counting Your
Customers, Management Science 33(1), 1987; Fader and Hardie, A Note on Deriving the Pareto/NBD Model, note 009,
2005. On the CDNOW sample the BG/NBD paper (Fader, Hardie and Lee 2005) prints r .553, alpha 10.578, s .606,
beta 11.669 and a log-likelihood of -9595.0; the R packages BTYD and CLVTools print it as -9594.976.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.special import gammaln

from core.analysis.patterns.fitting import Fit, edge_words, fitted, maximise
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.purchase_history import history_words, too_little
from core.analysis.patterns.repeat_purchases import Floats, Grouped, Histories
from core.progress import SILENT, Progress

NAMES = ("r", "alpha", "s", "beta")
_STARTS = ((0.5, 0.25, 0.5, 0.25), (1.0, 1.0, 1.0, 1.0))  # factors of the scale
_STEP = 1e-5  # of the numerical gradient, in logarithms
_NEAR_POLE = 1e-6
_HARDLY_STOP = 0.02
_NODES = 80
_LONGEST_FRACTION = 150
_AT_ONCE = 20_000  # figures
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
    "s": ("", "Customers hardly differ in how long they stay: that part is an average, not a finding."),
    "beta": ("Many customers seem to stop right after the first order: look at one-time buyers instead.", ""),
}


@dataclass(frozen=True)
class ParetoNbd:
    """The model with its parameters; alpha and beta are times, in the unit of the histories."""

    r: float
    alpha: float
    s: float
    beta: float

    def log_likelihood(self, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Logarithm of the likelihood of each history."""
        rows = Histories(x, t_x, age)
        return _before_stopping(self, rows.x) + np.logaddexp(
            *_alive_and_stopped(self, rows.x, rows.t_x, rows.age)
        )

    def p_alive(self, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Probability that a customer of this history still buys."""
        alive, stopped = _alive_and_stopped(self, *np.broadcast_arrays(x, t_x, age))
        found: Floats = np.exp(alive - np.logaddexp(alive, stopped))
        return found

    def expected(self, time: float, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Orders expected in the time that follows, of a customer of this history."""
        age = np.asarray(age, dtype=np.float64)
        pace = (self.r + np.asarray(x)) / (self.alpha + age)
        return self.p_alive(x, t_x, age) * pace * _time_active(self.s, self.beta + age, time)

    def expected_new(self, time: Floats) -> Floats:
        """Repeat orders expected of anybody in the time from the first order on."""
        time = np.asarray(time, dtype=np.float64)
        return self.r / self.alpha * _time_active(self.s, np.full_like(time, self.beta), time)

    def chance_of(self, count: int, time: Floats) -> Floats:
        """Probability of so many repeat orders in the time from the first order on.

        Either the customer is still there at its end, or it stopped at some moment before: a sum over moments.
        """
        time = np.atleast_1d(np.asarray(time, dtype=np.float64))
        nodes, weights = _moments()
        short = min(self.alpha, self.beta)  # the moments are close together where things change fast
        reach = np.log1p(time / short)
        log_moment = np.outer(reach, (1 + nodes) / 2)
        moment = short * np.expm1(log_moment)
        stops = self.s / self.beta * (1 + moment / self.beta) ** (-self.s - 1) * short * np.exp(log_moment)
        stopped = (self._orders(count, moment) * stops * weights).sum(axis=1) * reach / 2
        still_there = self._orders(count, time) * (1 + time / self.beta) ** -self.s
        chance: Floats = still_there + stopped
        return chance

    def _orders(self, count: int, time: Floats) -> Floats:
        """Probability of so many orders in a time that the customer is active throughout."""
        ways = gammaln(self.r + count) - gammaln(self.r) - gammaln(count + 1)
        with np.errstate(divide="ignore"):
            tail = count * np.log(time / (self.alpha + time)) if count else 0.0
        found: Floats = np.exp(ways - self.r * np.log1p(time / self.alpha) + tail)
        return found


@dataclass(frozen=True, eq=False)
class _Several:
    """Several models at once: each parameter is a column, figures have a row for each model."""

    r: Floats
    alpha: Floats
    s: Floats
    beta: Floats


def fit_pareto_nbd(
    histories: Histories, *, days_in_unit: int = 7, progress: Progress = SILENT
) -> Fit[ParetoNbd] | NotEnough:
    """Find the parameters that make the histories most likely, or say how much history is missing."""
    missing = too_little(histories, days_in_unit)
    if missing is not None:
        return missing
    rows = histories.grouped()
    usual = float(histories.age.mean())
    scale = (1.0, usual, 1.0, usual)
    part = rows.thinned(_ROUGH_ROWS)
    optimum = maximise(
        lambda logs: _objective(logs, rows),
        _STARTS,
        scale,
        rough=None if part is rows else lambda logs: _objective(logs, part),
        progress=progress,
    )
    model = ParetoNbd(*optimum.values.tolist())
    stopped = -np.expm1(-model.s * np.log1p(usual / model.beta))  # of all, within the usual time observed
    stay = (_STAY,) if stopped < _HARDLY_STOP else ()
    words = (*stay, *edge_words(optimum, NAMES, scale=scale, words=_EDGE))
    return fitted(
        model,
        NAMES,
        optimum,
        customers=len(histories.x),
        warnings=(*words, *history_words(histories, days_in_unit)),
    )


@cache
def _moments() -> tuple[Floats, Floats]:
    """Places and weights that integrate over -1 to 1."""
    nodes, weights = leggauss(_NODES)
    return nodes, weights


def _before_stopping(model: ParetoNbd | _Several, x: Floats) -> Floats:
    r, s = model.r, model.s
    found: Floats = gammaln(r + x) - gammaln(r) + r * np.log(model.alpha) + s * np.log(model.beta)
    return found


def _alive_and_stopped(
    model: ParetoNbd | _Several, x: Floats, t_x: Floats, age: Floats
) -> tuple[Floats, Floats]:
    """Logarithms of the two ways a history comes about: still buying, or stopped since the last order."""
    alive = -(model.r + x) * np.log(model.alpha + age) - model.s * np.log(model.beta + age)
    since_last, later = _log_stopped_after(model, x, t_x), _log_stopped_after(model, x, age)
    with np.errstate(divide="ignore"):  # who ordered on the very last day cannot have stopped since: log 0
        return alive, since_last + np.log(-np.expm1(np.minimum(later - since_last, 0.0)))


def _log_stopped_after(model: ParetoNbd | _Several, x: Floats, moment: Floats) -> Floats:
    """Logarithm of s times the integral over y from a moment on of (alpha+y)^-(r+x) (beta+y)^-(s+1).

    The published hypergeometric function after Euler's transformation: what is left of it is a moderate number
    however large x is.
    """
    r, alpha, s, beta = model.r, model.alpha, model.s, model.beta
    power = r + x
    log_alpha, log_beta = np.log(alpha + moment), np.log(beta + moment)
    usual = np.greater_equal(alpha, beta)
    z = np.abs(alpha - beta) / (np.maximum(alpha, beta) + moment)
    series = _series(np.where(usual, power, s + 1), power + s + 1, z)
    logs = np.where(usual, -power * log_alpha - s * log_beta, (1 - power) * log_alpha - (s + 1) * log_beta)
    found: Floats = np.log(s / (power + s)) + logs + np.log(series)
    return found


def _series(b: Floats, c: Floats, z: Floats) -> Floats:
    """Gauss's hypergeometric function 2F1(1, b; c; z) for 0 <= z < 1 and 0 < b < c, by his continued fraction.

    scipy's own fails for the c of busy customers and z near 1; here every term has the same sign.
    """
    length = int(np.clip(np.ceil(8 / np.sqrt(1 - z.max(initial=0.0))), 10, _LONGEST_FRACTION))
    fraction = (1 + np.sqrt(1 - z)) / 2  # what an endless tail comes to
    low = c - 1
    for n in range(length, 0, -1):
        odd = -(low + n) * (b + n) / ((low + 2 * n) * (low + 2 * n + 1))
        even = n * (b - low - n) / ((low + 2 * n - 1) * (low + 2 * n))
        fraction = 1 + even * z / (1 + odd * z / fraction)
    found: Floats = 1 / (1 - b / c * z / fraction)
    return found


def _time_active(s: float, beta: Floats, time: float | Floats) -> Floats:
    """How much of a time a customer is expected to be active in, having a lifetime rate of gamma(s, beta)."""
    growth = np.log1p(time / beta)
    if abs(s - 1) < _NEAR_POLE:
        return beta * growth
    found: Floats = -beta * np.expm1((1 - s) * growth) / (s - 1)
    return found


def _objective(logs: Floats, rows: Grouped) -> tuple[float, Floats]:
    """Log-likelihood of everybody, and its gradient by differences."""
    steps = np.eye(len(logs)) * _STEP
    totals = _totals(np.vstack([logs, logs + steps, logs - steps]), rows)
    ahead, behind = np.split(totals[1:], 2)
    return float(totals[0]), (ahead - behind) / (2 * _STEP)


def _totals(logs: Floats, rows: Grouped) -> Floats:
    """Log-likelihoods of everybody, one for each row of logarithms of parameters."""
    if len(logs) * len(rows.x) > _AT_ONCE and len(logs) > 1:  # what leaves the processor's cache is slower
        return np.concatenate([_totals(one[None, :], rows) for one in logs])
    several = _Several(*np.exp(logs).T[:, :, None])
    both = np.logaddexp(*_alive_and_stopped(several, rows.x, rows.t_x, rows.age))
    found: Floats = (rows.weight * (_before_stopping(several, rows.sizes)[:, rows.place] + both)).sum(axis=1)
    return found
