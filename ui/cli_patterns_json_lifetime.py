"""What customers will be worth, and the checks of the model, in JSON."""

import math
from functools import partial
from typing import Any

from core.analysis.facts import Facts
from core.analysis.patterns.fitting import Fit
from core.analysis.patterns.gamma_gamma import SpendFit
from core.analysis.patterns.hold_out_orders import HoldOutOrders
from core.analysis.patterns.lifetime_value import LifetimeValue
from core.analysis.patterns.model_check import FrequencyCheck
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.repeat_purchases import RepeatPurchases
from core.analysis.patterns.simple_value import SimpleValue
from core.money import plain
from core.usecases.patterns_lifetime import HoldOut, LifetimePatterns, purchases_of
from ui.cli_patterns_cells import by_name, column, customer_names, number, or_missing


def lifetime_json(facts: Facts, found: LifetimePatterns) -> dict[str, Any]:
    """The fit, its checks, and the value of every customer who ever ordered."""
    terms = found.terms
    return {
        "model": terms.model,
        "unit": terms.unit,
        "basis": terms.basis,
        "horizon_months": terms.horizon.months,
        "yearly_rate": terms.horizon.yearly_rate,
        **or_missing(found.value, partial(_value, facts)),
        "simple": or_missing(found.simple, partial(_simple, facts)),
        "by_frequency": or_missing(found.frequency, _by_frequency),
        "hold_out": or_missing(found.hold_out, partial(_hold_out, facts)),
        "customers": _customers(facts, found),
    }


def _value(facts: Facts, found: LifetimeValue) -> dict[str, Any]:
    return {
        **_fit(found.orders),
        "gamma_gamma": or_missing(found.spend, partial(_gamma_gamma, facts)),
        "warnings": list(found.warnings),
        "notes": list(found.notes),
    }


def _fit(fit: Fit[Any]) -> dict[str, Any]:
    errors = fit.standard_errors
    return {
        "parameters": dict(zip(fit.names, fit.values, strict=True)),
        "standard_errors": None if errors is None else dict(zip(fit.names, errors, strict=True)),
        "log_likelihood": fit.log_likelihood,
        "customers_fitted": fit.customers,
    }


def _gamma_gamma(facts: Facts, found: SpendFit) -> dict[str, Any]:
    """The fit in whole units of the currency: v and the density of an average depend on the unit of money."""
    fit, unit = found.fit, 10**facts.exponent
    scale = {"v": unit}
    errors = fit.standard_errors
    return {
        "parameters": {
            name: value / scale.get(name, 1) for name, value in zip(fit.names, fit.values, strict=True)
        },
        "standard_errors": None
        if errors is None
        else {name: value / scale.get(name, 1) for name, value in zip(fit.names, errors, strict=True)},
        "log_likelihood": fit.log_likelihood + fit.customers * math.log(unit),
        "customers_fitted": fit.customers,
        "correlation": number(found.correlation),
        "left_out": found.left_out,
        "note": found.note,
    }


def _simple(facts: Facts, found: SimpleValue) -> dict[str, Any]:
    return {
        "average_order_value": plain(found.average_order_minor, facts.exponent),
        "orders_a_month": found.orders_a_month,
        "lifespan_months": found.lifespan.months,
        "lifespan": found.lifespan.text,
        "lifespan_warning": found.lifespan.warning,
        "margin": number(found.margin),
        "margin_is": found.margin_text,
        "value": plain(found.value_minor, facts.exponent),
    }


def _by_frequency(found: FrequencyCheck) -> list[dict[str, Any]]:
    return [
        {"repeat_orders": label, "actual": int(actual), "expected": number(float(expected))}
        for label, actual, expected in zip(found.labels, found.actual, found.expected, strict=True)
    ]


def _hold_out(facts: Facts, found: HoldOut) -> dict[str, Any]:
    check, weeks = found.by_frequency, found.tracking
    return {
        "until": found.until.isoformat(),
        **_fit(found.fit),
        "warnings": list(found.fit.warnings),
        "by_frequency": [
            {
                "repeat_orders": label,
                "customers": int(customers),
                "actual": number(float(actual)),
                "expected": number(float(expected)),
            }
            for label, customers, actual, expected in zip(
                check.labels, check.customers, check.actual, check.expected, strict=True
            )
        ],
        "fitted_weeks": weeks.fitted_weeks,
        "weeks": [
            {"week_end": end.isoformat(), "actual": int(actual), "expected": number(float(expected))}
            for end, actual, expected in zip(weeks.week_ends, weeks.actual, weeks.expected, strict=True)
        ],
        "time": found.customers.time,
        "customers": _hold_out_customers(facts, found.customers),
    }


def _hold_out_customers(facts: Facts, found: HoldOutOrders) -> list[dict[str, Any]]:
    """Every customer known when the fit ended: the history it was given, what it expects and what came."""
    names, histories = customer_names(facts), _histories(facts, found.purchases)
    ahead = zip(found.purchases.customer.tolist(), found.p_alive, found.expected, found.actual, strict=True)
    later = {
        row: {"p_alive": number(alive), "expected_orders": number(expected), "actual_orders": int(actual)}
        for row, alive, expected, actual in ahead
    }
    return [
        {"customer": names[row], **histories[row], **later[row]} for row in by_name(facts) if row in later
    ]


def _histories(facts: Facts, found: RepeatPurchases) -> dict[int, dict[str, Any]]:
    """By row of `facts.customers`: repeat orders, times in the model's unit, mean value of a repeat order."""
    seen, one = found.histories, 10**facts.exponent
    columns = (found.customer, seen.x, seen.t_x, seen.age, found.mean_value)
    return {
        row: {
            "repeat_orders": int(x),
            "first_to_last": t_x,
            "first_to_end": age,
            "mean_repeat_order": None if math.isnan(mean) else f"{mean / one:.{facts.exponent + 4}f}",
        }
        for row, x, t_x, age, mean in zip(*(part.tolist() for part in columns), strict=True)
    }


def _customers(facts: Facts, found: LifetimePatterns) -> list[dict[str, Any]]:
    """History, past and expected value; what is expected is null where no model could be fitted."""
    exponent, names, value = facts.exponent, customer_names(facts), found.value
    empty = [None] * len(names)
    histories = _histories(facts, purchases_of(facts, found))
    none = dict.fromkeys(("repeat_orders", "first_to_last", "first_to_end", "mean_repeat_order"))
    past = {f"past_{name}": column(found.historic[name], exponent=exponent) for name in found.historic}
    ahead: dict[str, list[Any]] = dict.fromkeys(("p_alive", "expected_orders", "order_value", "value"), empty)
    if not isinstance(value, NotEnough):
        ahead = {
            "p_alive": column(value.p_alive),
            "expected_orders": column(value.expected_orders),
            "order_value": column(value.order_value, exponent=exponent),
            "value": column(value.value, exponent=exponent),
        }
    return [
        {
            "customer": names[row],
            **histories.get(row, none),
            **{key: cells[row] for key, cells in (ahead | past).items()},
        }
        for row in by_name(facts)
    ]
