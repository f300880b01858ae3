"""The few customers that bring most of the revenue (A), the middle (B) and the many small ones (C)."""

import numpy as np

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
_SEGMENTS = (
    SegmentSpec("A", 0, "The largest customers, who together bring the first 80% of revenue.", rank=0),
    SegmentSpec("B", 2, "The middle group, who bring the next 15% of revenue.", rank=1),
    SegmentSpec("C", 4, "The many small customers, who bring the last 5% of revenue.", rank=2),
)
_NO_REVENUE = SegmentSpec("No revenue", 7, "Customers without revenue in the period.", rank=3)


def _assign(given: MethodInput, definition: Definition) -> Assignment:
    del definition
    classes = [
        value if isinstance(value, str) and value in _CLASSES else ""
        for value in given.column("abc_class").tolist()
    ]
    place = {name: code for code, name in enumerate((*_CLASSES, ""))}
    codes = np.array([place[name] for name in classes], np.int64)
    segments = (*_SEGMENTS, _NO_REVENUE) if "" in classes else _SEGMENTS

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
