"""How the rule editor offers fields, comparisons, units and values. No Qt."""

from decimal import Decimal, InvalidOperation

from core.segments.field import Field, Fields
from core.segments.rule import ORDERED, Comparison, Condition, comparisons_for
from core.unit import Unit

FIRST = ("recency_days", "tenure_days", "orders", "net_revenue", "contribution", "average_order_value")
LABELS = {"tenure_days": "Days since first order", "median_interpurchase_days": "Usual gap between orders"}
_HUNDREDTHS = frozenset({Unit.RATIO, Unit.POINTS})
_DECIMALS = {Unit.COUNT: 0, Unit.SCORE: 0, Unit.DAYS: 0, Unit.RATIO: 1, Unit.POINTS: 1, Unit.NUMBER: 2}
_DATES = {
    Comparison.MORE: "is after",
    Comparison.AT_LEAST: "is on or after",
    Comparison.LESS: "is before",
    Comparison.NO_MORE: "is on or before",
}
FACTOR_DECIMALS = 1


def label_of(field: Field) -> str:
    """What a field is called in the editor."""
    return LABELS.get(field.key, field.label)


def field_choices(fields: Fields) -> list[tuple[str, str]]:
    """Fields as (key, label): the usual ones first, then the others by name."""
    first = [key for key in FIRST if key in fields]
    others = sorted(
        (key for key in fields if key not in first), key=lambda key: label_of(fields[key]).casefold()
    )
    return [(key, label_of(fields[key])) for key in (*first, *others)]


def comparison_choices(field: Field) -> list[tuple[str, str]]:
    """Comparisons of a field as (key, words)."""
    words = _DATES if field.unit is Unit.DATE else {}
    return [(str(one), words.get(one, str(one))) for one in comparisons_for(field.unit)]


def unit_words(field: Field, currency: str) -> str:
    """What stands after a value."""
    words = {Unit.MONEY: currency, Unit.DAYS: "days", Unit.RATIO: "%", Unit.POINTS: "points"}
    return words.get(field.unit, "")


def times_choices(field: Field, comparison: Comparison, fields: Fields) -> list[tuple[str, str]]:
    """The figures of which a value can be a multiple, as (key, words)."""
    if comparison not in ORDERED or not field.is_number:
        return []
    same = [one for one in fields.values() if one.unit is field.unit and one.key != field.key]
    return [(one.key, f"× {one.label[:1].lower()}{one.label[1:]}") for one in same if one.is_number]


def decimals_of(field: Field, exponent: int, *, times: bool) -> int:
    """How many decimals a value can be typed with."""
    if times:
        return FACTOR_DECIMALS
    return exponent if field.unit is Unit.MONEY else _DECIMALS.get(field.unit, 2)


def decimals_in(text: str, field: Field, *, times: bool) -> int:
    """How many decimals a value of a rule has as the editor shows it: 0.0048 is 0.48 %."""
    digits = len(text.partition(".")[2].rstrip("0"))
    return max(0, digits - 2) if field.unit in _HUNDREDTHS and not times else digits


def shown_number(text: str, field: Field, *, times: bool) -> float:
    """A value of a rule as the editor shows it: ratios in percent."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return 0.0
    return float(number * 100 if field.unit in _HUNDREDTHS and not times else number)


def stored_number(shown: float, field: Field, *, decimals: int, times: bool) -> str:
    """What was typed as the rule keeps it: ratios as fractions, money in whole units."""
    number = Decimal(f"{shown:.{decimals}f}")
    if field.unit in _HUNDREDTHS and not times:
        number /= 100
    return f"{number.normalize():f}"


def first_condition(field: Field) -> Condition:
    """A condition on a field that the user has just chosen."""
    if field.is_text:
        return Condition(field.key, Comparison.KNOWN)
    if field.unit is Unit.DATE:
        return Condition(field.key, Comparison.KNOWN)
    return Condition(field.key, Comparison.MORE, ("0",))


def fitted(condition: Condition, comparison: Comparison, field: Field, today: str) -> Condition:
    """The condition with another comparison: as many values as that needs, the old ones kept where they fit."""
    if comparison in {Comparison.KNOWN, Comparison.UNKNOWN}:
        return Condition(condition.field, comparison)
    needed = 2 if comparison is Comparison.BETWEEN else 1
    empty = "" if field.is_text else today if field.unit is Unit.DATE else "0"
    wanted = (
        condition.wanted
        if comparison is Comparison.ONE_OF and condition.wanted
        else condition.wanted[:needed]
    )
    filled = (*wanted, *([wanted[-1] if wanted else empty] * (needed - len(wanted))))
    times = condition.times if comparison in ORDERED else ""
    return Condition(condition.field, comparison, filled, times)
