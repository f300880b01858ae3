"""The eleven groups of recency, frequency and monetary scores."""

import numpy as np

from core.segments.method import (
    PALETTE_SIZE,
    Assignment,
    Definition,
    Method,
    MethodInput,
    Reason,
    SegmentSpec,
    accept,
)

NO_ORDERS = SegmentSpec("No orders", 7, "Customers without an order that counts for the scores.", rank=11)
_DESCRIPTIONS = {
    "Champions": "Bought very lately, buy often and spend the most.",
    "Loyal Customers": "Buy often and spend well.",
    "Potential Loyalist": "Bought lately, more than once, and spend a fair amount.",
    "New Customers": "Bought very lately, for the first times.",
    "Promising": "Bought lately, still small.",
    "Need Attention": "Middling in all three scores; the last order is a while ago.",
    "About To Sleep": "Below the middle; will be lost if nothing is done.",
    "At Risk": "Used to buy often and spend well, but a long time ago.",
    "Can't Lose Them": "Were among the best customers and have not come back for long.",
    "Hibernating": "Last order long ago, few and small orders.",
    "Lost": "The lowest scores of all.",
}
_COLOURS = (0, 1, 2, 3, 3, 4, 4, 6, 6, 7, 7)


def _assign(given: MethodInput, definition: Definition) -> Assignment:
    del definition
    column = given.column("rfm_segment")
    names = [name if known else "" for name, known in zip(column.tolist(), column.notna(), strict=True)]
    segments = _segments({str(name) for name in names if name and name != NO_ORDERS.name})
    if any(name in {"", NO_ORDERS.name} for name in names):
        segments = (*segments, NO_ORDERS)
    place = {segment.name: code for code, segment in enumerate(segments)}
    codes = np.array([place[str(name or NO_ORDERS.name)] for name in names], np.int64)
    scores = [given.column(key).tolist() for key in ("r", "f", "m")]

    def why(row: int) -> list[Reason]:
        if segments[codes[row]] is NO_ORDERS:
            return [Reason("No order that counts for the scores", holds=True)]
        r, f, m = (column[row] for column in scores)
        return [Reason(f"Recency scores {r}, frequency {f}, monetary value {m} of 5", holds=True)]

    return Assignment(segments, codes, why)


def _segments(found: set[str]) -> tuple[SegmentSpec, ...]:
    """Return the eleven names in their order, then any other name of an edited table."""
    names = [*_DESCRIPTIONS, *sorted(found - set(_DESCRIPTIONS))]
    return tuple(
        SegmentSpec(
            name,
            _COLOURS[rank] if rank < len(_COLOURS) else rank % PALETTE_SIZE,
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
