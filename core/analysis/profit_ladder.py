"""The profit ladder: from gross sales to contribution, by customer, item, category and month."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.allocation import Allocation, allocate_pools
from core.analysis.facts import SALES_KINDS, Facts, is_kind, months_with_data, span
from core.analysis.remembered import remembered
from core.analysis.sums import Flags, Ints, ratio, split, sums, whole
from core.period import Period

WHOLE_COLUMNS = (
    "gross_sales",  # sales documents before discounts
    "discounts",  # a positive number lowers the sale
    "credits",  # credit notes and refunds, a positive number lowers the sale
    "net_revenue",  # gross_sales - discounts - credits
    "covered_net_revenue",  # the part of net revenue whose cost is known
    "covered_cost",  # the cost of that part
    "goods",  # sum of the sizes of lines that can have a cost
    "goods_covered",  # the same where the cost is known
    "goods_lines",  # how many lines can have a cost
    "unknown_lines",  # how many of them have none
)


@dataclass(frozen=True)
class Rungs:
    """One ladder. Money in minor units; None is unknown."""

    gross_sales: int
    discounts: int
    credits: int
    net_revenue: int
    covered_net_revenue: int
    cost_of_sales: int | None
    cost_coverage: float | None
    gross_profit: int | None
    gross_margin: float | None
    cost_to_serve: int | None
    contribution: int | None
    contribution_margin: float | None

    @property
    def covered_margin(self) -> float | None:
        """Gross margin of the part whose cost is known; print it with `cost_coverage`."""
        if self.cost_of_sales is None or not self.covered_net_revenue:
            return None
        return (self.covered_net_revenue - self.cost_of_sales) / self.covered_net_revenue


@dataclass(frozen=True, eq=False)
class Ladder:
    """The ladder of a period. Each frame has the whole columns and the rungs that may be unknown (NA).

    by_customer has a row for each row of `facts.customers`, by_item for `facts.items`; by_category is indexed
    by the category's name, by_month by the first day of the month.
    """

    by_customer: pd.DataFrame
    by_item: pd.DataFrame
    by_category: pd.DataFrame
    by_month: pd.DataFrame
    customers: Rungs  # everything that is on a customer
    no_customer: Rungs
    total: Rungs


@dataclass(frozen=True, eq=False)
class _Lines:
    """The lines of a period, sorted out by what they add to."""

    columns: tuple[Ints, ...]  # as WHOLE_COLUMNS
    customer: Ints
    item: Ints
    month: Ints


@remembered
def profit_ladder(facts: Facts) -> Ladder:
    """Work out the ladder of the facts' period, with the book's own cost pools."""
    return ladder_with(facts, allocate_pools(facts))


def ladder_with(facts: Facts, allocation: Allocation) -> Ladder:
    """Work out the ladder of the facts' period with a given allocation of cost to serve."""
    months = months_with_data(facts, facts.period)
    lines = _lines_of(facts, months)
    size = len(facts.customers)
    by_customer = grouped(lines.columns, lines.customer, size)
    given, known = split(allocation.cost_to_serve)
    add_cost_to_serve(by_customer, given, known)
    costed = not len(facts.lines) or bool((facts.lines["cost_known"] & (facts.lines["gross"] != 0)).any())
    customers = rungs(by_customer[list(WHOLE_COLUMNS)].sum(), _given(allocation), costed=costed)
    no_customer = grouped(lines.columns, np.where(lines.customer < 0, 0, -1), 1)
    total = grouped(lines.columns, np.zeros(len(lines.item), dtype=np.int64), 1)
    return Ladder(
        by_customer=by_customer,
        by_item=grouped(lines.columns, lines.item, len(facts.items)),
        by_category=_by_category(facts, lines),
        by_month=grouped(lines.columns, lines.month, len(months)).set_axis([m.start for m in months]),
        customers=customers,
        no_customer=rungs(no_customer.iloc[0], 0 if allocation.is_known else None),
        total=rungs(total.iloc[0], _given(allocation), costed=costed),
    )


