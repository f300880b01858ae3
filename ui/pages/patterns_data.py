"""What the Patterns page shows, part by part: plain values, worked out in the worker thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from core.analysis.facts import Facts
from core.analysis.orders import day_number, orders_of
from core.analysis.patterns.cadence import cadence
from core.analysis.patterns.cohorts import Cohorts, Step, cohorts
from core.analysis.patterns.new_and_repeat import RevenueRetention, revenue_retention
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.rfm import Rfm, rfm
from core.analysis.patterns.rfm_grid import RfmGrid, rfm_grid
from core.analysis.patterns.seasonality import Seasonality, seasonality
from core.analysis.sums import Flags, Ints, split
from core.usecases.patterns_products import BasketChoice, BasketPatterns, basket_patterns
from ui.loading import Loaded
from ui.models.column import date_text

if TYPE_CHECKING:
    from core.progress import Progress

Work = Callable[[Loaded, "Progress"], Any]


@dataclass(frozen=True)
class Part:
    """One part of the page: its key, what is said while it is worked out, and how that is done."""

    key: str
    title: str
    work: Work


FEWEST_QUARTERS, FEWEST_MONTHS = 4, 3
# Every direction of a pair is shown: its share says what it is worth.
TOLD = BasketChoice(confidence=Fraction(0), largest=3)


@dataclass(frozen=True, eq=False)
class Scores:
    """Who bought how recently, how often and for how much."""

    scored: Rfm
    grid: RfmGrid
    silent: int  # customers who ordered once, but not in the period


@dataclass(frozen=True, eq=False)
class Retention:
    """Who came back, by the quarter and by the month of the first order; by the month alone in a short history."""

    by_step: Mapping[Step, Cohorts]
    kept: RevenueRetention | NotEnough
    quarters_missing: NotEnough | None = None

    @property
    def longest(self) -> Cohorts:
        """By the quarter, where there are enough of them."""
        return self.by_step[Step.QUARTER if Step.QUARTER in self.by_step else Step.MONTH]


@dataclass(frozen=True)
class SegmentGap:
    """The usual days between orders of a segment's customers: the median of their medians."""

    name: str
    palette: int
    days: float | None  # None where nobody ordered twice
    customers: int  # with two order days or more


def scores_of(loaded: Loaded, progress: "Progress") -> Scores | NotEnough:
    """Score the customers of the period."""
    progress.step("Scoring customers")
    facts = loaded.figures.facts
    scored = rfm(facts)
    _, known = split(scored.r)
    if not known.any():
        return NotEnough(0, 1, f"customers with an order in {facts.period.label}")
    silent = ~known & ~scored.prospects & ~scored.credits_only
    return Scores(scored, rfm_grid(facts, scored), int(silent.sum()))


def season_of(loaded: Loaded, progress: "Progress") -> Seasonality | NotEnough:
    """Compare months and weekdays with the average."""
    progress.step("Comparing months and weekdays")
    return seasonality(loaded.figures.facts)


def retention_of(loaded: Loaded, progress: "Progress") -> Retention | NotEnough:
    """Follow customers from their first order on."""
    facts = loaded.figures.facts
    progress.step("Following customers from their first order")
    quarters = cohorts(facts, Step.QUARTER)
    progress.step("Following customers by month")
    months = cohorts(facts, Step.MONTH)
    kept = revenue_retention(facts)
    if len(quarters.periods) >= FEWEST_QUARTERS:
        return Retention({Step.QUARTER: quarters, Step.MONTH: months}, kept)
    if len(months.periods) < FEWEST_MONTHS:
        return NotEnough(len(months.periods), FEWEST_MONTHS, "months of orders")
    missing = NotEnough(len(quarters.periods), FEWEST_QUARTERS, "quarters of orders")
    return Retention({Step.MONTH: months}, kept, missing)


def gaps_of(loaded: Loaded, progress: "Progress") -> tuple[SegmentGap, ...] | NotEnough:
    """The usual gap between orders in each segment of the book's first scheme."""
    progress.step("Measuring gaps between orders")
    membership = loaded.membership
    gaps = cadence(loaded.figures.facts).customers["median_gap"]
    known: Flags = gaps.notna().to_numpy(dtype=np.bool_)
    if membership is None or not known.any():
        return NotEnough(0, 1, "customers with a second order")
    days = gaps.fillna(0).to_numpy(dtype=np.float64)
    found = []
    for code, segment in enumerate(membership.segments):
        own = days[known & (membership.codes == code)]
        if (membership.codes == code).any():
            usual = float(np.median(own)) if len(own) else None
            found.append((segment.rank, SegmentGap(segment.name, segment.palette, usual, len(own))))
    return tuple(gap for _rank, gap in sorted(found, key=lambda one: one[0]))


def together_of(loaded: Loaded, progress: "Progress") -> BasketPatterns | NotEnough:
    """Find what is bought in one order."""
    progress.step("Finding what is bought together")
    return basket_patterns(loaded.figures.facts, TOLD)


def cohort_customers(facts: Facts, found: Cohorts, cohort: int, *, since: int, later: bool) -> Ints:
    """Rows of the customers behind a cell; `later` also takes those who ordered only after that period."""
    orders = orders_of(facts)
    period = found.periods[cohort + since]
    begin = found.periods[cohort]
    mine = (
        orders.has_any & (orders.first >= day_number(begin.start)) & (orders.first <= day_number(begin.end))
    )
    if later:
        return np.flatnonzero(mine & (orders.last >= day_number(period.start)))
    inside = (orders.day >= day_number(period.start)) & (orders.day <= day_number(period.end))
    ordered = np.zeros(len(mine), dtype=np.bool_)
    ordered[orders.customer[inside]] = True
    return np.flatnonzero(mine & ordered)


def customer_ids(facts: Facts, rows: Any) -> list[int]:
    """The numbers of customers, for opening them on their page."""
    return [int(number) for number in facts.customers["customer_id"].to_numpy()[rows]]


def all_dates(loaded: Loaded) -> str:
    """Which dates a part looks at that does not keep to the period."""
    return f"All dates up to {date_text(loaded.figures.facts.as_of)}."


SCORES = Part("scores", "Scoring customers", scores_of)
SEASON = Part("season", "Comparing months and weekdays", season_of)
RETENTION = Part("retention", "Following customers from their first order", retention_of)
GAPS = Part("gaps", "Measuring gaps between orders", gaps_of)
TOGETHER = Part("together", "Finding what is bought together", together_of)
