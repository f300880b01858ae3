"""A proposal in words: what sets a group apart, how good the groups are, what the rules agree with."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from core.analysis.patterns.clusters import Cluster, apart_words, stable_words
from core.analysis.sums import Flags
from core.money import divide_half_away, to_decimal
from core.segments.method import MethodInput
from core.segments.rule_text import money_text

MOST_TRAITS = 3
TELLING = 0.5  # standard deviations from the average customer; below it a figure sets nobody apart
_WHOLE_FROM = 10  # averages from here on are said without decimals
# Figures of the group by figures of the group: averages are made from sums.
_PARTS = {
    "average_order_value": ("net_revenue", "orders"),
    "discount_share": ("discounts", "gross_sales"),
    "returns_share": ("credits", "gross_sales less discounts"),
}


def standing_out(cluster: Cluster, given: MethodInput, *, members: Flags, everybody: Flags) -> str:
    """Return what sets a group apart: '3.1 orders (all customers: 41), last order 210 days ago (40)'."""
    telling = [trait for trait in cluster.traits if abs(trait.deviation) >= TELLING][:MOST_TRAITS]
    said: list[str] = []
    for trait in telling or cluster.traits[:1]:
        own, all_ = (average_text(trait.metric, given, rows) for rows in (members, everybody))
        if own and all_:
            lead = "" if said else "all customers: "
            said.append(f"{_PHRASES[trait.metric].format(own)} ({lead}{all_.split(' day')[0]})")
    text = ", ".join(said)
    return f"{text[:1].upper()}{text[1:]}"


_PHRASES = {
    "recency_days": "last order {} ago",
    "orders": "{} orders",
    "average_order_value": "{} an order",
    "tenure_days": "customers for {}",
    "discount_share": "{} discounts",
    "returns_share": "{} returns",
}


def average_text(key: str, given: MethodInput, rows: Flags) -> str:
    """Return the average of a figure over some customers, from sums; '' where there is none."""
    if key in _PARTS:
        above, below = (_sum(part, given, rows) for part in _PARTS[key])
        if below == 0:
            return ""
        if key == "average_order_value":
            return _money(divide_half_away(above, below), given)
        return f"{_short(Decimal(above) * 100 / Decimal(below))}%"
    known = given.column(key)[rows].dropna()
    if not len(known):
        return ""
    mean = _short(Decimal(int(known.sum())) / len(known))
    if not key.endswith("_days"):
        return mean
    return f"{mean} day" if mean == "1" else f"{mean} days"


def _sum(part: str, given: MethodInput, rows: Flags) -> int:
    return sum(
        sign * int(_column(name, given)[rows].sum())
        for sign, name in zip((1, -1), part.split(" less "), strict=False)
    )


def _column(name: str, given: MethodInput) -> "np.ndarray[tuple[int], np.dtype[Any]]":
    return given.column(name).fillna(0).to_numpy(dtype=np.int64)


def _short(number: Decimal) -> str:
    """Return an average: 3.1, and 41 from ten on."""
    step = Decimal(1) if abs(number) >= _WHOLE_FROM else Decimal("0.1")
    rounded = number.quantize(step, rounding=ROUND_HALF_UP)
    if step != 1 and rounded == rounded.to_integral_value():
        rounded = rounded.quantize(Decimal(1))
    return f"{rounded:,f}"


def _money(minor: int, given: MethodInput) -> str:
    amount = to_decimal(minor, given.exponent)
    if abs(amount) >= _WHOLE_FROM:
        amount = amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return money_text(amount, given.currency)


def agreement_sentence(agreeing: int, customers: int) -> str:
    """Return how many customers the rules put where they were found."""
    if agreeing == customers:
        return f"The rules put all {customers:,} customers into the group that was found."
    return f"The rules put {agreeing:,} of {customers:,} customers into the group that was found."


def apart_line(silhouette: float, stability: float) -> str:
    """Return how well the groups stand apart, and whether they are found again."""
    return f"{apart_words(silhouette)} {stable_words(stability)}"
