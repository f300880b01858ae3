"""Cohorts: customers by the month or quarter of their first order, and how many come back."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.analysis.facts import Facts
from core.analysis.orders import Orders, day_number, orders_of
from core.analysis.patterns.share import Share
from core.analysis.sums import Flags, Ints, sums
from core.period import Period, month_label, month_of


class Step(StrEnum):
    """How long a cohort's periods are."""

    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, eq=False)
class Cohorts:
    """A row for each period in which customers began, a column for each period since (0: the first itself).

    Cells after the as-of date are not reached: the methods return None there and the matrices hold 0. The
    period that holds the as-of date may still be running (`last_is_partial`): its cells may yet rise.
    """

    step: Step
    periods: tuple[Period, ...]
    size: Ints  # customers of each cohort
    active: Ints  # customers of the cohort with an order in the period
    still: Ints  # customers of the cohort with an order in that period or a later one
    net_revenue: Ints  # minor units, credit notes included
    covered_cost: Ints  # minor units, cost of the lines whose cost is known
    cost_known: Flags  # whether every line of the cell has a cost
    revenue_before_first_order: int  # of customers with an order: such as credit notes from before it
    last_is_partial: bool

    def reached(self, cohort: int, since: int) -> bool:
        """Whether a cohort has lived so long."""
        return 0 <= since < len(self.periods) - cohort

    def customers(self, cohort: int, since: int) -> int | None:
        """Customers with an order in that period."""
        return int(self.active[cohort, since]) if self.reached(cohort, since) else None

    def revenue(self, cohort: int, since: int) -> int | None:
        """Net revenue of the cohort in that period, minor units."""
        return int(self.net_revenue[cohort, since]) if self.reached(cohort, since) else None

    def gross_profit(self, cohort: int, since: int) -> int | None:
        """Gross profit of the cohort in that period, minor units; None also where a cost is unknown."""
        if not self.reached(cohort, since) or not self.cost_known[cohort, since]:
            return None
        return int(self.net_revenue[cohort, since] - self.covered_cost[cohort, since])

    def classic_retention(self, cohort: int, since: int) -> Share | None:
        """Of the cohort's customers, those with an order in just that period."""
        found = self.customers(cohort, since)
        return None if found is None else Share(found, int(self.size[cohort]))

    def unbounded_retention(self, cohort: int, since: int) -> Share | None:
        """Of the cohort's customers, those with an order in that period or in any later one."""
        if not self.reached(cohort, since):
            return None
        return Share(int(self.still[cohort, since]), int(self.size[cohort]))

    def average_classic(self, since: int) -> Share | None:
        """Classic retention of all cohorts that have lived so long, weighted by their customers."""
        return self._average(self.active, since)

    def average_unbounded(self, since: int) -> Share | None:
        """Unbounded retention of all cohorts that have lived so long, weighted by their customers."""
        return self._average(self.still, since)

    def _average(self, found: Ints, since: int) -> Share | None:
        lived = len(self.periods) - since
        if since < 0 or lived <= 0:
            return None
        return Share(int(found[:lived, since].sum()), int(self.size[:lived].sum()))


def cohorts(facts: Facts, step: Step = Step.MONTH) -> Cohorts:
    """Follow the customers by the period of their first order, over all history up to the as-of date."""
    orders = orders_of(facts)
    if not len(orders.day):
        return _none(step)
    periods = _periods(int(orders.day.min()), facts, step)
    of_day = _period_of_day(periods)
    began = np.where(orders.has_any, of_day(orders.first), -1)
    count = len(periods)
    money, cost, unknown, before = _money(facts, began, of_day, count)
    still = np.zeros((count, count), dtype=np.int64)
    lasted = of_day(orders.last) - began
    np.add.at(still, (began[orders.has_any], lasted[orders.has_any]), 1)
    return Cohorts(
        step=step,
        periods=periods,
        size=np.bincount(began[orders.has_any], minlength=count).astype(np.int64),
        active=_active(orders, began, of_day, count),
        still=np.cumsum(still[:, ::-1], axis=1)[:, ::-1],
        net_revenue=money,
        covered_cost=cost,
        cost_known=unknown == 0,
        revenue_before_first_order=before,
        last_is_partial=facts.as_of < periods[-1].end,
    )


