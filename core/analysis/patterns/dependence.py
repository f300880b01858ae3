"""How much hangs on the largest customers, and how that changes from year to year."""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from core.analysis.facts import Facts
from core.analysis.orders import orders_of
from core.analysis.patterns.concentration import (
    A_PERCENT,
    B_PERCENT,
    WhaleCurve,
    abc_classes,
    gini,
    whale_curve,
)
from core.analysis.patterns.full_months import full_months
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.share import Share
from core.analysis.profit_ladder import profit_ladder
from core.analysis.sums import Flags, Ints
from core.errors import UsageError
from core.period import Period

LARGEST = (1, 5, 10)
PARETO = (50, 80)
TOP_PERCENT = 20
YEAR = 12


@dataclass(frozen=True)
class AbcClass:
    """One class with its customers and what they bring."""

    name: str
    customers: int
    revenue: Share  # minor units, of all who take part


@dataclass(frozen=True)
class Reaching:
    """How few customers, the largest first, bring so many percent of revenue."""

    percent: int
    customers: int


@dataclass(frozen=True)
class Largest:
    """The largest customers, fewer where there are not so many, and their share of revenue."""

    customers: int
    revenue: Share


@dataclass(frozen=True, eq=False)
class Concentration:
    """Concentration of net revenue over the customers with an order in the period; below 0 counts as 0."""

    period: Period
    customers: int
    total_minor: int
    abc: tuple[AbcClass, ...]
    reaching: tuple[Reaching, ...]
    largest: tuple[Largest, ...]
    top_fifth: Largest  # the first 20 % of customers, rounded up
    gini: float | None
    herfindahl: float | None
    curve: WhaleCurve  # of contribution, or of gross profit where no cost to serve is known
    curve_is_contribution: bool


def herfindahl(amounts: Ints) -> Fraction | None:
    """Sum of squared shares (1 one has everything, 1/n all alike); None where there is nothing to share."""
    values = [max(0, value) for value in amounts.tolist()]
    total = sum(values)
    return Fraction(sum(value * value for value in values), total * total) if total else None


def largest_share(amounts: Ints, count: int) -> Largest:
    """Share of the so many largest amounts, those below 0 taken as 0."""
    ordered = np.sort(np.maximum(amounts, 0))[::-1]
    return Largest(min(count, len(ordered)), Share(int(ordered[:count].sum()), int(ordered.sum())))


def reaching(amounts: Ints, percent: int) -> Reaching | None:
    """Return how few of the largest amounts make so many percent of all; None where all are 0."""
    running = np.cumsum(np.sort(np.maximum(amounts, 0))[::-1])
    if not len(running) or not running[-1]:
        return None
    wanted = -(-int(running[-1]) * percent // 100)
    return Reaching(percent, int(np.searchsorted(running, wanted, side="left")) + 1)


def concentration(facts: Facts, *, a_percent: int = A_PERCENT, b_percent: int = B_PERCENT) -> Concentration:
    """Work out the concentration of the facts' period. Raises UsageError for thresholds that do not rise."""
    if not 0 < a_percent < b_percent <= 100:
        message = f"Class A must end below class B, both within 100 %: {a_percent} and {b_percent} do not."
        raise UsageError(message)
    active = orders_of(facts).count_in_period > 0
    ladder = profit_ladder(facts).by_customer
    revenue: Ints = ladder["net_revenue"].to_numpy()
    amounts = np.maximum(revenue[active], 0)
    served = bool(ladder["contribution"].notna().any())
    square = herfindahl(amounts)
    return Concentration(
        period=facts.period,
        customers=len(amounts),
        total_minor=int(amounts.sum()),
        abc=_classes(revenue, active, a_percent, b_percent),
        reaching=tuple(found for percent in PARETO if (found := reaching(amounts, percent))),
        largest=tuple(largest_share(amounts, count) for count in LARGEST),
        top_fifth=largest_share(amounts, -(-len(amounts) * TOP_PERCENT // 100)),
        gini=gini(amounts),
        herfindahl=None if square is None else float(square),
        curve=whale_curve(ladder["contribution" if served else "gross_profit"], active),
        curve_is_contribution=served,
    )


def concentration_by_year(facts: Facts) -> tuple[Concentration, ...] | NotEnough:
    """Concentration of each whole year back from the last full month, the oldest first, two years at least."""
    months = full_months(facts).months
    years = len(months) // YEAR
    if years <= 1:
        return NotEnough(len(months), 2 * YEAR, "full months")
    ends = [len(months) - YEAR * back for back in range(years - 1, -1, -1)]
    periods = [Period(months[end - YEAR].start, months[end - 1].end) for end in ends]
    return tuple(concentration(replace(facts, period=period)) for period in periods)


def _classes(revenue: Ints, active: Flags, a_percent: int, b_percent: int) -> tuple[AbcClass, ...]:
    names = abc_classes(revenue, active, a_percent=a_percent, b_percent=b_percent)
    earned = np.where(active, np.maximum(revenue, 0), 0)
    total = int(earned.sum())
    return tuple(
        AbcClass(name, int(chosen.sum()), Share(int(earned[chosen].sum()), total))
        for name in "ABC"
        for chosen in [(names == name).fillna(value=False).to_numpy(dtype=np.bool_)]
    )
