"""Counts, days, lists and changes as they stand in a sentence."""

from collections.abc import Sequence
from datetime import date

from core.period import Period

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_IRREGULAR = {"has": "have", "is": "are", "brings": "bring", "costs": "cost", "this": "these", "was": "were"}
_STILL = 0.0005  # a change that is written as 0.0%


def count(number: int, one: str, many: str = "") -> str:
    """'1 customer', '2 customers', 'no customers'."""
    if number == 0:
        return f"no {many or one + 's'}"
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_words(number: int) -> str:
    """A small number spelt out, a larger one in figures."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def verb(number: int, one: str) -> str:
    """The verb for so many: 'brings' for 1, 'bring' for more."""
    return one if number == 1 else _IRREGULAR.get(one, one.removesuffix("s"))


def listed(names: Sequence[str]) -> str:
    """'A', 'A and B', 'A, B and C'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def long_day(day: date) -> str:
    """'31 October 2026'."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def long_month(day: date) -> str:
    """'October 2026'."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def month_name(day: date) -> str:
    """'October'."""
    return _MONTHS[day.month - 1]


def span_words(period: Period) -> str:
    """'the 12 months to 31 October 2026', 'October 2026', or the days."""
    if period.is_everything:
        return "all dates"
    if not period.is_whole_months:
        return f"{long_day(period.start)} to {long_day(period.end)}"
    if period.month_count == 1:
        return long_month(period.start)
    return f"the {period.month_count} months to {long_day(period.end)}"


def share_words(share: float) -> str:
    """A share in a sentence: whole per cent, but never 0% for something or 100% for less than all."""
    shown = f"{share * 100:.0f}%"
    if shown == "0%" and share > 0:
        return "less than 1%"
    return "more than 99%" if shown == "100%" and share < 1 else shown.replace("-", "−")


def growth(now: int, before: int) -> float | None:
    """Change as a share of what was; None where that was not above 0."""
    return (now - before) / before if before > 0 else None


def change_words(change: float) -> str:
    """'grew 11.1%', 'fell 3.0%', 'stayed the same'."""
    if abs(change) < _STILL:
        return "stayed the same"
    return f"{'grew' if change > 0 else 'fell'} {abs(change) * 100:,.1f}%"


def compared(change: float) -> str:
    """'11.1% more than', '3.0% less than', 'as much as'."""
    if abs(change) < _STILL:
        return "as much as"
    return f"{abs(change) * 100:,.1f}% {'more' if change > 0 else 'less'} than"
