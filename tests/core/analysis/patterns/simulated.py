"""Customers who order and stop as the models say, one order after the other."""

from collections.abc import Callable

import numpy as np

from core.analysis.patterns.repeat_purchases import Histories

Stops = Callable[[np.random.Generator], tuple[float, float]]


def _history(
    rng: np.random.Generator, rate: float, age: float, *, stop: float, lifetime: float
) -> list[float]:
    times: list[float] = []
    now = 0.0
    while True:
        now += rng.exponential(1 / rate)
        if now > min(age, lifetime):
            return times
        times.append(now)
        if rng.random() < stop:
            return times


def _histories(rows: list[list[float]], age: np.ndarray) -> Histories:
    x = np.array([len(times) for times in rows], dtype=np.float64)
    return Histories(x, np.array([times[-1] if times else 0.0 for times in rows]), age)


def bg_nbd_customers(
    rng: np.random.Generator, age: np.ndarray, *, r: float, alpha: float, a: float, b: float
) -> Histories:
    """After each repeat order a customer stops with its own probability."""
    rows = [
        _history(rng, rng.gamma(r, 1 / alpha), one, stop=rng.beta(a, b) if a else 0.0, lifetime=np.inf)
        for one in age.tolist()
    ]
    return _histories(rows, age)


def pareto_nbd_customers(
    rng: np.random.Generator, age: np.ndarray, *, r: float, alpha: float, s: float, beta: float
) -> Histories:
    """A customer stops at its own moment, whether it orders then or not."""
    rows = [
        _history(
            rng, rng.gamma(r, 1 / alpha), one, stop=0.0, lifetime=rng.exponential(1 / rng.gamma(s, 1 / beta))
        )
        for one in age.tolist()
    ]
    return _histories(rows, age)
