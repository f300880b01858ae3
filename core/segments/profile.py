"""A segment described: who they are, what they buy, when, where, and what they are worth."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from core.analysis.facts import ORDER_KINDS, Facts
from core.segments.method import Flags, as_text
from core.segments.totals import SegmentTotal, total_of

MOST_ITEMS = 10
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WHERE = ("region", "city", "country")
_SALES = [str(kind) for kind in ORDER_KINDS]


@dataclass(frozen=True)
class Portion:
    """How many of the members have a value; `of` are those for whom anything is recorded."""

    value: str
    count: int
    of: int


@dataclass(frozen=True)
class FavouriteItem:
    """An item and what the segment bought of it in the period, in minor units, and by how many members."""

    name: str
    net: int
    customers: int


@dataclass(frozen=True)
class MonthOfSales:
    """Net revenue of the segment in a month, in minor units, and its sales documents."""

    month: date
    net: int
    sales: int


@dataclass(frozen=True)
class Profile:
    """Everything that a profile page shows about one segment."""

    total: SegmentTotal
    book: SegmentTotal  # the same figures for all customers, to compare with
    who: dict[str, tuple[Portion, ...]]  # by attribute
    where: dict[str, tuple[Portion, ...]]  # by column of the customer list
    what: tuple[FavouriteItem, ...]
    months: tuple[MonthOfSales, ...]
    weekdays: tuple[Portion, ...]  # sales documents by day of the week
    median_days_between_orders: float | None  # of the members' own medians
    median_recency_days: float | None


def profile_of(rows: Flags, facts: Facts, metrics: pd.DataFrame) -> Profile:
    """Describe the customers in these rows of the facts, for the period of the facts."""
    documents = _documents(rows, facts)
    lines = facts.lines[facts.lines["document"].isin(documents.index)]
    return Profile(
        total=total_of(rows, metrics),
        book=total_of(np.ones(len(rows), np.bool_), metrics),
        who={str(name): _portions(facts.attributes[name][rows]) for name in facts.attributes},
        where={name: _portions(facts.customers[name][rows]) for name in _WHERE if name in facts.customers},
        what=_items(facts, documents, lines),
        months=_months(facts, documents, lines),
        weekdays=_weekdays(documents),
        median_days_between_orders=_median(metrics, "median_interpurchase_days", rows),
        median_recency_days=_median(metrics, "recency_days", rows),
    )


def _documents(rows: Flags, facts: Facts) -> pd.DataFrame:
    documents = facts.documents.reset_index(drop=True)
    customers = documents["customer"].to_numpy(np.int64)
    theirs = np.where(customers >= 0, rows[customers], False)  # -1 is nobody
    start, end = (np.datetime64(day, "D") for day in (facts.period.start, facts.period.end))
    days = documents["day"].to_numpy("datetime64[D]")
    return documents[theirs & (days >= start) & (days <= end)]


def _portions(values: Iterable[object]) -> tuple[Portion, ...]:
    counts = Counter(filter(None, map(as_text, values)))
    ordered = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    return tuple(Portion(value, count, counts.total()) for value, count in ordered)


def _items(facts: Facts, documents: pd.DataFrame, lines: pd.DataFrame) -> tuple[FavouriteItem, ...]:
    sold = lines[lines["item"].to_numpy() >= 0]
    buyers = documents["customer"].loc[sold["document"]].to_numpy()
    grouped = (
        sold.assign(buyer=buyers).groupby("item").agg(net=("net", "sum"), customers=("buyer", "nunique"))
    )
    names = facts.items["name"].iloc[grouped.index].tolist()
    rows = zip(names, grouped["net"].tolist(), grouped["customers"].tolist(), strict=True)
    favourites = sorted((FavouriteItem(*row) for row in rows), key=lambda item: (-item.net, item.name))
    return tuple(favourites[:MOST_ITEMS])


def _months(facts: Facts, documents: pd.DataFrame, lines: pd.DataFrame) -> tuple[MonthOfSales, ...]:
    if documents.empty:
        return ()
    month = documents["day"].to_numpy("datetime64[M]")
    net = lines.groupby("document")["net"].sum().reindex(documents.index, fill_value=0)
    sales = documents["kind"].isin(_SALES)
    table = pd.DataFrame({"month": month.astype("datetime64[s]"), "net": net, "sales": sales.astype("int64")})
    summed = table.groupby("month").sum()
    first, last = (np.datetime64(day, "M") for day in _span(facts, documents))
    every = np.arange(first, last + 1).astype("datetime64[s]")
    filled = summed.reindex(pd.DatetimeIndex(every), fill_value=0)
    rows = zip(filled.index, filled["net"].tolist(), filled["sales"].tolist(), strict=True)
    return tuple(MonthOfSales(stamp.date(), net, sales) for stamp, net, sales in rows)


def _span(facts: Facts, documents: pd.DataFrame) -> tuple[date, date]:
    if facts.period.is_everything:
        return documents["day"].min().date(), documents["day"].max().date()
    return facts.period.start, min(facts.period.end, facts.as_of)


def _weekdays(documents: pd.DataFrame) -> tuple[Portion, ...]:
    sales = documents["day"][documents["kind"].isin(_SALES)]
    counts = Counter(sales.dt.day_of_week.tolist())
    return tuple(Portion(name, counts[day], len(sales)) for day, name in enumerate(_WEEKDAYS))


def _median(metrics: pd.DataFrame, key: str, rows: Flags) -> float | None:
    known = metrics[key][rows].dropna() if key in metrics else pd.Series(dtype="Float64")
    return float(known.median()) if len(known) else None
