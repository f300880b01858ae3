from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.unit import Unit
from reports.content import KeyFigure, Value
from reports.numbers import Numbers, change_is_good, change_text, currency_sign, moved, percent

USD = Numbers("USD", 2)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (128_461_850, Unit.MONEY, "$1,284,619"),
        (-2_211_600, Unit.MONEY, "($22,116)"),
        (-49, Unit.MONEY, "$0"),
        (-50, Unit.MONEY, "($1)"),
        (0.521, Unit.RATIO, "52.1%"),
        (-0.134, Unit.RATIO, "(13.4%)"),
        (-0.0004, Unit.RATIO, "0.0%"),
        (0.003, Unit.POINTS, "0.3 pts"),
        (12, Unit.DAYS, "12 d"),
        (12.5, Unit.DAYS, "12 d"),
        (1361, Unit.COUNT, "1,361"),
        (-10, Unit.COUNT, "(10)"),
        (4, Unit.SCORE, "4"),
        (19.94, Unit.NUMBER, "19.9"),
        (2.345, Unit.NUMBER, "2.35"),
        (date(2026, 11, 3), Unit.DATE, "3 Nov 2026"),
        ("Tern Café", Unit.TEXT, "Tern Café"),
        (None, Unit.MONEY, "–"),
        (float("nan"), Unit.RATIO, "–"),
    ],
)
def test_a_value_is_written_by_its_unit(value: Value, unit: Unit, written: str) -> None:
    assert USD.write(value, unit) == written


def test_reconciliation_shows_every_cent() -> None:
    assert USD.write(-18_400, Unit.MONEY, cents=True) == "($184.00)"
    assert USD.write(-1, Unit.MONEY, cents=True) == "($0.01)"
    assert USD.write(104_920_280, Unit.MONEY, cents=True, sign=False) == "1,049,202.80"


def test_a_currency_without_cents_and_one_with_three_decimals() -> None:
    assert Numbers("JPY", 0).write(1234567, Unit.MONEY, cents=True) == "¥1,234,567"
    assert Numbers("KWD", 3).write(1234567, Unit.MONEY, cents=True) == "KWD\u00a01,234.567"


def test_a_sign_of_letters_keeps_its_distance() -> None:
    assert currency_sign("EUR") == "€"
    assert currency_sign("PLN") == "PLN\u00a0"


@given(st.integers(-(10**15), 10**15))
def test_whole_units_read_back_within_half_a_unit(minor: int) -> None:
    written = USD.money(minor, sign=False)
    number = int(written.strip("()").replace(",", "")) * (-1 if written.startswith("(") else 1)
    assert abs(number * 100 - minor) <= 50


@given(st.integers(-(10**15), 10**15))
def test_cents_read_back_exactly(minor: int) -> None:
    written = USD.money(minor, cents=True, sign=False)
    digits = int(written.strip("()").replace(",", "").replace(".", ""))
    assert (-digits if written.startswith("(") else digits) == minor


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (15_000_000, Unit.MONEY, "$150k"),
        (0, Unit.MONEY, "$0"),
        (-250_000_000, Unit.MONEY, "($2.5m)"),
        (0.2, Unit.RATIO, "20%"),
        (1_500, Unit.COUNT, "1.5k"),
        (40, Unit.COUNT, "40"),
    ],
)
def test_an_axis_is_labelled_shortly(value: float, unit: Unit, written: str) -> None:
    assert USD.short(value, unit) == written


@pytest.mark.parametrize(
    ("change", "unit", "good_when_up", "written", "good"),
    [
        (0.111, Unit.RATIO, True, "▲ 11.1%", True),
        (-0.003, Unit.POINTS, True, "▼ 0.3 pts", False),
        (-0.007, Unit.POINTS, False, "▼ 0.7 pts", True),
        (17, Unit.COUNT, True, "▲ 17", True),
        (0.0, Unit.RATIO, True, "no change", None),
        (0.0002, Unit.RATIO, True, "no change", None),
        (None, Unit.RATIO, True, "", None),
    ],
)
def test_a_change_has_an_arrow_and_knows_whether_it_is_good(
    change: float | None, unit: Unit, good_when_up: bool, written: str, good: bool | None
) -> None:
    figure = KeyFigure("Revenue", 1, Unit.MONEY, change=change, change_unit=unit, good_when_up=good_when_up)
    assert change_text(figure) == written
    assert change_is_good(figure) is good


def test_a_tile_says_days_in_words() -> None:
    assert USD.tile(18, Unit.DAYS) == "18 days"
    assert USD.tile(1, Unit.DAYS) == "1 day"
    assert USD.tile(None, Unit.DAYS) == "–"


def test_counts_that_moved_carry_a_true_minus() -> None:
    assert [moved(count) for count in (5, -4, 0)] == ["+5", "−4", "0"]
    assert percent(0.524) == "52%"
