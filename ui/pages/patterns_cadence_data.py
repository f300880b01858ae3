"""Who orders how regularly, and when the next orders are due: rows and the words that explain them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.patterns.cadence import (
    FEWEST_FOR_NEXT,
    FEWEST_FOR_RHYTHM,
    FEWEST_FOR_TREND,
    Group,
    Lateness,
    Rhythm,
    by_lateness,
    by_rhythm,
    cadence,
)
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.profit_ladder import profit_ladder
from core.analysis.sums import Flags, Ints
from reports.numbers import Numbers
from ui.loading import Loaded
from ui.models.column import date_text
from ui.pages.patterns_concentration_data import percent
from ui.pages.patterns_data import Part

if TYPE_CHECKING:
    from core.progress import Progress

STEADY = 0.1  # a mean gap that changes by less is no trend
RHYTHM_WORDS: dict[Rhythm | Lateness | None, tuple[str, str]] = {
    Rhythm.REGULAR: (
        "Regular",
        "The middle half of the gaps between orders spans no more than the usual gap.",
    ),
    Rhythm.IRREGULAR: (
        "Irregular",
        "The middle half of the gaps between orders spans more than the usual gap.",
    ),
    None: ("Too few orders", f"Fewer than {FEWEST_FOR_RHYTHM} order days."),
}
LATENESS_WORDS: dict[Rhythm | Lateness | None, tuple[str, str]] = {
    Lateness.NOT_DUE: ("Not due yet", "The days in which the next order is expected have not begun."),
    Lateness.DUE: ("Due now", "Today is among the days in which the next order is expected."),
    Lateness.LATE: ("Late", "The days in which the next order was expected are over."),
    Lateness.LONG_OVERDUE: ("Long overdue", "Late, and twice the usual gap or more since the last order."),
    None: ("None expected", f"Fewer than {FEWEST_FOR_NEXT} order days: too few to expect a next one."),
}
LATE = (Lateness.LATE, Lateness.LONG_OVERDUE)
STATES = {
    Lateness.NOT_DUE: "good",
    Lateness.DUE: "info",
    Lateness.LATE: "review",
    Lateness.LONG_OVERDUE: "failed",
}


@dataclass(frozen=True, eq=False)
class Rhythms:
    """Everybody who ever ordered, divided twice, and the next orders that are expected."""

    rhythm: tuple[Group, ...]
    lateness: tuple[Group, ...]
    rows: Ints  # customers of the table, the most revenue that is late first
    table: dict[str, list[Any]]


def rhythms_of(loaded: Loaded, progress: "Progress") -> Rhythms | NotEnough:
    """Measure how regularly customers order."""
    facts = loaded.figures.facts
    progress.step("Measuring how regularly customers order")
    rhythm, lateness = by_rhythm(facts), by_lateness(facts)
    if not any(len(group.customers) for group in rhythm):
        return NotEnough(0, 1, "customers with an order")
    rows = next_order_rows(facts)
    return Rhythms(rhythm, lateness, rows, next_orders(facts, rows))


CADENCE = Part("cadence", "Measuring how regularly customers order", rhythms_of)


def next_order_rows(facts: Facts) -> Ints:
    """Customers of whom a next order is expected: the late ones by revenue, then the others by the expected day."""
    frame = cadence(facts).customers
    known: Flags = frame["next_expected"].notna().to_numpy(dtype=np.bool_)
    rows = np.flatnonzero(known)
    state = frame["state"].fillna("").to_numpy()[rows]
    late = (state == Lateness.LATE) | (state == Lateness.LONG_OVERDUE)
    revenue: Ints = profit_ladder(facts).by_customer["net_revenue"].to_numpy()[rows]
    expected = frame["next_expected"].to_numpy()[rows].astype("datetime64[D]").astype(np.int64)
    return rows[np.lexsort((expected, np.where(late, -revenue, 0), ~late))]


def next_orders(facts: Facts, rows: Ints) -> dict[str, list[Any]]:
    """The columns of the table."""
    frame = cadence(facts).customers.iloc[rows]
    first_days, last_days = _dates(frame["next_earliest"]), _dates(frame["next_latest"])
    state = [Lateness(word) for word in frame["state"]]
    over = (frame["recency_days"] - frame["median_gap"]).tolist()
    return {
        "customer": facts.customers["name"].iloc[rows].tolist(),
        "gap": [half_up(days) for days in frame["median_gap"].tolist()],
        "spread": [
            f"{half_up(low)}–{half_up(high)} d"
            for low, high in zip(frame["lower_gap"].tolist(), frame["upper_gap"].tolist(), strict=True)
        ],
        "trend": [trend_text(change) for change in frame["gap_trend"].tolist()],
        "expected": _dates(frame["next_expected"]),
        "band": [band_text(a, b) for a, b in zip(first_days, last_days, strict=True)],
        "state": [(STATES[kind], LATENESS_WORDS[kind][0]) for kind in state],
        "over": [half_up(days) if kind in LATE else None for days, kind in zip(over, state, strict=True)],
        "revenue": profit_ladder(facts).by_customer["net_revenue"].to_numpy()[rows].tolist(),
    }


def next_order_words(facts: Facts, row: int) -> str:
    """How the next order of a customer is worked out."""
    one = cadence(facts).customers.iloc[row]
    usual, low, high = (f"{one[name]:g}" for name in ("median_gap", "lower_gap", "upper_gap"))
    earliest, latest, expected = (
        date_text(one[name].date()) for name in ("next_earliest", "next_latest", "next_expected")
    )
    days, ago = int(one["orders"]), int(one["recency_days"])
    state = Lateness(one["state"])
    last = date_text(facts.as_of - timedelta(days=ago))
    times = f"{one['lateness']:.1f} times the usual gap"
    since = f"Last order {last}, {ago:,} days before {date_text(facts.as_of)}, {times}"
    over = f": {half_up(ago - one['median_gap']):,} days over it" if state in LATE else ""
    lines = (
        f"{days:,} order days. Usual gap: the median of the days between them, {usual} days.",
        f"The middle half of the gaps is from {low} to {high} days.",
        f"{since}{over}.",
        f"Next: last order + usual gap, {expected}; with the middle half of the gaps {earliest} to {latest}.",
        f"{LATENESS_WORDS[state][0]}: {LATENESS_WORDS[state][1]}",
        trend_words(one["gap_trend"]),
    )
    return "\n".join(lines)


def trend_text(change: object) -> str:
    """How the gaps change: arrow and percent."""
    if change is None or pd.isna(change):  # type: ignore[call-overload]
        return ""
    assert isinstance(change, float)
    if abs(change) < STEADY:
        return "steady"
    return f"▲ {change:,.0%} longer" if change > 0 else f"▼ {-change:.0%} shorter"


def trend_words(change: object) -> str:
    """The trend in a sentence."""
    if change is None or pd.isna(change):  # type: ignore[call-overload]
        return f"Gap trend: from {FEWEST_FOR_TREND} order days on."
    return f"Gap trend: mean gap of the later half of the orders against the earlier half, {change:+.0%}."


def half_up(days: float) -> int:
    """Whole days, half a day up."""
    return int(days + 0.5)


def band_text(first: date, last: date) -> str:
    """From one day to another, without the year."""
    begin, end = (date_text(day).rsplit(" ", 1)[0] for day in (first, last))
    if first == last:
        return end
    return f"{first.day}–{end}" if first.replace(day=1) == last.replace(day=1) else f"{begin} – {end}"


def rhythm_sentence(found: Rhythms, numbers: Numbers) -> str:
    """How many are late, and how much revenue hangs on them."""
    late = [group for group in found.lateness if group.kind in LATE]
    count = sum(len(group.customers) for group in late)
    every = sum(len(group.customers) for group in found.lateness)
    if not count:
        return "Nobody is late by their own rhythm."
    revenue, total = sum(group.revenue.numerator for group in late), late[0].revenue.denominator
    share = f", {percent(revenue / total, numbers)} of revenue" if total > 0 <= revenue else ""
    return f"{count:,} of {every:,} {'is' if count == 1 else 'are'} late by their own rhythm{share}."


def _dates(column: "pd.Series[Any]") -> list[date]:
    return [moment.date() for moment in column]
