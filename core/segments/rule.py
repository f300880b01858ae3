"""A rule about customers: conditions joined by all, any and none; immutable, kept as JSON.

Numbers are kept as decimal strings (money in whole units of the currency: "1250.00"), ratios as fractions
("0.25"), dates as ISO. A value that is unknown makes its condition unknown: it does not match, and its
opposite does not either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from core.errors import UsageError, UserError
from core.period import parse_day
from core.segments.field import Field, Fields, field_named
from core.unit import Unit


class RuleMistake(UserError):
    """The rule cannot be used as it is written."""


class Comparison(StrEnum):
    """How a value is compared, in the words of the screen."""

    MORE = "is more than"
    AT_LEAST = "is at least"
    LESS = "is less than"
    NO_MORE = "is no more than"
    BETWEEN = "is between"  # both bounds included
    IS = "is"
    IS_NOT = "is not"
    ONE_OF = "is one of"
    CONTAINS = "contains"
    KNOWN = "is known"
    UNKNOWN = "is unknown"


class Quantifier(StrEnum):
    """How many conditions of a group must hold."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


ORDERED = frozenset({Comparison.MORE, Comparison.AT_LEAST, Comparison.LESS, Comparison.NO_MORE})
WITHOUT_VALUE = frozenset({Comparison.KNOWN, Comparison.UNKNOWN})
_FOR_TEXT = (
    Comparison.IS,
    Comparison.IS_NOT,
    Comparison.ONE_OF,
    Comparison.CONTAINS,
    Comparison.KNOWN,
    Comparison.UNKNOWN,
)
_FOR_NUMBER = tuple(comparison for comparison in Comparison if comparison is not Comparison.CONTAINS)
_DEEPEST = 8


@dataclass(frozen=True)
class Condition:
    """One comparison; with `times`, the value is multiplied by another figure of the same customer."""

    field: str
    comparison: Comparison
    wanted: tuple[str, ...] = ()  # none, one, two for between, one or more for one of
    times: str = ""


@dataclass(frozen=True)
class Group:
    """Conditions and groups of which all, any or none must hold."""

    quantifier: Quantifier
    members: tuple["Rule", ...]


Rule = Condition | Group


def all_of(*members: Rule) -> Group:
    """Return a group of which every member must hold."""
    return Group(Quantifier.ALL, members)


def any_of(*members: Rule) -> Group:
    """Return a group of which one member must hold."""
    return Group(Quantifier.ANY, members)


def none_of(*members: Rule) -> Group:
    """Return a group of which no member may hold."""
    return Group(Quantifier.NONE, members)


def comparisons_for(unit: Unit) -> tuple[Comparison, ...]:
    """Return the comparisons that make sense for a field, in the order of the screen."""
    return _FOR_TEXT if unit is Unit.TEXT else _FOR_NUMBER


def conditions_of(rule: Rule) -> Iterator[Condition]:
    """Yield every condition, in reading order."""
    if isinstance(rule, Condition):
        yield rule
        return
    for member in rule.members:
        yield from conditions_of(member)


def fields_used(rule: Rule) -> tuple[str, ...]:
    """Return the keys of the fields it reads, each once, in reading order."""
    keys = (key for condition in conditions_of(rule) for key in (condition.field, condition.times) if key)
    return tuple(dict.fromkeys(keys))


# ------------------------------------------------------------------------------------------------ JSON


def to_json(rule: Rule) -> dict[str, object]:
    """Return the rule as plain values for JSON."""
    if isinstance(rule, Group):
        return {str(rule.quantifier): [to_json(member) for member in rule.members]}
    written: dict[str, object] = {"field": rule.field, "comparison": str(rule.comparison)}
    if rule.wanted:
        written["values"] = list(rule.wanted)
    if rule.times:
        written["times"] = rule.times
    return written


def from_json(value: object, *, place: str = "the rule") -> Rule:
    """Read a rule back. Raises RuleMistake with the place of what is wrong."""
    return _read(value, place, 1)


def _read(value: object, place: str, depth: int) -> Rule:
    if not isinstance(value, Mapping):
        raise RuleMistake(f"{place}: expected a condition or a group, found {_found(value)}.")
    if depth > _DEEPEST:
        raise RuleMistake(f"{place}: groups are nested more than {_DEEPEST} deep.")
    quantifiers = [quantifier for quantifier in Quantifier if quantifier in value]
    if not quantifiers:
        return _read_condition(value, place)
    members = value[quantifiers[0]]
    if len(value) > 1 or not isinstance(members, list):
        raise RuleMistake(f"{place}: a group has one of all, any or none, and a list.")
    read = (_read(member, f"{place}, part {i}", depth + 1) for i, member in enumerate(members, 1))
    return Group(quantifiers[0], tuple(read))


