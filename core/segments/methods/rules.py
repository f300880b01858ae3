"""Ordered segments with a rule each: the first that matches wins, the last takes everyone else."""

import numpy as np

from core.segments.field import Fields
from core.segments.method import Assignment, Definition, Method, MethodInput, Reason, SchemeMistake
from core.segments.rule import RuleMistake, check
from core.segments.rule_match import matches
from core.segments.rule_reasons import Explainer


def _assign(given: MethodInput, definition: Definition) -> Assignment:
    last = len(definition.segments) - 1
    codes = np.full(len(given), last, np.int64)
    free = np.ones(len(given), np.bool_)
    for code, segment in enumerate(definition.segments[:last]):
        if segment.rule is not None:
            taken = free & matches(segment.rule, given)
            codes[taken] = code
            free &= ~taken
    return Assignment(definition.segments, codes, _Why(given, definition, codes))


class _Why:
    """Explains by the rule that matched; each rule is prepared when a customer of its segment asks first."""

    def __init__(
        self, given: MethodInput, definition: Definition, codes: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    ) -> None:
        self._given, self._definition, self._codes = given, definition, codes
        self._explainers: dict[int, Explainer] = {}

    def __call__(self, row: int) -> list[Reason]:
        code = int(self._codes[row])
        rule = self._definition.segments[code].rule
        if rule is None or code == len(self._definition.segments) - 1:
            return [Reason("None of the rules before matches", holds=True)]
        if code not in self._explainers:
            self._explainers[code] = Explainer(rule, self._given)
        return self._explainers[code].reasons(row)


def _check(definition: Definition, fields: Fields, exponent: int) -> None:
    segments = definition.segments
    if not segments:
        raise SchemeMistake("A scheme needs at least one segment.")
    if segments[-1].rule is not None:
        raise SchemeMistake(
            f"The last segment takes everyone else; remove the rule of '{segments[-1].name}'."
        )
    for segment in segments[:-1]:
        if segment.rule is None:
            raise RuleMistake(f"'{segment.name}' has no rule; add a condition or move it to the end.")
        check(segment.rule, fields, exponent=exponent, place=f"the rule of '{segment.name}'")


METHOD: Method = Method(
    key="rules",
    label="Rules",
    description="Ordered rules over figures and attributes; the first match wins.",
    assign=_assign,
    check=_check,
)
