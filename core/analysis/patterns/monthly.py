"""Figures month by month, and who bought again."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.analysis.facts import Facts, months_with_data
from core.analysis.orders import order_counts
from core.analysis.profit_ladder import profit_ladder
from core.period import Period


@dataclass(frozen=True)
class BoughtAgain:
    """Of the customers who ordered in the period before, how many ordered in this one."""

    again: int
    before: int

    @property
    def share(self) -> float | None:
        """Numerator by denominator; None where nobody ordered before."""
        return self.again / self.before if self.before else None


def monthly_figures(facts: Facts, period: Period) -> pd.DataFrame:
    """Return net_revenue, gross_profit (NA unknown), orders and active_customers by first day of month.

    Each calendar month that the period touches is whole.
    """
    months = [month for month in months_with_data(facts, period) if month.start <= facts.as_of]
    if not months:
        return pd.DataFrame(columns=["net_revenue", "gross_profit", "orders", "active_customers"])
    spread = replace(facts, period=Period(months[0].start, months[-1].end))
    frame = profit_ladder(spread).by_month[["net_revenue", "gross_profit"]].copy()
    orders = [order_counts(facts, month) for month in months]
    frame["orders"] = np.array([int(count.sum()) for count in orders], dtype=np.int64)
    frame["active_customers"] = np.array([int((count > 0).sum()) for count in orders], dtype=np.int64)
    return frame


def bought_again(facts: Facts) -> BoughtAgain | None:
    """Compare the period with the one of equal length before; None for all dates, which have none before."""
    if facts.period.is_everything:
        return None
    before = order_counts(facts, facts.period.before()) > 0
    now = order_counts(facts, facts.period) > 0
    return BoughtAgain(int((before & now).sum()), int(before.sum()))
