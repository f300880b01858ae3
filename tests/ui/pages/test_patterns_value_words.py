"""What the tab of lifetime value says, and its charts as tables."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.analysis.patterns.lifetime_terms import Horizon, LifetimeTerms
from core.analysis.patterns.model_check import HoldOutCheck, Tracking
from reports.numbers import Numbers
from ui.pages.patterns_value_data import (
    HeldBack,
    hundredths,
    value_working,
)
from ui.pages.patterns_value_terms import month_choices
from ui.pages.patterns_value_texts import (
    held_back_words,
    horizon_words,
    over_time_words,
    parameter,
    verdict,
)
from ui.widgets.charts_expected import HUNDREDTHS, ExpectedBarsChart, ExpectedLinesChart

DOLLARS = Numbers("USD", 2)


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [
        (812.3, 799, "812 orders, 799 came: 1.6% more than came."),  # 13 by 799
        (90.0, 100, "90 orders, 100 came: 10.0% fewer than came."),
        (100.4, 100, "100 orders, 100 came: just as many."),
        (3.0, 0, "3 orders, 0 came."),
        (0.2, 0, "0 orders, 0 came: just as many."),
    ],
)
def test_how_far_off_the_model_was(expected: float, actual: int, words: str) -> None:
    assert verdict(expected, actual, DOLLARS) == words


def held_back(fitted: int, *, until: date = date(2026, 2, 14)) -> HeldBack:
    """Three weeks with 10, 20 and 30 repeat orders, of which 12, 18 and 33 were expected."""
    ends = tuple(date(2026, 2, 14) + timedelta(days=7 * week) for week in range(3))
    weeks = Tracking(ends, np.array([10, 20, 30]), np.array([12.0, 18.0, 33.0]), fitted)
    check = HoldOutCheck(
        ("0", "1", "2+"), np.array([4, 0, 2]), np.array([0.5, np.nan, 5.0]), np.array([1.0, np.nan, 4.0])
    )
    held: Any = SimpleNamespace(until=until, tracking=weeks)
    return HeldBack(held, check)


def test_what_was_expected_after_the_fit_is_said_beside_what_came() -> None:
    assert over_time_words(held_back(1), DOLLARS) == (
        "Fitted to the history up to 14 Feb 2026. In the 2 weeks after it the model expected 51 orders, 50 came: "
        "2.0% more than came."
    )
    assert "In the week after it the model expected 33 orders, 30 came" in over_time_words(
        held_back(2), DOLLARS
    )
    assert "no full week" in over_time_words(held_back(3), DOLLARS)


def test_classes_held_back_add_up_to_orders() -> None:
    # 4 customers with half an order and 2 with five are 12 orders; expected were 4 and 8.
    facts: Any = SimpleNamespace(as_of=date(2026, 3, 7))
    words = held_back_words(held_back(1), facts, DOLLARS)
    assert words.startswith("Orders a customer after 14 Feb 2026 and up to 7 Mar 2026")
    assert words.endswith("The model expected 12 orders, 12 came: just as many.")


def test_a_value_explains_itself() -> None:
    rows = {"expected": [4.0, 4.0, None], "order_value": [12600, None, None], "value": [48000, None, None]}
    terms = LifetimeTerms(horizon=Horizon(12, 0.075))
    assert value_working(rows, 0, terms, DOLLARS) == (
        "4.00 orders are expected in the next 12 months, each worth $126.00: $504. With 7.5% a year taken off for "
        "the time until they come: $480."
    )
    assert value_working(rows, 1, terms, DOLLARS).endswith("what each is worth is not known.")
    assert value_working(rows, 2, terms, DOLLARS) == "Too little history for the models."


def test_terms_in_words() -> None:
    assert horizon_words(LifetimeTerms(basis="contribution", horizon=Horizon(1, 0.05))) == (
        "The next month on contribution, less 5% a year"
    )
    assert [text for _key, text in month_choices(1)] == [
        "1 month",
        "6 months",
        "12 months",
        "24 months",
        "36 months",
    ]


def test_parameters_are_written_as_precisely_as_they_are_small() -> None:
    assert [parameter(value) for value in (0.24259, 9999.5, 1136233.9411)] == [
        "0.2426",
        "9,999.5000",
        "1,136,233.9",
    ]


def test_means_are_hundredths_and_unknown_where_there_are_none() -> None:
    assert hundredths([0.125, 2.0, float("nan")]) == [12, 200, None]


def test_bars_of_means_as_a_table(qtbot: QtBot) -> None:
    chart = ExpectedBarsChart(name="Means", class_name="Repeat orders", money=HUNDREDTHS)
    qtbot.addWidget(chart)
    chart.set_values(["0", "1–9"], [50, None], compare_minor=[75, None])
    form = chart.table()
    assert [column.title for column in form.columns] == ["Repeat orders", "Actual", "Expected"]
    assert list(form.rows["value"]) == [50, None]
    assert chart.short_money(250) == "2.5"


@pytest.mark.parametrize(
    ("end", "place"),
    [
        (date(2026, 2, 14), 0.0),
        (date(2026, 2, 24), 10 / 7),
        (date(2026, 3, 1), None),
        (date(2026, 1, 1), None),
        (None, None),
    ],
)
def test_the_end_of_the_fit_stands_at_its_day(qtbot: QtBot, end: date | None, place: float | None) -> None:
    chart = ExpectedLinesChart(name="Weeks")
    qtbot.addWidget(chart)
    ends = [date(2026, 2, 14) + timedelta(days=7 * week) for week in range(3)]
    chart.set_values(ends, [10, 30, 60], [12, 30, 63], fit_end=end)
    assert chart.fit_ends_at == (None if place is None else pytest.approx(place))
    assert list(chart.table().rows["expected"]) == [12, 30, 63]
    assert chart.part_at(1.0, 5.0) == -1
