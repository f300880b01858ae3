"""The eleven groups of recency, frequency and monetary scores."""

from collections.abc import Iterable

import numpy as np

from core.analysis.patterns.rfm_names import OUTSIDE
from core.analysis.patterns.rfm_table import SEGMENTS
from core.segments.method import (
    Assignment,
    Definition,
    Method,
    MethodInput,
    Reason,
    SegmentSpec,
    accept,
)

NO_ORDERS = SegmentSpec(OUTSIDE[0], 7, "Bought before, but have no order in the period.", rank=len(SEGMENTS))
_DESCRIPTIONS = dict(
    zip(
        SEGMENTS,
        (
            "Bought very lately, buy often and spend the most.",
            "Buy often and spend well.",
            "Bought lately and spend a fair amount; can become loyal.",
            "Bought very lately and hardly ever before.",
            "Bought lately, still seldom and little.",
            "Middling in all three scores; the last order is a while ago.",
            "Below the middle; lost soon if nothing is done.",
            "Used to buy often or spend well, but not lately.",
            "Were among the best customers and have not come back for long.",
            "Last order long ago, few and small orders.",
            "The lowest scores of all.",
        ),
        strict=True,
    )
)
_COLOURS = (0, 1, 2, 3, 3, 4, 4, 6, 6, 7, 7)
_OWN_COLOURS = (5, 0, 1, 2)  # the one that none of the eleven has, then those that only one has


def _assign(given: MethodInput, definition: Definition) -> Assignment:
    del definition
    column = given.column("rfm_segment")
    names = [name if known else "" for name, known in zip(column.tolist(), column.notna(), strict=True)]
    segments = segment_specs({str(name) for name in names if name})
    if "" in names:
        segments = (*segments, NO_ORDERS)
    place = {segment.name: code for code, segment in enumerate(segments)}
    codes = np.array([place[str(name or NO_ORDERS.name)] for name in names], np.int64)
    scores = [given.column(key).tolist() for key in ("r", "f", "m")]

    def why(row: int) -> list[Reason]:
        if segments[codes[row]] is NO_ORDERS:
            return [Reason("No order in the period", holds=True)]
        r, f, m = (column[row] for column in scores)
        return [Reason(f"Recency scores {r}, frequency {f}, monetary value {m} of 5", holds=True)]

    return Assignment(segments, codes, why)


def segment_specs(found: Iterable[str]) -> tuple[SegmentSpec, ...]:
    """Return the eleven names in their order, then any other name of an edited table."""
    names = [*_DESCRIPTIONS, *sorted(set(found) - set(_DESCRIPTIONS))]
    return tuple(
        SegmentSpec(
            name,
            _COLOURS[rank] if rank < len(_COLOURS) else _OWN_COLOURS[(rank - len(_COLOURS)) % 4],
            _DESCRIPTIONS.get(name, ""),
            rank=rank,
        )
        for rank, name in enumerate(names)
    )


METHOD: Method = Method(
    key="rfm",
    label="RFM",
    description="Recency, frequency and monetary scores in eleven named groups.",
    assign=_assign,
    check=accept,
)
