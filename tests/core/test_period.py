"""Months, quarters, years and other spans."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.period import EVERYTHING, Period, month_of, parse_day, parse_period, twelve_months_to

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2025-11..2026-10", date(2025, 11, 1), date(2026, 10, 31)),
        ("2026-10-05..2026-10-07", date(2026, 10, 5), date(2026, 10, 7)),
        ("2026-10-05", date(2026, 10, 5), date(2026, 10, 5)),
        ("ALL", EVERYTHING.start, EVERYTHING.end),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, start: date, end: date) -> None:
    assert parse_period(text) == Period(start, end)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "0000-01", "October", "2026-10..2026-09", "2026-02-30", "20261"]
)
def test_what_is_no_period_is_refused_with_the_ways_to_write_one(text: str) -> None:
    with pytest.raises(UsageError, match=r"period|date"):
        parse_period(text)


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageError, match="2026-02-30"):
        parse_day("2026-02-30")


def test_labels_and_keys_are_short() -> None:
    year = parse_period("2025-11..2026-10")
    days = parse_period("2026-10-05..2026-10-07")
    assert (OCTOBER.label, OCTOBER.key) == ("Oct 2026", "2026-10")
    assert (year.label, year.key) == ("Nov 2025 – Oct 2026", "2025-11..2026-10")
    assert (days.label, days.key) == ("5 Oct 2026 – 7 Oct 2026", "2026-10-05..2026-10-07")
    assert (EVERYTHING.label, EVERYTHING.key) == ("All dates", "all")


def test_the_period_before_has_the_same_length() -> None:
    assert OCTOBER.before() == month_of(date(2026, 9, 30))
    assert parse_period("2025-11..2026-10").before() == parse_period("2024-11..2025-10")
    assert parse_period("2026-10-05..2026-10-07").before() == parse_period("2026-10-02..2026-10-04")


def test_a_quarter_has_three_months() -> None:
    assert [month.key for month in parse_period("2026-Q1").months()] == ["2026-01", "2026-02", "2026-03"]
    assert parse_period("2026-Q1").last_month().key == "2026-03"


def test_the_last_twelve_full_months_leave_out_a_month_that_is_not_over() -> None:
    assert twelve_months_to(date(2026, 10, 31)) == parse_period("2025-11..2026-10")
    assert twelve_months_to(date(2026, 10, 30)) == parse_period("2025-10..2026-09")


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-400, 400))
def test_moving_forth_and_back_gives_the_same_month(day: date, months: int) -> None:
    month = month_of(day)
    assert month.shift(months).shift(-months) == month
    assert parse_period(month.key) == month


@pytest.mark.parametrize("text", ["9999", "9999-12", "9999-Q4", "1899", "0000-01", "0000-Q1"])
def test_a_year_that_no_book_can_mean_is_no_period(text: str) -> None:
    with pytest.raises(UsageError, match="is not a period"):
        parse_period(text)
