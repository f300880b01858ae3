"""How regularly each customer orders, when the next order is due, and who is late by their own habit."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.orders import day_number, median_gaps, orders_of
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.share import Share
from core.analysis.profit_ladder import profit_ladder
from core.analysis.remembered import remembered
from core.analysis.sums import Flags, Ints, counts, decimal, sums, whole

FEWEST_FOR_NEXT = 3  # order days: two gaps
FEWEST_FOR_RHYTHM = 4
FEWEST_FOR_TREND = 5
_FEWEST = (FEWEST_FOR_NEXT, FEWEST_FOR_RHYTHM, FEWEST_FOR_TREND)
LONG_OVERDUE = 2  # times the usual gap


class Rhythm(StrEnum):
    """Regular: the middle half of the gaps spans no more than the usual gap."""

    REGULAR = "regular"
    IRREGULAR = "irregular"


class Lateness(StrEnum):
    """Where the as-of date stands against the band in which the next order is expected."""

    NOT_DUE = "not due yet"
    DUE = "due"
    LATE = "late"
    LONG_OVERDUE = "long overdue"  # past the band, and twice the usual gap or more


@dataclass(frozen=True, eq=False)
class Cadence:
    """A row for each row of `facts.customers`, over all history up to the as-of date; unknown is NA.

    orders: order days; tenure_days, recency_days: from the first and last order to the as-of date;
    median_gap, lower_gap, upper_gap: median and quartiles (type 7) of days between order days;
    spread_days: upper - lower; gap_trend: mean gap of the later half by that of the earlier half, minus 1
    (above 0: orders grow rarer); next_expected: last order + median gap (half days round up), next_earliest and
    next_latest the same with the quartiles; lateness: days since the last order by the median gap; state, rhythm.
    """

    customers: pd.DataFrame
    note: str


@remembered
def cadence(facts: Facts) -> Cadence:
    """Work out the rhythm of every customer."""
    orders = orders_of(facts)
    known = orders.has_any
    today = day_number(facts.as_of)
    lower, upper = _quartiles(facts)  # in quarters of a day, so that nothing is rounded
    middle = (median_gaps(facts).fillna(0).to_numpy(dtype=np.float64) * 4).astype(np.int64)
    repeated, foreseen, rhythmic, trending = (orders.days >= number for number in (2, *_FEWEST))
    since = today - orders.last
    frame = pd.DataFrame(
        {
            "orders": whole(orders.days),
            "tenure_days": whole(today - orders.first, known),
            "recency_days": whole(since, known),
            "median_gap": decimal(middle / 4, repeated),
            "lower_gap": decimal(lower / 4, foreseen),
            "upper_gap": decimal(upper / 4, foreseen),
            "spread_days": decimal((upper - lower) / 4, foreseen),
            "gap_trend": _trend(facts, trending),
            "next_expected": _date(orders.last + _rounded_up(middle), foreseen),
            "next_earliest": _date(orders.last + lower // 4, foreseen),
            "next_latest": _date(orders.last + _rounded_up(upper), foreseen),
            "lateness": decimal(4 * since / np.where(foreseen, np.maximum(middle, 1), 1), foreseen),
            "state": _state(since * 4, lower, middle, upper, foreseen),
            "rhythm": _words(np.where(upper - lower <= middle, Rhythm.REGULAR, Rhythm.IRREGULAR), rhythmic),
        }
    )
    return Cadence(frame, _note(orders.days))


@dataclass(frozen=True, eq=False)
class Group:
    """Customers of one rhythm or lateness, and their share of the net revenue of the facts' period."""

    kind: Rhythm | Lateness | None  # None: too few orders to say
    customers: Ints  # row positions in `facts.customers`
    revenue: Share  # minor units, of all who ever ordered


def by_rhythm(facts: Facts) -> tuple[Group, ...]:
    """Divide everybody who ever ordered into regular, irregular and too few orders."""
    return _grouped(facts, "rhythm", (*Rhythm, None))


