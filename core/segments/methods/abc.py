"""The few customers that bring most of the revenue (A), the middle (B) and the many small ones (C)."""

import numpy as np

from core.analysis.patterns.abc_choice import AbcChoice
from core.segments.method import (
    Assignment,
    Definition,
    Method,
    MethodInput,
    Reason,
    SegmentSpec,
    accept,
)

_CLASSES = ("A", "B", "C")
_NO_REVENUE = SegmentSpec("No revenue", 7, "Customers without revenue in the period.", rank=3)


def _segments(choice: AbcChoice) -> tuple[SegmentSpec, ...]:
    a, b = choice.a_percent, choice.b_percent
    largest = f"The largest customers, who together bring the first {a}% of revenue."
    small = (
        f"The many small customers, who bring the last {100 - b}% of revenue."
        if b < 100
        else "Customers whose sales came to nothing."
    )
    return (
        SegmentSpec("A", 0, largest, rank=0),
        SegmentSpec("B", 2, f"The middle group, who bring the next {b - a}% of revenue.", rank=1),
        SegmentSpec("C", 4, small, rank=2),
    )


def _assign(given: MethodInput, definition: Definition) -> Assignment:
    del definition
    classes = [
        value if isinstance(value, str) and value in _CLASSES else ""
        for value in given.column("abc_class").tolist()
    ]
    place = {name: code for code, name in enumerate((*_CLASSES, ""))}
    codes = np.array([place[name] for name in classes], np.int64)
    described = _segments(given.abc_choice)
    segments = (*described, _NO_REVENUE) if "" in classes else described

    def why(row: int) -> list[Reason]:
        if not classes[row]:
            return [Reason("No revenue in the period", holds=True)]
        return [Reason(f"Class {classes[row]}: {segments[codes[row]].description}", holds=True)]

    return Assignment(segments, codes, why)


METHOD: Method = Method(
    key="abc",
    label="Pareto A/B/C",
    description="By running share of revenue, largest customer first.",
    assign=_assign,
    check=accept,
)
