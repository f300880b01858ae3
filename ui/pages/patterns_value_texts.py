"""Lifetime value in words: the models, their parameters, and how well they foretold what came."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.analysis.patterns.lifetime_terms import LifetimeTerms
from core.analysis.patterns.not_enough import NotEnough
from core.unit import Unit
from reports.numbers import MINUS, Numbers
from ui.models.column import date_text
from ui.pages.patterns_value_data import HeldBack

if TYPE_CHECKING:
    from core.analysis.facts import Facts
    from core.analysis.patterns.fitting import Fit
    from core.analysis.patterns.lifetime_value import LifetimeValue

MODEL_NAMES = {"bg_nbd": "BG/NBD", "pareto_nbd": "Pareto/NBD"}
BASIS_WORDS = {"revenue": "net revenue", "gross_profit": "gross profit", "contribution": "contribution"}
LARGE = 10_000
PARAMETERS = {
    "r": "How alike customers are in how often they order: small is very different",
    "alpha": "Time scale of ordering, in weeks: r by alpha is the orders a week of an average customer",
    "a": "With b: how soon customers stop. a by a + b is the chance to stop after an order",
    "b": "With a: how soon customers stop",
    "s": "How alike customers are in how long they stay: small is very different",
    "beta": "Time scale of staying, in weeks: s by beta is the share of customers who stop in a week at first",
    "p": "How steady one customer's orders are in value",
    "q": "How alike customers are in what they spend",
    "v": "Scale of what orders are worth, in the book's currency",
}


def parameter_rows(found: "LifetimeValue", model: str, exponent: int) -> dict[str, list[str]]:
    """Parameters of both models with their standard errors; v is money."""
    rows: dict[str, list[str]] = {"model": [], "name": [], "value": [], "error": [], "means": []}
    spend = None if isinstance(found.spend, NotEnough) else found.spend.fit
    models: Sequence[tuple[str, Fit[Any] | None]] = (
        (MODEL_NAMES[model], found.orders),
        ("Gamma-Gamma", spend),
    )
    for name_of_model, fit in models:
        if fit is None:
            continue
        errors = fit.standard_errors or (None,) * len(fit.values)
        for name, value, error in zip(fit.names, fit.values, errors, strict=True):
            scale = 10**exponent if name == "v" else 1
            rows["model"].append(name_of_model)
            rows["name"].append(name)
            rows["value"].append(parameter(value / scale))
            rows["error"].append("–" if error is None else parameter(error / scale))
            rows["means"].append(PARAMETERS[name])
    return rows


def parameter(value: float) -> str:
    """Four decimals, one where the number is large."""
    return f"{value:,.1f}" if abs(value) >= LARGE else f"{value:,.4f}"


def model_words(found: "LifetimeValue") -> str:
    """How likely the model makes what was seen, and what was taken as what."""
    fit = found.orders
    size = f"{fit.log_likelihood:,.1f}".replace("-", MINUS)
    return " ".join((f"Log-likelihood {size} over {customers(fit.customers)}.", *found.notes))


def horizon_words(terms: LifetimeTerms) -> str:
    """What the value of a customer is one of."""
    rate = terms.horizon.yearly_rate
    off = f"less {100 * rate:g}% a year" if rate else "nothing taken off"
    months = "month" if terms.horizon.months == 1 else f"{terms.horizon.months} months"
    return f"The next {months} on {BASIS_WORDS[terms.basis]}, {off}"


def over_time_words(found: HeldBack, numbers: Numbers) -> str:
    """How the model did after the end of its fit: 'expected 812 orders, 799 came: 1.6% more than came'."""
    weeks = found.held.tracking
    later = slice(weeks.fitted_weeks, None)
    after = len(weeks.week_ends) - weeks.fitted_weeks
    until = f"Fitted to the history up to {date_text(found.held.until)}."
    if after < 1:
        return f"{until} There is no full week after it to compare with."
    return (
        f"{until} In the {'week' if after == 1 else f'{after} weeks'} after it the model expected "
        f"{verdict(float(weeks.expected[later].sum()), int(weeks.actual[later].sum()), numbers)}"
    )


def held_back_words(found: HeldBack, facts: "Facts", numbers: Numbers) -> str:
    """What the bars are, and how all of them together came out."""
    check = found.by_class
    some = check.customers > 0
    expected, actual = (
        float((check.customers[some] * means[some]).sum()) for means in (check.expected, check.actual)
    )
    return (
        f"Orders a customer after {date_text(found.held.until)} and up to {date_text(facts.as_of)}, by the repeat "
        f"orders before. The model expected {verdict(expected, round(actual), numbers)}"
    )


def verdict(expected: float, actual: int, numbers: Numbers) -> str:
    """'812 orders, 799 came: 1.6% more than came.'; from rounded orders, so that it can be worked out again."""
    whole = round(expected)
    said = f"{whole:,} orders, {actual:,} came"
    if not actual or whole == actual:
        return f"{said}." if whole != actual else f"{said}: just as many."
    off = numbers.write(abs(whole - actual) / actual, Unit.RATIO)
    return f"{said}: {off} {'more' if whole > actual else 'fewer'} than came."


def customers(count: int) -> str:
    """'1 customer', '204 customers'."""
    return "1 customer" if count == 1 else f"{count:,} customers"
