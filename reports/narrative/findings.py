"""What stands out in the figures: the values that the sentences speak of."""

from collections.abc import Sequence

import numpy as np

from core.analysis.sums import Flags, Ints
from core.segments.totals import SegmentTotal
from reports.section import Context

AT_RISK = "At risk"
LATE = 2.0  # times the own usual gap


def customer_name(context: Context, row: int) -> str:
    """A customer's name; asterisks in it never turn text bold."""
    return str(context.facts.customers["name"].iloc[row]).replace("**", "*")


def best_segment(context: Context) -> SegmentTotal | None:
    """The segment that brings most of what the report measures; None where none brings anything."""
    key = context.measure.key
    found = [total for total in context.totals if (total.sums[key] or 0) > 0]
    return max(found, key=lambda total: total.sums[key] or 0, default=None)


def losing_segments(context: Context) -> list[SegmentTotal]:
    """Segments that cost more than they bring, the costliest first; none where costs are not known."""
    if not context.measure.is_profit:
        return []
    key = context.measure.key
    found = [total for total in context.totals if (total.sums[key] or 0) < 0]
    return sorted(found, key=lambda total: total.sums[key] or 0)


def segment_named(context: Context, name: str) -> SegmentTotal | None:
    """A segment with somebody in it."""
    return next((total for total in context.totals if total.segment.name == name), None)


def losing_customers(context: Context) -> Ints:
    """Rows of customers who cost more than they bring, the costliest first; none where costs are not known."""
    if not context.measure.is_profit:
        return np.zeros(0, dtype=np.int64)
    profit = context.column(context.measure.key)
    rows = np.flatnonzero(profit < 0)
    found: Ints = rows[np.argsort(profit[rows], kind="stable")]
    return found


def silent(context: Context) -> Flags:
    """Customers silent for more than twice their own usual gap, which two order days are enough to know.

    The same as the rule of the segment of those at risk asks, so that its members are counted as what they are.
    """
    metrics = context.figures.metrics
    gap = metrics["median_interpurchase_days"].to_numpy(dtype=np.float64, na_value=np.inf)
    since = metrics["recency_days"].to_numpy(dtype=np.float64, na_value=0.0)
    is_silent: Flags = since > LATE * gap
    return is_silent


def late(context: Context) -> Flags:
    """Silent customers with sales in the period: whom a call can win back."""
    is_late: Flags = silent(context) & (context.column("net_revenue") > 0)
    return is_late


def late_to_call(context: Context) -> Ints:
    """Rows of late customers by revenue; those at risk where there are any, else all."""
    rows = np.flatnonzero(late(context))
    at_risk = rows[np.isin(rows, context.membership.members(AT_RISK))]
    rows = at_risk if len(at_risk) else rows
    found: Ints = rows[np.argsort(-context.column("net_revenue")[rows], kind="stable")]
    return found


def are_at_risk(context: Context, rows: Sequence[int] | Ints) -> bool:
    """Whether all of these stand in the segment of those at risk."""
    return bool(np.isin(rows, context.membership.members(AT_RISK)).all())


def share_of(part: int | None, whole: int | None) -> float | None:
    """A part by its whole, where that is a share: neither negative nor more than everything."""
    if part is None or whole is None or whole <= 0 or not 0 <= part <= whole:
        return None
    return part / whole
