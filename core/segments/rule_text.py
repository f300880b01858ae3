"""A rule in one English sentence, and the same rule explained with one customer's own values."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from core.money import to_decimal
from core.period import day_label, parse_day
from core.segments.field import CUSTOMER, Field, Fields, field_named
from core.segments.method import MethodInput, as_text
from core.segments.rule import Comparison, Condition, Quantifier, Rule, number_of
from core.unit import Unit


class Wording(NamedTuple):
    """How a figure is spoken of: 'whose {noun} is more than 30 days{tail}', '2 times {own}'."""

    noun: str
    tail: str = ""
    own: str = ""


_WORDINGS = {
    "recency_days": Wording("last order", " ago"),
    "tenure_days": Wording("first order", " ago"),
    "median_interpurchase_days": Wording("usual gap between orders", own="their own usual gap"),
    "first_purchase": Wording("first order"),
    "last_purchase": Wording("last order"),
    "orders": Wording("number of orders"),
    "r": Wording("recency score"),
    "f": Wording("frequency score"),
    "m": Wording("monetary score"),
    "rfm_segment": Wording("RFM segment"),
    "abc_class": Wording("ABC class"),
    "trend": Wording("revenue of the last three months, against the three before,"),
}
_ABOUT_DATES = {
    Comparison.MORE: "is after",
    Comparison.AT_LEAST: "is on or after",
    Comparison.LESS: "is before",
    Comparison.NO_MORE: "is on or before",
    Comparison.IS: "is on",
    Comparison.IS_NOT: "is not on",
}


class Terms(NamedTuple):
    """What is needed to write values: the fields of the book and its currency."""

    fields: Fields
    currency: str
    exponent: int


# ---------------------------------------------------------------------------------------------- sentence


def sentence(rule: Rule | None, terms: Terms) -> str:
    """Return a rule as one sentence: 'Customers whose last order is more than 30 days ago'."""
    if rule is None:
        return "Everyone else."
    return f"Customers {_clause(rule, terms)}."


def _clause(rule: Rule, terms: Terms, *, inner: bool = False) -> str:
    if isinstance(rule, Condition):
        return f"whose {noun_of(rule, terms)} {predicate(rule, terms)}"
    if rule.quantifier is Quantifier.ALL:
        text = ", and ".join(_merged(rule.members, terms))
    else:
        text = " or ".join(_clause(member, terms, inner=True) for member in rule.members)
    if rule.quantifier is Quantifier.NONE:
        return f"not ({text})"
    return f"({text})" if inner and len(rule.members) > 1 else text


def _merged(members: Sequence[Rule], terms: Terms) -> list[str]:
    """Say neighbouring conditions on the same figure in one clause."""
    clauses: list[str] = []
    for subject, group in groupby(members, key=lambda rule: _subject(rule, terms)):
        rules = list(group)
        if subject:
            said = [predicate(rule, terms) for rule in rules if isinstance(rule, Condition)]
            clauses.append(f"whose {subject} {_and(said)}")
        else:
            clauses += [_clause(rule, terms, inner=True) for rule in rules]
    return clauses


def _subject(rule: Rule, terms: Terms) -> str:
    return noun_of(rule, terms) if isinstance(rule, Condition) else ""


def _and(said: Sequence[str]) -> str:
    parts = [said[0], *(part.removeprefix("is ") for part in said[1:])]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def predicate(condition: Condition, terms: Terms) -> str:
    """Return what is said of the figure: 'is more than 2 times their own usual gap ago'."""
    field, comparison = _field(condition.field, terms), condition.comparison
    tail = wording_of(field).tail
    if comparison is Comparison.KNOWN:
        return "is known"
    if comparison is Comparison.UNKNOWN:
        return "is not known"
    if condition.times:
        other = wording_of(_field(condition.times, terms))
        factor = _plain(number_of(condition.wanted[0]))
        return f"{comparison} {factor} times {other.own or 'their own ' + other.noun}{tail}"
    values = [_written(text, field, terms) for text in condition.wanted]
    words = _ABOUT_DATES.get(comparison, str(comparison)) if field.unit is Unit.DATE else str(comparison)
    if comparison is Comparison.BETWEEN:
        return f"{words} {values[0]} and {values[1]}{tail}"
    joined = values[0] if len(values) == 1 else f"{', '.join(values[:-1])} or {values[-1]}"
    return f"{words} {joined}{tail}"


def noun_of(condition: Condition, terms: Terms) -> str:
    """Return what a condition is about: 'last order'."""
    return wording_of(_field(condition.field, terms)).noun


def _field(key: str, terms: Terms) -> Field:
    return field_named(key, terms.fields) or Field(key, key, Unit.TEXT)


def wording_of(field: Field) -> Wording:
    """Return how a field is spoken of."""
    if field.key in _WORDINGS:
        return _WORDINGS[field.key]
    label = field.label
    is_abbreviation = len(label) > 1 and label[1].isupper()
    lowered = label if is_abbreviation else label[:1].lower() + label[1:]
    return Wording(lowered if field.key != CUSTOMER + "email" else "e-mail address")


# ------------------------------------------------------------------------------------------------ values


def _written(text: str, field: Field, terms: Terms) -> str:
    """Write a value of a rule with its unit."""
    if field.is_text:
        return f"“{text.strip()}”"
    if field.unit is Unit.DATE:
        return day_label(parse_day(text))
    return _number(number_of(text), field, terms)


def _number(number: Decimal, field: Field, terms: Terms) -> str:
    if field.unit is Unit.MONEY:
        return money_text(number, terms.currency)
    if field.unit is Unit.RATIO:
        return f"{_plain(number * 100)}%"
    if field.unit is Unit.POINTS:
        return f"{_plain(number * 100)} points"
    if field.unit is Unit.DAYS:
        return f"{_plain(number)} day" if number == 1 else f"{_plain(number)} days"
    return _plain(number)


def _plain(number: Decimal) -> str:
    return f"{number.quantize(Decimal('0.01')).normalize():,f}"


def money_text(amount: Decimal, currency: str) -> str:
    """Write an amount in whole units of the currency; decimals only where there are any."""
    from babel.numbers import format_currency

    whole = amount == amount.to_integral_value()
    return format_currency(
        amount, currency, "¤#,##0" if whole else None, locale="en_US", currency_digits=not whole
    )


def terms_of(given: MethodInput) -> Terms:
    """Return what sentences about these customers need."""
    return Terms(given.fields, given.currency, given.exponent)


def value_text(value: object, field: Field, terms: Terms) -> str | None:
    """Return one customer's value with its unit (money in minor units); None where it is not known."""
    text = as_text(value)
    if not text:
        return None
    if field.is_text:
        return text
    if field.unit is Unit.DATE:
        return day_label(parse_day(text[:10]))
    if field.unit is Unit.MONEY:
        return money_text(to_decimal(int(text), terms.exponent), terms.currency)
    return _number(Decimal(text), field, terms)
