"""The contract of a metric: a pure function of the facts, one value for each customer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.analysis.facts import Facts
from core.unit import Unit


@dataclass(frozen=True)
class Metric:
    """One figure about a customer.

    `compute` returns a series aligned with `facts.customers` (same length and order) of nullable dtype
    (Int64, Float64, datetime64[s], string): unknown is NA.
    """

    key: str  # "net_revenue"
    label: str  # "Net revenue"
    unit: Unit
    definition: str  # one sentence, printed in tooltips and in the report's appendix
    compute: Callable[[Facts], "pd.Series[Any]"]