def _read_condition(value: Mapping[str, object], place: str) -> Condition:
    unexpected = set(value) - {"field", "comparison", "value", "values", "times"}
    if unexpected:
        raise RuleMistake(f"{place}: '{min(unexpected)}' is not part of a condition.")
    key, times = value.get("field"), value.get("times", "")
    if not isinstance(key, str) or not key or not isinstance(times, str):
        raise RuleMistake(f"{place}: the field is missing.")
    try:
        comparison = Comparison(str(value.get("comparison")))
    except ValueError:
        raise RuleMistake(f"{place}: '{value.get('comparison')}' is not a comparison.") from None
    return Condition(key, comparison, _read_values(value, place), times)


def _read_values(value: Mapping[str, object], place: str) -> tuple[str, ...]:
    given = value.get("values", [value["value"]] if "value" in value else [])
    if not isinstance(given, list):
        raise RuleMistake(f"{place}: the values are no list.")
    wrong = [one for one in given if isinstance(one, bool) or not isinstance(one, str | int | float)]
    if wrong:
        raise RuleMistake(f"{place}: expected a number or text, found {_found(wrong[0])}.")
    return tuple(str(one) for one in given)


def _found(value: object) -> str:
    return "nothing" if value is None else f"'{value}'"


# ------------------------------------------------------------------------------------------ validation


def check(rule: Rule, fields: Fields, *, exponent: int = 2, place: str = "the rule") -> None:
    """Find out whether a rule can be used in this book. Raises RuleMistake with the place."""
    if isinstance(rule, Condition):
        _check_condition(rule, fields, exponent, place)
        return
    if not rule.members:
        raise RuleMistake(f"{place}: the group '{rule.quantifier}' is empty; add a condition or remove it.")
    for i, member in enumerate(rule.members, 1):
        check(member, fields, exponent=exponent, place=f"{place}, part {i}")


def _check_condition(condition: Condition, fields: Fields, exponent: int, place: str) -> None:
    field = field_named(condition.field, fields)
    if field is None:
        raise RuleMistake(f"{place}: this book has no figure or attribute called '{condition.field}'.")
    if condition.comparison not in comparisons_for(field.unit):
        raise RuleMistake(f"{place}: {field.label} cannot be asked whether it '{condition.comparison}'.")
    _check_count(condition, field, place)
    if condition.times:
        _check_times(condition, field, fields, place)
    elif not field.is_text:
        for text in condition.wanted:
            read_value(text, field, exponent, place=place)


def _check_count(condition: Condition, field: Field, place: str) -> None:
    found, comparison = len(condition.wanted), condition.comparison
    if comparison is Comparison.ONE_OF:
        right, expected = found >= 1, "at least one value"
    else:
        needed = 0 if comparison in WITHOUT_VALUE else 2 if comparison is Comparison.BETWEEN else 1
        right, expected = found == needed, ("no value", "one value", "two values")[needed]
    if not right:
        raise RuleMistake(f"{place}: {field.label} '{comparison}' needs {expected}, found {found}.")
    if any(not text.strip() for text in condition.wanted):
        raise RuleMistake(f"{place}: {field.label} '{comparison}' has an empty value; type one.")


def _check_times(condition: Condition, field: Field, fields: Fields, place: str) -> None:
    other = field_named(condition.times, fields)
    if other is None:
        raise RuleMistake(f"{place}: there is no figure called '{condition.times}' in this book.")
    if condition.comparison not in ORDERED or not (field.is_number and other.is_number):
        asked = f"{field.label} '{condition.comparison}'"
        raise RuleMistake(f"{place}: {asked} cannot be a multiple of {other.label}.")
    if field.unit is not other.unit:
        units = f"{field.label} ({field.unit}) and {other.label} ({other.unit})"
        raise RuleMistake(f"{place}: {units} differ in unit.")
    number_of(condition.wanted[0], place=place)


def number_of(text: str, *, place: str = "the rule") -> Decimal:
    """Read a plain decimal number. Raises RuleMistake."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise RuleMistake(f"{place}: '{text}' is not a number; write it like 1250.00.")
    return number


def read_value(text: str, field: Field, exponent: int, *, place: str = "the rule") -> Decimal | str:
    """Return a value as the field stores it: money in minor units, days as ISO. Raises RuleMistake."""
    if field.unit is Unit.DATE:
        try:
            return parse_day(text).isoformat()
        except UsageError as error:
            raise RuleMistake(f"{place}: {error}") from None
    number = number_of(text, place=place)
    if field.unit is not Unit.MONEY:
        return number
    minor = number.scaleb(exponent)
    if minor != minor.to_integral_value():
        raise RuleMistake(f"{place}: {text} is finer than the currency's smallest unit.")
    return minor
