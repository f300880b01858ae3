"""How much hangs on the largest customers, and how that changes from year to year."""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from core.analysis.facts import Facts
from core.analysis.orders import orders_of
from core.analysis.patterns.abc_choice import AbcChoice
from core.analysis.patterns.concentration import (
    Pareto,
    WhaleCurve,
    abc_classes,
    gini,
    pareto,
    taking_part,
    whale_curve,
)
from core.analysis.patterns.full_months import full_months
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.share import Share
from core.analysis.profit_ladder import profit_ladder
from core.analysis.sums import Flags, Ints
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
    up_to_percent: int  # of revenue: where the class ends


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
    """Concentration of net revenue over the buyers of the period; below 0 counts as 0."""

    period: Period
    customers: int
    total_minor: int
    pareto: Pareto
    abc: tuple[AbcClass, ...]  # one after the other they are the customers of `pareto`
    reaching: tuple[Reaching, ...]
    largest: tuple[Largest, ...]
    top_fifth: Largest  # the first 20 % of customers, rounded up
    gini: float | None
    herfindahl: float | None
    curve: WhaleCurve  # everybody with sales or costs: contribution, gross profit without any cost to serve
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
    found = pareto(amounts, np.ones(len(amounts), dtype=np.bool_)).reached(percent)
    return None if found is None else Reaching(percent, found)


def buyers(facts: Facts) -> Flags:
    """Say who bought in the period: an order, or revenue above 0 without one. A credit note alone is no buying."""
    revenue: Ints = profit_ladder(facts).by_customer["net_revenue"].to_numpy()
    found: Flags = (orders_of(facts).count_in_period > 0) | (revenue > 0)
    return found


def top_fifth(facts: Facts) -> Largest:
    """Return the largest fifth of the buyers of the facts' period, and their share of what buyers brought."""
    revenue: Ints = profit_ladder(facts).by_customer["net_revenue"].to_numpy()
    return _top_fifth(revenue[buyers(facts)])


def concentration(facts: Facts) -> Concentration:
    """Work out the concentration of the facts' period, with the classes that the book chose."""
    ladder = profit_ladder(facts).by_customer
    revenue: Ints = ladder["net_revenue"].to_numpy()
    active = buyers(facts)
    amounts = np.maximum(revenue[active], 0)
    served = bool(ladder["contribution"].notna().any())
    square = herfindahl(amounts)
    return Concentration(
        period=facts.period,
        customers=len(amounts),
        total_minor=int(amounts.sum()),
        pareto=pareto(revenue, active),
        abc=_classes(revenue, active, facts.abc_choice),
        reaching=tuple(found for percent in PARETO if (found := reaching(amounts, percent))),
        largest=tuple(largest_share(amounts, count) for count in LARGEST),
        top_fifth=_top_fifth(amounts),
        gini=gini(amounts),
        herfindahl=None if square is None else float(square),
        curve=whale_curve(ladder["contribution" if served else "gross_profit"], taking_part(ladder)),
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


def _top_fifth(amounts: Ints) -> Largest:
    return largest_share(amounts, -(-len(amounts) * TOP_PERCENT // 100))


def _classes(revenue: Ints, active: Flags, choice: AbcChoice) -> tuple[AbcClass, ...]:
    names = abc_classes(revenue, active, a_percent=choice.a_percent, b_percent=choice.b_percent)
    earned = np.where(active, np.maximum(revenue, 0), 0)
    total = int(earned.sum())
    return tuple(
        AbcClass(name, int(chosen.sum()), Share(int(earned[chosen].sum()), total), percent)
        for name, percent in zip("ABC", (choice.a_percent, choice.b_percent, 100), strict=True)
        for chosen in [(names == name).fillna(value=False).to_numpy(dtype=np.bool_)]
    )
