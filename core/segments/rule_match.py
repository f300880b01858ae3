"""Which customers a rule matches, for all customers at once.

Truth has three values. A condition on an unknown value is neither true nor false, except 'is known' and
'is unknown'. All: true when every member is, false when one is false. Any: true when one is, false when every
member is false. None: true when every member is false, false when one is true. Unknown does not match.
"""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.segments.field import Field
from core.segments.method import Flags, MethodInput
from core.segments.rule import Comparison, Condition, Group, Quantifier, Rule, number_of, read_value
from core.unit import Unit

Values = npt.NDArray[Any]
_COMPARE: dict[Comparison, Callable[[Values, Values], Values]] = {
    Comparison.MORE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
    Comparison.LESS: operator.lt,
    Comparison.NO_MORE: operator.le,
    Comparison.IS: operator.eq,
    Comparison.IS_NOT: operator.ne,
}
_EXACT_UP_TO = 2**62


class Truth(NamedTuple):
    """For each customer whether it holds and whether it fails; unknown where neither."""

    true: Flags
    false: Flags

    def at(self, row: int) -> bool | None:
        """Return the truth for one customer, None where unknown."""
        return True if self.true[row] else False if self.false[row] else None


def matches(rule: Rule, given: MethodInput) -> Flags:
    """Return which customers match. Raises RuleMistake, SchemeMistake."""
    return judge(rule, given).true


def judge(rule: Rule, given: MethodInput) -> Truth:
    """Return the three-valued truth of a rule for each customer. Raises RuleMistake, SchemeMistake."""
    if isinstance(rule, Condition):
        return _judge_condition(rule, given)
    return _join(rule, [judge(member, given) for member in rule.members], len(given))


def _join(group: Group, parts: list[Truth], size: int) -> Truth:
    every, none = np.ones(size, np.bool_), np.zeros(size, np.bool_)
    if group.quantifier is Quantifier.ALL:
        true = np.logical_and.reduce([every, *(part.true for part in parts)])
        return Truth(true, np.logical_or.reduce([none, *(part.false for part in parts)]))
    one = np.logical_or.reduce([none, *(part.true for part in parts)])
    no = np.logical_and.reduce([every, *(part.false for part in parts)])
    return Truth(one, no) if group.quantifier is Quantifier.ANY else Truth(no, one)


def _judge_condition(condition: Condition, given: MethodInput) -> Truth:
    field = given.field(condition.field)
    column = given.column(condition.field)
    if field.is_text:
        holds, known = _judge_text(condition, column)
    else:
        holds, known = _judge_figure(condition, field, column, given)
    if condition.comparison is Comparison.KNOWN:
        return Truth(known, ~known)
    if condition.comparison is Comparison.UNKNOWN:
        return Truth(~known, known)
    return Truth(holds & known, ~holds & known)


# ------------------------------------------------------------------------------------------------ words


def folded(text: str) -> str:
    """Return text as it is compared: without regard to capitals and outer blanks."""
    return text.strip().casefold()


def _judge_text(condition: Condition, column: "pd.Series[Any]") -> tuple[Flags, Flags]:
    codes, uniques = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=True)
    words = [folded(str(unique)) for unique in uniques] + [""]  # the last one is for code -1
    wanted = [folded(value) for value in condition.wanted]
    judged = np.array([_word_holds(condition.comparison, word, wanted) for word in words], np.bool_)
    known = np.array([bool(word) for word in words], np.bool_)
    return judged[codes], known[codes]


def _word_holds(comparison: Comparison, word: str, wanted: list[str]) -> bool:
    if comparison is Comparison.CONTAINS:
        return wanted[0] in word
    return (word in wanted) != (comparison is Comparison.IS_NOT)


# ---------------------------------------------------------------------------------------------- figures


def figures_of(column: "pd.Series[Any]", field: Field) -> tuple[Values, Flags]:
    """Return numbers (days are counted) with zero where unknown, and where they are known."""
    known = column.notna().to_numpy(np.bool_)
    if field.unit is Unit.DATE:
        days = pd.to_datetime(column).to_numpy("datetime64[D]").astype(np.int64)
        return np.where(known, days, 0), known
    if pd.api.types.is_integer_dtype(column.dtype):
        return column.to_numpy(np.int64, na_value=0) if not known.all() else column.to_numpy(np.int64), known
    numbers = column.astype("Float64").to_numpy(np.float64, na_value=np.nan)
    known = known & ~np.isnan(numbers)
    return np.where(known, numbers, 0.0), known


def _judge_figure(
    condition: Condition, field: Field, column: "pd.Series[Any]", given: MethodInput
) -> tuple[Flags, Flags]:
    numbers, known = figures_of(column, field)
    if condition.times:
        other = given.field(condition.times)
        others, other_known = figures_of(given.column(condition.times), other)
        held = _compare_multiple(condition, numbers, others)
        return held, known & other_known
    limits = [read_value(text, field, given.exponent) for text in condition.wanted]
    return _compare_limits(condition.comparison, numbers, [_as_number(limit) for limit in limits]), known


def _as_number(limit: Decimal | str) -> Decimal:
    return Decimal(int(np.datetime64(limit, "D").astype(np.int64))) if isinstance(limit, str) else limit


def _compare_limits(comparison: Comparison, numbers: Values, limits: list[Decimal]) -> Flags:
    if comparison is Comparison.BETWEEN:
        low = _compare_one(Comparison.AT_LEAST, numbers, min(limits))
        return low & _compare_one(Comparison.NO_MORE, numbers, max(limits))
    if comparison is Comparison.ONE_OF:
        hits = [_compare_one(Comparison.IS, numbers, limit) for limit in limits]
        return np.asarray(np.logical_or.reduce(hits), np.bool_)
    if not limits:
        return np.zeros(len(numbers), np.bool_)
    return _compare_one(comparison, numbers, limits[0])


def _compare_one(comparison: Comparison, numbers: Values, limit: Decimal) -> Flags:
    if numbers.dtype.kind == "f":
        return np.asarray(_COMPARE[comparison](numbers, np.array([float(limit)])), np.bool_)
    above, below = limit.as_integer_ratio()
    return _compare_products(comparison, (numbers, below), (np.ones(1, np.int64), above))


def _compare_multiple(condition: Condition, numbers: Values, others: Values) -> Flags:
    above, below = number_of(condition.wanted[0]).as_integer_ratio()
    return _compare_products(condition.comparison, (numbers, below), (others, above))


def _compare_products(comparison: Comparison, left: tuple[Values, int], right: tuple[Values, int]) -> Flags:
    # both sides times the divisor: 1.1 × 10 is 11 exactly, as 10 × 11 against 11 × 10
    floats = "f" in {left[0].dtype.kind, right[0].dtype.kind}
    if floats:
        sides = [side[0] * np.float64(side[1]) for side in (left, right)]
    elif all(_largest(side[0]) * abs(side[1]) < _EXACT_UP_TO for side in (left, right)):
        sides = [side[0] * np.int64(side[1]) for side in (left, right)]
    else:
        sides = [side[0].astype(object) * side[1] for side in (left, right)]
    return np.asarray(_COMPARE[comparison](*sides), np.bool_)


def _largest(numbers: Values) -> int:
    return max(abs(int(numbers.max())), abs(int(numbers.min()))) if len(numbers) else 0