def cohort_label(period: Period, step: Step) -> str:
    """Name of a cohort: 'Oct 2026' or '2026 Q4'."""
    if step is Step.MONTH:
        return month_label(period.start)
    return f"{period.start.year} Q{(period.start.month + 2) // 3}"


def _none(step: Step) -> Cohorts:
    nothing = np.zeros((0, 0), dtype=np.int64)
    size = np.zeros(0, dtype=np.int64)
    return Cohorts(step, (), size, nothing, nothing, nothing, nothing, nothing == 0, 0, last_is_partial=False)


def _periods(first_day: int, facts: Facts, step: Step) -> tuple[Period, ...]:
    months = 3 if step is Step.QUARTER else 1
    month = month_of(np.datetime64(first_day, "D").item())
    period = month.shift(-((month.start.month - 1) % months))
    period = Period(period.start, period.shift(months - 1).end)
    found = []
    while period.start <= facts.as_of:
        found.append(period)
        period = period.shift(months)
    return tuple(found)


def _period_of_day(periods: tuple[Period, ...]) -> Callable[[Ints], Ints]:
    """Return a function from days since 1970 to the period's place; days before the first give 0 or less."""
    first = day_number(periods[0].start)
    table = np.zeros(day_number(periods[-1].end) - first + 1, dtype=np.int64)
    starts = [day_number(period.start) - first for period in periods[1:]]
    table[starts] = 1
    table = np.cumsum(table)

    def of_day(days: Ints) -> Ints:
        found: Ints = table[np.clip(days - first, 0, len(table) - 1)]
        return found

    return of_day


def _active(orders: Orders, began: Ints, of_day: Callable[[Ints], Ints], count: int) -> Ints:
    period = of_day(orders.day)
    new = np.ones(len(period), dtype=np.bool_)  # order days are sorted by customer and day
    new[1:] = (period[1:] != period[:-1]) | (orders.customer[1:] != orders.customer[:-1])
    cohort = began[orders.customer[new]]
    places = cohort * count + period[new] - cohort
    return np.bincount(places, minlength=count * count).astype(np.int64).reshape(count, count)


def _money(
    facts: Facts, began: Ints, of_day: Callable[[Ints], Ints], count: int
) -> tuple[Ints, Ints, Ints, int]:
    """Net revenue, known cost and lines of unknown cost by cell, and revenue from before the first order."""
    customer = facts.documents["customer"].to_numpy()
    cohort = np.append(began, -1)[customer]
    days: NDArray[Any] = facts.documents["day"].to_numpy()
    period = of_day(days.astype("datetime64[D]").astype(np.int64))
    early = (cohort >= 0) & _before_first_order(facts, customer, days)
    cell = np.where((cohort >= 0) & ~early, cohort * count + period - cohort, -1)
    document = facts.lines["document"].to_numpy()
    place = cell[document]
    net, cost, known = (facts.lines[name].to_numpy() for name in ("net", "cost", "cost_known"))
    plain_discount = (facts.lines["gross"].to_numpy() == 0) & (facts.lines["discount"].to_numpy() != 0)
    unknown = (~known & ~plain_discount).astype(np.int64)
    shape = (count, count)
    cells = [sums(column, place, count * count).reshape(shape) for column in (net, cost, unknown)]
    return cells[0], cells[1], cells[2], int(net[early[document]].sum())


def _before_first_order(facts: Facts, customer: Ints, days: NDArray[Any]) -> Flags:
    first = np.append(orders_of(facts).first, 0)[customer]
    early: Flags = days.astype("datetime64[D]").astype(np.int64) < first
    return early
