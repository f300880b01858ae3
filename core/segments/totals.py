"""What the segments of a scheme add up to: whole minor units, unknown where one member is unknown."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.segments.field import Field
from core.segments.membership import Membership
from core.segments.method import Flags, SegmentSpec
from core.segments.rule_match import Values, figures_of
from core.unit import Unit

SUMMED = ("orders", "net_revenue", "gross_profit", "cost_to_serve", "contribution")


@dataclass(frozen=True)
class SegmentTotal:
    """One row of a table of segments. Money in minor units; None where a member's figure is unknown."""

    segment: SegmentSpec
    customers: int
    by_hand: int  # of them, moved by hand
    sums: Mapping[str, int | None]
    known: Mapping[str, int]  # how many members' figures are known

    @property
    def orders(self) -> int | None:
        """Orders in the period."""
        return self.sums["orders"]

    @property
    def net_revenue(self) -> int | None:
        """Net revenue in minor units."""
        return self.sums["net_revenue"]

    @property
    def gross_profit(self) -> int | None:
        """Gross profit in minor units."""
        return self.sums["gross_profit"]

    @property
    def cost_to_serve(self) -> int | None:
        """Cost to serve in minor units."""
        return self.sums["cost_to_serve"]

    @property
    def contribution(self) -> int | None:
        """Contribution in minor units."""
        return self.sums["contribution"]


def segment_totals(membership: Membership, metrics: pd.DataFrame) -> list[SegmentTotal]:
    """Return one row for each segment, in the order of the scheme; empty ones too."""
    columns = {key: _figures(metrics, key) for key in SUMMED}
    moved = np.zeros(len(membership), np.bool_)
    moved[list(membership.overrides)] = True
    found = []
    for code, segment in enumerate(membership.segments):
        found.append(_total(segment, membership.codes == code, moved, columns))
    return found


def grand_total(membership: Membership, metrics: pd.DataFrame) -> SegmentTotal:
    """Return the same figures for all customers together."""
    columns = {key: _figures(metrics, key) for key in SUMMED}
    moved = np.zeros(len(membership), np.bool_)
    moved[list(membership.overrides)] = True
    return _total(SegmentSpec("Total", 0), np.ones(len(membership), np.bool_), moved, columns)


def total_of(rows: Flags, metrics: pd.DataFrame, *, name: str = "") -> SegmentTotal:
    """Return the figures of any group of customers."""
    columns = {key: _figures(metrics, key) for key in SUMMED}
    return _total(SegmentSpec(name, 0), rows, np.zeros(len(rows), np.bool_), columns)


def _figures(metrics: pd.DataFrame, key: str) -> tuple[Values, Flags]:
    if key not in metrics:
        return np.zeros(len(metrics), np.int64), np.zeros(len(metrics), np.bool_)
    return figures_of(metrics[key], Field(key, key, Unit.MONEY))


def _total(
    segment: SegmentSpec, rows: Flags, moved: Flags, columns: Mapping[str, tuple[Values, Flags]]
) -> SegmentTotal:
    size = int(rows.sum())
    known = {key: int(flags[rows].sum()) for key, (_, flags) in columns.items()}
    sums = {
        key: int(numbers[rows].sum()) if known[key] == size else None for key, (numbers, _) in columns.items()
    }
    return SegmentTotal(segment, size, int((rows & moved).sum()), sums, known)