def grouped(columns: tuple[Ints, ...], groups: Ints, size: int) -> pd.DataFrame:
    """Add the lines up by group and climb the ladder as far as gross profit."""
    frame = pd.DataFrame(
        {name: sums(column, groups, size) for name, column in zip(WHOLE_COLUMNS, columns, strict=True)}
    )
    return climbed(frame)


def climbed(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the rungs up to gross profit to summed whole columns."""
    column = {name: frame[name].to_numpy() for name in WHOLE_COLUMNS}
    # Nothing sold costs nothing; something sold without any known cost costs nobody knows what.
    known = (column["unknown_lines"] < column["goods_lines"]) | (column["goods_lines"] == 0)
    complete = column["unknown_lines"] == 0
    frame["cost_of_sales"] = whole(column["covered_cost"], known)
    frame["cost_coverage"] = ratio(column["goods_covered"], column["goods"])
    frame["gross_profit"] = whole(column["net_revenue"] - column["covered_cost"], complete)
    frame["gross_margin"] = margin(frame["gross_profit"], column["net_revenue"])
    return frame


def add_cost_to_serve(frame: pd.DataFrame, given: Ints, known: Flags) -> None:
    """Add the rungs from cost to serve on."""
    frame["cost_to_serve"] = whole(given, known)
    frame["contribution"] = frame["gross_profit"] - frame["cost_to_serve"]
    frame["contribution_margin"] = margin(frame["contribution"], frame["net_revenue"].to_numpy())


def margin(profit: "pd.Series[Any]", revenue: Ints) -> "pd.Series[Any]":
    """Profit by revenue; unknown where the profit is unknown or there is no revenue."""
    values, known = split(profit)
    return ratio(values, np.where(known, revenue, 0))


def rungs(summed: "pd.Series[Any]", cost_to_serve: int | None, *, costed: bool = True) -> Rungs:
    """Climb one ladder from summed whole columns; no profit is known where the book knows no cost at all."""
    frame = climbed(pd.DataFrame([{name: int(summed[name]) for name in WHOLE_COLUMNS}]))
    if not costed:
        frame[["cost_of_sales", "gross_profit"]] = pd.NA
    add_cost_to_serve(frame, np.array([cost_to_serve or 0]), np.array([cost_to_serve is not None]))
    row = {name: _plain(frame[name].iloc[0]) for name in Rungs.__dataclass_fields__}
    return Rungs(**row)


def _plain(value: Any) -> Any:
    return None if value is pd.NA else value.item()


def _given(allocation: Allocation) -> int | None:
    return sum(pool.given_minor for pool in allocation.pools) if allocation.is_known else None


def _by_category(facts: Facts, lines: _Lines) -> pd.DataFrame:
    codes, names = pd.factorize(facts.items["category"], sort=True)
    of_item = np.append(codes, -1)  # lines without an item (-1) find the last place
    return grouped(lines.columns, of_item[lines.item], len(names)).set_axis(list(names))


def _lines_of(facts: Facts, months: list[Period]) -> _Lines:
    part = span(facts, facts.period)
    lines = facts.lines.iloc[part.lines]
    document = lines["document"].to_numpy()
    starts = np.array([month.start for month in months], dtype="datetime64[s]")
    month = np.searchsorted(starts, facts.documents["day"].to_numpy()[document], side="right") - 1
    return _Lines(
        columns=_line_columns(lines, is_kind(facts.documents, SALES_KINDS)[document]),
        customer=facts.documents["customer"].to_numpy()[document],
        item=lines["item"].to_numpy(),
        month=month,
    )


def _line_columns(lines: pd.DataFrame, sale: Flags) -> tuple[Ints, ...]:
    gross, discount, net, cost = (lines[name].to_numpy() for name in ("gross", "discount", "net", "cost"))
    known = lines["cost_known"].to_numpy()
    goods = ~(
        (gross == 0) & (discount != 0)
    )  # a plain discount can have no cost, so it says nothing of coverage
    size = np.where(goods, np.abs(net), 0)
    return (
        np.where(sale, gross, 0),
        np.where(sale, discount, 0),
        np.where(sale, 0, -net),
        net,
        np.where(known, net, 0),
        np.where(known, cost, 0),
        size,
        np.where(known, size, 0),
        goods.astype(np.int64),
        (goods & ~known).astype(np.int64),
    )
