"""What customers will be worth, and how well the model that says so has done."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from core.analysis.facts import Facts
from core.analysis.orders import orders_of
from core.analysis.patterns.bg_nbd import BgNbd
from core.analysis.patterns.fitting import Fit
from core.analysis.patterns.hold_out_orders import HoldOutOrders, hold_out_orders
from core.analysis.patterns.lifetime_terms import LifetimeTerms
from core.analysis.patterns.lifetime_value import LifetimeValue, fit_orders, lifetime_value
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
from core.analysis.patterns.repeat_purchases import Basis, RepeatPurchases, transactions
from core.analysis.patterns.simple_value import SimpleValue, historic_value, simple_value
from core.errors import UsageError
from core.progress import SILENT, Progress

KEPT_BACK = 3  # the last third of the history tests a model that was fitted to the time before
_SO_FAR: dict[Basis, str] = {
    "revenue": "net_revenue",
    "gross_profit": "gross_profit",
    "contribution": "contribution",
}


@dataclass(frozen=True, eq=False)
class HoldOut:
    """A fit that ends early, and what came after it."""

    until: date
    fit: Fit[BgNbd] | Fit[ParetoNbd]
    purchases: RepeatPurchases  # up to that day
    by_frequency: HoldOutCheck
    tracking: Tracking
    customers: HoldOutOrders


@dataclass(frozen=True, eq=False)
class ValuePatterns:
    """Value so far and by the model, which is fitted once to all history, with what it expects of it."""

    terms: LifetimeTerms
    historic: pd.DataFrame  # as of `historic_value`, a row for each customer
    value: LifetimeValue | NotEnough
    frequency: FrequencyCheck | NotEnough

    @property
    def so_far(self) -> "pd.Series[Any]":
        """What each customer brought so far, in the money of the terms; minor units, NA where unknown."""
        return self.historic[_SO_FAR[self.terms.basis]]


@dataclass(frozen=True, eq=False)
class LifetimePatterns(ValuePatterns):
    """The same with the formula, and the test of the model on the time kept back."""

    simple: SimpleValue | NotEnough
    hold_out: HoldOut | NotEnough


def lifetime_patterns(
    facts: Facts, terms: LifetimeTerms | None = None, *, progress: Progress = SILENT
) -> LifetimePatterns:
    """Fit and check the model, over all history up to the as-of date. Raises UsageError."""
    terms = terms or LifetimeTerms()
    found = value_patterns(facts, terms, progress=progress)
    return LifetimePatterns(
        found.terms,
        found.historic,
        found.value,
        found.frequency,
        simple_value(facts),
        hold_out(facts, terms, progress=progress),
    )


def value_patterns(
    facts: Facts, terms: LifetimeTerms | None = None, *, progress: Progress = SILENT
) -> ValuePatterns:
    """Add up the value so far, fit the model and look ahead, over all history up to the as-of date."""
    terms = terms or LifetimeTerms()
    progress.step("Adding up what customers were worth so far")
    historic = historic_value(facts)
    progress.step("Fitting what customers will be worth")
    value = lifetime_value(
        facts,
        basis=terms.basis,
        model=terms.model,
        unit=terms.unit,
        horizon=terms.horizon,
        progress=progress,
    )
    if isinstance(value, NotEnough):
        return ValuePatterns(terms, historic, value, value)
    progress.step("Comparing the model with what happened")
    frequency = by_frequency(value.orders.model, value.purchases.histories)
    return ValuePatterns(terms, historic, value, frequency)


def purchases_of(facts: Facts, found: ValuePatterns) -> RepeatPurchases:
    """Return the histories that the model is fitted to, also where they are too few for a fit."""
    if isinstance(found.value, NotEnough):
        return transactions(facts, found.terms.unit, basis=found.terms.basis)
    return found.value.purchases


def hold_out(
    facts: Facts, terms: LifetimeTerms | None = None, *, progress: Progress = SILENT
) -> HoldOut | NotEnough:
    """Fit to the time up to a day, by default two thirds of the history, and compare with what came after.

    Raises UsageError where no time is left to compare with.
    """
    terms = terms or LifetimeTerms()
    until = terms.until or _two_thirds(facts)
    if until is None:
        return NotEnough(0, 1, "customers with an order")
    if until >= facts.as_of:
        message = (
            f"The fit must end before the as-of date {facts.as_of}; {until} leaves nothing to compare with."
        )
        raise UsageError(message)
    progress.step("Testing the model on the time kept back")
    purchases = transactions(facts, terms.unit, until=until)
    if not len(purchases.customer):
        return NotEnough(0, 1, f"customers with an order up to {until}")
    fit = fit_orders(purchases, terms.model, progress=progress)
    if isinstance(fit, NotEnough):
        return fit
    return HoldOut(
        until,
        fit,
        purchases,
        by_hold_out(fit.model, purchases, facts),
        tracking(fit.model, purchases, facts),
        hold_out_orders(fit.model, purchases, facts),
    )


def _two_thirds(facts: Facts) -> date | None:
    orders = orders_of(facts)
    if not len(orders.day):
        return None
    first = date(1970, 1, 1) + timedelta(days=int(orders.day.min()))
    days = (facts.as_of - first).days
    return facts.as_of - timedelta(days=max(1, days // KEPT_BACK))
