"""When a customer will change segment if nothing is bought: each day makes the last order one day older."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.segments.method import MethodInput, SegmentSpec
from core.segments.method_shelf import method_named
from core.segments.rule import fields_used
from core.segments.scheme import Scheme

FURTHEST_DAYS = 366
_OLDER_EACH_DAY = ("recency_days", "tenure_days")


@dataclass(frozen=True)
class NextChange:
    """In so many days the customer moves on to this segment."""

    days: int
    segment: SegmentSpec

    @property
    def sentence(self) -> str:
        """The change in words: 'Becomes Dormant in 25 days without an order'."""
        days = "1 day" if self.days == 1 else f"{self.days} days"
        return f"Becomes {self.segment.name} in {days} without an order"


def next_change(scheme: Scheme, given: MethodInput, row: int) -> NextChange | None:
    """Return the first change by the passing of time alone within a year; None where the rules foresee none.

    Only rules can be looked ahead with. Scores and amounts are taken to stay as they are; lateness grows with the
    days since the last order.
    """
    if scheme.method != "rules" or not _asks_for_time(scheme):
        return None
    ahead = _ahead(given, row)
    assigned = method_named("rules").assign(ahead, scheme.definition)
    changed = np.flatnonzero(assigned.codes != assigned.codes[0])
    if not len(changed):
        return None
    days = int(changed[0])
    return NextChange(days, assigned.segments[int(assigned.codes[days])])


def _asks_for_time(scheme: Scheme) -> bool:
    used = {key for segment in scheme.segments if segment.rule for key in fields_used(segment.rule)}
    return bool(used & {*_OLDER_EACH_DAY, "lateness"})


def _ahead(given: MethodInput, row: int) -> MethodInput:
    """Return the same customer on each of the next days."""
    days = np.arange(FURTHEST_DAYS + 1)
    ahead = given.take(np.full(len(days), row, np.int64))
    older = {
        key: ahead.metrics[key] + pd.Series(days, dtype="Int64")
        for key in _OLDER_EACH_DAY
        if key in ahead.metrics
    }
    if "lateness" in ahead.metrics:
        late = older["recency_days"].astype("Float64") / ahead.metrics["median_interpurchase_days"]
        older["lateness"] = late.where(ahead.metrics["lateness"].notna())
    return replace(ahead, metrics=ahead.metrics.assign(**older))
