"""Fit the parameters of a purchase model: several starts, log-likelihood, standard errors, words at its edge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from core.analysis.patterns.repeat_purchases import Floats
from core.progress import SILENT, Progress

# The logarithms of the parameters in, the log-likelihood of everybody and its gradient out.
Objective = Callable[[Floats], tuple[float, Floats]]
Model = TypeVar("Model")

_REACH = 14.0  # a parameter is looked for within a factor of e^14, about a million, of its scale
_STEP = 1e-4  # of the numerical second derivative, in logarithms
_NEWTON_STEPS = 8
_LOW, _HIGH = 0.02, 50.0  # of its scale: beyond, a parameter says that the model is at its edge


def weighted(weights: NDArray[Any], values: NDArray[Any]) -> float:
    """Sum of products; not by BLAS, whose threads cost more than they bring and add up in any order."""
    return float((weights * values).sum())


class PurchaseModel(Protocol):
    """What a fitted model of repeat purchases can tell. Times are in the unit it was fitted in."""

    def p_alive(self, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Return the probability that a customer of this history still buys."""

    def expected(self, time: float, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Return the orders expected of a customer of this history in the time that follows."""

    def expected_new(self, time: Floats) -> Floats:
        """Return the repeat orders expected of anybody in the time from the first order on."""

    def chance_of(self, count: int, time: Floats) -> Floats:
        """Return the probability of so many repeat orders in the time from the first order on."""


@dataclass(frozen=True, eq=False)
class Optimum:
    """The best parameters found."""

    values: Floats
    standard_errors: Floats | None  # None where the likelihood is flat, or still rises at a limit
    log_likelihood: float
    converged: bool


@dataclass(frozen=True, eq=False)
class Fit(Generic[Model]):
    """A model with the parameters that make what was seen most likely."""

    model: Model
    names: tuple[str, ...]
    values: tuple[float, ...]
    standard_errors: tuple[float, ...] | None  # None: the data does not pin the parameters down
    log_likelihood: float
    customers: int
    warnings: tuple[str, ...]  # plain sentences where the model is at its edge


def fitted(
    model: Model, names: tuple[str, ...], optimum: Optimum, *, customers: int, warnings: tuple[str, ...]
) -> Fit[Model]:
    """Put a model together with how it was found."""
    errors = optimum.standard_errors
    return Fit(
        model=model,
        names=names,
        values=tuple(optimum.values.tolist()),
        standard_errors=None if errors is None else tuple(errors.tolist()),
        log_likelihood=optimum.log_likelihood,
        customers=customers,
        warnings=warnings,
    )


def maximise(
    objective: Objective,
    starts: Sequence[Sequence[float]],
    scale: Sequence[float],
    *,
    rough: Objective | None = None,
    progress: Progress = SILENT,
) -> Optimum:
    """Climb from every start, take the highest place and go to its very top.

    `scale` is the usual size of each parameter: starts are factors of it. `rough` is the same question to a part
    of the customers, which tells where to look for a quicker answer. Each question lets `progress` stop the climb.
    """
    objective, rough = _watched(objective, progress), rough and _watched(rough, progress)
    middle = np.log(np.asarray(scale, dtype=np.float64))
    low, high = middle - _REACH, middle + _REACH
    found = [_climb(rough or objective, middle + np.log(start), low, high) for start in starts]
    best = max(found, key=lambda place: place[1])[0]
    if rough is not None:
        best, _ = _climb(objective, best, low, high)
    inside = bool(np.all((best > low + 0.1) & (best < high - 0.1)))
    logs, curvature = _top(objective, best, low, high) if inside else (best, None)
    inside = inside and bool(np.all((logs > low) & (logs < high)))
    values = np.exp(logs)
    errors = None if curvature is None else values * np.sqrt(np.diag(np.linalg.inv(curvature)))
    return Optimum(values, errors, objective(logs)[0], converged=inside and curvature is not None)


def _watched(objective: Objective, progress: Progress) -> Objective:
    """Ask the same, but first whether to go on: a fit to many customers takes long."""

    def watched(logs: Floats) -> tuple[float, Floats]:
        progress.advance(0)
        return objective(logs)

    return watched


def _climb(objective: Objective, start: Floats, low: Floats, high: Floats) -> tuple[Floats, float]:
    """Go up from a start until it hardly rises; return the place and its height."""
    size = abs(objective(start)[0]) or 1.0  # the search is told when to stop in shares of this
    middle, reach = (low + high) / 2, (high - low) / 2

    def downhill(free: Floats) -> tuple[float, Floats]:
        bent = np.tanh(free / reach)  # any number stands for a place between the limits
        value, gradient = objective(middle + reach * bent)
        return -value / size, -gradient * (1 - bent**2) / size

    # Not L-BFGS-B, whose few numbers go through threaded BLAS: 5 ms a step on a busy machine, ten times the rest.
    free = reach * np.arctanh((start - middle) / reach)
    result = minimize(downhill, free, jac=True, method="BFGS", options={"gtol": 1e-6, "maxiter": 60})
    return middle + reach * np.tanh(result.x / reach), -float(result.fun) * size


def _top(objective: Objective, logs: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats | None]:
    """Go the last steps by Newton's method; return the place and minus the second derivative there."""
    value, gradient = objective(logs)
    curvature = _curvature(objective, logs)
    for _ in range(_NEWTON_STEPS):
        if not _is_a_top(curvature):
            return logs, None
        step = np.linalg.solve(curvature, gradient)
        if np.max(np.abs(step)) < 1e-7:
            break
        there = np.clip(logs + step, low, high)
        value_there, gradient_there = objective(there)
        if not value_there >= value - 1e-9 * abs(value):
            break
        logs, value, gradient = there, value_there, gradient_there
        if np.max(np.abs(step)) > 1e-4:  # after a smaller step it bends as before
            curvature = _curvature(objective, logs)
    return logs, curvature if _is_a_top(curvature) else None


def _curvature(objective: Objective, logs: Floats) -> Floats:
    """Minus the matrix of second derivatives, from differences of the gradient."""
    steps = np.eye(len(logs)) * _STEP
    found: Floats = np.array(
        [(objective(logs - step)[1] - objective(logs + step)[1]) / (2 * _STEP) for step in steps]
    )
    return (found + found.T) / 2


def _is_a_top(curvature: Floats) -> bool:
    """Whether it falls in every direction, and not just by rounding."""
    if not np.all(np.isfinite(curvature)):
        return False
    bends = np.linalg.eigvalsh(curvature)
    return bool(bends[0] > 1e-9 * max(1.0, bends[-1]))


def edge_words(
    optimum: Optimum,
    names: Sequence[str],
    *,
    scale: Sequence[float],
    words: dict[str, tuple[str, str]],
    written: Mapping[str, Callable[[float], str]] | None = None,
) -> tuple[str, ...]:
    """Say where a parameter is next to nothing or huge, or not pinned down; `words` are for low and high.

    `written` tells how a parameter is written that is more than a number, such as money.
    """
    write = written or {}
    said: list[str] = []
    for name, value, size in zip(names, optimum.values, scale, strict=True):
        low, high = words.get(name, ("", ""))
        said.append(low if value < _LOW * size else high if value > _HIGH * size else "")
    if not optimum.converged:
        said.append(
            "Several sets of parameters explain the data as well: there are no standard errors, and figures far "
            "beyond the time observed say little."
        )
    elif optimum.standard_errors is not None:
        loose = [
            f"{name} is {write.get(name, _number)(value)}, give or take {write.get(name, _number)(error)}"
            for name, value, error in zip(names, optimum.values, optimum.standard_errors, strict=True)
            if error > value
        ]
        if loose:
            said.append(f"The data hardly pins the model down: {', '.join(loose)}.")
    return tuple(dict.fromkeys(sentence for sentence in said if sentence))


def _number(value: float) -> str:
    return f"{value:.3g}"
