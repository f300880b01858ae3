"""The season: how far months and weekdays stand above or below the average, from 24 full months on."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from core.analysis.facts import SALES_KINDS, Facts, is_kind, span
from core.analysis.orders import day_number
from core.analysis.patterns.full_months import full_months
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.sums import Flags, Ints, sums
from core.period import Period

FEWEST_MONTHS = 24
YEAR = 12
METHOD = (
    "All sales count, also those that name no customer. Each month's net revenue by the average month of the twelve "
    "around it (centred moving average, half weight for the two outer months); the mean of these ratios of a "
    "calendar month, scaled so that all twelve average 1."
)
WEEKDAY_METHOD = (
    "Net revenue of an average such weekday by that of an average day, over whole years; the range is that of "
    "the single years."
)


@dataclass(frozen=True)
class Index:
    """How a calendar month (1 to 12) or weekday (1 Monday to 7) compares with the average, which is 1.

    `lowest` and `highest` are the range of the single years; None where nothing was sold to compare with.
    """

    number: int
    index: float | None
    lowest: float | None
    highest: float | None
    years: int  # how many ratios stand behind it


@dataclass(frozen=True)
class CalendarMonth:
    """What the calendar alone gives a month."""

    month: Period
    days: int
    weekdays: int  # Monday to Friday
    trading_days: int  # days of the weekdays on which the business usually sells
    days_with_sales: int
    net_revenue: int  # minor units


@dataclass(frozen=True)
class Seasonality:
    """Index by month and by weekday; `adjusted` is by month for revenue per trading day."""

    months: tuple[Index, ...]
    adjusted: tuple[Index, ...]
    weekdays: tuple[Index, ...]
    calendar: tuple[CalendarMonth, ...]
    trading_weekdays: tuple[int, ...]  # 1 Monday to 7: sold on at least every second one
    used: Period  # the full months that were looked at
    weekday_years: int
    note: str  # what was left out, and what the calendar explains


def seasonality(facts: Facts) -> Seasonality | NotEnough:
    """Work out the season of the whole book's net revenue, over all full months up to the as-of date."""
    full = full_months(facts)
    if len(full.months) < FEWEST_MONTHS:
        return NotEnough(len(full.months), FEWEST_MONTHS, "full months")
    used = Period(full.months[0].start, full.months[-1].end)
    daily, sold = _daily(facts, used)
    trading = _trading_weekdays(sold, used)
    calendar = tuple(_calendar_month(month, used, daily, sold, trading) for month in full.months)
    revenue = [Fraction(month.net_revenue) for month in calendar]
    by_day = [amount / max(1, month.trading_days) for amount, month in zip(revenue, calendar, strict=True)]
    first = full.months[0].start.month
    months, adjusted = month_indices(revenue, first), month_indices(by_day, first)
    years = len(calendar) // YEAR
    return Seasonality(
        months=months,
        adjusted=adjusted,
        weekdays=_weekday_indices(daily, full.months, used),
        calendar=calendar,
        trading_weekdays=trading,
        used=used,
        weekday_years=years,
        note=" ".join(part for part in (full.note, _calendar_words(calendar)) if part),
    )


def month_indices(values: Sequence[Fraction | int], first_month: int) -> tuple[Index, ...]:
    """Index of the calendar months 1 to 12 from values of consecutive months, by ratios to the moving average."""
    ratios: list[list[Fraction]] = [[] for _ in range(YEAR)]
    for place in range(YEAR // 2, len(values) - YEAR // 2):
        around = values[place - 6 : place + 7]
        twice_the_year = 2 * sum(around) - around[0] - around[-1]
        if twice_the_year > 0:
            ratios[(first_month - 1 + place) % YEAR].append(
                2 * YEAR * Fraction(values[place]) / twice_the_year
            )
    means = [sum(found, Fraction()) / len(found) if found else None for found in ratios]
    known = [mean for mean in means if mean is not None]
    whole = sum(known, Fraction())
    # Scaled so that the twelve average 1; where a month has no ratio, the others are left as they are.
    scale = YEAR / whole if len(known) == YEAR and whole > 0 else Fraction(1)
    return tuple(
        _index(number, None if mean is None else mean * scale, [ratio * scale for ratio in found])
        for number, (mean, found) in enumerate(zip(means, ratios, strict=True), 1)
    )


def _index(number: int, mean: Fraction | None, found: Sequence[Fraction]) -> Index:
    if mean is None:
        return Index(number, None, None, None, 0)
    return Index(number, float(mean), float(min(found)), float(max(found)), len(found))


def _daily(facts: Facts, used: Period) -> tuple[Ints, Flags]:
    """Net revenue of each day, and whether anything was sold on it."""
    part = span(facts, used)
    first = day_number(used.start)
    size = day_number(used.end) - first + 1
    day = facts.documents["day"].to_numpy().astype("datetime64[D]").astype(np.int64) - first
    lines = facts.lines.iloc[part.lines]
    sold = np.zeros(size, dtype=np.bool_)
    sold[day[part.documents][is_kind(facts.documents, SALES_KINDS)[part.documents]]] = True
    return sums(lines["net"].to_numpy(), day[lines["document"].to_numpy()], size), sold


def _weekday_of(used: Period) -> Ints:
    """The weekday of each day, 0 Monday to 6."""
    return (np.arange((used.end - used.start).days + 1) + used.start.weekday()) % 7


def _trading_weekdays(sold: Flags, used: Period) -> tuple[int, ...]:
    weekday = _weekday_of(used)
    return tuple(
        day + 1 for day in range(7) if 2 * int(sold[weekday == day].sum()) >= int((weekday == day).sum())
    )


def _calendar_month(
    month: Period, used: Period, daily: Ints, sold: Flags, trading: tuple[int, ...]
) -> CalendarMonth:
    part = slice((month.start - used.start).days, (month.end - used.start).days + 1)
    weekday = _weekday_of(used)[part] + 1
    return CalendarMonth(
        month=month,
        days=len(weekday),
        weekdays=int((weekday <= 5).sum()),
        trading_days=int(np.isin(weekday, trading).sum()) if trading else len(weekday),
        days_with_sales=int(sold[part].sum()),
        net_revenue=int(daily[part].sum()),
    )


def _weekday_indices(daily: Ints, months: tuple[Period, ...], used: Period) -> tuple[Index, ...]:
    """Weekday indices over the last whole years, with the range of these years."""
    weekday = _weekday_of(used)
    whole_years = len(months) // YEAR
    starts = [months[len(months) - YEAR * year].start for year in range(whole_years, 0, -1)]
    edges = [*((start - used.start).days for start in starts), len(daily)]
    everything = slice(edges[0], edges[-1])
    years = [slice(*edge) for edge in pairwise(edges)]
    found = []
    for day in range(7):
        whole = _weekday_ratio(daily[everything], weekday[everything] == day)
        single = [_weekday_ratio(daily[year], weekday[year] == day) for year in years]
        found.append(_index(day + 1, whole, [ratio for ratio in single if ratio is not None]))
    return tuple(found)


def _weekday_ratio(daily: Ints, chosen: Flags) -> Fraction | None:
    total = int(daily.sum())
    if total <= 0:
        return None
    return Fraction(int(daily[chosen].sum()) * len(daily), int(chosen.sum()) * total)


def _calendar_words(calendar: tuple[CalendarMonth, ...]) -> str:
    days = [month.trading_days for month in calendar]
    return (
        f"A month has {min(days)} to {max(days)} trading days; the index per trading day compares these days."
        if min(days) != max(days)
        else ""
    )
