"""What customers will be worth: the figures of the tab, worked out in the worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.analysis.orders import orders_of
from core.analysis.patterns.churn import ChurnRisk, Risk, churn_risk
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.simple_value import SimpleValue, simple_value
from core.unit import Unit
from reports.numbers import Numbers
from ui.loading import Loaded
from ui.pages.patterns_data import Part, customer_ids

if TYPE_CHECKING:  # the models load scipy, which is slow: only when they are fitted
    from core.analysis.patterns.fitting import Fit
    from core.analysis.patterns.lifetime_value import LifetimeValue
    from core.analysis.patterns.model_check import FrequencyCheck
    from core.progress import Progress

PARAMETERS = {
    "r": "How alike customers are in how often they order: small is very different",
    "alpha": "Time scale of ordering, in weeks: r by alpha is the orders a week of an average customer",
    "a": "With b: how soon customers stop. a by a + b is the chance to stop after an order",
    "b": "With a: how soon customers stop",
    "p": "How steady one customer's orders are in value",
    "q": "How alike customers are in what they spend",
    "v": "Scale of what orders are worth, in the book's currency",
}
RISK_WORDS = {
    Risk.HIGH: "High: probably gone",
    Risk.MEDIUM: "Medium: doubtful",
    Risk.LOW: "Low: in their rhythm",
}


@dataclass(frozen=True, eq=False)
class ModelValue:
    """The fitted models, what they expect beside what happened, and the churn classes."""

    value: "LifetimeValue"
    check: "FrequencyCheck"


def simple_of(loaded: Loaded, progress: "Progress") -> SimpleValue | NotEnough:
    """Work out the formula."""
    progress.step("Working out the formula")
    return simple_value(loaded.figures.facts)


def model_of(loaded: Loaded, progress: "Progress") -> ModelValue | NotEnough:
    """Fit the models of repeat orders and of spending."""
    from core.analysis.patterns.lifetime_value import lifetime_value
    from core.analysis.patterns.model_check import by_frequency

    progress.step("Fitting the model of repeat orders")
    value = lifetime_value(loaded.figures.facts)
    if isinstance(value, NotEnough):
        return value
    progress.step("Comparing the model with what happened")
    return ModelValue(value, by_frequency(value.orders.model, value.purchases.histories))


def churn_of(loaded: Loaded, progress: "Progress") -> "tuple[ChurnRisk, LifetimeValue | None] | NotEnough":
    """Judge who is drifting away, with the model where there is one."""
    from core.analysis.patterns.lifetime_value import lifetime_value

    facts = loaded.figures.facts
    if not orders_of(facts).has_any.any():
        return NotEnough(0, 1, "customers with an order")
    progress.step("Fitting the model of repeat orders")
    value = lifetime_value(facts)
    progress.step("Judging who is drifting away")
    if isinstance(value, NotEnough):
        return churn_risk(facts), None
    return churn_risk(facts, value.p_alive), value


SIMPLE = Part("simple", "Working out the formula", simple_of)
MODEL = Part("model", "Fitting the models of repeat orders and spending", model_of)
CHURN = Part("churn", "Judging who is drifting away", churn_of)


def formula_line(found: SimpleValue, numbers: Numbers) -> str:
    """The formula with its numbers and what comes out."""
    parts = [
        numbers.money(found.average_order_minor, cents=True),
        f"{found.orders_a_month:.2f}",
        f"{found.lifespan.months:.1f}",
    ]
    if found.margin is not None:
        parts.append(numbers.write(found.margin, Unit.RATIO))
    return f"{' × '.join(parts)} = {numbers.money(found.value_minor)}"


def formula_words(found: SimpleValue) -> str:
    """Where the factors come from."""
    lifespan = found.lifespan.text
    return f"Lifespan: {lifespan}. Margin: {found.margin_text}. Factors are rounded here, not in the result."


def parameter_rows(found: "LifetimeValue", exponent: int) -> dict[str, list[str]]:
    """Parameters of both models with their standard errors; v is money."""
    rows: dict[str, list[str]] = {"model": [], "name": [], "value": [], "error": [], "means": []}
    spend = None if isinstance(found.spend, NotEnough) else found.spend.fit
    models: Sequence[tuple[str, Fit[Any] | None]] = (("BG/NBD", found.orders), ("Gamma-Gamma", spend))
    for model, fit in models:
        if fit is None:
            continue
        errors = fit.standard_errors or (None,) * len(fit.values)
        for name, value, error in zip(fit.names, fit.values, errors, strict=True):
            scale = 10**exponent if name == "v" else 1
            rows["model"].append(model)
            rows["name"].append(name)
            rows["value"].append(f"{value / scale:,.4f}")
            rows["error"].append("–" if error is None else f"{error / scale:,.4f}")
            rows["means"].append(PARAMETERS[name])
    return rows


def customer_rows(loaded: Loaded, risk: ChurnRisk, value: "LifetimeValue | None") -> dict[str, list[Any]]:
    """One row for each customer who ever ordered, in the order of the facts; unknown is None."""
    import numpy as np

    facts = loaded.figures.facts
    orders = orders_of(facts)
    rows = np.flatnonzero(orders.has_any)
    names = facts.customers["name"].to_numpy()

    def taken(series: Any) -> list[Any]:
        if series is None:
            return [None] * len(rows)
        taken_rows = series.iloc[rows].astype(object)
        return list(taken_rows.where(taken_rows.notna(), None))

    return {
        "row": rows.tolist(),
        "customer": [str(name) for name in names[rows]],
        "orders": orders.days[rows].tolist(),
        "p_alive": taken(None if value is None else value.p_alive),
        "expected": taken(None if value is None else value.expected_orders),
        "order_value": taken(None if value is None else value.order_value),
        "value": taken(None if value is None else value.value),
        "risk": [str(one).capitalize() if one is not None else None for one in taken(risk.risk)],
    }


def risk_rows(loaded: Loaded, found: ChurnRisk) -> dict[str, list[Any]]:
    """The three classes with their customers and revenue, and those who cannot be judged."""
    revenue = loaded.figures.ladder.by_customer["net_revenue"].to_numpy()
    rows: dict[str, list[Any]] = {"risk": [], "customers": [], "revenue": [], "ids": []}
    judged = found.risk.notna().to_numpy(dtype=bool)
    groups = [
        (RISK_WORDS[risk], (found.risk == risk.value).fillna(value=False).to_numpy(dtype=bool))
        for risk in (Risk.HIGH, Risk.MEDIUM, Risk.LOW)
    ]
    unknown = ~judged & (found.order_days > 0)
    if unknown.any():
        groups.append(("Not enough orders to tell", unknown))
    for name, mine in groups:
        rows["risk"].append(name)
        rows["customers"].append(int(mine.sum()))
        rows["revenue"].append(int(revenue[mine].sum()))
        rows["ids"].append(customer_ids(loaded.figures.facts, mine))
    return rows
