"""New, repeat, reactivated and lost customers by month, and how much of last year's revenue stayed."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.orders import day_number, order_counts, orders_of
from core.analysis.patterns.full_months import full_months
from core.analysis.patterns.net_revenue import net_revenue
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.share import Share
from core.analysis.sums import Flags, Ints, distinct, whole
from core.period import Period, month_of, twelve_months_to

SILENT_MONTHS = 6
COLUMNS = ("new", "repeat", "reactivated", "lost", "customers")


def customer_flow(facts: Facts, silent_months: int = SILENT_MONTHS) -> pd.DataFrame:
    """Count customers by first day of month: new, repeat, reactivated, lost, and customers at the month's end.

    New: the first order of all history falls in the month. Repeat: ordered in the month, and in one of the
    `silent_months` before. Reactivated: ordered before, but not in those months. Lost: the month completes so many
    months without an order. Customers: those with an order in the last `silent_months`; they are those of the
    month before + new + reactivated - lost. Lost and customers of a month that the book
    does not cover whole are unknown (NA).
    """
    moves = _moves(facts, silent_months)
    if moves is None:
        return pd.DataFrame({name: whole(np.zeros(0, dtype=np.int64)) for name in COLUMNS})
    size = len(moves.months)
    counted = [
        np.bincount(moves.month[chosen], minlength=size)
        for chosen in (moves.new, ~moves.new & ~moves.back, moves.back)
    ]
    gone = moves.gone[moves.ends]
    lost = np.bincount(gone[gone < size], minlength=size)
    customers = np.cumsum(counted[0] + counted[2] - lost)
    covered = full_months(facts).months
    complete = np.array([bool(covered) and each.end <= covered[-1].end for each in moves.months])
    columns = [whole(column.astype(np.int64)) for column in counted]
    columns += [whole(column.astype(np.int64), complete) for column in (lost, customers)]
    frame = pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))
    return frame.set_axis([each.start for each in moves.months])


def flow_members(facts: Facts, month: date, kind: str, silent_months: int = SILENT_MONTHS) -> Ints:
    """Return the customers whom `customer_flow` counts in a month under one of its columns, as rows."""
    moves = _moves(facts, silent_months)
    if moves is None:
        return np.zeros(0, dtype=np.int64)
    place = [each.start for each in moves.months].index(month)
    here = moves.month == place
    chosen = {
        "new": here & moves.new,
        "repeat": here & ~moves.new & ~moves.back,
        "reactivated": here & moves.back,
        "lost": moves.ends & (moves.gone == place),
        "customers": (moves.month <= place) & (moves.gone > place),
    }[kind]
    return distinct(moves.customer[chosen])


@dataclass(frozen=True, eq=False)
class _Moves:
    """A row for each month in which a customer ordered, by customer and month."""

    months: list[Period]
    customer: Ints
    month: Ints  # place in `months`
    new: Flags
    back: Flags  # ordered before, but too long ago
    ends: Flags  # no other order follows in time
    gone: Ints  # the place of the month in which the customer is lost without another order


def _moves(facts: Facts, silent_months: int) -> _Moves | None:
    """Follow every customer from month to month; None in a book without orders."""
    orders = orders_of(facts)
    if not len(orders.day):
        return None
    first = month_of(np.datetime64(int(orders.day.min()), "D").item())
    months = list(Period(first.start, facts.as_of).months())
    starts = np.array([day_number(month.start) for month in months])
    month = np.searchsorted(starts, orders.day, side="right") - 1
    customer, month = _without_repeats(orders.customer, month)
    new = np.ones(len(month), dtype=np.bool_)
    new[1:] = customer[1:] != customer[:-1]
    back = ~new & (np.diff(month, prepend=0) > silent_months)
    ends = np.append(new[1:] | back[1:], True)  # the last row of all ends a row of months
    return _Moves(months, customer, month, new, back, ends, month + silent_months)


@dataclass(frozen=True)
class RevenueRetention:
    """What the customers of the period before bring in this one. Money in minor units.

    Net: all that they bring now. Gross: at most what each brought before, so that no growth hides a loss.
    """

    net: Share
    gross: Share
    customers: Share  # those who ordered again, of those who ordered before
    before: Period
    now: Period


def revenue_retention(facts: Facts) -> RevenueRetention | NotEnough:
    """Compare the facts' period with the one of equal length before, customer by customer.

    The customers are those with an order and revenue above 0 in the period before. For all dates the last 12
    full months are compared.
    """
    covered = full_months(facts).months
    now = facts.period
    if now.is_everything:
        now = twelve_months_to(covered[-1].end if covered else facts.as_of)
    before = now.before()
    if not covered or before.start < covered[0].start or covered[-1].end < now.end:
        inside = [month for month in covered if before.start <= month.start and month.end <= now.end]
        return NotEnough(len(inside), 2 * now.month_count, "full months")
    return _retention(facts, before, now)


def _retention(facts: Facts, before: Period, now: Period) -> RevenueRetention:
    past, present = net_revenue(facts, before), net_revenue(facts, now)
    ordered = order_counts(facts, before) > 0
    base = ordered & (past > 0)
    total = int(past[base].sum())
    kept = np.minimum(past, np.maximum(present, 0))
    again = order_counts(facts, now) > 0
    return RevenueRetention(
        net=Share(int(present[base].sum()), total),
        gross=Share(int(kept[base].sum()), total),
        customers=Share(int((ordered & again).sum()), int(ordered.sum())),
        before=before,
        now=now,
    )


def _without_repeats(customer: Ints, month: Ints) -> tuple[Ints, Ints]:
    new = np.ones(len(month), dtype=np.bool_)
    new[1:] = (month[1:] != month[:-1]) | (customer[1:] != customer[:-1])
    return customer[new], month[new]
