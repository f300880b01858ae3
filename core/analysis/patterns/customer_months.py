"""What each customer bought in each month."""

from collections.abc import Sequence

import numpy as np

from core.analysis.facts import Facts
from core.analysis.sums import Ints, sums
from core.period import Period


def customer_months(facts: Facts, months: Sequence[Period], *, column: str = "net") -> Ints:
    """Sum a money column of the lines (`net` or `cost`): a row for each customer, a column for each month.

    Months follow each other without a gap; what is on no customer is left out.
    """
    size, count = len(facts.customers), len(months)
    if not size or not count:
        return np.zeros((size, count), dtype=np.int64)
    edges = np.array([month.start for month in months], dtype="datetime64[s]")
    day = facts.documents["day"].to_numpy()
    inside = (day >= edges[0]) & (day < np.datetime64(months[-1].end, "s") + np.timedelta64(1, "D"))
    month = np.searchsorted(edges, day, side="right") - 1
    customer = facts.documents["customer"].to_numpy()
    group = np.where(inside & (customer >= 0), customer * count + month, -1)
    document = facts.lines["document"].to_numpy()
    found: Ints = sums(facts.lines[column].to_numpy(), group[document], size * count).reshape(size, count)
    return found
