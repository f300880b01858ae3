"""Who is drifting away: three plain classes, each with its evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.metrics.timing import FEWEST_FOR_LATENESS, lateness
from core.analysis.orders import day_number, median_gaps, orders_of
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.repeat_purchases import Floats
from core.analysis.sums import Flags, Ints

LATE, VERY_LATE = 1.5, 3.0  # days since the last order by the customer's own usual gap
DOUBTFUL, UNLIKELY = 0.7, 0.3  # probability to be still buying


class Risk(StrEnum):
    """How likely it is that the customer has stopped buying."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


DEFINITION = (
    f"High: the last order is more than {VERY_LATE:g} times the customer's usual gap ago, or the model gives it a "
    f"chance below {UNLIKELY:.0%} to be still buying. Medium: more than {LATE:g} times, or below {DOUBTFUL:.0%}. "
    "Low: neither. The worse of the two counts; with fewer than three order days only the model, and without a "
    "repeat order nothing."
)


@dataclass(frozen=True, eq=False)
class ChurnRisk:
    """The class of each row of `facts.customers`; NA where there is not enough history, or no order at all."""

    risk: "pd.Series[Any]"  # string: low, medium, high
    order_days: Ints
    since_days: Ints
    usual_gap: "pd.Series[Any]"
    lateness: "pd.Series[Any]"
    p_alive: "pd.Series[Any]"  # NA where no model was fitted, or without a repeat order

    def count(self, risk: Risk) -> int:
        """How many customers are in a class."""
        return int((self.risk == risk.value).sum())

    def evidence(self, row: int) -> str | NotEnough:
        """Why this customer is in its class, as sentences; or how much history is missing."""
        if pd.isna(self.risk.iloc[row]):
            return NotEnough(int(self.order_days[row]), FEWEST_FOR_LATENESS, "days with an order")
        said = [f"The last order was {_days(int(self.since_days[row]))} ago"]
        if not pd.isna(self.lateness.iloc[row]):
            gap, late = float(self.usual_gap.iloc[row]), float(self.lateness.iloc[row])
            said.append(f", {late:.1f} times the usual gap of {_days(gap)}")
        said.append(".")
        if not pd.isna(self.p_alive.iloc[row]):
            said.append(
                f" The model gives a chance of {float(self.p_alive.iloc[row]):.0%} to be still buying."
            )
        return "".join(said)


def churn_risk(facts: Facts, p_alive: "pd.Series[Any] | None" = None) -> ChurnRisk:
    """Judge by lateness against the own cadence and, where a model was fitted, by the chance to be still buying.

    `p_alive` has a row for each row of `facts.customers`, as `lifetime_value` gives it.
    """
    orders = orders_of(facts)
    late = lateness(facts)
    # Without a repeat order the chance is an assumption of the model, no finding about the customer.
    chance = pd.Series(np.nan, index=range(len(late)), dtype="Float64") if p_alive is None else p_alive
    chance = chance.where(orders.days > 1)
    by_cadence = _grade(late, lambda value: (value > LATE, value > VERY_LATE))
    by_model = _grade(chance, lambda value: (value < DOUBTFUL, value < UNLIKELY))
    worse = np.maximum(by_cadence, by_model)
    names = np.array([None, *(risk.value for risk in Risk)], dtype=object)
    return ChurnRisk(
        risk=pd.Series(names[worse], dtype="string"),
        order_days=orders.days,
        since_days=np.where(orders.has_any, day_number(facts.as_of) - orders.last, 0),
        usual_gap=median_gaps(facts),
        lateness=late,
        p_alive=chance,
    )


def _grade(column: "pd.Series[Any]", judge: Callable[[Floats], tuple[Flags, Flags]]) -> Ints:
    """Return 0 unknown, 1 low, 2 medium, 3 high."""
    values: Floats = column.fillna(0.0).to_numpy(dtype=np.float64)
    known: Flags = column.notna().to_numpy(dtype=np.bool_)
    doubtful, bad = judge(values)
    return np.where(known, 1 + doubtful.astype(np.int64) + bad.astype(np.int64), 0)


def _days(count: float) -> str:
    return "1 day" if count == 1 else f"{count:g} days"
