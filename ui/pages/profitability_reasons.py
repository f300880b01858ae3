"""Why a customer earns little: the share of revenue that stands out most from the typical one."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from core.analysis.sums import Ints
    from core.usecases.figures import Figures

LEAST_EXCESS = 0.005  # of revenue; less reads as the same percent
TIMES_TYPICAL = 2  # a share above twice the typical one stands out


class Reasons:
    """Compares each customer's shares of revenue with the book's."""

    def __init__(self, figures: "Figures") -> None:
        self._figures = figures
        self._ladder = figures.ladder.by_customer
        self.revenue: Ints = self._ladder["net_revenue"].to_numpy()

    @cached_property
    def typical(self) -> list[float]:
        """The share of revenue that each pool takes over all customers together."""
        total = int(self.revenue.sum())
        return [pool.given_minor / total if total else 0.0 for pool in self._figures.allocation.pools]

    @cached_property
    def shares(self) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
        """A row for each customer, a column for each pool; infinite where there is a cost without revenue."""
        given = self._figures.allocation.shares.astype(np.float64)
        revenue = np.maximum(self.revenue, 0)[:, None].astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = given / revenue
        return np.where(given <= 0, 0.0, found)

    def stands_out(self, row: int, pool: int) -> bool:
        """Whether a customer's share of a pool is more than twice the typical one."""
        return bool(self.shares[row, pool] > TIMES_TYPICAL * self.typical[pool] > 0)

    def main_reason(self, row: int) -> str:
        """The one thing that explains most of what is missing against the typical customer, in words."""
        if self.revenue[row] <= 0:
            return "No revenue in the period"
        found = [(self._excess_of_margin(row), self._margin_words(row))]
        for place, pool in enumerate(self._figures.allocation.pools):
            excess = float(self.shares[row, place]) - self.typical[place]
            own, typical = _percent(float(self.shares[row, place])), _percent(self.typical[place])
            found.append((excess, f"{short_name(pool.name)} {own} of revenue, typical {typical}"))
        excess, words = max(found, key=lambda pair: pair[0])
        return words if excess >= LEAST_EXCESS else "No single cost stands out"

    def _excess_of_margin(self, row: int) -> float:
        own, typical = self._ladder["gross_margin"].iloc[row], self._figures.ladder.customers.gross_margin
        if pd.isna(own) or typical is None:
            return 0.0
        return typical - float(own)

    def _margin_words(self, row: int) -> str:
        own, typical = self._ladder["gross_margin"].iloc[row], self._figures.ladder.customers.gross_margin
        if pd.isna(own) or typical is None:
            return "The cost of some lines is not known"
        words = f"Margin {_percent(float(own))}, typical {_percent(typical)}"
        gross, discounts = (
            int(self._ladder["gross_sales"].iloc[row]),
            int(self._ladder["discounts"].iloc[row]),
        )
        rungs = self._figures.ladder.customers
        if gross > 0 and rungs.gross_sales and discounts / gross > 1.5 * rungs.discounts / rungs.gross_sales:
            words += f": discounts {_percent(discounts / gross)}"
        return words


def short_name(pool: str) -> str:
    """The first words of a pool's name, for a narrow column: 'Delivery and freight' is 'Delivery'."""
    return pool.split(" and ", maxsplit=1)[0]


def _percent(share: float) -> str:
    from reports.numbers import percent

    return percent(share)
