"""How much depends on few customers: ABC classes, the whale curve, the Gini coefficient."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.patterns.abc_choice import A_PERCENT, B_PERCENT
from core.analysis.sums import Flags, Ints, split


@dataclass(frozen=True, eq=False)
class WhaleCurve:
    """Customers from the most to the least profitable, and their profit added up along the way."""

    customers: Ints  # row positions in `facts.customers`, in order of rank
    cumulative: Ints  # minor units; the last one is the total
    unknown: int  # customers left out because their profit is unknown

    @property
    def total_minor(self) -> int:
        """Profit of everybody on the curve."""
        return int(self.cumulative[-1]) if len(self.cumulative) else 0

    @property
    def peak_index(self) -> int | None:
        """Place of the highest point, from 0; None where nobody earns anything."""
        if not len(self.cumulative) or self.cumulative.max() <= 0:
            return None
        return int(self.cumulative.argmax())

    @property
    def peak_minor(self) -> int:
        """Profit at the highest point, 0 where nobody earns anything."""
        return 0 if self.peak_index is None else int(self.cumulative[self.peak_index])

    @property
    def as_much_as_all(self) -> int | None:
        """How few of the first customers make as much as all together; None where the total is not above 0."""
        if self.total_minor <= 0:
            return None
        return int(np.argmax(self.cumulative >= self.total_minor)) + 1

    @property
    def loss_makers(self) -> int:
        """How many customers cost more than they bring."""
        return int((self._own < 0).sum())

    @property
    def loss_minor(self) -> int:
        """What the loss makers cost, zero or negative."""
        return int(self._own[self._own < 0].sum())

    @property
    def top_count(self) -> int:
        """How many customers the first 20 % are, rounded up."""
        return -(-len(self.customers) // 5)

    @property
    def top_share(self) -> float | None:
        """Profit of the first 20 % of customers by the total; None where the total is not above 0."""
        return int(self.cumulative[self.top_count - 1]) / self.total_minor if self.total_minor > 0 else None

    @property
    def _own(self) -> Ints:
        return np.diff(self.cumulative, prepend=0)


@dataclass(frozen=True, eq=False)
class Pareto:
    """Customers from the largest to the smallest revenue, and their revenue added up along the way."""

    customers: Ints  # row positions in `facts.customers`
    cumulative: Ints  # minor units; revenue below 0 counts as 0

    def reached(self, percent: int) -> int | None:
        """How few of the largest bring so many percent; None where there is no revenue."""
        if not len(self.cumulative) or not self.cumulative[-1]:
            return None
        wanted = -(-int(self.cumulative[-1]) * percent // 100)
        return int(np.searchsorted(self.cumulative, wanted, side="left")) + 1


def pareto(revenue: Ints, taking_part: Flags) -> Pareto:
    """Rank customers by revenue, equal ones in their own order."""
    chosen = np.flatnonzero(taking_part)
    earned = np.maximum(revenue[chosen], 0)
    order = np.argsort(-earned, kind="stable")
    return Pareto(chosen[order], np.cumsum(earned[order]))


def whale_curve(profit: "pd.Series[Any]", taking_part: Flags | None = None) -> WhaleCurve:
    """Rank customers by profit, equal ones in their own order; `taking_part` says who is meant, else all."""
    values, known = split(profit)
    meant = np.ones(len(values), dtype=np.bool_) if taking_part is None else taking_part
    chosen = np.flatnonzero(meant & known)
    ranked = chosen[np.argsort(-values[chosen], kind="stable")]
    return WhaleCurve(ranked, np.cumsum(values[ranked]), int((meant & ~known).sum()))


def taking_part(by_customer: pd.DataFrame) -> Flags:
    """Say which rows of a ladder's customers have sales or costs in the period: only they are on a whale curve."""
    moved = (by_customer[["gross_sales", "discounts", "credits", "net_revenue"]] != 0).any(axis=1)
    costs = by_customer["cost_to_serve"].fillna(0) != 0
    flags: Flags = (moved | costs).to_numpy(dtype=np.bool_)
    return flags


def abc_classes(
    revenue: Ints, taking_part: Flags, *, a_percent: int = A_PERCENT, b_percent: int = B_PERCENT
) -> "pd.Series[Any]":
    """Class A brings the first 80 % of revenue, B up to 95 %, C the rest; equal revenue, equal class.

    Who crosses a threshold still belongs to the better class. Without revenue above 0 the class is C;
    whoever does not take part has none.
    """
    earned = np.where(taking_part, np.maximum(revenue, 0), 0)
    ordered = np.sort(earned)[::-1]
    running = np.cumsum(ordered)
    total = int(running[-1]) if len(running) else 0
    # What all customers with more revenue than this one bring together:
    rank = np.searchsorted(-ordered, -earned, side="left")
    before = np.concatenate([[0], running])[rank] * 100
    classes = np.where(before < a_percent * total, "A", np.where(before < b_percent * total, "B", "C"))
    classes = np.where(earned > 0, classes, "C").astype(object)
    classes[~taking_part] = None
    return pd.Series(classes, dtype="string")


def gini(values: Ints) -> float | None:
    """Gini coefficient of amounts, those below 0 taken as 0: 0 all alike, near 1 one has everything.

    G = 2 Σ i·x_i / (n Σ x) - (n + 1) / n with x in rising order. None where there is nothing to share.
    """
    ordered = [max(0, value) for value in sorted(values.tolist())]
    count, total = len(ordered), sum(ordered)
    if not total:
        return None
    weighted = sum(place * value for place, value in enumerate(ordered, 1))
    return float((2 * weighted - (count + 1) * total) / (count * total))
