"""The schemes that a new book starts with; the bookkeeper may change each of them."""

from core.segments.method import Definition, SegmentSpec
from core.segments.rule import Comparison, Condition, all_of
from core.segments.scheme import Scheme

NEW_DAYS = "90"
DORMANT_DAYS = "150"
SILENT_DAYS = "30"
_RECENCY, _TENURE, _GAP = "recency_days", "tenure_days", "median_interpurchase_days"
_MORE, _AT_LEAST, _LESS, _NO_MORE = Comparison.MORE, Comparison.AT_LEAST, Comparison.LESS, Comparison.NO_MORE

# In the order in which they are asked; palette and rank follow the design's order from best to lost.
_BEHAVIOUR = (
    SegmentSpec(
        "New",
        3,
        "First order within the last 90 days.",
        all_of(Condition(_TENURE, _NO_MORE, (NEW_DAYS,))),
        rank=3,
    ),
    SegmentSpec(
        "Dormant",
        7,
        "No order for more than 150 days.",
        all_of(Condition(_RECENCY, _MORE, (DORMANT_DAYS,))),
        rank=7,
    ),
    SegmentSpec(
        "At risk",
        6,
        "Silent for more than twice their own usual gap, and for 30 to 150 days.",
        all_of(
            Condition(_RECENCY, _MORE, ("2.0",), times=_GAP),
            Condition(_RECENCY, _AT_LEAST, (SILENT_DAYS,)),
            Condition(_RECENCY, _NO_MORE, (DORMANT_DAYS,)),
            Condition(_TENURE, _MORE, (NEW_DAYS,)),
        ),
        rank=6,
    ),
    SegmentSpec(
        "Costly to serve",
        5,
        "Order regularly, but serving them costs more than they bring.",
        all_of(Condition("contribution", _LESS, ("0",)), Condition("orders", _AT_LEAST, ("3",))),
        rank=5,
    ),
    SegmentSpec(
        "Champions",
        0,
        "Bought lately, buy often and spend the most.",
        all_of(*(Condition(score, _AT_LEAST, ("4",)) for score in ("r", "f", "m"))),
        rank=0,
    ),
    SegmentSpec(
        "Rising",
        2,
        "Bought at least a fifth more in the last three months than in the three before.",
        all_of(Condition("trend", _AT_LEAST, ("0.20",))),
        rank=2,
    ),
    SegmentSpec(
        "Loyal core",
        1,
        "Come back often and have bought lately.",
        all_of(Condition("f", _AT_LEAST, ("3",)), Condition("r", _AT_LEAST, ("3",))),
        rank=1,
    ),
    SegmentSpec("Occasional", 4, "Everyone else: buy now and then, without a clear pattern.", rank=4),
)

READY_MADE = (
    Scheme("behaviour", "Behaviour and profit", "rules", Definition(_BEHAVIOUR), position=0),
    Scheme("rfm", "RFM", "rfm", position=1),
    Scheme("abc", "Pareto A/B/C", "abc", position=2),
    Scheme("profit_tier", "Profit tier", "profit_tier", position=3),
    Scheme("area", "Area", "geography", position=4),
    Scheme("customer_type", "Customer type", "attribute", position=5),
)
