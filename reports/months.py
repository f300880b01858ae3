"""Net revenue on customers by month."""

import numpy as np

from core.analysis.facts import Facts, span
from core.analysis.sums import Flags, sums
from core.period import Period


def revenue_by_month(facts: Facts, period: Period, rows: Flags | None = None) -> list[int | None]:
    """Net revenue of customers (of those in `rows`) for each month; None before the book begins."""
    months = list(period.months())
    part = span(facts, period)
    lines = facts.lines.iloc[part.lines]
    document = lines["document"].to_numpy()
    customer = facts.documents["customer"].to_numpy()[document]
    starts = np.array([month.start for month in months], dtype="datetime64[s]")
    month = np.searchsorted(starts, facts.documents["day"].to_numpy()[document], side="right") - 1
    chosen = customer >= 0
    if rows is not None:
        chosen &= np.append(rows, False)[customer]  # customer -1 finds the last place
    found = sums(lines["net"].to_numpy(), np.where(chosen, month, -1), len(months)).tolist()
    first = facts.documents["day"].iloc[0].date() if len(facts.documents) else None
    return [
        value if first is not None and month.end >= first else None
        for value, month in zip(found, months, strict=True)
    ]
