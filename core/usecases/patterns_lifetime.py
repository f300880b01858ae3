"""What customers will be worth, and how well the model that says so has done."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast, get_args

import pandas as pd

from core.analysis.facts import Facts
from core.analysis.orders import orders_of
from core.analysis.patterns.bg_nbd import BgNbd
from core.analysis.patterns.fitting import Fit
from core.analysis.patterns.lifetime_value import LifetimeValue, ModelName, fit_orders, lifetime_value
from core.analysis.patterns.model_check import (
    FrequencyCheck,
    HoldOutCheck,
    Tracking,
    by_frequency,
    by_hold_out,
    tracking,
)
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.pareto_nbd import ParetoNbd
from core.analysis.patterns.repeat_purchases import Basis, TimeUnit, transactions
from core.analysis.patterns.simple_value import SimpleValue, historic_value, simple_value
from core.errors import UsageError
from core.progress import SILENT, Progress

KEPT_BACK = 3  # the last third of the history tests a model that was fitted to the time before


@dataclass(frozen=True)
class LifetimeChoice:
    """Which model, in which unit of time, on which money; `until` ends the fit that the hold-out tests."""

    model: ModelName | None = None  # None: as the book has it
    unit: TimeUnit = "weeks"
    basis: Basis = "revenue"
    until: date | None = None


@dataclass(frozen=True, eq=False)
class HoldOut:
    """A fit that ends early, and what came after it."""

    until: date
    fit: Fit[BgNbd] | Fit[ParetoNbd]
    by_frequency: HoldOutCheck
    tracking: Tracking


@dataclass(frozen=True, eq=False)
class LifetimePatterns:
    """Value so far, by the formula and by the model, and the checks of the model."""

    choice: LifetimeChoice
    historic: pd.DataFrame  # as of `historic_value`, a row for each customer
    simple: SimpleValue | NotEnough
    value: LifetimeValue | NotEnough
    frequency: FrequencyCheck | NotEnough
    hold_out: HoldOut | NotEnough


def require_model(name: str) -> ModelName:
    """Return the name of a model. Raises UsageError."""
    if name not in get_args(ModelName):
        message = f"There is no model '{name}'; there are {', '.join(get_args(ModelName))}."
        raise UsageError(message)
    return cast("ModelName", name)


def lifetime_patterns(
    facts: Facts, choice: LifetimeChoice | None = None, *, progress: Progress = SILENT
) -> LifetimePatterns:
    """Fit and check the model, over all history up to the as-of date. Raises UsageError."""
    choice = choice or LifetimeChoice()
    progress.step("Adding up what customers were worth so far")
    historic, simple = historic_value(facts), simple_value(facts)
    progress.step("Fitting what customers will be worth")
    value = lifetime_value(facts, basis=choice.basis, model=choice.model or "bg_nbd", unit=choice.unit)
    progress.step("Checking the model against what happened")
    return LifetimePatterns(choice, historic, simple, value, _by_frequency(value), hold_out(facts, choice))


def _by_frequency(value: LifetimeValue | NotEnough) -> FrequencyCheck | NotEnough:
    if isinstance(value, NotEnough):
        return value
    return by_frequency(value.orders.model, value.purchases.histories)


def hold_out(facts: Facts, choice: LifetimeChoice | None = None) -> HoldOut | NotEnough:
    """Fit to the time up to a day, by default two thirds of the history, and compare with what came after.

    Raises UsageError where no time is left to compare with.
    """
    choice = choice or LifetimeChoice()
    until = choice.until or _two_thirds(facts)
    if until is None:
        return NotEnough(0, 1, "customers with an order")
    if until >= facts.as_of:
        message = (
            f"The fit must end before the as-of date {facts.as_of}; {until} leaves nothing to compare with."
        )
        raise UsageError(message)
    purchases = transactions(facts, choice.unit, basis=choice.basis, until=until)
    if not len(purchases.customer):
        return NotEnough(0, 1, f"customers with an order up to {until}")
    fit = fit_orders(purchases, choice.model or "bg_nbd")
    if isinstance(fit, NotEnough):
        return fit
    return HoldOut(
        until, fit, by_hold_out(fit.model, purchases, facts), tracking(fit.model, purchases, facts)
    )


def _two_thirds(facts: Facts) -> date | None:
    orders = orders_of(facts)
    if not len(orders.day):
        return None
    first = date(1970, 1, 1) + timedelta(days=int(orders.day.min()))
    days = (facts.as_of - first).days
    return facts.as_of - timedelta(days=max(1, days // KEPT_BACK))
