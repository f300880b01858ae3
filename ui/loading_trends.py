"""Months side by side, as charts and small lines show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.period import Period, month_of

if TYPE_CHECKING:
    from core.analysis.patterns.monthly import BoughtAgain
    from core.analysis.sums import Ints
    from core.usecases.figures import Figures

MONTHS_BACK = 24
SHORTEST_CHART = 3  # months; a shorter period is shown at the end of a year


@dataclass(frozen=True, eq=False)
class Trends:
    """Revenue of customers by month; sales on no customer are left out, so that it adds up to the figures."""

    months: Sequence[Period]  # of the period, or the year to its end where it is short
    revenue: Sequence[int]
    compare: Sequence[int | None]  # the same months of the comparison; None before the book begins
    gross_profit: Sequence[int] | None  # None where the cost of some lines is unknown
    active: Sequence[int]  # customers with an order in the month
    last_months: Sequence[Period]  # 24 months to the period's end
    by_customer: "Ints"  # a row for each customer, a column for each of those
    bought_again: "BoughtAgain | None"


def trends_of(figures: "Figures", compare: Period | None) -> Trends:
    """Work the months out. For the worker thread."""
    from core.analysis.facts import months_with_data
    from core.analysis.orders import order_counts
    from core.analysis.patterns.customer_months import customer_months
    from core.analysis.patterns.monthly import bought_again

    facts = figures.facts
    last = month_of(facts.as_of)
    months = months_with_data(facts, facts.period)
    if len(months) < SHORTEST_CHART:
        months = [last.shift(-back) for back in range(11, -1, -1)]
    back = [last.shift(-count) for count in range(MONTHS_BACK - 1, -1, -1)]
    is_complete = figures.ladder.customers.gross_profit is not None
    revenue = customer_months(facts, months).sum(axis=0)
    cost = customer_months(facts, months, column="cost").sum(axis=0)
    return Trends(
        months=months,
        revenue=revenue.tolist(),
        compare=_compared(figures, months, compare),
        gross_profit=(revenue - cost).tolist() if is_complete else None,
        active=[int((order_counts(facts, month) > 0).sum()) for month in months],
        last_months=back,
        by_customer=customer_months(facts, back),
        bought_again=bought_again(facts),
    )


def _compared(figures: "Figures", months: Sequence[Period], compare: Period | None) -> list[int | None]:
    from core.analysis.patterns.customer_months import customer_months

    facts = figures.facts
    if compare is None or not len(facts.documents) or not months:
        return []
    period = facts.period
    apart = (period.start.year - compare.start.year) * 12 + period.start.month - compare.start.month
    if period.month_count < SHORTEST_CHART:
        apart = 12
    earlier = [month.shift(-apart) for month in months]
    first = month_of(facts.documents["day"].iloc[0].date())
    found = customer_months(facts, earlier).sum(axis=0).tolist()
    values = [value if month >= first else None for month, value in zip(earlier, found, strict=True)]
    return values if any(value is not None for value in values) else []
