from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.facts import Facts
from core.analysis.patterns.full_months import full_months
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.seasonality import Seasonality, month_indices, seasonality
from core.period import Period, add_months, month_of
from tests.core.analysis.patterns.made_facts import Sale, made_facts

FACTORS = [60, 70, 80, 90, 100, 110, 120, 130, 140, 100, 90, 110]  # they add up to 1,200


def daily_book(first: date, last: date, *, as_of: date | None = None, weekend: bool = True) -> Facts:
    """A sale a day of as many cents as the month's factor says, shared out by the days of the month."""
    sales = []
    for month in Period(first, last).months():
        days = (month.end - month.start).days + 1
        for number in range(days):
            day = month.start + timedelta(days=number)
            # The whole month's amount is exactly factor × 1,000, whatever its length.
            amount = FACTORS[month.start.month - 1] * 1000 * (number + 1) // days
            amount -= FACTORS[month.start.month - 1] * 1000 * number // days
            if first <= day <= last and (weekend or day.weekday() < 5):
                sales.append(Sale(day, 0, amount))
    return made_facts(sales, as_of=as_of or last, customers=1)


def test_factors_of_the_months_are_found_again() -> None:
    found = seasonality(daily_book(date(2023, 1, 1), date(2025, 12, 31)))
    assert isinstance(found, Seasonality)
    assert [index.number for index in found.months] == list(range(1, 13))
    for index, factor in zip(found.months, FACTORS, strict=True):
        assert index.index == pytest.approx(factor / 100)
        assert [index.lowest, index.highest] == pytest.approx([factor / 100] * 2)
        assert index.years == 2
    assert all(month.net_revenue == FACTORS[month.month.start.month - 1] * 1000 for month in found.calendar)
    assert found.note.startswith("A month has 28 to 31 trading days")


def test_23_months_are_not_enough_and_it_is_said() -> None:
    assert seasonality(daily_book(date(2024, 1, 1), date(2025, 11, 30))) == NotEnough(23, 24, "full months")
    assert seasonality(made_facts([], as_of=date(2026, 1, 1), customers=0)) == NotEnough(0, 24, "full months")


def test_months_that_are_not_whole_are_left_out_and_named() -> None:
    found = seasonality(daily_book(date(2023, 12, 5), date(2026, 1, 20)))
    assert isinstance(found, Seasonality)
    assert (found.used.start, found.used.end) == (date(2024, 1, 1), date(2025, 12, 31))
    assert "Dec 2023 and Jan 2026 left out" in found.note


def test_a_month_that_the_as_of_date_cuts_is_left_out() -> None:
    facts = daily_book(date(2024, 1, 1), date(2024, 3, 31), as_of=date(2024, 3, 30))
    assert [month.key for month in full_months(facts).months] == ["2024-01", "2024-02"]
    assert full_months(facts).note == "Mar 2024 left out: the book does not cover the whole month."


def test_a_silence_at_the_edge_as_long_as_others_is_no_gap() -> None:
    days = [date(2024, 1, 3), date(2024, 1, 10), date(2024, 1, 24), date(2024, 2, 20)]
    facts = made_facts([Sale(day, 0, 1) for day in days], as_of=date(2024, 2, 29), customers=1)
    assert [month.key for month in full_months(facts).months] == ["2024-01", "2024-02"]
    assert full_months(facts).note == ""


def by_hand(values: list[int], first: int) -> list[Fraction | None]:
    """Classical decomposition, written out: mean of y / (2 x 12 moving average), scaled to an average of 1."""
    ratios: dict[int, list[Fraction]] = {number: [] for number in range(12)}
    for at in range(6, len(values) - 6):
        early = Fraction(sum(values[at - 6 : at + 6]), 12)
        late = Fraction(sum(values[at - 5 : at + 7]), 12)
        if early + late > 0:
            ratios[(first - 1 + at) % 12].append(values[at] / ((early + late) / 2))
    means = [sum(found) / Fraction(len(found)) if found else None for found in ratios.values()]
    known = [mean for mean in means if mean is not None]
    if len(known) < 12 or sum(known) <= 0:
        return means
    return [mean * 12 / sum(known) for mean in known]


@settings(max_examples=30)
@given(st.lists(st.integers(-500, 10_000), min_size=24, max_size=40), st.integers(1, 12))
def test_the_index_is_the_classical_decomposition(values: list[int], first: int) -> None:
    found = month_indices(values, first)
    expected = by_hand(values, first)
    assert [index.index for index in found] == [None if each is None else float(each) for each in expected]
    for index in found:
        if index.index is not None:
            assert index.lowest is not None
            assert index.highest is not None
            assert index.lowest <= index.index <= index.highest


def test_without_sales_there_is_no_index() -> None:
    assert {index.index for index in month_indices([0] * 24, 1)} == {None}


def test_weekdays_are_compared_with_an_average_day() -> None:
    # 104 whole weeks and 3 days: a cent a day, Fridays three more.
    first, last = date(2024, 1, 1), date(2025, 12, 31)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    sales = [Sale(day, 0, 4 if day.weekday() == 4 else 1) for day in days]
    found = seasonality(made_facts(sales, as_of=last, customers=1))
    assert isinstance(found, Seasonality)
    fridays = sum(day.weekday() == 4 for day in days)
    average = Fraction(len(days) + 3 * fridays, len(days))
    assert found.weekdays[4].index == float(4 / average)
    assert found.weekdays[0].index == float(1 / average)
    assert found.weekday_years == 2
    assert found.weekdays[0].years == 2


def test_trading_days_follow_the_weekdays_on_which_the_business_sells() -> None:
    found = seasonality(daily_book(date(2024, 1, 1), date(2025, 12, 31), weekend=False))
    assert isinstance(found, Seasonality)
    assert found.trading_weekdays == (1, 2, 3, 4, 5)
    assert [found.weekdays[day].index for day in (5, 6)] == [0.0, 0.0]
    january = found.calendar[0]
    assert (january.days, january.weekdays, january.trading_days, january.days_with_sales) == (31, 23, 23, 23)
    assert "20 to 23 trading days" in found.note


def test_the_adjusted_index_takes_out_the_length_of_the_month() -> None:
    first, last = date(2023, 1, 1), date(2026, 12, 31)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    found = seasonality(made_facts([Sale(day, 0, 100) for day in days], as_of=last, customers=1))
    assert isinstance(found, Seasonality)
    assert [index.index for index in found.adjusted] == pytest.approx([1.0] * 12)
    february = found.months[1].index
    assert february is not None
    assert february < 0.95


def test_a_book_of_losses_on_balance_has_no_weekday_index() -> None:
    months = [add_months(date(2024, 1, 1), number) for number in range(24)]
    sales = [Sale(day, 0, 1) for day in months] + [
        Sale(month_of(day).end, 0, -5, "credit note") for day in months
    ]
    found = seasonality(made_facts(sales, as_of=date(2025, 12, 31), customers=1))
    assert isinstance(found, Seasonality)
    assert {index.index for index in found.weekdays} == {None}
    assert found.trading_weekdays == ()
