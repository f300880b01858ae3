"""What a model of repeat purchases expects beside what happened: by frequency, over time, in a hold-out."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from core.analysis.facts import Facts
from core.analysis.orders import day_number, orders_of
from core.analysis.patterns.fitting import PurchaseModel
from core.analysis.patterns.repeat_purchases import Floats, Histories, RepeatPurchases
from core.analysis.sums import Ints, counts

MOST = 7  # repeat orders told apart; so many and more are one class
_WEEK = 7


@dataclass(frozen=True, eq=False)
class FrequencyCheck:
    """Customers by their number of repeat orders: how many there are, and how many the model expects."""

    labels: tuple[str, ...]  # "0", "1", ... "7+"
    actual: Ints
    expected: Floats


@dataclass(frozen=True, eq=False)
class HoldOutCheck:
    """Mean orders a customer in the time kept back, by the number of repeat orders before it.

    NaN where no customer had so many.
    """

    labels: tuple[str, ...]
    customers: Ints
    actual: Floats
    expected: Floats


@dataclass(frozen=True, eq=False)
class Tracking:
    """Repeat orders week by week, of the customers known when the model was fitted; whole weeks only."""

    week_ends: tuple[date, ...]
    actual: Ints
    expected: Floats
    fitted_weeks: int  # so many weeks were seen by the fit, the rest is the hold-out

    @property
    def cumulative_actual(self) -> Ints:
        """Repeat orders from the beginning to the end of each week."""
        return np.cumsum(self.actual)

    @property
    def cumulative_expected(self) -> Floats:
        """The same as the model expects it."""
        found: Floats = np.cumsum(self.expected)
        return found


def labels(most: int = MOST) -> tuple[str, ...]:
    """Names of the classes of frequency, the last being open."""
    return (*(str(count) for count in range(most)), f"{most}+")


def by_frequency(model: PurchaseModel, histories: Histories, *, most: int = MOST) -> FrequencyCheck:
    """Compare how many customers have 0, 1, 2 ... repeat orders."""
    ages, of_age = np.unique(histories.age, return_counts=True)
    expected = np.array([float(of_age @ model.chance_of(count, ages)) for count in range(most)])
    rest = len(histories.x) - expected.sum()
    actual = counts(np.minimum(histories.x, most).astype(np.int64), most + 1)
    return FrequencyCheck(labels(most), actual, np.append(expected, rest))


def by_hold_out(
    model: PurchaseModel, purchases: RepeatPurchases, facts: Facts, *, most: int = MOST
) -> HoldOutCheck:
    """Compare orders after the day the fit ended at, up to the facts' as-of date, by earlier frequency."""
    seen = purchases.histories
    time = (facts.as_of - purchases.end).days / purchases.days_in_unit
    orders = orders_of(facts)
    later = orders.day > day_number(purchases.end)
    actual = counts(orders.customer[later], len(facts.customers))[purchases.customer]
    expected = model.expected(time, seen.x, seen.t_x, seen.age)
    group = np.minimum(seen.x, most).astype(np.int64)
    customers = counts(group, most + 1)

    def means(values: Ints | Floats) -> Floats:
        total = np.bincount(group, values, most + 1)
        return np.where(customers > 0, total / np.maximum(customers, 1), np.nan)

    return HoldOutCheck(labels(most), customers, means(actual), means(expected))


def tracking(model: PurchaseModel, purchases: RepeatPurchases, facts: Facts) -> Tracking:
    """Compare repeat orders week by week from the first order of all to the facts' as-of date."""
    orders = orders_of(facts)
    first = orders.first[purchases.customer]
    if not len(first):
        return Tracking((), np.zeros(0, dtype=np.int64), np.zeros(0), 0)
    begin = int(first.min())
    weeks = (day_number(facts.as_of) - begin + 1) // _WEEK
    ends = begin + _WEEK * np.arange(1, weeks + 1) - 1
    known = np.zeros(len(facts.customers), dtype=np.bool_)
    known[purchases.customer] = True
    repeat = known[orders.customer] & (orders.day > orders.first[orders.customer])
    week = (orders.day[repeat] - begin) // _WEEK
    so_far = _expected_so_far(model, first, ends, days_in_unit=purchases.days_in_unit)
    fitted = (day_number(purchases.end) - begin + 1) // _WEEK
    return Tracking(
        tuple(date(1970, 1, 1) + timedelta(days=int(end)) for end in ends),
        counts(week[week < weeks], weeks),
        np.diff(so_far, prepend=0.0),
        min(fitted, weeks),
    )


def _expected_so_far(model: PurchaseModel, first: Ints, ends: Ints, *, days_in_unit: int) -> Floats:
    """Repeat orders expected up to each end, of customers by the day of their first order."""
    starts, customers = np.unique(first, return_counts=True)
    # Worked out once for every number of days that any customer can have been there.
    curve = model.expected_new(
        np.arange(ends[-1] - starts[0] + 1) / days_in_unit if len(ends) else np.zeros(1)
    )
    since = np.maximum(ends[:, None] - starts[None, :], 0)
    found: Floats = curve[since] @ customers
    return found
