"""Plain rules for groups that were found: the leaves of a small decision tree over the customers' figures."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.patterns.clusters import FEWEST_IN_A_CLUSTER, LEAST_PART
from core.analysis.patterns.decision_tree import Span, grow, leaves
from core.analysis.sums import Flags, Ints
from core.money import plain
from core.segments.field import Field
from core.segments.method import MethodInput
from core.segments.rule import Comparison, Condition, Group, Rule, all_of, any_of
from core.unit import Unit

DEPTH = 3
MOST_UNKNOWN = 20  # a figure that is unknown for more than one customer in twenty is not asked about
RATIO_STEPS = 10_000  # a hundredth of a per cent: as fine as a rule says it


Box = tuple[Span, ...]  # a part of all possible figures, as the questions of a tree cut it out


def rules_for(
    given: MethodInput, labels: Ints, inside: Flags, keys: Sequence[str]
) -> list[tuple[int, Group | None]]:
    """Return a rule for each group that a tree finds again, in the order of asking; the last takes everyone else.

    `labels` are the groups 0, 1, 2 ... (0 the best) of the customers `inside`; `keys` are the figures that may be
    asked about.
    """
    asked = [key for key in keys if _is_known_enough(given.column(key)[inside])]
    fields, columns = [given.field(key) for key in asked], [given.column(key) for key in asked]
    known = inside & np.logical_and.reduce([column.notna().to_numpy(np.bool_) for column in columns])
    steps = [steps_of(column[known], field) for field, column in zip(fields, columns, strict=True)]
    figures = np.stack(steps, axis=1)
    tree = grow(figures, labels[known[inside]], depth=DEPTH, least=least_in_a_leaf(len(figures)))
    boxes: dict[int, list[Box]] = {}
    sizes: dict[int, int] = {}
    for leaf, box in leaves(tree):
        boxes.setdefault(leaf.label, []).append(box)
        sizes[leaf.label] = sizes.get(leaf.label, 0) + leaf.customers
    order = in_order_of_asking(boxes, sizes)
    rules = [(label, _rule(shorter(label, order, boxes), fields, given.exponent)) for label in order[:-1]]
    return [*rules, (order[-1], None)]


def in_order_of_asking(boxes: Mapping[int, Sequence[Box]], sizes: Mapping[int, int]) -> list[int]:
    """Short rules first, so that long ones need not repeat them; the largest group is everyone else.

    The best group is never everyone else: it gets a rule that says what makes it good.
    """
    best = min(boxes)
    last = max(
        (label for label in boxes if label != best or len(boxes) == 1), key=lambda one: (sizes[one], -one)
    )
    asked = sorted(boxes, key=lambda one: (sum(_bounds(box) for box in boxes[one]), one))
    return [*(label for label in asked if label != last), last]


def shorter(label: int, order: Sequence[int], boxes: Mapping[int, Sequence[Box]]) -> list[Box]:
    """Return a group's boxes without the conditions that the rules asked before have settled.

    A condition goes only where the wider box holds nobody, whatever the figures, who belongs to a group asked later.
    """
    later = order[order.index(label) + 1 :]
    foes = [box for one in later for box in boxes[one]]
    wider = [_widened(box, foes) for box in boxes[label]]
    kept: list[Box] = []
    for place, box in enumerate(wider):
        others = kept + wider[place + 1 :]
        if not any(_holds(other, box) for other in others):
            kept.append(box)
    return kept


def _widened(box: Box, foes: Sequence[Box]) -> Box:
    for span in reversed(box):
        for high in (True, False):
            wider = tuple(_without(one, high=high) if one.column == span.column else one for one in box)
            if not any(_meet(wider, foe) for foe in foes):
                box = wider
    return tuple(span for span in box if span.low is not None or span.high is not None)


def _without(span: Span, *, high: bool) -> Span:
    return Span(span.column, span.low, None) if high else Span(span.column, None, span.high)


def _bounds(box: Box) -> int:
    return sum((span.low is not None) + (span.high is not None) for span in box)


def _meet(one: Box, other: Box) -> bool:
    """Whether a customer could be in both."""
    others = {span.column: span for span in other}
    return all(_overlap(span, others[span.column]) for span in one if span.column in others)


def _overlap(one: Span, other: Span) -> bool:
    low = max((span.low for span in (one, other) if span.low is not None), default=None)
    high = min((span.high for span in (one, other) if span.high is not None), default=None)
    return low is None or high is None or low < high


def _holds(outer: Box, inner: Box) -> bool:
    """Whether everybody in the inner box is in the outer one."""
    inside = {span.column: span for span in inner}
    for span in outer:
        own = inside.get(span.column, Span(span.column, None, None))
        if span.low is not None and (own.low is None or own.low < span.low):
            return False
        if span.high is not None and (own.high is None or own.high > span.high):
            return False
    return True


def least_in_a_leaf(customers: int) -> int:
    """Five customers, or one in a hundred where those are more."""
    return max(FEWEST_IN_A_CLUSTER, -(-customers // LEAST_PART))


def _is_known_enough(column: "pd.Series[Any]") -> bool:
    return int(column.isna().sum()) * MOST_UNKNOWN <= len(column)


def steps_of(column: "pd.Series[Any]", field: Field) -> Ints:
    """Return known figures as whole numbers: days, orders, minor units, hundredths of a per cent (rounded down).

    A rule about a threshold on these steps divides the customers exactly as the whole numbers do.
    """
    if field.unit is not Unit.RATIO:
        whole: Ints = column.to_numpy(dtype=np.int64)
        return whole
    values = column.to_numpy(dtype=np.float64)
    steps = np.floor(values * RATIO_STEPS)
    steps += (
        steps + 1
    ) / RATIO_STEPS <= values  # the product may be rounded, the quotient is what rules compare
    steps -= steps / RATIO_STEPS > values
    rounded: Ints = steps.astype(np.int64)
    return rounded


def _rule(paths: Sequence[Box], fields: Sequence[Field], exponent: int) -> Group:
    """All conditions of the only leaf, or any of several leaves."""
    parts = [_conditions(spans, fields, exponent) for spans in paths]
    if len(parts) == 1:
        return all_of(*parts[0])
    return any_of(*(part[0] if len(part) == 1 else all_of(*part) for part in parts))


def _conditions(spans: Box, fields: Sequence[Field], exponent: int) -> list[Rule]:
    found: list[Rule] = []
    for span in spans:
        field = fields[span.column]
        for comparison, limit in ((Comparison.AT_LEAST, span.low), (Comparison.LESS, span.high)):
            if limit is not None:
                found.append(Condition(field.key, comparison, (_written(limit, field, exponent),)))
    return found


def _written(steps: int, field: Field, exponent: int) -> str:
    if field.unit is Unit.MONEY:
        return plain(steps, exponent)
    if field.unit is Unit.RATIO:
        return f"{Decimal(steps) / RATIO_STEPS:f}"
    return str(steps)
