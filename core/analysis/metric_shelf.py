"""Every metric on the shelf, and all of them for all customers."""

import importlib
import pkgutil
from functools import cache
from typing import Any

import pandas as pd

from core.analysis import metrics
from core.analysis.facts import Facts
from core.analysis.metric import Metric
from core.analysis.remembered import remembered


@cache
def all_metrics() -> tuple[Metric, ...]:
    """Find every metric in the modules of the shelf, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(metrics.__path__))
    modules = [importlib.import_module(f"{metrics.__name__}.{name}") for name in names]
    return tuple(metric for module in modules for metric in module.METRICS)


def metric_named(key: str) -> Metric:
    """Return a metric by its key. Raises KeyError."""
    return {metric.key: metric for metric in all_metrics()}[key]


@remembered
def customer_metrics(facts: Facts) -> pd.DataFrame:
    """Work out every metric: a row for each row of `facts.customers`, a column for each key."""
    return pd.DataFrame({metric.key: metric.compute(facts) for metric in all_metrics()})


def metrics_of(facts: Facts, position: int) -> dict[str, Any]:
    """Return one customer's metrics as plain values (int, float, str, date), None where unknown."""
    row = customer_metrics(facts).iloc[position]
    return {str(key): plain_value(value) for key, value in row.items()}


def plain_value(value: Any) -> Any:
    """Return a cell of the metrics as int, float, str or date; None where unknown."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value
