"""Why customers earn little: the cost that takes most more of them than it takes of everybody.

Each cause is compared as a share of sales at list price, the one base on which discounts, credits, goods and
serving costs add up. What a cause took beyond that share of all customers is its excess, in minor units.
"""

from dataclasses import dataclass

import numpy as np

from core.analysis.allocation import Allocation
from core.analysis.profit_ladder import Ladder
from core.analysis.sums import Flags, Ints
from core.money import divide_half_away

LEAST_EXCESS_PERCENT = 1  # of list price; less explains nothing
TIMES_TYPICAL = 2  # a share above twice the typical one stands out
NOTHING_STANDS_OUT = "No single cost stands out"
NO_SALES = "No sales in the period"


@dataclass(frozen=True)
class Reason:
    """What a cause took of some customers' sales at list price, and what is typical. Money in minor units."""

    name: str
    amount: int
    list_sales: int
    excess: int  # what it took beyond the typical share
    typical: float  # its share over all customers

    @property
    def share(self) -> float:
        """Its share of these customers' sales at list price."""
        return self.amount / self.list_sales

    @property
    def text(self) -> str:
        """The reason as window, paper, workbook and JSON say it."""
        return f"{short_name(self.name)} {share_text(self.share)} of list price, typical {share_text(self.typical)}"


@dataclass(frozen=True, eq=False)
class Cause:
    """One thing that is taken off the list price: what it took by customer, where that is known."""

    name: str
    amounts: Ints
    known: Flags
    total: int  # over all for whom it is known
    list_sales: int  # of the same customers

    @property
    def typical(self) -> float:
        """Its share of sales at list price over all customers for whom it is known."""
        return self.total / self.list_sales if self.list_sales > 0 else 0.0

    def stands_out(self, list_sales: Ints, row: int) -> bool:
        """Whether it took more than twice the typical share of a customer's sales at list price."""
        own = max(int(list_sales[row]), 0)
        return self.total > 0 and int(self.amounts[row]) * self.list_sales > TIMES_TYPICAL * self.total * own


@dataclass(frozen=True, eq=False)
class LossReasons:
    """Every cause of a period, by row of the customers."""

    list_sales: Ints  # sales before discounts and credits
    before_serving: tuple[Cause, ...]
    pools: tuple[Cause, ...]  # as in the allocation

    def main(self, rows: "Ints | list[int]") -> Reason | None:
        """The cause that cost these customers together most beyond the typical share; None where none did."""
        rows = np.asarray(rows, dtype=np.int64)
        own = int(self.list_sales[rows].sum())
        if own <= 0:
            return None
        found = [
            _reason(cause, rows, own)
            for cause in (*self.before_serving, *self.pools)
            if cause.known[rows].all()
        ]
        main = max(found, key=lambda one: one.excess, default=None)
        return main if main and main.excess * 100 > LEAST_EXCESS_PERCENT * own else None

    def text(self, rows: "Ints | list[int]") -> str:
        """The main reason of these customers in words."""
        reason = self.main(rows)
        if reason is not None:
            return reason.text
        return NOTHING_STANDS_OUT if int(self.list_sales[rows].sum()) > 0 else NO_SALES


def loss_reasons(ladder: Ladder, allocation: Allocation) -> LossReasons:
    """Discounts, credits, cost of goods and every cost pool, ready to be compared."""
    frame = ladder.by_customer
    list_sales: Ints = frame["gross_sales"].to_numpy()
    everybody = np.ones(len(frame), dtype=np.bool_)
    goods: Flags = (frame["unknown_lines"] == 0).to_numpy()
    before = (
        ("Discounts", frame["discounts"].to_numpy(), everybody),
        ("Credit notes", frame["credits"].to_numpy(), everybody),
        ("Cost of goods", frame["covered_cost"].to_numpy(), goods),
    )
    serving = (
        (pool.name, allocation.shares[:, place], everybody) for place, pool in enumerate(allocation.pools)
    )

    def cause(name: str, amounts: Ints, known: Flags) -> Cause:
        return Cause(name, amounts, known, int(amounts[known].sum()), int(list_sales[known].sum()))

    return LossReasons(
        list_sales,
        before_serving=tuple(cause(*column) for column in before),
        pools=tuple(cause(*column) for column in serving),
    )


def short_name(pool: str) -> str:
    """The first words of a pool's name, for a narrow place: 'Delivery and freight' is 'Delivery'."""
    return pool.split(" and ", maxsplit=1)[0]


def share_text(share: float) -> str:
    """A share in whole per cent: never 0% for something."""
    shown = f"{share:.0%}"
    return "below 1%" if shown == "0%" and share > 0 else shown.replace("-", "−")


def _reason(cause: Cause, rows: Ints, own: int) -> Reason:
    amount = int(cause.amounts[rows].sum())
    usual = divide_half_away(cause.total * own, cause.list_sales) if cause.list_sales > 0 else 0
    return Reason(cause.name, amount, own, amount - usual, cause.typical)
