"""What customers will be worth: orders expected, value of an order, discounted to today."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.patterns.bg_nbd import BgNbd, fit_bg_nbd
from core.analysis.patterns.fitting import Fit, PurchaseModel
from core.analysis.patterns.gamma_gamma import SpendFit, fit_gamma_gamma
from core.analysis.patterns.lifetime_terms import Horizon, ModelName
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.pareto_nbd import ParetoNbd, fit_pareto_nbd
from core.analysis.patterns.repeat_purchases import (
    Basis,
    Floats,
    Histories,
    RepeatPurchases,
    TimeUnit,
    transactions,
)
from core.analysis.sums import Flags, decimal, whole
from core.money import plain
from core.progress import SILENT, Progress

_DAYS_A_MONTH = 365.25 / 12

_ONE_ORDER = (
    "Who ordered once counts as still buying: BG/NBD lets customers stop only after a repeat order, so nothing "
    "is known of them yet."
)


@dataclass(frozen=True, eq=False)
class LifetimeValue:
    """Figures of the time ahead; each series has a row for each row of `facts.customers`, NA where unknown.

    p_alive: probability that the customer still buys
    expected_orders: in the months of the horizon
    order_value: minor units, of each of them
    value: minor units, all of them, each month's discounted to the as-of date
    """

    purchases: RepeatPurchases
    horizon: Horizon
    orders: Fit[BgNbd] | Fit[ParetoNbd]
    spend: SpendFit | NotEnough
    p_alive: "pd.Series[Any]"
    expected_orders: "pd.Series[Any]"
    order_value: "pd.Series[Any]"
    value: "pd.Series[Any]"
    notes: tuple[str, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Plain sentences where the models are at their edge."""
        spend = () if isinstance(self.spend, NotEnough) else self.spend.fit.warnings
        both = dict.fromkeys((*self.orders.warnings, *spend))  # both may say the same
        return (*both, *self._looks_far)

    @property
    def _looks_far(self) -> tuple[str, ...]:
        seen = float(self.purchases.histories.age.max()) * self.purchases.days_in_unit / _DAYS_A_MONTH
        ahead = self.horizon.months
        words = f"The value looks {ahead} months ahead, the history only {seen:.0f} months back."
        return (words,) if ahead > seen else ()


def lifetime_value(
    facts: Facts,
    *,
    basis: Basis = "revenue",
    model: ModelName = "bg_nbd",
    unit: TimeUnit = "weeks",
    horizon: Horizon | None = None,
    progress: Progress = SILENT,
) -> LifetimeValue | NotEnough:
    """Fit the models to all history up to the as-of date and look ahead; or say how much history is missing."""
    horizon = horizon or Horizon()
    purchases = transactions(facts, unit, basis=basis)
    orders = fit_orders(purchases, model, progress=progress)
    if isinstance(orders, NotEnough):
        return orders
    seen = purchases.histories
    spend = fit_gamma_gamma(seen.x, purchases.mean_value, money=partial(_amount, facts), progress=progress)
    step = _DAYS_A_MONTH / purchases.days_in_unit
    order_value = _order_value(spend, purchases)
    value = discounted_value(
        orders.model,
        seen,
        order_value,
        steps=horizon.months,
        step=step,
        rate=horizon.monthly_rate,
        progress=progress,
    )
    place = _Places(purchases, len(facts.customers))
    return LifetimeValue(
        purchases,
        horizon,
        orders,
        spend,
        p_alive=place.decimals(orders.model.p_alive(seen.x, seen.t_x, seen.age)),
        expected_orders=place.decimals(
            orders.model.expected(horizon.months * step, seen.x, seen.t_x, seen.age)
        ),
        order_value=place.money(order_value),
        value=place.money(value),
        notes=_notes(purchases, spend, model),
    )


def fit_orders(
    purchases: RepeatPurchases, model: ModelName = "bg_nbd", *, progress: Progress = SILENT
) -> Fit[BgNbd] | Fit[ParetoNbd] | NotEnough:
    """Fit one of the two models of repeat purchases."""
    fit = fit_bg_nbd if model == "bg_nbd" else fit_pareto_nbd
    return fit(purchases.histories, days_in_unit=purchases.days_in_unit, progress=progress)


def _amount(facts: Facts, minor: float) -> str:
    """Money in a sentence, in the book's currency."""
    return f"{plain(round(minor), facts.exponent)} {facts.currency}"


def discounted_value(
    model: PurchaseModel,
    histories: Histories,
    order_value: Floats,
    *,
    steps: int,
    step: float,
    rate: float,
    progress: Progress = SILENT,
) -> Floats:
    """Value of the orders expected in so many steps of time, those of step n divided by (1 + rate) to the n.

    `step` is in the unit of the histories, `rate` is for one step.
    """
    found = np.zeros(len(histories.x))
    before = np.zeros(len(histories.x))
    for number in range(1, steps + 1):
        progress.advance(number, steps)
        so_far = model.expected(number * step, histories.x, histories.t_x, histories.age)
        found += (so_far - before) / (1 + rate) ** number
        before = so_far
    return found * order_value


def _order_value(spend: SpendFit | NotEnough, purchases: RepeatPurchases) -> Floats:
    seen = purchases.histories
    if isinstance(spend, NotEnough):
        return np.full(len(seen.x), np.nan)
    # A repeat order without a known value says nothing: such a customer is taken as the average of all.
    known = np.where(np.isnan(purchases.mean_value), 0.0, seen.x)
    return spend.fit.model.expected_value(known, purchases.mean_value)


def _notes(purchases: RepeatPurchases, spend: SpendFit | NotEnough, model: ModelName) -> tuple[str, ...]:
    notes = list(purchases.notes)
    if model == "bg_nbd" and purchases.histories.repeaters < len(purchases.histories.x):
        notes.append(_ONE_ORDER)
    notes.append(spend.text if isinstance(spend, NotEnough) else spend.note)
    return tuple(notes)


@dataclass(frozen=True, eq=False)
class _Places:
    """Brings figures of customers with orders to the rows of all customers."""

    purchases: RepeatPurchases
    size: int

    def decimals(self, values: Floats) -> "pd.Series[Any]":
        return decimal(*self._spread(values))

    def money(self, values: Floats) -> "pd.Series[Any]":
        spread, known = self._spread(values)
        return whole(np.rint(spread).astype(np.int64), known)

    def _spread(self, values: Floats) -> tuple[Floats, Flags]:
        spread, known = np.zeros(self.size), np.zeros(self.size, dtype=np.bool_)
        spread[self.purchases.customer] = np.nan_to_num(values)
        known[self.purchases.customer] = ~np.isnan(values)
        return spread, known
