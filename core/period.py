"""Months, quarters, years and other spans of whole days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import UsageError

_YEARS = range(1900, 2200)  # those that can be meant in books
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_QUARTER = re.compile(r"^(\d{4})-?Q([1-4])$", re.IGNORECASE)
_YEAR = re.compile(r"^(\d{4})$")
_EVERYTHING = (date(1, 1, 1), date(9999, 12, 31))
_MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, order=True)
class Period:
    """Whole days from start to end, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            message = f"The period ends ({self.end}) before it starts ({self.start})."
            raise UsageError(message)

    @property
    def is_everything(self) -> bool:
        """Whether this is the period without bounds."""
        return (self.start, self.end) == _EVERYTHING

    @property
    def is_whole_months(self) -> bool:
        """Whether it starts on a first and ends on a last day of a month."""
        return self.start.day == 1 and self.end == _last_day(self.end)

    @property
    def month_count(self) -> int:
        """How many calendar months it touches."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def label(self) -> str:
        """The period as a person writes it: 'Oct 2026' or 'Nov 2025 – Oct 2026'."""
        if self.is_everything:
            return "All dates"
        if not self.is_whole_months:
            return f"{day_label(self.start)} – {day_label(self.end)}"
        first, last = month_label(self.start), month_label(self.end)
        return first if first == last else f"{first} – {last}"

    @property
    def key(self) -> str:
        """The period as the command line takes it."""
        if self.is_everything:
            return "all"
        if not self.is_whole_months:
            return f"{self.start}..{self.end}"
        first, last = f"{self.start:%Y-%m}", f"{self.end:%Y-%m}"
        return first if first == last else f"{first}..{last}"

    def months(self) -> Iterator["Period"]:
        """Yield each calendar month that it touches."""
        step = month_of(self.start)
        while step.start <= self.end:
            yield step
            step = step.shift(1)

    def shift(self, months: int) -> "Period":
        """Return the same number of months, moved by so many months (whole months only)."""
        start = add_months(self.start.replace(day=1), months)
        end = add_months(self.end.replace(day=1), months)
        return Period(start, _last_day(end))

    def before(self) -> "Period":
        """Return the period of equal length that ends where this one starts."""
        if self.is_whole_months:
            return self.shift(-self.month_count)
        length = self.end - self.start
        return Period(self.start - length - timedelta(days=1), self.start - timedelta(days=1))

    def last_month(self) -> "Period":
        """Return the calendar month in which it ends."""
        return month_of(self.end)


EVERYTHING = Period(*_EVERYTHING)


def month_of(day: date) -> Period:
    """Return the calendar month of a day."""
    return Period(day.replace(day=1), _last_day(day))


def _last_day(day: date) -> date:
    if day.month == 12:  # there is no month after 9999-12
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - timedelta(days=1)


def twelve_months_to(day: date) -> Period:
    """Return the last 12 full months that end on or before the day."""
    last = month_of(day)
    if last.end != day:
        last = last.shift(-1)
    return Period(last.shift(-11).start, last.end)


def add_months(first: date, months: int) -> date:
    """Return the first day of the month so many months later."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def month_label(day: date) -> str:
    """Return 'Oct 2026'."""
    return f"{_MONTH_NAMES[day.month - 1]} {day.year}"


def day_label(day: date) -> str:
    """Return '3 Nov 2026'."""
    return f"{day.day} {month_label(day)}"


def parse_period(text: str) -> Period:
    """Read 2026-10, 2026-Q3, 2026, 2025-11..2026-10, 2026-10-01..2026-10-15 or all. Raises UsageError."""
    text = text.strip()
    if text.lower() == "all":
        return EVERYTHING
    if ".." in text:
        first, last = text.split("..", 1)
        return Period(_span(first).start, _span(last).end)
    return _span(text)


def parse_day(text: str) -> date:
    """Read an ISO date. Raises UsageError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        message = f"'{text}' is not a date; write it as 2026-10-31."
        raise UsageError(message) from None


def _span(text: str) -> Period:
    text = text.strip()
    if match := _MONTH.match(text):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12 and year in _YEARS:
            return month_of(date(year, month, 1))
    elif (match := _QUARTER.match(text)) and int(match[1]) in _YEARS:
        first = date(int(match[1]), int(match[2]) * 3 - 2, 1)
        return Period(first, month_of(add_months(first, 2)).end)
    elif (match := _YEAR.match(text)) and int(text) in _YEARS:
        return Period(date(int(text), 1, 1), date(int(text), 12, 31))
    elif len(text) == len("2026-10-31"):
        day = parse_day(text)
        return Period(day, day)
    message = f"'{text}' is not a period; write 2026-10, 2026-Q3, 2026, 2025-11..2026-10 or all."
    raise UsageError(message)