def by_lateness(facts: Facts) -> tuple[Group, ...]:
    """Divide everybody who ever ordered by where their next order stands."""
    return _grouped(facts, "state", (*Lateness, None))


def _grouped(facts: Facts, column: str, kinds: tuple[Rhythm | Lateness | None, ...]) -> tuple[Group, ...]:
    words = cadence(facts).customers[column].fillna("").to_numpy()
    known = orders_of(facts).has_any
    revenue: Ints = profit_ladder(facts).by_customer["net_revenue"].to_numpy()
    total = int(revenue[known].sum())
    found = ((kind, np.flatnonzero(known & (words == (kind or "")))) for kind in kinds)
    return tuple(Group(kind, rows, Share(int(revenue[rows].sum()), total)) for kind, rows in found)


def next_order_missing(facts: Facts, customer: int) -> NotEnough | None:
    """Say why no next order is expected of a customer; None where one is."""
    days = int(orders_of(facts).days[customer])
    return NotEnough(days, FEWEST_FOR_NEXT, "order days") if days < FEWEST_FOR_NEXT else None


def _gaps(facts: Facts) -> tuple[Ints, Ints]:
    """Customer and days of each gap between consecutive order days."""
    orders = orders_of(facts)
    same = orders.customer[1:] == orders.customer[:-1]
    return orders.customer[1:][same], np.diff(orders.day)[same]


def _quartiles(facts: Facts) -> tuple[Ints, Ints]:
    """Type-7 quartiles of each customer's gaps in quarters of a day, 0 without a gap."""
    customer, gap = _gaps(facts)
    gap = np.append(gap[np.lexsort((gap, customer))], 0)  # one more place for those without a gap
    count = counts(customer, len(facts.customers))
    start = np.cumsum(count) - count
    found = []
    for quarters in (1, 3):
        place = np.maximum(count - 1, 0) * quarters
        low = start + place // 4
        high = np.minimum(low + 1, start + np.maximum(count - 1, 0))
        value = gap[low] * 4 + (gap[high] - gap[low]) * (place % 4)
        found.append(np.where(count > 0, value, 0))
    return found[0], found[1]


def _trend(facts: Facts, known: Flags) -> "pd.Series[Any]":
    """Mean gap of the later half by that of the earlier half, minus 1; an odd gap in the middle is in neither."""
    customer, gap = _gaps(facts)
    size = len(facts.customers)
    count = counts(customer, size)
    place = np.arange(len(gap)) - (np.cumsum(count) - count)[customer]
    half = (count // 2)[customer]
    early = sums(gap, np.where(place < half, customer, -1), size)
    late = sums(gap, np.where(place >= count[customer] - half, customer, -1), size)
    return decimal(late / np.where(known, early, 1) - 1, known)


def _rounded_up(quarters: Ints) -> Ints:
    return -(-quarters // 4)


def _state(since: Ints, lower: Ints, middle: Ints, upper: Ints, known: Flags) -> "pd.Series[Any]":
    late = np.where(since >= LONG_OVERDUE * middle, Lateness.LONG_OVERDUE, Lateness.LATE)
    # The band is of whole days: it opens on the day the lower quartile falls into and ends after the upper one.
    due = np.where(since < lower // 4 * 4, Lateness.NOT_DUE, Lateness.DUE)
    return _words(np.where(since > _rounded_up(upper) * 4, late, due), known)


def _words(words: Any, known: Flags) -> "pd.Series[Any]":
    return pd.Series(np.where(known, words.astype(object), None), dtype="string")


def _date(days: Ints, known: Flags) -> "pd.Series[Any]":
    dates = days.astype("datetime64[D]").astype("datetime64[s]")
    dates[~known] = np.datetime64("NaT")
    return pd.Series(dates)


def _note(days: Ints) -> str:
    few = int(((days > 0) & (days < FEWEST_FOR_NEXT)).sum())
    if not few:
        return ""
    who = "1 customer has" if few == 1 else f"{few:,} customers have"
    return f"{who} fewer than {FEWEST_FOR_NEXT} order days: no next order is expected of them."
