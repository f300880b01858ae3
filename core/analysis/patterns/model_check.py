"""What a model of repeat purchases expects beside what happened: by frequency, over time, in a hold-out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from core.analysis.facts import Facts
from core.analysis.orders import day_number, orders_of
from core.analysis.patterns.fitting import PurchaseModel
from core.analysis.patterns.repeat_purchases import Floats, Histories, RepeatPurchases
from core.analysis.sums import Ints, counts

MOST = 7  # repeat orders told apart; so many and more are one class
USUAL_CLASSES = tuple(range(MOST + 1))
_LARGE = 4  # the last class holds up to one customer in so many, else classes are made to fit
_NICE = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)  # times a power of ten: where a class may begin
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


def fitting_classes(histories: Histories) -> tuple[int, ...]:
    """Return where classes begin so that none holds most of the customers, where the usual ones leave that so.

    No repeat order is a class of its own; the others begin at round numbers near the eighths of the customers.
    """
    if not len(histories.x) or (histories.x >= MOST).mean() * _LARGE <= 1:
        return USUAL_CLASSES
    eighths = np.quantile(histories.x, np.arange(1, MOST + 1) / (MOST + 1))
    return tuple(sorted({0, 1, *(_round_number(float(place)) for place in eighths)}))


def _round_number(place: float) -> int:
    """Return the whole number near a place that is easy to say."""
    size = 10 ** int(np.log10(max(place, 1.0)))
    near = [round(step * size) for step in (*_NICE, 10)]
    return int(min(near, key=lambda number: abs(number - place)))


def labels(starts: Sequence[int]) -> tuple[str, ...]:
    """Names of the classes of frequency, the last being open: 0, 1–4, 5+."""
    closed = (
        str(start) if after == start + 1 else f"{start}–{after - 1}" for start, after in pairwise(starts)
    )
    return (*closed, f"{starts[-1]}+")


def classes(histories: Histories, starts: Sequence[int]) -> Ints:
    """Return the place of each customer's class."""
    return np.searchsorted(np.asarray(starts), histories.x, side="right").astype(np.int64) - 1


def by_frequency(
    model: PurchaseModel, histories: Histories, starts: Sequence[int] = USUAL_CLASSES
) -> FrequencyCheck:
    """Compare how many customers have 0, 1, 2 ... repeat orders, or so many as the classes say."""
    ages, of_age = np.unique(histories.age, return_counts=True)
    chances = np.array([float(of_age @ model.chance_of(count, ages)) for count in range(starts[-1])])
    expected = np.add.reduceat(chances, starts[:-1])
    rest = len(histories.x) - expected.sum()
    actual = counts(classes(histories, starts), len(starts))
    return FrequencyCheck(labels(starts), actual, np.append(expected, rest))


def by_hold_out(
    model: PurchaseModel,
    purchases: RepeatPurchases,
    facts: Facts,
    starts: Sequence[int] = USUAL_CLASSES,
) -> HoldOutCheck:
    """Compare orders after the day the fit ended at, up to the facts' as-of date, by earlier frequency."""
    seen = purchases.histories
    time = (facts.as_of - purchases.end).days / purchases.days_in_unit
    orders = orders_of(facts)
    later = orders.day > day_number(purchases.end)
    actual = counts(orders.customer[later], len(facts.customers))[purchases.customer]
    expected = model.expected(time, seen.x, seen.t_x, seen.age)
    group = classes(seen, starts)
    customers = counts(group, len(starts))

    def means(values: Ints | Floats) -> Floats:
        total = np.bincount(group, values, len(starts))
        return np.where(customers > 0, total / np.maximum(customers, 1), np.nan)

    return HoldOutCheck(labels(starts), customers, means(actual), means(expected))


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
