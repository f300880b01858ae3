"""What customers will be worth: the figures of the tab, worked out in the worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from core.analysis.orders import orders_of
from core.analysis.patterns.churn import ChurnRisk, Risk
from core.analysis.patterns.lifetime_terms import LifetimeTerms
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.simple_value import SimpleValue, simple_value
from core.unit import Unit
from reports.numbers import DASH, Numbers
from ui.loading import Loaded
from ui.pages.patterns_data import Part, customer_ids

if TYPE_CHECKING:  # the models load scipy, which is slow: only when they are fitted
    from core.analysis.patterns.model_check import FrequencyCheck, HoldOutCheck
    from core.progress import Progress
    from core.usecases.patterns_lifetime import HoldOut, ValuePatterns

RISK_WORDS = {
    Risk.HIGH: "High: probably gone",
    Risk.MEDIUM: "Medium: doubtful",
    Risk.LOW: "Low: in their rhythm",
}


@dataclass(frozen=True, eq=False)
class Valued:
    """One fit of the models, what it expects beside what happened, and who is drifting away."""

    ahead: "ValuePatterns"
    check: "FrequencyCheck | NotEnough"  # in classes that fit the customers
    risk: ChurnRisk
    customers: dict[str, list[Any]]  # as of `customer_rows`: many, so not made on the window's thread
    classes: dict[str, list[Any]]  # as of `risk_rows`


@dataclass(frozen=True, eq=False)
class HeldBack:
    """The model fitted to the beginning, and what came after it."""

    held: "HoldOut"
    by_class: "HoldOutCheck"  # in classes that fit the customers


def simple_of(loaded: Loaded, progress: "Progress") -> SimpleValue | NotEnough:
    """Work out the formula."""
    progress.step("Working out the formula")
    return simple_value(loaded.figures.facts)


SIMPLE = Part("simple", "Working out the formula", simple_of)


def value_part(terms: LifetimeTerms) -> Part:
    """The part that fits the models on these terms."""
    horizon = terms.horizon
    key = f"value {terms.model} {terms.basis} {horizon.months} {horizon.yearly_rate}"
    return Part(key, "Fitting the models of repeat orders and spending", partial(_value_of, terms))


def held_back_part(terms: LifetimeTerms) -> Part:
    """The part that tests the model on the time kept back; only the model matters to it."""
    return Part(
        f"held back {terms.model}", "Testing the model on the time kept back", partial(_held_back_of, terms)
    )


def _value_of(terms: LifetimeTerms, loaded: Loaded, progress: "Progress") -> Valued | NotEnough:
    from core.analysis.patterns.model_check import by_frequency, fitting_classes
    from core.usecases.patterns import churn_patterns
    from core.usecases.patterns_lifetime import value_patterns

    facts = loaded.figures.facts
    if not orders_of(facts).has_any.any():
        return NotEnough(0, 1, "customers with an order")
    ahead = value_patterns(facts, terms, progress=progress)
    progress.step("Judging who is drifting away")
    risk = churn_patterns(facts, ahead)
    if isinstance(risk, NotEnough):
        return risk
    check: FrequencyCheck | NotEnough
    if isinstance(ahead.value, NotEnough):
        check = ahead.value
    else:
        seen = ahead.value.purchases.histories
        check = by_frequency(ahead.value.orders.model, seen, fitting_classes(seen))
    return Valued(ahead, check, risk, customer_rows(loaded, ahead, risk), risk_rows(loaded, risk))


def _held_back_of(terms: LifetimeTerms, loaded: Loaded, progress: "Progress") -> HeldBack | NotEnough:
    from core.analysis.patterns.model_check import by_hold_out, fitting_classes
    from core.usecases.patterns_lifetime import hold_out

    facts = loaded.figures.facts
    held = hold_out(facts, terms, progress=progress)
    if isinstance(held, NotEnough):
        return replace(held, what=f"{held.what} in the first two thirds of the history")
    starts = fitting_classes(held.purchases.histories)
    return HeldBack(held, by_hold_out(held.fit.model, held.purchases, facts, starts))


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


def money_words(found: SimpleValue) -> str:
    """On which money the formula stands."""
    return "net revenue" if found.margin is None else found.margin_text.partition(" by ")[0]


def customer_rows(loaded: Loaded, ahead: "ValuePatterns", risk: ChurnRisk) -> dict[str, list[Any]]:
    """One row for each customer who ever ordered, in the order of the facts; unknown is None."""
    import numpy as np

    facts = loaded.figures.facts
    value = None if isinstance(ahead.value, NotEnough) else ahead.value
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
        "so_far": taken(ahead.so_far),
        "orders": orders.days[rows].tolist(),
        "p_alive": taken(None if value is None else value.p_alive),
        "expected": taken(None if value is None else value.expected_orders),
        "order_value": taken(None if value is None else value.order_value),
        "value": taken(None if value is None else value.value),
        "risk": [str(one).capitalize() if one is not None else DASH for one in taken(risk.risk)],
    }


def value_working(rows: dict[str, list[Any]], row: int, terms: LifetimeTerms, numbers: Numbers) -> str:
    """How the value of a customer came about, with its numbers."""
    orders, worth, value = (rows[key][row] for key in ("expected", "order_value", "value"))
    months = terms.horizon.months
    if orders is None:
        return "Too little history for the models."
    expected = f"{orders:,.2f} orders are expected in the next {_months(months)}"
    if worth is None or value is None:
        return f"{expected}; what each is worth is not known."
    off = f"{100 * terms.horizon.yearly_rate:g}%"
    return (
        f"{expected}, each worth {numbers.money(worth, cents=True)}: "
        f"{numbers.money(round(orders * worth))}. With {off} a year taken off for the time until they come: "
        f"{numbers.money(value)}."
    )


def _months(count: int) -> str:
    return "month" if count == 1 else f"{count} months"


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


def whole(values: Sequence[float]) -> list[int]:
    """What a model expects, in whole customers or orders."""
    return [round(float(value)) for value in values]


def hundredths(values: Sequence[float]) -> list[int | None]:
    """Means in hundredths; None where there is none."""
    return [None if value != value else round(100 * float(value)) for value in values]  # noqa: PLR0124 - NaN
