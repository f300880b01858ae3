"""Which months the book covers from their first to their last day."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from core.analysis.facts import Facts
from core.period import Period, month_label


@dataclass(frozen=True)
class FullMonths:
    """Calendar months in a row, and those at either end that are not covered whole."""

    months: tuple[Period, ...]
    left_out: tuple[Period, ...]

    @property
    def note(self) -> str:
        """Which months are left out, in words; "" where none is."""
        if not self.left_out:
            return ""
        names = " and ".join(month_label(month.start) for month in self.left_out)
        return f"{names} left out: the book does not cover the whole month."


def full_months(facts: Facts) -> FullMonths:
    """Find the months of all history up to the as-of date that are covered whole.

    A month at either end counts as covered when the silence between its edge and the nearest document is no
    longer than the longest silence between two documents of the book.
    """
    days = np.unique(facts.documents["day"].to_numpy().astype("datetime64[D]"))
    if not len(days):
        return FullMonths((), ())
    first, last = days[0].item(), days[-1].item()
    longest = timedelta(days=int(np.diff(days).astype(np.int64).max(initial=1)))
    begins, ends = first - longest, last + longest
    touched = list(Period(first, last).months())
    full = tuple(m for m in touched if begins < m.start and m.end < ends and m.end <= facts.as_of)
    known = set(full)  # thousands of months where one date has a wrong year
    return FullMonths(full, tuple(month for month in touched if month not in known))
