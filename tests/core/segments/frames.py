"""Small tables of customers for tests of segments: written down, not worked out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from core.analysis.facts import Facts
from core.analysis.metric import Metric
from core.segments.field import Fields, fields_of
from core.segments.method import MethodInput
from core.unit import Unit

UNITS = {
    "recency_days": (Unit.DAYS, "Days since last order", "Int64"),
    "tenure_days": (Unit.DAYS, "Customer for", "Int64"),
    "median_interpurchase_days": (Unit.DAYS, "Usual gap", "Float64"),
    "net_revenue": (Unit.MONEY, "Net revenue", "Int64"),
    "gross_profit": (Unit.MONEY, "Gross profit", "Int64"),
    "cost_to_serve": (Unit.MONEY, "Cost to serve", "Int64"),
    "contribution": (Unit.MONEY, "Contribution", "Int64"),
    "orders": (Unit.COUNT, "Orders", "Int64"),
    "gross_margin": (Unit.RATIO, "Gross margin", "Float64"),
    "trend": (Unit.RATIO, "Trend", "Float64"),
    "margin_change": (Unit.POINTS, "Margin change", "Float64"),
    "first_purchase": (Unit.DATE, "First purchase", "datetime64[s]"),
    "r": (Unit.SCORE, "Recency score", "Int64"),
    "f": (Unit.SCORE, "Frequency score", "Int64"),
    "m": (Unit.SCORE, "Monetary score", "Int64"),
    "rfm_segment": (Unit.TEXT, "RFM segment", "string"),
    "abc_class": (Unit.TEXT, "ABC class", "string"),
}


def _not_worked_out(facts: Facts) -> "pd.Series[Any]":
    raise AssertionError(facts)


def fields(*attributes: str) -> Fields:
    described = [Metric(key, label, unit, "", _not_worked_out) for key, (unit, label, _) in UNITS.items()]
    return fields_of(described, attributes)


def customers(
    size: int,
    metrics: Mapping[str, Sequence[Any]] | None = None,
    attributes: Mapping[str, Sequence[Any]] | None = None,
    columns: Mapping[str, Sequence[Any]] | None = None,
    *,
    currency: str = "USD",
    exponent: int = 2,
) -> MethodInput:
    """So many customers with ids from 101; what is not given is not known."""
    given = metrics or {}
    made = {
        key: pd.Series(list(given.get(key, [None] * size)), dtype=dtype)
        for key, (_, _, dtype) in UNITS.items()
    }
    named = {name: list(values) for name, values in (attributes or {}).items()}
    listed = {
        name: ["" for _ in range(size)]
        for name in ("email", "phone", "city", "region", "postcode", "country")
    } | {name: list(values) for name, values in (columns or {}).items()}
    ids = list(range(101, 101 + size))
    return MethodInput(
        metrics=pd.DataFrame(made, index=range(size)),
        attributes=pd.DataFrame(named, index=range(size), dtype=object),
        customers=pd.DataFrame({"customer_id": ids, "name": [f"Customer {i}" for i in ids], **listed}),
        fields=fields(*named),
        exponent=exponent,
        currency=currency,
        as_of=date(2026, 10, 31),
    )
