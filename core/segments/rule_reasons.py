"""Why a rule holds for a customer or not, with the customer's own values."""

from collections.abc import Iterator
from typing import Any

from core.segments.method import MethodInput, Reason
from core.segments.rule import Comparison, Condition, Group, Quantifier, Rule, fields_used
from core.segments.rule_match import Truth, judge
from core.segments.rule_text import noun_of, predicate, terms_of, value_text, wording_of

_HEADINGS = {
    Quantifier.ALL: "All of these are true",
    Quantifier.ANY: "At least one of these is true",
    Quantifier.NONE: "None of these is true",
}
_DENIED = {
    "is at least ": "less than ",
    "is no more than ": "more than ",
    "is not ": "not other than ",
    "contains ": "does not contain ",
    "is ": "not ",
}
_NOT_ASKED = {Comparison.KNOWN, Comparison.UNKNOWN}


class Explainer:
    """Explains one rule for any customer; what all customers share is worked out once."""

    def __init__(self, rule: Rule, given: MethodInput) -> None:
        """Judge every part of the rule for all customers."""
        self._terms = terms_of(given)
        self._parts = list(_parts(rule, given, 0))
        self._columns: dict[str, list[Any]] = {key: given.column(key).tolist() for key in fields_used(rule)}

    def reasons(self, row: int) -> list[Reason]:
        """Return every part in reading order, with the values of the customer in this row."""
        found = []
        for rule, truth, depth in self._parts:
            holds = truth.at(row)
            text = (
                _HEADINGS[rule.quantifier] if isinstance(rule, Group) else self._own(rule, row, holds=holds)
            )
            found.append(Reason(text, holds, depth))
        return found

    def _own(self, condition: Condition, row: int, *, holds: bool | None) -> str:
        noun, said = noun_of(condition, self._terms), predicate(condition, self._terms)
        subject = noun[:1].upper() + noun[1:]
        own = self._value(condition.field, row)
        if own is None:
            return f"{subject} is not known" + ("" if holds is not None else f" (asked: {said})")
        if condition.comparison in _NOT_ASKED:
            return f"{subject} is known: {own}"
        tail = (
            wording_of(self._terms.fields[condition.field]).tail
            if condition.field in self._terms.fields
            else ""
        )
        words = said.removesuffix(tail) + self._multiplied(condition, row)
        verb = "was" if tail else "is"
        judged = _denied(words) if holds is False else words.removeprefix("is ")
        return f"{subject} {verb} {own}{tail}, {judged}"

    def _multiplied(self, condition: Condition, row: int) -> str:
        if not condition.times:
            return ""
        other = self._value(condition.times, row)
        return f" of {other}" if other else ", which is not known"

    def _value(self, key: str, row: int) -> str | None:
        field = self._terms.fields.get(key)
        if field is None:
            return None  # an attribute that nobody has at present
        return value_text(self._columns[key][row], field, self._terms)


def _parts(rule: Rule, given: MethodInput, depth: int) -> Iterator[tuple[Rule, Truth, int]]:
    """Yield a rule and everything in it; a whole rule of 'all' needs no heading."""
    if isinstance(rule, Condition):
        yield rule, judge(rule, given), depth
        return
    silent = depth == 0 and rule.quantifier is Quantifier.ALL
    if not silent:
        yield rule, judge(rule, given), depth
    for member in rule.members:
        yield from _parts(member, given, depth if silent else depth + 1)


def _denied(words: str) -> str:
    """Say that something does not hold: 'is at least 30 days' becomes 'less than 30 days'."""
    start = next(start for start in _DENIED if words.startswith(start))
    return _DENIED[start] + words.removeprefix(start)


def one_line(reasons: list[Reason]) -> str:
    """Return reasons as one line, as tables and files show them."""
    return "; ".join(reason.sentence for reason in reasons)
